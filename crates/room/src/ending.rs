use model::{Ending, Event, LongText, Origin, StopReason, ToolStatus, TurnId, TurnOutcome, WithdrawReason};

use crate::room::Room;
use crate::turn::{Phase, Turn};

impl Room {
    /// The one place where a turn ends: what it had open closes with it (TU6, PE4).
    pub(crate) fn end_turn(&self, turn: &Turn, outcome: TurnOutcome) -> Vec<Event> {
        let mut events = turn.close_tools();
        events.extend(self.withdraw_cards(WithdrawReason::TurnEnded));
        let holds = self.holds_queue_after(turn, &outcome);
        events.push(Event::TurnEnded { turn: turn.id, outcome, usage: turn.usage });
        events.extend(holds.then_some(Event::QueueHeld));
        events
    }

    pub(crate) fn turn_over(&self, turn: TurnId, ending: &Ending) -> Vec<Event> {
        let Some(turn) = self.turn_named(turn) else {
            return vec![];
        };
        let mut events = Vec::new();
        if let Ending::Died { reason, detail } = ending {
            events.push(Event::AgentExited { reason: reason.clone(), detail: detail.clone() });
        }
        events.extend(self.end_turn(turn, turn.outcome_of(ending)));
        events
    }

    pub(crate) fn start_failed(&self, turn: TurnId, reason: &str, detail: &str) -> Vec<Event> {
        let Some(turn) = self.turn_named(turn) else {
            return vec![];
        };
        self.end_turn(turn, TurnOutcome::Failed { reason: reason.to_owned(), detail: detail.to_owned() })
    }

    /// After stop or error (QU3); not for a prompt that goes back unbegun (QU4), nor when an agent gave up
    /// its turn over a denied plan and the reason follows (BA12).
    fn holds_queue_after(&self, turn: &Turn, outcome: &TurnOutcome) -> bool {
        let Some(next) = self.queue.items().first() else {
            return false;
        };
        let unclean = match outcome {
            TurnOutcome::Completed => false,
            TurnOutcome::Cancelled => !(turn.is_running() && next.origin == Origin::FollowUp),
            TurnOutcome::Interrupted => turn.phase != Phase::Starting,
            TurnOutcome::Failed { .. } => true,
        };
        unclean && !self.queue.held
    }
}

impl Turn {
    fn close_tools(&self) -> Vec<Event> {
        let close = |item: &model::ItemId| Event::ToolEnded {
            turn: self.id,
            item: *item,
            status: ToolStatus::Cancelled,
            output: LongText::default(),
            diffs: vec![],
        };
        self.open_tools.iter().map(close).collect()
    }

    /// What was asked to stop has been stopped, whatever the agent calls it.
    fn outcome_of(&self, ending: &Ending) -> TurnOutcome {
        if self.phase == Phase::Stopping {
            return TurnOutcome::Cancelled;
        }
        match ending {
            Ending::Stopped(StopReason::EndTurn) => TurnOutcome::Completed,
            Ending::Stopped(StopReason::Cancelled) => TurnOutcome::Cancelled,
            Ending::Stopped(StopReason::Refusal) => failed("The agent refused to go on."),
            Ending::Stopped(StopReason::MaxTokens) => failed("The agent reached its limit of tokens."),
            Ending::Stopped(StopReason::MaxRequests) => failed("The agent reached its limit of steps."),
            Ending::Failed { reason, detail } => {
                TurnOutcome::Failed { reason: reason.clone(), detail: detail.clone() }
            }
            Ending::Died { .. } => TurnOutcome::Interrupted,
        }
    }
}

fn failed(reason: &str) -> TurnOutcome {
    TurnOutcome::Failed { reason: reason.to_owned(), detail: String::new() }
}
