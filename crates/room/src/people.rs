use std::collections::BTreeSet;

use model::{DropReason, Event, Guest, PersonId, RoomRules, Timestamp};

use crate::room::Room;
use crate::roster::{Participant, Reach, away_until};

impl Room {
    /// The first of a person's connections is here. A second one changes nothing (RO1).
    pub(crate) fn person_came(&self, guest: &Guest) -> Vec<Event> {
        let person = guest.person;
        let Some(known) = self.roster.get(person).filter(|known| known.reach.is_here()) else {
            return vec![joined(guest)];
        };
        let mut events = match known.reach {
            Reach::Away { .. } => vec![Event::PersonReturned { person }],
            Reach::Present | Reach::Gone { .. } => vec![],
        };
        events.extend(differences(known, guest));
        events
    }

    pub(crate) fn person_went_away(&self, person: PersonId, at: Timestamp) -> Vec<Event> {
        if !self.roster.is_present(person) {
            return vec![];
        }
        vec![Event::PersonAway { person, until: away_until(at) }]
    }

    /// The door's whole truth: whoever matters here and has no grant any more is out (RO3, SH5).
    pub(crate) fn reconciled(
        &self,
        rules: &RoomRules,
        guests: &[Guest],
        gone: &[(PersonId, DropReason)],
    ) -> Vec<Event> {
        let mut events = Vec::new();
        if *rules != self.rules {
            events.push(Event::RoomRulesChanged { rules: rules.clone() });
        }
        events.extend(guests.iter().flat_map(|guest| self.reconciled_guest(guest)));
        let granted: BTreeSet<PersonId> = guests.iter().map(|guest| guest.person).collect();
        let lost = self.concerned().into_iter().filter(|person| !granted.contains(person));
        events.extend(lost.filter(|person| self.roster.out(*person).is_none()).map(|person| {
            let why = gone.iter().find(|(lost, _)| *lost == person);
            Event::PersonLeft { person, reason: why.map_or(DropReason::Revoked, |(_, reason)| *reason) }
        }));
        events
    }

    fn reconciled_guest(&self, guest: &Guest) -> Vec<Event> {
        let known = self.roster.get(guest.person);
        let mut events = known.map(|known| differences(known, guest)).unwrap_or_default();
        let let_in_again = self.roster.out(guest.person).is_some();
        if let_in_again && !events.iter().any(|event| matches!(event, Event::RightsChanged { .. })) {
            events.push(rights_changed(guest));
        }
        events
    }

    /// Everybody but the owner with a name or a stake in this room.
    fn concerned(&self) -> BTreeSet<PersonId> {
        let mut people: BTreeSet<PersonId> = self.roster.known().collect();
        people.extend(self.queue.items().iter().map(|item| item.author));
        people.extend(self.suggestions.open().iter().map(|open| open.author));
        people.extend(self.turn.iter().flat_map(|turn| [turn.item.author, turn.driver]));
        people.remove(&self.session.owner);
        people
    }
}

fn joined(guest: &Guest) -> Event {
    let Guest { person, name, colour, rights, ceiling, muted } = guest.clone();
    Event::PersonJoined { person, name, colour, rights, ceiling, muted }
}

fn rights_changed(guest: &Guest) -> Event {
    Event::RightsChanged { person: guest.person, rights: guest.rights.clone(), ceiling: guest.ceiling }
}

fn differences(known: &Participant, guest: &Guest) -> Vec<Event> {
    let person = guest.person;
    let mut events = Vec::new();
    if known.name != guest.name {
        events.push(Event::PersonRenamed { person, name: guest.name.clone() });
    }
    if (&known.rights, known.ceiling) != (&guest.rights, guest.ceiling) {
        events.push(rights_changed(guest));
    }
    match (known.muted, guest.muted) {
        (false, true) => events.push(Event::PersonMuted { person }),
        (true, false) => events.push(Event::PersonUnmuted { person }),
        (true, true) | (false, false) => {}
    }
    events
}
