use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::client::Client;

#[tokio::test]
async fn exit_at_initialize() {
    let mut client = Client::script(&json!({ "at_initialize": { "exit": 3 }, "turns": [] }));
    client.request("initialize", json!({ "protocolVersion": 1 })).await;
    assert!(client.next().await.is_none());
    assert_eq!(client.child.wait().await.unwrap().code(), Some(3));
}

#[tokio::test]
async fn hang_at_initialize_answers_nothing_else_either() {
    let mut client = Client::script(&json!({ "at_initialize": "hang", "turns": [] }));
    client.request("initialize", json!({ "protocolVersion": 1 })).await;
    // The one that is answered comes after it, so it was read.
    let id = client.request("no/such", json!({})).await;
    assert!(client.until(id).await.get("error").is_some());
    assert_eq!(client.heard.len(), 1);
}

#[tokio::test]
async fn crash_after_what_was_said() {
    let steps = json!([{ "say": "last words" }, { "crash": { "code": 9 } }]);
    let mut client = Client::with_steps(steps).await;
    client.begin("go").await;
    while client.next().await.is_some() {}
    assert!(client.said().ends_with("last words"));
    assert_eq!(client.child.wait().await.unwrap().code(), Some(9));
}

#[tokio::test]
async fn garbage_and_a_long_line_keep_their_place() {
    let steps = json!([
        { "say": "a" },
        { "garbage": "this is { no json" },
        { "long_line": { "bytes": 3_000_000 } },
        { "say": "b" },
    ]);
    let mut client = Client::with_steps(steps).await;
    client.prompt("go").await;
    assert_eq!(client.not_json[0], "this is { no json");
    assert_eq!(client.not_json[1].len(), 3_000_000);
    assert!(client.said().ends_with("ab"));
}

#[tokio::test]
async fn stderr_flood() {
    let steps = json!([{ "stderr_flood": { "bytes": 1_000_000 } }, { "say": "done" }]);
    let mut client = Client::with_steps(steps).await;
    let mut stderr = client.child.stderr.take().unwrap();
    let drained = tokio::spawn(async move {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).await.unwrap();
        bytes.len()
    });
    client.prompt("go").await;
    assert!(client.said().ends_with("done"));
    client.child.kill().await.unwrap();
    assert!(drained.await.unwrap() >= 1_000_000);
}

#[tokio::test]
async fn a_cancel_is_ignored_when_the_script_says_so() {
    let steps = json!(["ignore_cancel", { "say": "deaf" }, { "gate": { "file": "go" } }, { "say": " now" }]);
    let mut client = Client::with_steps(steps).await;
    let id = client.begin("go").await;
    while !client.said().ends_with("deaf") {
        client.until_heard("agent_message_chunk").await;
    }
    client.cancel().await;
    std::fs::write(client.folder.path().join("go"), "").unwrap();
    let end = client.until(id).await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert!(client.said().ends_with("deaf now"));
}

#[tokio::test]
async fn a_hang_answers_neither_prompt_nor_cancel() {
    let mut client = Client::with_steps(json!([{ "say": "zzz" }, "hang"])).await;
    let id = client.begin("go").await;
    client.cancel().await;
    let other = client.request("no/such", json!({})).await;
    client.until(other).await;
    let answered = |message: &Value| message["id"] == id && message.get("result").is_some();
    assert!(!client.heard.iter().any(answered));
}

#[tokio::test]
async fn a_failed_turn_is_an_error_and_the_next_one_works() {
    let script = json!({ "turns": [
        { "steps": [{ "fail": { "message": "the model is away" } }] },
        { "steps": [{ "say": "back" }, { "late": "too late" }] },
    ] });
    let mut client = Client::with_script(script).await;
    let end = client.prompt("go").await;
    assert_eq!(end["error"]["message"], "the model is away");
    client.prompt("go").await;
    assert!(client.said().ends_with("back"));
    client.until_heard("agent_message_chunk").await;
    assert!(client.said().ends_with("too late"));
}

#[tokio::test]
async fn set_mode_is_refused_or_ignored() {
    let mut client = Client::with_script(json!({ "set_mode": "refuse", "turns": [] })).await;
    assert!(client.mode("plan").await.get("error").is_some());

    let mut client = Client::with_script(json!({ "set_mode": "ignore", "turns": [] })).await;
    assert!(client.mode("plan").await.get("result").is_some());
    assert!(client.updates("current_mode_update").is_empty());
}

#[tokio::test]
async fn files_can_be_asked_of_the_client() {
    let steps = json!([
        { "client_read": { "path": "/etc/passwd" } },
        { "client_write": { "path": "../out.txt", "content": "x" } },
        { "edit": { "path": "../out.txt", "append": "x" } },
    ]);
    let mut client = Client::with_steps(steps).await;
    let id = client.begin("go").await;
    for method in ["fs/read_text_file", "fs/write_text_file"] {
        let asked = client.until_heard(method).await;
        let error = json!({ "code": -32602, "message": "outside the worktree" });
        client.write(json!({ "jsonrpc": "2.0", "id": asked["id"], "error": error })).await;
    }
    client.until(id).await;
    let said = client.said();
    assert!(said.contains("refused to read: outside the worktree"), "{said}");
    assert!(said.contains("refused to write: outside the worktree"), "{said}");
    assert!(said.contains("../out.txt leaves the working directory"), "{said}");
}

#[tokio::test]
async fn the_program_ends_when_its_client_goes() {
    let mut client = Client::with_steps(json!(["hang"])).await;
    client.begin("go").await;
    client.until_heard("agent_message_chunk").await;
    client.close();
    assert_eq!(client.child.wait().await.unwrap().code(), Some(0));
}
