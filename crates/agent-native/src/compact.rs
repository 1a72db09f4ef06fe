//! Makes room in the model's context. Pure: the same entries give the same cut.

use std::collections::BTreeSet;

use crate::history::{Call, Compacted, Entry, Message, Said, payload};

/// What a token is about, in English and in code.
const BYTES_PER_TOKEN: usize = 4;
/// What endpoints count for a large one.
const IMAGE: usize = 1_600;
/// For what stands around a text.
const ENVELOPE: usize = 8;
/// Of the prompt that is being worked on, and of each older one.
const LAST_PROMPT: usize = 4_000;
const OLD_PROMPT: usize = 200;
const OLD_PROMPTS: usize = 20;
const FILES: usize = 50;

/// A guess at how many tokens the model is told.
pub fn weight(messages: &[Message]) -> usize {
    messages.iter().map(weight_of).sum()
}

/// Where to cut so that what is kept weighs at most `allowed`, and what to say of the rest. A cut is only
/// ever made before a prompt or an answer, so a call and its results stay together. `None` where a cut
/// would gain nothing.
pub fn compacted(entries: &[Entry], allowed: usize) -> Option<Compacted> {
    let start = entries.iter().rev().find_map(Entry::compacted).map_or(0, |compacted| compacted.kept_from);
    let cuts = (start + 1..entries.len())
        .filter(|at| matches!(entries[*at], Entry::User(_) | Entry::Said(_)))
        .map(|at| Compacted { kept_from: at, preface: preface(&entries[..at]) });
    let mut last = None;
    for cut in cuts {
        if kept_weight(entries, &cut) <= allowed {
            return Some(cut);
        }
        last = Some(cut);
    }
    last
}

fn kept_weight(entries: &[Entry], cut: &Compacted) -> usize {
    let kept = entries[cut.kept_from..].iter().filter(|entry| !matches!(entry, Entry::Compacted(_)));
    let kept: Vec<Entry> = kept.cloned().collect();
    weight(&payload(&kept)) + tokens(&cut.preface)
}

fn weight_of(message: &Message) -> usize {
    ENVELOPE
        + match message {
            Message::Images(images) => images.len() * IMAGE,
            Message::User(text) => tokens(text),
            Message::Said(said) => weight_of_said(said),
            Message::Results(results) => {
                results.iter().map(|result| tokens(&result.text) + tokens(&result.call) + ENVELOPE).sum()
            }
        }
}

fn weight_of_said(said: &Said) -> usize {
    let calls = said.calls.iter().map(|call| tokens(&call.input.to_string()) + tokens(&call.name) + ENVELOPE);
    let thoughts = said.thoughts.iter().filter(|thought| thought.signature.is_some());
    tokens(&said.text) + calls.sum::<usize>() + thoughts.map(|thought| tokens(&thought.text)).sum::<usize>()
}

fn tokens(text: &str) -> usize {
    text.len().div_ceil(BYTES_PER_TOKEN)
}

/// What is left of the entries that are left out: the prompts, and the files that were touched.
fn preface(left_out: &[Entry]) -> String {
    let mut prompts: Vec<&str> = left_out.iter().filter_map(Entry::user).collect();
    let last = prompts.pop();
    let from = prompts.len().saturating_sub(OLD_PROMPTS);
    let mut text = "The older part of this conversation was left out to make room.".to_owned();
    if !prompts.is_empty() {
        text += "\n\nEarlier prompts, shortened:";
        prompts[from..].iter().for_each(|prompt| text += &format!("\n- {}", cut(prompt, OLD_PROMPT)));
    }
    if let Some(last) = last {
        text += &format!("\n\nThe newest prompt of that part:\n{}", cut(last, LAST_PROMPT));
    }
    for (said, names) in [("Files read", READS), ("Files changed", CHANGES)] {
        let files = files(left_out, names);
        if !files.is_empty() {
            text += &format!("\n\n{said}: {}", files.join(", "));
        }
    }
    text
}

const READS: &[&str] = &["read"];
const CHANGES: &[&str] = &["edit", "write"];

fn files(entries: &[Entry], names: &[&str]) -> Vec<String> {
    let calls = entries.iter().filter_map(Entry::said).flat_map(|said| &said.calls);
    let path = |call: &Call| Some(call.input["path"].as_str()?.to_owned());
    let paths: BTreeSet<String> =
        calls.filter(|call| names.contains(&call.name.as_str())).filter_map(path).collect();
    paths.into_iter().take(FILES).collect()
}

fn cut(text: &str, most: usize) -> String {
    let line = text.trim();
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
