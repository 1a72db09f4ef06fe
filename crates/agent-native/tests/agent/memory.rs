use std::sync::Arc;

use agent_native::Message;
use serde_json::{Value, json};

use crate::client::{Client, Stage};
use crate::mind::Scripted;

/// The same session in a new life of the agent.
async fn again(client: Client, mind: &Arc<Scripted>) -> (Client, Value) {
    let session = client.session.clone();
    let folder = client.close().await;
    let mut client = Stage { folder, ..Stage::new() }.start(mind);
    client.initialize().await;
    let params = json!({ "sessionId": session, "cwd": client.tree(), "mcpServers": [] });
    let loaded = client.call("session/load", params).await;
    client.session = session;
    (client, loaded)
}

#[tokio::test]
async fn ag5_a_session_is_remembered_over_a_restart_and_told_again() {
    let mind = Scripted::default().calls("read", json!({ "path": "notes.txt" })).says("Amaranth.");
    let mind = Arc::new(mind);
    let mut client = Client::with(&mind).await;
    client.mode("accept-edits").await;
    let params = json!({ "sessionId": client.session, "configId": "model", "value": "large" });
    client.call("session/set_config_option", params).await;
    client.prompt("Remember").await;

    let mind = Arc::new(Scripted::default().says("Yes."));
    let (mut client, loaded) = again(client, &mind).await;
    assert_eq!(loaded["result"]["modes"]["currentModeId"], "accept-edits");
    assert_eq!(loaded["result"]["configOptions"][0]["currentValue"], "large");
    assert_eq!(client.said(), "Amaranth.");
    assert_eq!(client.updates("user_message_chunk")[0]["content"]["text"], "Remember");
    assert_eq!((client.updates("tool_call").len(), client.tool().0.as_str()), (1, "completed"));
    client.prompt("Do you?").await;
    let told = mind.told();
    assert_eq!(told.len(), 5, "prompt, call, result, answer, prompt: {told:#?}");
    assert!(matches!(&told[3], Message::Said(said) if said.text == "Amaranth."));
}

#[tokio::test]
async fn a_session_that_is_not_there_is_not_made_up() {
    let mind = Arc::new(Scripted::default());
    let mut client = Stage::new().start(&mind);
    let about = client.initialize().await;
    assert_eq!(about["result"]["agentCapabilities"]["loadSession"], true);
    for id in [uuid(), "../../etc/passwd".to_owned()] {
        let params = json!({ "sessionId": id, "cwd": client.tree(), "mcpServers": [] });
        assert!(client.call("session/load", params).await["error"].is_object(), "{id}");
    }
}

fn uuid() -> String {
    "6fa459ea-ee8a-4ca4-894e-db77e160355e".to_owned()
}

#[tokio::test]
async fn a_repositorys_advice_is_told_to_the_model() {
    let mind = Arc::new(Scripted::default().says("Yes."));
    let stage = Stage::new();
    stage.write("AGENTS.md", "Write no comments.");
    let mut client = stage.open(&mind).await;
    client.prompt("Hi").await;
    assert!(mind.asked()[0].system.contains("Write no comments."));
}
