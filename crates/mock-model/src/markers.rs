use serde_json::Value;

use crate::asked::Asked;
use crate::script::{Fault, Part, ToolCall};
use crate::tools::Use;

const PLAN: &str = "# Plan\n\n1. Read the code\n2. Change it\n3. Run the tests\n";

/// The reply to the markers in the last user message, in their order.
pub fn parts(asked: &Asked) -> Vec<Part> {
    let parts: Vec<Part> =
        asked.user.lines().filter_map(|line| marker(line.trim(), asked)).flatten().collect();
    if !parts.is_empty() {
        return parts;
    }
    let said: String = asked.user.chars().take(200).collect();
    vec![Part::Text(format!("I am a scripted model. You said: {said}"))]
}

/// What follows the plan's having been written where the agent wants it.
pub fn after_plan_file(asked: &Asked) -> Option<Vec<Part>> {
    let is_plan = |line: &str| line.trim() == "PLAN" || line.trim().starts_with("PLAN ");
    let is_written = asked.plan_file.is_some() && asked.rounds == 1 && asked.user.lines().any(is_plan);
    is_written.then(|| vec![call(&Use::Plan { plan: PLAN }, asked)])
}

/// A tool that says to wait for people is obeyed, by the id it names.
pub fn after_asking(asked: &Asked) -> Option<Vec<Part>> {
    let said = asked.tool_result.as_deref().filter(|said| said.contains("wait_for_answer"))?;
    let mut words = said.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    let id = words.find(|word| word.starts_with("plan-") || word.starts_with("question-"))?;
    Some(vec![call(&Use::Wait { id, times: asked.rounds }, asked)])
}

/// `CALL name {…}`: a tool by a part of its name.
fn named(rest: &str) -> Vec<Part> {
    let (name, input) = rest.split_once(' ').unwrap_or((rest, "{}"));
    let input = serde_json::from_str(input).unwrap_or(Value::Null);
    vec![Part::Tool(ToolCall { name_like: vec![name.to_owned()], input })]
}

fn marker(line: &str, asked: &Asked) -> Option<Vec<Part>> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let parts = match word {
        "SAY" => vec![Part::Text(unescaped(rest))],
        "THINK" => vec![Part::Thinking(unescaped(rest))],
        "WRITE" => {
            let (path, content) = rest.split_once(' ').unwrap_or((rest, ""));
            let content = unescaped(content);
            vec![call(&Use::Write { path, content: &content }, asked)]
        }
        "READ" => vec![call(&Use::Read { path: rest }, asked)],
        "CALL" => named(rest),
        "SHELL" => vec![call(&Use::Shell { command: rest }, asked)],
        "PLAN" if rest.is_empty() => vec![plan(PLAN, asked)],
        "PLAN" => vec![plan(&unescaped(rest), asked)],
        "ASK" => vec![call(&Use::Ask { question: rest }, asked)],
        "SLOW" => slow(rest.parse().unwrap_or(3)),
        "FAIL" => vec![Part::Error(Fault {
            status: rest.parse().unwrap_or(500),
            message: "as scripted".to_owned(),
            retry_after: None,
            times: None,
        })],
        _ => return None,
    };
    Some(parts)
}

/// An agent that wants its plan in a file gets that first.
fn plan(plan: &str, asked: &Asked) -> Part {
    match &asked.plan_file {
        Some(path) => call(&Use::Write { path, content: plan }, asked),
        None => call(&Use::Plan { plan }, asked),
    }
}

fn call(wanted: &Use, asked: &Asked) -> Part {
    if let Some((name, input)) = wanted.fit(asked) {
        return Part::Tool(ToolCall { name_like: vec![name], input });
    }
    Part::Text(match wanted {
        Use::Plan { plan } => (*plan).to_owned(),
        Use::Ask { question } => (*question).to_owned(),
        Use::Write { .. } => "No tool that writes files is offered.".to_owned(),
        Use::Read { .. } => "No tool that reads files is offered.".to_owned(),
        Use::Wait { .. } => "No tool that waits for people is offered.".to_owned(),
        Use::Shell { .. } => "No tool that runs commands is offered.".to_owned(),
    })
}

fn slow(chunks: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    for chunk in 1..=chunks {
        if chunk > 1 {
            parts.push(Part::Gate);
        }
        parts.push(Part::Text(format!("chunk-{chunk} ")));
    }
    parts
}

fn unescaped(text: &str) -> String {
    let as_json: Option<Value> = serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\""))).ok();
    as_json.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_else(|| text.to_owned())
}
