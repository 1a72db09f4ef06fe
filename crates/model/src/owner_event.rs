use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    AgentKey, DeviceId, DeviceKind, DisplayName, HostSettings, InviteId, InviteTerms, KnockId, NamedAgent,
    PersonId, RepositoryId, SessionId, Share, ShareId, Timestamp, VoidReason, WorkspaceId,
};

/// A fact that only the host's owner may know: host paths, shares, invites, devices (LO8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OwnerEvent {
    /// First event of a host's life.
    HostFounded {
        owner: PersonId,
        name: DisplayName,
    },

    // Repositories and workspaces, with the paths that guests never see.
    RepositoryAdded {
        repository: RepositoryId,
        name: String,
        path: String,
    },
    /// The host knows it no more; nothing of it on the disk was touched.
    RepositoryRemoved {
        repository: RepositoryId,
    },
    /// The owner has read the set-up script of a repository, and it may run in new workspaces as long as it is just
    /// this (WS23). `hash` is its SHA-256 in hex.
    SetupTrusted {
        repository: RepositoryId,
        hash: String,
    },
    SetupForgotten {
        repository: RepositoryId,
    },
    WorkspacePlaced {
        workspace: WorkspaceId,
        repository: RepositoryId,
        path: String,
    },

    /// An agent process was started. `conversation` resumes its memory; `process` lets the next
    /// start of the host end what a killed one left behind.
    AgentAttached {
        session: SessionId,
        agent: AgentKey,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        conversation: Option<String>,
        process: String,
    },

    /// No agent goes on with a conversation it had in this session: turns of it were taken back.
    ConversationsForgotten {
        session: SessionId,
    },

    /// Nobody can choose it any more, and no turn of it starts.
    AgentDisabled {
        agent: AgentKey,
    },
    AgentEnabled {
        agent: AgentKey,
    },
    /// The owner has read what named agents a repository brings, and trusts just this (AG12). `hash` is of the whole
    /// file, `agents` what it said by the words it named them with.
    RepositoryAgentsTrusted {
        repository: RepositoryId,
        hash: String,
        agents: BTreeMap<String, NamedAgent>,
    },
    RepositoryAgentsForgotten {
        repository: RepositoryId,
    },

    // The door (SH, PA, RO).
    ShareMinted {
        share: ShareId,
        terms: Share,
    },
    /// From now on it offers this, also to those inside (SH1).
    ShareEdited {
        share: ShareId,
        terms: Share,
    },
    ShareStopped {
        share: ShareId,
    },
    /// Its time is up (SH5).
    ShareExpired {
        share: ShareId,
    },
    InviteMinted {
        invite: InviteId,
        share: ShareId,
        secret_hash: String,
        terms: InviteTerms,
    },
    /// For one more device of a person, whatever shares they are in (RO1).
    DeviceInviteMinted {
        invite: InviteId,
        person: PersonId,
        secret_hash: String,
        expires_at: Timestamp,
    },
    InviteCancelled {
        invite: InviteId,
    },
    /// Somebody with a good invite waits for the owner's consent.
    Knocked {
        knock: KnockId,
        invite: InviteId,
        credential_hash: String,
        name: DisplayName,
        device: String,
        kind: DeviceKind,
    },
    KnockRefused {
        knock: KnockId,
    },
    /// A use of the invite is spent here and nowhere else (SH2).
    PersonAdmitted {
        person: PersonId,
        share: ShareId,
        invite: InviteId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        knock: Option<KnockId>,
        name: DisplayName,
        colour: u8,
    },
    DeviceAdded {
        device: DeviceId,
        person: PersonId,
        kind: DeviceKind,
        label: String,
        credential_hash: String,
        /// The share it came by; none for the owner's own and for a person's further devices.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        share: Option<ShareId>,
        /// The device invite that is used up by this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        invite: Option<InviteId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        knock: Option<KnockId>,
    },
    DeviceRevoked {
        device: DeviceId,
    },
    /// It said hello, or goodbye.
    DeviceSeen {
        device: DeviceId,
    },
    PersonVoided {
        person: PersonId,
        share: ShareId,
        reason: VoidReason,
    },
    PersonMuted {
        person: PersonId,
        share: ShareId,
    },
    PersonUnmuted {
        person: PersonId,
        share: ShareId,
    },
    /// The owner or a guest goes by another name (RO4).
    PersonRenamed {
        person: PersonId,
        name: DisplayName,
    },
    /// A fork of a shared workspace waits for the owner's word (SH8).
    ForkOffered {
        fork: WorkspaceId,
        source: WorkspaceId,
    },
    ForkAnswered {
        fork: WorkspaceId,
    },
    SettingsChanged {
        settings: HostSettings,
    },
    /// Chosen at the first mint and kept (SH1).
    ListenerPlaced {
        port: u16,
        interfaces: Vec<String>,
    },
}
