//! What a named agent is told and may use, as the host gives it in the environment (AG11).

use std::collections::{BTreeMap, BTreeSet};

pub const INSTRUCTIONS: &str = "CONCLAVE_AGENT_INSTRUCTIONS";
pub const TOOLS: &str = "CONCLAVE_AGENT_TOOLS";

/// What servers of tools bring is one word together.
const FOREIGN: &str = "mcp";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Told to the model ahead of everything else.
    pub instructions: Option<String>,
    /// All it may use; none: everything.
    tools: Option<BTreeSet<String>>,
}

impl Terms {
    pub fn read(env: &BTreeMap<String, String>) -> Self {
        let instructions = env.get(INSTRUCTIONS).filter(|text| !text.trim().is_empty()).cloned();
        let words = |text: &String| text.split(',').map(|word| word.trim().to_owned()).collect();
        Self { instructions, tools: env.get(TOOLS).map(words) }
    }

    /// The word that is missing for this tool; none when it may be used. To speak with people is always allowed.
    pub fn lacks(&self, tool: &str) -> Option<&'static str> {
        let tools = self.tools.as_ref()?;
        let word = match tool {
            "read" | "list" => "read",
            "search" => "search",
            "edit" | "write" => "edit",
            "run" => "command",
            "fetch" => "fetch",
            "propose_plan" | "update_tasks" | crate::tools::ASK => return None,
            _ => FOREIGN,
        };
        (!tools.contains(word)).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(tools: &str) -> Terms {
        Terms::read(&[(TOOLS.to_owned(), tools.to_owned())].into())
    }

    #[test]
    fn every_tool_of_ours_has_a_word() {
        for tool in crate::tools::all() {
            assert_ne!(terms("").lacks(&tool.name), Some(FOREIGN), "{}", tool.name);
        }
        assert_eq!(terms("").lacks("notes__add"), Some(FOREIGN));
    }

    #[test]
    fn what_is_not_said_is_not_limited() {
        assert_eq!(Terms::read(&BTreeMap::new()).lacks("run"), None);
        assert_eq!((terms("read").lacks("list"), terms("read").lacks("run")), (None, Some("command")));
        assert_eq!(terms("read").lacks("propose_plan"), None);
    }
}
