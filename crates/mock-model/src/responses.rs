//! `POST /v1/responses`.

use serde_json::{Value, json};

use crate::asked::{Asked, Said, Tool, list, string, text_of};
use crate::reply::{Beat, Call, Piece, Reply, halves, named};

pub fn parse(body: &Value) -> Asked {
    let mut asked = Asked {
        model: string(&body["model"]),
        stream: body["stream"] == true,
        system: string(&body["instructions"]),
        tools: list(&body["tools"]).iter().map(tool).collect(),
        ..Asked::default()
    };
    match &body["input"] {
        Value::String(text) => asked.listen(vec![Said::User(text.clone())]),
        input => asked.listen(list(input).iter().filter_map(said).collect()),
    }
    asked
}

pub fn whole(reply: &Reply) -> Value {
    let mut output = Vec::new();
    if !reply.thinking().is_empty() {
        output.push(item(reply, output.len(), &Open::Thinking(reply.thinking())));
    }
    if !reply.text().is_empty() {
        output.push(item(reply, output.len(), &Open::Text(reply.text())));
    }
    for call in reply.calls() {
        output.push(call_item(reply, output.len(), call));
    }
    response(reply, "completed", &output)
}

pub fn stream(reply: &Reply) -> Vec<Beat> {
    let mut writer = Writer { reply, beats: Vec::new(), output: Vec::new(), open: None };
    let begun = response(reply, "in_progress", &[]);
    writer.send("response.created", json!({ "response": begun }));
    writer.send("response.in_progress", json!({ "response": begun }));
    for piece in &reply.pieces {
        match piece {
            Piece::Text(text) => writer.text(text),
            Piece::Thinking(text) => writer.thinking(text),
            Piece::Tool(call) => writer.call(call),
            Piece::Pause(beat) => writer.beats.push(beat.clone()),
        }
    }
    writer.close();
    let done = response(reply, "completed", &writer.output);
    writer.send("response.completed", json!({ "response": done }));
    writer.beats
}

fn tool(tool: &Value) -> Tool {
    Tool { name: string(&tool["name"]), schema: tool["parameters"].clone() }
}

fn said(item: &Value) -> Option<Said> {
    match (item["type"].as_str(), item["role"].as_str()) {
        (Some("function_call_output" | "custom_tool_call_output"), _) => {
            let output = &item["output"];
            Some(Said::ToolResult(output.as_str().map_or_else(|| text_of(output), str::to_owned)))
        }
        (Some("function_call"), _) | (_, Some("assistant")) => Some(Said::Assistant),
        (_, Some("user")) => Some(Said::User(text_of(&item["content"]))),
        _ => None,
    }
}

fn response(reply: &Reply, status: &str, output: &[Value]) -> Value {
    let (input_tokens, output_tokens) = reply.tokens();
    json!({
        "id": format!("resp_{}", reply.id),
        "object": "response",
        "created_at": 1_700_000_000,
        "status": status,
        "model": reply.model,
        "output": output,
        "usage": {
            "input_tokens": input_tokens,
            "input_tokens_details": { "cached_tokens": 0 },
            "output_tokens": output_tokens,
            "output_tokens_details": { "reasoning_tokens": 0 },
            "total_tokens": input_tokens + output_tokens,
        },
    })
}

/// The item that is being written, with its text so far.
enum Open {
    Text(String),
    Thinking(String),
}

fn item(reply: &Reply, index: usize, open: &Open) -> Value {
    let id = format!("item_{}_{index}", reply.id);
    match open {
        Open::Text(text) => json!({
            "id": id,
            "type": "message",
            "status": "completed",
            "role": "assistant",
            "content": [{ "type": "output_text", "text": text, "annotations": [] }],
        }),
        Open::Thinking(text) => json!({
            "id": id,
            "type": "reasoning",
            "summary": [{ "type": "summary_text", "text": text }],
        }),
    }
}

fn call_item(reply: &Reply, index: usize, call: &Call) -> Value {
    json!({
        "id": format!("item_{}_{index}", reply.id),
        "type": "function_call",
        "status": "completed",
        "call_id": call.id,
        "name": call.name,
        "arguments": call.input.to_string(),
    })
}

struct Writer<'a> {
    reply: &'a Reply,
    beats: Vec<Beat>,
    output: Vec<Value>,
    open: Option<Open>,
}

impl Writer<'_> {
    fn send(&mut self, name: &str, mut data: Value) {
        data["type"] = json!(name);
        data["sequence_number"] = json!(self.beats.len());
        self.beats.push(named(name, &data));
    }

    /// Sends about the part of the item that is being written.
    fn part(&mut self, name: &str, mut data: Value) {
        let index = self.output.len();
        data["item_id"] = json!(format!("item_{}_{index}", self.reply.id));
        data["output_index"] = json!(index);
        self.send(name, data);
    }

    fn begin(&mut self, open: Open, empty: &Value) {
        self.close();
        let mut begun = item(self.reply, self.output.len(), &open);
        begun["status"] = json!("in_progress");
        let (list, event) = match open {
            Open::Text(_) => ("content", "response.content_part.added"),
            Open::Thinking(_) => ("summary", "response.reasoning_summary_part.added"),
        };
        begun[list] = json!([]);
        let index = self.output.len();
        self.send("response.output_item.added", json!({ "output_index": index, "item": begun }));
        self.part(event, json!({ "content_index": 0, "summary_index": 0, "part": empty }));
        self.open = Some(open);
    }

    fn text(&mut self, text: &str) {
        if !matches!(self.open, Some(Open::Text(_))) {
            let empty = json!({ "type": "output_text", "text": "", "annotations": [] });
            self.begin(Open::Text(String::new()), &empty);
        }
        self.part("response.output_text.delta", json!({ "content_index": 0, "delta": text }));
        self.append(text);
    }

    fn thinking(&mut self, text: &str) {
        if !matches!(self.open, Some(Open::Thinking(_))) {
            let empty = json!({ "type": "summary_text", "text": "" });
            self.begin(Open::Thinking(String::new()), &empty);
        }
        let delta = json!({ "summary_index": 0, "delta": text });
        self.part("response.reasoning_summary_text.delta", delta);
        self.append(text);
    }

    fn append(&mut self, text: &str) {
        if let Some(Open::Text(so_far) | Open::Thinking(so_far)) = &mut self.open {
            so_far.push_str(text);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let done = item(self.reply, self.output.len(), &open);
        match &open {
            Open::Text(text) => {
                self.part("response.output_text.done", json!({ "content_index": 0, "text": text }));
                let part = done["content"][0].clone();
                self.part("response.content_part.done", json!({ "content_index": 0, "part": part }));
            }
            Open::Thinking(text) => {
                let whole = json!({ "summary_index": 0, "text": text });
                self.part("response.reasoning_summary_text.done", whole);
                let part = done["summary"][0].clone();
                self.part(
                    "response.reasoning_summary_part.done",
                    json!({ "summary_index": 0, "part": part }),
                );
            }
        }
        self.finish(done);
    }

    fn call(&mut self, call: &Call) {
        self.close();
        let done = call_item(self.reply, self.output.len(), call);
        let mut begun = done.clone();
        begun["arguments"] = json!("");
        begun["status"] = json!("in_progress");
        let index = self.output.len();
        self.send("response.output_item.added", json!({ "output_index": index, "item": begun }));
        for half in halves(&call.input) {
            self.part("response.function_call_arguments.delta", json!({ "delta": half }));
        }
        let arguments = done["arguments"].clone();
        self.part("response.function_call_arguments.done", json!({ "arguments": arguments }));
        self.finish(done);
    }

    fn finish(&mut self, done: Value) {
        let index = self.output.len();
        self.send("response.output_item.done", json!({ "output_index": index, "item": done }));
        self.output.push(done);
    }
}
