use std::collections::{BTreeMap, BTreeSet};

use model::{
    DeviceId, DeviceKind, DisplayName, InviteId, InviteTerms, KnockId, OwnerEvent, PersonId, Share, ShareId,
    Timestamp, VoidReason, WorkspaceId, limits,
};

/// Everything the door knows. A fold of the owner stream; other events of it change nothing here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    pub(crate) owner: Option<(PersonId, DisplayName)>,
    pub(crate) shares: BTreeMap<ShareId, Share>,
    pub(crate) invites: BTreeMap<InviteId, Invite>,
    pub(crate) knocks: BTreeMap<KnockId, Knock>,
    pub(crate) people: BTreeMap<PersonId, Person>,
    pub(crate) devices: BTreeMap<DeviceId, Device>,
    pub(crate) listener: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    pub share: ShareId,
    pub secret_hash: String,
    pub terms: InviteTerms,
    pub used: u32,
    pub cancelled: bool,
}

/// Somebody with a good invite who waits for the owner's consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knock {
    pub invite: InviteId,
    pub credential_hash: String,
    pub name: DisplayName,
    pub device: String,
    pub kind: DeviceKind,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: DisplayName,
    pub colour: u8,
    pub shares: BTreeSet<ShareId>,
    pub muted_in: BTreeSet<ShareId>,
    /// How the last share was lost, while there is none.
    pub lost: Option<VoidReason>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub person: PersonId,
    pub kind: DeviceKind,
    pub credential_hash: String,
    pub share: Option<ShareId>,
}

/// Who a credential belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub person: PersonId,
    pub device: DeviceId,
    pub kind: DeviceKind,
}

/// Why the door stays shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This invite is not known here. Ask for a new one.")]
    InviteUnknown,
    #[error("This invite has been used. Ask for a new one.")]
    InviteSpent,
    #[error("This invite has expired. Ask for a new one.")]
    InviteExpired,
    #[error("The owner does not let browser guests in here. Use the Conclave app.")]
    BrowserGuestsOff,
    #[error("There is no such share.")]
    ShareUnknown,
    #[error("Nobody is waiting at the door by that name any more.")]
    KnockUnknown,
    #[error("A share needs at least one workspace.")]
    NoWorkspaces,
}

impl Door {
    pub fn apply(&mut self, event: &OwnerEvent, at: Timestamp) {
        match event {
            OwnerEvent::HostFounded { owner, name } => self.owner = Some((*owner, name.clone())),
            OwnerEvent::RepositoryAdded { .. }
            | OwnerEvent::WorkspacePlaced { .. }
            | OwnerEvent::AgentAttached { .. } => {}
            OwnerEvent::ShareMinted { share, terms } => {
                self.shares.insert(*share, terms.clone());
            }
            OwnerEvent::ShareStopped { share } => self.stop(*share),
            OwnerEvent::InviteMinted { .. } | OwnerEvent::InviteCancelled { .. } => self.apply_invite(event),
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
            OwnerEvent::ListenerPlaced { port, .. } => self.listener = Some(*port),
            OwnerEvent::PersonAdmitted { .. }
            | OwnerEvent::DeviceAdded { .. }
            | OwnerEvent::DeviceRevoked { .. }
            | OwnerEvent::PersonVoided { .. }
            | OwnerEvent::PersonMuted { .. }
            | OwnerEvent::PersonUnmuted { .. } => self.apply_person(event),
        }
    }

    pub fn owner(&self) -> Option<PersonId> {
        self.owner.as_ref().map(|(person, _)| *person)
    }

    pub fn owner_name(&self) -> Option<&DisplayName> {
        self.owner.as_ref().map(|(_, name)| name)
    }

    pub fn shares(&self) -> impl Iterator<Item = (ShareId, &Share)> {
        self.shares.iter().map(|(id, share)| (*id, share))
    }

    pub fn invites(&self) -> impl Iterator<Item = (InviteId, &Invite)> {
        self.invites.iter().map(|(id, invite)| (*id, invite))
    }

    pub fn knocks(&self) -> impl Iterator<Item = (KnockId, &Knock)> {
        self.knocks.iter().map(|(id, knock)| (*id, knock))
    }

    pub fn people(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        self.people.iter().map(|(id, person)| (*id, person))
    }

    /// The port chosen at the first mint (SH1).
    pub fn listener(&self) -> Option<u16> {
        self.listener
    }

    /// The host listens for others only while a share is live (SH4, SH7).
    pub fn wants_listener(&self, now: Timestamp) -> bool {
        self.shares.values().any(|share| is_live(share, now))
    }

    /// # Errors
    /// A share without workspaces is refused (SH1); unknown ones are the host's to refuse.
    pub fn mint_share(&self, share: ShareId, terms: Share) -> Result<Vec<OwnerEvent>, Refusal> {
        if terms.workspaces.is_empty() {
            return Err(Refusal::NoWorkspaces);
        }
        Ok(vec![OwnerEvent::ShareMinted { share, terms }])
    }

    /// # Errors
    /// [`Refusal::ShareUnknown`].
    pub fn stop_share(&self, share: ShareId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.shares.get(&share).ok_or(Refusal::ShareUnknown)?;
        Ok(vec![OwnerEvent::ShareStopped { share }])
    }

    /// # Errors
    /// [`Refusal::ShareUnknown`].
    pub fn mint_invite(
        &self,
        share: ShareId,
        invite: InviteId,
        secret_hash: String,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        self.shares.get(&share).ok_or(Refusal::ShareUnknown)?;
        let terms = InviteTerms { uses: 1, expires_at: now + limits::INVITE, consent: true };
        Ok(vec![OwnerEvent::InviteMinted { invite, share, secret_hash, terms }])
    }

    /// # Errors
    /// [`Refusal::InviteUnknown`].
    pub fn cancel_invite(&self, invite: InviteId) -> Result<Vec<OwnerEvent>, Refusal> {
        match self.invites.get(&invite) {
            Some(known) if !known.cancelled => Ok(vec![OwnerEvent::InviteCancelled { invite }]),
            Some(_) | None => Err(Refusal::InviteUnknown),
        }
    }

    pub fn is_shared(&self, workspace: WorkspaceId, now: Timestamp) -> bool {
        self.shares.values().any(|share| is_live(share, now) && share.workspaces.contains(&workspace))
    }

    fn stop(&mut self, share: ShareId) {
        self.shares.remove(&share);
        self.invites.retain(|_, invite| invite.share != share);
        let invites = &self.invites;
        self.knocks.retain(|_, knock| invites.contains_key(&knock.invite));
        self.devices.retain(|_, device| device.share != Some(share));
        for person in self.people.values_mut() {
            if person.shares.remove(&share) && person.shares.is_empty() {
                person.lost = Some(VoidReason::Revoked);
            }
        }
    }

    fn apply_invite(&mut self, event: &OwnerEvent) {
        if let OwnerEvent::InviteMinted { invite, share, secret_hash, terms } = event {
            let fresh = Invite {
                share: *share,
                secret_hash: secret_hash.clone(),
                terms: terms.clone(),
                used: 0,
                cancelled: false,
            };
            self.invites.insert(*invite, fresh);
        }
        if let OwnerEvent::InviteCancelled { invite } = event {
            if let Some(known) = self.invites.get_mut(invite) {
                known.cancelled = true;
            }
            self.knocks.retain(|_, knock| knock.invite != *invite);
        }
    }
}

pub(crate) fn is_live(share: &Share, now: Timestamp) -> bool {
    share.expires_at.is_none_or(|end| now < end)
}
