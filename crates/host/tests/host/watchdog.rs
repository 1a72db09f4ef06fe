//! The stall watchdog, in paused time.

use std::time::Duration;

use model::*;
use ports::agent::{AgentEvent, PermissionText, RequestKey};
use tokio::time::sleep;
use wire::*;

use crate::cast::Asked;
use crate::client::command;
use crate::stage::Stage;

const ALMOST: Duration = Duration::from_millis(limits::STALL.0 - 1_000);

fn permission() -> AgentEvent {
    let asked = PermissionText {
        item: None,
        tool: "bash".into(),
        kind: ToolKind::Execute,
        title: "Run the tests".into(),
        command: None,
        directory: ".".into(),
        diffs: vec![],
        expires_at: None,
    };
    AgentEvent::Permission { key: RequestKey("p1".into()), asked }
}

#[tokio::test(start_paused = true)]
async fn ag3_the_time_a_person_took_to_answer_is_no_stall() {
    let mut stage = Stage::set().await;
    let (mut player, _) = stage.running().await;
    player.does(permission()).await;
    stage.owner.until("the card", |o| o.view.as_ref().is_some_and(|v| !v.permissions.is_empty())).await;
    sleep(ALMOST * 3).await;
    let permission = stage.owner.view.as_ref().unwrap().permissions[0].permission;
    let answer = PermissionAnswer::Allow;
    let allow = Request::AnswerPermission { command: command(), session: stage.session, permission, answer };
    stage.owner.call(allow).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Permission("p1".into(), answer)));

    sleep(ALMOST).await;
    let stalled = |event: &Event| matches!(event, Event::AgentStalled { .. });
    let rename = Request::RenameSession { command: command(), session: stage.session, title: "x".into() };
    stage.owner.call(rename).await.unwrap();
    assert!(!stage.owner.events.iter().any(|(_, event)| stalled(event)), "it has had the answer for 299 s");

    sleep(Duration::from_secs(2)).await;
    stage.owner.event("the stall", |event| stalled(event).then_some(())).await;
}
