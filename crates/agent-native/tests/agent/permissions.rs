use std::sync::Arc;

use serde_json::{Value, json};

use crate::client::{Client, Stage};
use crate::mind::Scripted;

fn edit() -> Value {
    json!({ "path": "notes.txt", "find": "two", "replace": "2" })
}

const BEFORE: &str = "one\ntwo\nthree\n";
const AFTER: &str = "one\n2\nthree\n";

#[tokio::test]
async fn ag11_a_named_agent_is_offered_its_tools_alone_and_told_what_it_is() {
    let edit = json!({ "path": "notes.txt", "content": "mine" });
    let mind = Arc::new(Scripted::default().calls("write", edit).says("I could not."));
    let env = [
        ("CONCLAVE_AGENT_INSTRUCTIONS".to_owned(), "You only look.".to_owned()),
        ("CONCLAVE_AGENT_TOOLS".to_owned(), "read,search".to_owned()),
    ];
    let stage = Stage { terms: agent_native::Terms::read(&env.into()), ..Stage::new() };
    let mut client = stage.open(&mind).await;
    client.prompt("Write").await;
    let asked = &mind.asked()[0];
    assert!(asked.system.contains("Your own instructions:\n\nYou only look."), "{}", asked.system);
    let offered: Vec<&str> = asked.tools.iter().map(|tool| &*tool.name).collect();
    assert_eq!(offered, ["read", "list", "search", "propose_plan", "update_tasks", "ask_user"]);
    assert!(format!("{:?}", mind.told()).contains("write is not among your tools"));
    assert!(client.updates("tool_call_update").iter().any(|update| update["status"] == "failed"));
}

#[tokio::test]
async fn an_edit_reaches_the_worktree_after_leave_for_its_diff() {
    let mind = Arc::new(Scripted::default().calls("edit", edit()).says("Done."));
    let mut client = Client::with(&mind).await;
    let id = client.begin("Edit").await;
    let asked = client.until_heard("session/request_permission").await;
    assert_eq!(client.file("notes.txt").as_deref(), Some(BEFORE), "nothing is done unasked");
    let call = &asked["params"]["toolCall"];
    assert_eq!((&call["kind"], &call["title"]), (&json!("edit"), &json!("Edit notes.txt")));
    let diff = &call["content"][0];
    assert_eq!(
        (&diff["type"], &diff["oldText"], &diff["newText"]),
        (&json!("diff"), &json!(BEFORE), &json!(AFTER))
    );
    let kinds = asked["params"]["options"].as_array().unwrap().iter().map(|option| &option["kind"]);
    assert_eq!(kinds.collect::<Vec<_>>(), ["allow_once", "reject_once"]);
    client.reply(&asked).await;
    client.until(id).await;
    assert_eq!(client.file("notes.txt").as_deref(), Some(AFTER));
    assert_eq!(client.tool().0, "completed");
}

#[tokio::test]
async fn what_is_refused_is_not_done_and_the_model_is_told() {
    for (tool, input) in [
        ("edit", edit()),
        ("write", json!({ "path": "new.txt", "content": "x" })),
        ("run", json!({ "command": "touch new.txt" })),
        ("fetch", json!({ "url": "https://example.org/" })),
    ] {
        let mind = Arc::new(Scripted::default().calls(tool, input).says("I see."));
        let mut client = Client::with(&mind).await;
        client.choices = vec!["reject"];
        assert_eq!(client.prompt("Do").await["result"]["stopReason"], "end_turn", "{tool}");
        assert_eq!((client.asked(), client.tool().0.as_str()), (1, "failed"), "{tool}");
        assert_eq!((client.file("notes.txt").as_deref(), client.file("new.txt")), (Some(BEFORE), None));
        assert!(mind.results()[0].1.contains("refused"), "{tool}");
    }
}

#[tokio::test]
async fn each_mode_asks_for_what_it_says() {
    for (mode, tool, input, asked, done) in [
        ("accept-edits", "edit", edit(), 0, true),
        ("accept-edits", "run", json!({ "command": "true" }), 1, true),
        ("bypass", "edit", edit(), 0, true),
        ("bypass", "run", json!({ "command": "true" }), 0, true),
        ("plan", "edit", edit(), 0, false),
        ("plan", "run", json!({ "command": "true" }), 1, true),
        ("plan", "read", json!({ "path": "notes.txt" }), 0, true),
        ("default", "search", json!({ "pattern": "two" }), 0, true),
    ] {
        let mind = Arc::new(Scripted::default().calls(tool, input).says("Done."));
        let mut client = Client::with(&mind).await;
        client.mode(mode).await;
        assert_eq!(client.updates("current_mode_update")[0]["currentModeId"], mode);
        client.prompt("Do").await;
        assert_eq!((client.asked(), mind.results()[0].0), (asked, done), "{mode} {tool}");
        let edited = tool == "edit" && done;
        assert_eq!(client.file("notes.txt").as_deref(), Some(if edited { AFTER } else { BEFORE }), "{mode}");
    }
}

#[tokio::test]
async fn a_file_that_changed_while_leave_was_asked_is_left_alone() {
    let mind = Arc::new(Scripted::default().calls("edit", edit()).says("I see."));
    let mut client = Client::with(&mind).await;
    let id = client.begin("Edit").await;
    let asked = client.until_heard("session/request_permission").await;
    let theirs = "one\ntwo\nthree\nfour\n";
    std::fs::write(client.folder.path().join("tree/notes.txt"), theirs).unwrap();
    client.reply(&asked).await;
    client.until(id).await;
    assert_eq!(client.file("notes.txt").as_deref(), Some(theirs));
    assert!(mind.results()[0].1.contains("changed by somebody else"));
}

#[tokio::test]
async fn a_stop_while_leave_is_asked_does_nothing() {
    let mind = Arc::new(Scripted::default().calls("edit", edit()).says("Well."));
    let mut client = Client::with(&mind).await;
    let id = client.begin("Edit").await;
    client.until_heard("session/request_permission").await;
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");
    assert_eq!((client.tool().0.as_str(), client.file("notes.txt").as_deref()), ("failed", Some(BEFORE)));
    client.prompt("Go on").await;
    assert!(mind.results()[0].1.contains("Not run"), "{:?}", mind.results());
}

#[tokio::test]
async fn an_approved_plan_leaves_plan_mode_and_allows_nothing_more() {
    let mind = Scripted::default()
        .calls("propose_plan", json!({ "plan": "1. Edit" }))
        .calls("edit", edit())
        .says("Done.");
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    client.mode("plan").await;
    assert_eq!(client.prompt("Plan").await["result"]["stopReason"], "end_turn");
    let asked = client.requests("session/request_permission");
    assert_eq!(asked.len(), 2, "PE6: the edit is asked for");
    let plan = &asked[0]["toolCall"];
    assert_eq!((&plan["kind"], &plan["rawInput"]["plan"]), (&json!("switch_mode"), &json!("1. Edit")));
    let modes: Vec<_> = client.updates("current_mode_update").iter().map(|it| &it["currentModeId"]).collect();
    assert_eq!(modes, ["plan", "default"]);
    assert!(mind.asked()[0].system.contains("plan mode") && !mind.asked()[1].system.contains("plan mode"));
    assert_eq!(client.file("notes.txt").as_deref(), Some(AFTER));
}

#[tokio::test]
async fn a_rejected_plan_ends_the_turn_and_the_reason_may_follow() {
    let mind = Scripted::default().calls("propose_plan", json!({ "plan": "1. Break" })).says("A better one.");
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    client.mode("plan").await;
    client.choices = vec!["reject"];
    assert_eq!(client.prompt("Plan").await["result"]["stopReason"], "cancelled");
    assert_eq!(client.tool().0, "failed");
    assert!(client.tool().1.contains("was rejected"));
    client.prompt("Too bold").await;
    assert!(mind.results()[0].1.contains("was rejected"));
    assert!(mind.asked()[1].system.contains("plan mode"), "still");
}

#[tokio::test]
async fn a_question_goes_to_the_people_where_they_can_be_asked() {
    let question = || json!({ "question": "Which colour?", "options": ["Red", "Blue"] });
    let mind = Arc::new(Scripted::default().calls("ask_user", question()).says("Blue it is."));
    let mut client = Client::with(&mind).await;
    client.prompt("Ask").await;
    let form = client.requests("elicitation/create")[0];
    assert_eq!(form["message"], "Which colour?");
    assert_eq!(mind.results(), [(true, "Blue".to_owned())]);

    let mind = Arc::new(Scripted::default().calls("ask_user", question()).says("Well."));
    let mut client = Stage { answer: Some(""), ..Stage::new() }.open(&mind).await;
    client.prompt("Ask").await;
    assert!(mind.results()[0].1.contains("declined"));

    let mind = Arc::new(Scripted::default().calls("ask_user", question()).says("Well."));
    let mut client = Stage { answer: None, ..Stage::new() }.open(&mind).await;
    client.prompt("Ask").await;
    assert!(mind.results()[0].1.contains("Nobody can be asked"));
    assert!(mind.asked()[0].tools.iter().all(|tool| tool.name != "ask_user"), "not even offered");
}
