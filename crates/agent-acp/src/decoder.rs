//! What an agent says, line by line, in the words of the domain. Pure: it knows the conversation, and
//! neither process, clock nor channel.

mod dials;
mod form;
mod options;
mod request;
mod tool;
mod update;
mod usage;

use std::collections::BTreeMap;

use agent_process::adapter::{Decoded, Refused};
use agent_process::diff;
use agent_process::speech::Speech;
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, StopReason, TurnId};
use ports::agent::{AgentEvent, DiffText, RequestKey};
use serde_json::{Value, json};

pub use dials::{Dial, Dials};

use crate::AcpError;
use request::{Requests, refusal};
use tool::Tools;
use usage::Meter;

const METHOD_NOT_FOUND: i64 = -32601;
const REQUEST_CANCELLED: i64 = -32800;

/// One conversation with one agent process.
#[derive(Debug, Default)]
pub struct Decoder {
    veil: Veil,
    conversation: Option<String>,
    /// Updates are history that is told again.
    replaying: bool,
    turn: Option<RunningTurn>,
    speech: Speech,
    /// The agent's id of the message it said last, and of the one that ended the turn before.
    message: Option<String>,
    old_message: Option<String>,
    tools: Tools,
    requests: Requests,
    dials: Dials,
    meter: Meter,
}

#[derive(Debug)]
struct RunningTurn {
    /// The id of the `session/prompt` request.
    request: u64,
    turn: TurnId,
    stopping: bool,
}

impl Decoder {
    pub fn new(veil: Veil) -> Self {
        Self { veil, meter: Meter::fresh(), ..Self::default() }
    }

    pub fn veil(&self) -> &Veil {
        &self.veil
    }

    pub fn dials(&self) -> &Dials {
        &self.dials
    }

    /// The agent has taken this model, and says no more of it.
    pub fn model_set(&mut self, model: &str) {
        self.dials.model.now(&model.into());
    }

    pub fn running(&self) -> Option<TurnId> {
        self.turn.as_ref().map(|running| running.turn)
    }

    /// The conversation is about to be loaded again: what it replays is not shown twice.
    pub fn begin_resume(&mut self) {
        self.replaying = true;
        self.meter = Meter::default();
    }

    /// The agent could not resume; a new conversation follows.
    pub fn give_up_resume(&mut self) {
        self.replaying = false;
        self.meter = Meter::fresh();
    }

    /// The conversation has begun or was resumed; `answer` is what the agent said to that.
    pub fn opened(&mut self, conversation: &str, answer: &Value) {
        self.replaying = false;
        self.conversation = Some(conversation.to_owned());
        self.dials.read(answer);
    }

    /// Parameters of a request about this conversation.
    pub fn params(&self, more: Value) -> Value {
        let mut params = json!({"sessionId": self.conversation});
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        params
    }

    /// The answer to a changed configuration option.
    pub fn configured(&mut self, answer: &Value) {
        self.dials.read(answer);
    }

    /// The prompt with this request id is about to be written. False while another turn runs.
    pub fn begin_turn(&mut self, request: u64, turn: TurnId) -> bool {
        if self.turn.is_some() {
            return false;
        }
        self.old_message = self.message.take();
        self.turn = Some(RunningTurn { request, turn, stopping: false });
        true
    }

    /// Stops the turn: the messages to write. `None` when it does not run.
    pub fn stop(&mut self, turn: TurnId) -> Option<Vec<Value>> {
        let running = self.turn.as_mut().filter(|running| running.turn == turn)?;
        running.stopping = true;
        let params = self.params(Value::Null);
        let mut messages = vec![json!({"jsonrpc": "2.0", "method": "session/cancel", "params": params})];
        messages.extend(self.requests.cancel());
        Some(messages)
    }

    /// The message that answers a permission request; `None` when it is no longer open.
    pub fn answer_permission(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Option<Value> {
        self.requests.answer(key, answer)
    }

    pub fn refuse_permission(&mut self, key: &RequestKey, words: &str) -> Option<Value> {
        self.requests.refuse(key, words)
    }

    pub fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict) -> Option<Value> {
        self.requests.answer_plan(key, verdict)
    }

    pub fn answer_question(
        &mut self,
        key: &RequestKey,
        answers: &BTreeMap<String, Vec<String>>,
    ) -> Option<Value> {
        self.requests.answer_question(key, answers)
    }

    /// # Errors
    /// [`AcpError`] for a line that is no message; it changes nothing.
    pub fn decode(&mut self, line: &[u8]) -> Result<Vec<Decoded>, AcpError> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(Vec::new());
        }
        let message: Value = serde_json::from_slice(line).map_err(|_| AcpError::NotJson)?;
        let id = &message["id"];
        match message["method"].as_str() {
            Some(method) if id.is_null() => Ok(self.notified(method, &message["params"])),
            Some(method) => Ok(self.asked(method, id, &message["params"])),
            None if message.get("result").is_some() || message.get("error").is_some() => {
                Ok(id.as_u64().map(|id| self.answered(id, &message)).unwrap_or_default())
            }
            None => Err(AcpError::NotRpc),
        }
    }

    fn notified(&mut self, method: &str, params: &Value) -> Vec<Decoded> {
        match method {
            "session/update" if self.is_ours(params) => self.update(&params["update"]),
            // qwen tells its mode in its own way.
            "qwen/notify/session/mode-update" if self.is_ours(params) => {
                self.dials.now_in(&params["currentModeId"]).map(Decoded::Event).into_iter().collect()
            }
            "$/cancel_request" => self.taken_back(&params["requestId"]),
            _ => Vec::new(),
        }
    }

    fn taken_back(&mut self, id: &Value) -> Vec<Decoded> {
        let Some(event) = self.requests.take_back(id) else {
            return Vec::new();
        };
        vec![Decoded::Event(event), Decoded::Send(refusal(id, REQUEST_CANCELLED, "cancelled as asked"))]
    }

    fn asked(&mut self, method: &str, id: &Value, params: &Value) -> Vec<Decoded> {
        match method {
            "session/request_permission" if self.listens(params) => self.permission(id, params),
            "session/request_permission" => vec![Decoded::Send(request::reply(id, options::cancelled()))],
            "elicitation/create" if self.listens(params) => self.question(id, params),
            "elicitation/create" => vec![Decoded::Send(request::reply(id, form::cancelled()))],
            // Files and terminals are not offered: the agent has its own, in its worktree (AG6).
            _ => vec![Decoded::Send(refusal(id, METHOD_NOT_FOUND, "this client does not offer it"))],
        }
    }

    /// A request without a running turn, or while it stops, has nobody to answer it.
    fn listens(&self, params: &Value) -> bool {
        self.is_ours(params) && self.turn.as_ref().is_some_and(|running| !running.stopping)
    }

    fn is_ours(&self, params: &Value) -> bool {
        let named = params["sessionId"].as_str();
        named.is_none() || self.conversation.is_none() || named == self.conversation.as_deref()
    }

    fn permission(&mut self, id: &Value, params: &Value) -> Vec<Decoded> {
        let mut events = self.speech.pause(&self.veil);
        // Some agents first tell of a tool call in the request for it (codex, gemini, qwen).
        events.extend(self.tools.ask(&params["toolCall"], &self.veil));
        let tool = params["toolCall"]["toolCallId"].as_str().and_then(|id| self.tools.get(id));
        events.push(self.requests.permission(id.clone(), params, tool, &self.veil));
        events.into_iter().map(Decoded::Event).collect()
    }

    fn question(&mut self, id: &Value, params: &Value) -> Vec<Decoded> {
        let Some(question) = self.requests.question(id.clone(), params, &self.veil) else {
            return vec![Decoded::Send(request::reply(id, form::declined()))];
        };
        let mut events = self.speech.pause(&self.veil);
        events.push(question);
        events.into_iter().map(Decoded::Event).collect()
    }

    fn answered(&mut self, id: u64, message: &Value) -> Vec<Decoded> {
        let answer = match message.get("error") {
            Some(error) => Err(self.refused(error)),
            None => Ok(message["result"].clone()),
        };
        // TU7: only the answer to this turn's own prompt ends it.
        match self.turn.take_if(|running| running.request == id) {
            Some(running) => self.turn_over(running, answer).into_iter().map(Decoded::Event).collect(),
            None => vec![Decoded::Reply { id, answer }],
        }
    }

    fn turn_over(&mut self, running: RunningTurn, answer: Result<Value, Refused>) -> Vec<AgentEvent> {
        let mut events = self.speech.pause(&self.veil);
        self.tools.close();
        self.requests.cancel();
        let turn = running.turn;
        match answer {
            Ok(result) => {
                events.extend(self.meter.turn(&result).map(AgentEvent::Usage));
                events.push(AgentEvent::TurnOver { turn, reason: stop_reason(&result) });
            }
            // Some agents answer a stopped prompt with an error.
            Err(_) if running.stopping => {
                events.push(AgentEvent::TurnOver { turn, reason: StopReason::Cancelled });
            }
            Err(refused) => {
                events.push(AgentEvent::TurnFailed { turn, reason: refused.message, detail: String::new() });
            }
        }
        events
    }

    fn refused(&self, error: &Value) -> Refused {
        let message = error["message"].as_str().unwrap_or("The agent gave no reason.");
        let details = &error["data"]["details"];
        let detail = details.as_str().or(error["data"]["message"].as_str()).or(error["data"].as_str());
        let whole = match detail {
            Some(detail) if detail != message => format!("{message}: {detail}"),
            Some(_) | None => message.to_owned(),
        };
        Refused { message: self.veil.text(&whole), code: error["code"].as_i64() }
    }
}

fn stop_reason(result: &Value) -> StopReason {
    match result["stopReason"].as_str() {
        Some("cancelled") => StopReason::Cancelled,
        Some("refusal") => StopReason::Refusal,
        Some("max_tokens") => StopReason::MaxTokens,
        Some("max_turn_requests") => StopReason::MaxRequests,
        _ => StopReason::EndTurn,
    }
}

/// The text of a content block.
fn text(block: &Value) -> Option<String> {
    match block["type"].as_str()? {
        "text" => block["text"].as_str().map(str::to_owned),
        "resource_link" => Some(format!("[{}]({})", block["name"].as_str()?, block["uri"].as_str()?)),
        "resource" => block["resource"]["text"].as_str().map(str::to_owned),
        _ => None,
    }
}

/// The changes in a tool call's content.
fn diffs(content: &Value, veil: &Veil) -> Vec<DiffText> {
    let diff = |part: &Value| {
        let path = part["path"].as_str()?;
        let old = part["oldText"].as_str().unwrap_or_default();
        let new = part["newText"].as_str()?;
        Some(diff::between(veil.path(path), &veil.text(old), &veil.text(new)))
    };
    each(content).filter(|part| part["type"] == "diff").filter_map(diff).collect()
}

pub fn each(list: &Value) -> std::slice::Iter<'_, Value> {
    list.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}
