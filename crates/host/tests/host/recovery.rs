//! A host that dies and comes back on the same log.

use model::*;
use ports::agent::{AgentEvent, RequestKey};
use ports::event_store::StoreError;
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn outcomes(client: &Client) -> Vec<TurnOutcome> {
    let ended = client.events.iter().filter_map(|(_, event)| match event {
        Event::TurnEnded { outcome, .. } => Some(outcome.clone()),
        _ => None,
    });
    ended.collect()
}

#[tokio::test]
async fn tu8_a_turn_in_flight_reads_interrupted_with_what_was_said() {
    let mut stage = Stage::set().await;
    let (player, _) = stage.running().await;
    player.say("m", "half a sen").await;
    stage.owner.until("the delta", |owner| !owner.signals.is_empty()).await;
    let queued = stage.prompt("and then this", Delivery::Queue);
    stage.owner.call(queued).await.unwrap();
    let session = stage.session;

    stage.restart().await;
    stage.owner.follow(session).await;
    assert_eq!(outcomes(&stage.owner), [TurnOutcome::Interrupted]);
    let said = stage
        .owner
        .events
        .iter()
        .any(|(_, event)| matches!(event, Event::MessageSaid { text, .. } if text.text == "half a sen"));
    assert!(said, "LO1: what was shown is kept");
    let view = stage.owner.view.clone().unwrap();
    assert!(view.turn.is_none() && view.interrupted);
    assert_eq!(view.queue.items.len(), 1, "the queue is intact");
    assert_eq!(stage.agents.ended.lock().unwrap().clone(), ["7:7"], "what was left over is ended");

    let resume = stage.prompt("Go on.", Delivery::Now);
    stage.owner.call(resume).await.unwrap();
    let mut player = stage.player().await;
    let Some(Asked::Prompt(_, text)) = player.asked.recv().await else { panic!("a prompt") };
    assert_eq!(text, "Go on.");
    assert_eq!(player.start.resume.as_deref(), Some("talk-1"));
}

#[tokio::test]
async fn lo5_a_command_is_answered_again_and_not_run_again_even_after_a_restart() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    let rename = |title: &str, command| Request::RenameSession { command, session, title: title.into() };
    let id = command();
    let first = stage.owner.call(rename("one", id)).await.unwrap();
    assert_eq!(stage.owner.call(rename("one", id)).await.unwrap(), first);
    stage.restart().await;
    assert_eq!(stage.owner.call(rename("one", id)).await.unwrap(), first);
    let other = stage.owner.call(rename("two", id)).await.unwrap_err();
    assert_eq!(other.code, FailureCode::IdReused);
    stage.owner.follow(session).await;
    let renames = stage.owner.events.iter().filter(|(_, e)| matches!(e, Event::SessionRenamed { .. }));
    assert_eq!(renames.count(), 1);
}

#[tokio::test]
async fn lo5_a_yes_that_changed_nothing_stays_one() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::Yes).await;
    let (player, turn) = stage.running().await;
    player.does(AgentEvent::Plan { key: RequestKey("plan".into()), text: "1. All".into() }).await;
    bea.until("a ballot", |bea| open_ballot(bea).is_some()).await;
    let (ballot, plan) = open_ballot(&bea).unwrap();
    let session = stage.session;
    let vote =
        |command| Request::Vote { command, session, ballot, plan: plan.clone(), choice: Choice::Approve };
    bea.call(vote(command())).await.unwrap();
    let twice = vote(command());
    let said = bea.call(twice.clone()).await.unwrap();
    player.ends(turn).await;
    bea.until("its end", |bea| open_ballot(bea).is_none()).await;
    assert_eq!(bea.call(vote(command())).await.unwrap_err().code, FailureCode::AlreadyDecided);
    assert_eq!(bea.call(twice).await.unwrap(), said);
}

fn open_ballot(client: &Client) -> Option<(BallotId, PlanHash)> {
    let open = client.view.as_ref()?.ballots.first()?;
    Some((open.ballot, open.plan_hash.clone()))
}

#[tokio::test]
async fn lo5_refusals_leave_no_trace() {
    let mut stage = Stage::set().await;
    let head = stage.owner.head;
    let id = command();
    let session = stage.session;
    let refused = stage.owner.call(Request::StopTurn { command: id, session }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NoTurn);
    let rename = Request::RenameSession { command: id, session, title: "new".into() };
    stage.owner.call(rename).await.unwrap();
    stage.owner.until("the rename", |owner| owner.head > head).await;
    assert_eq!(stage.owner.head, head + 1);
}

#[tokio::test]
async fn lo1_a_full_disk_refuses_commands_stops_the_agent_and_heals() {
    let mut stage = Stage::set().await;
    let (mut player, _) = stage.running().await;
    stage.store.fail_every(StoreError::Full);
    player.does(AgentEvent::Tasks(vec![])).await;
    assert_eq!(player.asked.recv().await, Some(Asked::Stop));
    let session = stage.session;
    let rename = |title: &str| Request::RenameSession { command: command(), session, title: title.into() };
    let refused = stage.owner.call(rename("x")).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::Storage, Retry::After));
    stage.store.mend();
    stage.owner.call(rename("y")).await.unwrap();
    stage.owner.until("the close", |owner| outcomes(owner) == [TurnOutcome::Interrupted]).await;
}

#[tokio::test]
async fn lo1_an_append_whose_answer_was_lost_is_found_again() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    let rename = Request::RenameSession { command: command(), session, title: "kept".into() };
    stage.store.lose_next_answer();
    let unknown = stage.owner.call(rename.clone()).await.unwrap_err();
    assert_eq!(unknown.code, FailureCode::Storage);
    assert!(matches!(stage.owner.call(rename).await, Ok(Reply::Accepted { .. })));
    let mut late = Client::owner(&stage.host).await;
    late.follow(session).await;
    let renames = late.events.iter().filter(|(_, e)| matches!(e, Event::SessionRenamed { .. }));
    assert_eq!(renames.count(), 1, "once, however often it was sent");
    assert_eq!(late.view.unwrap().title, "kept");
}

#[tokio::test]
async fn qu2_the_queue_is_swept_at_start() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let queued = stage.prompt("next", Delivery::Queue);
    stage.owner.call(queued).await.unwrap();
    stage.store.fail_every(StoreError::Full);
    player.ends(turn).await;
    stage.store.mend();
    stage.restart().await;
    stage.owner.follow(stage.session).await;
    let view = stage.owner.view.clone().unwrap();
    assert!(
        view.turn.is_none() && view.queue.held,
        "what ran was interrupted, so the queue waits for a word (QU3)"
    );
    stage.owner.call(Request::ReleaseQueue { command: command(), session: stage.session }).await.unwrap();
    let mut player = stage.player().await;
    assert!(matches!(player.asked.recv().await, Some(Asked::Prompt(_, text)) if text == "next"));
}
