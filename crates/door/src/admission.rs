use model::{DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Timestamp, limits};

use crate::state::{Invite, Knock, Offer, Standing, is_live};
use crate::{Admitted, Door, Refusal};

/// What a newcomer brings: everything but the invite. Only hashes reach the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub hash: String,
    pub name: DisplayName,
    pub device: String,
    pub kind: DeviceKind,
}

/// Ids for what an admission may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh {
    pub knock: KnockId,
    pub person: PersonId,
    pub device: DeviceId,
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
    /// Nobody has to be asked: append these, and they are in.
    LetIn(Vec<OwnerEvent>),
}

/// Where somebody who has knocked stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    In(Admitted),
    Waiting,
    TurnedAway,
}

impl Door {
    /// # Errors
    /// A typed refusal that says what to ask for.
    pub fn redeem(
        &self,
        (invite, secret_hash): (InviteId, &str),
        credential: &Credential,
        fresh: Fresh,
        now: Timestamp,
    ) -> Result<Redemption, Refusal> {
        let known = self.device_by(&credential.hash);
        if known.is_some_and(|(_, device)| device.standing == Standing::Revoked) {
            return Err(Refusal::DeviceRevoked);
        }
        let offered = self.check_invite(invite, secret_hash, credential.kind, now);
        if let Some(admitted) = self.recognise(&credential.hash, now) {
            let news = offered.is_ok_and(|offered| !self.is_covered(admitted.person, offered.offer, now));
            if !news {
                return Ok(Redemption::Known(admitted));
            }
        }
        let mine = |it: &&Knock| it.credential_hash == credential.hash && it.invite == invite;
        if let Some((id, _)) = self.knocks.iter().find(|(_, knock)| mine(knock)) {
            return Ok(Redemption::Waiting(*id));
        }
        let offered = offered?;
        if let (Offer::Device(person), Some((_, device))) = (offered.offer, known)
            && device.person != person
        {
            return Err(Refusal::DeviceTaken);
        }
        match self.asks_for_consent(offered, credential.kind) {
            true => self.knock(invite, credential, fresh.knock),
            false => Ok(Redemption::LetIn(self.let_in((invite, offered), credential, fresh, None))),
        }
    }

    /// Lets somebody in; a use of the invite is spent here (SH2).
    ///
    /// # Errors
    /// The knock is gone, or its invite no longer holds.
    pub fn admit(&self, knock: KnockId, fresh: Fresh, now: Timestamp) -> Result<Vec<OwnerEvent>, Refusal> {
        let waiting = self.knocks.get(&knock).ok_or(Refusal::KnockUnknown)?;
        let known = self.invites.get(&waiting.invite).ok_or(Refusal::InviteUnknown)?;
        let invite = self.check_invite(waiting.invite, &known.secret_hash, waiting.kind, now)?;
        let credential = Credential {
            hash: waiting.credential_hash.clone(),
            name: waiting.name.clone(),
            device: waiting.device.clone(),
            kind: waiting.kind,
        };
        Ok(self.let_in((waiting.invite, invite), &credential, fresh, Some(knock)))
    }

    /// # Errors
    /// [`Refusal::KnockUnknown`].
    pub fn refuse(&self, knock: KnockId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.knocks.get(&knock).ok_or(Refusal::KnockUnknown)?;
        Ok(vec![OwnerEvent::KnockRefused { knock }])
    }

    /// One look at both: who has been let in between two looks is not turned away.
    pub fn visitor(&self, knock: KnockId, credential_hash: &str, now: Timestamp) -> Visitor {
        match self.recognise(credential_hash, now) {
            Some(admitted) => Visitor::In(admitted),
            None if self.knocks.contains_key(&knock) => Visitor::Waiting,
            None => Visitor::TurnedAway,
        }
    }

    /// Who knocks, as this host knows them: by their device, or by the invite for one more of it.
    pub fn known_at(&self, knock: &Knock) -> Option<PersonId> {
        let by_device = self.device_by(&knock.credential_hash).map(|(_, device)| device.person);
        by_device.or_else(|| match self.invites.get(&knock.invite)?.offer {
            Offer::Device(person) => Some(person),
            Offer::Share(_) => None,
        })
    }

    fn knock(
        &self,
        invite: InviteId,
        credential: &Credential,
        knock: KnockId,
    ) -> Result<Redemption, Refusal> {
        if self.knocks.values().filter(|it| it.invite == invite).count() >= limits::KNOCKS_PER_INVITE {
            return Err(Refusal::DoorCrowded);
        }
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

    fn let_in(
        &self,
        (id, invite): (InviteId, &Invite),
        who: &Credential,
        fresh: Fresh,
        knock: Option<KnockId>,
    ) -> Vec<OwnerEvent> {
        let known = self.device_by(&who.hash);
        let device = known.map_or(fresh.device, |(id, _)| id);
        let added = |person, share, invite| OwnerEvent::DeviceAdded {
            device,
            person,
            kind: who.kind,
            label: who.device.clone(),
            credential_hash: who.hash.clone(),
            share,
            invite,
            knock: invite.and(knock),
        };
        match invite.offer {
            Offer::Device(person) => vec![added(person, None, Some(id))],
            Offer::Share(share) => {
                let known = known.map(|(_, device)| device.person);
                let person = known.unwrap_or(fresh.person);
                let admitted = OwnerEvent::PersonAdmitted {
                    person,
                    share,
                    invite: id,
                    knock,
                    name: self.shown_as(known, &who.name),
                    colour: self.colour_of(person).unwrap_or_else(|| self.next_colour()),
                };
                vec![admitted, added(person, Some(share), None)]
            }
        }
    }

    /// A browser's link is unverified, so a person looks at who comes by it (PA11).
    fn asks_for_consent(&self, invite: &Invite, kind: DeviceKind) -> bool {
        let wanted = match invite.offer {
            Offer::Share(share) => self.shares.get(&share).is_none_or(|share| share.consent),
            Offer::Device(_) => false,
        };
        wanted || invite.terms.consent || kind == DeviceKind::Browser
    }

    fn is_covered(&self, person: PersonId, offer: Offer, now: Timestamp) -> bool {
        match offer {
            Offer::Share(share) => self.is_inside(person, share, now),
            Offer::Device(owner) => owner == person,
        }
    }

    fn check_invite(
        &self,
        invite: InviteId,
        secret_hash: &str,
        kind: DeviceKind,
        now: Timestamp,
    ) -> Result<&Invite, Refusal> {
        let known = self.invites.get(&invite).filter(|known| !known.cancelled);
        let known = known.filter(|known| known.secret_hash == secret_hash).ok_or(Refusal::InviteUnknown)?;
        if known.used >= known.terms.uses {
            return Err(Refusal::InviteSpent);
        }
        if now >= known.terms.expires_at {
            return Err(Refusal::InviteExpired);
        }
        match known.offer {
            Offer::Device(person) if self.is_in(person, now) => Ok(known),
            Offer::Device(_) => Err(Refusal::InviteUnknown),
            Offer::Share(share) => {
                let share = self.shares.get(&share).ok_or(Refusal::InviteUnknown)?;
                if !is_live(share, now) {
                    return Err(Refusal::InviteExpired);
                }
                let is_page = matches!(kind, DeviceKind::Browser | DeviceKind::VerifiedBrowser);
                match is_page && !share.browser_guests {
                    true => Err(Refusal::BrowserGuestsOff),
                    false => Ok(known),
                }
            }
        }
    }
}
