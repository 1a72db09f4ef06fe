//! What was said in a session, and what of it the model sees. Pure.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::mode::Mode;

const NEVER_RUN: &str = "Not run: the turn ended before it.";

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// They belong to the prompt that follows.
    Images(Vec<Image>),
    User(String),
    Said(Said),
    Result(Outcome),
    /// Shown to people; the model never sees it.
    Notice(String),
    Mode(Mode),
    Model(String),
    Compacted(Compacted),
}

/// From here on the model sees the preface in place of all entries before `kept_from`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compacted {
    pub kept_from: usize,
    pub preface: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub media_type: String,
    pub base64: String,
}

/// One answer of the model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    #[serde(default)]
    pub thoughts: Vec<Thought>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub calls: Vec<Call>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thought {
    pub text: String,
    /// Some endpoints want their thoughts back, and sign them.
    pub signature: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    pub id: String,
    pub name: String,
    pub input: Value,
}

/// The end of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub call: String,
    pub good: bool,
    pub text: String,
}

/// What the model is told, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// With the words that follow, one message of the person.
    Images(Vec<Image>),
    User(String),
    Said(Said),
    /// One for each call of the answer before it, in the same order.
    Results(Vec<Outcome>),
}

impl Entry {
    pub fn user(&self) -> Option<&str> {
        let Entry::User(text) = self else { return None };
        Some(text)
    }

    pub fn said(&self) -> Option<&Said> {
        let Entry::Said(said) = self else { return None };
        Some(said)
    }

    pub fn result(&self) -> Option<&Outcome> {
        let Entry::Result(outcome) = self else { return None };
        Some(outcome)
    }

    pub fn compacted(&self) -> Option<&Compacted> {
        let Entry::Compacted(compacted) = self else { return None };
        Some(compacted)
    }
}

impl Said {
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.calls.is_empty()
    }
}

/// What the model sees of a session. Each call has its result right behind it, and each result its call;
/// a call that a stop or a crash left open gets one that says so.
pub fn payload(entries: &[Entry]) -> Vec<Message> {
    let compacted = entries.iter().rev().find_map(Entry::compacted);
    let mut messages = Vec::new();
    let mut start = 0;
    if let Some(compacted) = compacted {
        start = compacted.kept_from.min(entries.len());
        messages.push(Message::User(compacted.preface.clone()));
    }
    for (at, entry) in entries.iter().enumerate().skip(start) {
        match entry {
            Entry::Images(images) => messages.push(Message::Images(images.clone())),
            Entry::User(text) => add_user(&mut messages, text),
            Entry::Said(said) => add_said(&mut messages, said, &entries[at + 1..]),
            Entry::Result(_) | Entry::Notice(_) | Entry::Mode(_) | Entry::Model(_) | Entry::Compacted(_) => {}
        }
    }
    messages
}

/// Some endpoints take no two messages of one person in a row.
fn add_user(messages: &mut Vec<Message>, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    match messages.last_mut() {
        Some(Message::User(before)) => {
            before.push_str("\n\n");
            before.push_str(text);
        }
        Some(Message::Said(_) | Message::Results(_) | Message::Images(_)) | None => {
            messages.push(Message::User(text.to_owned()))
        }
    }
}

fn add_said(messages: &mut Vec<Message>, said: &Said, after: &[Entry]) {
    if said.is_empty() {
        return;
    }
    messages.push(Message::Said(said.clone()));
    if said.calls.is_empty() {
        return;
    }
    let results = results_in(after);
    let result = |call: &Call| {
        let found = results.iter().find(|result| result.call == call.id);
        found.map_or_else(|| never_run(call), |result| (*result).clone())
    };
    messages.push(Message::Results(said.calls.iter().map(result).collect()));
}

/// Up to the next answer: an endpoint may use the ids of its calls again.
fn results_in(after: &[Entry]) -> Vec<&Outcome> {
    let own = after.iter().take_while(|entry| !matches!(entry, Entry::Said(_) | Entry::User(_)));
    own.filter_map(Entry::result).collect()
}

pub fn never_run(call: &Call) -> Outcome {
    Outcome { call: call.id.clone(), good: false, text: NEVER_RUN.to_owned() }
}

/// The calls of the last answer that have no result yet.
pub fn open_calls(entries: &[Entry]) -> Vec<Call> {
    let last = entries.iter().enumerate().rev().find_map(|(at, entry)| Some((at, entry.said()?)));
    let Some((at, said)) = last else {
        return Vec::new();
    };
    let results = results_in(&entries[at + 1..]);
    let is_open = |call: &&Call| !results.iter().any(|result| result.call == call.id);
    said.calls.iter().filter(is_open).cloned().collect()
}

#[cfg(test)]
mod tests;
