use model::{DisplayName, EpochId, HostId, InviteId, PersonId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The first frame of every connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hello {
    pub auth: Auth,
    /// Program and version, for the owner's list of devices; at most 80 characters.
    pub client: String,
}

/// How a connection proves who it is. Identity comes from here and from nowhere else (GR4).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Auth {
    /// The one-time secret of a fresh link to the owner's page; answered with a credential (PA12).
    OpenLink { secret: String },
    /// A credential got before.
    Device { credential: String },
    /// First visit with an invite. The client made `credential` first, so that a lost reply locks
    /// nobody out (SH2).
    Invite { invite: InviteId, secret: String, credential: String, name: String },
    /// The owner's own programs on the local socket; `token` is in a file only the owner can read (GR8).
    Local { token: String },
    /// First step of pairing by a code (PA3): the client's SPAKE2 message, in base64url, and the SHA-256 of
    /// its credential's text, in hex. Only by programs over TLS; answered with `pair_answer`.
    PairBegin { version: u32, message: String, credential_hash: String },
    /// Second step: the client confirms first. Answered with `pair_confirmed`.
    PairConfirm { mac: String },
    /// Last step, once the host has confirmed: now it may know who comes. Answered with `welcome`.
    PairFinish { credential: String, name: String },
}

/// The host's answer to a good hello.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Welcome {
    pub host: HostId,
    pub host_name: DisplayName,
    pub epoch: EpochId,
    pub person: PersonId,
    pub name: DisplayName,
    pub owner: bool,
    /// Only in answer to an `open_link`: keep it in sessionStorage (PA12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<String>,
    /// The link is a browser's, which can't check the host's key by itself: say so (PA11).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub unverified: bool,
    /// The host's program version.
    pub version: String,
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self {
            Self::OpenLink { .. } => "OpenLink",
            Self::Device { .. } => "Device",
            Self::Invite { .. } => "Invite",
            Self::Local { .. } => "Local",
            Self::PairBegin { .. } => "PairBegin",
            Self::PairConfirm { .. } => "PairConfirm",
            Self::PairFinish { .. } => "PairFinish",
        };
        f.debug_struct(kind).finish_non_exhaustive()
    }
}
