use model::*;

use super::{Checked, Fault};

/// What was approved, and how the turns went since (BA13).
#[derive(Default)]
pub struct PlanFirst {
    wanted: bool,
    /// Whose turn it is, of which agent.
    turn: Option<(PersonId, AgentKey)>,
    began: bool,
    approved: bool,
    /// Who may go on with an approved plan.
    goes_on: Option<(PersonId, AgentKey)>,
}

impl PlanFirst {
    pub fn take(&mut self, event: &Event) -> Checked {
        match event {
            Event::RoomRulesChanged { rules } => self.wanted = rules.plan_first,
            Event::TurnTaken { author, choice, ceiling, .. } => {
                self.turn = Some((*author, choice.agent.clone()));
                self.began = false;
                self.approved = self.goes_on == self.turn;
                let raised = self.wanted && !self.approved && *ceiling > Ceiling::Ask;
                ensure!(!raised, "a turn without a plan may act unasked");
            }
            Event::TurnBegan { .. } => self.began = true,
            Event::BallotOpened { .. } => self.approved = false,
            Event::BallotClosed {
                outcome:
                    BallotOutcome::Approved | BallotOutcome::Overridden { verdict: Verdict::Approved, .. },
                ..
            } => self.approved = true,
            Event::PermissionAsked { .. } => {
                ensure!(!self.wanted || self.approved, "people were asked for a deed before a plan");
            }
            Event::PermissionRefused { .. } => {
                ensure!(self.wanted && !self.approved, "a deed was refused that has its plan");
            }
            Event::TurnEnded { outcome, .. } => {
                let cut_short = matches!(outcome, TurnOutcome::Failed { .. } | TurnOutcome::Interrupted);
                let kept = self.approved && (cut_short || !self.began);
                self.goes_on = self.turn.take().filter(|_| kept);
            }
            _ => {}
        }
        Ok(())
    }
}
