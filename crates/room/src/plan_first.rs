//! No edit and no command before an approved plan (BA13).

use model::{
    AgentKey, BallotOutcome, Ceiling, Event, PermissionId, PermissionRequest, PersonId, Refusal, TurnId,
    TurnOutcome, Verdict,
};
use serde::{Deserialize, Serialize};

use crate::room::Room;
use crate::turn::{Phase, Turn};

/// What the last approved plan has opened; a newer plan takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Approval(Option<Given>);

/// To whom, and in whose turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Given {
    author: PersonId,
    agent: AgentKey,
    /// That turn was cut short: the next one of the same author and agent goes on with it.
    cut_short: bool,
}

impl Room {
    /// The running turn has no approved plan, in a room that wants one first.
    pub fn awaits_plan(&self) -> bool {
        self.rules.plan_first && self.turn.is_some() && self.approval.0.is_none()
    }

    /// What a turn may do unasked: nothing, before its plan was approved.
    pub(crate) fn ceiling_of(&self, turn: &Turn) -> Ceiling {
        if self.awaits_plan() { Ceiling::Ask } else { turn.ceiling }
    }

    /// As [`Room::ceiling_of`], of a turn that is about to be taken.
    pub(crate) fn ceiling_before(&self, author: PersonId) -> Ceiling {
        let goes_on = self.approval.opens(author, &self.session.choice.agent);
        if self.rules.plan_first && !goes_on { Ceiling::Ask } else { Ceiling::Bypass }
    }

    pub(crate) fn refused_before_plan(
        &self,
        turn: TurnId,
        permission: PermissionId,
        request: &PermissionRequest,
    ) -> Option<Event> {
        let refusal = Refusal::PlanFirst;
        let refused = self.awaits_plan() && request.is_deed();
        refused.then(|| Event::PermissionRefused { permission, turn, request: request.clone(), refusal })
    }
}

impl Approval {
    /// `turn` is the one that ran before this event.
    pub fn apply(&mut self, event: &Event, turn: Option<&Turn>) {
        match event {
            Event::BallotOpened { .. } => self.0 = None,
            Event::BallotClosed { outcome, .. } if approves(outcome) => {
                self.0 = turn.map(|turn| Given {
                    author: turn.item.author,
                    agent: turn.choice.agent.clone(),
                    cut_short: false,
                });
            }
            Event::TurnTaken { author, choice, .. } if !self.opens(*author, &choice.agent) => self.0 = None,
            Event::TurnEnded { outcome, .. } if turn.is_some_and(|turn| turn.phase != Phase::Starting) => {
                self.over(outcome);
            }
            _ => {}
        }
    }

    fn over(&mut self, outcome: &TurnOutcome) {
        match outcome {
            TurnOutcome::Completed | TurnOutcome::Cancelled => self.0 = None,
            TurnOutcome::Failed { .. } | TurnOutcome::Interrupted => {
                self.0.iter_mut().for_each(|given| given.cut_short = true);
            }
        }
    }

    fn opens(&self, author: PersonId, agent: &AgentKey) -> bool {
        self.0
            .as_ref()
            .is_some_and(|given| given.cut_short && given.author == author && given.agent == *agent)
    }
}

fn approves(outcome: &BallotOutcome) -> bool {
    match outcome {
        BallotOutcome::Approved | BallotOutcome::Overridden { verdict: Verdict::Approved, .. } => true,
        BallotOutcome::Denied { .. }
        | BallotOutcome::Overridden { verdict: Verdict::Denied, .. }
        | BallotOutcome::Lapsed
        | BallotOutcome::Withdrawn { .. } => false,
    }
}
