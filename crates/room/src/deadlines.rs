use model::{BallotOutcome, DropReason, Event, PermissionAnswer, Timestamp};

use crate::room::Room;
use crate::roster::Reach;

impl Room {
    /// When the host must report that the clock has struck.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines().into_iter().map(|(when, _)| when).min()
    }

    /// All that time will end if nobody acts, and how. No event here approves or allows (BA8, PE3).
    pub(crate) fn deadlines(&self) -> Vec<(Timestamp, Event)> {
        let mut deadlines = self.leaving();
        deadlines.extend(self.absent_voters());
        deadlines.extend(self.ballot.iter().filter_map(|open| {
            let event = Event::BallotClosed { ballot: open.id, outcome: BallotOutcome::Lapsed };
            Some((open.deadline?, event))
        }));
        deadlines.extend(self.permissions.iter().filter_map(|(permission, open)| {
            let (permission, answer) = (*permission, PermissionAnswer::Reject);
            let lapsed = Event::PermissionAnswered { permission, by: None, answer };
            Some((open.request.expires_at?, lapsed))
        }));
        deadlines
    }

    fn leaving(&self) -> Vec<(Timestamp, Event)> {
        let leaves = |person| Event::PersonLeft { person, reason: DropReason::Absent };
        self.roster
            .here()
            .filter_map(|(person, known)| match known.reach {
                Reach::Away { until, .. } => Some((until, leaves(person))),
                Reach::Present | Reach::Gone { .. } => None,
            })
            .collect()
    }

    /// An unreachable voter is waited for up to the share's limit (BA5, QN2).
    fn absent_voters(&self) -> Vec<(Timestamp, Event)> {
        let Some(limit) = self.rules.absence else {
            return vec![];
        };
        self.seated()
            .filter_map(|(table, person)| {
                Some((self.absent_voter(person)? + limit, table.drop(person, DropReason::Absent)))
            })
            .collect()
    }
}
