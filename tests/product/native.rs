//! The built-in agent as people get it, with a scripted model behind it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mock_model::{MockModel, Script};
use model::{AgentChoice, Choice, Event, Memory, PermissionAnswer, ToolKind, ToolStatus, TurnOutcome};
use serde_json::{Value, json};
use testkit::command;
use wire::{Reply, Request};

use crate::checkout::{Checkout, Workspace};
use crate::host::Host;
use crate::journey::Guest;
use crate::room::{Room, failure, said};

const SECRET: &str = "sk-a-secret-of-the-owner";
const AGENT: &str = "built-in";

struct Bench {
    model: MockModel,
    host: Host,
    _checkout: Checkout,
    workspace: Workspace,
    room: Room,
    session: String,
}

impl Bench {
    async fn new() -> Self {
        Self::with(json!({ "steps": [] }), "anthropic").await
    }

    async fn with(script: Value, api: &str) -> Self {
        let script: Script = serde_json::from_value(script).unwrap();
        let model = MockModel::start(script).await.unwrap();
        let mut host = Host::off();
        let path = if api == "anthropic" { "" } else { "/v1" };
        host.set("CONCLAVE_AGENT_API", api);
        host.set("CONCLAVE_AGENT_BASE_URL", format!("{}{path}", model.url()));
        host.set("CONCLAVE_AGENT_KEY", SECRET);
        host.start();
        let (checkout, workspace, session) = host.session(AGENT);
        let room = Room::owner(&host, &session).await;
        Self { model, host, _checkout: checkout, workspace, room, session }
    }

    fn file(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.workspace.worktree.join(name)).ok()
    }

    async fn mode(&self, mode: &str) {
        let choice = AgentChoice { mode: Some(mode.to_owned()), ..AgentChoice::of(AGENT) };
        let request = Request::ChooseAgent { command: command(), session: self.room.session, choice };
        self.room.client.call(request).await.unwrap();
    }

    async fn vote(&self, choice: Choice) {
        let view = self.room.view("a plan", |view| !view.ballots.is_empty()).await;
        let (ballot, plan) = (view.ballots[0].ballot, view.ballots[0].plan_hash.clone());
        let vote = Request::Vote { command: command(), session: self.room.session, ballot, plan, choice };
        self.room.client.call(vote).await.unwrap();
    }

    fn tools(&self) -> Vec<(ToolStatus, String)> {
        let held = self.room.held();
        let ended = held.facts().filter_map(|event| match event {
            Event::ToolEnded { status, output, .. } => Some((status, output.text)),
            _ => None,
        });
        ended.collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_in_agent_speaks_through_every_kind_of_endpoint() {
    for api in ["anthropic", "openai", "openai-responses"] {
        let bench = Bench::with(json!({ "steps": [] }), api).await;
        bench.room.prompt("THINK Hm.\nSAY Hello from a model.").await.unwrap();
        assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed, "{api}");
        assert_eq!(said(&bench.room.held()), ["Hello from a model."], "{api}");
        let thought = |event: Event| matches!(event, Event::ThoughtHad { text, .. } if text.text == "Hm.");
        assert!(bench.room.held().facts().any(thought), "{api}");
        let usage = bench.room.view("usage", |view| view.usage.input_tokens > 0).await.usage;
        assert!(usage.output_tokens > 0 && usage.context_size >= 128_000, "{usage:?}");
        assert!(!bench.host.log().contains(SECRET));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_in_agent_edits_the_worktree_only_after_leave_for_the_diff() {
    let bench = Bench::new().await;
    bench.room.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    let view = bench.room.view("a request", |view| !view.permissions.is_empty()).await;
    let asked = &view.permissions[0].request;
    assert_eq!(
        (asked.kind, asked.diffs[0].path.as_str(), asked.diffs[0].added),
        (ToolKind::Edit, "hello.txt", 1)
    );
    assert!(!format!("{asked:?}").contains(bench.host.folder().to_str().unwrap()), "LO8: {asked:?}");
    assert_eq!(bench.file("hello.txt"), None, "nothing is done unasked");
    bench.room.permit(PermissionAnswer::Allow).await;
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(bench.file("hello.txt").as_deref(), Some("Hello\n"));
    assert_eq!(bench.tools(), [(ToolStatus::Completed, "hello.txt was written.".to_owned())]);

    bench.room.prompt("SHELL touch made-by-tool").await.unwrap();
    let asked = bench.room.permit(PermissionAnswer::Reject).await;
    assert_eq!((asked.command.as_deref(), asked.directory.as_str()), (Some("touch made-by-tool"), "."));
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Completed, "the model goes on without it");
    assert_eq!(bench.file("made-by-tool"), None);

    bench.mode("accept-edits").await;
    bench.room.prompt("WRITE hello.txt Unasked\\n").await.unwrap();
    assert_eq!(bench.room.ended(3).await, TurnOutcome::Completed);
    assert_eq!(bench.file("hello.txt").as_deref(), Some("Unasked\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ba12_its_plan_is_a_ballot_and_the_reason_of_a_deny_reaches_it() {
    let plan = |text: &str| json!([{ "tool": { "name_like": ["propose_plan"], "input": { "plan": text } } }]);
    let write = json!([{ "tool": { "name_like": ["write"], "input": { "path": "a.txt", "content": "a" } } }]);
    let script = json!({ "steps": [
        { "match": "Too bold", "reply": plan("1. Less"), "then": [write, [{ "text": "Less it is." }]] },
        { "match": "Plan it", "reply": plan("1. All") },
    ] });
    let bench = Bench::with(script, "anthropic").await;
    bench.mode("plan").await;
    bench.room.prompt("Plan it").await.unwrap();
    bench.vote(Choice::Deny { reason: "Too bold".to_owned() }).await;
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Cancelled);
    let revised = |view: &model::RoomView| view.ballots.iter().any(|ballot| ballot.plan.text == "1. Less");
    bench.room.view("the next plan", revised).await;
    bench.vote(Choice::Approve).await;
    bench.room.permit(PermissionAnswer::Allow).await;
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Completed);
    assert_eq!(bench.file("a.txt").as_deref(), Some("a"), "PE6: after leave of its own");
    assert_eq!(said(&bench.room.held()).last().unwrap(), "Less it is.");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_question_is_answered_by_the_people() {
    let bench = Bench::new().await;
    bench.room.prompt("ASK Which colour?").await.unwrap();
    let view = bench.room.view("a question", |view| !view.questions.is_empty()).await;
    let asked = &view.questions[0];
    assert_eq!(asked.asked.text, "Which colour?");
    assert_eq!(asked.asked.fields[0].options, ["Red", "Blue"]);
    let answers = BTreeMap::from([(asked.asked.fields[0].key.clone(), vec!["Blue".to_owned()])]);
    let (session, question) = (bench.room.session, asked.question);
    let answer = Request::Answer { command: command(), session, question, answers };
    bench.room.client.call(answer).await.unwrap();
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(said(&bench.room.held()).last().unwrap(), "Tool said: Blue");
}

#[tokio::test(flavor = "multi_thread")]
async fn tu5_it_yields_to_a_stop_in_its_text_and_in_its_tools() {
    let bench = Bench::new().await;
    bench.room.prompt("SLOW 3").await.unwrap();
    bench.model.held().await;
    bench.room.stop().await;
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Cancelled);

    bench.mode("bypass").await;
    bench.room.prompt("SHELL echo begun > begun; exec sleep 1000").await.unwrap();
    while bench.file("begun").is_none() {
        tokio::task::yield_now().await;
    }
    let running = bench.host.processes();
    bench.room.stop().await;
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Cancelled);
    assert_eq!(bench.host.processes(), running - 1, "the command has ended, the agent is warm");
    bench.room.prompt("SAY once more").await.unwrap();
    assert_eq!(bench.room.ended(3).await, TurnOutcome::Completed);
    assert_eq!(said(&bench.room.held()).last().unwrap(), "once more");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag5_it_remembers_after_the_host_was_killed_and_leaves_no_command_behind() {
    let mut bench = Bench::new().await;
    bench.room.prompt("SAY my word is amaranth").await.unwrap();
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed);
    bench.mode("bypass").await;
    bench.room.prompt("SHELL setsid sh -c 'echo $$ > pid; exec sleep 1000'; wait").await.unwrap();
    while bench.file("pid").is_none_or(|pid| pid.is_empty()) {
        tokio::task::yield_now().await;
    }
    let pid = bench.file("pid").unwrap();
    bench.host.kill();
    bench.host.start();
    let room = Room::owner(&bench.host, &bench.session).await;
    assert_eq!(room.ended(2).await, TurnOutcome::Interrupted);
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    assert!(stat.is_err() || stat.unwrap().contains(") Z "), "the command outlived its host");
    room.prompt("SAY again").await.unwrap();
    assert_eq!(room.ended(3).await, TurnOutcome::Completed);
    assert_eq!(room.view("its memory", |view| view.memory.is_some()).await.memory, Some(Memory::Resumed));
    let told = bench.model.requests().pop().unwrap().to_string();
    // It saw its host go and stopped the command, or was ended before it could.
    let is_closed = ["[stopped]", "Not run"].iter().any(|end| told.contains(end));
    assert!(told.contains("amaranth") && is_closed, "{told}");
    assert_eq!(said(&room.held()), ["my word is amaranth", "again"], "nothing is shown twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn gr5_a_guest_runs_it_only_in_a_mode_that_asks() {
    let bench = Bench::new().await;
    let share = ["share", "new", "--workspace", &bench.workspace.id, "--preset", "collaborator"];
    let guest = Guest::invited(&bench.host.json(&share)).join(&bench.host, "Bea").await;
    let bea = Room::enter(guest, &bench.session).await;
    bench.mode("bypass").await;
    bea.prompt("SHELL touch made-by-tool").await.unwrap();
    let (reason, _) = failure(bench.room.ended(1).await);
    assert!(reason.contains("may do more than this guest may ask for"), "{reason}");
    bench.mode("default").await;
    bea.prompt("SHELL touch made-by-tool").await.unwrap();
    bench.room.permit(PermissionAnswer::Reject).await;
    bench.room.ended(2).await;
    assert_eq!(bench.file("made-by-tool"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn ag6_its_key_reaches_neither_a_command_nor_the_log() {
    let bench = Bench::new().await;
    bench.mode("bypass").await;
    let look = "env; tr '\\\\0' '\\\\n' < /proc/$PPID/environ; ls /proc/$PPID/fd";
    bench.room.prompt(&format!("SHELL {look}")).await.unwrap();
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed);
    let (_, output) = bench.tools().remove(0);
    assert!(output.contains("HOME="), "{output}");
    // Masked or not: it is not there.
    assert!(!output.contains(SECRET) && !output.contains("•••"), "{output}");
    assert_eq!(files_with(SECRET, bench.host.data()), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_its_endpoint_refuses_fails_the_turn_in_words_and_the_next_works() {
    let fault = json!({ "error": { "status": 401, "message": format!("{SECRET} is wrong"), "times": 1 } });
    let steps = json!([{ "match": "bad", "reply": [fault, { "text": "Well." }] }]);
    let bench = Bench::with(json!({ "steps": steps }), "openai").await;
    bench.room.prompt("bad").await.unwrap();
    let (reason, _) = failure(bench.room.ended(1).await);
    assert!(reason.contains("status 401: ••• is wrong"), "{reason}");
    bench.room.prompt("Again").await.unwrap();
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Completed);
}

async fn offered(host: &Host) -> wire::AgentRow {
    let Reply::Agents { agents } = host.owner().await.call(Request::Agents).await.unwrap() else { panic!() };
    agents.into_iter().find(|row| row.agent.0 == AGENT).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ag8_without_an_endpoint_it_is_not_offered_and_a_kept_key_is_all_it_needs() {
    let mut host = Host::on();
    let row = offered(&host).await;
    assert!(!row.found && row.details.unwrap().hint.unwrap().contains("conclave agent key set built-in"));
    host.stop();
    let kept = host.tell(&["agent", "key", "set", AGENT], &format!("{SECRET}\n"));
    assert_eq!(kept, json!({ "kind": "agent_key", "agent": AGENT, "kept": "file" }));
    assert_eq!(files_with(SECRET, host.data()), ["credentials/agent built-in"]);
    assert!(
        host.refuses(&["agent", "key", "set", "rehearsal"]).contains("built-in, claude, claude-agent-acp")
    );
    host.start();
    assert!(offered(&host).await.found);
    assert_eq!(host.json(&["agent", "key", "remove", AGENT])["removed"], true);
    assert!(files_with(SECRET, host.data()).is_empty());
}

/// Of a folder and all below it.
fn files_with(words: &str, root: &Path) -> Vec<String> {
    let (mut folders, mut found) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file()
                && fs::read(&path).unwrap().windows(words.len()).any(|part| part == words.as_bytes())
            {
                found.push(path.strip_prefix(root).unwrap().display().to_string());
            }
        }
    }
    found
}
