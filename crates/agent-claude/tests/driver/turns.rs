use std::fs;

use model::{Memory, PermissionAnswer, StopReason};
use ports::agent::{AgentError, AgentEvent, AgentKind, RequestKey};
use ports::contract::agent::{Live, said};
use serde_json::json;

use crate::stage::{Stage, result, say, words};

#[tokio::test]
async fn ag2_one_process_serves_one_turn_after_the_other() {
    let turn = |text| format!("read -r line\n{}{}", words(text), result("success"));
    let stage = Stage::playing(&format!("{}{}read -r line", turn("one"), turn("two")));
    assert_eq!(stage.start.program.kind, AgentKind::Claude);
    let mut live = stage.start().await;
    assert_eq!((live.ready.memory, live.ready.version.as_str()), (Memory::New, "2.1.329"));
    for text in ["one", "two"] {
        let turn = live.prompt("go").await;
        let (reason, seen) = live.until_over(turn).await;
        assert_eq!((reason, said(&seen).as_str()), (StopReason::EndTurn, text));
    }
    assert_eq!(stage.starts().len(), 1);
}

#[tokio::test]
async fn commands_and_the_mode_are_told_first() {
    let mut live = Stage::playing("read -r line").start().await;
    let AgentEvent::Commands(commands) = live.next().await else { panic!() };
    assert_eq!(commands[0].name, "compact");
    assert_eq!(live.next().await, AgentEvent::Mode("default".to_owned()));
}

/// A program that asks leave for a command, keeps the answer beside it, and ends its turn.
fn asking() -> String {
    let ask = json!({"type": "control_request", "request_id": "r-1", "request": {
        "subtype": "can_use_tool", "tool_name": "Bash", "input": {"command": "touch x"}, "tool_use_id": "t"}});
    format!(
        "read -r line\n{}read -r line\necho \"$line\" > ../answer\n{}read -r line",
        say(&ask),
        result("success")
    )
}

async fn asked(live: &mut Live) -> RequestKey {
    let seen = live.until(|event| matches!(event, AgentEvent::Permission { .. })).await;
    let Some(AgentEvent::Permission { key, asked }) = seen.into_iter().last() else { unreachable!() };
    assert_eq!((asked.tool.as_str(), asked.command.as_deref()), ("Bash", Some("touch x")));
    key
}

#[tokio::test]
async fn pe5_an_answer_is_for_this_once_and_for_this_input() {
    for (answer, wanted) in [
        (PermissionAnswer::Allow, json!({"behavior": "allow", "updatedInput": {"command": "touch x"}})),
        (
            PermissionAnswer::Reject,
            json!({"behavior": "deny", "message": "The people in the room did not allow it."}),
        ),
    ] {
        let stage = Stage::playing(&asking());
        let mut live = stage.start().await;
        let turn = live.prompt("go").await;
        let key = asked(&mut live).await;
        live.agent.answer_permission(key.clone(), answer).await.unwrap();
        // PE2: a second answer changes nothing.
        live.agent.answer_permission(key, PermissionAnswer::Allow).await.unwrap();
        live.until_over(turn).await;
        let told: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(stage.folder.path().join("answer")).unwrap()).unwrap();
        assert_eq!(told["response"]["response"], wanted);
    }
}

#[tokio::test]
async fn tu7_a_prompt_before_the_end_of_the_last_turn_is_refused() {
    let mut live = Stage::playing(&asking()).start().await;
    live.prompt("go").await;
    asked(&mut live).await;
    let busy = live.agent.prompt(model::TurnId(uuid::Uuid::new_v4()), "and this".into()).await;
    assert!(matches!(busy, Err(AgentError::NotStarted { .. })), "{busy:?}");
}

#[tokio::test]
async fn tu5_a_stop_interrupts_and_the_process_lives_on() {
    let stopped =
        format!("read -r line\n{}read -r line\n{}", words("so far"), result("error_during_execution"));
    let next = format!("read -r line\n{}{}read -r line", words("next"), result("success"));
    let mut live = Stage::playing(&format!("{stopped}{next}")).start().await;
    let turn = live.prompt("go").await;
    live.until(|event| matches!(event, AgentEvent::Text { .. })).await;
    live.agent.cancel(turn).await.unwrap();
    assert_eq!(live.until_over(turn).await.0, StopReason::Cancelled);
    let turn = live.prompt("on").await;
    let (reason, seen) = live.until_over(turn).await;
    assert_eq!((reason, said(&seen).as_str()), (StopReason::EndTurn, "next"));
}

#[tokio::test]
async fn tu5_a_stop_that_overtakes_its_prompt_stops_it() {
    let script = format!("read -r line\nread -r line\n{}read -r line", result("error_during_execution"));
    let mut live = Stage::playing(&script).start().await;
    let turn = model::TurnId(uuid::Uuid::new_v4());
    live.agent.cancel(turn).await.unwrap();
    live.agent.prompt(turn, "go".into()).await.unwrap();
    assert_eq!(live.until_over(turn).await.0, StopReason::Cancelled);
}

#[tokio::test]
async fn a_stopped_program_ends() {
    let mut live = Stage::playing("read -r line").start().await;
    live.agent.stop().await;
    live.until_exit().await;
    assert!(!live.is_running());
}
