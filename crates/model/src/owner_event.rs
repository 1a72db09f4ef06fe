use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    AgentKey, Ceiling, DeviceId, DisplayName, InviteId, KnockId, PersonId, RepositoryId, Rights, RoomRules,
    SessionId, ShareId, TerminalRight, Timestamp, WorkspaceId,
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

    // The door (SH, PA, RO).
    ShareMinted {
        share: ShareId,
        terms: Share,
    },
    ShareStopped {
        share: ShareId,
    },
    InviteMinted {
        invite: InviteId,
        share: ShareId,
        secret_hash: String,
        terms: InviteTerms,
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
        /// The share it is void with; `null` for the owner's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        share: Option<ShareId>,
    },
    DeviceRevoked {
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
    /// Chosen at the first mint and kept (SH1).
    ListenerPlaced {
        port: u16,
        interfaces: Vec<String>,
    },
}

/// What a share offers (SH1, GR1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Share {
    pub label: String,
    pub workspaces: Vec<WorkspaceId>,
    pub rights: Rights,
    pub terminal: TerminalRight,
    pub ceiling: Ceiling,
    pub rules: RoomRules,
    pub browser_guests: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires_at: Option<Timestamp>,
}

/// How an invite may be used (SH2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteTerms {
    pub uses: u32,
    pub expires_at: Timestamp,
    /// The owner lets each person in by hand; always so for browsers (PA11).
    pub consent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// The owner's page on loopback (PA12).
    Loopback,
    /// A guest's browser; its link is unverified (PA11).
    Browser,
    /// Another Conclave.
    Peer,
}

/// Why a person lost a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    Kicked,
    Revoked,
    Expired,
}
