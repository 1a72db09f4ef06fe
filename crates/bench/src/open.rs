//! From `subscribe` to the snapshot's frame, for a short and a long session in one log (LO3).

use std::time::{Duration, Instant};

use anyhow::Result;
use model::{SessionId, StreamId, limits};
use ports::event_store::{Append, EventStore, Part};
use store::SqliteStore;
use wire::Request;

use crate::past::Past;
use crate::report::Row;
use crate::stage::{Client, Stage};
use crate::stats::quantile;

const SHORT: usize = 1_000;
const LONG: usize = 100_000;
const ROUNDS: usize = 200;
/// Events of one append while the past is made up.
const PIECE: usize = 2_000;

pub async fn measure() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let (short, long) = write_pasts(folder.path()).await?;
    // Sessions fold their pasts when a host starts.
    let stage = Stage::set(folder.path()).await?;
    let (mut client, _) = stage.owner().await?;
    let (mut shorts, mut longs, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        shorts.push(millis(open(&mut client, short).await?));
        longs.push(millis(open(&mut client, long).await?));
        reads.push(millis(read(&stage.store, short).await?));
    }
    stage.host.stop().await;
    let [short, long, read] = [shorts, longs, reads].map(|mut samples| quantile(&mut samples, 0.5));
    Ok(vec![
        Row::cost("open_1k", "ms", (short, read)).beside("the store's read of the newest page alone"),
        Row::cost("open_100k", "ms", (long, short)).beside("open_1k; wanted: at most 1.5 times, 5 ms"),
    ])
}

async fn write_pasts(folder: &std::path::Path) -> Result<(SessionId, SessionId)> {
    let stage = Stage::set(folder).await?;
    let (mut owner, _) = stage.owner().await?;
    let workspace = owner.workspace().await?;
    let (short, long) = (owner.session(workspace).await?, owner.session(workspace).await?);
    stage.host.stop().await;
    write_past(&stage.store, short, SHORT).await?;
    write_past(&stage.store, long, LONG).await?;
    drop(owner);
    let Stage { host, store } = stage;
    drop(host);
    // The folder is free for the next host when its tasks have let go of the store.
    while std::sync::Arc::strong_count(&store) > 1 {
        tokio::task::yield_now().await;
    }
    Ok((short, long))
}

async fn write_past(store: &SqliteStore, session: SessionId, events: usize) -> Result<()> {
    let stream = StreamId::Session(session);
    let head = store.head(stream).await?;
    let mut after = head.seq;
    let mut past = Past::new(stream, head);
    while after < events as u64 {
        let records: Vec<_> = past.by_ref().take(PIECE.min(events - after as usize)).collect();
        let part = Part { stream, after, records };
        after += part.records.len() as u64;
        store.append(Append { parts: vec![part], ..Append::default() }).await?;
    }
    Ok(())
}

async fn open(client: &mut Client, session: SessionId) -> Result<Duration> {
    let stream = StreamId::Session(session);
    let began = Instant::now();
    client.call(Request::Subscribe { stream, cursor: None }).await?;
    while !client.frame().await?.contains(r#""method":"snapshot""#) {}
    let took = began.elapsed();
    client.call(Request::Unsubscribe { stream }).await?;
    Ok(took)
}

async fn read(store: &SqliteStore, session: SessionId) -> Result<Duration> {
    let began = Instant::now();
    store.read_back(StreamId::Session(session), SHORT as u64 + 1, limits::PAGE).await?;
    Ok(began.elapsed())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
