//! Whatever Claude Code says, the decoder goes on.

use agent_claude::decoder::Decoder;
use agent_process::veil::Veil;
use model::TurnId;
use proptest::prelude::*;
use serde_json::{Value, json};

fn decoder() -> Decoder {
    let veil = Veil::new(&["/home/ada/demo".to_owned()], &["/home/ada".to_owned()], &[]);
    let mut decoder = Decoder::new(veil, Box::new(|_| Some("one\ntwo\n".to_owned())));
    assert!(decoder.prompt(TurnId(uuid::Uuid::nil()), &"go".into()).is_some());
    decoder
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6).prop_map(|fields| json!(fields)),
        ]
    })
}

const WORDS: &[&str] = &[
    "/home/ada/demo/a.txt",
    "tool_use",
    "tool_result",
    "text",
    "thinking",
    "text_delta",
    "content_block_delta",
    "message_start",
    "message_delta",
    "can_use_tool",
    "hook_callback",
    "init",
    "status",
    "permission_denied",
    "success",
    "error_during_execution",
    "call-1",
    "Edit",
    "Write",
    "TodoWrite",
    "TaskUpdate",
    "ExitPlanMode",
    "AskUserQuestion",
];

const KEYS: &[&str] = &[
    "subtype",
    "request_id",
    "request",
    "response",
    "event",
    "type",
    "message",
    "id",
    "index",
    "delta",
    "text",
    "thinking",
    "content",
    "usage",
    "output_tokens",
    "name",
    "input",
    "tool_name",
    "tool_use_id",
    "tool_use_result",
    "structuredPatch",
    "lines",
    "oldStart",
    "file_path",
    "old_string",
    "new_string",
    "edits",
    "todos",
    "taskId",
    "status",
    "questions",
    "question",
    "options",
    "label",
    "plan",
    "parent_tool_use_id",
    "permissionMode",
    "modelUsage",
    "total_cost_usd",
    "is_error",
    "errors",
    "unheard-of",
];

const TYPES: &[&str] = &[
    "system",
    "assistant",
    "user",
    "stream_event",
    "control_request",
    "control_response",
    "control_cancel_request",
    "unheard_of",
];

fn any_message() -> impl Strategy<Value = Value> {
    (prop::sample::select(TYPES), any_json()).prop_map(|(kind, body)| {
        let mut message = json!({"type": kind});
        if let (Some(message), Value::Object(body)) = (message.as_object_mut(), body) {
            message.extend(body.into_iter().filter(|(key, _)| key != "type"));
        }
        message
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_message_is_read_or_passed_over(messages in prop::collection::vec(any_message(), 1..12)) {
        let mut decoder = decoder();
        for message in messages {
            prop_assert!(decoder.decode(message.to_string().as_bytes()).is_ok());
        }
        // The turn can still be ended by its own answer.
        let over = decoder.decode(br#"{"type":"result","subtype":"success","is_error":false}"#).unwrap();
        prop_assert!(!over.is_empty());
        prop_assert_eq!(decoder.running(), None);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_message(line in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decoder().decode(&line);
    }
}

#[test]
fn a_line_cut_anywhere_is_garbage_and_changes_nothing() {
    let line = br#"{"type":"assistant","message":{"id":"m","content":[{"type":"text","text":"hi"}]},"parent_tool_use_id":null}"#;
    let mut decoder = decoder();
    for cut in 1..line.len() {
        assert!(decoder.decode(&line[..cut]).is_err(), "{cut}");
    }
    assert_eq!(decoder.decode(line).unwrap().len(), 1);
}
