use model::{DriverReason, Event, PersonId, Rejection};

use crate::by::By;
use crate::room::Room;
use crate::turn::Turn;

/// How the lock moves by somebody's wish (TU9). How it moves by rule is in `settle`.
impl Room {
    pub(crate) fn ask_to_drive(&self, by: &By) -> Result<Vec<Event>, Rejection> {
        let turn = self.expect_turn()?;
        if turn.driver == by.person || turn.asked.contains(&by.person) {
            return Err(Rejection::Unchanged);
        }
        self.expect_driver(by.person)?;
        Ok(vec![Event::DriveAsked { turn: turn.id, person: by.person }])
    }

    pub(crate) fn hand_over(&self, by: &By, to: PersonId) -> Result<Vec<Event>, Rejection> {
        let turn = self.expect_turn()?;
        if turn.driver != by.person {
            return Err(Rejection::TurnLocked { driver: turn.driver });
        }
        if to == by.person {
            return Err(Rejection::Unchanged);
        }
        self.expect_driver(to)?;
        Ok(vec![turn.driven_by(to, DriverReason::HandedOver)])
    }

    pub(crate) fn take_lock(&self, by: &By) -> Result<Vec<Event>, Rejection> {
        let turn = self.expect_turn()?;
        if turn.driver == by.person {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![turn.driven_by(by.person, DriverReason::TakenByOwner)])
    }

    fn expect_turn(&self) -> Result<&Turn, Rejection> {
        self.turn.as_ref().ok_or(Rejection::NoTurn)
    }

    fn expect_driver(&self, person: PersonId) -> Result<(), Rejection> {
        let known = self.roster.get(person).ok_or(Rejection::NoSuchDriver)?;
        if !self.roster.is_present(person) || !known.may_drive() {
            return Err(Rejection::NoSuchDriver);
        }
        Ok(())
    }
}

impl Turn {
    pub fn driven_by(&self, driver: PersonId, reason: DriverReason) -> Event {
        Event::DriverChanged { turn: self.id, driver, reason }
    }
}
