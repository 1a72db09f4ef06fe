use model::StopReason;
use ports::agent::AgentEvent;
use serde_json::Value;

use super::{Decoder, RunningTurn, TakenUp, each};

impl Decoder {
    /// The end of a turn, and its costs whoever's it was.
    pub(super) fn result(&mut self, message: &Value) -> Vec<AgentEvent> {
        let mut events = Vec::new();
        // TU7: only the answer to this turn's own prompts ends it, and to all of them.
        let is_answer = self.turn.as_ref().is_some_and(|running| is_answer(message, running));
        if is_answer {
            events.extend(self.speech.pause(&self.veil));
        }
        let running = self.turn.take_if(|running| is_answer && !running.goes_on());
        events.extend(self.meter.turn(message).map(AgentEvent::Usage));
        if let Some(running) = running {
            self.tools.close();
            self.spoken.close();
            self.requests.cancel();
            events.push(self.over(&running, message));
        }
        events
    }

    fn over(&self, running: &RunningTurn, message: &Value) -> AgentEvent {
        let turn = running.turn;
        let aborted = message["terminal_reason"].as_str().is_some_and(|reason| reason.starts_with("aborted"));
        let is_fault = message["is_error"] == true || message["subtype"] != "success";
        if is_fault && (running.stopping || aborted) {
            return AgentEvent::TurnOver { turn, reason: StopReason::Cancelled };
        }
        if message["subtype"] == "error_max_turns" {
            return AgentEvent::TurnOver { turn, reason: StopReason::MaxRequests };
        }
        if is_fault {
            return AgentEvent::TurnFailed { turn, reason: self.fault(message), detail: String::new() };
        }
        let reason = match message["stop_reason"].as_str() {
            Some("refusal") => StopReason::Refusal,
            Some("max_tokens") => StopReason::MaxTokens,
            Some(_) | None => StopReason::EndTurn,
        };
        AgentEvent::TurnOver { turn, reason }
    }

    fn fault(&self, message: &Value) -> String {
        let errors: Vec<&str> = each(&message["errors"]).filter_map(Value::as_str).collect();
        let said = message["result"].as_str().filter(|said| !said.trim().is_empty()).map(str::to_owned);
        let named = || message["subtype"].as_str().unwrap_or("It gave no reason.").replace('_', " ");
        let whole = said.or_else(|| (!errors.is_empty()).then(|| errors.join("; "))).unwrap_or_else(named);
        self.veil.text(&whole)
    }
}

impl RunningTurn {
    /// A prompt that joined too late for this answer is taken up behind it.
    fn goes_on(&self) -> bool {
        !self.stopping && self.joined.values().any(|taken| *taken == TakenUp::No)
    }
}

/// It names the prompts it answers, if it answers any: work in the background ends in a result too.
fn is_answer(message: &Value, running: &RunningTurn) -> bool {
    if message["origin"]["kind"] == "task-notification" {
        return false;
    }
    let ours = running.turn.0.to_string();
    let many = each(&message["user_message_uuids"]).filter_map(Value::as_str);
    let named: Vec<&str> = message["user_message_uuid"].as_str().into_iter().chain(many).collect();
    let is_own = |name: &&str| *name == ours || running.joined.contains_key(*name);
    named.is_empty() || named.iter().any(is_own)
}
