//! `POST /v1/messages`.

use serde_json::{Value, json};

use crate::asked::{Asked, Said, Tool, list, plan_file, string, text_of};
use crate::reply::{Beat, Call, Piece, Reply, halves, named};

pub fn parse(body: &Value) -> Asked {
    let mut asked = Asked {
        model: string(&body["model"]),
        stream: body["stream"] == true,
        system: text_of(&body["system"]),
        tools: list(&body["tools"]).iter().map(tool).collect(),
        plan_file: list(&body["messages"])
            .iter()
            .find_map(|message| plan_file(&text_of(&message["content"]))),
        ..Asked::default()
    };
    asked.listen(list(&body["messages"]).iter().flat_map(said).collect());
    asked
}

pub fn whole(reply: &Reply) -> Value {
    let mut content = Vec::new();
    let thinking = reply.thinking();
    if !thinking.is_empty() {
        content.push(json!({ "type": "thinking", "thinking": thinking, "signature": "scripted" }));
    }
    let text = reply.text();
    if !text.is_empty() {
        content.push(json!({ "type": "text", "text": text }));
    }
    for call in reply.calls() {
        content.push(json!({ "type": "tool_use", "id": call.id, "name": call.name, "input": call.input }));
    }
    let mut message = message(reply);
    message["content"] = json!(content);
    message["stop_reason"] = json!(stop_reason(reply));
    message["usage"]["output_tokens"] = json!(reply.tokens().1);
    message
}

pub fn stream(reply: &Reply) -> Vec<Beat> {
    let mut writer = Writer::default();
    writer.send(json!({ "type": "message_start", "message": message(reply) }));
    for piece in &reply.pieces {
        match piece {
            Piece::Text(text) => writer.text(text),
            Piece::Thinking(text) => writer.thinking(text),
            Piece::Tool(call) => writer.call(call),
            Piece::Pause(beat) => writer.beats.push(beat.clone()),
        }
    }
    writer.close();
    writer.send(json!({
        "type": "message_delta",
        "delta": { "stop_reason": stop_reason(reply), "stop_sequence": null },
        "usage": { "output_tokens": reply.tokens().1 },
    }));
    writer.send(json!({ "type": "message_stop" }));
    writer.beats
}

fn tool(tool: &Value) -> Tool {
    Tool { name: string(&tool["name"]), schema: tool["input_schema"].clone() }
}

fn said(message: &Value) -> Vec<Said> {
    let content = &message["content"];
    match message["role"].as_str() {
        Some("user") if content.is_array() => blocks_said(list(content)),
        Some("user") => spoken(text_of(content)).into_iter().collect(),
        Some("assistant") => vec![Said::Assistant],
        // Some agents put reminders of role system into the conversation.
        _ => Vec::new(),
    }
}

/// A prompt can follow the result of a call that was stopped, in one message with it.
fn blocks_said(blocks: &[Value]) -> Vec<Said> {
    let Some(at) = blocks.iter().rposition(|block| block["type"] == "tool_result") else {
        return spoken(text_of(&json!(blocks))).into_iter().collect();
    };
    let result = Said::ToolResult(text_of(&blocks[at]["content"]));
    let behind = blocks[at + 1..].iter().map(|block| string(&block["text"]));
    let prompt: Vec<String> =
        behind.filter(|text| !text.is_empty() && !text.starts_with(['<', '['])).collect();
    std::iter::once(result).chain(spoken(prompt.join("\n"))).collect()
}

fn spoken(text: String) -> Option<Said> {
    (!text.is_empty()).then_some(Said::User(text))
}

fn message(reply: &Reply) -> Value {
    json!({
        "id": format!("msg_{}", reply.id),
        "type": "message",
        "role": "assistant",
        "model": reply.model,
        "content": [],
        "stop_reason": null,
        "stop_sequence": null,
        "usage": { "input_tokens": reply.tokens().0, "output_tokens": 1 },
    })
}

fn stop_reason(reply: &Reply) -> &'static str {
    if reply.calls().is_empty() { "end_turn" } else { "tool_use" }
}

#[derive(Default)]
struct Writer {
    beats: Vec<Beat>,
    open: Option<&'static str>,
    index: usize,
}

impl Writer {
    fn send(&mut self, data: Value) {
        let name = string(&data["type"]);
        self.beats.push(named(&name, &data));
    }

    fn open(&mut self, kind: &'static str, block: &Value) {
        if self.open == Some(kind) {
            return;
        }
        self.close();
        self.open = Some(kind);
        self.send(json!({ "type": "content_block_start", "index": self.index, "content_block": block }));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.send(json!({ "type": "content_block_stop", "index": self.index }));
            self.index += 1;
        }
    }

    fn delta(&mut self, delta: &Value) {
        self.send(json!({ "type": "content_block_delta", "index": self.index, "delta": delta }));
    }

    fn text(&mut self, text: &str) {
        self.open("text", &json!({ "type": "text", "text": "" }));
        self.delta(&json!({ "type": "text_delta", "text": text }));
    }

    fn thinking(&mut self, text: &str) {
        self.open("thinking", &json!({ "type": "thinking", "thinking": "", "signature": "" }));
        self.delta(&json!({ "type": "thinking_delta", "thinking": text }));
    }

    fn call(&mut self, call: &Call) {
        self.close();
        let block = json!({ "type": "tool_use", "id": call.id, "name": call.name, "input": {} });
        self.open("tool_use", &block);
        for half in halves(&call.input) {
            self.delta(&json!({ "type": "input_json_delta", "partial_json": half }));
        }
        self.close();
    }
}
