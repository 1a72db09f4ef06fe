use agent_process::adapter::Decoded;
use agent_process::speech::Voice;
use agent_process::veil::Veil;
use model::{SlashCommand, Task, TaskStatus};
use ports::agent::AgentEvent;
use serde_json::Value;

use super::{Decoder, each, text};

impl Decoder {
    /// A `session/update`. Kinds that are not known are passed over.
    pub(super) fn update(&mut self, update: &Value) -> Vec<Decoded> {
        let events = match update["sessionUpdate"].as_str().unwrap_or_default() {
            "current_mode_update" => self.dials.now_in(&update["currentModeId"]).into_iter().collect(),
            "config_option_update" => self.dials.read(update).into_iter().collect(),
            "available_commands_update" => vec![AgentEvent::Commands(commands(update, &self.veil))],
            kind if self.replaying || self.turn.is_none() => self.told_again(kind, update),
            "agent_message_chunk" => self.said(update, Voice::Message),
            "agent_thought_chunk" => self.said(update, Voice::Thought),
            "tool_call" => self.tool_began(update),
            "tool_call_update" => self.tool_changed(update),
            "plan" => vec![AgentEvent::Tasks(tasks(update, &self.veil))],
            "usage_update" => vec![AgentEvent::Usage(self.meter.update(update))],
            _ => Vec::new(),
        };
        events.into_iter().map(Decoded::Event).collect()
    }

    /// What comes outside a turn belongs to none: history, or the end of an older one (TU7).
    fn told_again(&mut self, kind: &str, update: &Value) -> Vec<AgentEvent> {
        self.message = update["messageId"].as_str().map(str::to_owned).or(self.message.take());
        if kind != "usage_update" {
            return Vec::new();
        }
        let usage = self.meter.update(update);
        if self.replaying { Vec::new() } else { vec![AgentEvent::Usage(usage)] }
    }

    fn said(&mut self, update: &Value, voice: Voice) -> Vec<AgentEvent> {
        // qwen counts its tokens on chunks without text.
        let step = self.meter.step(&update["_meta"]["usage"]).map(AgentEvent::Usage);
        let message = update["messageId"].as_str();
        // TU7: Claude's adapter confirms a stop, and then says the rest of what it was saying.
        if message.is_some() && message == self.old_message.as_deref() {
            return step.into_iter().collect();
        }
        let said = text(&update["content"]).unwrap_or_default();
        let mut events = self.speech.say(voice, message, &said, &self.veil);
        self.message = message.map(str::to_owned);
        events.extend(step);
        events
    }

    fn tool_began(&mut self, update: &Value) -> Vec<AgentEvent> {
        let mut events = self.speech.pause(&self.veil);
        let begun = self.tools.begin(update, &self.veil);
        events.extend(self.with_taken_back(begun));
        events
    }

    fn tool_changed(&mut self, update: &Value) -> Vec<AgentEvent> {
        let changed = self.tools.change(update, &self.veil);
        let begins = changed.iter().any(|event| matches!(event, AgentEvent::ToolStarted { .. }));
        let mut events = if begins { self.speech.pause(&self.veil) } else { Vec::new() };
        events.extend(self.with_taken_back(changed));
        events
    }

    /// A call that ended no longer waits for leave.
    fn with_taken_back(&mut self, events: Vec<AgentEvent>) -> Vec<AgentEvent> {
        let mut all = Vec::with_capacity(events.len());
        for event in events {
            if let AgentEvent::ToolEnded { item, .. } = &event {
                all.extend(self.requests.take_back_of(item));
            }
            all.push(event);
        }
        all
    }
}

fn commands(update: &Value, veil: &Veil) -> Vec<SlashCommand> {
    let command = |command: &Value| {
        let about = command["description"].as_str().unwrap_or_default();
        Some(SlashCommand { name: veil.text(command["name"].as_str()?), about: veil.text(about) })
    };
    each(&update["availableCommands"]).filter_map(command).collect()
}

/// A to-do list; never a ballot (BA1).
fn tasks(update: &Value, veil: &Veil) -> Vec<Task> {
    let task = |entry: &Value| {
        let status = match entry["status"].as_str() {
            Some("in_progress") => TaskStatus::Running,
            Some("completed") => TaskStatus::Done,
            _ => TaskStatus::Pending,
        };
        Some(Task { text: veil.text(entry["content"].as_str()?), status })
    };
    each(&update["entries"]).filter_map(task).collect()
}
