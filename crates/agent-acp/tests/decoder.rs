//! What no recording shows.

use agent_acp::decoder::Decoder;
use agent_process::adapter::{Decoded, Protocol};
use agent_process::veil::Veil;
use model::{PermissionAnswer, StopReason, ToolStatus, TurnId};
use ports::agent::{AgentEvent, AgentImage, AgentPrompt, RequestKey};
use serde_json::{Value, json};
use uuid::Uuid;

const PROMPT: u64 = 7;

fn turn(number: u128) -> TurnId {
    TurnId(Uuid::from_u128(number))
}

fn idle() -> Decoder {
    let mut decoder = Decoder::new(Veil::default());
    decoder.opened("s", &Value::Null);
    decoder
}

fn running() -> Decoder {
    let mut decoder = idle();
    assert!(decoder.begin_turn(PROMPT, turn(1)));
    decoder
}

fn hear(decoder: &mut Decoder, message: &Value) -> Vec<Decoded> {
    decoder.decode(message.to_string().as_bytes()).unwrap()
}

fn events(decoder: &mut Decoder, message: &Value) -> Vec<AgentEvent> {
    let event = |decoded| match decoded {
        Decoded::Event(event) => Some(event),
        Decoded::Send(_) | Decoded::Reply { .. } => None,
    };
    hear(decoder, message).into_iter().filter_map(event).collect()
}

fn update(update: &Value) -> Value {
    json!({"jsonrpc": "2.0", "method": "session/update", "params": {"sessionId": "s", "update": update}})
}

fn chunk(kind: &str, message: Option<&str>, text: &str) -> Value {
    update(&json!({"sessionUpdate": kind, "messageId": message, "content": {"type": "text", "text": text}}))
}

fn tool(kind: &str, id: &str, status: &str) -> Value {
    update(&json!({"sessionUpdate": kind, "toolCallId": id, "title": "t", "status": status}))
}

fn asks(id: u64, call: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "session/request_permission", "params": {
        "sessionId": "s",
        "toolCall": {"toolCallId": call, "title": "t", "kind": "execute"},
        "options": [{"optionId": "y", "kind": "allow_once"}, {"optionId": "n", "kind": "reject_once"}],
    }})
}

fn permission_key(events: &[AgentEvent]) -> RequestKey {
    let key = events.iter().find_map(|event| match event {
        AgentEvent::Permission { key, .. } => Some(key.clone()),
        _ => None,
    });
    key.unwrap()
}

fn item(events: &[AgentEvent]) -> String {
    let item = events.iter().find_map(|event| match event {
        AgentEvent::Text { item, .. }
        | AgentEvent::ToolStarted { item, .. }
        | AgentEvent::ToolEnded { item, .. } => Some(item.0.clone()),
        _ => None,
    });
    item.unwrap()
}

#[test]
fn a_message_goes_on_until_its_voice_its_id_or_a_tool_call_ends_it() {
    let mut decoder = running();
    let said: Vec<String> = [
        chunk("agent_thought_chunk", Some("m1"), "a"),
        chunk("agent_message_chunk", Some("m1"), "b"),
        chunk("agent_message_chunk", Some("m1"), "c"),
        chunk("agent_message_chunk", Some("m2"), "d"),
        tool("tool_call", "x", "pending"),
        chunk("agent_message_chunk", Some("m2"), "e"),
        tool("tool_call_update", "x", "in_progress"),
        chunk("agent_message_chunk", Some("m2"), "f"),
    ]
    .iter()
    .map(|message| events(&mut decoder, message))
    .filter(|events| !events.is_empty())
    .map(|events| item(&events))
    .collect();
    assert_eq!(said, ["m1/1", "m1/2", "m1/2", "m2/3", "x", "m2/4", "m2/4"]);
}

#[test]
fn a_call_id_used_again_is_another_item_and_late_updates_are_dropped() {
    let mut decoder = running();
    assert_eq!(item(&events(&mut decoder, &tool("tool_call", "call_0", "pending"))), "call_0");
    assert_eq!(item(&events(&mut decoder, &tool("tool_call_update", "call_0", "completed"))), "call_0");
    assert_eq!(events(&mut decoder, &tool("tool_call_update", "call_0", "failed")), []);
    assert_eq!(item(&events(&mut decoder, &tool("tool_call", "call_0", "pending"))), "call_0#2");
}

#[test]
fn tu7_only_the_answer_to_its_own_prompt_ends_a_turn() {
    let mut decoder = running();
    let over = |id: u64| json!({"jsonrpc": "2.0", "id": id, "result": {"stopReason": "end_turn"}});
    for stranger in [0, 6, 8, u64::MAX] {
        assert_eq!(events(&mut decoder, &over(stranger)), []);
    }
    assert_eq!(
        events(&mut decoder, &over(PROMPT)),
        [AgentEvent::TurnOver { turn: turn(1), reason: StopReason::EndTurn }]
    );
    assert!(decoder.begin_turn(9, turn(2)));
    assert_eq!(events(&mut decoder, &over(PROMPT)), [], "an orphan of the old turn");
    assert_eq!(decoder.running(), Some(turn(2)));
}

#[test]
fn tu7_words_outside_a_turn_belong_to_none() {
    let mut decoder = idle();
    assert_eq!(events(&mut decoder, &chunk("agent_message_chunk", None, "late")), []);
    assert_eq!(events(&mut decoder, &tool("tool_call", "x", "pending")), []);
    let answer = hear(&mut decoder, &asks(3, "x"));
    let [Decoded::Send(answer)] = answer.as_slice() else { panic!("{answer:?}") };
    assert_eq!(answer["result"]["outcome"]["outcome"], "cancelled");
}

#[test]
fn tu7_the_rest_of_a_message_of_the_turn_before_is_not_said() {
    let mut decoder = running();
    let say = |id: &str, words: &str| chunk("agent_message_chunk", Some(id), words);
    assert_eq!(events(&mut decoder, &say("m1", "one ")).len(), 1);
    events(&mut decoder, &json!({"jsonrpc": "2.0", "id": PROMPT, "result": {"stopReason": "cancelled"}}));
    assert!(decoder.begin_turn(9, turn(2)));
    assert_eq!(events(&mut decoder, &say("m1", "two ")), []);
    assert_eq!(events(&mut decoder, &say("m2", "new")).len(), 1);
    // What begins between the turns goes on in the second as little.
    events(&mut decoder, &json!({"jsonrpc": "2.0", "id": 9, "result": {"stopReason": "cancelled"}}));
    assert_eq!(events(&mut decoder, &say("m3", "late ")), []);
    assert!(decoder.begin_turn(11, turn(3)));
    assert_eq!(events(&mut decoder, &say("m3", "later")), []);
}

#[test]
fn another_conversation_of_the_process_is_not_this_one() {
    let mut decoder = running();
    let mut other = chunk("agent_message_chunk", None, "a sub-agent speaks");
    other["params"]["sessionId"] = json!("another");
    assert_eq!(events(&mut decoder, &other), []);
}

#[test]
fn ag5_what_a_resumed_agent_replays_is_not_told_again() {
    let mut decoder = Decoder::new(Veil::default());
    decoder.begin_resume();
    assert_eq!(events(&mut decoder, &chunk("user_message_chunk", None, "before")), []);
    assert_eq!(events(&mut decoder, &chunk("agent_message_chunk", None, "before")), []);
    assert_eq!(events(&mut decoder, &tool("tool_call", "x", "completed")), []);
    decoder.opened("s", &Value::Null);
    assert!(decoder.begin_turn(PROMPT, turn(1)));
    assert_eq!(events(&mut decoder, &chunk("agent_message_chunk", None, "now")).len(), 1);
}

#[test]
fn tu5_a_stop_cancels_what_is_open_and_what_is_asked_after_it() {
    let mut decoder = running();
    let key = permission_key(&events(&mut decoder, &asks(3, "x")));
    assert_eq!(decoder.stop(turn(2)), None, "another turn");
    let messages = decoder.stop(turn(1)).unwrap();
    assert_eq!(messages[0]["method"], "session/cancel");
    assert_eq!(
        messages[1],
        json!({"jsonrpc": "2.0", "id": 3, "result": {"outcome": {"outcome": "cancelled"}}})
    );
    assert_eq!(decoder.answer_permission(&key, PermissionAnswer::Allow), None);
    let answer = hear(&mut decoder, &asks(4, "y"));
    assert!(matches!(answer.as_slice(), [Decoded::Send(_)]), "{answer:?}");
    let error = json!({"jsonrpc": "2.0", "id": PROMPT, "error": {"code": -32603, "message": "aborted"}});
    assert_eq!(
        events(&mut decoder, &error),
        [AgentEvent::TurnOver { turn: turn(1), reason: StopReason::Cancelled }]
    );
}

#[test]
fn a_request_taken_back_has_no_answer_any_more() {
    let mut decoder = running();
    let key = permission_key(&events(&mut decoder, &asks(3, "x")));
    let back = json!({"jsonrpc": "2.0", "method": "$/cancel_request", "params": {"requestId": 3}});
    assert_eq!(events(&mut decoder, &back), [AgentEvent::TakenBack { key: key.clone() }]);
    assert_eq!(decoder.answer_permission(&key, PermissionAnswer::Allow), None);

    let again = permission_key(&events(&mut decoder, &asks(3, "x")));
    assert_ne!(again, key, "an id used again is another request");
    let ended = events(&mut decoder, &tool("tool_call_update", "x", "failed"));
    assert_eq!(ended[0], AgentEvent::TakenBack { key: again });
    assert!(matches!(
        ended[1],
        AgentEvent::ToolChanged { .. } | AgentEvent::ToolEnded { status: ToolStatus::Failed, .. }
    ));
}

#[test]
fn pe5_an_answer_fits_what_was_asked_and_is_sent_once() {
    let mut decoder = running();
    let key = permission_key(&events(&mut decoder, &asks(3, "x")));
    let sent = decoder.answer_permission(&key, PermissionAnswer::Allow).unwrap();
    assert_eq!(sent["result"]["outcome"], json!({"outcome": "selected", "optionId": "y"}));
    assert_eq!(decoder.answer_permission(&key, PermissionAnswer::Reject), None);
}

#[test]
fn pe1_the_command_is_the_one_asked_for_now() {
    let mut decoder = running();
    let told = json!({"sessionUpdate": "tool_call", "toolCallId": "x", "kind": "execute", "rawInput": {"command": "ls"}});
    events(&mut decoder, &update(&told));
    let mut request = asks(3, "x");
    request["params"]["toolCall"]["rawInput"] = json!({"command": ["bash", "-lc", "rm -rf ."], "cwd": "sub"});
    let asked = events(&mut decoder, &request).into_iter().find_map(|event| match event {
        AgentEvent::Permission { asked, .. } => Some(asked),
        _ => None,
    });
    let asked = asked.unwrap();
    assert_eq!((asked.command.as_deref(), asked.directory.as_str()), (Some("rm -rf ."), "sub"));
}

#[test]
fn ba1_only_a_plan_that_waits_for_leave_is_a_plan() {
    let mut decoder = running();
    let list = json!({"sessionUpdate": "plan", "entries": [{"content": "do it", "status": "pending"}]});
    assert!(matches!(events(&mut decoder, &update(&list)).as_slice(), [AgentEvent::Tasks(_)]));
    let mut request = asks(3, "x");
    request["params"]["toolCall"]["kind"] = json!("switch_mode");
    let into_plan_mode = events(&mut decoder, &request);
    assert!(matches!(into_plan_mode.last(), Some(AgentEvent::Permission { .. })), "{into_plan_mode:?}");
    request["id"] = json!(4);
    request["params"]["toolCall"]["rawInput"] = json!({"plan": "1. Do it"});
    let plan = events(&mut decoder, &request);
    assert!(matches!(plan.last(), Some(AgentEvent::Plan { text, .. }) if text == "1. Do it"), "{plan:?}");
}

#[test]
fn tu11_images_go_ahead_of_the_words() {
    let image = AgentImage { kind: model::ImageKind::Webp, base64: "AAAA".to_owned() };
    let prompt = AgentPrompt { text: "what is it?".to_owned(), images: vec![image] };
    let message = Protocol::prompt(&mut idle(), PROMPT, turn(1), &prompt).unwrap();
    let image = json!({"type": "image", "mimeType": "image/webp", "data": "AAAA"});
    assert_eq!(message["params"]["prompt"], json!([image, {"type": "text", "text": "what is it?"}]));
}

#[test]
fn ba13_a_refusal_of_the_host_has_words_for_whoever_looks_for_them() {
    let mut decoder = running();
    let key = permission_key(&events(&mut decoder, &asks(3, "x")));
    let sent = decoder.refuse_permission(&key, "Plan first.").unwrap();
    assert_eq!(sent["result"]["_meta"]["conclave/words"], "Plan first.");
    assert_ne!(sent["result"]["outcome"]["optionId"], "allow");
    assert_eq!(decoder.refuse_permission(&key, "Plan first."), None);
}
