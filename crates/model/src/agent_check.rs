use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Timestamp;

/// Something an agent can be set to: what it calls it, and what people are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offer {
    pub id: String,
    pub name: String,
}

/// What an agent can be set to, by its own account (AG9). Empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AgentOffers {
    pub models: Vec<Offer>,
    pub modes: Vec<Offer>,
    pub efforts: Vec<Offer>,
    /// It has said that it takes no images (TU11).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub no_images: bool,
    /// A prompt can join its running turn (TU3).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub steers: bool,
}

/// Whether the agent says that its person is logged in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Login {
    In,
    Out,
    /// Its protocol does not say.
    #[default]
    Unknown,
}

/// What came of asking an agent's program what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentCheck {
    pub at: Timestamp,
    /// By its own account; none when it said none.
    pub version: Option<String>,
    pub login: Login,
    /// How many slash commands it has; none when it has not said.
    pub commands: Option<u32>,
    /// Why it could not be had; none when it was ready for a turn.
    pub failure: Option<String>,
}

/// The variable in which an agent gets a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyWanted {
    pub variable: String,
    /// There is one: the host's environment or the owner's keyring has it.
    pub is_set: bool,
}
