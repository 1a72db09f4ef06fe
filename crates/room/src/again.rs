//! A turn that broke can be tried again (TU12).

use model::{Event, PromptId, Rejection, TurnId, TurnOutcome};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::queue::Item;
use crate::room::Room;
use crate::turn::{Phase, Turn};

/// The last turn, if it failed or was cut short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Broken(Option<(TurnId, Item)>);

impl Room {
    /// What `by` could try again.
    pub(crate) fn retriable(&self, by: &By) -> Option<TurnId> {
        let ids = (PromptId(Default::default()), TurnId(Default::default()));
        let (broken, _) = self.broken.0.as_ref()?;
        self.retry(by, *broken, ids).is_ok().then_some(*broken)
    }

    /// A delivery of the same words, in front of what is held: `by` drives, the author stays (TU2).
    pub(crate) fn retry(
        &self,
        by: &By,
        broken: TurnId,
        (prompt, turn): (PromptId, TurnId),
    ) -> Result<Vec<Event>, Rejection> {
        by.admit(&[model::Right::Steer])?;
        self.session.expect_open()?;
        let last = self.broken.0.as_ref().filter(|(last, _)| *last == broken);
        let (_, item) = last.ok_or(Rejection::NothingToRetry)?;
        if self.turn.is_some() || self.roster.out(item.author).is_some() {
            return Err(Rejection::NothingToRetry);
        }
        if self.roster.is_muted(item.author) {
            return Err(Rejection::AuthorMuted);
        }
        let again = Item {
            prompt,
            ceiling: item.ceiling.min(by.ceiling), // GR5
            driver: Some(by.person).filter(|driver| *driver != item.author),
            steer: None,
            hold: None,
            attempts: 0,
            ..item.clone()
        };
        self.deliver(by, again, turn, model::Delivery::Queue)
    }
}

impl Broken {
    /// `turn` is the one that ran before this event.
    pub fn apply(&mut self, event: &Event, turn: Option<&Turn>) {
        match event {
            Event::TurnTaken { .. } | Event::ConversationRewound { .. } => self.0 = None,
            Event::TurnEnded { turn: ended, outcome, .. } => {
                let ended = turn.filter(|open| open.id == *ended && open.broke(outcome));
                self.0 = ended.map(|open| (open.id, open.item.clone()));
            }
            _ => {}
        }
    }
}

impl Turn {
    fn broke(&self, outcome: &TurnOutcome) -> bool {
        match outcome {
            TurnOutcome::Failed { .. } => true,
            // One that never began goes back to the queue (QU4).
            TurnOutcome::Interrupted => self.phase != Phase::Starting,
            TurnOutcome::Completed | TurnOutcome::Cancelled => false,
        }
    }
}
