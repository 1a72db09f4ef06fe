//! A session's history, told again to a client that loads it.

use agent_client_protocol::v1::schema::{
    SessionUpdate, ToolCall, ToolCallStatus, ToolCallUpdate, ToolCallUpdateFields,
};
use serde_json::json;

use crate::calls::kind;
use crate::history::{Call, Entry, Said};
use crate::voice::chunk;

pub fn replay(entries: &[Entry]) -> Vec<SessionUpdate> {
    entries.iter().enumerate().flat_map(|(at, entry)| updates(at, entry)).collect()
}

fn updates(at: usize, entry: &Entry) -> Vec<SessionUpdate> {
    let message = format!("past_{at}");
    match entry {
        Entry::User(text) => vec![SessionUpdate::UserMessageChunk(chunk(text, &message))],
        Entry::Said(said) => said_again(said, &message),
        Entry::Result(outcome) => {
            let status = if outcome.good { ToolCallStatus::Completed } else { ToolCallStatus::Failed };
            let fields = ToolCallUpdateFields::new().status(status).raw_output(json!(outcome.text));
            vec![SessionUpdate::ToolCallUpdate(ToolCallUpdate::new(outcome.call.clone(), fields))]
        }
        Entry::Notice(text) => vec![SessionUpdate::AgentMessageChunk(chunk(text, &message))],
        Entry::Images(_) | Entry::Mode(_) | Entry::Model(_) | Entry::Compacted(_) => Vec::new(),
    }
}

fn said_again(said: &Said, message: &str) -> Vec<SessionUpdate> {
    let thoughts = said
        .thoughts
        .iter()
        .map(|thought| SessionUpdate::AgentThoughtChunk(chunk(&thought.text, &format!("{message}_thought"))));
    let text = (!said.text.is_empty()).then(|| SessionUpdate::AgentMessageChunk(chunk(&said.text, message)));
    let call = |call: &Call| {
        let shown = ToolCall::new(call.id.clone(), call.name.clone())
            .name(call.name.clone())
            .kind(kind(&call.name))
            .raw_input(call.input.clone());
        SessionUpdate::ToolCall(shown)
    };
    thoughts.chain(text).chain(said.calls.iter().map(call)).collect()
}
