use model::Span;
use ports::agent::AgentError;
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
