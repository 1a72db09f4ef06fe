use serde_json::Value;

use crate::asked::Asked;
use crate::script::Part;
use crate::tools;

/// One step of a streamed body.
#[derive(Debug, Clone)]
pub enum Beat {
    /// A server-sent event.
    Frame(String),
    Delay(u64),
    Gate,
    Cut,
}

/// One step of a reply before its format is known.
#[derive(Debug, Clone)]
pub enum Piece {
    Text(String),
    Thinking(String),
    Tool(Call),
    Pause(Beat),
}

#[derive(Debug, Clone)]
pub struct Call {
    pub id: String,
    pub name: String,
    pub input: Value,
}

/// A reply with its texts cut into words and its tools chosen.
#[derive(Debug, Clone)]
pub struct Reply {
    pub id: u64,
    pub model: String,
    pub pieces: Vec<Piece>,
}

impl Reply {
    pub fn new(id: u64, asked: &Asked, parts: &[Part]) -> Self {
        let mut pieces = Vec::new();
        for (n, part) in parts.iter().enumerate() {
            match part {
                Part::Text(text) => pieces.extend(words(text).map(Piece::Text)),
                Part::Thinking(text) => pieces.extend(words(text).map(Piece::Thinking)),
                Part::Tool(call) => pieces.push(match tools::find(&asked.tools, &call.name_like) {
                    Some(tool) => Piece::Tool(Call {
                        id: format!("call_{id}_{n}"),
                        name: tool.name.clone(),
                        input: call.input.clone(),
                    }),
                    None => Piece::Text(format!("No tool like {} is offered.", call.name_like.join(", "))),
                }),
                Part::DelayMs(ms) => pieces.push(Piece::Pause(Beat::Delay(*ms))),
                Part::Gate => pieces.push(Piece::Pause(Beat::Gate)),
                Part::Cut => pieces.push(Piece::Pause(Beat::Cut)),
                Part::Error(_) => {}
            }
        }
        let model = asked.model.clone();
        Self { id, model, pieces }
    }

    pub fn calls(&self) -> Vec<&Call> {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Tool(call) => Some(call),
                Piece::Text(_) | Piece::Thinking(_) | Piece::Pause(_) => None,
            })
            .collect()
    }

    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                Piece::Thinking(_) | Piece::Tool(_) | Piece::Pause(_) => None,
            })
            .collect()
    }

    pub fn thinking(&self) -> String {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Thinking(text) => Some(text.as_str()),
                Piece::Text(_) | Piece::Tool(_) | Piece::Pause(_) => None,
            })
            .collect()
    }

    /// Numbers for the usage fields: what was asked is a round ten, what was
    /// said is counted.
    pub fn tokens(&self) -> (u64, u64) {
        (10, self.pieces.len() as u64)
    }
}

/// A named event, as Anthropic and the responses API send them.
pub fn named(name: &str, data: &Value) -> Beat {
    Beat::Frame(format!("event: {name}\ndata: {data}\n\n"))
}

/// An event without a name, as chat completions send them.
pub fn bare(data: &Value) -> Beat {
    Beat::Frame(format!("data: {data}\n\n"))
}

/// The two halves of a tool's input, as it streams.
pub fn halves(input: &Value) -> [String; 2] {
    let text = input.to_string();
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    [text[..middle].to_owned(), text[middle..].to_owned()]
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive(' ').map(str::to_owned)
}
