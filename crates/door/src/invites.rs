use model::{InviteId, InviteTerms, OwnerEvent, PersonId, ShareId, Span, Timestamp, limits};

use crate::state::{Invite, Knock, Offer};
use crate::{Door, Refusal};

/// How a further invite may be used (SH2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InviteWish {
    pub uses: u32,
    pub lifetime: Span,
    pub consent: bool,
}

impl Default for InviteWish {
    fn default() -> Self {
        Self { uses: 1, lifetime: limits::INVITE, consent: true }
    }
}

impl Door {
    /// # Errors
    /// [`Refusal::ShareUnknown`], [`Refusal::InviteTerms`].
    pub fn mint_invite(
        &self,
        share: ShareId,
        (invite, secret_hash): (InviteId, String),
        wish: InviteWish,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        self.live(share, now)?;
        let bounded = (1..=limits::INVITE_USES).contains(&wish.uses)
            && wish.lifetime > Span(0)
            && wish.lifetime <= limits::INVITE_LONGEST;
        if !bounded {
            return Err(Refusal::InviteTerms);
        }
        let InviteWish { uses, lifetime, consent } = wish;
        let terms = InviteTerms { uses, expires_at: now + lifetime, consent };
        Ok(vec![OwnerEvent::InviteMinted { invite, share, secret_hash, terms }])
    }

    /// For one more device of a person who is in (RO1).
    ///
    /// # Errors
    /// [`Refusal::PersonUnknown`].
    pub fn mint_device_invite(
        &self,
        person: PersonId,
        (invite, secret_hash): (InviteId, String),
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        if !self.is_in(person, now) {
            return Err(Refusal::PersonUnknown);
        }
        let expires_at = now + limits::DEVICE_INVITE;
        Ok(vec![OwnerEvent::DeviceInviteMinted { invite, person, secret_hash, expires_at }])
    }

    /// # Errors
    /// [`Refusal::InviteUnknown`].
    pub fn cancel_invite(&self, invite: InviteId) -> Result<Vec<OwnerEvent>, Refusal> {
        match self.invites.get(&invite) {
            Some(known) if !known.cancelled => Ok(vec![OwnerEvent::InviteCancelled { invite }]),
            Some(_) | None => Err(Refusal::InviteUnknown),
        }
    }

    /// Those that still let somebody into a share.
    pub fn open_invites(&self, share: ShareId, now: Timestamp) -> impl Iterator<Item = (InviteId, &Invite)> {
        self.invites().filter(move |(_, it)| it.offer == Offer::Share(share) && it.is_open(now))
    }

    pub(crate) fn apply_invite(&mut self, event: &OwnerEvent, at: Timestamp) {
        match event {
            OwnerEvent::InviteMinted { invite, share, secret_hash, terms } => {
                self.invites.insert(*invite, fresh(Offer::Share(*share), secret_hash, terms.clone()));
            }
            OwnerEvent::DeviceInviteMinted { invite, person, secret_hash, expires_at } => {
                let terms = InviteTerms { uses: 1, expires_at: *expires_at, consent: false };
                self.invites.insert(*invite, fresh(Offer::Device(*person), secret_hash, terms));
            }
            OwnerEvent::InviteCancelled { invite } => {
                if let Some(known) = self.invites.get_mut(invite) {
                    known.cancelled = true;
                }
                self.knocks.retain(|_, knock| knock.invite != *invite);
            }
            OwnerEvent::Knocked { knock, invite, credential_hash, name, device, kind } => {
                let waiting = Knock {
                    invite: *invite,
                    credential_hash: credential_hash.clone(),
                    name: name.clone(),
                    device: device.clone(),
                    kind: *kind,
                    at,
                };
                self.knocks.insert(*knock, waiting);
            }
            OwnerEvent::KnockRefused { knock } => {
                self.knocks.remove(knock);
            }
            _ => {}
        }
    }

    /// A use is spent on admission and nowhere else (SH2).
    pub(crate) fn spend(&mut self, invite: InviteId, knock: Option<model::KnockId>) {
        if let Some(known) = self.invites.get_mut(&invite) {
            known.used += 1;
        }
        if let Some(knock) = knock {
            self.knocks.remove(&knock);
        }
    }
}

fn fresh(offer: Offer, secret_hash: &str, terms: InviteTerms) -> Invite {
    Invite { offer, secret_hash: secret_hash.to_owned(), terms, used: 0, cancelled: false }
}
