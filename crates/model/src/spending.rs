use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AgentKey, PersonId, ToolKind, Usage};

/// What somebody's turns with one agent took (AG7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spent {
    /// The turns' author.
    pub person: PersonId,
    pub agent: AgentKey,
    pub turns: u32,
    /// The context is that of the last report.
    pub usage: Usage,
}

/// How often agents used tools of one kind. What that cost no agent's protocol says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToolUse {
    pub kind: ToolKind,
    pub calls: u32,
    pub failed: u32,
}

/// What the turns of a session took, by who asked which agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spending {
    pub spent: Vec<Spent>,
    pub tools: Vec<ToolUse>,
}

/// The most that the turns of one person may take; what is left out is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Budget {
    /// Input and output together.
    pub tokens: Option<u64>,
    /// Millionths of a US dollar.
    pub cost_micros: Option<u64>,
}

impl Budget {
    /// Nothing may follow on this. Of a running turn nobody knows before its end what it takes, so the last one
    /// may go beyond.
    pub fn is_spent(&self, usage: &Usage) -> bool {
        let reached = |most: Option<u64>, taken: u64| most.is_some_and(|most| taken >= most);
        reached(self.tokens, usage.tokens()) || reached(self.cost_micros, usage.cost_micros)
    }
}

impl Usage {
    /// Input and output together.
    pub fn tokens(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }

    /// With a step that followed. What that says of the context window replaces what was said before (AG7).
    pub fn and(self, step: Self) -> Self {
        Self {
            input_tokens: self.input_tokens.saturating_add(step.input_tokens),
            output_tokens: self.output_tokens.saturating_add(step.output_tokens),
            cost_micros: self.cost_micros.saturating_add(step.cost_micros),
            context_used: step.context_used,
            context_size: step.context_size,
        }
    }
}
