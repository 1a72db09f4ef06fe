//! What an agent says, cut into messages and thoughts.

use ports::agent::{AgentEvent, ItemKey};

use crate::veil::{Veil, VeiledStream};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// More of it.
    pub fn say(&mut self, voice: Voice, message: Option<&str>, chunk: &str, veil: &Veil) -> Vec<AgentEvent> {
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
