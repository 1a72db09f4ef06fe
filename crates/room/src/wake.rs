use model::limits::WAKE_BUDGET;
use model::{Event, Origin, TurnOutcome};
use serde::{Deserialize, Serialize};

/// Two failing turns in a row count as a spent budget (HA4).
const FAILURES: u8 = 2;

/// How many more turns agents may cause before a person speaks (HA4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wake {
    left: u8,
    failures: u8,
    /// The one notice has been given.
    noticed: bool,
}

impl Wake {
    pub fn is_spent(&self) -> bool {
        self.left == 0 || self.failures >= FAILURES
    }

    /// There is something to refill.
    pub fn is_touched(&self) -> bool {
        self.left < WAKE_BUDGET || self.is_spent()
    }

    pub fn wants_notice(&self) -> bool {
        self.is_spent() && !self.noticed
    }

    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::WakeBudgetSpent => self.noticed = true,
            Event::WakeBudgetRefilled => *self = Self::default(),
            Event::TurnTaken { origin: Origin::Agent { .. }, .. } => self.left = self.left.saturating_sub(1),
            Event::TurnEnded { outcome, .. } => self.count(outcome),
            _ => {}
        }
    }

    fn count(&mut self, outcome: &TurnOutcome) {
        self.failures = match outcome {
            TurnOutcome::Completed => 0,
            TurnOutcome::Cancelled => self.failures,
            TurnOutcome::Failed { .. } | TurnOutcome::Interrupted => self.failures.saturating_add(1),
        };
    }
}

impl Default for Wake {
    fn default() -> Self {
        Self { left: WAKE_BUDGET, failures: 0, noticed: false }
    }
}
