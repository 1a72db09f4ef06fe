use std::collections::BTreeSet;

use model::{Electorate, PersonId, Right};

use crate::by::By;
use crate::room::Room;
use crate::seats::Seats;

/// Who can settle one thing that is open in a room, told apart from the room: the directory asks it of
/// every reader. It agrees with what the room's view says to each (RO6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Approvers,
    Steerers,
    /// Who may approve, and this driver.
    Deciders {
        driver: Option<PersonId>,
    },
    /// Who has a seat and has not spoken yet.
    These(BTreeSet<PersonId>),
}

impl Wanted {
    pub fn wants(&self, by: &By) -> bool {
        let able = match self {
            Self::Approvers => by.admit(&[Right::Approve]).is_ok(),
            Self::Steerers => by.admit(&[Right::Steer]).is_ok(),
            Self::Deciders { driver } => by.approves() || *driver == Some(by.person),
            Self::These(people) => people.contains(&by.person),
        };
        able && by.admit(&[]).is_ok()
    }
}

impl Room {
    /// One for each open card, and for each suggestion that somebody may accept.
    pub fn wanted(&self) -> Vec<Wanted> {
        let driver = self.turn.as_ref().map(|turn| turn.driver);
        let decides = driver.filter(|_| self.rules.driver_decides);
        let permissions = self.permissions.iter().map(|_| Wanted::Approvers);
        let ballots = self.ballot.iter().map(|open| of(&open.seats, decides));
        let questions = self.questions.values().map(|open| of(&open.seats, driver));
        let offered = self.suggestions.open().iter().filter(|open| !self.is_held(open));
        let suggestions = offered.map(|_| Wanted::Steerers);
        permissions.chain(ballots).chain(questions).chain(suggestions).collect()
    }
}

fn of<T: Clone>(seats: &Seats<T>, driver: Option<PersonId>) -> Wanted {
    match seats.electorate() {
        Electorate::AnyDecider => Wanted::Deciders { driver },
        Electorate::Everyone { .. } => {
            let silent = seats.words().filter(|(_, word)| word.is_none());
            Wanted::These(silent.map(|(person, _)| person).collect())
        }
    }
}
