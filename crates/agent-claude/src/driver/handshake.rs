use std::time::Duration;

use agent_process::adapter::{self, Failed, Reader};
use agent_process::is_root;
use model::{Memory, ToolList};
use ports::agent::{
    AgentError, AgentEvent, AgentEvents, AgentReady, AgentStart, AgentStarted, ServerReach, ToolServer,
};
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::{files, offers};
use crate::decoder::{BYPASS, DEFAULT, Decoder, MODES, commands, control, tool};

/// What the program is started with to be spoken to, and to do nothing but what a turn of the room is.
const SPOKEN_TO: &[&str] = &[
    "-p",
    "--input-format",
    "stream-json",
    "--output-format",
    "stream-json",
    "--verbose",
    "--include-partial-messages",
    "--permission-prompt-tool",
    "stdio",
    "--permission-mode",
    DEFAULT,
    // GR5: what a repository brings counts for nothing, and no model decides instead of people.
    "--setting-sources",
    "user",
    "--settings",
    r#"{"useAutoModeDuringPlan":false,"disableAutoMode":"disable","crossSessionInbound":"refuse"}"#,
];
/// What leads out of the turn or the worktree.
const NEVER: &str = "CronCreate,CronDelete,CronList,EnterWorktree,ExitWorktree,ListAgents,Monitor,ScheduleWakeup,SendMessage,Workflow";
const MAY_BYPASS: &str = "--allow-dangerously-skip-permissions";
/// All that is done is done in a turn: sub-agents and commands are waited for.
const IN_TURNS: (&str, &str) = ("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");
/// Where a repository keeps its words for agents, best first. Its settings being left out, so would these be.
const MEMORIES: &[&str] = &["CLAUDE.md", ".claude/CLAUDE.md", "AGENTS.md"];
/// What a resumed conversation has cost so far is a nicety.
const COSTS: Duration = Duration::from_secs(3);

/// Resumes where that is asked for and can be had; else it is a new conversation (AG5).
pub async fn begin(start: AgentStart, events: AgentEvents) -> Result<AgentStarted, AgentError> {
    if start.resume.is_some() {
        let resumed = adapter::begin::<Decoder>(with_arguments(&start), events.clone()).await;
        if !matches!(resumed, Err(AgentError::DiedAtHandshake { .. } | AgentError::Incompatible { .. })) {
            return resumed;
        }
    }
    let fresh = AgentStart { resume: None, ..start };
    adapter::begin::<Decoder>(with_arguments(&fresh), events).await
}

/// A new conversation is given its name here, so that it is known from the first.
fn with_arguments(start: &AgentStart) -> AgentStart {
    let mut start = start.clone();
    let may_bypass = Some(MAY_BYPASS).filter(|_| !is_root());
    let spoken_to = SPOKEN_TO.iter().copied().chain(may_bypass).map(str::to_owned);
    let never = ["--disallowedTools".to_owned(), never(start.program.terms.tools.as_ref())];
    start.program.args = spoken_to.chain(never).chain(start.program.args).collect();
    start.program.env.insert(IN_TURNS.0.to_owned(), IN_TURNS.1.to_owned());
    let named = match &start.resume {
        Some(earlier) => ["--resume".to_owned(), earlier.clone()],
        None => ["--session-id".to_owned(), Uuid::new_v4().to_string()],
    };
    start.program.args.extend(named);
    start
}

/// Those that a named agent is not to have it does not even see (AG11).
fn never(tools: Option<&ToolList>) -> String {
    let left_out = tools.into_iter().flat_map(tool::left_out);
    [NEVER].into_iter().chain(left_out).collect::<Vec<_>>().join(",")
}

pub async fn shake(reader: &mut Reader<Decoder>, start: &AgentStart) -> Result<AgentReady, Failed> {
    let hello = reader.ask(|id| control(id, hello(start))).await??;
    let set = json!({"subtype": "set_permission_mode", "mode": DEFAULT});
    let mode = reader.ask(|id| control(id, set)).await??;
    let memory = memory(reader, start).await?;
    let left_out = servers(reader, &start.servers).await?;
    let conversation = reader.conversation();
    let is_default = mode["mode"] == DEFAULT;
    if is_default {
        conversation.decoder().mode_set(DEFAULT);
    }
    let known = commands(&hello["commands"], conversation.decoder().veil());
    let ready = AgentReady {
        name: "Claude Code".to_owned(),
        version: hello["claude_code_version"].as_str().unwrap_or_default().to_owned(),
        memory,
        conversation: start.program.args.last().cloned(),
        offers: offers::offers(&hello, &modes()),
        login: offers::login(&hello),
        mode: is_default.then(|| DEFAULT.to_owned()),
        left_out,
        process: conversation.process_text(),
    };
    reader.hold(Some(AgentEvent::Commands(known)));
    reader.hold(is_default.then(|| AgentEvent::Mode(DEFAULT.to_owned())));
    Ok(ready)
}

fn hello(start: &AgentStart) -> Value {
    let mut hello = json!({
        "subtype": "initialize",
        "hooks": {"PreToolUse": [{"matcher": "*", "hookCallbackIds": ["leave"]}]},
    });
    let look = files::look(&start.worktree);
    let memory = MEMORIES.iter().find_map(|file| Some((file, look(file)?)));
    let memory = memory.filter(|(_, memory)| !memory.trim().is_empty());
    let memory = memory.map(|(file, memory)| format!("The repository's {file} says:\n\n{memory}"));
    let prompt = Some(start.program.terms.prompt.clone()).filter(|prompt| !prompt.trim().is_empty());
    let told: Vec<String> = prompt.into_iter().chain(memory).collect();
    if !told.is_empty() {
        hello["appendSystemPrompt"] = told.join("\n\n").into();
    }
    hello
}

/// It is resumed when the program itself says that this is the conversation (AG5).
async fn memory(reader: &mut Reader<Decoder>, start: &AgentStart) -> Result<Memory, Failed> {
    let Some(earlier) = &start.resume else { return Ok(Memory::New) };
    let status = reader.ask(|id| control(id, json!({"subtype": "get_status"}))).await??;
    if !names(&status, earlier) {
        return Err(Failed::Incompatible(
            "it did not go on with the conversation it was asked for".to_owned(),
        ));
    }
    let usage = json!({"subtype": "get_usage", "skip_behaviors": true});
    let usage = timeout(COSTS, reader.ask(|id| control(id, usage))).await;
    let costs = usage.ok().and_then(Result::ok).and_then(Result::ok);
    let costs = costs.map(|said| said["session"].clone()).filter(Value::is_object);
    reader.conversation().decoder().resumed(costs.as_ref());
    Ok(Memory::Resumed)
}

/// They are told over stdin: its arguments everybody on this machine can read, and there are secrets in them.
/// Answers the names of those it could not reach (AG10).
async fn servers(reader: &mut Reader<Decoder>, servers: &[ToolServer]) -> Result<Vec<String>, Failed> {
    if servers.is_empty() {
        return Ok(Vec::new());
    }
    let told: Map<String, Value> =
        servers.iter().map(|server| (server.name.clone(), reached(&server.reach))).collect();
    let set = json!({"subtype": "mcp_set_servers", "servers": told});
    let set = reader.ask(|id| control(id, set)).await??;
    Ok(set["errors"].as_object().into_iter().flat_map(Map::keys).cloned().collect())
}

fn reached(reach: &ServerReach) -> Value {
    match reach {
        ServerReach::Program { program, args, env } => {
            json!({"type": "stdio", "command": program, "args": args, "env": env})
        }
        ServerReach::Url { url, headers } => json!({"type": "http", "url": url, "headers": headers}),
    }
}

/// Somewhere among what it shows people of itself.
fn names(said: &Value, word: &str) -> bool {
    match said {
        Value::String(text) => text == word,
        Value::Array(items) => items.iter().any(|item| names(item, word)),
        Value::Object(fields) => fields.values().any(|field| names(field, word)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// It does nothing unasked for root.
pub fn modes() -> Vec<String> {
    MODES.iter().filter(|mode| **mode != BYPASS || !is_root()).map(|mode| (*mode).to_owned()).collect()
}
