use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, PromptImage, SessionId};

/// Who caused an event. Set by the host, never read from a frame (GR4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    Person {
        person: PersonId,
    },
    /// The session's own agent.
    Agent,
    Host,
}

/// Where a prompt came from (HA3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    Human,
    /// Another session's agent, through a tool.
    Agent {
        session: SessionId,
    },
    /// The host itself, e.g. a deny's reason as a follow-up turn (BA12).
    FollowUp,
}

/// What a person or an agent says to the agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromptBody {
    /// 1 byte to 256 KiB of text (PA6).
    pub text: String,
    /// They stay when the text is edited (TU11).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub images: Vec<PromptImage>,
}

impl PromptBody {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), images: Vec::new() }
    }

    /// These words, with the images of those they take the place of.
    #[must_use]
    pub fn instead_of(&self, other: &Self) -> Self {
        Self { text: self.text.clone(), images: other.images.clone() }
    }
}

/// How a turn ended; exactly once (TU6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TurnOutcome {
    Completed,
    /// `reason` is a sentence for people; `detail` the tail of what the agent's program wrote.
    Failed {
        reason: String,
        detail: String,
    },
    Cancelled,
    /// The host or the agent died in the middle; what was said is kept (TU8).
    Interrupted,
}

/// Tokens and money, as far as the agent tells (AG7). Bad numbers count 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Usage {
    /// With cache reads and writes.
    pub input_tokens: u64,
    /// With reasoning.
    pub output_tokens: u64,
    /// Millionths of a US dollar.
    pub cost_micros: u64,
    /// Tokens of the context window in use, and its size; 0 when unknown.
    pub context_used: u64,
    pub context_size: u64,
}
