//! Agents under names of their own, as people write them (AG11).

use std::collections::BTreeSet;

use model::{AgentKey, Budget, NamedAgent, ToolGroup, ToolList, limits};
use serde::Deserialize;

/// What somebody has written of one.
pub struct Words {
    pub name: String,
    pub base: String,
    pub prompt: Option<String>,
    pub model: Option<String>,
    pub mode: Option<String>,
    pub effort: Option<String>,
    pub tools: Option<BTreeSet<ToolGroup>>,
    pub budget: Option<WrittenBudget>,
}

/// Why it can't be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("its \"prompt\" is longer than {} bytes", limits::NAMED_PROMPT_BYTES)]
    LongPrompt,
    #[error("its \"prompt\" holds a character that no program can be told")]
    Unspeakable,
    #[error("its \"budget\" must give \"tokens\" or \"dollars\", or both, and be more than nothing")]
    NoBudget,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenBudget {
    #[serde(default)]
    tokens: Option<u64>,
    #[serde(default)]
    dollars: Option<f64>,
}

const MICROS: f64 = 1_000_000.0;
/// So much money is no limit, and still a number that can be counted with.
const MOST_DOLLARS: f64 = 1_000_000_000.0;

impl Words {
    /// # Errors
    /// [`Unfit`], to be told with its name.
    pub fn named(self) -> Result<NamedAgent, Unfit> {
        let prompt = self.prompt.unwrap_or_default();
        if prompt.len() > limits::NAMED_PROMPT_BYTES {
            return Err(Unfit::LongPrompt);
        }
        if prompt.contains('\0') {
            return Err(Unfit::Unspeakable);
        }
        Ok(NamedAgent {
            name: self.name,
            base: AgentKey(self.base),
            prompt,
            model: self.model,
            mode: self.mode,
            effort: self.effort,
            tools: self.tools.map(ToolList),
            budget: self.budget.map(WrittenBudget::checked).transpose()?,
        })
    }
}

impl WrittenBudget {
    fn checked(self) -> Result<Budget, Unfit> {
        let is_money = |dollars: f64| dollars > 0.0 && dollars <= MOST_DOLLARS;
        let fits = self.tokens.is_none_or(|tokens| tokens > 0) && self.dollars.is_none_or(is_money);
        if !fits || (self.tokens.is_none() && self.dollars.is_none()) {
            return Err(Unfit::NoBudget);
        }
        let micros = |dollars: f64| format!("{:.0}", dollars * MICROS).parse().unwrap_or(u64::MAX);
        Ok(Budget { tokens: self.tokens, cost_micros: self.dollars.map(micros) })
    }
}
