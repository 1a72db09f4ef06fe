//! The log as the owner's own: what is taken back, what is deleted, what is sworn.

use model::*;
use ports::agent::{AgentEvent, ItemKey, ToolCallText};
use ports::chain::{self, ROOT};
use ports::event_store::{EventStore, StoreError};
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

const SECRET: &str = "hunter2";

/// A finished turn: the owner's prompt and the agent's answer, both with the secret in them.
async fn told(stage: &mut Stage) -> (u64, u64) {
    let prompt = stage.prompt(&format!("my password is {SECRET}"), Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    player.say("m", &format!("{SECRET} is weak")).await;
    player.ends(turn).await;
    stage.owner.until("the turn's end", |owner| owner.events.iter().any(|(_, it)| ended(it))).await;
    let queued = seq_of(&stage.owner, |event| matches!(event, Event::PromptQueued { .. }));
    let said = seq_of(&stage.owner, |event| matches!(event, Event::MessageSaid { .. }));
    (queued, said)
}

fn ended(event: &Event) -> bool {
    matches!(event, Event::TurnEnded { .. })
}

fn seq_of(client: &Client, wanted: impl Fn(&Event) -> bool) -> u64 {
    client.events.iter().find(|(_, event)| wanted(event)).unwrap().0
}

async fn holds_secret(stage: &Stage) -> bool {
    let stream = StreamId::Session(stage.session);
    let records = stage.store.read(stream, 0, usize::MAX).await.unwrap();
    let saved = stage.store.saved(stream).await.unwrap();
    let saved = saved.map(|saved| String::from_utf8(saved.state).unwrap()).unwrap_or_default();
    saved.contains(SECRET) || records.iter().any(|record| record.body.contains(SECRET))
}

async fn chain_holds(stage: &Stage) {
    let records = stage.store.read(StreamId::Session(stage.session), 0, usize::MAX).await.unwrap();
    let mut prev = ROOT;
    for record in &records {
        assert_eq!(record.hash, record.hash_after(&prev), "at {}", record.header.seq);
        prev = record.hash;
    }
}

fn redact(stage: &Stage, seq: u64) -> Request {
    Request::Redact { command: command(), session: stage.session, seq }
}

#[tokio::test]
async fn lo11_what_the_owner_takes_back_is_gone_for_everybody() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (queued, said) = told(&mut stage).await;
    bea.until("the turn's end", |bea| bea.events.iter().any(|(_, it)| ended(it))).await;
    assert!(holds_secret(&stage).await);

    let back = redact(&stage, queued);
    stage.owner.call(back).await.unwrap();
    let seqs = bea.event("the redaction", redacted).await;
    assert_eq!(seqs.len(), 2, "the prompt was queued and taken");
    assert!(holds_secret(&stage).await, "the answer is a thing of its own");
    let back = redact(&stage, said);
    stage.owner.call(back).await.unwrap();
    assert!(!holds_secret(&stage).await);
    chain_holds(&stage).await;

    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    assert!(!format!("{:?}", late.snapshots).contains(SECRET), "nor is it in memory for late readers");
    let taken = late.events.iter().find(|(_, event)| matches!(event, Event::TurnTaken { .. }));
    assert!(taken.is_some(), "a tombstone stays");
    let again = redact(&stage, said);
    assert_eq!(stage.owner.call(again).await.unwrap_err().code, FailureCode::Unchanged);

    let session = stage.session;
    stage.restart().await;
    stage.owner.follow(session).await;
    assert!(!format!("{:?}", stage.owner.snapshots).contains(SECRET));
    let next = stage.prompt("and on", Delivery::Now);
    stage.owner.call(next).await.unwrap();
}

fn redacted(event: &Event) -> Option<Vec<u64>> {
    match event {
        Event::Redacted { seqs, .. } => Some(seqs.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn lo11_a_long_output_goes_with_its_blob() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let item = ItemKey("tool".into());
    let call =
        ToolCallText { kind: ToolKind::Execute, title: "cat".into(), input: "{}".into(), paths: vec![] };
    player.does(AgentEvent::ToolStarted { item: item.clone(), call }).await;
    let output = SECRET.repeat(limits::INLINE_BYTES);
    let done = AgentEvent::ToolEnded { item, status: ToolStatus::Completed, output, diffs: vec![] };
    player.does(done).await;
    let blob = stage
        .owner
        .event("the output", |event| match event {
            Event::ToolEnded { output, .. } => output.blob.clone(),
            _ => None,
        })
        .await;
    let started = seq_of(&stage.owner, |event| matches!(event, Event::ToolStarted { .. }));
    let early = redact(&stage, started);
    assert_eq!(stage.owner.call(early).await.unwrap_err().code, FailureCode::InUse, "its turn runs");
    player.ends(turn).await;
    stage.owner.until("the turn's end", |owner| owner.events.iter().any(|(_, it)| ended(it))).await;
    assert!(stage.store.blob(blob.clone()).await.unwrap().is_some());
    let back = redact(&stage, started);
    stage.owner.call(back).await.unwrap();
    assert_eq!(stage.store.blob(blob).await.unwrap(), None);
    assert!(!holds_secret(&stage).await);
}

#[tokio::test]
async fn lo11_what_waits_or_says_nothing_is_not_taken_back() {
    let mut stage = Stage::set().await;
    let (_player, _) = stage.running().await;
    let queued = stage.prompt("later", Delivery::Queue);
    stage.owner.call(queued).await.unwrap();
    let seq = stage.owner.events.iter().rfind(|(_, it)| matches!(it, Event::PromptQueued { .. })).unwrap().0;
    for (seq, code) in [(seq, FailureCode::InUse), (1, FailureCode::Unchanged), (999, FailureCode::NotFound)]
    {
        let back = redact(&stage, seq);
        assert_eq!(stage.owner.call(back).await.unwrap_err().code, code, "at {seq}");
    }
    let nowhere = redact(&stage, 0);
    assert_eq!(stage.owner.call(nowhere).await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test]
async fn lo11_a_redaction_that_fails_changes_nothing_and_one_whose_answer_is_lost_counts_once() {
    let mut stage = Stage::set().await;
    let (queued, _) = told(&mut stage).await;
    stage.store.fail_next(StoreError::Full);
    let back = redact(&stage, queued);
    assert_eq!(stage.owner.call(back.clone()).await.unwrap_err().code, FailureCode::Storage);
    assert!(holds_secret(&stage).await);
    stage.store.lose_next_answer();
    assert_eq!(stage.owner.call(back.clone()).await.unwrap_err().code, FailureCode::Storage);
    assert!(
        matches!(stage.owner.call(back).await, Ok(Reply::Accepted { .. })),
        "it is answered, not run again"
    );
    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    assert_eq!(late.events.iter().filter(|(_, event)| redacted(event).is_some()).count(), 1);
    chain_holds(&stage).await;
}

#[tokio::test]
async fn lo11_a_deleted_session_leaves_a_tombstone_in_its_workspace() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Observer, Consensus::No).await;
    told(&mut stage).await;
    let session = stage.session;
    let stream = StreamId::Session(session);
    let head = stage.store.head(stream).await.unwrap();
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    let delete = Request::DeleteSession { command: command(), session };
    assert_eq!(stage.owner.call(delete.clone()).await, Ok(Reply::Done));
    assert_eq!(stage.owner.call(delete.clone()).await, Ok(Reply::Done), "a retry is answered");

    bea.until("the end of the stream", |bea| bea.gone == Some(stream)).await;
    let none = |owner: &Client| owner.directory.as_ref().is_some_and(|it| it.sessions.is_empty());
    stage.owner.until("its row to go", none).await;
    assert!(!stage.store.streams().await.unwrap().contains(&stream));
    let page = Request::Page { stream, before: 99, limit: 9 };
    assert_eq!(stage.owner.call(page).await.unwrap_err().code, FailureCode::NotFound);

    stage.restart().await;
    assert_eq!(stage.owner.call(delete).await, Ok(Reply::Done), "also after a restart");
    let told = stage.store.read_back(StreamId::Workspace(stage.workspace), u64::MAX, 1).await.unwrap();
    let WorkspaceEvent::SessionDeleted { number, seq, hash, .. } =
        serde_json::from_str(&told[0].body).unwrap()
    else {
        panic!("the last word on it")
    };
    assert_eq!(number, 1);
    assert!(seq >= head.seq && hash.len() == 64, "what it ended with, its own end included");
    let choice = AgentChoice::of("puppet");
    let open = Request::OpenSession { command: command(), workspace: stage.workspace, choice, title: None };
    let Ok(Reply::Session { session, .. }) = stage.owner.call(open).await else { panic!("a session") };
    stage.owner.snapshots.clear();
    stage.owner.follow(session).await;
    assert_eq!(stage.owner.view.as_ref().unwrap().number, 2, "no number is given twice (HA1)");
}

#[tokio::test]
async fn lo11_a_deletion_that_fails_leaves_the_session_as_it_is() {
    let mut stage = Stage::set().await;
    told(&mut stage).await;
    let session = stage.session;
    let delete = Request::DeleteSession { command: command(), session };
    stage.store.fail_next(StoreError::Full);
    assert_eq!(stage.owner.call(delete.clone()).await.unwrap_err().code, FailureCode::Storage);
    assert!(holds_secret(&stage).await);
    let mut late = Client::owner(&stage.host).await;
    late.follow(session).await;
    assert!(late.events.iter().any(|(_, event)| ended(event)));
    assert_eq!(stage.owner.call(delete).await, Ok(Reply::Done));
    assert!(!holds_secret(&stage).await);
}

#[tokio::test]
async fn lo6_a_head_is_signed_at_each_turns_end_and_every_reader_gets_it() {
    let mut stage = Stage::set().await;
    told(&mut stage).await;
    stage.owner.until("the signed head", |owner| !owner.heads.is_empty()).await;
    let head = stage.owner.heads[0].clone();
    assert_eq!(head.signature, chain::hex(&chain::digest(head.text().as_bytes())), "by this host's key");
    let stream = StreamId::Session(stage.session);
    let at = stage.store.read(stream, head.seq - 1, 1).await.unwrap();
    assert_eq!(head.hash, chain::hex(&at[0].hash));
    let mut late = Client::owner(&stage.host).await;
    late.follow(stage.session).await;
    assert_eq!(late.snapshots[0].head.as_deref(), Some(&head), "also who comes later");
    stage.restart().await;
    stage.owner.follow(stage.session).await;
    assert_eq!(stage.owner.snapshots[0].head.as_deref(), Some(&head), "also after a restart");

    let page = Request::LogPage { stream, after: 0, limit: 200 };
    let Ok(Reply::LogPage { events, heads, last: true, .. }) = stage.owner.call(page).await else {
        panic!("the whole log")
    };
    assert_eq!(heads, [head]);
    let records = stage.store.read(stream, 0, usize::MAX).await.unwrap();
    assert_eq!(events.len(), records.len());
    assert!(events.iter().zip(&records).all(|(event, record)| *event.body == *record.body));
    let page = Request::LogPage { stream, after: 1, limit: 1 };
    let Ok(Reply::LogPage { events, heads, last: false, .. }) = stage.owner.call(page).await else {
        panic!("a part of the log")
    };
    assert_eq!((events.len(), events[0].seq, heads.len()), (1, 2, 0));
}

#[tokio::test]
async fn ro5_a_digest_tells_what_went_on_since() {
    let mut stage = Stage::set().await;
    let since = stage.owner.head;
    told(&mut stage).await;
    let ask = Request::Digest { session: stage.session, since };
    let Ok(Reply::Digest(digest)) = stage.owner.call(ask).await else { panic!("a digest") };
    assert_eq!(digest.turns.len(), 1);
    assert_eq!(digest.turns[0].outcome, Some(TurnOutcome::Completed));
    assert_eq!(digest.head, stage.store.head(StreamId::Session(stage.session)).await.unwrap().seq);
    let ask = Request::Digest { session: stage.session, since: digest.head };
    let nothing = Digest { since: digest.head, head: digest.head, ..Digest::default() };
    assert_eq!(stage.owner.call(ask).await, Ok(Reply::Digest(nothing)));
}
