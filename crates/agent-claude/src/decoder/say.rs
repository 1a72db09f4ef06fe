use std::collections::BTreeSet;

use agent_process::speech::Voice;
use ports::agent::AgentEvent;
use serde_json::Value;

use super::{Decoder, each};

/// What was said in pieces, so that the whole of it is not said again.
#[derive(Debug, Default)]
pub struct Spoken {
    /// The message whose pieces come now.
    message: Option<String>,
    told: BTreeSet<(String, Voice)>,
}

impl Spoken {
    pub fn close(&mut self) {
        *self = Self::default();
    }
}

impl Decoder {
    /// A piece of what the model says.
    pub(super) fn streamed(&mut self, event: &Value) -> Vec<AgentEvent> {
        match event["type"].as_str() {
            Some("message_start") => {
                self.spoken.message = event["message"]["id"].as_str().map(str::to_owned);
                self.meter.begin(&event["message"]);
                Vec::new()
            }
            Some("content_block_delta") => self.piece(event),
            Some("content_block_stop") => self.speech.pause(&self.veil),
            Some("message_delta") => {
                self.meter.step(&event["usage"]).map(AgentEvent::Usage).into_iter().collect()
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn piece(&mut self, event: &Value) -> Vec<AgentEvent> {
        let delta = &event["delta"];
        let (voice, text) = match delta["type"].as_str() {
            Some("text_delta") => (Voice::Message, delta["text"].as_str()),
            Some("thinking_delta") => (Voice::Thought, delta["thinking"].as_str()),
            Some(_) | None => return Vec::new(),
        };
        let message = self.spoken.message.clone().unwrap_or_default();
        let name = format!("{message}.{}", event["index"].as_u64().unwrap_or_default());
        self.spoken.told.insert((message, voice));
        self.speech.say(voice, Some(&name), text.unwrap_or_default(), &self.veil)
    }

    /// A whole block of a message: what came in pieces is passed over, a tool call begins.
    pub(super) fn said(&mut self, message: &Value) -> Vec<AgentEvent> {
        // The words of a fault end the turn; they are its reason.
        if message["error"].is_string() {
            return Vec::new();
        }
        let id = message["message"]["id"].as_str().unwrap_or_default();
        let parent = message["parent_tool_use_id"].as_str();
        let mut events = Vec::new();
        for (at, block) in each(&message["message"]["content"]).enumerate() {
            match block["type"].as_str() {
                Some("text") => events.extend(self.whole((id, at), parent, Voice::Message, &block["text"])),
                Some("thinking") => {
                    events.extend(self.whole((id, at), parent, Voice::Thought, &block["thinking"]))
                }
                Some("tool_use") => events.extend(self.tool_began(block, parent)),
                Some(_) | None => {}
            }
        }
        events
    }

    fn whole(
        &mut self,
        (id, at): (&str, usize),
        parent: Option<&str>,
        voice: Voice,
        text: &Value,
    ) -> Vec<AgentEvent> {
        let Some(text) = text.as_str().filter(|text| !text.trim().is_empty()) else { return Vec::new() };
        let name = format!("{id}.whole.{at}");
        match parent {
            None if self.spoken.told.contains(&(id.to_owned(), voice)) => Vec::new(),
            None => self.aside(voice, &name, text),
            // Another agent's words are not this one's answer.
            Some(parent) => {
                let who = self.tools.title_of(parent).unwrap_or_else(|| "Another agent".to_owned());
                self.aside(Voice::Thought, &name, &format!("{who}: {text}"))
            }
        }
    }

    fn aside(&mut self, voice: Voice, name: &str, text: &str) -> Vec<AgentEvent> {
        let mut events = self.speech.pause(&self.veil);
        events.extend(self.speech.say(voice, Some(name), text, &self.veil));
        events.extend(self.speech.pause(&self.veil));
        events
    }
}
