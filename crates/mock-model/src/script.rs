use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::asked::Asked;
use crate::markers;

/// What the model answers to what. An empty script obeys the markers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A substring of the last user message.
    #[serde(rename = "match")]
    pub when: String,
    pub reply: Vec<Part>,
    /// The replies after the first, second, … round of tool results; an empty one is as if nothing were said of it.
    #[serde(default)]
    pub then: Vec<Vec<Part>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Text(String),
    Thinking(String),
    Tool(ToolCall),
    /// Answers with an HTTP error instead of a message.
    Error(Fault),
    DelayMs(u64),
    /// Holds the stream until it is released.
    Gate,
    /// Breaks the connection in mid-stream.
    Cut,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolCall {
    /// Names to look for among the offered tools, best first.
    pub name_like: Vec<String>,
    pub input: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub status: u16,
    #[serde(default)]
    pub message: String,
    /// In seconds, as the header says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Only so often; then the rest of the reply is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<usize>,
}

impl Script {
    pub(crate) fn answer(&self, asked: &Asked) -> Vec<Part> {
        if asked.wants_title() {
            return vec![Part::Text("Scripted session".to_owned())];
        }
        let step = self.steps.iter().find(|step| asked.user.contains(&step.when));
        let scripted = step.and_then(|step| match asked.rounds {
            0 => Some(&step.reply),
            round => step.then.get(round - 1),
        });
        match (scripted.filter(|parts| !parts.is_empty()), &asked.tool_result) {
            (Some(parts), _) => parts.clone(),
            (None, Some(result)) => markers::after_plan_file(asked)
                .or_else(|| markers::after_asking(asked))
                .unwrap_or_else(|| vec![Part::Text(format!("Tool said: {result}"))]),
            (None, None) => markers::parts(asked),
        }
    }
}
