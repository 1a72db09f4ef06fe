//! Slow readers, slow queries and hasty clients: none of them keeps another waiting.

use model::*;
use ports::agent::{AgentEvent, ItemKey, ToolCallText};
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

/// Queries of which none is answered before the store lets go.
async fn hang(client: &mut Client, session: SessionId, queries: usize) -> Vec<u64> {
    let mut ids = Vec::new();
    for _ in 0..queries {
        ids.push(client.send(Request::Blob { session, hash: BlobHash("00".repeat(32)) }).await);
    }
    ids
}

#[tokio::test]
async fn lo2_a_slow_reader_ends_with_the_last_view_too() {
    let mut stage = Stage::set().await;
    let mut slow = Client::owner(&stage.host).await;
    slow.follow(stage.session).await;
    let (player, turn) = stage.running().await;
    for n in 0..200 {
        let (head, item) = (stage.owner.head, ItemKey(format!("c{n}")));
        player.does(AgentEvent::ToolStarted { item, call: ToolCallText::default() }).await;
        stage.owner.until("the start", |owner| owner.head > head).await;
    }
    player.ends(turn).await;
    stage.owner.until("the end", |o| o.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
    let head = stage.owner.head;
    slow.until("all events", |slow| slow.head == head).await;
    slow.until("idle", |slow| slow.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
}

#[tokio::test(start_paused = true)]
async fn pa7_slow_queries_delay_no_command() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    stage.store.hold_blobs();
    let waiting = hang(&mut stage.owner, session, limits::QUERIES_IN_FLIGHT + 4).await;
    let rename = Request::RenameSession { command: command(), session, title: "at once".into() };
    stage.owner.call(rename).await.unwrap();
    stage.store.let_go();
    for id in waiting {
        assert_eq!(stage.owner.reply(id).await.unwrap_err().code, FailureCode::NotFound);
    }
}

#[tokio::test(start_paused = true)]
async fn sh5_slow_queries_delay_no_farewell() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    stage.store.hold_blobs();
    hang(&mut bea, stage.session, limits::QUERIES_IN_FLIGHT + 4).await;
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    let share = shares[0].share;
    stage.owner.call(Request::StopShare { command: command(), share }).await.unwrap();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.closed, Some(CloseCode::Revoked));
}

#[tokio::test(start_paused = true)]
async fn pa7_more_waiting_queries_than_can_be_kept_are_refused() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    stage.store.hold_blobs();
    let ids = hang(&mut stage.owner, session, 50).await;
    let refused = stage.owner.reply(*ids.last().unwrap()).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::RateLimited, Retry::After));
    stage.store.let_go();
    assert_eq!(stage.owner.reply(ids[0]).await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test(start_paused = true)]
async fn pa6_subscriptions_have_the_rate_of_commands() {
    let stage = Stage::set().await;
    let mut hasty = Client::owner(&stage.host).await;
    let stream = StreamId::Session(stage.session);
    let mut refused = 0;
    for n in 0..limits::COMMANDS_BURST {
        let requests = [Request::Unsubscribe { stream }, Request::WatchDirectory];
        let answer = hasty.call(requests[n as usize % 2].clone()).await;
        refused += u32::from(answer.is_err_and(|failure| failure.code == FailureCode::RateLimited));
    }
    assert_eq!(refused, 0, "a burst is allowed");
    let over = hasty.call(Request::Subscribe { stream, cursor: None }).await.unwrap_err();
    assert_eq!(over.code, FailureCode::RateLimited);
}
