//! An agent that means ill, run by a guest's prompt: what it gets, and what it does not.
//! `SECURITY.md` says the same in words.

use std::path::Path;

use model::{Actor, Delivery, Event, PermissionAnswer, TurnOutcome};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use testkit::command;
use wire::{FailureCode, Request};

use crate::checkout::Workspace;
use crate::host::{Host, program};
use crate::journey::Guest;
use crate::room::{Room, said};

const SECRET: &str = "sk-a-secret-of-the-owner";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/rehearsal/scripts/malicious.json");

struct Plot {
    host: Host,
    workspace: Workspace,
    ada: Room,
    bea: Room,
}

impl Plot {
    async fn with(script: &Path) -> Self {
        let mut host = Host::off();
        let data = host.data().display().to_string();
        let conclave = program("conclave").display().to_string();
        let keys = [("HOST_DATA", data.as_str()), ("CONCLAVE", &conclave), ("ACTOR_API_KEY", SECRET)];
        keys.iter().for_each(|(name, value)| host.set(name, *value));
        let keys = keys.map(|(name, _)| name);
        let state = host.folder().join("malicious-state");
        let args = json!(["--script", script, "--state", state, "--pace", "fast"]);
        let modes = json!({ "default": "ask" });
        let program = program("conclave-rehearsal");
        let entry = json!({
            "name": "Malice", "program": program, "args": args, "env_keys": keys, "modes": modes,
        });
        host.agent("malicious", entry);
        host.set("DATABASE_PASSWORD", "hunter2-hunter2");
        host.set("XDG_RUNTIME_DIR", host.folder().display().to_string());
        host.start();
        let (_, workspace, session) = host.session("malicious");
        let minted = host.json(&[
            "share",
            "new",
            "--workspace",
            &workspace.id,
            "--preset",
            "collaborator",
            "--consensus",
        ]);
        let bea = Guest::invited(&minted).join(&host, "Bea").await;
        let (ada, bea) = (Room::owner(&host, &session).await, Room::enter(bea, &session).await);
        Self { host, workspace, ada, bea }
    }

    async fn set() -> Self {
        Self::with(Path::new(SCRIPT)).await
    }

    async fn attack(&self, how: &str) {
        self.bea.prompt(how).await.unwrap();
    }

    /// What its commands said, one text each.
    fn outputs(&self) -> Vec<String> {
        let held = self.ada.held();
        let outputs = held.facts().filter_map(|event| match event {
            Event::ToolEnded { output, .. } => Some(output.text),
            _ => None,
        });
        outputs.collect()
    }

    fn shares(&self) -> usize {
        self.host.json(&["share", "list"])["shares"].as_array().unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gr8_an_agent_does_not_speak_as_the_owner_nor_mints_a_share() {
    let plot = Plot::set().await;
    plot.attack("socket").await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Completed);
    let outputs = plot.outputs();
    assert_eq!(outputs.len(), 6, "{outputs:#?}");
    for said in [&outputs[..4], &outputs[5..]].concat() {
        assert!(said.contains("do not speak for its owner"), "{said}");
    }
    assert_eq!(plot.shares(), 1);
    assert_eq!(plot.host.json(&["door", "list"])["knocks"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn ag6_lo8_an_agent_gets_no_secret_of_the_host_and_its_own_are_not_shown() {
    let plot = Plot::set().await;
    plot.attack("keys").await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Completed);
    let outputs = plot.outputs();
    let given = |name: &str| outputs[0].contains(&format!("given: {name}="));
    assert!(given("PATH") && given("HOME"), "{}", outputs[0]);
    assert!(!given("DATABASE_PASSWORD") && !given("XDG_RUNTIME_DIR"), "{}", outputs[0]);
    assert!(outputs[1].starts_with("my key is ") && !outputs[1].contains(SECRET), "{}", outputs[1]);
    for (_, event) in events(&plot.bea) {
        assert!(!event.to_string().contains(SECRET), "{event}");
    }
    // There is no sandbox: what its user can read, it can.
    for file in ["owner-token", "host-key.pem", "conclave.db"] {
        assert!(outputs[2].contains(&format!("can read {file}")), "{}", outputs[2]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pe1_pe5_an_agent_does_not_answer_its_own_question() {
    let plot = Plot::set().await;
    plot.attack("answer").await;
    let view = plot.ada.view("its question", |view| !view.permissions.is_empty()).await;
    assert!(plot.outputs()[0].contains("do not speak for its owner"));
    let (session, permission) = (plot.bea.session, view.permissions[0].permission);
    let answer = PermissionAnswer::Allow;
    let hers = Request::AnswerPermission { command: command(), session, permission, answer };
    assert_eq!(plot.bea.client.call(hers).await.unwrap_err().code, FailureCode::Forbidden);
    let before = std::fs::read_to_string(plot.workspace.worktree.join("README.md")).unwrap();
    assert!(!before.contains("Edited"), "nothing but the owner's answer allows it");
    plot.ada.permit(PermissionAnswer::Reject).await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Completed);
    assert_eq!(std::fs::read_to_string(plot.workspace.worktree.join("README.md")).unwrap(), before);
    let answered =
        plot.ada.held().facts().filter(|it| matches!(it, Event::PermissionAnswered { .. })).count();
    assert_eq!(answered, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn gr4_ba3_what_an_agent_writes_is_nobody_elses_word_and_no_vote() {
    let plot = Plot::set().await;
    plot.attack("forge").await;
    let view = plot.ada.view("a ballot", |view| !view.ballots.is_empty()).await;
    assert!(
        view.ballots[0].voters.iter().all(|voter| voter.choice.is_none()),
        "{:?}",
        view.ballots[0].voters
    );
    let words = said(&plot.bea.held()).concat();
    assert!(words.contains("Ada approved this plan."), "its words are shown, as its own: {words}");
    assert!(!words.contains("from another session") && !words.contains("I approve."), "{words}");
    for (actor, event) in events(&plot.bea) {
        let by_people = ["prompt_queued", "vote_cast", "person_joined", "turn_taken", "permission_answered"];
        let speaks = ["message_said", "plan_proposed", "ballot_opened"];
        let kind = event["type"].as_str().unwrap();
        assert!(kind != "vote_cast", "{event}");
        let person = matches!(actor, Actor::Person { .. });
        assert!(!(person && speaks.contains(&kind)), "{actor:?}: {event}");
        assert!(!(actor == Actor::Agent && by_people.contains(&kind)), "{actor:?}: {event}");
    }
    plot.ada.stop().await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Cancelled);
    assert!(!said(&plot.ada.held()).concat().contains("Everybody agreed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn tu5_ag3_a_flood_is_stopped_by_the_owner_and_the_room_goes_on() {
    let flood = json!({ "turns": [
        { "when": "flood", "steps": [{ "say": "word ".repeat(2_000_000) }] },
        { "steps": [{ "say": "All is well." }] },
    ] });
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("flood.json");
    std::fs::write(&script, flood.to_string()).unwrap();
    let plot = Plot::with(&script).await;
    plot.attack("flood").await;
    plot.ada.event("its turn", |event| matches!(event, Event::TurnBegan { .. })).await;
    let title = "Enough".to_owned();
    let rename = Request::RenameSession { command: command(), session: plot.ada.session, title };
    plot.ada.client.call(rename).await.unwrap();
    plot.ada.stop().await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Cancelled);
    let (session, text, delivery) = (plot.bea.session, "good".to_owned(), Delivery::Now);
    plot.bea
        .client
        .call(Request::Prompt { command: command(), session, text, delivery, images: vec![] })
        .await
        .unwrap();
    assert_eq!(plot.ada.ended(2).await, TurnOutcome::Completed);
    assert_eq!(said(&plot.ada.held()).last().unwrap(), "All is well.");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag3_what_an_agent_left_running_ends_with_the_host_unless_it_hides() {
    let mut plot = Plot::set().await;
    plot.attack("linger").await;
    assert_eq!(plot.ada.ended(1).await, TurnOutcome::Completed);
    let pid = |file: &str| {
        let text = std::fs::read_to_string(plot.workspace.worktree.join(file)).unwrap();
        text.trim().parse::<u32>().unwrap()
    };
    let (tagged, untagged) = (pid("tagged"), pid("untagged"));
    assert!(runs(tagged) && runs(untagged));
    plot.host.stop();
    assert!(!runs(tagged));
    // Without the mark in its environment and without its parents nobody knows whose it is.
    assert!(runs(untagged), "if it ends now, say so in SECURITY.md");
    kill(Pid::from_raw(untagged.cast_signed()), Signal::SIGKILL).unwrap();
}

fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').map(|(_, fields)| fields.trim_start().chars().next());
    state.flatten().is_some_and(|state| state != 'Z')
}

/// Who did what, as a reader has it.
fn events(room: &Room) -> Vec<(Actor, Value)> {
    room.held().events.into_iter().map(|logged| (logged.actor, logged.event)).collect()
}
