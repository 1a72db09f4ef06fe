//! Cursors, snapshots and signals.

use model::*;
use ports::agent::{AgentEvent, ItemKey, ToolCallText};
use wire::*;

use crate::client::Client;
use crate::stage::{Consensus, Stage, tls};

fn delta_text(client: &Client) -> String {
    client
        .signals
        .iter()
        .filter_map(|signal| match signal {
            Signal::Delta { text, .. } => Some(text.as_str()),
            Signal::Typing { .. } | Signal::Looking { .. } => None,
        })
        .collect()
}

#[tokio::test]
async fn lo2_a_late_reader_and_an_early_one_see_the_same() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    for n in 0..300 {
        let item = ItemKey(format!("c{n}"));
        player.does(AgentEvent::ToolStarted { item, call: ToolCallText::default() }).await;
    }
    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    player.ends(turn).await;
    let over = |client: &Client| client.events.iter().any(|(_, e)| matches!(e, Event::TurnEnded { .. }));
    stage.owner.until("the end", over).await;
    late.until("the end", over).await;
    let tail = |client: &Client| client.events.iter().rev().take(150).cloned().collect::<Vec<_>>();
    assert_eq!(tail(&stage.owner), tail(&late));
    assert!(late.snapshots[0].events.len() <= limits::PAGE);
}

#[tokio::test]
async fn lo3_older_pages_come_on_demand_and_join_without_a_seam() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    for n in 0..250 {
        let item = ItemKey(format!("c{n}"));
        player.does(AgentEvent::ToolStarted { item, call: ToolCallText::default() }).await;
    }
    player.ends(turn).await;
    let over = |client: &Client| client.events.iter().any(|(_, e)| matches!(e, Event::TurnEnded { .. }));
    stage.owner.until("the end", over).await;
    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    assert!(!late.snapshots[0].whole);
    let mut seqs: Vec<u64> = late.events.iter().map(|(seq, _)| *seq).collect();
    while seqs[0] > 1 {
        let stream = StreamId::Session(stage.session);
        let page = late.call(Request::Page { stream, before: seqs[0], limit: 100 }).await;
        let Ok(Reply::Page { events, first, .. }) = page else { panic!("a page") };
        assert_eq!(first, events[0].seq == 1);
        seqs.splice(0..0, events.iter().map(|event| event.seq));
    }
    assert_eq!(seqs, (1..=late.head).collect::<Vec<_>>());
}

#[tokio::test]
async fn lo9_a_good_cursor_continues_and_a_bad_one_gets_a_snapshot() {
    let mut stage = Stage::set().await;
    let cursor = stage.owner.cursor();
    let (player, turn) = stage.running().await;
    player.ends(turn).await;
    let over = |client: &Client| client.events.iter().any(|(_, e)| matches!(e, Event::TurnEnded { .. }));
    stage.owner.until("the end", over).await;

    let stream = StreamId::Session(stage.session);
    let mut back = Client::owner(&stage.host).await;
    back.head = cursor.as_ref().unwrap().seq;
    back.call(Request::Subscribe { stream, cursor: cursor.clone() }).await.unwrap();
    back.until("the rest", |client| client.head == stage.owner.head && client.view.is_some()).await;
    assert!(back.snapshots.is_empty());

    let head = stage.owner.head;
    for bad in [
        Cursor { hash: "00".repeat(32), ..cursor.clone().unwrap() },
        Cursor { seq: head + 10, ..cursor.clone().unwrap() },
        Cursor { epoch: EpochId(uuid::Uuid::from_u128(9)), ..cursor.unwrap() },
    ] {
        let mut lost = Client::owner(&stage.host).await;
        lost.call(Request::Subscribe { stream, cursor: Some(bad) }).await.unwrap();
        lost.until("a snapshot", |client| !client.snapshots.is_empty()).await;
        assert!(lost.snapshots[0].replaced);
    }
}

#[tokio::test]
async fn lo3_a_snapshot_has_the_text_so_far_and_the_deltas_go_on_from_there() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    player.say("m", "Once upon").await;
    stage.owner.until("the first delta", |owner| delta_text(owner) == "Once upon").await;
    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    let partial = late.snapshots[0].partials[0].clone();
    assert_eq!((partial.text.as_str(), partial.n), ("Once upon", 1));
    player.say("m", " a time").await;
    late.until("the second delta", |late| delta_text(late) == " a time").await;
    let Signal::Delta { n, item, .. } = &late.signals[0] else { panic!("a delta") };
    assert_eq!((*n, *item), (2, partial.item));
    let wanted = Request::ItemText { session: stage.session, item: partial.item };
    let Ok(Reply::ItemText { text, n: 2, .. }) = late.call(wanted).await else { panic!("the text") };
    assert_eq!(text.as_deref(), Some("Once upon a time"));
    player.ends(turn).await;
}

#[tokio::test]
async fn gr2_a_stranger_learns_nothing_of_what_is_not_shared() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::Observer, Consensus::No).await;
    let mut bea = stage.knock("Bea", &code, "c").await.unwrap();
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in("Bea").await;
    bea.until("the welcome", |bea| bea.welcome.is_some()).await;
    let foreign = SessionId(uuid::Uuid::from_u128(5));
    for stream in [StreamId::Session(foreign), StreamId::Workspace(WorkspaceId(foreign.0))] {
        let refused = bea.call(Request::Subscribe { stream, cursor: None }).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::NotFound);
    }
    let stream = StreamId::Owner;
    let owners = bea.call(Request::Page { stream, before: 100, limit: 10 }).await.unwrap_err();
    assert_eq!(owners.code, FailureCode::Forbidden);
    let refused = bea.call(stage.prompt("hi", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Forbidden);
    bea.call(Request::WatchDirectory).await.unwrap();
    bea.until("a directory", |bea| bea.directory.is_some()).await;
    let seen = bea.directory.as_ref().unwrap();
    assert!(seen.workspaces[0].path.is_none() && seen.knocks.is_empty() && seen.live_shares == 0);
    assert!(matches!(tls(), host::Via::Tls { .. }));
}

#[tokio::test]
async fn ro2_others_hear_who_types_and_who_has_the_session_in_front_of_them() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Observer, Consensus::No).await;
    let person = bea.welcome.as_ref().unwrap().person;
    let session = stage.session;
    bea.call(Request::Look { session }).await.unwrap();
    let looks = |client: &Client| client.signals.contains(&Signal::Looking { person });
    stage.owner.until("the look", looks).await;
    bea.call(Request::Typing { session }).await.unwrap();
    stage.owner.until("the typing", |client| client.signals.contains(&Signal::Typing { person })).await;
}
