use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Budget, ToolList};

/// Which agent: the key of a catalogue entry, e.g. `opencode`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct AgentKey(pub String);

/// The agent, model and mode of a turn, and how hard it is to think. `None` leaves the agent's own default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentChoice {
    pub agent: AgentKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effort: Option<String>,
}

/// Another agent under a name of its own, with words and limits of its own (AG11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedAgent {
    pub name: String,
    pub base: AgentKey,
    /// What it is told ahead of everything else.
    pub prompt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effort: Option<String>,
    /// All it may use; none: whatever its base may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tools: Option<ToolList>,
    /// The most its turns may take in one session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub budget: Option<Budget>,
}

/// Whether the agent really remembers this session (AG5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Memory {
    /// Live, or the agent's protocol resumed it.
    Resumed,
    /// The transcript was replayed to it.
    History,
    New,
}

/// Why the agent's turn stopped, by its own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    EndTurn,
    Cancelled,
    Refusal,
    MaxTokens,
    MaxRequests,
}

/// One line of the agent's to-do list; never a ballot (BA1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Task {
    pub text: String,
    pub status: TaskStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    Pending,
    Running,
    Done,
}

/// A command the agent offers in the `/` menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SlashCommand {
    pub name: String,
    pub about: String,
}

impl AgentChoice {
    pub fn of(agent: &str) -> Self {
        Self { agent: AgentKey(agent.to_owned()), model: None, mode: None, effort: None }
    }
}

impl fmt::Display for AgentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an agent can't do of what its room or its owner would have of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Lack {
    /// Put a plan to people: votes are advisory (BA13).
    PlanGate,
    /// Reach a server of tools of this kind (AG10).
    Server { name: String },
}
