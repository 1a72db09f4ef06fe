//! Order, limits and refusals of one connection.

use model::*;
use wire::*;

use crate::client::{Client, command};
use crate::stage::Stage;

#[tokio::test]
async fn pa7_commands_of_a_connection_are_handled_in_order() {
    let mut stage = Stage::set().await;
    let session = stage.session;
    let mut ids = Vec::new();
    for n in 0..50 {
        let title = format!("title {n}");
        ids.push(stage.owner.send(Request::RenameSession { command: command(), session, title }).await);
    }
    let mut seqs = Vec::new();
    for id in ids {
        let Ok(Reply::Accepted { seq, .. }) = stage.owner.reply(id).await else { panic!("accepted") };
        seqs.push(seq);
    }
    assert!(seqs.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(
        stage.owner.events.iter().filter(|(_, e)| matches!(e, Event::SessionRenamed { .. })).count(),
        50
    );
}

#[tokio::test]
async fn pa6_too_many_commands_are_refused_and_change_nothing() {
    let stage = Stage::set().await;
    let session = stage.session;
    let mut hasty = Client::owner(&stage.host).await;
    let mut ids = Vec::new();
    for n in 0..limits::COMMANDS_BURST + 20 {
        let title = format!("title {n}");
        ids.push(hasty.send(Request::RenameSession { command: command(), session, title }).await);
    }
    let mut refused = 0;
    for id in ids {
        if let Err(failure) = hasty.reply(id).await {
            assert_eq!(failure.code, FailureCode::RateLimited);
            refused += 1;
        }
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn pa6_a_malformed_frame_closes_the_connection_and_only_it() {
    let stage = Stage::set().await;
    let mut other = Client::owner(&stage.host).await;
    let mut bad = Client::owner(&stage.host).await;
    bad.raw("{ this is not json").await;
    bad.until("the close", |bad| bad.closed.is_some()).await;
    assert_eq!(bad.closed, Some(CloseCode::BadFrame));
    assert_eq!(bad.bye.unwrap().reason, ByeReason::BadFrame);
    other.follow(stage.session).await;
}

#[tokio::test]
async fn pa10_an_unknown_method_is_answered_and_the_connection_lives() {
    let mut stage = Stage::set().await;
    stage.owner.raw(r#"{"jsonrpc":"2.0","id":900,"method":"from_the_future","params":{}}"#).await;
    assert_eq!(stage.owner.reply(900).await.unwrap_err().code, FailureCode::UnknownMethod);
    assert!(stage.owner.call(Request::Agents).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn pa6_no_hello_in_time_ends_the_connection() {
    let stage = Stage::set().await;
    let mut silent = Client::new(&stage.host, host::Via::Loopback);
    silent.until("the close", |client| client.closed.is_some()).await;
    assert_eq!(silent.closed, Some(CloseCode::HelloLate));
}

#[tokio::test]
async fn gr4_only_hello_opens_a_connection() {
    let stage = Stage::set().await;
    let mut rude = Client::new(&stage.host, host::Via::Loopback);
    assert_eq!(rude.call(Request::Agents).await.unwrap_err().code, FailureCode::HelloFirst);
    rude.until("the close", |client| client.closed.is_some()).await;
}

#[tokio::test]
async fn sh1_unknown_workspaces_are_not_shared() {
    let mut stage = Stage::set().await;
    let foreign = WorkspaceId(uuid::Uuid::from_u128(77));
    let minted = Request::MintShare {
        command: command(),
        terms: ShareWish::of(vec![stage.workspace, foreign], Preset::Guest),
    };
    assert_eq!(stage.owner.call(minted).await.unwrap_err().code, FailureCode::NotFound);
    assert!(!*stage.port.open.lock().unwrap(), "SH4: nothing shared, nothing listening");
}

#[tokio::test]
async fn ha1_numbers_are_given_once_and_handles_are_unique_prefixes() {
    let mut stage = Stage::set().await;
    for _ in 0..5 {
        let choice = AgentChoice::of("puppet");
        let workspace = stage.workspace;
        let opened = Request::OpenSession { command: command(), workspace, choice, title: None };
        stage.owner.call(opened).await.unwrap();
    }
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("all", |o| o.directory.as_ref().is_some_and(|d| d.sessions.len() == 6)).await;
    let sessions = &stage.owner.directory.as_ref().unwrap().sessions;
    let numbers: std::collections::BTreeSet<u32> = sessions.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=6).collect());
    for row in sessions {
        let fits = sessions.iter().filter(|other| other.session.to_string().starts_with(&row.handle));
        assert!(row.handle.len() >= 4 && fits.count() == 1);
    }
}
