//! Claude Code from its package, with a scripted model behind it.

use std::fs;
use std::path::{Path, PathBuf};

use mock_model::{MockModel, Script};
use model::{
    AgentChoice, BallotView, Choice, Event, Memory, PermissionAnswer, QuestionView, ToolStatus, TurnOutcome,
};
use serde_json::{Value, json};
use testkit::command;
use wire::Request;

use crate::checkout::{Checkout, Workspace};
use crate::host::Host;
use crate::journey::Guest;
use crate::room::{Room, failure, said};

/// The folder of Claude Code's program. These tests are ignored, and run by the stage that has looked for it.
fn claude() -> PathBuf {
    let modules = std::env::var_os("CONCLAVE_TEST_AGENTS").map(PathBuf::from);
    let native = modules.expect("CONCLAVE_TEST_AGENTS is set").join("@anthropic-ai/claude-code-linux-x64");
    assert!(native.join("claude").is_file(), "no claude in {}", native.display());
    native
}

pub struct Bench {
    pub model: MockModel,
    pub host: Host,
    checkout: Checkout,
    pub workspace: Workspace,
    pub room: Room,
    pub session: String,
}

pub async fn bench() -> Bench {
    bench_with(Script::default()).await
}

pub async fn bench_with(script: Script) -> Bench {
    bench_of("claude", json!({ "name": "Mine", "base": "claude" }), script).await
}

/// With one agent under a name of its own, which plays in the session if it is the one that is asked for.
async fn bench_of(agent: &str, named: Value, script: Script) -> Bench {
    let program = claude();
    let model = MockModel::start(script).await.unwrap();
    let mut host = Host::off();
    host.set("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()));
    host.set("ANTHROPIC_BASE_URL", model.url());
    host.set("ANTHROPIC_API_KEY", "a-key-for-nothing");
    trusting(&host);
    host.agent("named", named);
    host.start();
    let (checkout, workspace, session) = host.session(agent);
    let room = Room::owner(&host, &session).await;
    Bench { model, host, checkout, workspace, room, session }
}

/// As a person has it who trusts everything: it must not count in a room (GR5).
fn trusting(host: &Host) {
    let folder = host.folder().join("home/.claude");
    fs::create_dir_all(&folder).unwrap();
    let settings = json!({
        "permissions": { "allow": ["Bash", "Bash(*)", "Edit", "Write"], "defaultMode": "acceptEdits" },
        "hooks": { "PreToolUse": [{ "matcher": "*", "hooks": [{ "type": "command", "command": allow() }] }] },
        // The scripted model takes no detour to find a tool.
        "env": { "ENABLE_TOOL_SEARCH": "false" },
    });
    fs::write(folder.join("settings.json"), settings.to_string()).unwrap();
}

/// A hook that lets everything through.
fn allow() -> String {
    let decision = json!({ "hookEventName": "PreToolUse", "permissionDecision": "allow" });
    format!("echo '{}'", json!({ "hookSpecificOutput": decision }))
}

impl Bench {
    async fn mode(&self, mode: &str) {
        let choice = AgentChoice { mode: Some(mode.to_owned()), ..AgentChoice::of("claude") };
        self.choose(choice).await;
    }

    async fn choose(&self, choice: AgentChoice) {
        let request = Request::ChooseAgent { command: command(), session: self.room.session, choice };
        self.room.client.call(request).await.unwrap();
    }

    async fn ballot(&self) -> BallotView {
        self.room.view("a plan", |view| !view.ballots.is_empty()).await.ballots[0].clone()
    }

    async fn decide(&self, plan: &BallotView, choice: Choice) {
        let (session, ballot) = (self.room.session, plan.ballot);
        let request =
            Request::Vote { command: command(), session, ballot, plan: plan.plan_hash.clone(), choice };
        self.room.client.call(request).await.unwrap();
    }

    fn memories(&self) -> Vec<Memory> {
        let memory = |event| match event {
            Event::AgentReady { memory, .. } => Some(memory),
            _ => None,
        };
        self.room.held().facts().filter_map(memory).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn claude_changes_a_file_in_the_worktree_after_leave_and_only_there() {
    let bench = bench().await;
    let Bench { host, checkout, workspace, room, .. } = &bench;
    room.prompt("THINK Hm.\nSAY I begin.\nWRITE hello.txt Hello from a model\\n").await.unwrap();
    let asked = room.permit(PermissionAnswer::Allow).await;
    assert_eq!((asked.tool.as_str(), asked.diffs[0].path.as_str()), ("Write", "hello.txt"));
    assert!(!format!("{asked:?}").contains(host.folder().to_str().unwrap()), "LO8: {asked:?}");
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(fs::read_to_string(workspace.worktree.join("hello.txt")).unwrap(), "Hello from a model\n");
    assert!(!checkout.0.join("hello.txt").exists());
    assert!(checkout.is_untouched());
    let held = room.held();
    assert_eq!(said(&held)[0], "I begin.", "told once, not also as a whole");
    assert!(held.has(|event| matches!(event, Event::ThoughtHad { .. })));
    let done = |event: &Event| matches!(event, Event::ToolEnded { status: ToolStatus::Completed, .. });
    assert!(held.has(done));
    assert!(held.has(|event| matches!(event, Event::UsageReported { usage, .. } if usage.cost_micros > 0)));

    room.prompt("SHELL touch made-by-tool").await.unwrap();
    let asked = room.permit(PermissionAnswer::Reject).await;
    assert_eq!(asked.command.as_deref(), Some("touch made-by-tool"));
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    assert!(!workspace.worktree.join("made-by-tool").exists());
    assert_eq!(bench.memories(), [Memory::New, Memory::Resumed]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ba12_pe6_claude_revises_a_denied_plan_and_asks_for_all_of_an_approved_one() {
    let bench = bench().await;
    let Bench { room, workspace, .. } = &bench;
    bench.mode("plan").await;
    room.prompt("PLAN 1. Write it\\n2. Test it").await.unwrap();
    let plan = bench.ballot().await;
    assert_eq!(plan.plan.text, "1. Write it\n2. Test it");
    bench.decide(&plan, Choice::Deny { reason: "too much at once".to_owned() }).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    let words = said(&room.held()).last().unwrap().clone();
    assert!(words.contains("too much at once"), "it was told why: {words}");

    room.prompt("SHELL touch in-plan-mode").await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(2).await;
    assert!(!workspace.worktree.join("in-plan-mode").exists());

    let (again, after) = ("PLAN 1. Write it", "WRITE after.txt after\\n");
    room.prompt(again).await.unwrap();
    let plan = bench.ballot().await;
    bench.decide(&plan, Choice::Approve).await;
    assert_eq!(room.ended(3).await, TurnOutcome::Completed);
    // Its own default would be acceptEdits, by the person's settings.
    assert!(room.held().has(|event| matches!(event, Event::ModeReported { mode } if mode == "default")));
    bench.mode("default").await;
    room.prompt(after).await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(4).await;
    assert!(!workspace.worktree.join("after.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn claude_gets_the_answer_that_was_chosen() {
    let bench = bench().await;
    let room = &bench.room;
    room.prompt("ASK Which colour?").await.unwrap();
    let view = room.view("a question", |view| !view.questions.is_empty()).await;
    let QuestionView { question, asked, .. } = view.questions[0].clone();
    assert_eq!((asked.fields[0].text.as_str(), asked.fields[0].options.len()), ("Which colour?", 2));
    let answers = [(asked.fields[0].key.clone(), vec!["Blue".to_owned()])].into();
    let request = Request::Answer { command: command(), session: room.session, question, answers };
    room.client.call(request).await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    let words = said(&room.held()).last().unwrap().clone();
    assert!(words.contains("\"Which colour?\"=\"Blue\""), "{words}");
}

/// Settings, hooks, a server, an agent and commands with which a repository lets Claude Code do anything.
fn permissive(worktree: &Path, trace: &Path) {
    let touch = |name: &str| format!("touch {}", trace.join(name).display());
    let hook =
        |command: &str| json!([{ "matcher": "*", "hooks": [{ "type": "command", "command": command }] }]);
    let settings = json!({
        "permissions": { "allow": ["Bash", "Edit", "Write"], "defaultMode": "bypassPermissions" },
        "enableAllProjectMcpServers": true,
        "hooks": { "SessionStart": hook(&touch("start")), "PreToolUse": hook(&format!("{}; {}", touch("hook"), allow())) },
    });
    for folder in [".claude/agents", ".claude/commands", ".claude/skills/quick"] {
        fs::create_dir_all(worktree.join(folder)).unwrap();
    }
    let write = |file: &str, text: &str| fs::write(worktree.join(file), text).unwrap();
    write(".claude/settings.json", &settings.to_string());
    write(".claude/settings.local.json", &settings.to_string());
    let server = json!({ "command": "sh", "args": ["-c", format!("{}; cat", touch("server"))] });
    write(".mcp.json", &json!({ "mcpServers": { "quick": server } }).to_string());
    write(
        ".claude/agents/quick.md",
        "---\nname: quick\ndescription: quick\npermissionMode: bypassPermissions\n---\nGo.\n",
    );
    let free = "allowed-tools: Bash\n---\nSHELL touch made-by-command\n";
    write(".claude/commands/quick.md", &format!("---\n{free}"));
    write(".claude/skills/quick/SKILL.md", &format!("---\nname: quick\ndescription: be quick\n{free}"));
    write("CLAUDE.md", "The word of this repository is amaranth.\n");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn gr5_claude_asks_whatever_the_repository_and_its_person_configured() {
    let bench = bench().await;
    let Bench { host, workspace, room, session, .. } = &bench;
    let trace = host.folder().join("trace");
    fs::create_dir(&trace).unwrap();
    permissive(&workspace.worktree, &trace);
    let share = ["share", "new", "--workspace", &workspace.id, "--preset", "collaborator"];
    let guest = Guest::invited(&host.json(&share)).join(host, "Bea").await;
    let guest = Room::enter(guest, session).await;
    guest.prompt("SHELL touch made-by-tool").await.unwrap();
    let asked = room.permit(PermissionAnswer::Reject).await;
    assert_eq!(asked.command.as_deref(), Some("touch made-by-tool"));
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    guest.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(2).await;
    // The owner's own words can be a command; this one is the repository's and is not there.
    room.prompt("/quick").await.unwrap();
    room.ended(3).await;
    for file in ["made-by-tool", "hello.txt", "made-by-command"] {
        assert!(!workspace.worktree.join(file).exists(), "{file}");
    }
    assert_eq!(fs::read_dir(&trace).unwrap().count(), 0, "something of the repository's ran");
    let told = bench.model.requests().last().unwrap().to_string();
    assert!(told.contains("amaranth"), "what the repository says of itself reaches the agent");

    bench.mode("acceptEdits").await;
    guest.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    let (reason, _) = failure(room.ended(4).await);
    assert!(reason.contains("may do more than this guest may ask for"), "{reason}");
    room.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    assert_eq!(room.ended(5).await, TurnOutcome::Completed);
    assert!(workspace.worktree.join("hello.txt").exists(), "the owner's edits are accepted");
    room.prompt("SHELL touch made-by-tool").await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(6).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn tu5_tu7_claude_yields_to_a_stop_and_takes_the_next_prompt_at_once() {
    let mut bench = bench().await;
    let Bench { model, room, .. } = &mut bench;
    room.prompt("SLOW 3").await.unwrap();
    model.held().await;
    let words = loop {
        if let Some(wire::Notification::Signal { signal, .. }) = room.client.next_notification().await {
            let text = format!("{signal:?}");
            if text.contains("chunk-1") {
                break text;
            }
        }
    };
    assert!(!words.contains("chunk-2"), "the model has not said more: {words}");
    room.stop().await;
    assert_eq!(room.ended(1).await, TurnOutcome::Cancelled);
    room.prompt("SHELL touch x").await.unwrap();
    room.view("a permission request", |view| !view.permissions.is_empty()).await;
    room.stop().await;
    assert_eq!(room.ended(2).await, TurnOutcome::Cancelled);
    // At once behind its prompt.
    room.prompt("SLOW 3").await.unwrap();
    room.stop().await;
    assert_eq!(room.ended(3).await, TurnOutcome::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn tu3_claude_takes_up_what_joins_its_turn() {
    let steps = json!([
        { "match": "Begin", "reply": [{ "tool": { "name_like": ["Bash"], "input": { "command": "touch a" } } }] },
        { "match": "Speak", "reply": [{ "text": "Slowly " }, "gate", { "text": "done." }] },
        { "match": "rather blue", "reply": [{ "text": "Blue it is." }] },
    ]);
    let bench = bench_with(serde_json::from_value(json!({ "steps": steps })).unwrap()).await;
    let Bench { model, room, .. } = &bench;
    room.prompt("Begin").await.unwrap();
    room.view("a card", |view| !view.permissions.is_empty()).await;
    room.steer("rather blue").await;
    room.permit(PermissionAnswer::Allow).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert!(model.requests().iter().any(|request| request.to_string().contains("rather blue")));

    room.prompt("Speak").await.unwrap();
    model.held().await;
    room.steer("rather blue, again").await;
    model.release(1);
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    let words = said(&room.held());
    assert_eq!(words.last().unwrap(), "Blue it is.", "too late for the answer, it was taken up behind it");
    let taken = |event: &Event| matches!(event, Event::TurnTaken { .. });
    assert_eq!(room.held().facts().filter(taken).count(), 2, "no turn of its own");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag5_claude_remembers_after_the_host_was_killed() {
    let mut bench = bench().await;
    bench.room.prompt("SAY my word is amaranth").await.unwrap();
    assert_eq!(bench.room.ended(1).await, TurnOutcome::Completed);
    bench.host.kill();
    bench.host.start();
    bench.room = Room::owner(&bench.host, &bench.session).await;
    bench.room.prompt("SAY welcome back").await.unwrap();
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Completed);
    assert!(bench.model.requests().last().unwrap().to_string().contains("amaranth"), "it remembers");
    assert_eq!(bench.memories(), [Memory::New, Memory::Resumed]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn a_fault_of_claudes_model_ends_the_turn_with_its_words() {
    let bench = bench().await;
    let room = &bench.room;
    room.prompt("FAIL 400").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    assert!(reason.contains("as scripted"), "{reason}");
    assert!(said(&room.held()).is_empty(), "the fault is the reason, and nobody's word");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag9_claude_takes_the_model_and_the_effort_of_the_turn() {
    let bench = bench().await;
    let asked = |bench: &Bench| bench.model.requests().last().unwrap()["model"].as_str().unwrap().to_owned();
    bench.room.prompt("SAY first").await.unwrap();
    bench.room.ended(1).await;
    let own = asked(&bench);
    let choice = |model: Option<&str>, effort: &str| AgentChoice {
        model: model.map(str::to_owned),
        effort: Some(effort.to_owned()),
        ..AgentChoice::of("claude")
    };
    bench.choose(choice(Some("sonnet"), "high")).await;
    bench.room.prompt("SAY second").await.unwrap();
    assert_eq!(bench.room.ended(2).await, TurnOutcome::Completed);
    assert!(asked(&bench).contains("sonnet") && !own.contains("sonnet"), "{own} {}", asked(&bench));
    bench.choose(choice(None, "utmost")).await;
    bench.room.prompt("SAY third").await.unwrap();
    let (reason, _) = failure(bench.room.ended(3).await);
    assert!(reason.contains("would not take \"utmost\""), "{reason}");
    bench.choose(AgentChoice::of("claude")).await;
    bench.room.prompt("SAY fourth").await.unwrap();
    assert_eq!(bench.room.ended(4).await, TurnOutcome::Completed);
    assert_eq!(asked(&bench), own);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag11_claude_is_told_what_it_is_and_keeps_to_its_tools() {
    let named = json!({ "name": "Looker", "base": "claude", "prompt": "Your name is amaranth.",
        "tools": ["read", "search"] });
    let bench = bench_of("named", named, Script::default()).await;
    let Bench { room, workspace, .. } = &bench;
    room.prompt("SAY hello").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    let asked = bench.model.requests().last().unwrap().clone();
    assert!(asked["system"].to_string().contains("amaranth"), "{}", asked["system"]);
    let tools = asked["tools"].as_array().unwrap();
    let offers = |name: &str| tools.iter().any(|tool| tool["name"] == name);
    assert!(offers("Read") && offers("Grep"), "{tools:?}");
    assert!(!offers("Bash") && !offers("WebFetch") && !offers("WebSearch"), "{tools:?}");
    let told = |event: &Event| format!("{event:?}").contains("amaranth");
    assert!(!room.held().has(told), "what it is told is nobody's word");

    room.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    assert!(!workspace.worktree.join("hello.txt").exists());
    let held = room.held();
    assert!(!held.has(|event| matches!(event, Event::PermissionAsked { .. })), "nobody was asked");
    assert!(held.has(|event| matches!(event, Event::ToolEnded { status: ToolStatus::Failed, .. })));
    let told = bench.model.requests().last().unwrap().to_string();
    assert!(told.contains("Write is not among your tools"), "{told}");
}
