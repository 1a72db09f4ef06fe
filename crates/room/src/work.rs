//! What becomes of the work, and turns that are taken back (WS17).

use model::{Event, Occurrence, Rejection, TurnId};

use crate::by::By;
use crate::room::Room;

impl Room {
    /// Facts of the workspace, for the transcript alone.
    pub(crate) fn told_of_work(&self, occurrence: &Occurrence) -> Vec<Event> {
        let event = match occurrence.clone() {
            Occurrence::TurnKept { turn, before, after, files, added, removed } => {
                Event::TurnKept { turn, before, after, files, added, removed }
            }
            Occurrence::WorkDone { by, deed } => Event::WorkDone { by, deed },
            _ => return Vec::new(),
        };
        vec![event]
    }

    /// The host has found the turn in the log, in the event at `from`.
    pub(crate) fn rewind(&self, by: &By, (turn, from): (TurnId, u64)) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        if let Some(running) = &self.turn {
            return Err(Rejection::TurnLocked { driver: running.driver });
        }
        Ok(vec![Event::ConversationRewound { turn, from, by: by.person }])
    }
}
