//! The program itself.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

const SECRET: &str = "sk-a-secret-of-the-owner";

fn start(env: &[(&str, &str)]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conclave-agent"));
    command.env_clear().envs(env.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap()
}

async fn initialize(child: &mut Child) -> Value {
    let hello =
        json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "protocolVersion": 1 } });
    let input = child.stdin.as_mut().unwrap();
    input.write_all(format!("{hello}\n").as_bytes()).await.unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    serde_json::from_str(&lines.next_line().await.unwrap().expect("an answer")).unwrap()
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn the_key_is_not_in_the_environment_that_others_can_read() {
    let key = ("CONCLAVE_AGENT_KEY", SECRET);
    let mut child = start(&[key, ("HOME", "/nowhere")]);
    let pid = child.id().unwrap();
    let about = initialize(&mut child).await;
    assert_eq!(about["result"]["agentInfo"]["title"], "Built-in agent");
    assert_eq!(child.id(), Some(pid), "the same process, begun again");
    // Only who may read everything can still look; it is not there for them either.
    if let Ok(environment) = std::fs::read(format!("/proc/{pid}/environ")) {
        let environment = String::from_utf8_lossy(&environment).into_owned();
        assert!(environment.contains("HOME=/nowhere") && !environment.contains(SECRET), "{environment}");
    }
    drop(child.stdin.take());
    assert!(child.wait().await.unwrap().success());
}

#[tokio::test]
async fn without_an_endpoint_it_says_what_it_needs() {
    let said = start(&[]).wait_with_output().await.unwrap();
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(!said.status.success() && words.contains("set CONCLAVE_AGENT_KEY"), "{words}");
}
