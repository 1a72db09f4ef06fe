//! An agent that ticks like a clock. It speaks ACP by hand, so that nothing stands between the moment
//! it writes down and its standard output.
//!
//! The prompt `calls N US` makes it report N steps of tool calls, one every US microseconds; `words N
//! US` makes it begin N messages, each of one word: the time it was said at.

use std::io::{BufRead, Write, stdin, stdout};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value, json};

const CONVERSATION: &str = "ticker";

/// Until its input ends.
pub fn play() -> Result<()> {
    for line in stdin().lock().lines() {
        let message: Value = serde_json::from_str(&line?)?;
        let Some(id) = message.get("id") else { continue };
        let method = message["method"].as_str().unwrap_or_default();
        let result = match method {
            "initialize" => json!({
                "protocolVersion": 1,
                "agentInfo": { "name": "ticker", "version": "1" },
                "agentCapabilities": {},
                "authMethods": []
            }),
            "session/new" => json!({ "sessionId": CONVERSATION }),
            "session/prompt" => {
                prompted(message["params"]["prompt"][0]["text"].as_str().unwrap_or_default())?;
                json!({ "stopReason": "end_turn" })
            }
            _ => json!({}),
        };
        put(&json!({ "jsonrpc": "2.0", "id": id, "result": result }).to_string())?;
    }
    Ok(())
}

/// The same words, as lines that no host reads.
pub fn pulse(times: u32, every_us: u64) -> Result<()> {
    let began = now();
    tick((times, every_us), |nth| put(&word(began, nth)))
}

fn prompted(prompt: &str) -> Result<()> {
    let mut words = prompt.split_whitespace();
    let what = words.next().unwrap_or_default();
    let times: u32 = words.next().context("how often")?.parse()?;
    let every_us: u64 = words.next().context("how fast")?.parse()?;
    // Ids of one turn are unlike those of another.
    let began = now();
    match what {
        "calls" => tick((times, every_us), |nth| put(&call(began, nth))),
        _ => tick((times, every_us), |nth| {
            put(&word(began, nth))?;
            put(&tasks(nth))
        }),
    }
}

#[expect(clippy::disallowed_methods, reason = "a clock that ticks has nothing else to wait for")]
fn tick((times, every_us): (u32, u64), mut act: impl FnMut(u32) -> Result<()>) -> Result<()> {
    let began = Instant::now();
    for nth in 0..times {
        let due = Duration::from_micros(every_us) * nth;
        sleep(due.saturating_sub(began.elapsed()));
        act(nth)?;
    }
    Ok(())
}

/// Calls begin and end by turns.
fn call(began: u64, nth: u32) -> String {
    let id = format!("call_{began}_{}", nth / 2);
    let path = format!("src/session/part_{nth}.rs");
    let output = format!("pub fn part_{nth}() -> Result<Part, PartError> {{\n    read(\"{path}\")\n}}\n");
    update(match nth % 2 {
        0 => json!({
            "sessionUpdate": "tool_call",
            "toolCallId": id,
            "title": format!("Read {path}"),
            "kind": "read",
            "status": "in_progress",
            "rawInput": { "path": path, "offset": 0, "limit": 200 }
        }),
        _ => json!({
            "sessionUpdate": "tool_call_update",
            "toolCallId": id,
            "status": "completed",
            "content": [{ "type": "content", "content": { "type": "text", "text": output } }]
        }),
    })
}

fn word(began: u64, nth: u32) -> String {
    update(json!({
        "sessionUpdate": "agent_message_chunk",
        "messageId": format!("word_{began}_{nth}"),
        "content": { "type": "text", "text": now().to_string() }
    }))
}

/// Ends the message before it, so that the next one finds nothing left to write.
fn tasks(nth: u32) -> String {
    update(json!({
        "sessionUpdate": "plan",
        "entries": [{ "content": format!("Step {nth}"), "priority": "medium", "status": "in_progress" }]
    }))
}

fn update(update: Value) -> String {
    let params = json!({ "sessionId": CONVERSATION, "update": update });
    json!({ "jsonrpc": "2.0", "method": "session/update", "params": params }).to_string()
}

/// Nanoseconds since 1970, the same clock for all processes of a machine.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or_default()
}

fn put(line: &str) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
