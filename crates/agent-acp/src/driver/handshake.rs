use std::path::Path;

use agent_process::adapter::{Failed, Over, Reader, Refused};
use model::Memory;
use ports::agent::{AgentReady, AgentStart};
use serde_json::{Value, json};

use super::request;
use crate::decoder::Decoder;

const PROTOCOL_VERSION: u64 = 1;

pub async fn shake(reader: &mut Reader<Decoder>, start: &AgentStart) -> Result<AgentReady, Failed> {
    let hello = ask(reader, "initialize", hello()).await??;
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
    conversation.decoder().opened(&id, &answer);
    let modes = conversation.decoder().dials().mode.clone();
    let can_resume = !ways_back(capabilities).is_empty();
    let ready = AgentReady {
        name: text(&hello["agentInfo"], &["title", "name"]),
        version: text(&hello["agentInfo"], &["version"]),
        memory,
        conversation: can_resume.then_some(id),
        modes: modes.offered.clone(),
        mode: modes.current.clone(),
        process: conversation.process_text(),
    };
    reader.hold(modes.event());
    Ok(ready)
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
    reader: &mut Reader<Decoder>,
    earlier: &str,
    capabilities: &Value,
    worktree: &Path,
) -> Result<Option<(String, Value)>, Over> {
    for method in ways_back(capabilities) {
        reader.conversation().decoder().begin_resume();
        let params = json!({"sessionId": earlier, "cwd": worktree, "mcpServers": []});
        if let Ok(answer) = ask(reader, method, params).await? {
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

async fn open(reader: &mut Reader<Decoder>, worktree: &Path) -> Result<(Memory, String, Value), Failed> {
    let params = json!({"cwd": worktree, "mcpServers": []});
    let answer = ask(reader, "session/new", params).await??;
    let id = answer["sessionId"].as_str().map(str::to_owned);
    let id = id.ok_or_else(|| Failed::Incompatible("it opened a session without an id".to_owned()))?;
    Ok((Memory::New, id, answer))
}

async fn ask(
    reader: &mut Reader<Decoder>,
    method: &str,
    params: Value,
) -> Result<Result<Value, Refused>, Over> {
    reader.ask(|id| request(id, method, params)).await
}

fn text(from: &Value, keys: &[&str]) -> String {
    keys.iter().find_map(|key| from[*key].as_str()).unwrap_or_default().to_owned()
}
