//! What a host that stops lets go of.

use std::fs;
use std::process::Command;

use model::AgentKey;
use serde_json::json;
use testkit::TestHost;
use wire::Request;

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
