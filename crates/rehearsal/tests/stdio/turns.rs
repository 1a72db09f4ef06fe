use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn turns_go_by_word_and_then_round() {
    let script = json!({ "turns": [
        { "steps": [{ "say": "one" }] },
        { "when": "special", "steps": [{ "say": "for {prompt}" }] },
        { "steps": [{ "say": "two" }] },
    ] });
    let mut client = Client::with_script(script).await;
    for prompt in ["a", "b", "something special", "c"] {
        client.prompt(prompt).await;
    }
    let (_, said) = client.said().split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(said, "onetwofor something specialone");
}

#[tokio::test]
async fn a_cancel_while_permission_is_asked_ends_the_turn() {
    let steps = json!([{ "edit": { "path": "README.md", "append": "x" } }, { "say": "never" }]);
    let mut client = Client::with_steps(steps).await;
    let id = client.begin("go").await;
    let asked = client.until_heard("session/request_permission").await;
    client.cancel().await;
    let outcome = json!({ "outcome": { "outcome": "cancelled" } });
    client.write(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": outcome })).await;
    let end = client.until(id).await;
    assert_eq!(end["result"]["stopReason"], "cancelled");
    assert_eq!(client.updates("tool_call_update").last().unwrap()["status"], "failed");
    assert_eq!(client.file("README.md"), "# Greet\n");
    assert!(!client.said().contains("never"));
}

#[tokio::test]
async fn a_cancel_alone_is_enough_and_the_next_prompt_works() {
    let script = json!({ "turns": [
        { "steps": [{ "ask": { "question": "?", "options": [{ "label": "A" }] } }] },
        { "steps": ["wait_cancel"] },
        { "steps": [{ "say": "fine" }] },
    ] });
    let mut client = Client::with_script(script).await;
    let id = client.begin("go").await;
    client.until_heard("elicitation/create").await;
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");

    let id = client.begin("go").await;
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");

    assert_eq!(client.prompt("go").await["result"]["stopReason"], "end_turn");
    assert!(client.said().ends_with("fine"));
}

#[tokio::test]
async fn a_gate_holds_the_turn_until_its_file_exists() {
    let steps = json!([{ "say": "before" }, { "gate": { "file": "go" } }, { "say": " after" }]);
    let mut client = Client::with_steps(steps).await;
    let id = client.begin("go").await;
    while !client.said().ends_with("before") {
        client.until_heard("agent_message_chunk").await;
    }
    std::fs::write(client.folder.path().join("go"), "").unwrap();
    client.until(id).await;
    assert!(client.said().ends_with("before after"));
}

#[tokio::test]
async fn modes_decide_about_edits() {
    let edit = json!([{ "edit": { "path": "README.md", "append": "x" } }]);
    let mut client = Client::with_steps(edit).await;

    assert!(client.mode("plan").await.get("result").is_some());
    client.prompt("go").await;
    assert_eq!(client.updates("tool_call_update").last().unwrap()["status"], "failed");
    assert_eq!(client.file("README.md"), "# Greet\n");

    client.mode("accept-edits").await;
    assert_eq!(client.updates("current_mode_update").last().unwrap()["currentModeId"], "accept-edits");
    client.prompt("go").await;
    assert_eq!(client.file("README.md"), "# Greet\nx");
    assert!(client.requests("session/request_permission").is_empty());

    assert!(client.mode("unheard-of").await.get("error").is_some());
}

#[tokio::test]
async fn allow_always_is_asked_once() {
    let edit = json!({ "edit": { "path": "README.md", "append": "x" } });
    let mut client = Client::with_steps(json!([edit, edit])).await;
    client.choices = vec!["always"];
    client.prompt("go").await;
    assert_eq!(client.requests("session/request_permission").len(), 1);
    assert_eq!(client.file("README.md"), "# Greet\nxx");
}

#[tokio::test]
async fn a_session_is_loaded_from_its_file() {
    let state = tempfile::tempdir().unwrap();
    let state = ["--pace", "fast", "--state", state.path().to_str().unwrap()];
    let mut first = Client::start(&state);
    let about = first.open().await;
    assert_eq!(about["result"]["agentCapabilities"]["loadSession"], true);
    first.prompt("hello there").await;
    let (session, said) = (first.session.clone(), first.said());
    drop(first);

    let mut second = Client::start(&state);
    second.initialize().await;
    let cwd = second.folder.path().to_owned();
    let params = json!({ "sessionId": session, "cwd": cwd, "mcpServers": [] });
    let loaded = second.call("session/load", params).await;
    assert_eq!(loaded["result"]["modes"]["currentModeId"], "default");
    assert_eq!(second.updates("user_message_chunk")[0]["content"]["text"], "hello there");
    assert_eq!(second.said(), said);
    second.session = session;
    second.prompt("go on").await;
    assert!(second.file("README.md").contains("node --test"));

    let params = json!({ "sessionId": "../../etc/passwd", "cwd": "/", "mcpServers": [] });
    assert!(second.call("session/load", params).await.get("error").is_some());
}

#[tokio::test]
async fn a_command_runs_in_the_working_directory_and_nobody_is_asked() {
    let steps = json!([
        { "run": { "command": "echo out; echo err >&2; cat README.md" } },
        { "say": "{glimpse} {lines}" },
        { "run": { "command": "exit 3" } },
    ]);
    let mut client = Client::with_steps(steps).await;
    client.prompt("go").await;
    assert!(client.requests("session/request_permission").is_empty());
    let ends = client.updates("tool_call_update");
    assert_eq!(
        (&ends[0]["status"], &ends[0]["rawOutput"]),
        (&json!("completed"), &json!("out\n# Greet\nerr\n"))
    );
    assert_eq!(ends[1]["status"], "failed");
    assert!(client.said().ends_with("out 3"));
}

#[tokio::test]
async fn the_malicious_script_is_a_script() {
    let script = include_str!("../../scripts/malicious.json");
    let mut client = Client::with_script(serde_json::from_str(script).unwrap()).await;
    client.prompt("good morning").await;
    assert!(client.said().ends_with("All is well."));
}
