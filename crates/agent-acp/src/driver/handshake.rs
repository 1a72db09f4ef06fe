use std::path::Path;

use model::Memory;
use ports::agent::{AgentError, AgentReady, AgentStart};
use serde_json::{Value, json};

use super::conversation::Conversation;
use super::launch;
use super::reader::{Over, Reader};
use crate::decoder::Refused;

const PROTOCOL_VERSION: u64 = 1;

/// Why there is no conversation.
pub enum Failed {
    Over(Over),
    Refused(Refused),
    Incompatible(String),
}

impl From<Over> for Failed {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

impl Failed {
    pub fn into_agent_error(self, conversation: &Conversation) -> AgentError {
        match self {
            Self::Over(Over::Closed) => AgentError::DiedAtHandshake { detail: conversation.last_words() },
            Self::Over(Over::Incompatible) => AgentError::Incompatible { detail: conversation.last_words() },
            Self::Refused(refused) => AgentError::NotStarted { detail: refused.message },
            Self::Incompatible(detail) => AgentError::Incompatible { detail },
        }
    }
}

pub async fn shake(reader: &mut Reader, start: &AgentStart) -> Result<AgentReady, Failed> {
    let hello = reader.ask("initialize", hello()).await?.map_err(Failed::Refused)?;
    if hello["protocolVersion"].as_u64() != Some(PROTOCOL_VERSION) {
        let version = &hello["protocolVersion"];
        return Err(Failed::Incompatible(format!(
            "it speaks version {version} of ACP, not {PROTOCOL_VERSION}"
        )));
    }
    let capabilities = &hello["agentCapabilities"];
    let resumed = match &start.resume {
        Some(earlier) => resume(reader, earlier, capabilities, &start.worktree).await?,
        None => None,
    };
    let (memory, id, answer) = match resumed {
        Some((id, answer)) => (Memory::Resumed, id, answer),
        None => open(reader, &start.worktree).await?,
    };
    let conversation = reader.conversation();
    conversation.open(&id);
    conversation.decoder().opened(&id, &answer);
    let modes = conversation.decoder().modes().clone();
    let process = launch::process_text(conversation.process().mark());
    reader.hold(modes.event());
    let can_resume = !ways_back(capabilities).is_empty();
    Ok(AgentReady {
        name: text(&hello["agentInfo"], &["title", "name"]),
        version: text(&hello["agentInfo"], &["version"]),
        memory,
        conversation: can_resume.then_some(id),
        modes: modes.offered,
        mode: modes.current,
        process,
    })
}

/// Only what is built is offered: no files, no terminals (AG6); forms, for questions.
fn hello() -> Value {
    json!({
        "protocolVersion": PROTOCOL_VERSION,
        "clientCapabilities": {
            "fs": {"readTextFile": false, "writeTextFile": false},
            "terminal": false,
            "elicitation": {"form": {}},
        },
        "clientInfo": {"name": "conclave", "title": "Conclave", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// `None` when the agent has forgotten, or never could: then it is not called resumed (AG5).
async fn resume(
    reader: &mut Reader,
    earlier: &str,
    capabilities: &Value,
    worktree: &Path,
) -> Result<Option<(String, Value)>, Over> {
    for method in ways_back(capabilities) {
        reader.conversation().decoder().begin_resume();
        let params = json!({"sessionId": earlier, "cwd": worktree, "mcpServers": []});
        if let Ok(answer) = reader.ask(method, params).await? {
            return Ok(Some((earlier.to_owned(), answer)));
        }
    }
    reader.conversation().decoder().give_up_resume();
    Ok(None)
}

/// Without a replay first.
fn ways_back(capabilities: &Value) -> Vec<&'static str> {
    let resume = capabilities["sessionCapabilities"]["resume"].is_object().then_some("session/resume");
    let load = (capabilities["loadSession"] == true).then_some("session/load");
    resume.into_iter().chain(load).collect()
}

async fn open(reader: &mut Reader, worktree: &Path) -> Result<(Memory, String, Value), Failed> {
    let params = json!({"cwd": worktree, "mcpServers": []});
    let answer = reader.ask("session/new", params).await?.map_err(Failed::Refused)?;
    let id = answer["sessionId"].as_str().map(str::to_owned);
    let id = id.ok_or_else(|| Failed::Incompatible("it opened a session without an id".to_owned()))?;
    Ok((Memory::New, id, answer))
}

fn text(from: &Value, keys: &[&str]) -> String {
    keys.iter().find_map(|key| from[*key].as_str()).unwrap_or_default().to_owned()
}
