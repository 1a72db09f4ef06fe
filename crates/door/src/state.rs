use std::collections::{BTreeMap, BTreeSet};

use model::{
    DeviceId, DeviceKind, DisplayName, HostSettings, InviteId, InviteTerms, KnockId, OwnerEvent, PersonId,
    Share, ShareId, Timestamp, VoidReason, WorkspaceId,
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
    /// Everybody who ever was in a share: what they spent there counts on (AG7).
    pub(crate) ever: BTreeMap<ShareId, BTreeSet<PersonId>>,
    /// Forks the owner has not answered for, with their sources (SH8).
    pub(crate) forks: BTreeMap<WorkspaceId, WorkspaceId>,
    pub(crate) listener: Option<u16>,
    pub(crate) settings: HostSettings,
}

/// What an invite lets somebody into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Share(ShareId),
    /// One more device of this person (RO1).
    Device(PersonId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    pub offer: Offer,
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
    /// With the invite they came by, which a kick makes void (RO3).
    pub shares: BTreeMap<ShareId, InviteId>,
    /// Outlives leaving and coming back (RO3).
    pub muted_in: BTreeSet<ShareId>,
    /// How each workspace was lost; it counts only while there is no other way to it.
    pub out: BTreeMap<WorkspaceId, VoidReason>,
    /// How the last share was lost, while there is none.
    pub lost: Option<VoidReason>,
}

/// A device stays known when it opens nothing any more, so that whoever comes back with it is the same
/// person (RO1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub person: PersonId,
    pub kind: DeviceKind,
    pub label: String,
    pub credential_hash: String,
    pub standing: Standing,
    pub last_seen: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Good,
    /// Its person lost the last share; a new invite makes it good again.
    Void,
    /// For ever.
    Revoked,
}

/// Who a credential belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub person: PersonId,
    pub device: DeviceId,
    pub kind: DeviceKind,
}

impl Door {
    pub fn apply(&mut self, event: &OwnerEvent, at: Timestamp) {
        match event {
            OwnerEvent::HostFounded { owner, name } => self.owner = Some((*owner, name.clone())),
            OwnerEvent::SettingsChanged { settings } => self.settings = settings.clone(),
            OwnerEvent::ListenerPlaced { port, .. } => self.listener = Some(*port),
            OwnerEvent::RepositoryAdded { .. }
            | OwnerEvent::WorkspacePlaced { .. }
            | OwnerEvent::AgentAttached { .. }
            | OwnerEvent::ConversationsForgotten { .. }
            | OwnerEvent::AgentDisabled { .. }
            | OwnerEvent::AgentEnabled { .. }
            | OwnerEvent::RepositoryAgentsTrusted { .. }
            | OwnerEvent::RepositoryAgentsForgotten { .. }
            | OwnerEvent::RepositoryRemoved { .. }
            | OwnerEvent::SetupTrusted { .. }
            | OwnerEvent::SetupForgotten { .. } => {}
            OwnerEvent::ShareMinted { .. }
            | OwnerEvent::ShareEdited { .. }
            | OwnerEvent::ShareStopped { .. }
            | OwnerEvent::ShareExpired { .. }
            | OwnerEvent::ForkOffered { .. }
            | OwnerEvent::ForkAnswered { .. } => self.apply_share(event),
            OwnerEvent::InviteMinted { .. }
            | OwnerEvent::DeviceInviteMinted { .. }
            | OwnerEvent::InviteCancelled { .. }
            | OwnerEvent::Knocked { .. }
            | OwnerEvent::KnockRefused { .. } => self.apply_invite(event, at),
            OwnerEvent::DeviceAdded { .. }
            | OwnerEvent::DeviceRevoked { .. }
            | OwnerEvent::DeviceSeen { .. } => self.apply_device(event, at),
            OwnerEvent::PersonAdmitted { .. }
            | OwnerEvent::PersonVoided { .. }
            | OwnerEvent::PersonMuted { .. }
            | OwnerEvent::PersonUnmuted { .. }
            | OwnerEvent::PersonRenamed { .. } => self.apply_person(event),
        }
    }

    pub fn owner(&self) -> Option<PersonId> {
        self.owner.as_ref().map(|(person, _)| *person)
    }

    pub fn owner_name(&self) -> Option<&DisplayName> {
        self.owner.as_ref().map(|(_, name)| name)
    }

    pub fn settings(&self) -> &HostSettings {
        &self.settings
    }

    pub fn share(&self, share: ShareId) -> Option<&Share> {
        self.shares.get(&share)
    }

    pub fn is_live(&self, share: ShareId, now: Timestamp) -> bool {
        self.shares.get(&share).is_some_and(|share| is_live(share, now))
    }

    /// What an invite lets somebody into, unless it is for a further device.
    pub fn share_of(&self, invite: InviteId) -> Option<&Share> {
        match self.invites.get(&invite)?.offer {
            Offer::Share(share) => self.shares.get(&share),
            Offer::Device(_) => None,
        }
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

    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, &Device)> {
        self.devices.iter().map(|(id, device)| (*id, device))
    }

    /// Forks that wait for the owner's word, with their sources (SH8).
    pub fn forks(&self) -> impl Iterator<Item = (WorkspaceId, WorkspaceId)> {
        self.forks.iter().map(|(fork, source)| (*fork, *source))
    }

    /// The port chosen at the first mint (SH1).
    pub fn listener(&self) -> Option<u16> {
        self.listener
    }

    pub fn name_of(&self, person: PersonId) -> Option<&DisplayName> {
        match &self.owner {
            Some((owner, name)) if *owner == person => Some(name),
            Some(_) | None => self.people.get(&person).map(|known| &known.name),
        }
    }

    /// The owner, or somebody with a live share.
    pub fn is_in(&self, person: PersonId, now: Timestamp) -> bool {
        let live = |share: &ShareId| self.shares.get(share).is_some_and(|share| is_live(share, now));
        self.owner() == Some(person)
            || self.people.get(&person).is_some_and(|known| known.shares.keys().any(live))
    }
}

impl Invite {
    /// Good for somebody yet; its share may have ended all the same.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.cancelled && self.used < self.terms.uses && now < self.terms.expires_at
    }
}

pub(crate) fn is_live(share: &Share, now: Timestamp) -> bool {
    share.expires_at.is_none_or(|end| now < end)
}
