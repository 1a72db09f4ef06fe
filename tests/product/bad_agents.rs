//! Agents that fail in every way: each ends in a sentence, and the session goes on.

use model::{Event, TurnOutcome};
use serde_json::{Value, json};

use crate::host::Host;
use crate::room::{Room, failure, said};

const MEGABYTE: usize = 1024 * 1024;

/// A session with an agent that does these steps when told `bad`, and speaks well otherwise.
async fn with(steps: Value) -> (Host, Room) {
    let well = json!({ "steps": [{ "say": "All is well." }] });
    with_script(&json!({ "turns": [{ "when": "bad", "steps": steps }, well] })).await
}

async fn with_script(script: &Value) -> (Host, Room) {
    let mut host = Host::off();
    host.script("actor", script);
    host.start();
    let (_, _, session) = host.session("actor");
    let room = Room::owner(&host, &session).await;
    (host, room)
}

async fn goes_on(room: &Room, turns_before: usize) {
    room.prompt("good").await.unwrap();
    assert_eq!(room.ended(turns_before + 1).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()).last().unwrap(), "All is well.");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag8_a_missing_agent_is_named_with_where_it_was_looked_for() {
    let mut host = Host::off();
    host.agent("ghost", json!({ "name": "Ghost", "program": "no-such-agent" }));
    host.start();
    let (_, workspace, session) = host.session("ghost");
    let room = Room::owner(&host, &session).await;
    room.prompt("Hello").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    for word in ["ghost was not found", "/usr/bin", "Install it"] {
        assert!(reason.contains(word), "{reason}");
    }
    assert_eq!(std::fs::read_dir(workspace.worktree).unwrap().count(), 2, "README.md and .git");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_dies_at_its_handshake_fails_the_turn_with_its_last_words() {
    let (_host, room) = with_script(&json!({ "at_initialize": { "exit": 3 }, "turns": [] })).await;
    room.prompt("Hello").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    assert!(reason.contains("ended before it was ready"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag3_an_agent_that_never_answers_is_ended() {
    let (host, room) = with_script(&json!({ "at_initialize": "hang", "turns": [] })).await;
    room.prompt("Hello").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    assert!(reason.contains("did not answer within 20 s"), "{reason}");
    assert_eq!(host.processes(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_dies_in_mid_turn_leaves_what_it_said() {
    let (_host, room) = with(json!([{ "say": "I try." }, { "crash": { "code": 7 } }])).await;
    room.prompt("bad").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Interrupted);
    let held = room.held();
    let exits = held.facts().filter_map(|event| match event {
        Event::AgentExited { reason, .. } => Some(reason),
        _ => None,
    });
    let reasons: Vec<String> = exits.collect();
    assert!(matches!(&reasons[..], [reason] if reason.contains("ended with code 7")), "{reasons:?}");
    assert_eq!(said(&room.held()), ["I try."]);
    goes_on(&room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tu5_an_agent_that_ignores_a_stop_is_ended_and_the_session_says_so() {
    let (host, room) = with(json!([{ "say": "On it." }, "ignore_cancel", "hang"])).await;
    room.prompt("bad").await.unwrap();
    room.view("work", |view| view.turn.is_some()).await;
    host.follow(&["chat", "tail", "1", "--follow"]).until("turn_began");
    room.stop().await;
    assert_eq!(room.ended(1).await, TurnOutcome::Cancelled);
    let gone = |event: &model::Event| matches!(event, model::Event::AgentExited { .. });
    room.event("the end of the agent", gone).await;
    goes_on(&room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ag3_a_flood_on_stderr_does_not_stop_the_turn() {
    let (_host, room) =
        with(json!([{ "stderr_flood": { "bytes": 50 * MEGABYTE } }, { "say": "Done." }])).await;
    room.prompt("bad").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()), ["Done."]);
    goes_on(&room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_between_messages_harms_nothing() {
    let (_host, room) = with(json!([{ "garbage": "]} no \u{1b}[31mJSON" }, { "say": "Done." }])).await;
    room.prompt("bad").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()), ["Done."]);
    goes_on(&room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_50_megabytes_is_skipped_and_the_turn_goes_on() {
    let (host, room) = with(json!([{ "long_line": { "bytes": 50 * MEGABYTE } }, { "say": "Done." }])).await;
    room.prompt("bad").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()), ["Done."]);
    goes_on(&room, 1).await;
    let peak = host.peak_memory();
    assert!(peak < 400 * MEGABYTE, "{peak} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag6_a_path_outside_the_worktree_is_neither_read_nor_written() {
    let paths = json!([
        { "client_read": { "path": "../../../home/secret" } },
        { "client_write": { "path": "../outside", "content": "x" } },
        { "client_write": { "path": "/tmp/conclave-outside", "content": "x" } },
        { "say": "Done." }
    ]);
    let mut host = Host::off();
    let well = json!({ "steps": [{ "say": "All is well." }] });
    host.script("actor", &json!({ "turns": [{ "when": "bad", "steps": paths }, well] }));
    std::fs::write(host.folder().join("home/secret"), "secret").unwrap();
    host.start();
    let (_, workspace, session) = host.session("actor");
    let room = Room::owner(&host, &session).await;
    room.prompt("bad").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    let refusals = said(&room.held()).iter().filter(|words| words.contains("refused")).count();
    assert_eq!(refusals, 3, "{:?}", said(&room.held()));
    assert!(!workspace.worktree.join("../outside").exists());
    assert!(!std::path::Path::new("/tmp/conclave-outside").exists());
    goes_on(&room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_no_agent_fails_the_turn_in_words() {
    let mut host = Host::off();
    host.agent("cat", json!({ "name": "cat", "program": "/bin/echo", "args": ["hello"] }));
    host.start();
    let (_, _, session) = host.session("cat");
    let room = Room::owner(&host, &session).await;
    room.prompt("Hello").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    assert!(reason.starts_with("The agent"), "{reason}");
}
