use model::{DisplayName, InviteId, OwnerEvent, PersonId, Share, ShareId, Timestamp, VoidReason};

use crate::state::Person;
use crate::{Door, Refusal};

impl Door {
    /// They watch only, until it is lifted: also after they left and came back (RO3).
    ///
    /// # Errors
    /// [`Refusal::PersonUnknown`]: not in that share.
    pub fn mute(&self, share: ShareId, person: PersonId) -> Result<Vec<OwnerEvent>, Refusal> {
        let known = self.inside(share, person)?;
        Ok(match known.muted_in.contains(&share) {
            true => Vec::new(),
            false => vec![OwnerEvent::PersonMuted { person, share }],
        })
    }

    /// # Errors
    /// [`Refusal::PersonUnknown`].
    pub fn unmute(&self, share: ShareId, person: PersonId) -> Result<Vec<OwnerEvent>, Refusal> {
        let known = self.people.get(&person).ok_or(Refusal::PersonUnknown)?;
        match (known.muted_in.contains(&share), known.shares.contains_key(&share)) {
            (true, _) => Ok(vec![OwnerEvent::PersonUnmuted { person, share }]),
            (false, true) => Ok(Vec::new()),
            (false, false) => Err(Refusal::PersonUnknown),
        }
    }

    /// Out of one share; what is left of their invite is void and the next one has to knock (RO3).
    ///
    /// # Errors
    /// [`Refusal::PersonUnknown`]: not in that share.
    pub fn kick(&self, share: ShareId, person: PersonId) -> Result<Vec<OwnerEvent>, Refusal> {
        let invite = *self.inside(share, person)?.shares.get(&share).ok_or(Refusal::PersonUnknown)?;
        let mut events = vec![OwnerEvent::PersonVoided { person, share, reason: VoidReason::Kicked }];
        events.extend(self.void_invite(invite));
        if let Some(terms) = self.shares.get(&share).filter(|terms| !terms.consent) {
            let terms = Share { consent: true, ..terms.clone() };
            events.push(OwnerEvent::ShareEdited { share, terms });
        }
        Ok(events)
    }

    /// Out of all shares.
    ///
    /// # Errors
    /// [`Refusal::PersonUnknown`]: in no share.
    pub fn revoke_person(&self, person: PersonId) -> Result<Vec<OwnerEvent>, Refusal> {
        let known = self.people.get(&person).filter(|known| !known.shares.is_empty());
        let known = known.ok_or(Refusal::PersonUnknown)?;
        let out =
            |share: &ShareId| OwnerEvent::PersonVoided { person, share: *share, reason: VoidReason::Revoked };
        let invites = known.shares.values().flat_map(|invite| self.void_invite(*invite));
        let theirs = |hash: &str| self.device_by(hash).is_some_and(|(_, device)| device.person == person);
        let knocks = self.knocks().filter(|(_, knock)| theirs(&knock.credential_hash));
        let knocks = knocks.map(|(knock, _)| OwnerEvent::KnockRefused { knock });
        Ok(known.shares.keys().map(out).chain(invites).chain(knocks).collect())
    }

    /// # Errors
    /// [`Refusal::OwnerStays`], [`Refusal::PersonUnknown`].
    pub fn leave(&self, person: PersonId) -> Result<Vec<OwnerEvent>, Refusal> {
        if self.owner() == Some(person) {
            return Err(Refusal::OwnerStays);
        }
        let known = self.people.get(&person).ok_or(Refusal::PersonUnknown)?;
        let out =
            |share: &ShareId| OwnerEvent::PersonVoided { person, share: *share, reason: VoidReason::Left };
        Ok(known.shares.keys().map(out).collect())
    }

    /// The name they go by from now on; a number tells them from others (RO4).
    ///
    /// # Errors
    /// [`Refusal::PersonUnknown`].
    pub fn rename(&self, person: PersonId, name: &DisplayName) -> Result<Vec<OwnerEvent>, Refusal> {
        let known = self.name_of(person).ok_or(Refusal::PersonUnknown)?;
        let name = name.unique(&self.names_but(Some(person)));
        Ok(if *known == name { Vec::new() } else { vec![OwnerEvent::PersonRenamed { person, name }] })
    }

    /// Everybody's name but one's own.
    pub(crate) fn names_but(&self, person: Option<PersonId>) -> Vec<DisplayName> {
        let owner = self.owner.iter().map(|(id, name)| (*id, name));
        let guests = self.people.iter().map(|(id, known)| (*id, &known.name));
        owner.chain(guests).filter(|(id, _)| Some(*id) != person).map(|(_, name)| name.clone()).collect()
    }

    pub(crate) fn apply_person(&mut self, event: &OwnerEvent) {
        match event {
            OwnerEvent::PersonAdmitted { person, share, invite, knock, name, colour } => {
                self.spend(*invite, *knock);
                self.ever.entry(*share).or_default().insert(*person);
                let entry = self.people.entry(*person).or_insert_with(|| Person {
                    name: name.clone(),
                    colour: *colour,
                    shares: [].into(),
                    muted_in: [].into(),
                    out: [].into(),
                    lost: None,
                });
                entry.shares.insert(*share, *invite);
                entry.lost = None;
            }
            OwnerEvent::PersonVoided { person, share, reason } => self.void(*person, *share, *reason),
            OwnerEvent::PersonMuted { person, share } => {
                self.change(*person, |known| known.muted_in.insert(*share));
            }
            OwnerEvent::PersonUnmuted { person, share } => {
                self.change(*person, |known| known.muted_in.remove(share));
            }
            OwnerEvent::PersonRenamed { person, name } => match &mut self.owner {
                Some((owner, known)) if owner == person => *known = name.clone(),
                Some(_) | None => {
                    self.change(*person, |known| std::mem::replace(&mut known.name, name.clone()));
                }
            },
            _ => {}
        }
    }

    fn change<T>(&mut self, person: PersonId, change: impl FnOnce(&mut Person) -> T) -> Option<T> {
        self.people.get_mut(&person).map(change)
    }

    fn inside(&self, share: ShareId, person: PersonId) -> Result<&Person, Refusal> {
        let known = self.people.get(&person).filter(|known| known.shares.contains_key(&share));
        known.ok_or(Refusal::PersonUnknown)
    }

    fn void_invite(&self, invite: InviteId) -> Option<OwnerEvent> {
        let known = self.invites.get(&invite).filter(|known| !known.cancelled);
        known.map(|_| OwnerEvent::InviteCancelled { invite })
    }

    /// The owner has colour 0; guests take 1, 2, 3, … in the order they came.
    pub(crate) fn next_colour(&self) -> u8 {
        u8::try_from(self.people.len() % 11).unwrap_or_default() + 1
    }

    /// How somebody is shown: as known here, or as they ask to be (RO1, RO4).
    pub(crate) fn shown_as(&self, person: Option<PersonId>, asked: &DisplayName) -> DisplayName {
        let known = person.and_then(|person| self.name_of(person)).cloned();
        known.unwrap_or_else(|| asked.unique(&self.names_but(None)))
    }

    pub(crate) fn colour_of(&self, person: PersonId) -> Option<u8> {
        self.people.get(&person).map(|known| known.colour)
    }

    /// A member of a live share, or the owner, who is in all of them.
    pub(crate) fn is_inside(&self, person: PersonId, share: ShareId, now: Timestamp) -> bool {
        self.owner() == Some(person) || (self.live(share, now).is_ok() && self.inside(share, person).is_ok())
    }
}
