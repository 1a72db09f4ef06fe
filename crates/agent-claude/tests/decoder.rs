//! What no recording shows.

use std::collections::BTreeMap;

use agent_claude::decoder::Decoder;
use agent_process::adapter::Decoded;
use agent_process::veil::Veil;
use model::{
    PermissionAnswer, PlanVerdict, PromptId, StopReason, ToolGroup, ToolList, ToolStatus, TurnId, Usage,
};
use ports::agent::{AgentEvent, AgentImage, AgentPrompt, PermissionText, RequestKey};
use serde_json::{Value, json};
use uuid::Uuid;

fn turn(number: u128) -> TurnId {
    TurnId(Uuid::from_u128(number))
}

/// In a worktree whose one file has three lines.
fn idle() -> Decoder {
    let texts = |text: &str| vec![text.to_owned()];
    let veil = Veil::new(&texts("/home/ada/demo"), &texts("/home/ada"), &texts("sk-12345678"));
    let look = |path: &str| path.ends_with("a.txt").then(|| "one\ntwo\nthree\n".to_owned());
    let mut decoder = Decoder::new(veil, Box::new(look));
    decoder.mode_set("default");
    decoder
}

fn running() -> Decoder {
    let mut decoder = idle();
    assert!(decoder.prompt(turn(1), &"go".into()).is_some());
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

fn says(blocks: &Value, parent: Option<&str>) -> Value {
    json!({"type": "assistant", "message": {"id": "m", "content": blocks}, "parent_tool_use_id": parent})
}

fn calls(id: &str, name: &str, input: &Value) -> Value {
    says(&json!([{"type": "tool_use", "id": id, "name": name, "input": input}]), None)
}

fn answers(id: &str, text: &str) -> Value {
    json!({"type": "user", "message": {"content": [{"type": "tool_result", "tool_use_id": id, "content": text}]}})
}

fn asks(id: &str, name: &str, input: &Value) -> Value {
    let request = json!({"subtype": "can_use_tool", "tool_name": name, "input": input, "tool_use_id": "t"});
    json!({"type": "control_request", "request_id": id, "request": request})
}

fn result(more: &Value) -> Value {
    let mut message = json!({"type": "result", "subtype": "success", "is_error": false});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn asked(events: &[AgentEvent]) -> (RequestKey, PermissionText) {
    match events.last() {
        Some(AgentEvent::Permission { key, asked }) => (key.clone(), asked.clone()),
        other => panic!("a permission, not {other:?}"),
    }
}

fn response(message: &Value) -> &Value {
    &message["response"]["response"]
}

#[test]
fn tu7_only_the_result_of_its_own_prompt_ends_a_turn() {
    let mut decoder = running();
    let other = turn(7).0.to_string();
    for foreign in [
        json!({"user_message_uuid": other}),
        json!({"user_message_uuids": [other]}),
        json!({"origin": {"kind": "task-notification"}}),
    ] {
        assert!(events(&mut decoder, &result(&foreign)).is_empty(), "{foreign}");
        assert_eq!(decoder.running(), Some(turn(1)));
    }
    let ours = json!({"user_message_uuids": [turn(1).0.to_string()], "stop_reason": "max_tokens"});
    let over = AgentEvent::TurnOver { turn: turn(1), reason: StopReason::MaxTokens };
    assert_eq!(events(&mut decoder, &result(&ours)), [over]);
}

#[test]
fn tu7_what_is_said_outside_a_turn_reaches_none() {
    let mut decoder = idle();
    let text = json!([{"type": "text", "text": "late"}]);
    for late in [says(&text, None), calls("t", "Bash", &json!({})), answers("t", "late"), result(&json!({}))]
    {
        assert!(hear(&mut decoder, &late).is_empty(), "{late}");
    }
    let refused = hear(&mut decoder, &asks("r", "Bash", &json!({"command": "ls"})));
    let [Decoded::Send(message)] = refused.as_slice() else { panic!("{refused:?}") };
    assert_eq!(response(message)["behavior"], "deny");
}

#[test]
fn tu5_a_stop_is_said_again_when_the_turn_begins_after_it() {
    let mut decoder = running();
    let init = json!({"type": "system", "subtype": "init", "session_id": "s", "permissionMode": "default"});
    assert!(hear(&mut decoder, &init).is_empty());
    let (key, _) = asked(&events(&mut decoder, &asks("r", "Bash", &json!({"command": "ls"}))));
    let stop = decoder.stop(turn(1)).unwrap();
    assert_eq!((stop.len(), &stop[0]["request"]["subtype"]), (2, &json!("interrupt")));
    assert_eq!(response(&stop[1])["behavior"], "deny");
    assert_eq!(decoder.answer_permission(&key, PermissionAnswer::Allow), None);
    assert_eq!(hear(&mut decoder, &init), [Decoded::Send(stop[0].clone())]);
    assert_eq!(decoder.stop(turn(2)), None);
}

/// Whether the hook lets a tool through, in the mode the agent is in and the one the turn has.
fn is_free(name: &str, input: &Value, (agent, wanted): (&str, &str)) -> bool {
    let mut decoder = idle();
    decoder.mode_set(wanted);
    let input =
        json!({"tool_name": name, "tool_input": input, "permission_mode": agent, "cwd": "/home/ada/demo"});
    let request = json!({"subtype": "hook_callback", "callback_id": "leave", "input": input});
    let message = json!({"type": "control_request", "request_id": "h", "request": request});
    let sent = hear(&mut decoder, &message);
    let [Decoded::Send(message)] = sent.as_slice() else { panic!("{sent:?}") };
    let decision = &response(message)["hookSpecificOutput"]["permissionDecision"];
    assert!(decision.is_null() || decision == "ask", "{decision}");
    decision.is_null()
}

#[test]
fn gr5_the_hook_asks_for_all_that_the_turns_mode_does_not_have() {
    let (inside, none) = (json!({"file_path": "/home/ada/demo/a.txt"}), json!({}));
    let bypass = ("bypassPermissions", "bypassPermissions");
    for (name, input, modes, free) in [
        ("Bash", &none, ("default", "default"), false),
        ("Bash", &none, ("acceptEdits", "acceptEdits"), false),
        ("Bash", &none, bypass, true),
        ("Bash", &none, ("bypassPermissions", "default"), false),
        ("Edit", &inside, ("default", "default"), false),
        ("Edit", &inside, ("acceptEdits", "acceptEdits"), true),
        ("Edit", &inside, ("acceptEdits", "default"), false),
        ("Write", &inside, ("default", "acceptEdits"), false),
        ("Read", &inside, ("default", "default"), true),
        ("Read", &json!({"file_path": "/home/ada/.ssh/id"}), ("default", "default"), false),
        ("Grep", &json!({"path": "../.."}), ("default", "default"), false),
        ("Glob", &json!({"path": "~/x"}), ("plan", "plan"), false),
        ("mcp__server__anything", &none, ("default", "default"), false),
        ("WebFetch", &none, ("plan", "plan"), false),
        ("ExitPlanMode", &none, ("plan", "plan"), true),
        // It asks for all edits by itself then, but for its plan.
        ("Write", &json!({"file_path": "/home/ada/.claude/plans/x.md"}), ("plan", "plan"), true),
    ] {
        assert_eq!(is_free(name, input, modes), free, "{name} {input} {modes:?}");
    }
}

#[test]
fn ag11_the_hook_refuses_what_is_not_among_a_named_agents_tools() {
    let tools = ToolList([ToolGroup::Read, ToolGroup::Search].into());
    for (name, mode, decision) in [
        ("Read", "default", json!(null)),
        ("Bash", "bypassPermissions", json!("deny")),
        ("Edit", "acceptEdits", json!("deny")),
        ("mcp__notes__add", "default", json!("deny")),
        ("AskUserQuestion", "default", json!(null)),
        ("ExitPlanMode", "plan", json!(null)),
        // Its plan is a file.
        ("Write", "plan", json!(null)),
    ] {
        let mut decoder = idle().limited_to(Some(tools.clone()));
        decoder.mode_set(mode);
        let input =
            json!({"tool_name": name, "tool_input": {}, "permission_mode": mode, "cwd": "/home/ada/demo"});
        let request = json!({"subtype": "hook_callback", "callback_id": "leave", "input": input});
        let message = json!({"type": "control_request", "request_id": "h", "request": request});
        let sent = hear(&mut decoder, &message);
        let [Decoded::Send(message)] = sent.as_slice() else { panic!("{sent:?}") };
        assert_eq!(response(message)["hookSpecificOutput"]["permissionDecision"], decision, "{name}");
    }
}

#[test]
fn pe1_a_change_is_shown_against_the_file_as_it_is() {
    let path = json!("/home/ada/demo/a.txt");
    for (name, input, unified) in [
        (
            "Write",
            json!({"file_path": path, "content": "one\n2\nthree\n"}),
            "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
        ),
        (
            "Edit",
            json!({"file_path": path, "old_string": "two", "new_string": "2"}),
            "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
        ),
        (
            "Edit",
            json!({"file_path": path, "old_string": "four\n", "new_string": "4\n"}),
            "@@ -1 +1 @@\n-four\n+4\n",
        ),
    ] {
        let (_, asked) = asked(&events(&mut running(), &asks("r", name, &input)));
        assert_eq!((asked.diffs[0].path.as_str(), asked.diffs[0].unified.as_str()), ("a.txt", unified));
        assert_eq!(asked.command, None);
    }
    let (_, asked) = asked(&events(&mut running(), &asks("r", "mcp__db__drop", &json!({"table": "people"}))));
    assert_eq!((asked.tool.as_str(), asked.command.as_deref()), ("db: drop", Some(r#"{"table":"people"}"#)));
}

#[test]
fn what_the_agent_takes_back_is_no_longer_asked() {
    let mut decoder = running();
    hear(&mut decoder, &calls("t", "Bash", &json!({"command": "ls"})));
    let (key, _) = asked(&events(&mut decoder, &asks("r", "Bash", &json!({"command": "ls"}))));
    let cancel = json!({"type": "control_cancel_request", "request_id": "r"});
    assert_eq!(events(&mut decoder, &cancel), [AgentEvent::TakenBack { key: key.clone() }]);
    assert_eq!(decoder.answer_permission(&key, PermissionAnswer::Allow), None);
    let (key, _) = asked(&events(&mut decoder, &asks("r", "Bash", &json!({"command": "ls"}))));
    let ended = events(&mut decoder, &answers("t", "done"));
    assert_eq!(ended[0], AgentEvent::TakenBack { key });
    assert!(matches!(&ended[1], AgentEvent::ToolEnded { status: ToolStatus::Completed, .. }));
}

#[test]
fn pe6_an_approved_plan_goes_on_in_no_higher_mode_than_the_turn_has() {
    for (wanted, after) in [("plan", "default"), ("default", "default"), ("acceptEdits", "acceptEdits")] {
        let mut decoder = running();
        decoder.mode_set(wanted);
        let told = events(&mut decoder, &asks("r", "ExitPlanMode", &json!({"plan": "in /home/ada/demo/x"})));
        let [AgentEvent::Plan { key, text }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(text, "in x");
        let told = decoder.answer_plan(key, &PlanVerdict::Approved);
        let update = json!([{"type": "setMode", "mode": after, "destination": "session"}]);
        assert_eq!(response(&told[0])["updatedPermissions"], update, "{wanted}");
    }
}

#[test]
fn ba12_a_plan_nobody_wrote_is_said_to_be_none_and_a_deny_has_its_reason() {
    let mut decoder = running();
    let told = events(&mut decoder, &asks("r", "ExitPlanMode", &json!({})));
    let [AgentEvent::Plan { key, text }] = told.as_slice() else { panic!("{told:?}") };
    assert!(text.contains("no plan"), "{text}");
    let told = decoder.answer_plan(key, &PlanVerdict::Denied { reason: "write one".to_owned() });
    assert!(response(&told[0])["message"].as_str().unwrap().ends_with("write one"));
}

#[test]
fn qn1_lo8_a_question_is_answered_in_the_agents_own_words() {
    let input = json!({"questions": [
        {"question": "Use sk-12345678?", "options": [{"label": "in /home/ada/demo/x"}, {"label": "no"}]},
        {"question": "And?", "multiSelect": true, "options": []},
    ]});
    for (said, expected) in [
        (vec!["in x"], json!({"Use sk-12345678?": "in /home/ada/demo/x"})),
        (vec!["Ada: no", "Bea: later"], json!({"Use sk-12345678?": "Ada: no; Bea: later"})),
        (vec![" "], Value::Null),
    ] {
        let mut decoder = running();
        let told = events(&mut decoder, &asks("r", "AskUserQuestion", &input));
        let [AgentEvent::Question { key, asked }] = told.as_slice() else { panic!("{told:?}") };
        assert!(!format!("{asked:?}").contains("sk-12345678"), "{asked:?}");
        let said: Vec<String> = said.into_iter().map(str::to_owned).collect();
        let answers = BTreeMap::from([(asked.fields[0].key.clone(), said)]);
        let told = decoder.answer_question(key, &answers).unwrap();
        assert_eq!(response(&told)["updatedInput"]["answers"], expected);
        assert_eq!(response(&told)["behavior"] == "deny", expected.is_null());
    }
}

#[test]
fn a_sub_agents_words_and_deeds_are_told_as_its_own() {
    let mut decoder = running();
    hear(&mut decoder, &calls("t", "Agent", &json!({"description": "Look around"})));
    let words = events(&mut decoder, &says(&json!([{"type": "text", "text": "I see."}]), Some("t")));
    let [AgentEvent::Text { thought: true, text, .. }] = words.as_slice() else { panic!("{words:?}") };
    assert_eq!(text, "Look around: I see.");
    let deed =
        json!([{"type": "tool_use", "id": "u", "name": "Read", "input": {"file_path": "/home/ada/demo/a"}}]);
    let deeds = events(&mut decoder, &says(&deed, Some("t")));
    let [AgentEvent::ToolStarted { call, .. }] = deeds.as_slice() else { panic!("{deeds:?}") };
    assert_eq!((call.title.as_str(), call.paths[0].as_str()), ("Look around › a", "a"));
}

#[test]
fn ag7_each_report_is_what_came_since_the_last() {
    let mut decoder = idle();
    let session =
        json!({"total_cost_usd": 1.0, "model_usage": {"m": {"inputTokens": 100, "outputTokens": 50}}});
    decoder.resumed(Some(&session));
    decoder.prompt(turn(1), &"go".into());
    let event = |event: Value| json!({"type": "stream_event", "event": event, "parent_tool_use_id": null});
    let usage = json!({"input_tokens": 5, "cache_read_input_tokens": 2, "output_tokens": 1});
    hear(&mut decoder, &event(json!({"type": "message_start", "message": {"id": "m", "usage": usage}})));
    let mut told = Vec::new();
    for output in [json!(3), json!(4), json!(-1), json!("9"), json!(1e300)] {
        let delta = json!({"type": "message_delta", "usage": {"output_tokens": output}});
        told.extend(events(&mut decoder, &event(delta)));
    }
    let models = json!({"m": {"inputTokens": 110, "outputTokens": 56, "contextWindow": 1000}});
    told.extend(events(&mut decoder, &result(&json!({"modelUsage": models, "total_cost_usd": 1.5}))));
    let usages: Vec<Usage> = told.iter().filter_map(usage_of).collect();
    let sum = |part: fn(&Usage) -> u64| usages.iter().map(part).sum::<u64>();
    let sums = (sum(|it| it.input_tokens), sum(|it| it.output_tokens), sum(|it| it.cost_micros));
    assert_eq!(sums, (10, 6, 500_000));
    assert_eq!((usages[1].context_used, usages.last().unwrap().context_size), (11, 1000));
}

fn usage_of(event: &AgentEvent) -> Option<Usage> {
    match event {
        AgentEvent::Usage(usage) => Some(*usage),
        _ => None,
    }
}

#[test]
fn ag7_costs_of_a_resumed_conversation_that_are_not_known_are_not_counted() {
    let mut decoder = idle();
    decoder.resumed(None);
    for (number, cost, told) in [(1, 1.0, None), (2, 1.25, Some(250_000))] {
        decoder.prompt(turn(number), &"go".into());
        let events = events(&mut decoder, &result(&json!({"modelUsage": {}, "total_cost_usd": cost})));
        assert_eq!(events.iter().find_map(usage_of).map(|usage| usage.cost_micros), told);
    }
}

#[test]
fn tu11_images_go_ahead_of_the_words() {
    let image = AgentImage { kind: model::ImageKind::Png, base64: "AAAA".to_owned() };
    let prompt = AgentPrompt { text: "what is it?".to_owned(), images: vec![image] };
    let message = idle().prompt(turn(1), &prompt).unwrap();
    let source = json!({"type": "base64", "media_type": "image/png", "data": "AAAA"});
    let expected = json!([{"type": "image", "source": source}, {"type": "text", "text": "what is it?"}]);
    assert_eq!(message["message"]["content"], expected);
}

fn joins(decoder: &mut Decoder, number: u128) -> Option<Value> {
    decoder.steer(turn(1), PromptId(Uuid::from_u128(number)), &"also blue".into())
}

fn became(number: u128, state: &str) -> Value {
    let name = Uuid::from_u128(number).to_string();
    json!({"type": "command_lifecycle", "command_uuid": name, "state": state})
}

#[test]
fn tu3_a_turn_ends_when_it_has_answered_what_joined_it() {
    let mut decoder = running();
    let sent = joins(&mut decoder, 7).unwrap();
    assert_eq!(sent["message"]["content"][0]["text"], "also blue");
    let own = turn(1).0.to_string();
    let first = result(&json!({"user_message_uuids": [own]}));
    assert!(
        events(&mut decoder, &first).iter().all(|event| !is_over(event)),
        "it waits for what joined late"
    );
    assert!(joins(&mut decoder, 8).is_some(), "the turn goes on");
    for number in [7, 8] {
        events(&mut decoder, &became(number, "queued"));
        events(&mut decoder, &became(number, "started"));
    }
    let second = result(&json!({"user_message_uuids": [sent["uuid"]]}));
    assert!(is_over(events(&mut decoder, &second).last().unwrap()));
    assert!(joins(&mut decoder, 9).is_none(), "nothing joins a turn that is over");
}

#[test]
fn tu3_what_was_taken_up_between_two_steps_keeps_no_turn_open() {
    let mut decoder = running();
    joins(&mut decoder, 7).unwrap();
    events(&mut decoder, &became(7, "started"));
    assert!(is_over(events(&mut decoder, &result(&json!({}))).last().unwrap()));
}

#[test]
fn tu5_a_stop_takes_back_what_waits_to_join() {
    let mut decoder = running();
    for number in [7, 8] {
        joins(&mut decoder, number).unwrap();
    }
    events(&mut decoder, &became(7, "started"));
    let messages = decoder.stop(turn(1)).unwrap();
    let wishes: Vec<&str> =
        messages.iter().map(|message| message["request"]["subtype"].as_str().unwrap()).collect();
    assert_eq!(wishes, ["cancel_async_message", "interrupt"]);
    assert_eq!(messages[0]["request"]["message_uuid"], Uuid::from_u128(8).to_string());
    assert!(joins(&mut decoder, 9).is_none());
    assert!(is_over(events(&mut decoder, &result(&json!({}))).last().unwrap()));
}

fn is_over(event: &AgentEvent) -> bool {
    matches!(event, AgentEvent::TurnOver { .. })
}
