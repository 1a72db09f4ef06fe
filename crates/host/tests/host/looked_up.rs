//! Appends whose answer was lost, and logs that can't be read: the host goes on.

use model::*;
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

#[tokio::test]
async fn lo1_the_host_goes_on_after_an_append_whose_answer_was_lost() {
    let mut stage = Stage::set().await;
    let add = |path: &str| Request::AddRepository { command: command(), path: path.into() };
    stage.store.lose_next_answer();
    let lost = add("/repositories/lost");
    assert_eq!(stage.owner.call(lost.clone()).await.unwrap_err().code, FailureCode::Storage);
    stage.owner.call(add("/repositories/next")).await.unwrap();
    let Ok(Reply::Repository { .. }) = stage.owner.call(lost).await else { panic!("answered again") };
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("the directory", |owner| owner.directory.is_some()).await;
    let paths = stage.owner.directory.as_ref().unwrap().repositories.iter().map(|known| known.path.clone());
    let mut paths: Vec<_> = paths.flatten().collect();
    paths.sort();
    assert_eq!(paths, ["/repositories/ledger", "/repositories/lost", "/repositories/next"]);
}

#[tokio::test]
async fn sh5_a_stop_whose_answer_was_lost_holds_at_once() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    let share = shares[0].share;
    stage.store.lose_next_answer();
    stage.owner.call(Request::StopShare { command: command(), share }).await.unwrap_err();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.closed, Some(CloseCode::Revoked));
}

#[tokio::test]
async fn lo3_one_session_that_cannot_be_read_does_not_keep_the_host_from_starting() {
    let mut stage = Stage::set().await;
    let choice = AgentChoice::of("puppet");
    let opened = Request::OpenSession { command: command(), workspace: stage.workspace, choice, title: None };
    let Ok(Reply::Session { session: other, .. }) = stage.owner.call(opened).await else {
        panic!("a session")
    };
    stage.store.unreadable(Some(StreamId::Session(stage.session)));
    stage.restart().await;
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    let status = |owner: &Client, session| {
        let rows = owner.directory.as_ref().map(|seen| seen.sessions.as_slice()).unwrap_or_default();
        rows.iter().find(|row| row.session == session).map(|row| row.status)
    };
    stage.owner.until("both", |owner| status(owner, other).is_some()).await;
    assert_eq!(status(&stage.owner, other), Some(SessionStatus::Idle));
    assert_eq!(status(&stage.owner, stage.session), Some(SessionStatus::Broken));
    stage.owner.follow(other).await;
    let stream = StreamId::Session(stage.session);
    let refused = stage.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Storage);

    stage.store.unreadable(None);
    let healed = stage.session;
    stage.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    stage.owner.until("healed", |owner| status(owner, healed) == Some(SessionStatus::Idle)).await;
}
