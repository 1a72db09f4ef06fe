//! A log that fails for a while: nobody is forgotten, nothing spins, and it heals by itself.

use std::time::Duration;

use model::*;
use ports::agent::AgentEvent;
use ports::event_store::StoreError;
use tokio::time::sleep;
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn present(client: &Client) -> usize {
    let roster = client.view.as_ref().map(|view| view.roster.as_slice()).unwrap_or_default();
    roster.iter().filter(|who| who.presence == Presence::Present).count()
}

fn rename(session: SessionId, title: &str) -> Request {
    Request::RenameSession { command: command(), session, title: title.into() }
}

fn interrupted(client: &Client) -> bool {
    let cut = |e: &Event| matches!(e, Event::TurnEnded { outcome: TurnOutcome::Interrupted, .. });
    client.events.iter().any(|(_, event)| cut(event))
}

#[tokio::test(start_paused = true)]
async fn lo1_after_a_full_disk_everybody_is_still_there_with_what_was_said() {
    let mut stage = Stage::set().await;
    let bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    stage.owner.until("both", |owner| present(owner) == 2).await;
    let (mut player, _) = stage.running().await;
    player.say("m", "half a sen").await;
    stage.owner.until("the delta", |owner| !owner.signals.is_empty()).await;
    stage.store.fail_every(StoreError::Full);
    player.does(AgentEvent::Tasks(vec![])).await;
    assert_eq!(player.asked.recv().await, Some(Asked::Stop));
    stage.store.mend();
    stage.owner.until("the close", interrupted).await;
    stage.owner.until("both", |owner| present(owner) == 2).await;
    let said = |e: &Event| matches!(e, Event::MessageSaid { text, .. } if text.text == "half a sen");
    assert!(stage.owner.events.iter().any(|(_, event)| said(event)), "what was shown is kept");
    drop(bea);
}

#[tokio::test(start_paused = true)]
async fn lo1_the_turn_is_closed_as_soon_as_there_is_room_without_a_command() {
    let mut stage = Stage::set().await;
    let (mut player, _) = stage.running().await;
    stage.store.fail_every(StoreError::Full);
    player.does(AgentEvent::Tasks(vec![])).await;
    assert_eq!(player.asked.recv().await, Some(Asked::Stop));
    sleep(Duration::from_secs(600)).await;
    assert!(!interrupted(&stage.owner));
    stage.store.mend();
    stage.owner.until("the close", interrupted).await;
}

#[tokio::test(start_paused = true)]
async fn lo1_a_full_disk_is_tried_once_a_second_and_no_more() {
    let mut stage = Stage::set().await;
    let bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    stage.owner.until("both", |owner| present(owner) == 2).await;
    drop(bea);
    stage.owner.until("away", |owner| present(owner) == 1).await;
    stage.store.fail_every(StoreError::Full);
    stage.owner.call(rename(stage.session, "x")).await.unwrap_err();
    sleep(Duration::from_millis(limits::AWAY.0)).await;
    let before = stage.store.appends();
    sleep(Duration::from_secs(10)).await;
    let tried = stage.store.appends() - before;
    assert!((1..=22).contains(&tried), "{tried} appends in 10 s");
    stage.store.mend();
    sleep(Duration::from_millis(limits::AWAY.0)).await;
    stage.owner.until("Bea gone", |o| o.view.as_ref().is_some_and(|view| view.roster.len() == 1)).await;
}

#[tokio::test]
async fn lo3_a_log_that_cannot_be_read_refuses_the_reader_in_so_many_words() {
    let mut stage = Stage::set().await;
    stage.restart().await;
    let stream = StreamId::Session(stage.session);
    stage.store.unreadable(Some(stream));
    let refused = stage.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::Storage, Retry::After));
    stage.store.unreadable(None);
    stage.owner.follow(stage.session).await;
}

#[tokio::test]
async fn lo2_a_reader_whose_log_fails_midway_is_told_and_comes_back() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    let stream = StreamId::Session(session);
    let mut slow = Client::owner(&stage.host).await;
    slow.follow(session).await;
    for n in 0..40 {
        stage.owner.call(rename(session, &format!("title {n}"))).await.unwrap();
    }
    let (player, _) = stage.running().await;
    for _ in 0..600 {
        let head = stage.owner.head;
        player.does(AgentEvent::Tasks(vec![])).await;
        stage.owner.until("the tasks", |owner| owner.head > head).await;
    }
    stage.store.unreadable(Some(stream));
    slow.until("the close", |slow| slow.closed.is_some()).await;
    assert_eq!(slow.closed, Some(CloseCode::Storage));
    assert_eq!(slow.bye.as_ref().unwrap().reason, ByeReason::Storage);
    stage.store.unreadable(None);
    let mut back = Client::owner(&stage.host).await;
    back.head = slow.head;
    back.call(Request::Subscribe { stream, cursor: slow.cursor() }).await.unwrap();
    let head = stage.owner.head;
    back.until("the rest", |back| back.head == head).await;
}

#[tokio::test]
async fn lo9_a_cursor_beyond_an_append_whose_answer_was_lost_is_good() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    stage.owner.call(rename(session, "one")).await.unwrap();
    stage.store.lose_next_answer();
    let kept = rename(session, "two");
    assert_eq!(stage.owner.call(kept.clone()).await.unwrap_err().code, FailureCode::Storage);
    stage.owner.call(kept).await.unwrap();
    stage.owner.until("two", |owner| owner.view.as_ref().is_some_and(|view| view.title == "two")).await;
    stage.owner.until("here", |owner| present(owner) == 1).await;
    let cursor = stage.owner.cursor();
    stage.owner.call(rename(session, "three")).await.unwrap();
    stage.owner.until("three", |owner| owner.view.as_ref().is_some_and(|view| view.title == "three")).await;

    let mut back = Client::owner(&stage.host).await;
    back.head = cursor.as_ref().unwrap().seq;
    back.call(Request::Subscribe { stream: StreamId::Session(session), cursor }).await.unwrap();
    let head = stage.owner.head;
    back.until("the rest", |back| back.head == head).await;
    assert!(back.snapshots.is_empty(), "the ring names each event by its own seq");
    assert_eq!(back.hash, stage.owner.hash);
}
