use model::Span;
use ports::agent::{AgentError, ModelChoice};
use serde_json::json;

use crate::stage::Stage;

async fn set(script: &str, mode: &str) -> Result<(), AgentError> {
    let stage = Stage::new(&json!({"set_mode": script, "turns": []}));
    let live = stage.start().await;
    live.agent.set_mode(mode.to_owned()).await
}

#[tokio::test]
async fn gr5_a_mode_counts_when_the_agent_says_it_is_in_it() {
    set("take", "accept-edits").await.unwrap();
    set("ignore", "default").await.unwrap();
}

#[tokio::test]
async fn gr5_a_mode_that_cannot_be_verified_is_refused() {
    for (script, mode) in [("refuse", "accept-edits"), ("ignore", "accept-edits"), ("take", "no-such-mode")] {
        let Err(AgentError::ModeRefused { wanted, actual }) = set(script, mode).await else {
            panic!("{script} {mode}")
        };
        assert_eq!((wanted.as_str(), actual.as_str()), (mode, "default"));
    }
}

#[tokio::test]
async fn gr5_an_agent_that_does_not_answer_has_not_taken_the_mode() {
    let mut stage = Stage::shell("sleep 1000");
    stage.start.limits.handshake = Span(300);
    let live = stage.start().await;
    let refused = live.agent.set_mode("b".to_owned()).await;
    let Err(AgentError::ModeRefused { actual, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(actual, "a");
}

/// What an agent with two models says to being set to one; the request with this id.
fn models(id: u64, current: &str) -> String {
    let values = json!([{"value": "small"}, {"value": "large"}]);
    let option = json!({"id": "m", "category": "model", "currentValue": current, "options": values});
    let message = json!({"jsonrpc": "2.0", "id": id, "result": {"configOptions": [option]}});
    format!("read line; echo '{message}'\n")
}

#[tokio::test]
async fn ag9_a_model_is_set_and_set_back_to_the_agents_own() {
    let mut stage = Stage::shell("");
    let hello = stage.start.program.args[1].lines().next().unwrap().to_owned();
    let script = [
        hello,
        String::new(),
        models(1, "small").replace("{\"configOptions", "{\"sessionId\":\"s\",\"configOptions"),
        models(2, "large"),
        models(3, "small"),
    ];
    stage.start.program.args[1] = format!("{}read line", script.join("\n"));
    let live = stage.start().await;
    let choice = |model: &str| ModelChoice { model: Some(model.to_owned()), effort: None };
    live.agent.set_model(ModelChoice::default()).await.unwrap();
    live.agent.set_model(choice("large")).await.unwrap();
    live.agent.set_model(choice("large")).await.unwrap();
    live.agent.set_model(ModelChoice::default()).await.unwrap();
    let Err(AgentError::ModelRefused { wanted, .. }) = live.agent.set_model(choice("huge")).await else {
        panic!()
    };
    assert_eq!(wanted, "huge");
    let effort = ModelChoice { model: None, effort: Some("high".to_owned()) };
    assert!(live.agent.set_model(effort).await.is_err(), "it offers none");
}
