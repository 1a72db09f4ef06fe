//! A share whose rooms want an approved plan first (BA13), with a scripted model behind agents of both kinds.

use mock_model::{MockModel, Script};
use model::{AgentChoice, Choice, Event, PermissionAnswer, ToolStatus, TurnOutcome};
use serde_json::{Value, json};
use testkit::command;
use wire::Request;

use crate::checkout::Workspace;
use crate::host::{Host, program};
use crate::room::{Room, said};

const WRITE: &str = r#"{"name_like": ["write"], "input": {"path": "a.txt", "content": "a"}}"#;

/// First it writes, then it proposes a plan, then it writes again.
fn hasty(propose: &str, waits: &[Value]) -> Script {
    let write = json!([{ "tool": serde_json::from_str::<Value>(WRITE).unwrap() }]);
    let plan = json!([{ "tool": { "name_like": [propose], "input": { "plan": "1. Write" } } }]);
    let done = json!([{ "text": "Done." }]);
    let then = [&[plan], waits, &[write.clone(), done]].concat();
    let steps = json!([{ "match": "Do it", "reply": write, "then": then }]);
    serde_json::from_value(json!({ "steps": steps })).unwrap()
}

async fn vote(room: &Room) {
    let view = room.view("a plan", |view| !view.ballots.is_empty()).await;
    let (session, ballot, plan) = (room.session, view.ballots[0].ballot, view.ballots[0].plan_hash.clone());
    let choice = Choice::Approve;
    room.client.call(Request::Vote { command: command(), session, ballot, plan, choice }).await.unwrap();
}

async fn choose(room: &Room, agent: &str, mode: &str) {
    let choice = AgentChoice { mode: Some(mode.to_owned()), ..AgentChoice::of(agent) };
    let request = Request::ChooseAgent { command: command(), session: room.session, choice };
    room.client.call(request).await.unwrap();
}

fn share(host: &Host, workspace: &str) {
    host.json(&["share", "new", "--workspace", workspace, "--preset", "collaborator", "--plan-first"]);
    let listed = host.json(&["share", "list"]);
    assert_eq!(listed["shares"][0]["terms"]["rules"]["plan_first"], true, "{listed}");
}

/// What is said of one rule leaves the others to the host's settings.
#[tokio::test(flavor = "multi_thread")]
async fn ba1_a_share_with_a_rule_of_its_own_asks_for_votes_as_the_host_does() {
    let mut host = Host::off();
    host.script("clerk", &json!({ "turns": [] }));
    host.start();
    let (_checkout, workspace, _session) = host.session("clerk");
    host.json(&["settings", "change", "--consensus", "true"]);
    share(&host, &workspace.id);
    let listed = host.json(&["share", "list"]);
    assert_eq!(listed["shares"][0]["terms"]["rules"]["consensus"], true, "{listed}");
}

fn refusals(room: &Room) -> usize {
    room.held().facts().filter(|event| matches!(event, Event::PermissionRefused { .. })).count()
}

fn endpoint(host: &mut Host, model: &MockModel) {
    host.set("CONCLAVE_AGENT_API", "openai");
    host.set("CONCLAVE_AGENT_BASE_URL", format!("{}/v1", model.url()));
    host.set("CONCLAVE_AGENT_KEY", "a-key");
}

#[tokio::test(flavor = "multi_thread")]
async fn ba13_a_hasty_agent_is_refused_in_words_until_its_plan_is_approved() {
    let model = MockModel::start(hasty("propose_plan", &[])).await.unwrap();
    let mut host = Host::off();
    endpoint(&mut host, &model);
    host.start();
    let (_checkout, workspace, session) = host.session("built-in");
    share(&host, &workspace.id);
    let room = Room::owner(&host, &session).await;
    choose(&room, "built-in", "default").await;
    a_plan_opens_the_way(&room, &workspace, &model).await;
}

/// The hasty script, from its refusal to its deed.
async fn a_plan_opens_the_way(room: &Room, workspace: &Workspace, model: &MockModel) {
    room.view("the rule", |view| view.rules.plan_first).await;
    room.prompt("Do it").await.unwrap();
    vote(room).await;
    assert_eq!(refusals(room), 1, "before the vote");
    assert!(!workspace.worktree.join("a.txt").exists());
    let told = model.requests().last().unwrap().to_string();
    assert!(told.contains("Plan first: in this room nothing is edited"), "ahead of the prompt: {told}");
    assert!(told.contains("no plan in this turn yet"), "as the answer to the edit: {told}");
    room.permit(PermissionAnswer::Allow).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(std::fs::read_to_string(workspace.worktree.join("a.txt")).unwrap(), "a");
    assert_eq!((refusals(room), said(&room.held()).last().unwrap().as_str()), (1, "Done."));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ba13_claude_is_refused_in_words_until_its_plan_is_approved() {
    let bench = crate::claude::bench_with(hasty("ExitPlanMode", &[])).await;
    share(&bench.host, &bench.workspace.id);
    choose(&bench.room, "claude", "plan").await;
    a_plan_opens_the_way(&bench.room, &bench.workspace, &bench.model).await;
}

/// opencode ends its turn when something is refused, so the plan comes with the next prompt.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ba13_opencode_is_refused_until_its_plan_is_approved() {
    let write =
        json!([{ "tool": { "name_like": ["write"], "input": { "filePath": "a.txt", "content": "a" } } }]);
    let plan = json!([{ "tool": { "name_like": ["propose_plan"], "input": { "plan": "1. Write" } } }]);
    let steps = json!([
        { "match": "Do it", "reply": write },
        { "match": "Plan it", "reply": plan, "then": [write, [{ "text": "Done." }]] },
    ]);
    let bench = crate::opencode::bench_with(serde_json::from_value(json!({ "steps": steps })).unwrap()).await;
    let (room, file) = (&bench.room, bench.workspace.worktree.join("a.txt"));
    share(&bench.host, &bench.workspace.id);
    room.view("the rule", |view| view.rules.plan_first).await;
    room.prompt("Do it").await.unwrap();
    room.ended(1).await;
    assert_eq!((refusals(room), file.exists()), (1, false));
    room.prompt("Plan it").await.unwrap();
    vote(room).await;
    room.permit(PermissionAnswer::Allow).await;
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    assert_eq!((refusals(room), std::fs::read_to_string(file).unwrap().as_str()), (1, "a"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ba13_a_mode_that_asks_nobody_is_not_taken_from_the_owner_either() {
    let model = MockModel::start(Script::default()).await.unwrap();
    let mut host = Host::off();
    endpoint(&mut host, &model);
    host.start();
    let (_checkout, workspace, session) = host.session("built-in");
    share(&host, &workspace.id);
    let room = Room::owner(&host, &session).await;
    room.view("the rule", |view| view.rules.plan_first).await;
    choose(&room, "built-in", "bypass").await;
    room.prompt("SHELL touch made-by-tool").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert!(!workspace.worktree.join("made-by-tool").exists());
    let failed = |event: Event| matches!(event, Event::ToolEnded { status: ToolStatus::Failed, .. });
    assert!(room.held().facts().any(failed), "it was put where it plans");
}

#[tokio::test(flavor = "multi_thread")]
async fn ba13_an_agent_without_gates_is_opened_by_a_plan_that_came_by_the_toolbox() {
    let model = MockModel::start(hasty("conclave_propose_plan", &[json!([])])).await.unwrap();
    let mut host = Host::off();
    endpoint(&mut host, &model);
    let modes = json!({ "default": "ask", "plan": "ask", "accept-edits": "accept-edits" });
    let keys = ["CONCLAVE_AGENT_API", "CONCLAVE_AGENT_BASE_URL", "CONCLAVE_AGENT_KEY"];
    let program = program("conclave-agent");
    let entry = json!({ "name": "Gateless", "program": program, "env_keys": keys, "modes": modes });
    host.agent("gateless", entry);
    host.start();
    let (_checkout, workspace, session) = host.session("gateless");
    share(&host, &workspace.id);
    let room = Room::owner(&host, &session).await;
    room.view("the rule", |view| view.rules.plan_first).await;
    room.prompt("Do it").await.unwrap();
    vote(&room).await;
    room.permit(PermissionAnswer::Allow).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(refusals(&room), 1);
    assert!(workspace.worktree.join("a.txt").exists());
}
