use model::{
    DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Timestamp, VoidReason,
};

use crate::state::{Device, Knock, Person};
use crate::{Admitted, Door, Refusal};

/// What a newcomer brings: everything but the invite. Only hashes reach the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub hash: String,
    pub name: DisplayName,
    pub device: String,
    pub kind: DeviceKind,
}

/// What became of an invite shown at the door (SH2). Showing it again with the same credential gives
/// the same answer, so that a lost reply locks nobody out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// This credential is in already.
    Known(Admitted),
    /// This credential waits already.
    Waiting(KnockId),
    /// Append these, then tell the owner.
    Knock(KnockId, Vec<OwnerEvent>),
}

impl Door {
    /// # Errors
    /// A typed refusal that says what to ask for.
    pub fn redeem(
        &self,
        invite: InviteId,
        secret_hash: &str,
        credential: &Credential,
        knock: KnockId,
        now: Timestamp,
    ) -> Result<Redemption, Refusal> {
        if let Some(admitted) = self.recognise(&credential.hash, now) {
            return Ok(Redemption::Known(admitted));
        }
        let waiting = |(_, other): &(&KnockId, &Knock)| {
            other.credential_hash == credential.hash && other.invite == invite
        };
        if let Some((id, _)) = self.knocks.iter().find(waiting) {
            return Ok(Redemption::Waiting(*id));
        }
        self.check_invite(invite, secret_hash, credential.kind, now)?;
        let event = OwnerEvent::Knocked {
            knock,
            invite,
            credential_hash: credential.hash.clone(),
            name: credential.name.clone(),
            device: credential.device.clone(),
            kind: credential.kind,
        };
        Ok(Redemption::Knock(knock, vec![event]))
    }

    /// Lets somebody in; a use of the invite is spent here (SH2).
    ///
    /// # Errors
    /// The knock is gone, or its invite no longer holds.
    pub fn admit(
        &self,
        knock: KnockId,
        person: PersonId,
        device: DeviceId,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        let waiting = self.knocks.get(&knock).ok_or(Refusal::KnockUnknown)?;
        let invite = self.invites.get(&waiting.invite).ok_or(Refusal::InviteUnknown)?;
        if invite.used >= invite.terms.uses {
            return Err(Refusal::InviteSpent);
        }
        if now >= invite.terms.expires_at {
            return Err(Refusal::InviteExpired);
        }
        let admitted = OwnerEvent::PersonAdmitted {
            person,
            share: invite.share,
            invite: waiting.invite,
            knock: Some(knock),
            name: waiting.name.unique(&self.names()),
            colour: self.next_colour(),
        };
        let added = OwnerEvent::DeviceAdded {
            device,
            person,
            kind: waiting.kind,
            label: waiting.device.clone(),
            credential_hash: waiting.credential_hash.clone(),
            share: Some(invite.share),
        };
        Ok(vec![admitted, added])
    }

    /// # Errors
    /// [`Refusal::KnockUnknown`].
    pub fn refuse(&self, knock: KnockId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.knocks.get(&knock).ok_or(Refusal::KnockUnknown)?;
        Ok(vec![OwnerEvent::KnockRefused { knock }])
    }

    /// Who a credential belongs to, if it is good right now.
    pub fn recognise(&self, credential_hash: &str, now: Timestamp) -> Option<Admitted> {
        let (id, device) =
            self.devices.iter().find(|(_, device)| device.credential_hash == credential_hash)?;
        let live = match device.share {
            None => true,
            Some(share) => {
                self.shares.get(&share).is_some_and(|share| crate::state::is_live(share, now))
                    && self.people.get(&device.person).is_some_and(|p| p.shares.contains(&share))
            }
        };
        live.then_some(Admitted { person: device.person, device: *id, kind: device.kind })
    }

    pub(crate) fn apply_person(&mut self, event: &OwnerEvent) {
        match event {
            OwnerEvent::PersonAdmitted { person, share, invite, knock, name, colour } => {
                if let Some(known) = self.invites.get_mut(invite) {
                    known.used += 1;
                }
                if let Some(knock) = knock {
                    self.knocks.remove(knock);
                }
                let entry = self.people.entry(*person).or_insert_with(|| Person {
                    name: name.clone(),
                    colour: *colour,
                    shares: [].into(),
                    muted_in: [].into(),
                    lost: None,
                });
                entry.shares.insert(*share);
                entry.lost = None;
            }
            OwnerEvent::DeviceAdded { device, person, kind, credential_hash, share, .. } => {
                let added = Device {
                    person: *person,
                    kind: *kind,
                    credential_hash: credential_hash.clone(),
                    share: *share,
                };
                self.devices.insert(*device, added);
            }
            OwnerEvent::DeviceRevoked { device } => {
                self.devices.remove(device);
            }
            OwnerEvent::PersonVoided { person, share, reason } => self.void(*person, *share, *reason),
            OwnerEvent::PersonMuted { person, share } => {
                if let Some(known) = self.people.get_mut(person) {
                    known.muted_in.insert(*share);
                }
            }
            OwnerEvent::PersonUnmuted { person, share } => {
                if let Some(known) = self.people.get_mut(person) {
                    known.muted_in.remove(share);
                }
            }
            OwnerEvent::HostFounded { .. }
            | OwnerEvent::RepositoryAdded { .. }
            | OwnerEvent::WorkspacePlaced { .. }
            | OwnerEvent::AgentAttached { .. }
            | OwnerEvent::ShareMinted { .. }
            | OwnerEvent::ShareStopped { .. }
            | OwnerEvent::InviteMinted { .. }
            | OwnerEvent::InviteCancelled { .. }
            | OwnerEvent::Knocked { .. }
            | OwnerEvent::KnockRefused { .. }
            | OwnerEvent::ListenerPlaced { .. } => {}
        }
    }

    fn void(&mut self, person: PersonId, share: model::ShareId, reason: VoidReason) {
        self.devices.retain(|_, device| device.person != person || device.share != Some(share));
        if let Some(known) = self.people.get_mut(&person) {
            known.shares.remove(&share);
            known.lost = known.shares.is_empty().then_some(reason);
        }
    }

    fn check_invite(
        &self,
        invite: InviteId,
        secret_hash: &str,
        kind: DeviceKind,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let known = self.invites.get(&invite).filter(|known| !known.cancelled);
        let known = known.filter(|known| known.secret_hash == secret_hash).ok_or(Refusal::InviteUnknown)?;
        let share = self.shares.get(&known.share).ok_or(Refusal::InviteUnknown)?;
        if known.used >= known.terms.uses {
            return Err(Refusal::InviteSpent);
        }
        if now >= known.terms.expires_at || !crate::state::is_live(share, now) {
            return Err(Refusal::InviteExpired);
        }
        if kind == DeviceKind::Browser && !share.browser_guests {
            return Err(Refusal::BrowserGuestsOff);
        }
        Ok(())
    }

    fn names(&self) -> Vec<DisplayName> {
        let guests = self.people.values().map(|person| person.name.clone());
        self.owner.iter().map(|(_, name)| name.clone()).chain(guests).collect()
    }

    /// The owner has colour 0; guests take 1, 2, 3, … in the order they came.
    fn next_colour(&self) -> u8 {
        u8::try_from(self.people.len() % 11).unwrap_or_default() + 1
    }
}
