use std::collections::BTreeMap;
use std::fs;

use agent_acp::AcpBackend;
use model::{Memory, PermissionAnswer, PlanVerdict, StopReason, ToolKind, ToolStatus, TurnId};
use ports::agent::{AgentBackend, AgentError, AgentEvent, ReasonCarried};
use serde_json::{Value, json};
use uuid::Uuid;

use ports::contract::agent::said;

use crate::stage::Stage;

#[tokio::test]
async fn a_turn_is_told_in_order_and_an_allowed_edit_is_made() {
    let stage = Stage::playing(&json!([
        {"think": "Let me look."},
        {"read": {"path": "a.txt"}},
        {"edit": {"path": "a.txt", "find": "one", "replace": "two"}},
        {"say": "Done."},
    ]));
    fs::write(stage.file("a.txt"), "one\n").unwrap();
    let mut live = stage.start().await;
    assert_eq!(live.ready.memory, Memory::New);
    let turn = live.prompt("go").await;

    let mut seen = live.until(|event| matches!(event, AgentEvent::Permission { .. })).await;
    let Some(AgentEvent::Permission { key, asked }) = seen.last().cloned() else { unreachable!() };
    assert_eq!((asked.kind, asked.directory.as_str()), (ToolKind::Edit, "."));
    assert_eq!(asked.diffs[0].path, "a.txt");
    assert_eq!((asked.diffs[0].added, asked.diffs[0].removed), (1, 1));
    assert_eq!(fs::read_to_string(stage.file("a.txt")).unwrap(), "one\n");
    live.agent.answer_permission(key.clone(), PermissionAnswer::Allow).await.unwrap();
    // PE2: a second answer changes nothing.
    live.agent.answer_permission(key, PermissionAnswer::Reject).await.unwrap();

    let (reason, rest) = live.until_over(turn).await;
    seen.extend(rest);
    assert_eq!(reason, StopReason::EndTurn);
    assert_eq!(fs::read_to_string(stage.file("a.txt")).unwrap(), "two\n");
    let thought = |event: &AgentEvent| matches!(event, AgentEvent::Text { thought: true, .. });
    assert!(seen.iter().any(thought));
    assert!(said(&seen).ends_with("Done."), "{}", said(&seen));
    let ended: Vec<ToolStatus> = seen
        .iter()
        .filter_map(|event| match event {
            AgentEvent::ToolEnded { status, .. } => Some(*status),
            _ => None,
        })
        .collect();
    assert_eq!(ended, [ToolStatus::Completed, ToolStatus::Completed]);
}

#[tokio::test]
async fn pe5_a_rejected_edit_is_not_made() {
    let stage = Stage::playing(&json!([{"edit": {"path": "a.txt", "find": "one", "replace": "two"}}]));
    fs::write(stage.file("a.txt"), "one\n").unwrap();
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let seen = live.until(|event| matches!(event, AgentEvent::Permission { .. })).await;
    let Some(AgentEvent::Permission { key, .. }) = seen.last().cloned() else { unreachable!() };
    live.agent.answer_permission(key, PermissionAnswer::Reject).await.unwrap();
    live.until_over(turn).await;
    assert_eq!(fs::read_to_string(stage.file("a.txt")).unwrap(), "one\n");
}

#[tokio::test]
async fn ba12_a_plan_goes_on_when_approved_and_a_deny_carries_no_reason() {
    let stage = Stage::playing(&json!([
        {"plan": {"text": "1. Do it", "on_approve": [{"say": "Thanks."}], "on_reject": [{"say": "A pity."}]}},
    ]));
    for (verdict, carried, words) in [
        (PlanVerdict::Approved, ReasonCarried::Yes, "Thanks."),
        (PlanVerdict::Denied { reason: "too much".to_owned() }, ReasonCarried::No, "A pity."),
    ] {
        let mut live = stage.start().await;
        let turn = live.prompt("go").await;
        let seen = live.until(|event| matches!(event, AgentEvent::Plan { .. })).await;
        let Some(AgentEvent::Plan { key, text }) = seen.last().cloned() else { unreachable!() };
        assert_eq!(text, "1. Do it");
        assert_eq!(live.agent.answer_plan(key, verdict).await.unwrap(), carried);
        let (_, seen) = live.until_over(turn).await;
        assert!(said(&seen).contains(words), "{}", said(&seen));
    }
}

#[tokio::test]
async fn a_question_gets_the_answer_that_was_chosen() {
    let stage = Stage::playing(&json!([
        {"ask": {"question": "Which?", "options": [{"label": "Red"}, {"label": "Blue"}]}},
        {"say": "{answer} it is."},
    ]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let seen = live.until(|event| matches!(event, AgentEvent::Question { .. })).await;
    let Some(AgentEvent::Question { key, asked }) = seen.last().cloned() else { unreachable!() };
    assert_eq!(asked.fields[0].options, ["Red", "Blue"]);
    let answers = BTreeMap::from([(asked.fields[0].key.clone(), vec!["Blue".to_owned()])]);
    live.agent.answer_question(key, answers).await.unwrap();
    let (_, seen) = live.until_over(turn).await;
    assert!(said(&seen).ends_with("Blue it is."), "{}", said(&seen));
}

#[tokio::test]
async fn ba1_a_to_do_list_is_no_plan() {
    let stage = Stage::playing(&json!([{"todo": [{"content": "write it", "status": "in_progress"}]}]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let (_, seen) = live.until_over(turn).await;
    assert!(seen.iter().any(|event| matches!(event, AgentEvent::Tasks(tasks) if tasks.len() == 1)));
    assert!(!seen.iter().any(|event| matches!(event, AgentEvent::Plan { .. })));
}

/// As Gemini CLI does it: the answer to the load first, and then what is replayed.
#[tokio::test]
async fn lo8_what_is_replayed_after_a_load_is_not_said_again() {
    let hello = json!({"protocolVersion": 1, "agentCapabilities": {"loadSession": true}});
    let answer = |id: u64, result: &Value| json!({"jsonrpc": "2.0", "id": id, "result": result}).to_string();
    let says = |words: &str| {
        let content = json!({"type": "text", "text": words});
        let update = json!({"sessionUpdate": "agent_message_chunk", "content": content});
        let params = json!({"sessionId": "s", "update": update});
        json!({"jsonrpc": "2.0", "method": "session/update", "params": params}).to_string()
    };
    let replayed = [answer(1, &json!({})), says("kumquat")].into_iter().chain(vec![says("old "); 200]);
    let lines = replayed.collect::<Vec<_>>().join("\n");
    let (hello, over) = (answer(0, &hello), answer(2, &json!({"stopReason": "end_turn"})));
    let new = says("new");
    let mut stage = Stage::shell("");
    stage.start.program.args[1] = format!(
        "read l; echo '{hello}'\nread l; echo '{lines}'\nread l; echo '{new}'; echo '{over}'; read l"
    );
    stage.start.resume = Some("s".to_owned());
    let mut live = stage.start().await;
    assert_eq!(live.ready.memory, Memory::Resumed);
    let turn = live.prompt("go on").await;
    let (_, seen) = live.until_over(turn).await;
    assert_eq!(said(&seen), "new");
}

#[tokio::test]
async fn ag5_memory_is_called_resumed_only_when_the_agent_has_it() {
    let mut stage =
        Stage::new(&json!({"turns": [{"steps": [{"say": "first"}]}, {"steps": [{"say": "second"}]}]}));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let (_, seen) = live.until_over(turn).await;
    assert!(said(&seen).ends_with("first"));
    stage.start.resume = live.ready.conversation.clone();
    assert!(stage.start.resume.is_some());
    live.agent.stop().await;

    let mut again = stage.start().await;
    assert_eq!(again.ready.memory, Memory::Resumed);
    assert_eq!(again.ready.conversation, live.ready.conversation);
    let turn = again.prompt("go on").await;
    let (_, seen) = again.until_over(turn).await;
    assert_eq!(said(&seen), "second", "what was replayed is not told again");

    stage.start.resume = Some("never-heard-of".to_owned());
    let fresh = stage.start().await;
    assert_eq!(fresh.ready.memory, Memory::New);
    assert_ne!(fresh.ready.conversation, stage.start.resume);
}

#[tokio::test]
async fn ag2_tu5_a_stopped_turn_ends_as_cancelled_and_the_process_stays() {
    let stage = Stage::new(&json!({"turns": [
        {"when": "wait", "steps": [{"say": "waiting"}, "wait_cancel"]},
        {"steps": [{"say": "here"}]},
    ]}));
    let mut live = stage.start().await;
    let turn = live.prompt("wait").await;
    live.until(|event| matches!(event, AgentEvent::Text { .. })).await;
    live.agent.cancel(TurnId(Uuid::new_v4())).await.unwrap();
    live.agent.cancel(turn).await.unwrap();
    let (reason, _) = live.until_over(turn).await;
    assert_eq!(reason, StopReason::Cancelled);
    let next = live.prompt("again").await;
    let (reason, seen) = live.until_over(next).await;
    assert_eq!((reason, said(&seen).as_str()), (StopReason::EndTurn, "here"));
    assert!(live.is_running());
}

#[tokio::test]
async fn tu5_a_stop_answers_what_the_agent_still_asks() {
    let stage = Stage::playing(&json!([{"edit": {"path": "a.txt", "append": "x"}}]));
    fs::write(stage.file("a.txt"), "one\n").unwrap();
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    live.until(|event| matches!(event, AgentEvent::Permission { .. })).await;
    live.agent.cancel(turn).await.unwrap();
    assert_eq!(live.until_over(turn).await.0, StopReason::Cancelled);
    assert_eq!(fs::read_to_string(stage.file("a.txt")).unwrap(), "one\n");
}

#[tokio::test]
async fn tu1_tu7_one_prompt_at_a_time_and_late_words_belong_to_no_turn() {
    let stage = Stage::new(&json!({"turns": [
        {"when": "late", "steps": [{"late": "too late"}, {"gate": {"file": "open"}}]},
        {"steps": [{"say": "mine"}]},
    ]}));
    let mut live = stage.start().await;
    let turn = live.prompt("late").await;
    let second = live.agent.prompt(TurnId(Uuid::new_v4()), "me too".into()).await;
    assert!(matches!(second, Err(AgentError::NotStarted { .. })), "{second:?}");
    fs::write(stage.file("open"), "").unwrap();
    live.until_over(turn).await;
    live.agent.stop().await;
    while let Some(event) = live.events.recv().await {
        assert!(!matches!(event, AgentEvent::Text { .. }), "{event:?}");
    }
}

#[tokio::test]
async fn an_error_of_the_agent_ends_the_turn_as_failed() {
    let stage =
        Stage::playing(&json!([{"stderr_flood": {"bytes": 100}}, {"fail": {"message": "out of credit"}}]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let seen = live.until(|event| matches!(event, AgentEvent::TurnFailed { .. })).await;
    let Some(AgentEvent::TurnFailed { turn: failed, reason, .. }) = seen.last() else { unreachable!() };
    assert_eq!((*failed, reason.as_str()), (turn, "out of credit"));
}

#[tokio::test]
async fn ag6_files_through_the_client_are_refused_and_the_turn_goes_on() {
    let stage = Stage::playing(&json!([
        {"client_write": {"path": "../escape.txt", "content": "x"}},
        {"client_read": {"path": "../script.json"}},
        {"say": "still here"},
    ]));
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let (_, seen) = live.until_over(turn).await;
    assert!(said(&seen).ends_with("still here"), "{}", said(&seen));
    assert!(!stage.folder.path().join("escape.txt").exists());
}

#[tokio::test]
async fn lo8_secrets_and_paths_do_not_reach_the_host() {
    let mut stage = Stage::playing(&json!([]));
    let secret = "sk-0123456789";
    let words = format!("key {secret} in {}/a.txt", stage.start.worktree.display());
    let script = json!({"turns": [{"steps": [{"say": words}]}]});
    fs::write(stage.folder.path().join("script.json"), script.to_string()).unwrap();
    stage.start.program.env.insert("MODEL_API_KEY".to_owned(), secret.to_owned());
    let mut live = stage.start().await;
    let turn = live.prompt("go").await;
    let (_, seen) = live.until_over(turn).await;
    assert!(said(&seen).ends_with("key ••• in a.txt"), "{}", said(&seen));
}

#[tokio::test]
async fn a_process_of_an_earlier_life_is_ended_by_its_name() {
    let stage = Stage::playing(&json!([{"say": "hello"}]));
    let mut live = stage.start().await;
    AcpBackend.end_leftover("1:2:not-our-tag".to_owned()).await;
    AcpBackend.end_leftover("nonsense".to_owned()).await;
    assert!(live.is_running());
    AcpBackend.end_leftover(live.ready.process.clone()).await;
    live.until_exit().await;
    assert!(!live.is_running());
}

#[tokio::test]
async fn tu5_a_stop_that_overtakes_its_prompt_still_stops_the_turn() {
    let stage = Stage::playing(&json!(["wait_cancel"]));
    let mut live = stage.start().await;
    let turn = TurnId(Uuid::new_v4());
    live.agent.cancel(turn).await.unwrap();
    live.agent.prompt(turn, "go".into()).await.unwrap();
    let (reason, _) = live.until_over(turn).await;
    assert_eq!(reason, StopReason::Cancelled);
}
