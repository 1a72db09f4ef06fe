use std::sync::Arc;
use std::time::Duration;

use agent_native::{FaultKind, Limits, Message, Stop};
use serde_json::json;
use tokio::time::Instant;

use crate::client::{Client, Stage};
use crate::mind::Scripted;

#[tokio::test]
async fn words_come_as_they_are_said_and_usage_with_the_end() {
    let mind = Arc::new(Scripted::default().says("Hello."));
    let mut client = Client::with(&mind).await;
    let end = client.prompt("Say hello").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert_eq!(client.said(), "Hello.");
    let usage = &end["result"]["usage"];
    assert_eq!(
        [
            &usage["inputTokens"],
            &usage["cachedReadTokens"],
            &usage["cachedWriteTokens"],
            &usage["outputTokens"]
        ],
        [10, 5, 2, 3]
    );
    assert_eq!(client.updates("usage_update")[0]["used"], 20);
    let ask = &mind.asked()[0];
    assert_eq!((ask.model.as_str(), &ask.messages), ("small", &vec![Message::User("Say hello".to_owned())]));
}

#[tokio::test]
async fn a_model_is_chosen_from_those_the_endpoint_lists() {
    let mind = Arc::new(Scripted::default().says("Hi."));
    let mut client = Client::with(&mind).await;
    let choose = |client: &Client, value: &str| json!({ "sessionId": client.session, "configId": "model", "value": value, "type": "value_id" });
    let params = choose(&client, "large");
    let chosen = client.call("session/set_config_option", params).await;
    let option = &chosen["result"]["configOptions"][0];
    assert_eq!((&option["category"], &option["currentValue"]), (&json!("model"), &json!("large")));
    let params = choose(&client, "huge");
    assert!(client.call("session/set_config_option", params).await["error"].is_object());
    client.prompt("Hi").await;
    assert_eq!(mind.asked()[0].model, "large");
}

#[tokio::test]
async fn the_third_same_call_ends_the_turn_with_a_notice_that_the_model_never_sees() {
    let read = || json!({ "path": "notes.txt" });
    let mind =
        Scripted::default().calls("read", read()).calls("read", read()).calls("read", read()).says("Well.");
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    let end = client.prompt("Read").await;
    assert_eq!(end["result"]["stopReason"], "max_turn_requests");
    assert!(client.said().contains("3 times in a row"), "{}", client.said());

    client.prompt("Go on").await;
    let told = format!("{:?}", mind.told());
    assert!(!told.contains("in a row"), "{told}");
    assert!(told.contains("Not run"), "the call that was not run has a result: {told}");
    assert_eq!(mind.asked().len(), 4);
}

#[tokio::test]
async fn a_turn_has_a_budget_of_calls() {
    let mut mind = Scripted::default();
    for from in 1..=4 {
        mind = mind.calls("read", json!({ "path": "notes.txt", "from": from }));
    }
    let mind = Arc::new(mind);
    let stage = Stage { limits: Limits { calls: 3, ..Limits::default() }, ..Stage::new() };
    let mut client = stage.open(&mind).await;
    let end = client.prompt("Read").await;
    assert_eq!(end["result"]["stopReason"], "max_turn_requests");
    assert!(client.said().contains("its 3 tool calls"), "{}", client.said());
    assert_eq!(client.updates("tool_call").len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_busy_endpoint_is_asked_again_when_it_says_so() {
    let mind = Arc::new(Scripted::default().busy(Some(7)).busy(None).says("Here."));
    let mut client = Client::with(&mind).await;
    let before = Instant::now();
    let end = client.prompt("Hi").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    let waited = before.elapsed();
    assert!((9..10).contains(&waited.as_secs()), "7 s as told and 2 s of our own: {waited:?}");
    assert!(client.said().contains("Asking again in 7 s"), "{}", client.said());
    let asked = mind.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked.windows(2).all(|pair| pair[0].messages == pair[1].messages));
}

#[tokio::test(start_paused = true)]
async fn patience_ends_and_a_final_no_is_not_repeated() {
    let mut mind = Scripted::default();
    for _ in 0..10 {
        mind = mind.busy(None);
    }
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    let end = client.prompt("Hi").await;
    assert!(end["error"]["message"].as_str().unwrap().contains("Busy. (asked 6 times)"), "{end}");
    assert_eq!(mind.asked().len(), 6);

    let mind = Arc::new(Scripted::default().fails(FaultKind::Final, "No such model.").says("Well."));
    let mut client = Client::with(&mind).await;
    let end = client.prompt("Hi").await;
    assert_eq!(end["error"]["message"], "No such model.");
    assert_eq!(client.prompt("Hi").await["result"]["stopReason"], "end_turn", "the next turn works");
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_a_busy_endpoint() {
    let mind = Arc::new(Scripted::default().busy(Some(100)).says("Again."));
    let mut client = Client::with(&mind).await;
    let before = Instant::now();
    let id = client.begin("Hi").await;
    client.until_heard("agent_message_chunk").await;
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");
    assert!(before.elapsed() < Duration::from_secs(1));
    client.prompt("Something else").await;
    assert_eq!(mind.told().len(), 3, "the stopped prompt is not a part of the next: {:?}", mind.told());
}

#[tokio::test]
async fn a_stop_in_mid_text_keeps_what_was_said() {
    let mind = Arc::new(Scripted::default().falls_silent("Once upon").says("Over."));
    let mut client = Client::with(&mind).await;
    let id = client.begin("Tell").await;
    mind.silent.notified().await;
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");
    assert_eq!(client.prompt("Go on").await["result"]["stopReason"], "end_turn");
    assert!(format!("{:?}", mind.told()).contains("Once upon"));
}

#[tokio::test]
async fn an_overflow_makes_room_once_and_never_asks_the_same_again() {
    let mind =
        Scripted::default().says("One.").says("Two.").fails(FaultKind::Overflow, "Too long.").says("Three.");
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    client.prompt("first").await;
    client.prompt("second").await;
    assert_eq!(client.prompt("third").await["result"]["stopReason"], "end_turn");
    let asked = mind.asked();
    assert_eq!(asked.len(), 4);
    assert!(asked[3].messages.len() < asked[2].messages.len(), "{:#?}", asked[3].messages);
    assert!(format!("{:?}", asked[3].messages).contains("left out to make room"));
    assert!(client.said().contains("older part is left out"), "{}", client.said());

    let mind = Arc::new(Scripted::default().fails(FaultKind::Overflow, "Too long."));
    let mut client = Client::with(&mind).await;
    let end = client.prompt("one prompt, nothing to leave out").await;
    assert!(end["error"]["message"].as_str().unwrap().contains("longer than the model can hold"), "{end}");
    assert_eq!(mind.asked().len(), 1);
}

#[tokio::test]
async fn room_is_made_before_the_endpoint_has_to_refuse() {
    let mut mind = Scripted::default();
    for _ in 0..6 {
        mind = mind.says(&"many words ".repeat(600));
    }
    let mind = Arc::new(mind);
    let mut client = Stage { context: 10_000, ..Stage::new() }.open(&mind).await;
    for at in 0..6 {
        assert_eq!(client.prompt(&format!("prompt {at}")).await["result"]["stopReason"], "end_turn");
    }
    assert!(client.said().contains("its older part is left out"), "{}", client.said());
    let told = mind.told();
    assert!(matches!(&told[0], Message::User(text) if text.contains("prompt 0")), "{told:?}");
    assert!(format!("{told:?}").contains("prompt 5"));
}

#[tokio::test]
async fn an_answer_that_was_cut_runs_nothing() {
    let calls = [("write", json!({ "path": "a.txt", "content": "half" }))];
    let mind = Arc::new(Scripted::default().answers("I wri", &calls, Stop::MaxTokens));
    let mut client = Client::with(&mind).await;
    let end = client.prompt("Write").await;
    assert_eq!(end["result"]["stopReason"], "max_tokens");
    assert_eq!((client.asked(), client.file("a.txt")), (0, None));
}

#[tokio::test]
async fn a_list_of_tasks_is_shown_and_is_no_plan() {
    let tasks = json!({ "tasks": [{ "text": "Look", "status": "completed" }, { "text": "Mend", "status": "in_progress" }] });
    let mind = Arc::new(Scripted::default().calls("update_tasks", tasks).says("Done."));
    let mut client = Client::with(&mind).await;
    client.prompt("Do").await;
    let entries = &client.updates("plan")[0]["entries"];
    assert_eq!((&entries[0]["status"], &entries[1]["content"]), (&json!("completed"), &json!("Mend")));
    assert_eq!((client.asked(), client.updates("tool_call").len(), mind.results()[0].0), (0, 0, true));
}

#[tokio::test]
async fn a_second_prompt_waits_for_nobody() {
    let mind = Arc::new(Scripted::default().falls_silent("Hm"));
    let mut client = Client::with(&mind).await;
    let first = client.begin("one").await;
    mind.silent.notified().await;
    assert!(client.prompt("two").await["error"].is_object(), "TU1: one turn at a time");
    client.cancel().await;
    assert_eq!(client.until(first).await["result"]["stopReason"], "cancelled");
}
