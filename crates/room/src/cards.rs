use std::collections::VecDeque;

use model::{
    BallotOutcome, CardId, Event, Origin, PermissionAnswer, PersonId, PlanVerdict, PromptBody, PromptId,
    Refusal, Rejection, Timestamp, TurnId, Verdict, WithdrawReason,
};
use serde::{Deserialize, Serialize};

use crate::question::Answers;
use crate::room::Room;

/// Closed cards that a late answer is told about (PE2); older ones are answered as unknown.
const REMEMBERED: usize = 64;

/// What remains of cards after they close.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cards {
    /// Settled, and the agent has not been told.
    untold: Vec<Untold>,
    closed: VecDeque<Closed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Untold {
    pub card: CardId,
    pub tell: Tell,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Tell {
    Plan { verdict: PlanVerdict, on_silence: OnSilence },
    Answers(Answers),
    Permission(PermissionAnswer),
    Refusal(Refusal),
}

/// What to do when the agent's protocol can't carry the reason (BA12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum OnSilence {
    FollowUp,
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Closed {
    card: CardId,
    by: Option<PersonId>,
    at: Timestamp,
}

impl Room {
    /// Only a turn that has begun and is not being stopped opens cards.
    pub(crate) fn takes_cards_of(&self, turn: TurnId) -> bool {
        self.turn_named(turn).is_some_and(|turn| turn.is_running())
    }

    /// Whether it still waits for people.
    pub fn is_open(&self, card: CardId) -> bool {
        self.open_cards().any(|open| open == card)
    }

    pub(crate) fn open_cards(&self) -> impl Iterator<Item = CardId> {
        let ballots = self.ballot.iter().map(|open| CardId::Ballot(open.id));
        let questions = self.questions.keys().copied().map(CardId::Question);
        ballots.chain(questions).chain(self.permissions.keys().copied().map(CardId::Permission))
    }

    pub(crate) fn withdraw_cards(&self, reason: WithdrawReason) -> Vec<Event> {
        self.open_cards().map(|card| withdraw(card, reason)).collect()
    }

    pub(crate) fn card_taken_back(&self, card: CardId) -> Vec<Event> {
        let open = self.open_cards().filter(|open| *open == card);
        open.map(|card| withdraw(card, WithdrawReason::ByAgent)).collect()
    }

    pub(crate) fn agent_told(&self, card: CardId) -> Vec<Event> {
        self.cards.untold(card).map(|_| Event::AgentTold { card }).into_iter().collect()
    }

    /// The reason of a deny becomes a prompt of its own, ahead of all others (BA12).
    pub(crate) fn agent_told_without_reason(&self, card: CardId) -> Vec<Event> {
        let mut events = self.agent_told(card);
        events.extend(self.cards.untold(card).and_then(|untold| self.follow_up(untold)));
        events
    }

    fn follow_up(&self, untold: &Untold) -> Option<Event> {
        let Untold { card: CardId::Ballot(ballot), tell } = untold else {
            return None;
        };
        let Tell::Plan { verdict: PlanVerdict::Denied { reason }, on_silence: OnSilence::FollowUp } = tell
        else {
            return None;
        };
        let turn = self.turn.as_ref()?;
        Some(Event::PromptQueued {
            // Derived, so that it takes no source of ids.
            prompt: PromptId(ballot.0),
            author: turn.item.author,
            origin: Origin::FollowUp,
            body: PromptBody::text(format!("The plan was denied: {reason}\n\nRevise it and ask again.")),
            ceiling: turn.ceiling,
            steer: None,
            ahead: true,
            driver: None,
        })
    }
}

impl Cards {
    pub fn all_untold(&self) -> &[Untold] {
        &self.untold
    }

    pub fn untold(&self, card: CardId) -> Option<&Untold> {
        self.untold.iter().find(|untold| untold.card == card)
    }

    pub fn told(&mut self, card: CardId) {
        self.untold.retain(|untold| untold.card != card);
    }

    /// Nobody is left to be told: the turn is over.
    pub fn forget_untold(&mut self) {
        self.untold.clear();
    }

    pub fn close(&mut self, card: CardId, tell: Option<Tell>, by: Option<PersonId>, at: Timestamp) {
        self.untold.extend(tell.map(|tell| Untold { card, tell }));
        self.closed.push_back(Closed { card, by, at });
        if self.closed.len() > REMEMBERED {
            self.closed.pop_front();
        }
    }

    pub fn refusal(&self, card: CardId) -> Rejection {
        let closed = self.closed.iter().find(|closed| closed.card == card);
        closed
            .map_or(Rejection::NotFound, |closed| Rejection::AlreadyDecided { by: closed.by, at: closed.at })
    }
}

/// What the agent hears of a plan; nothing when there is nobody to hear it.
pub(crate) fn tell_of(outcome: &BallotOutcome) -> Option<Tell> {
    let denied = |reason: &str, on_silence| {
        Some(Tell::Plan { verdict: PlanVerdict::Denied { reason: reason.to_owned() }, on_silence })
    };
    match outcome {
        BallotOutcome::Approved | BallotOutcome::Overridden { verdict: Verdict::Approved, .. } => {
            Some(Tell::Plan { verdict: PlanVerdict::Approved, on_silence: OnSilence::Nothing })
        }
        BallotOutcome::Denied { reason, .. }
        | BallotOutcome::Overridden { verdict: Verdict::Denied, reason, .. } => {
            denied(reason, OnSilence::FollowUp)
        }
        BallotOutcome::Lapsed => denied("Nobody decided in time.", OnSilence::Nothing),
        BallotOutcome::Withdrawn { reason: WithdrawReason::Replaced } => {
            denied("A newer plan took its place.", OnSilence::Nothing)
        }
        BallotOutcome::Withdrawn { reason: WithdrawReason::TurnEnded | WithdrawReason::ByAgent } => None,
    }
}

pub(crate) fn decider(outcome: &BallotOutcome) -> Option<PersonId> {
    match outcome {
        BallotOutcome::Denied { by, .. } | BallotOutcome::Overridden { by, .. } => Some(*by),
        BallotOutcome::Approved | BallotOutcome::Lapsed | BallotOutcome::Withdrawn { .. } => None,
    }
}

fn withdraw(card: CardId, reason: WithdrawReason) -> Event {
    match card {
        CardId::Ballot(ballot) => {
            Event::BallotClosed { ballot, outcome: BallotOutcome::Withdrawn { reason } }
        }
        CardId::Question(question) => Event::QuestionWithdrawn { question, reason },
        CardId::Permission(permission) => Event::PermissionWithdrawn { permission, reason },
    }
}
