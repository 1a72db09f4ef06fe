use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Budget, Ceiling, Rights, RoomRules, TerminalRight, Timestamp, WorkspaceId};

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
    /// Everybody is asked for at the door, whatever their invite says; a kick turns it on (RO3).
    #[serde(default = "asked_for")]
    pub consent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires_at: Option<Timestamp>,
    /// The most that the turns of each person in it may take, in its workspaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub budget: Option<Budget>,
    /// The most that the turns of all who are or were in it may take together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub total: Option<Budget>,
}

/// What an older log does not say.
fn asked_for() -> bool {
    true
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
    /// A guest's browser over a certificate of the owner's that it trusts (PA11).
    VerifiedBrowser,
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
    /// They went themselves.
    Left,
}
