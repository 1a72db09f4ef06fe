//! Agents that can't hold a vote by themselves hold one by the toolbox (BA13), and every agent has the servers
//! of tools that its owner has configured once (AG10).

use std::fs;
use std::os::unix::fs::PermissionsExt;

use mock_model::MockModel;
use model::{BallotView, Choice, Event, PermissionAnswer, RoomView, ToolStatus, TurnOutcome};
use serde_json::{Value, json};
use testkit::command;
use wire::Request;

use crate::host::{Host, program};
use crate::journey::Guest;
use crate::room::{Room, said};

pub const SECRET: &str = "a-secret-of-the-notes";

/// A server of one tool, in shell.
const NOTES: &str = r#"#!/bin/sh
while read -r line; do
  id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9]*\).*/\1/p')
  [ -n "$id" ] || continue
  case "$line" in
    *'"method":"initialize"'*) said='"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"notes","version":"1"}}' ;;
    *'"method":"tools/list"'*) said='"result":{"tools":[{"name":"read_note","description":"Reads a note.","inputSchema":{"type":"object","properties":{"name":{"type":"string"}}}}]}' ;;
    *'"method":"tools/call"'*) said='"result":{"content":[{"type":"text","text":"amaranth '"$NOTES_TOKEN"'"}]}' ;;
    *) said='"error":{"code":-32601,"message":"unknown"}' ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$said"
done
"#;

/// The built-in agent, as one that has no gates.
pub fn gateless(host: &mut Host, model: &MockModel) {
    host.set("CONCLAVE_AGENT_API", "openai");
    host.set("CONCLAVE_AGENT_BASE_URL", format!("{}/v1", model.url()));
    let modes = json!({ "default": "ask", "plan": "ask", "accept-edits": "accept-edits" });
    let keys = ["CONCLAVE_AGENT_API", "CONCLAVE_AGENT_BASE_URL"];
    let program = program("conclave-agent");
    host.agent(
        "gateless",
        json!({ "name": "Gateless", "program": program, "env_keys": keys, "modes": modes }),
    );
}

pub async fn model() -> MockModel {
    MockModel::start(mock_model::Script::default()).await.unwrap()
}

/// Each agent has its own prefix for the tools of a server.
fn call(tool: &str, input: &Value) -> String {
    format!("CALL {tool} {input}")
}

fn propose(plan: &str) -> String {
    call("conclave_propose_plan", &json!({ "plan": plan }))
}

async fn ballot(room: &Room, plan: &str) -> BallotView {
    let is_it = |view: &RoomView| view.ballots.iter().any(|ballot| ballot.plan.text == plan);
    room.view("a plan", is_it).await.ballots[0].clone()
}

async fn vote(room: &Room, plan: &BallotView, choice: Choice) {
    let (session, ballot) = (room.session, plan.ballot);
    let vote = Request::Vote { command: command(), session, ballot, plan: plan.plan_hash.clone(), choice };
    room.client.call(vote).await.unwrap();
}

/// Bea, whose vote counts.
async fn voter(host: &Host, workspace: &str, session: &str) -> Room {
    let share = ["share", "new", "--workspace", workspace, "--preset", "collaborator", "--consensus"];
    let guest = Guest::invited(&host.json(&share)).join(host, "Bea").await;
    Room::enter(guest, session).await
}

/// Two people decide, and the model's next request has what they said.
async fn two_people_vote(room: &Room, bea: &Room, model: &MockModel) {
    room.prompt(&propose("1. All")).await.unwrap();
    let plan = ballot(bea, "1. All").await;
    vote(bea, &plan, Choice::Deny { reason: "too bold".to_owned() }).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert!(model.requests().last().unwrap().to_string().contains("Their reason: too bold"));

    bea.prompt(&propose("1. Less")).await.unwrap();
    let plan = ballot(room, "1. Less").await;
    vote(room, &plan, Choice::Approve).await;
    ballot(bea, "1. Less").await;
    vote(bea, &plan, Choice::Approve).await;
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    let words = said(&room.held()).last().unwrap().clone();
    assert!(words.contains("The people approved this plan"), "{words}");
    assert!(
        !room.held().has(|event| matches!(event, Event::PermissionAsked { .. })),
        "a vote needs no leave"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ba13_two_people_decide_a_plan_that_came_by_the_toolbox() {
    let model = model().await;
    let mut host = Host::off();
    gateless(&mut host, &model);
    host.start();
    let (_checkout, workspace, session) = host.session("gateless");
    let room = Room::owner(&host, &session).await;
    let bea = voter(&host, &workspace.id, &session).await;
    two_people_vote(&room, &bea, &model).await;

    let asked = json!({ "questions": [{ "question": "Which colour?", "options": ["Red", "Blue"] }] });
    room.prompt(&call("conclave_ask_people", &asked)).await.unwrap();
    let view = room.view("a question", |view| !view.questions.is_empty()).await;
    for (room, colour) in [(&room, "Red"), (&bea, "Blue")] {
        let answers = [("Which colour?".to_owned(), vec![colour.to_owned()])].into();
        let (session, question) = (room.session, view.questions[0].question);
        room.client.call(Request::Answer { command: command(), session, question, answers }).await.unwrap();
    }
    assert_eq!(room.ended(3).await, TurnOutcome::Completed);
    let words = said(&room.held()).last().unwrap().clone();
    assert!(words.contains("Ada: Red") && words.contains("Bea: Blue"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn gr8_ba13_the_toolbox_is_open_to_its_own_agents_alone() {
    let host = Host::on();
    let socket = host.data().join("toolbox.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    // This test is no descendant of the host: it is let go before it has shown anything.
    let mut stream = std::os::unix::net::UnixStream::connect(&socket).unwrap();
    let mut said = String::new();
    assert_eq!(std::io::Read::read_to_string(&mut stream, &mut said).unwrap_or(0), 0, "{said}");
    assert!(host.refuses(&["toolbox"]).contains("CONCLAVE_TOOLBOX_SOCKET"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ba13_opencode_holds_a_vote_by_the_toolbox() {
    let bench = crate::opencode::bench().await;
    let bea = voter(&bench.host, &bench.workspace.id, &bench.session).await;
    two_people_vote(&bench.room, &bea, &bench.model).await;
}

/// As its owner configures it, before a host runs.
fn notes(host: &Host) {
    let script = host.folder().join("notes.sh");
    fs::write(&script, NOTES).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let add = ["mcp", "add", "notes", "--env", "NOTES_TOKEN", "--", script.to_str().unwrap()];
    host.tell(&add, &format!("{SECRET}\n"));
    let listed = host.json(&["mcp", "list"]);
    assert_eq!(listed["servers"][0]["env"], json!(["NOTES_TOKEN"]));
    assert!(!listed.to_string().contains(SECRET));
}

/// What an agent's request for leave tells of the call.
#[derive(PartialEq)]
pub enum Asks {
    Whole,
    /// opencode tells what a call of a server's tool would do only once it may.
    ByName,
}

/// The tool is used after leave, and what it says is shown without its secret.
pub async fn a_note_is_read(room: &Room, asks: Asks) {
    let input = json!({ "name": "today" });
    room.prompt(&call("read_note", &input)).await.unwrap();
    let asked = room.permit(PermissionAnswer::Allow).await;
    assert!(format!("{asked:?}").contains("read_note"), "PE1: {asked:?}");
    assert!(asks == Asks::ByName || format!("{asked:?}").contains("today"), "PE1: {asked:?}");
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    let done = |event: Event| match event {
        Event::ToolEnded { status: ToolStatus::Completed, output, .. } => Some(output.text),
        _ => None,
    };
    let output = room.held().facts().find_map(done).unwrap();
    assert!(
        output.contains("amaranth") && output.contains("•••") && !output.contains(SECRET),
        "LO8: {output}"
    );
    room.prompt(&call("read_note", &json!({ "name": "tomorrow" }))).await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(2).await;
    let completed = |event: &Event| matches!(event, Event::ToolEnded { status: ToolStatus::Completed, .. });
    assert_eq!(room.held().facts().filter(completed).count(), 1, "refused is not done");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag10_the_built_in_agent_uses_the_owners_servers_after_leave() {
    let model = model().await;
    let mut host = Host::off();
    gateless(&mut host, &model);
    notes(&host);
    host.start();
    let (_checkout, _workspace, session) = host.session("gateless");
    let room = Room::owner(&host, &session).await;
    a_note_is_read(&room, Asks::Whole).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ag10_a_file_that_is_wrong_fails_the_start_in_words_and_counts_from_the_next() {
    let mut host = Host::off();
    host.script("clerk", &json!({ "turns": [{ "steps": [{ "say": "Done." }] }] }));
    host.start();
    let (_checkout, _workspace, session) = host.session("clerk");
    let room = Room::owner(&host, &session).await;
    let file = host.data().join("mcp.json");
    fs::write(&file, json!({ "mcpServers": { "notes": { "command": "no-such-program" } } }).to_string())
        .unwrap();
    room.prompt("Go.").await.unwrap();
    let (reason, _) = crate::room::failure(room.ended(1).await);
    assert!(
        reason.contains("mcp.json: the command of the server notes, \"no-such-program\", was not found"),
        "{reason}"
    );
    let doctor = crate::host::text(&host.ask(&["doctor"]).stdout);
    assert!(doctor.contains("the command of the server notes"), "{doctor}");
    fs::remove_file(&file).unwrap();
    room.prompt("Go.").await.unwrap();
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ag10_opencode_uses_the_owners_servers_after_leave() {
    let bench = crate::opencode::bench().await;
    notes(&bench.host);
    a_note_is_read(&bench.room, Asks::ByName).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag10_claude_uses_the_owners_servers_after_leave() {
    let bench = crate::claude::bench().await;
    notes(&bench.host);
    a_note_is_read(&bench.room, Asks::Whole).await;
}
