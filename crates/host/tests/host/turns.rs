//! Turns, cards and the queue through the whole host.

use model::*;
use ports::agent::{
    AgentError, AgentEvent, DiffText, ItemKey, ModelChoice, PermissionText, RequestKey, ToolCallText,
};
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn ended(event: &Event) -> Option<TurnOutcome> {
    match event {
        Event::TurnEnded { outcome, .. } => Some(outcome.clone()),
        _ => None,
    }
}

fn said(event: &Event) -> Option<String> {
    match event {
        Event::MessageSaid { text, .. } => Some(text.text.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn tu8_the_turn_is_in_the_log_before_the_agent_has_the_prompt() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let session = StreamId::Session(stage.session);
    let logged = ports::event_store::EventStore::read(stage.store.as_ref(), session, 0, 100).await.unwrap();
    assert!(logged.iter().any(|record| record.header.kind == "turn_began"));
    player.say("m", "done").await;
    player.ends(turn).await;
    assert_eq!(stage.owner.event("the end", ended).await, TurnOutcome::Completed);
    assert_eq!(stage.owner.event("the words", said).await, "done");
}

#[tokio::test]
async fn lo7_a_turn_is_kept_whole_and_tools_are_paired() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let call = ToolCallText { title: "src/a.rs".into(), ..ToolCallText::default() };
    let item = ItemKey("call-1".into());
    player.say("m", "I look.").await;
    player.does(AgentEvent::ToolStarted { item: item.clone(), call }).await;
    let diffs = vec![DiffText { path: "src/a.rs".into(), added: 1, removed: 0, unified: "+x".into() }];
    let status = ToolStatus::Completed;
    player.does(AgentEvent::ToolEnded { item, status, output: "ok".into(), diffs }).await;
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;
    let started = stage.owner.event("a start", |event| match event {
        Event::ToolStarted { item, .. } => Some(item.to_string()),
        _ => None,
    });
    let started = started.await;
    let finished = stage.owner.event("an end", |event| match event {
        Event::ToolEnded { item, diffs, .. } => Some((item.to_string(), diffs.len())),
        _ => None,
    });
    assert_eq!(finished.await, (started, 1));
}

#[tokio::test]
async fn lo11_long_output_goes_into_a_blob_with_a_preview() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let (item, output) = (ItemKey("c".into()), "é".repeat(20_000));
    player.does(AgentEvent::ToolStarted { item: item.clone(), call: ToolCallText::default() }).await;
    let status = ToolStatus::Completed;
    player.does(AgentEvent::ToolEnded { item, status, output: output.clone(), diffs: vec![] }).await;
    player.ends(turn).await;
    let kept = stage.owner.event("the output", |event| match event {
        Event::ToolEnded { output, .. } => Some(output.clone()),
        _ => None,
    });
    let kept = kept.await;
    assert!(kept.text.len() <= limits::INLINE_BYTES && kept.bytes == 40_000);
    let wanted = Request::Blob { session: stage.session, hash: kept.blob.unwrap() };
    let Ok(Reply::Blob { text, truncated: false, .. }) = stage.owner.call(wanted).await else {
        panic!("the blob")
    };
    assert_eq!(text, output);
}

#[tokio::test]
async fn pe1_a_permission_waits_for_an_answer_and_the_agent_gets_it() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    let asked = PermissionText {
        item: None,
        tool: "bash".into(),
        kind: ToolKind::Execute,
        title: "Run the tests".into(),
        command: Some("cargo test".into()),
        directory: ".".into(),
        diffs: vec![],
        expires_at: None,
    };
    player.does(AgentEvent::Permission { key: RequestKey("p1".into()), asked }).await;
    stage
        .owner
        .until("the card", |owner| owner.view.as_ref().is_some_and(|v| !v.permissions.is_empty()))
        .await;
    let card = stage.owner.view.as_ref().unwrap().permissions[0].clone();
    assert!(card.you_may && card.request.command.as_deref() == Some("cargo test"));
    let (session, permission) = (stage.session, card.permission);
    let answer = PermissionAnswer::Allow;
    let allow = Request::AnswerPermission { command: command(), session, permission, answer };
    stage.owner.call(allow).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Permission("p1".into(), answer)));
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;
}

#[tokio::test]
async fn ba3_both_approve_and_the_agent_goes_on() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::Yes).await;
    let (mut player, turn) = stage.running().await;
    player.does(AgentEvent::Plan { key: RequestKey("plan".into()), text: "1. Do it".into() }).await;
    let voted = |client: &Client| client.view.as_ref().is_some_and(|view| view.ballots.len() == 1);
    bea.until("the ballot", voted).await;
    stage.owner.until("the ballot", voted).await;
    let card = bea.view.as_ref().unwrap().ballots[0].clone();
    let vote = |session| Request::Vote {
        command: command(),
        session,
        ballot: card.ballot,
        plan: card.plan_hash.clone(),
        choice: Choice::Approve,
    };
    bea.call(vote(stage.session)).await.unwrap();
    assert!(player.asked.try_recv().is_err(), "one vote is not all");
    stage.owner.call(vote(stage.session)).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Plan("plan".into(), PlanVerdict::Approved)));
    player.ends(turn).await;
    bea.event("the end", ended).await;
}

#[tokio::test]
async fn ba12_a_reason_the_protocol_cannot_carry_starts_a_follow_up_turn() {
    let mut stage = Stage::set().await;
    *stage.agents.carries_reason.lock().unwrap() = false;
    let (mut player, turn) = stage.running().await;
    player.does(AgentEvent::Plan { key: RequestKey("plan".into()), text: "1. Do it".into() }).await;
    stage.owner.until("the card", |o| o.view.as_ref().is_some_and(|view| view.ballots.len() == 1)).await;
    let card = stage.owner.view.as_ref().unwrap().ballots[0].clone();
    let deny = Request::Vote {
        command: command(),
        session: stage.session,
        ballot: card.ballot,
        plan: card.plan_hash,
        choice: Choice::Deny { reason: "Keep the old column.".into() },
    };
    stage.owner.call(deny).await.unwrap();
    assert!(matches!(player.asked.recv().await, Some(Asked::Plan(..))));
    player.does(AgentEvent::TurnOver { turn, reason: StopReason::Cancelled }).await;
    let Some(Asked::Prompt(next, text)) = player.asked.recv().await else { panic!("a follow-up") };
    assert!(text.contains("Keep the old column.") && next != turn);
}

#[tokio::test]
async fn tu3_another_drives_so_now_is_locked_and_queue_waits() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (mut player, turn) = stage.running().await;
    let owner = stage.owner.welcome.as_ref().unwrap().person;
    let refused = bea.call(stage.prompt("me too", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.rejection, Some(Rejection::TurnLocked { driver: owner }));
    let Ok(Reply::Prompted { started, .. }) = bea.call(stage.prompt("me too", Delivery::Queue)).await else {
        panic!("queued")
    };
    assert!(!started);
    player.ends(turn).await;
    let Some(Asked::Prompt(_, text)) = player.asked.recv().await else { panic!("drained by the host") };
    assert_eq!(text, "me too");
}

#[tokio::test]
async fn tu5_stop_cancels_the_prompt_and_keeps_the_agent() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    let session = stage.session;
    stage.owner.call(Request::StopTurn { command: command(), session }).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Cancel(turn)));
    player.does(AgentEvent::TurnOver { turn, reason: StopReason::Cancelled }).await;
    assert_eq!(stage.owner.event("the end", ended).await, TurnOutcome::Cancelled);
    let again = stage.prompt("again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    assert!(matches!(player.asked.recv().await, Some(Asked::Prompt(..))), "the same process");
}

#[tokio::test]
async fn tu6_an_agent_that_dies_closes_the_turn_and_the_next_one_works() {
    let mut stage = Stage::set().await;
    let (player, _) = stage.running().await;
    player.say("m", "I was saying").await;
    let died = AgentEvent::Exited { reason: "It crashed.".into(), detail: "segfault".into() };
    player.does(died).await;
    stage.owner.event("the end", ended).await;
    assert_eq!(stage.owner.event("the words", said).await, "I was saying");
    let again = stage.prompt("again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    let mut next = stage.player().await;
    next.prompted().await;
    assert_eq!(next.start.resume.as_deref(), Some("talk-1"), "AG5: it is asked to remember");
}

#[tokio::test]
async fn ag4_three_crashes_in_a_minute_stop_the_respawning() {
    let mut stage = Stage::set().await;
    for round in 1..=3 {
        let (player, _) = stage.running().await;
        player.does(AgentEvent::Exited { reason: "It crashed.".into(), detail: String::new() }).await;
        let ends = |client: &Client| client.events.iter().filter(|(_, e)| ended(e).is_some()).count();
        stage.owner.until("the end", |owner| ends(owner) == round).await;
    }
    let again = stage.prompt("again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    stage.owner.until("the refusal", |client| {
        let failed = |e: &Event| matches!(ended(e), Some(TurnOutcome::Failed { reason, .. }) if reason.contains("three times"));
        client.events.iter().any(|(_, event)| failed(event))
    })
    .await;
    let given_up = stage.owner.events.iter().rev().find_map(|(_, event)| match event {
        Event::TurnEnded { turn, .. } => Some(*turn),
        _ => None,
    });
    let turn = given_up.unwrap();
    stage.owner.until("the way out", |owner| retriable(owner) == Some(turn)).await;
    stage.owner.call(Request::RetryTurn { command: command(), session: stage.session, turn }).await.unwrap();
    let mut next = stage.player().await;
    match next.asked.recv().await {
        Some(Asked::Prompt(_, text)) => assert_eq!(text, "again", "TU12: the same words"),
        other => panic!("a prompt, not {other:?}"),
    }
}

fn retriable(client: &Client) -> Option<TurnId> {
    client.view.as_ref()?.you.may.retry
}

#[tokio::test]
async fn ag8_a_missing_agent_fails_the_turn_with_the_way_out() {
    let mut stage = Stage::set().await;
    let missing = AgentError::Missing {
        agent: AgentKey("puppet".into()),
        looked_in: "/bin".into(),
        hint: "npm install -g puppet".into(),
    };
    *stage.agents.refuse.lock().unwrap() = Some(missing);
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let TurnOutcome::Failed { reason, .. } = stage.owner.event("the end", ended).await else {
        panic!("failed")
    };
    assert!(reason.contains("npm install -g puppet"), "{reason}");
}

#[tokio::test]
async fn tu7_a_late_end_of_an_old_turn_settles_nothing() {
    let mut stage = Stage::set().await;
    let (mut player, first) = stage.running().await;
    player.ends(first).await;
    stage.owner.event("the end", ended).await;
    let again = stage.prompt("again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    let second = player.prompted().await;
    player.ends(first).await;
    player.say("m2", "still here").await;
    player.ends(second).await;
    assert_eq!(stage.owner.event("the words", said).await, "still here");
    let ends = stage.owner.events.iter().filter(|(_, event)| ended(event).is_some()).count();
    stage
        .owner
        .until("both ends", |o| o.events.iter().filter(|(_, e)| ended(e).is_some()).count() == 2)
        .await;
    assert!(ends <= 2);
}

#[tokio::test]
async fn gr5_a_guests_turn_does_not_start_in_a_mode_above_the_ceiling() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (mut player, turn) = stage.running().await;
    player.does(AgentEvent::Mode("bypassPermissions".into())).await;
    player.ends(turn).await;
    bea.event("the owner's turn", ended).await;
    bea.call(stage.prompt("rm everything", Delivery::Now)).await.unwrap();
    bea.until("the refusal", |bea| {
        let failed = |e: &Event| matches!(ended(e), Some(TurnOutcome::Failed { reason, .. }) if reason.contains("bypassPermissions"));
        bea.events.iter().any(|(_, event)| failed(event))
    })
    .await;
    assert!(player.asked.try_recv().is_err(), "no byte of it reached the agent");
    let again = stage.prompt("mine", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    assert!(matches!(player.asked.recv().await, Some(Asked::Prompt(..))), "the owner's own choice");
}

#[tokio::test]
async fn gr5_an_agent_that_goes_above_a_guests_ceiling_in_mid_turn_is_stopped() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    bea.call(stage.prompt("go", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    player.does(AgentEvent::Mode("bypassPermissions".into())).await;
    let exceeded = |event: &Event| match event {
        Event::ModeExceeded { mode, .. } => Some(mode.clone()),
        _ => None,
    };
    assert_eq!(bea.event("why", exceeded).await, "bypassPermissions");
    assert_eq!(player.asked.recv().await, Some(Asked::Cancel(turn)));
    player.ends(turn).await;
    assert_eq!(bea.event("the end", ended).await, TurnOutcome::Cancelled);
}

#[tokio::test]
async fn gr5_the_owners_agent_may_change_its_mode() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    player.does(AgentEvent::Mode("bypassPermissions".into())).await;
    player.ends(turn).await;
    assert_eq!(stage.owner.event("the end", ended).await, TurnOutcome::Completed);
}

#[tokio::test]
async fn gr5_a_mode_that_cannot_be_verified_is_not_started_for_a_guest() {
    let mut stage = Stage::set().await;
    *stage.agents.mode.lock().unwrap() = None;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    bea.call(stage.prompt("hello", Delivery::Now)).await.unwrap();
    let TurnOutcome::Failed { reason, .. } = bea.event("the refusal", ended).await else { panic!("failed") };
    assert!(reason.contains("does not say which mode"), "{reason}");
    let mut player = stage.player().await;
    assert!(player.asked.try_recv().is_err());
}

#[tokio::test]
async fn ag9_the_model_of_a_turn_is_set_before_its_prompt_is_written() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;
    let (model, effort) = (Some("large".to_owned()), Some("high".to_owned()));
    let choice = AgentChoice { model: model.clone(), effort: effort.clone(), ..AgentChoice::of("puppet") };
    let session = stage.session;
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    stage.owner.call(stage.prompt("think hard", Delivery::Now)).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Model(ModelChoice { model, effort })));
    assert!(matches!(player.asked.recv().await, Some(Asked::Prompt(..))));
}

#[tokio::test]
async fn gr5_an_agent_that_cannot_be_limited_is_not_started_for_a_guest() {
    let mut stage = Stage::set().await;
    let (session, choice) = (stage.session, AgentChoice::of("stranger"));
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    bea.call(stage.prompt("hello", Delivery::Now)).await.unwrap();
    let TurnOutcome::Failed { reason, .. } = bea.event("the refusal", ended).await else { panic!("failed") };
    assert!(reason.contains("cannot be limited"), "{reason}");
    stage.owner.call(stage.prompt("mine", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    let Some(Asked::Prompt(_, first)) = player.asked.recv().await else { panic!("the owner's own choice") };
    assert!(first.contains("mine"), "{first}");
}

#[tokio::test]
async fn pe5_what_is_asked_out_of_turn_is_rejected_at_once() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    let session = stage.session;
    stage.owner.call(Request::StopTurn { command: command(), session }).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Cancel(turn)));
    let asked = PermissionText {
        item: None,
        tool: "bash".into(),
        kind: ToolKind::Execute,
        title: "rm".into(),
        command: None,
        directory: ".".into(),
        diffs: vec![],
        expires_at: None,
    };
    player.does(AgentEvent::Permission { key: RequestKey("late".into()), asked }).await;
    assert_eq!(player.asked.recv().await, Some(Asked::Permission("late".into(), PermissionAnswer::Reject)));
    assert!(stage.owner.view.as_ref().unwrap().permissions.is_empty());
}

#[tokio::test]
async fn tu3_a_prompt_joins_the_running_turn_where_the_agent_can() {
    let mut stage = Stage::set().await;
    stage.agents.offers.lock().unwrap().steers = true;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    bea.call(stage.prompt("go", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    stage.owner.call(stage.prompt("rather blue", Delivery::Steer)).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Steer(turn, "rather blue".to_owned())));
    bea.until("it joins", |bea| {
        bea.events.iter().any(|(_, event)| matches!(event, Event::PromptSteered { .. }))
    })
    .await;
    player.ends(turn).await;
    bea.event("the end", ended).await;
    assert!(bea.view.as_ref().unwrap().queue.items.is_empty(), "QU4: it has been there");
}

#[tokio::test]
async fn tu3_gr5_what_cannot_join_waits_for_a_turn_of_its_own() {
    let mut stage = Stage::set().await;
    stage.agents.offers.lock().unwrap().steers = true;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (mut player, turn) = stage.running().await;
    player.does(AgentEvent::Mode("bypassPermissions".into())).await;
    bea.until("the mode", |bea| {
        bea.events.iter().any(|(_, event)| matches!(event, Event::ModeReported { .. }))
    })
    .await;
    bea.call(stage.prompt("rm everything", Delivery::Steer)).await.unwrap();
    player.ends(turn).await;
    let refused = |event: &Event| matches!(ended(event), Some(TurnOutcome::Failed { .. }));
    bea.until("its own turn", |bea| bea.events.iter().any(|(_, event)| refused(event))).await;
    assert!(player.asked.try_recv().is_err(), "above Bea's ceiling");
}
