use agent_process::adapter::{Decoded, Refused};
use ports::agent::AgentEvent;
use serde_json::{Value, json};

use super::{ACCEPT_EDITS, BYPASS, Decoder, PLAN, tool};
use crate::decoder::request::Asking;

/// A request of ours, in the agent's envelope.
pub fn control(id: u64, request: Value) -> Value {
    json!({"type": "control_request", "request_id": id.to_string(), "request": request})
}

pub fn reply(id: &Value, response: Value) -> Value {
    json!({
        "type": "control_response",
        "response": {"subtype": "success", "request_id": id, "response": response},
    })
}

fn refusal(id: &Value, error: &str) -> Value {
    json!({"type": "control_response", "response": {"subtype": "error", "request_id": id, "error": error}})
}

impl Decoder {
    /// An answer to a request of ours.
    pub(super) fn answered(&mut self, response: &Value) -> Vec<Decoded> {
        let Some(id) = response["request_id"].as_str().and_then(|id| id.parse().ok()) else {
            return Vec::new();
        };
        let answer = match response["subtype"].as_str() {
            Some("success") => Ok(response["response"].clone()),
            Some(_) | None => {
                let error = response["error"].as_str().unwrap_or("The agent gave no reason.");
                Err(Refused { message: self.veil.text(error), code: None })
            }
        };
        vec![Decoded::Reply { id, answer }]
    }

    /// A request of the agent's.
    pub(super) fn asked(&mut self, id: &Value, request: &Value) -> Vec<Decoded> {
        match request["subtype"].as_str() {
            Some("can_use_tool") if self.is_listening() => self.leave(id, request),
            Some("can_use_tool") => vec![Decoded::Send(reply(id, super::request::denied(NOBODY)))],
            Some("hook_callback") => vec![Decoded::Send(reply(id, self.hooked(&request["input"])))],
            Some(_) | None => vec![Decoded::Send(refusal(id, "this client does not offer it"))],
        }
    }

    pub(super) fn taken_back(&mut self, id: &Value) -> Vec<AgentEvent> {
        self.requests.take_back(id).into_iter().collect()
    }

    fn leave(&mut self, id: &Value, request: &Value) -> Vec<Decoded> {
        let mut events = self.speech.pause(&self.veil);
        let tool = request["tool_use_id"].as_str().and_then(|id| self.tools.get(id));
        let asking = Asking { id, request, tool, look: &self.look, veil: &self.veil };
        events.push(self.requests.open(&asking));
        events.into_iter().map(Decoded::Event).collect()
    }

    /// Asked before each use of a tool. What the person's own settings allow unasked is asked all the same, unless
    /// the turn's mode has it, whatever mode the agent has got itself into (GR5).
    fn hooked(&self, input: &Value) -> Value {
        let name = input["tool_name"].as_str().unwrap_or_default();
        // The file where it writes its plan it is asked for by itself.
        let is_planning = input["permission_mode"] == PLAN && tool::is_edit(name);
        let missing = self.allowed.as_ref().and_then(|allowed| tool::missing(allowed, name));
        if let Some(group) = missing.filter(|_| !is_planning) {
            let why = format!("{name} is not among your tools: they do not include {:?}.", group.word());
            return decision("deny", &why);
        }
        let is_in = |mode: &str| input["permission_mode"] == mode && self.wanted.as_deref() == Some(mode);
        let free = match name {
            _ if is_in(BYPASS) => true,
            // Of its plan mode it knows the file where it writes the plan, and asks for all others by itself.
            name if tool::is_edit(name) => is_in(ACCEPT_EDITS) || input["permission_mode"] == PLAN,
            name => tool::is_harmless(name) && !tool::leaves(&input["tool_input"], &input["cwd"]),
        };
        if free {
            return json!({});
        }
        decision("ask", "The people in the room are asked.")
    }
}

fn decision(decision: &str, reason: &str) -> Value {
    json!({"hookSpecificOutput": {
        "hookEventName": "PreToolUse",
        "permissionDecision": decision,
        "permissionDecisionReason": reason,
    }})
}

const NOBODY: &str = "Nobody is there to allow it: no turn runs.";
