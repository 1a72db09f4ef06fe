use model::{SlashCommand, Task, TaskStatus};
use ports::agent::{AgentEvent, ItemKey};
use serde_json::Value;

use super::{Decoded, Decoder, each, text};
use crate::veil::{Veil, VeiledStream};

impl Decoder {
    /// A `session/update`. Kinds that are not known are passed over.
    pub(super) fn update(&mut self, update: &Value) -> Vec<Decoded> {
        let events = match update["sessionUpdate"].as_str().unwrap_or_default() {
            "current_mode_update" => self.modes.now(&update["currentModeId"]).into_iter().collect(),
            "config_option_update" => self.modes.read(update).into_iter().collect(),
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
        if kind != "usage_update" {
            return Vec::new();
        }
        let usage = self.meter.update(update);
        if self.replaying { Vec::new() } else { vec![AgentEvent::Usage(usage)] }
    }

    fn said(&mut self, update: &Value, voice: Voice) -> Vec<AgentEvent> {
        // qwen counts its tokens on chunks without text.
        let step = self.meter.step(&update["_meta"]["usage"]).map(AgentEvent::Usage);
        let said = text(&update["content"]).unwrap_or_default();
        let mut events = self.speech.say(voice, update["messageId"].as_str(), &said, &self.veil);
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Message,
    Thought,
}

/// The message or thought that is being said. A new one begins when the voice or the agent's message id
/// changes, and after a tool call or a request.
#[derive(Debug, Default)]
pub struct Speech {
    running: Option<Segment>,
    segments: u64,
}

#[derive(Debug)]
struct Segment {
    item: ItemKey,
    voice: Voice,
    message: Option<String>,
    stream: VeiledStream,
}

impl Speech {
    fn say(&mut self, voice: Voice, message: Option<&str>, chunk: &str, veil: &Veil) -> Vec<AgentEvent> {
        if chunk.is_empty() {
            return Vec::new();
        }
        let same = |segment: &Segment| segment.voice == voice && segment.message.as_deref() == message;
        let mut events = if self.running.as_ref().is_some_and(same) { Vec::new() } else { self.pause(veil) };
        let segments = &mut self.segments;
        let segment = self.running.get_or_insert_with(|| {
            *segments += 1;
            Segment::new(*segments, voice, message)
        });
        let shown = segment.stream.push(veil, chunk);
        events.extend(segment.event(shown));
        events
    }

    /// The end of what is being said, with what was held back of it.
    pub fn pause(&mut self, veil: &Veil) -> Vec<AgentEvent> {
        let Some(mut segment) = self.running.take() else {
            return Vec::new();
        };
        let rest = segment.stream.finish(veil);
        segment.event(rest).into_iter().collect()
    }
}

impl Segment {
    fn new(number: u64, voice: Voice, message: Option<&str>) -> Self {
        Self {
            item: ItemKey(format!("{}/{number}", message.unwrap_or("said"))),
            voice,
            message: message.map(str::to_owned),
            stream: VeiledStream::default(),
        }
    }

    fn event(&self, text: String) -> Option<AgentEvent> {
        let thought = self.voice == Voice::Thought;
        (!text.is_empty()).then(|| AgentEvent::Text { item: self.item.clone(), thought, text })
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
