use std::os::unix::fs::symlink;
use std::sync::Arc;

use agent_native::Reach;
use axum::Router;
use axum::response::{Html, Redirect};
use axum::routing::get;
use serde_json::{Value, json};

use crate::client::{Client, Stage};
use crate::mind::Scripted;

/// What a tool answers the model, in the mode that asks for nothing.
async fn answer(stage: Stage, tool: &str, input: Value) -> (bool, String, Client) {
    let mind = Arc::new(Scripted::default().calls(tool, input).says("Done."));
    let mut client = stage.open(&mind).await;
    client.mode("bypass").await;
    client.prompt("Do").await;
    let (good, text) = mind.results().remove(0);
    (good, text, client)
}

#[tokio::test]
async fn files_are_read_listed_and_searched() {
    let cases = [
        ("read", json!({ "path": "notes.txt" }), "one\ntwo\nthree\n"),
        (
            "read",
            json!({ "path": "./src/main.rs", "from": 2, "lines": 1 }),
            "    greet();\n[lines 2 to 2 of 3]",
        ),
        ("list", json!({}), ".gitignore\nnotes.txt\nsrc/\nsrc/main.rs"),
        ("list", json!({ "path": "/", "depth": 1 }), ".gitignore\nnotes.txt\nsrc/"),
        ("search", json!({ "pattern": "gre+t" }), "src/main.rs:2:     greet();"),
        ("search", json!({ "pattern": "e", "glob": "*.txt" }), "notes.txt:1: one\nnotes.txt:3: three"),
        ("search", json!({ "pattern": "nowhere" }), "Nothing was found."),
    ];
    for (tool, input, said) in cases {
        let stage = Stage::new();
        stage.write(".gitignore", "out/\n");
        stage.write("out/greet.txt", "greet\n");
        stage.write(".git/greet", "greet\n");
        let (good, text, _client) = answer(stage, tool, input.clone()).await;
        assert!(good && text == said, "{tool} {input}: {text}");
    }
}

#[tokio::test]
async fn what_a_call_gets_wrong_is_told_to_the_model() {
    let cases = [
        ("read", json!({ "path": "none.txt" }), "no such file"),
        ("read", json!({}), "missing field `path`"),
        ("read", json!("half a JSO"), "no JSON object"),
        ("search", json!({ "pattern": "(" }), "no regular expression"),
        ("edit", json!({ "path": "notes.txt", "find": "e", "replace": "x" }), "3 times"),
        ("edit", json!({ "path": "none.txt", "find": "e", "replace": "x" }), "There is no file"),
        ("write", json!({ "path": "src", "content": "x" }), "not a file"),
        ("fly", json!({}), "There is no tool \"fly\""),
    ];
    for (tool, input, word) in cases {
        let (good, text, client) = answer(Stage::new(), tool, input).await;
        assert!(!good && text.contains(word), "{tool}: {text}");
        assert_eq!(client.tool().0, "failed");
    }
}

#[tokio::test]
async fn ag6_nothing_outside_the_worktree_is_read_or_written() {
    for path in ["../secret", "/etc/passwd", "link", "folder/secret", ".git/config", "src/../../secret"] {
        for tool in ["read", "list", "search", "write", "edit"] {
            let stage = Stage::new();
            let tree = stage.folder.path().join("tree");
            std::fs::write(stage.folder.path().join("secret"), "hidden words").unwrap();
            symlink("../secret", tree.join("link")).unwrap();
            symlink("..", tree.join("folder")).unwrap();
            stage.write(".git/config", "hidden words");
            let input = json!({ "path": path, "pattern": "hidden", "content": "x", "find": "hidden", "replace": "x" });
            let (good, text, client) = answer(stage, tool, input).await;
            assert!(!good && !text.contains("hidden"), "{tool} {path}: {text}");
            let secret = std::fs::read_to_string(client.folder.path().join("secret")).unwrap();
            assert_eq!(secret, "hidden words", "{tool} {path}");
        }
    }
    let stage = Stage::new();
    symlink("/etc", stage.folder.path().join("tree/etc")).unwrap();
    let (_, text, _client) = answer(stage, "search", json!({ "pattern": "root" })).await;
    assert_eq!(text, "Nothing was found.", "links are not followed");
}

#[tokio::test]
async fn a_command_is_run_in_the_worktree_without_any_key() {
    let command = "pwd; env; echo oops >&2; cat; exit 3";
    let (good, text, client) = answer(Stage::new(), "run", json!({ "command": command })).await;
    let tree = std::fs::canonicalize(client.tree()).unwrap();
    assert!(!good && text.starts_with(tree.to_str().unwrap()), "{text}");
    assert!(text.contains("oops") && text.ends_with("[exit code 3]"), "{text}");
    assert!(!text.contains("sk-a-secret") && !text.contains("OTHER_TOKEN"), "{text}");
    let (good, text, _client) = answer(Stage::new(), "run", json!({ "command": "printf done" })).await;
    assert_eq!((good, text.as_str()), (true, "done\n[exit code 0]"));
}

#[tokio::test]
async fn a_command_has_a_time_limit_and_takes_all_it_started_with_it() {
    let command = "sh -c 'echo $$ > pid; exec sleep 1000' & echo begun; sleep 1000";
    let (good, text, client) = answer(Stage::new(), "run", json!({ "command": command, "seconds": 1 })).await;
    assert!(!good && text.contains("begun") && text.contains("ended after 1 s"), "{text}");
    assert!(!is_alive(&client.file("pid").unwrap()));

    let command = "sh -c 'echo $$ > pid; exec sleep 1000' & while ! test -s pid; do :; done";
    let (good, _, client) = answer(Stage::new(), "run", json!({ "command": command })).await;
    assert!(good && !is_alive(&client.file("pid").unwrap()), "what it left behind has ended too");
}

#[tokio::test]
async fn a_stop_ends_a_command_and_all_it_started() {
    let command =
        "sh -c 'echo $$ > pid; exec sleep 1000' & while ! test -s pid; do :; done; echo begun > ready; wait";
    let mind = Arc::new(Scripted::default().calls("run", json!({ "command": command })).says("Well."));
    let mut client = Client::with(&mind).await;
    client.mode("bypass").await;
    let id = client.begin("Run").await;
    while client.file("ready").is_none_or(|text| text.is_empty()) {
        tokio::task::yield_now().await;
    }
    client.cancel().await;
    assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled");
    assert!(!is_alive(&client.file("pid").unwrap()));
    assert!(client.tool().1.contains("[stopped]"), "{:?}", client.tool());
}

#[tokio::test]
async fn a_client_that_goes_leaves_no_command_behind() {
    let command = "echo $$ > pid; echo begun > ready; sleep 1000";
    let mind = Arc::new(Scripted::default().calls("run", json!({ "command": command })));
    let mut client = Client::with(&mind).await;
    client.mode("bypass").await;
    client.begin("Run").await;
    while client.file("ready").is_none_or(|text| text.is_empty()) {
        tokio::task::yield_now().await;
    }
    let pid = client.file("pid").unwrap();
    client.close().await;
    assert!(!is_alive(&pid));
}

fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).is_ok_and(|stat| !stat.contains(") Z "))
}

async fn site() -> String {
    let router = Router::new()
        .route("/page", get(async || Html("<h1>Hello</h1><script>x</script><p>A <b>word</b>.</p>")))
        .route("/text", get(async || "plain <text>"))
        .route("/here", get(async || Redirect::temporary("/page")))
        .route("/away", get(async || Redirect::temporary("http://127.0.0.2:1/secret")));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_page_comes_as_markdown_and_leads_to_no_other_host() {
    let site = site().await;
    let cases = [
        ("/page", true, "# Hello\n\nA **word**."),
        ("/here", true, "# Hello\n\nA **word**."),
        ("/text", true, "plain <text>"),
        ("/away", false, "another host: http://127.0.0.2:1/secret"),
        ("/none", false, "status 404"),
    ];
    for (path, fine, word) in cases {
        let stage = Stage { reach: Reach::Anywhere, ..Stage::new() };
        let (good, text, _client) = answer(stage, "fetch", json!({ "url": format!("{site}{path}") })).await;
        assert!(good == fine && text.contains(word), "{path}: {text}");
    }
}

#[tokio::test]
async fn private_addresses_are_not_fetched_even_with_leave() {
    let site = site().await;
    let port = site.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "169.254.169.254"] {
        let input = json!({ "url": format!("http://{host}:{port}/page") });
        let (good, text, client) = answer(Stage::new(), "fetch", input).await;
        assert!(!good && text.contains("no public address"), "{host}: {text}");
        assert_eq!(client.tool().0, "failed");
    }
}
