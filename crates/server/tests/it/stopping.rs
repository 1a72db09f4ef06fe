//! What a host that stops lets go of.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use model::{AgentKey, ChangePicks, ChangesSince};
use serde_json::json;
use testkit::{TestHost, command};
use wire::{Reply, Request};

use crate::work::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn lo10_a_stop_lets_the_folder_go_while_an_agent_is_asked_what_it_is() {
    let mut host = TestHost::start().await.unwrap();
    host.end().await;
    let started = host.folder().join("started");
    assert!(Command::new("mkfifo").arg(&started).status().unwrap().success());
    // It says that it has started, and nothing more.
    let script = format!("echo > '{}'; exec sleep 60", started.display());
    let mute = json!({ "mute": { "name": "Mute", "program": "/bin/sh", "args": ["-c", script] } });
    fs::write(host.data().join("agents.json"), mute.to_string()).unwrap();
    host.begin().await.unwrap();
    let owner = host.owner().await.unwrap();
    let _asked = owner.send(Request::ProbeAgent { agent: AgentKey("mute".to_owned()) });
    tokio::fs::read(&started).await.unwrap();
    host.end().await;
    host.begin().await.unwrap();
}

/// A commit that has been begun when the host is asked to stop is made, and known when the host is back.
#[tokio::test(flavor = "multi_thread")]
async fn ws20_a_stop_waits_for_what_is_done_to_the_work() {
    let mut bench = Bench::set(&[("", "echo one > one.txt")]).await;
    bench.play("make one").await;
    let hooks = bench.repository().join(".git/hooks");
    let (begun, go) = (bench.host.folder().join("begun"), bench.host.folder().join("go"));
    for pipe in [&begun, &go] {
        assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }
    fs::create_dir_all(&hooks).unwrap();
    let hook = format!("#!/bin/sh\necho > '{}'\nread word < '{}'\n", begun.display(), go.display());
    fs::write(hooks.join("pre-commit"), hook).unwrap();
    fs::set_permissions(hooks.join("pre-commit"), fs::Permissions::from_mode(0o755)).unwrap();

    let (workspace, since) = (bench.workspace, ChangesSince::Approval);
    let Ok(Reply::Changes(changes)) = bench.owner.call(Request::Changes { workspace, since }).await else {
        panic!("changes")
    };
    let picks = ChangePicks::All { seen: changes.seen };
    let message = "One".to_owned();
    let approve = Request::ApproveChanges { command: command(), workspace, since, picks, message };
    let _answer = bench.owner.send(approve);
    tokio::fs::read(&begun).await.unwrap();
    let go_on = async { tokio::fs::write(&go, "on\n").await.unwrap() };
    tokio::join!(bench.host.end(), go_on);
    bench.host.begin().await.unwrap();
    let owner = bench.host.owner().await.unwrap();
    let Ok(Reply::Work { commits, .. }) = owner.call(Request::Work { workspace }).await else {
        panic!("work")
    };
    assert_eq!(commits.iter().map(|it| &*it.message).collect::<Vec<_>>(), ["One"]);
}
