use model::limits::START_ATTEMPTS;
use model::{Event, Timestamp, TurnOutcome};

use crate::room::Room;
use crate::roster::away_until;
use crate::turn::{Phase, Turn};

impl Room {
    /// First after a start of the host: what was bound to the dead process closes, and everybody has a
    /// fresh 30 s to come back (TU8, PA8). Only then does the host read what is owed.
    pub(crate) fn host_restarted(&self, at: Timestamp) -> Vec<Event> {
        let until = away_until(at);
        let away = self.roster.here().map(|(person, _)| Event::PersonAway { person, until });
        away.chain(self.turn.iter().flat_map(|turn| self.cut_short(turn))).collect()
    }

    /// A turn that never began ends as interrupted too, but its prompt goes back (QU4).
    fn cut_short(&self, turn: &Turn) -> Vec<Event> {
        match turn.phase {
            Phase::Running | Phase::Stopping => self.end_turn(turn, TurnOutcome::Interrupted),
            Phase::Starting => self.give_back(turn),
        }
    }

    fn give_back(&self, turn: &Turn) -> Vec<Event> {
        let prompt = turn.item.prompt;
        let attempts = turn.item.attempts + 1;
        let (first, outcome) = if attempts < START_ATTEMPTS {
            (Event::PromptReturned { prompt, attempts }, TurnOutcome::Interrupted)
        } else {
            let reason = format!("The host stopped {attempts} times before this prompt could start.");
            let outcome = TurnOutcome::Failed { reason: reason.clone(), detail: String::new() };
            (Event::PromptFailed { prompt, reason }, outcome)
        };
        let mut events = vec![first];
        events.extend(self.end_turn(turn, outcome));
        events
    }
}
