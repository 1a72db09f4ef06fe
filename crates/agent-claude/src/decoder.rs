//! What Claude Code says, line by line, in the words of the domain. Pure: it knows the conversation, and
//! neither process, clock nor channel.

mod change;
mod control;
mod question;
mod request;
mod result;
mod say;
mod tasks;
pub mod tool;
mod usage;

use std::collections::BTreeMap;

use agent_process::adapter::Decoded;
use agent_process::speech::Speech;
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, PromptId, SlashCommand, ToolList, TurnId};
use ports::agent::{AgentEvent, AgentImage, AgentPrompt, ModelChoice, RequestKey};
use serde_json::{Value, json};

pub use control::control;

use crate::ClaudeError;
use request::Requests;
use say::Spoken;
use tasks::TaskList;
use tool::Tools;
use usage::Meter;

/// The modes that mean the same in every version; the others let a model or a setting decide (GR5).
pub const MODES: [&str; 4] = [DEFAULT, PLAN, ACCEPT_EDITS, BYPASS];
pub const DEFAULT: &str = "default";
pub const PLAN: &str = "plan";
pub const ACCEPT_EDITS: &str = "acceptEdits";
pub const BYPASS: &str = "bypassPermissions";

/// The text of a file of the worktree as it is now, by the name the agent has for it.
pub type Look = Box<dyn Fn(&str) -> Option<String> + Send>;

/// One conversation with one process.
pub struct Decoder {
    veil: Veil,
    look: Look,
    turn: Option<RunningTurn>,
    speech: Speech,
    spoken: Spoken,
    tools: Tools,
    requests: Requests,
    tasks: TaskList,
    meter: Meter,
    /// The mode it says it is in.
    mode: Option<String>,
    /// The mode it was set to for the turn.
    wanted: Option<String>,
    model: ModelChoice,
    /// All that a named agent may use.
    allowed: Option<ToolList>,
}

struct RunningTurn {
    turn: TurnId,
    stopping: bool,
    /// Prompts that joined it, and whether it has taken them up.
    joined: BTreeMap<String, TakenUp>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TakenUp {
    No,
    Yes,
}

impl Decoder {
    pub fn new(veil: Veil, look: Look) -> Self {
        Self {
            veil,
            look,
            turn: None,
            speech: Speech::default(),
            spoken: Spoken::default(),
            tools: Tools::default(),
            requests: Requests::default(),
            tasks: TaskList::default(),
            meter: Meter::default(),
            mode: None,
            wanted: None,
            model: ModelChoice::default(),
            allowed: None,
        }
    }

    /// What is not in this list is refused before anybody is asked (AG11).
    pub fn limited_to(self, allowed: Option<ToolList>) -> Self {
        Self { allowed, ..self }
    }

    pub fn veil(&self) -> &Veil {
        &self.veil
    }

    pub fn running(&self) -> Option<TurnId> {
        self.turn.as_ref().map(|running| running.turn)
    }

    pub fn mode(&self) -> Option<&str> {
        self.mode.as_deref()
    }

    /// The mode was set, and the agent has said that it is in it (GR5).
    pub fn mode_set(&mut self, mode: &str) {
        self.mode = Some(mode.to_owned());
        self.wanted = Some(mode.to_owned());
    }

    pub fn model(&self) -> &ModelChoice {
        &self.model
    }

    pub fn model_set(&mut self, choice: ModelChoice) {
        self.model = choice;
    }

    /// The process goes on with a conversation that has cost this much before.
    pub fn resumed(&mut self, costs: Option<&Value>) {
        self.meter.resumed(costs);
    }

    /// The prompt, named by its turn. `None` while another turn runs.
    pub fn prompt(&mut self, turn: TurnId, prompt: &AgentPrompt) -> Option<Value> {
        if self.turn.is_some() {
            return None;
        }
        self.turn = Some(RunningTurn { turn, stopping: false, joined: BTreeMap::new() });
        Some(said_by_people(&turn.0.to_string(), prompt))
    }

    /// A prompt that joins the turn, under a name of its own. It takes it up between two steps, or goes on with it
    /// after its last one. `None` when the turn is over or being stopped.
    pub fn steer(&mut self, turn: TurnId, prompt: PromptId, words: &AgentPrompt) -> Option<Value> {
        let running = self.turn.as_mut().filter(|running| running.turn == turn && !running.stopping)?;
        let name = prompt.0.to_string();
        running.joined.insert(name.clone(), TakenUp::No);
        Some(said_by_people(&name, words))
    }

    /// Stops the turn: the messages to write. `None` when it does not run.
    pub fn stop(&mut self, turn: TurnId) -> Option<Vec<Value>> {
        let running = self.turn.as_mut().filter(|running| running.turn == turn)?;
        running.stopping = true;
        // Else it would go on with them.
        let waiting = running.joined.iter().filter(|(_, taken)| **taken == TakenUp::No);
        let mut messages: Vec<Value> = waiting.map(|(name, _)| not_any_more(name)).collect();
        messages.push(interrupt());
        messages.extend(self.requests.cancel());
        Some(messages)
    }

    pub fn answer_permission(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Option<Value> {
        self.requests.answer(key, answer)
    }

    pub fn refuse_permission(&mut self, key: &RequestKey, words: &str) -> Option<Value> {
        self.requests.refuse(key, words)
    }

    /// The answer, and the mode to go on in: an approved plan does not raise what it may do unasked (PE6).
    pub fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict) -> Vec<Value> {
        let mode = self.wanted.as_deref().filter(|mode| *mode != PLAN).unwrap_or(DEFAULT);
        self.requests.answer_plan(key, verdict, mode)
    }

    pub fn answer_question(
        &mut self,
        key: &RequestKey,
        answers: &BTreeMap<String, Vec<String>>,
    ) -> Option<Value> {
        self.requests.answer_question(key, answers)
    }

    /// # Errors
    /// [`ClaudeError`] for a line that is no message; it changes nothing.
    pub fn decode(&mut self, line: &[u8]) -> Result<Vec<Decoded>, ClaudeError> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(Vec::new());
        }
        let message: Value = serde_json::from_slice(line).map_err(|_| ClaudeError::NotJson)?;
        let kind = message["type"].as_str().ok_or(ClaudeError::NotMessage)?;
        let events = match kind {
            "control_response" => return Ok(self.answered(&message["response"])),
            "control_request" => return Ok(self.asked(&message["request_id"], &message["request"])),
            "control_cancel_request" => self.taken_back(&message["request_id"]),
            "system" => return Ok(self.told(&message)),
            "result" => self.result(&message),
            "command_lifecycle" => {
                self.joined(&message);
                Vec::new()
            }
            // What comes outside a turn belongs to none: the end of an older one, or work in the background (TU7).
            _ if self.turn.is_none() => Vec::new(),
            "stream_event" if message["parent_tool_use_id"].is_null() => self.streamed(&message["event"]),
            "assistant" => self.said(&message),
            "user" => self.tool_results(&message),
            _ => Vec::new(),
        };
        Ok(events.into_iter().map(Decoded::Event).collect())
    }

    /// A `system` message.
    fn told(&mut self, message: &Value) -> Vec<Decoded> {
        let mode = self.now_in(&message["permissionMode"]).map(Decoded::Event);
        let mut decoded: Vec<Decoded> = mode.into_iter().collect();
        match message["subtype"].as_str() {
            Some("init") => {
                // A stop that comes right behind its prompt can be lost.
                let stopping = self.turn.as_ref().is_some_and(|running| running.stopping);
                decoded.extend(stopping.then(|| Decoded::Send(interrupt())));
            }
            Some("commands_changed") => {
                let commands = commands(&message["commands"], &self.veil);
                decoded.push(Decoded::Event(AgentEvent::Commands(commands)));
            }
            Some(_) | None => {}
        }
        decoded
    }

    fn now_in(&mut self, mode: &Value) -> Option<AgentEvent> {
        let mode = mode.as_str().filter(|mode| self.mode.as_deref() != Some(mode))?.to_owned();
        self.mode = Some(mode.clone());
        Some(AgentEvent::Mode(mode))
    }

    /// What became of a prompt that joined the turn.
    fn joined(&mut self, message: &Value) {
        let name = message["command_uuid"].as_str().unwrap_or_default();
        let Some(taken) = self.turn.as_mut().and_then(|running| running.joined.get_mut(name)) else { return };
        if matches!(message["state"].as_str(), Some("started" | "completed" | "cancelled")) {
            *taken = TakenUp::Yes;
        }
    }

    fn is_listening(&self) -> bool {
        self.turn.as_ref().is_some_and(|running| !running.stopping)
    }
}

fn said_by_people(name: &str, prompt: &AgentPrompt) -> Value {
    let text = json!({"type": "text", "text": prompt.text});
    let content: Vec<Value> = prompt.images.iter().map(image).chain([text]).collect();
    json!({
        "type": "user",
        "uuid": name,
        "parent_tool_use_id": null,
        "message": {"role": "user", "content": content},
    })
}

fn image(image: &AgentImage) -> Value {
    let source = json!({"type": "base64", "media_type": image.kind.media_type(), "data": image.base64});
    json!({ "type": "image", "source": source })
}

/// Takes a prompt back that waits to join the turn.
fn not_any_more(name: &str) -> Value {
    let request = json!({"subtype": "cancel_async_message", "message_uuid": name});
    // Nobody waits for its answer.
    json!({"type": "control_request", "request_id": format!("drop-{name}"), "request": request})
}

fn interrupt() -> Value {
    // Nobody waits for its answer.
    json!({"type": "control_request", "request_id": "stop", "request": {"subtype": "interrupt"}})
}

pub fn commands(list: &Value, veil: &Veil) -> Vec<SlashCommand> {
    let command = |command: &Value| {
        let about = command["description"].as_str().unwrap_or_default();
        Some(SlashCommand { name: veil.text(command["name"].as_str()?), about: veil.text(about) })
    };
    each(list).filter_map(command).collect()
}

pub fn each(list: &Value) -> std::slice::Iter<'_, Value> {
    list.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

/// The text of a message's content, or of a tool's result.
fn text(content: &Value) -> String {
    if let Some(text) = content.as_str() {
        return text.to_owned();
    }
    let block = |block: &Value| match block["type"].as_str() {
        Some("text") => block["text"].as_str().map(str::to_owned),
        Some("image") => Some("[image]".to_owned()),
        Some(_) | None => None,
    };
    each(content).filter_map(block).collect::<Vec<_>>().join("\n")
}
