use std::path::PathBuf;

use model::{Memory, Span, StopReason};
use ports::agent::{AgentError, AgentEvent, ModelChoice};
use ports::contract::agent::said;
use serde_json::json;

use crate::stage::{Stage, answer, handshake, result, say, words};

const EARLIER: &str = "11111111-2222-3333-4444-555555555555";

#[tokio::test]
async fn a_missing_program_is_named() {
    let mut stage = Stage::playing("");
    stage.start.program.program = PathBuf::from("/nowhere/claude");
    let Err(AgentError::NotStarted { detail }) = stage.try_start().await else { panic!() };
    assert!(detail.contains("/nowhere/claude"), "{detail}");
}

#[tokio::test]
async fn ag3_a_program_that_dies_at_the_handshake_is_said_to() {
    let stage = Stage::saying("echo 'no key' >&2; exit 3");
    let Err(AgentError::DiedAtHandshake { detail }) = stage.try_start().await else { panic!() };
    assert!(detail.contains("no key"), "{detail}");
}

#[tokio::test]
async fn ag3_a_program_that_never_answers_is_ended() {
    let mut stage = Stage::saying("sleep 1000");
    stage.start.limits.handshake = Span(300);
    let Err(error) = stage.try_start().await else { panic!() };
    assert!(matches!(error, AgentError::Silent { after: Span(300), .. }), "{error}");
}

#[tokio::test]
async fn ag3_tu5_a_program_that_ignores_a_stop_is_ended_and_says_so() {
    let stage = Stage::playing(&format!("read -r line\n{}sleep 1000", words("never mind")));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    live.until(|event| matches!(event, AgentEvent::Text { .. })).await;
    live.agent.cancel(turn).await.unwrap();
    let (reason, _) = live.until_exit().await;
    assert!(reason.contains("did not stop"), "{reason}");
    assert!(!live.is_running());
}

#[tokio::test]
async fn ag3_garbage_is_skipped_and_counted() {
    let garbage = "echo 'Debugger attached.'; echo '{}'\n";
    let script = format!("read -r line\n{garbage}{}{}read -r line", words("still here"), result("success"));
    let mut live = Stage::playing(&script).start().await;
    let turn = live.prompt("go").await;
    let (reason, seen) = live.until_over(turn).await;
    assert_eq!((reason, said(&seen).as_str()), (StopReason::EndTurn, "still here"));
    assert!(live.agent.stderr_tail().contains("2 lines of its output were no messages"));
}

#[tokio::test]
async fn a_crash_is_the_last_event_with_its_code() {
    let stage = Stage::playing(&format!("read -r line\n{}exit 7", words("oh")));
    let mut live = stage.start().await;
    live.prompt("go").await;
    let (reason, _) = live.until_exit().await;
    assert!(reason.contains("code 7"), "{reason}");
}

#[tokio::test]
async fn ag5_a_conversation_that_is_gone_is_a_new_one() {
    let gone = "case \"$*\" in *--resume*) echo 'No conversation found' >&2; exit 1;; esac\n";
    let mut stage = Stage::saying(&format!("{gone}{}read -r line", handshake("default")));
    stage.start.resume = Some(EARLIER.to_owned());
    let live = stage.start().await;
    assert_eq!(live.ready.memory, Memory::New);
    assert_ne!(live.ready.conversation, stage.start.resume);
    let starts = stage.starts();
    assert!(starts[0].contains("--resume 11111111"), "{starts:?}");
    let named = live.ready.conversation.clone().unwrap();
    assert!(starts[1].contains(&format!("--session-id {named}")), "{starts:?}");
}

fn resuming(told: &str) -> Stage {
    let status = json!({"sections": [{"rows": [{"label": "Session ID", "value": told}]}]});
    let session = json!({"session": {"total_cost_usd": 0.5, "model_usage": {}}});
    let mut stage =
        Stage::playing(&[answer(2, &status), answer(3, &session), "read -r line".to_owned()].concat());
    stage.start.resume = Some(EARLIER.to_owned());
    stage
}

#[tokio::test]
async fn ag5_a_conversation_that_is_there_is_resumed() {
    let stage = resuming(EARLIER);
    let live = stage.start().await;
    assert_eq!((live.ready.memory, &live.ready.conversation), (Memory::Resumed, &stage.start.resume));
    assert!(!stage.starts()[0].contains("--session-id"));
}

#[tokio::test]
async fn ag5_another_conversation_than_the_one_asked_for_is_not_called_resumed() {
    let stage = resuming("another");
    let live = stage.start().await;
    assert_eq!(live.ready.memory, Memory::New);
    assert_ne!(live.ready.conversation, stage.start.resume);
}

#[tokio::test]
async fn gr5_a_mode_counts_when_the_agent_says_it_is_in_it() {
    let modes = [answer(2, &json!({"mode": "acceptEdits"})), answer(3, &json!({"mode": "default"}))].concat();
    let live = Stage::playing(&format!("{modes}read -r line")).start().await;
    assert_eq!(live.ready.mode.as_deref(), Some("default"));
    live.agent.set_mode("acceptEdits".to_owned()).await.unwrap();
    let Err(AgentError::ModeRefused { wanted, actual }) = live.agent.set_mode("plan".to_owned()).await else {
        panic!()
    };
    assert_eq!((wanted.as_str(), actual.as_str()), ("plan", "acceptEdits"));
    let unknown = live.agent.set_mode("auto".to_owned()).await;
    assert!(matches!(unknown, Err(AgentError::ModeRefused { .. })), "{unknown:?}");
}

#[tokio::test]
async fn gr5_a_mode_it_does_not_confirm_at_the_start_is_not_told() {
    let stage = Stage::saying(&format!("{}read -r line", handshake("acceptEdits")));
    assert_eq!(stage.start().await.ready.mode, None);
}

#[tokio::test]
async fn ag9_a_model_and_an_effort_are_set_and_set_back() {
    let script = [
        answer(2, &json!({"model": "claude-sonnet"})),
        answer(3, &json!({})),
        answer(4, &json!({"applied": {"effort": "high"}})),
        answer(5, &json!({"model": "claude-opus"})),
        answer(6, &json!({})),
        answer(7, &json!({"applied": {"effort": "medium"}})),
        answer(8, &json!({})),
        answer(9, &json!({"applied": {"effort": "medium"}})),
    ];
    let live = Stage::playing(&format!("{}read -r line", script.concat())).start().await;
    let chosen = ModelChoice { model: Some("sonnet".to_owned()), effort: Some("high".to_owned()) };
    live.agent.set_model(ModelChoice::default()).await.unwrap();
    live.agent.set_model(chosen.clone()).await.unwrap();
    live.agent.set_model(chosen).await.unwrap();
    live.agent.set_model(ModelChoice::default()).await.unwrap();
    let unknown = ModelChoice { model: None, effort: Some("utmost".to_owned()) };
    let Err(AgentError::ModelRefused { wanted, detail }) = live.agent.set_model(unknown).await else {
        panic!()
    };
    assert_eq!((wanted.as_str(), detail.as_str()), ("utmost", "its effort is \"medium\""));
}

#[tokio::test]
async fn a_refused_handshake_is_said_in_its_words() {
    let refusal = json!({"type": "control_response", "response": {
        "subtype": "error", "request_id": "0", "error": "this version is too old"}});
    let stage = Stage::saying(&format!("read -r line\n{}read -r line", say(&refusal)));
    let Err(AgentError::NotStarted { detail }) = stage.try_start().await else { panic!() };
    assert_eq!(detail, "this version is too old");
}
