use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn the_built_in_script_plays_a_whole_session() {
    let mut client = Client::start(&["--pace", "fast"]);
    let about = client.open().await;
    assert_eq!(about["result"]["agentInfo"]["name"], "rehearsal");
    assert_eq!(about["result"]["agentInfo"]["title"], "Rehearsal agent");
    assert_eq!(about["result"]["agentCapabilities"]["loadSession"], false);

    let end = client.prompt("Please improve the greeting").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert_eq!(end["result"]["usage"]["inputTokens"], 4);
    let said = client.said();
    assert!(said.starts_with("I am the rehearsal agent: I play a script, no model is involved."));
    assert!(said.contains("export function greet(name) {"), "{said}");
    assert!(said.contains("“Hi” it is"), "{said}");
    assert!(client.updates("agent_thought_chunk").len() > 10);
    assert!(client.file("src/greet.js").contains("function greet(given) {\n  const name = given"));
    assert!(client.file("test/greet.test.js").contains("without a name as a friend"));
    assert_eq!(client.updates("plan").len(), 3);
    assert_eq!(client.updates("usage_update").len(), 1);
    assert_eq!(client.updates("current_mode_update")[0]["currentModeId"], "default");
}

#[tokio::test]
async fn requests_have_the_shapes_of_real_agents() {
    let mut client = Client::start(&["--pace", "fast"]);
    client.open().await;
    client.prompt("go").await;

    let asked = client.requests("session/request_permission");
    let kinds: Vec<_> = asked.iter().map(|request| &request["toolCall"]["kind"]).collect();
    assert_eq!(kinds, ["edit", "switch_mode", "edit"]);
    let edit = &asked[0]["toolCall"];
    let path = client.folder.path().join("src/greet.js");
    assert_eq!(edit["locations"], json!([{ "path": path }]));
    assert_eq!(edit["content"][0]["type"], "diff");
    assert!(edit["content"][0]["oldText"].as_str().unwrap().contains("greet(name)"));
    let options = |at: usize| {
        let options = asked[at]["options"].as_array().unwrap().iter();
        options.map(|option| option["kind"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(options(0), ["allow_once", "allow_always", "reject_once"]);
    assert_eq!(options(1), ["allow_once", "allow_always", "reject_once"]);
    let plan = &asked[1]["toolCall"];
    assert!(plan["content"][0]["content"]["text"].as_str().unwrap().starts_with("# Test the greeting"));
    assert_eq!(plan["rawInput"]["plan"], plan["content"][0]["content"]["text"]);

    let question = client.requests("elicitation/create")[0];
    assert_eq!(question["mode"], "form");
    assert_eq!(question["message"], "Which greeting should be the default?");
    let properties = &question["requestedSchema"]["properties"];
    assert_eq!(properties["question_0"]["oneOf"][1]["const"], "Hi");
    assert!(question["toolCallId"].is_string());

    for call in client.updates("tool_call") {
        let id = &call["toolCallId"];
        let updates = client.updates("tool_call_update");
        let last = updates.iter().rfind(|update| update["toolCallId"] == *id).unwrap();
        assert_eq!(last["status"], "completed");
    }
}

#[tokio::test]
async fn a_rejected_edit_leaves_the_file_and_goes_on() {
    let mut client = Client::start(&["--pace", "fast"]);
    client.open().await;
    let before = client.file("src/greet.js");
    client.choices = vec!["reject"];
    let end = client.prompt("go").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert_eq!(client.file("src/greet.js"), before);
    assert!(client.said().contains("I leave `src/greet.js` as it is"));
    assert!(client.file("test/greet.test.js").contains("friend"));
}

#[tokio::test]
async fn a_rejected_plan_ends_the_turn_and_is_revised_once() {
    let mut client = Client::start(&["--pace", "fast"]);
    client.open().await;
    client.choices = vec!["allow", "reject"];
    let end = client.prompt("go").await;
    assert_eq!(end["result"]["stopReason"], "cancelled");
    assert!(!client.file("test/greet.test.js").contains("friend"));

    let end = client.prompt("Too much at once").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert!(client.said().contains("I have heard you: Too much at once"));
    assert!(client.file("test/greet.test.js").contains("an empty name as a friend"));

    client.prompt("and now?").await;
    assert!(client.file("README.md").contains("node --test"));
}

#[tokio::test]
async fn without_a_way_to_ask_it_says_so_and_takes_the_first() {
    let mut client = Client::start(&["--pace", "fast"]);
    client.answer = None;
    client.open().await;
    client.prompt("go").await;
    assert!(client.requests("elicitation/create").is_empty());
    assert!(client.said().contains("I take Hello"));
    assert!(client.said().contains("“Hello” it is"));
}

#[tokio::test]
async fn it_plays_in_a_repository_that_is_not_the_sample() {
    let mut client = Client::start_in(tempfile::tempdir().unwrap(), &["--pace", "fast"]);
    client.open().await;
    let end = client.prompt("go").await;
    assert_eq!(end["result"]["stopReason"], "end_turn");
    assert!(client.file("src/greet.js").contains("found none"));
}
