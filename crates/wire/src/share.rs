use model::{
    AgentKey, Budget, Ceiling, DeviceId, DeviceKind, DisplayName, InviteId, InviteTerms, PersonId, Preset,
    Rights, RoomRules, Share, ShareId, TerminalRight, Timestamp, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the owner wants a share to offer (SH1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareWish {
    /// Without one it is called after its first workspace.
    #[serde(default)]
    pub label: Option<String>,
    pub workspaces: Vec<WorkspaceId>,
    pub rights: RightsWish,
    #[serde(default)]
    pub terminal: TerminalRight,
    #[serde(default)]
    pub ceiling: Ceiling,
    /// How its rooms decide; `null`: as the host's settings say.
    #[serde(default)]
    pub rules: Option<RoomRules>,
    /// Browsers may come in: their link is unverified, they always wait for consent, and they never
    /// get `approve` or drive a terminal (PA11).
    #[serde(default = "yes")]
    pub browser_guests: bool,
    /// Everybody waits for the owner's consent, whatever their invite says.
    #[serde(default = "yes")]
    pub consent: bool,
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// For each person in it; `null`: not limited.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// For all who are or were in it, together; `null`: not limited.
    #[serde(default)]
    pub total: Option<Budget>,
}

/// `see` is always among them, and what only the owner may do never is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RightsWish {
    Preset { preset: Preset },
    Rights { rights: Rights },
}

fn yes() -> bool {
    true
}

impl ShareWish {
    /// What most shares are: asked at the door, at the lowest ceiling, without an end.
    pub fn of(workspaces: Vec<WorkspaceId>, preset: Preset) -> Self {
        Self {
            label: None,
            workspaces,
            rights: RightsWish::Preset { preset },
            terminal: TerminalRight::None,
            ceiling: Ceiling::Ask,
            rules: None,
            browser_guests: true,
            consent: true,
            expires_at: None,
            budget: None,
            total: None,
        }
    }
}

impl From<Share> for ShareWish {
    /// To ask for the same again, but for what is to change.
    fn from(terms: Share) -> Self {
        Self {
            label: Some(terms.label),
            workspaces: terms.workspaces,
            rights: RightsWish::Rights { rights: terms.rights },
            terminal: terms.terminal,
            ceiling: terms.ceiling,
            rules: Some(terms.rules),
            browser_guests: terms.browser_guests,
            consent: terms.consent,
            expires_at: terms.expires_at,
            budget: terms.budget,
            total: terms.total,
        }
    }
}

impl RightsWish {
    pub fn rights(self) -> Rights {
        match self {
            Self::Preset { preset } => preset.rights(),
            Self::Rights { rights } => rights,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareRow {
    pub share: ShareId,
    pub terms: Share,
    pub people: Vec<MemberRow>,
    pub open_invites: u32,
}

/// Somebody in a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberRow {
    pub person: PersonId,
    pub name: DisplayName,
    pub muted: bool,
    /// Connected right now.
    pub here: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteRow {
    pub invite: InviteId,
    pub terms: InviteTerms,
    pub used: u32,
}

/// A person, and every way they come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonRow {
    pub person: PersonId,
    pub name: DisplayName,
    pub colour: u8,
    pub here: bool,
    pub shares: Vec<MembershipRow>,
    pub devices: Vec<DeviceRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MembershipRow {
    pub share: ShareId,
    pub label: String,
    pub muted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRow {
    pub device: DeviceId,
    /// A browser's link is unverified (PA11).
    pub kind: DeviceKind,
    /// Program and version, as it says of itself.
    pub label: String,
    pub last_seen: Timestamp,
    pub here: bool,
    /// The one that asks.
    pub this: bool,
}

/// A fresh invite; its secret is never shown again (SH2, SH3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Invited {
    pub invite: InviteId,
    /// `conclave://…` with addresses, port, key fingerprint, invite id, secret and version.
    pub code: String,
    /// `https://…` for a browser, the secret in the fragment.
    pub link: String,
    /// To compare by eye, where the browser link is unverified (PA11).
    pub fingerprint: String,
    /// The browser link leads to a certificate that the owner brought and browsers trust (PA11).
    #[serde(default)]
    pub verified: bool,
}

/// What the owner must know about a share, besides its terms. The reader's own words go with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MintNotice {
    /// Turns of guests are paid by the logins and keys the owner's agents have; a consumer
    /// subscription may forbid to share it (SH6). Empty: no session there yet.
    YourCredentials { agents: Vec<AgentKey> },
    /// All guests of a room see each other, whichever share they came by (GR9).
    GuestsSeeEachOther,
    /// A browser's link is unverified: compare the fingerprint (PA11).
    UnverifiedBrowsers,
    /// Whoever may steer and run commands acts as the owner's OS user (GR8).
    ActsAsYou,
}
