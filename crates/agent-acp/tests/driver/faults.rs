use std::path::PathBuf;

use model::{Span, StopReason};
use ports::agent::{AgentError, AgentEvent};
use serde_json::{Value, json};

use ports::contract::agent::said;

use crate::stage::Stage;

/// Room for the notes behind the tail.
const NOTES: usize = 1024;

#[tokio::test]
async fn a_missing_program_is_named() {
    let mut stage = Stage::playing(&json!([]));
    stage.start.program.program = PathBuf::from("/nowhere/agent");
    let Err(AgentError::NotStarted { detail }) = stage.try_start().await else { panic!() };
    assert!(detail.contains("/nowhere/agent"), "{detail}");
}

#[tokio::test]
async fn ag3_an_agent_that_dies_at_the_handshake_is_said_to() {
    let stage = Stage::new(&json!({"at_initialize": {"exit": 3}, "turns": []}));
    let Err(error) = stage.try_start().await else { panic!() };
    assert!(matches!(error, AgentError::DiedAtHandshake { .. }), "{error}");
}

#[tokio::test]
async fn ag3_an_agent_that_never_answers_is_ended() {
    let mut stage = Stage::new(&json!({"at_initialize": "hang", "turns": []}));
    stage.start.limits.handshake = Span(300);
    let Err(error) = stage.try_start().await else { panic!() };
    assert!(matches!(error, AgentError::Silent { after: Span(300), .. }), "{error}");
}

#[tokio::test]
async fn ag3_tu5_an_agent_that_ignores_a_stop_is_ended_and_says_so() {
    let stage = Stage::playing(&json!([{"say": "never mind"}, "ignore_cancel", "hang"]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    live.until(|event| matches!(event, AgentEvent::Text { .. })).await;
    live.agent.cancel(turn).await.unwrap();
    let (reason, _) = live.until_exit().await;
    assert!(reason.contains("did not stop"), "{reason}");
    assert!(!live.is_running());
}

#[tokio::test]
async fn ag3_stderr_is_drained_and_only_its_tail_is_kept() {
    let (live, seen) = plays_on(&json!({"stderr_flood": {"bytes": 1_000_000}})).await;
    assert!(said(&seen).ends_with("still here"));
    let tail = live.agent.stderr_tail();
    assert!(!tail.is_empty() && tail.len() <= agent_process::STDERR_TAIL + NOTES, "{}", tail.len());
}

#[tokio::test]
async fn garbage_is_skipped_and_noted() {
    let (live, _) = plays_on(&json!({"garbage": "{\"not\": json"})).await;
    assert!(live.agent.stderr_tail().contains("1 lines of its output were no messages"));
}

#[tokio::test]
async fn a_line_of_50_mb_is_skipped_and_noted() {
    let (live, _) = plays_on(&json!({"long_line": {"bytes": 50_000_000}})).await;
    assert!(live.agent.stderr_tail().contains("1 lines of its output were too long"));
}

#[tokio::test]
async fn ag3_nothing_but_garbage_ends_the_agent() {
    let steps = (0..101).map(|_| json!({"garbage": "??"})).chain([json!("hang")]);
    let stage = Stage::playing(&steps.collect());
    let mut live = stage.start().await;
    live.prompt("go").await;
    let (reason, detail) = live.until_exit().await;
    assert!(reason.contains("does not understand"), "{reason}");
    assert!(detail.contains("101 lines"), "{detail}");
}

#[tokio::test]
async fn a_crash_is_the_last_event_with_its_code() {
    let stage = Stage::playing(&json!([{"say": "oh"}, {"crash": {"code": 7}}]));
    let mut live = stage.start().await;
    live.prompt("go").await;
    let (reason, _) = live.until_exit().await;
    assert!(reason.contains("code 7"), "{reason}");
    let gone = live.agent.prompt(model::TurnId(uuid::Uuid::new_v4()), "hello?".into()).await;
    assert!(gone.is_err());
}

#[tokio::test]
async fn stopping_and_letting_go_end_the_process() {
    let stage = Stage::playing(&json!([]));
    let mut stopped = stage.start().await;
    stopped.agent.stop().await;
    stopped.until_exit().await;
    assert!(!stopped.is_running());

    let mut dropped = stage.start().await;
    let running = std::mem::replace(&mut dropped.agent, stopped.agent);
    drop(running);
    dropped.until_exit().await;
    assert!(!dropped.is_running());
}

#[tokio::test]
async fn an_agent_that_closes_its_output_and_stays_is_ended() {
    let mut live = Stage::shell("exec >&-; sleep 1000").start().await;
    let (reason, _) = live.until_exit().await;
    assert!(reason.contains("closed its output"), "{reason}");
    assert!(!live.is_running());
}

#[tokio::test]
async fn an_agent_that_speaks_another_version_is_refused() {
    let mut stage = Stage::shell("");
    stage.start.program.args[1] = stage.start.program.args[1].replace(":1}", ":2}");
    let Err(AgentError::Incompatible { detail }) = stage.try_start().await else { panic!() };
    assert!(detail.contains("version 2"), "{detail}");
}

/// A turn goes on behind the fault.
async fn plays_on(fault: &Value) -> (ports::contract::agent::Live, Vec<AgentEvent>) {
    let stage = Stage::playing(&json!([fault, {"say": "still here"}]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let (reason, seen) = live.until_over(turn).await;
    assert_eq!(reason, StopReason::EndTurn);
    (live, seen)
}
