//! Whatever an agent says, the decoder goes on.

use agent_acp::decoder::Decoder;
use agent_process::veil::Veil;
use model::TurnId;
use proptest::prelude::*;
use serde_json::{Value, json};

fn decoder() -> Decoder {
    let mut decoder = Decoder::new(Veil::new(&["/home/ada/demo".to_owned()], &["/home/ada".to_owned()], &[]));
    decoder.opened("s", &Value::Null);
    assert!(decoder.begin_turn(1, TurnId(uuid::Uuid::nil())));
    decoder
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("/home/ada/demo/a.txt")),
        Just(json!("call-1")),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6).prop_map(|fields| json!(fields)),
        ]
    })
}

const KEYS: &[&str] = &[
    "toolCallId",
    "toolCall",
    "title",
    "kind",
    "status",
    "content",
    "type",
    "text",
    "path",
    "oldText",
    "newText",
    "rawInput",
    "rawOutput",
    "locations",
    "options",
    "optionId",
    "entries",
    "availableCommands",
    "configOptions",
    "category",
    "usage",
    "used",
    "size",
    "cost",
    "amount",
    "_meta",
    "message",
    "requestedSchema",
    "properties",
    "oneOf",
    "const",
    "plan",
    "command",
    "cwd",
    "name",
    "unheard-of",
];

const KINDS: &[&str] = &[
    "user_message_chunk",
    "agent_message_chunk",
    "agent_thought_chunk",
    "tool_call",
    "tool_call_update",
    "plan",
    "available_commands_update",
    "current_mode_update",
    "config_option_update",
    "usage_update",
    "unheard_of",
];

const METHODS: &[&str] = &[
    "session/update",
    "session/request_permission",
    "elicitation/create",
    "fs/write_text_file",
    "terminal/create",
    "$/cancel_request",
    "unheard/of",
];

fn any_message() -> impl Strategy<Value = Value> {
    let id = prop_oneof![Just(Value::Null), (0_u64..3).prop_map(Value::from), Just(json!("x"))];
    let method = prop::sample::select(METHODS);
    (id, method, prop::sample::select(KINDS), any_json()).prop_map(|(id, method, kind, mut body)| {
        if let Some(fields) = body.as_object_mut() {
            fields.insert("sessionUpdate".to_owned(), json!(kind));
        }
        let mut params = if method == "session/update" { json!({"update": body}) } else { body };
        if let Some(fields) = params.as_object_mut() {
            fields.insert("sessionId".to_owned(), json!("s"));
        }
        json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_message_is_read_or_passed_over(messages in prop::collection::vec(any_message(), 1..12)) {
        let mut decoder = decoder();
        for message in messages {
            prop_assert!(decoder.decode(message.to_string().as_bytes()).is_ok());
        }
        // The turn can still be ended by its own answer.
        let over = decoder.decode(br#"{"jsonrpc":"2.0","id":1,"result":{"stopReason":"end_turn"}}"#).unwrap();
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
    let line = br#"{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"hi"}}}}"#;
    let mut decoder = decoder();
    for cut in 1..line.len() {
        assert!(decoder.decode(&line[..cut]).is_err(), "{cut}");
    }
    assert_eq!(decoder.decode(line).unwrap().len(), 1);
}
