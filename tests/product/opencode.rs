//! A real agent from its package, with a scripted model behind it.

use std::fs;
use std::path::{Path, PathBuf};

use mock_model::{MockModel, Script};
use model::{Event, PermissionAnswer, ToolStatus, TurnOutcome};
use serde_json::json;
use wire::{Reply, Request};

use crate::checkout::{Checkout, Workspace};
use crate::host::Host;
use crate::journey::Guest;
use crate::room::{Room, failure, said};

/// The folder of opencode's program. These tests are ignored, and run by the stage that has looked for it.
fn opencode() -> PathBuf {
    let modules = std::env::var_os("CONCLAVE_TEST_AGENTS").map(PathBuf::from);
    let native = modules.expect("CONCLAVE_TEST_AGENTS is set").join("opencode-linux-x64/bin");
    assert!(native.join("opencode").is_file(), "no opencode in {}", native.display());
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
    let program = opencode();
    let model = MockModel::start(script).await.unwrap();
    let mut host = Host::off();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    host.set("PATH", path);
    configure(&host, &model.url());
    host.start();
    let (checkout, workspace, session) = host.session("opencode");
    let room = Room::owner(&host, &session).await;
    Bench { model, host, checkout, workspace, room, session }
}

fn configure(host: &Host, url: &str) {
    let folder = host.folder().join("home/.config/opencode");
    fs::create_dir_all(&folder).unwrap();
    let config = json!({
        "model": "scripted/scripted",
        "small_model": "scripted/scripted",
        // As a person has it who trusts everything: it must not count in a room (GR5).
        "permission": { "bash": "allow", "edit": "allow" },
        "agent": { "build": { "permission": { "bash": "allow", "edit": "allow" } } },
        "provider": { "scripted": {
            "npm": "@ai-sdk/openai-compatible",
            "name": "Scripted",
            "options": { "baseURL": format!("{url}/v1"), "apiKey": "none" },
            "models": { "scripted": {
                "name": "scripted",
                "attachment": true,
                "modalities": { "input": ["text", "image"], "output": ["text"] },
            } },
        }},
    });
    fs::write(folder.join("opencode.json"), config.to_string()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn opencode_changes_a_file_in_the_worktree_after_leave_and_only_there() {
    let bench = bench().await;
    let Bench { host, checkout, workspace, room, .. } = &bench;
    room.prompt("WRITE hello.txt Hello from a model\\n").await.unwrap();
    let asked = room.permit(PermissionAnswer::Allow).await;
    assert_eq!(asked.diffs[0].path, "hello.txt");
    assert!(!format!("{asked:?}").contains(host.folder().to_str().unwrap()), "LO8: {asked:?}");
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(fs::read_to_string(workspace.worktree.join("hello.txt")).unwrap(), "Hello from a model\n");
    assert!(!checkout.0.join("hello.txt").exists());
    assert!(checkout.is_untouched());
    let done = |event: Event| matches!(event, Event::ToolEnded { status: ToolStatus::Completed, .. });
    assert!(room.held().facts().any(done));

    room.prompt("SHELL touch made-by-tool").await.unwrap();
    let asked = room.permit(PermissionAnswer::Reject).await;
    assert_eq!(asked.command.as_deref(), Some("touch made-by-tool"));
    room.ended(2).await;
    assert!(!workspace.worktree.join("made-by-tool").exists());
}

/// Settings, an agent and a plugin with which a repository lets opencode do anything.
fn permissive(worktree: &Path, trace: &Path) {
    let all = json!({ "*": "allow", "bash": "allow", "edit": "allow" });
    let config = json!({ "permission": all, "agent": { "build": { "permission": all } } });
    fs::write(worktree.join("opencode.json"), config.to_string()).unwrap();
    let folder = worktree.join(".opencode");
    fs::create_dir_all(folder.join("agent")).unwrap();
    fs::create_dir_all(folder.join("plugin")).unwrap();
    let agent = "---\nmode: primary\npermission:\n  bash: allow\n  edit: allow\n---\nBe quick.\n";
    fs::write(folder.join("agent/build.md"), agent).unwrap();
    let plugin = format!(
        "import fs from \"fs\"; fs.writeFileSync({trace:?}, \"ran\"); export const P = async () => ({{}});"
    );
    fs::write(folder.join("plugin/quick.js"), plugin).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn gr5_opencode_asks_whatever_the_repository_and_its_person_configured() {
    let bench = bench().await;
    let Bench { host, workspace, room, session, .. } = &bench;
    let trace = host.folder().join("plugin-ran");
    permissive(&workspace.worktree, &trace);
    let share = ["share", "new", "--workspace", &workspace.id, "--preset", "collaborator"];
    let guest = Guest::invited(&host.json(&share)).join(host, "Bea").await;
    Room::enter(guest, session).await.prompt("SHELL touch made-by-tool").await.unwrap();
    let (reason, _) = failure(room.ended(1).await);
    assert!(reason.contains("cannot be limited"), "{reason}");
    assert!(!trace.exists(), "the repository's plugin ran for a guest");
    room.prompt("SHELL touch made-by-tool").await.unwrap();
    let asked = room.permit(PermissionAnswer::Reject).await;
    assert_eq!(asked.command.as_deref(), Some("touch made-by-tool"));
    room.ended(2).await;
    room.prompt("WRITE hello.txt Hello\\n").await.unwrap();
    room.permit(PermissionAnswer::Reject).await;
    room.ended(3).await;
    assert!(!workspace.worktree.join("made-by-tool").exists());
    assert!(!workspace.worktree.join("hello.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn opencode_is_heard_while_its_model_still_speaks_and_yields_to_a_stop() {
    let Bench { model, mut room, host: _host, .. } = bench().await;
    room.prompt("THINK A thought.\nSLOW 3").await.unwrap();
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
    room.prompt("SAY once more").await.unwrap();
    assert_eq!(room.ended(2).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()).last().unwrap(), "once more");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ag5_opencode_remembers_after_the_host_was_killed() {
    let Bench { model, mut host, workspace, room, session, checkout: _ } = bench().await;
    room.prompt("SAY my word is amaranth").await.unwrap();
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    room.prompt("SLOW 2").await.unwrap();
    model.held().await;
    host.kill();
    host.start();
    let room = Room::owner(&host, &session).await;
    assert_eq!(room.ended(2).await, TurnOutcome::Interrupted);
    room.prompt("WRITE after.txt after\\n").await.unwrap();
    room.permit(PermissionAnswer::Allow).await;
    assert_eq!(room.ended(3).await, TurnOutcome::Completed);
    assert!(workspace.worktree.join("after.txt").is_file());
    assert!(model.requests().last().unwrap().to_string().contains("amaranth"), "it remembers");
    let agents = room.client.call(Request::Agents).await.unwrap();
    let Reply::Agents { agents } = agents else { panic!("{agents:?}") };
    assert!(agents.iter().any(|row| row.agent.0 == "opencode" && row.found));
}
