use model::{CommandId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One event with all that its hash is made of, for the owner (LO6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RawEvent {
    pub seq: u64,
    pub at: Timestamp,
    /// JSON of `Actor`, byte for byte.
    pub actor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cause: Option<CommandId>,
    /// The body's `type`.
    pub kind: String,
    /// JSON, byte for byte.
    pub body: String,
    pub seal: RawSeal,
    /// Lower-case hex.
    pub hash: String,
}

/// What ties the body to the hash; lower-case hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "hex", rename_all = "snake_case")]
pub enum RawSeal {
    Salt(String),
    /// The body was erased (LO11): what SHA-256 of salt and body was.
    Erased(String),
}
