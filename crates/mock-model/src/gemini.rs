//! `POST /v1beta/models/{model}:generateContent` and `:streamGenerateContent`.

use serde_json::{Value, json};

use crate::asked::{Asked, Said, Tool, list, string, text_of};
use crate::reply::{Beat, Call, Piece, Reply, bare};

/// `body` with the model and the way of answering, which are in the path, as the other formats have them.
pub fn with_path(mut body: Value, model: &str, method: &str) -> Value {
    body["model"] = json!(model);
    body["stream"] = json!(method == "streamGenerateContent");
    body
}

pub fn parse(body: &Value) -> Asked {
    let declared = list(&body["tools"]).iter().flat_map(|tools| list(&tools["functionDeclarations"]));
    let mut asked = Asked {
        model: string(&body["model"]),
        stream: body["stream"] == true,
        system: text_of(&body["systemInstruction"]["parts"]),
        tools: declared.map(tool).collect(),
        ..Asked::default()
    };
    asked.listen(list(&body["contents"]).iter().flat_map(said).collect());
    asked
}

pub fn whole(reply: &Reply) -> Value {
    let parts: Vec<Value> = reply.pieces.iter().filter_map(part).collect();
    last(reply, &parts)
}

pub fn stream(reply: &Reply) -> Vec<Beat> {
    let mut beats: Vec<Beat> = reply
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Pause(beat) => Some(beat.clone()),
            Piece::Text(_) | Piece::Thinking(_) | Piece::Tool(_) => Some(bare(&candidate(&[part(piece)?]))),
        })
        .collect();
    beats.push(bare(&last(reply, &[json!({ "text": "" })])));
    beats
}

fn tool(tool: &Value) -> Tool {
    let schemas = [&tool["parametersJsonSchema"], &tool["parameters"]];
    let schema = schemas.into_iter().find(|schema| schema.is_object()).cloned().unwrap_or_default();
    Tool { name: string(&tool["name"]), schema }
}

fn said(content: &Value) -> Vec<Said> {
    if content["role"] == "model" {
        return vec![Said::Assistant];
    }
    let parts = list(&content["parts"]);
    let results = parts.iter().filter_map(|part| part.get("functionResponse"));
    let results: Vec<Said> = results.map(|result| Said::ToolResult(result["response"].to_string())).collect();
    if results.is_empty() { vec![Said::User(text_of(&content["parts"]))] } else { results }
}

fn part(piece: &Piece) -> Option<Value> {
    match piece {
        Piece::Text(text) => Some(json!({ "text": text })),
        Piece::Thinking(text) => Some(json!({ "text": text, "thought": true })),
        Piece::Tool(Call { id, name, input }) => {
            Some(json!({ "functionCall": { "id": id, "name": name, "args": input } }))
        }
        Piece::Pause(_) => None,
    }
}

fn candidate(parts: &[Value]) -> Value {
    json!({ "candidates": [{ "index": 0, "content": { "role": "model", "parts": parts } }] })
}

fn last(reply: &Reply, parts: &[Value]) -> Value {
    let (input, output) = reply.tokens();
    let mut chunk = candidate(parts);
    chunk["candidates"][0]["finishReason"] = json!("STOP");
    chunk["usageMetadata"] = json!({ "promptTokenCount": input, "candidatesTokenCount": output, "totalTokenCount": input + output });
    chunk["modelVersion"] = json!(reply.model);
    chunk
}
