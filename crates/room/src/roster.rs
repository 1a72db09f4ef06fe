use std::collections::BTreeMap;
use std::sync::Arc;

use model::limits::AWAY;
use model::{Ceiling, DisplayName, DropReason, Event, PastPerson, PersonId, Right, Rights, Timestamp};
use serde::{Deserialize, Serialize};

/// Everybody who has been here. The name and mute of someone who is gone still count: for a queued
/// prompt, an answer, a vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Roster {
    /// Shared with the copies that decisions are tried on: a full room costs them no more.
    people: Arc<BTreeMap<PersonId, Participant>>,
    /// Those who have lost their grant, and how.
    out: BTreeMap<PersonId, DropReason>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Participant {
    pub name: DisplayName,
    pub colour: u8,
    pub rights: Rights,
    pub ceiling: Ceiling,
    pub muted: bool,
    pub reach: Reach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reach {
    Present,
    Away {
        since: Timestamp,
        until: Timestamp,
    },
    /// No longer in the roster, still a voter (BA5).
    Gone {
        since: Timestamp,
    },
}

impl Roster {
    pub fn get(&self, person: PersonId) -> Option<&Participant> {
        self.people.get(&person)
    }

    pub fn known(&self) -> impl Iterator<Item = PersonId> {
        self.people.keys().copied()
    }

    /// Present, or away for less than 30 s: a blip changes nothing (PA8).
    pub fn here(&self) -> impl Iterator<Item = (PersonId, &Participant)> {
        self.people.iter().map(|(person, known)| (*person, known)).filter(|(_, known)| known.reach.is_here())
    }

    pub fn is_present(&self, person: PersonId) -> bool {
        self.get(person).is_some_and(|known| known.reach == Reach::Present)
    }

    pub fn is_muted(&self, person: PersonId) -> bool {
        self.get(person).is_some_and(|known| known.muted)
    }

    pub fn out(&self, person: PersonId) -> Option<DropReason> {
        self.out.get(&person).copied()
    }

    /// Since when a known person can't be reached.
    pub fn unreachable_since(&self, person: PersonId) -> Option<Timestamp> {
        match self.get(person)?.reach {
            Reach::Present => None,
            Reach::Away { since, .. } | Reach::Gone { since } => Some(since),
        }
    }

    /// Why this person can no longer be a voter (BA5).
    pub fn lost_vote(&self, person: PersonId) -> Option<DropReason> {
        if let Some(reason) = self.out(person) {
            return Some(reason);
        }
        let known = self.get(person)?;
        if known.muted {
            return Some(DropReason::Muted);
        }
        (!known.rights.has(Right::Vote)).then_some(DropReason::RightLost)
    }

    /// Known, and unable to hold the lock (TU4, TU10). Somebody the roster never met is not judged.
    pub fn lost_lock(&self, person: PersonId) -> bool {
        self.out(person).is_some()
            || self.get(person).is_some_and(|known| !known.reach.is_here() || !known.may_drive())
    }

    pub fn ceiling(&self, person: PersonId) -> Option<Ceiling> {
        self.get(person).map(|known| known.ceiling)
    }

    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::PersonJoined { person, name, colour, rights, ceiling, muted } => {
                self.out.remove(person);
                let joined = Participant {
                    name: name.clone(),
                    colour: *colour,
                    rights: rights.clone(),
                    ceiling: *ceiling,
                    muted: *muted,
                    reach: Reach::Present,
                };
                Arc::make_mut(&mut self.people).insert(*person, joined);
            }
            Event::SessionForked { people, .. } => self.remember(people, at),
            Event::PersonLeft { person, reason } => self.leave(*person, *reason, at),
            Event::PersonRenamed { person, name } => self.change(*person, |known| known.name = name.clone()),
            Event::PersonAway { person, until } => {
                self.change(*person, |known| known.reach = Reach::Away { since: at, until: *until })
            }
            Event::PersonReturned { person } => self.change(*person, |known| known.reach = Reach::Present),
            Event::RightsChanged { person, rights, ceiling } => {
                self.out.remove(person);
                self.change(*person, |known| {
                    known.rights = rights.clone();
                    known.ceiling = *ceiling;
                });
            }
            Event::PersonMuted { person } => self.change(*person, |known| known.muted = true),
            Event::PersonUnmuted { person } => self.change(*person, |known| known.muted = false),
            _ => {}
        }
    }

    /// By name alone: they are here once they come.
    fn remember(&mut self, people: &[PastPerson], at: Timestamp) {
        for past in people {
            let gone = Participant {
                name: past.name.clone(),
                colour: past.colour,
                rights: Rights::default(),
                ceiling: Ceiling::default(),
                muted: false,
                reach: Reach::Gone { since: at },
            };
            Arc::make_mut(&mut self.people).entry(past.person).or_insert(gone);
        }
    }

    fn leave(&mut self, person: PersonId, reason: DropReason, at: Timestamp) {
        let since = self.unreachable_since(person).unwrap_or(at);
        self.change(person, |known| known.reach = Reach::Gone { since });
        if reason != DropReason::Absent {
            self.out.insert(person, reason);
        }
    }

    fn change(&mut self, person: PersonId, change: impl FnOnce(&mut Participant)) {
        if let Some(known) = Arc::make_mut(&mut self.people).get_mut(&person) {
            change(known);
        }
    }
}

impl Participant {
    pub fn may_drive(&self) -> bool {
        !self.muted && self.rights.has(Right::Steer)
    }
}

impl Reach {
    pub fn is_here(self) -> bool {
        match self {
            Self::Present | Self::Away { .. } => true,
            Self::Gone { .. } => false,
        }
    }
}

/// Until when somebody who goes away now is still in the roster (PA8).
pub(crate) fn away_until(at: Timestamp) -> Timestamp {
    at + AWAY
}
