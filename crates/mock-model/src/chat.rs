//! `POST /v1/chat/completions`.

use serde_json::{Value, json};

use crate::asked::{Asked, Said, Tool, list, string, text_of};
use crate::reply::{Beat, Call, Piece, Reply, bare, halves};

pub fn parse(body: &Value) -> Asked {
    let messages = list(&body["messages"]);
    let system: Vec<String> = messages
        .iter()
        .filter(|message| message["role"] == "system" || message["role"] == "developer")
        .map(|message| text_of(&message["content"]))
        .collect();
    let mut asked = Asked {
        model: string(&body["model"]),
        stream: body["stream"] == true,
        system: system.join("\n"),
        tools: list(&body["tools"]).iter().map(tool).collect(),
        ..Asked::default()
    };
    asked.listen(messages.iter().filter_map(said).collect());
    asked
}

pub fn whole(reply: &Reply) -> Value {
    let mut message = json!({ "role": "assistant", "content": reply.text() });
    if !reply.thinking().is_empty() {
        message["reasoning_content"] = json!(reply.thinking());
    }
    let calls: Vec<Value> = reply.calls().into_iter().map(whole_call).collect();
    if !calls.is_empty() {
        message["tool_calls"] = json!(calls);
    }
    let mut body = envelope(reply, "chat.completion");
    body["choices"] = json!([{ "index": 0, "message": message, "finish_reason": finish_reason(reply) }]);
    body["usage"] = usage(reply);
    body
}

pub fn stream(reply: &Reply) -> Vec<Beat> {
    let mut beats = vec![delta(reply, &json!({ "role": "assistant", "content": "" }))];
    let mut calls = 0;
    for piece in &reply.pieces {
        match piece {
            Piece::Text(text) => beats.push(delta(reply, &json!({ "content": text }))),
            Piece::Thinking(text) => beats.push(delta(reply, &json!({ "reasoning_content": text }))),
            Piece::Tool(call) => {
                beats.extend(call_deltas(call, calls).iter().map(|change| delta(reply, change)));
                calls += 1;
            }
            Piece::Pause(beat) => beats.push(beat.clone()),
        }
    }
    let mut last = envelope(reply, "chat.completion.chunk");
    last["choices"] = json!([{ "index": 0, "delta": {}, "finish_reason": finish_reason(reply) }]);
    let mut total = envelope(reply, "chat.completion.chunk");
    total["choices"] = json!([]);
    total["usage"] = usage(reply);
    beats.extend([bare(&last), bare(&total), Beat::Frame("data: [DONE]\n\n".to_owned())]);
    beats
}

fn tool(tool: &Value) -> Tool {
    Tool { name: string(&tool["function"]["name"]), schema: tool["function"]["parameters"].clone() }
}

fn said(message: &Value) -> Option<Said> {
    let text = text_of(&message["content"]);
    match message["role"].as_str() {
        Some("user") => Some(Said::User(text)),
        Some("assistant") => Some(Said::Assistant),
        Some("tool") => Some(Said::ToolResult(text)),
        _ => None,
    }
}

fn envelope(reply: &Reply, object: &str) -> Value {
    json!({
        "id": format!("chatcmpl-{}", reply.id),
        "object": object,
        "created": 1_700_000_000,
        "model": reply.model,
    })
}

fn delta(reply: &Reply, change: &Value) -> Beat {
    let mut chunk = envelope(reply, "chat.completion.chunk");
    chunk["choices"] = json!([{ "index": 0, "delta": change, "finish_reason": null }]);
    bare(&chunk)
}

fn call_deltas(call: &Call, index: usize) -> Vec<Value> {
    let first = json!({ "tool_calls": [{
        "index": index,
        "id": call.id,
        "type": "function",
        "function": { "name": call.name, "arguments": "" },
    }] });
    let rest = halves(&call.input)
        .map(|half| json!({ "tool_calls": [{ "index": index, "function": { "arguments": half } }] }));
    std::iter::once(first).chain(rest).collect()
}

fn whole_call(call: &Call) -> Value {
    json!({
        "id": call.id,
        "type": "function",
        "function": { "name": call.name, "arguments": call.input.to_string() },
    })
}

fn finish_reason(reply: &Reply) -> &'static str {
    if reply.calls().is_empty() { "stop" } else { "tool_calls" }
}

fn usage(reply: &Reply) -> Value {
    let (input, output) = reply.tokens();
    json!({ "prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output })
}
