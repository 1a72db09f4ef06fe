//! Decisions a second through the store, beside commits of the same bytes by hand.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use model::StreamId;
use ports::event_store::{Append, EventStore, Head, Part, Record};
use rusqlite::{Connection, params};
use store::{OpenOptions, SqliteStore};

use crate::past::Past;
use crate::report::Row;
use crate::stats::median;

const SESSIONS: usize = 64;
const EACH: usize = 50;
const ROUNDS: usize = 5;
/// Of a store, in its folder.
const DATABASE: &str = "conclave.db";

/// The events of one session.
type Story = (StreamId, Vec<Record>);

pub async fn measure() -> Result<Vec<Row>> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let stories: Vec<Story> = (0..SESSIONS).map(|_| story()).collect();
        ours.push(through_the_store(&stories).await?);
        bare.push(by_hand(&stories)?);
    }
    let row = Row::rate("append", "per s", (median(ours), median(bare)));
    Ok(vec![row.beside("one SQLite connection, one commit per event, same bytes and pragmas")])
}

fn story() -> Story {
    let stream = StreamId::Session(model::SessionId(uuid::Uuid::new_v4()));
    (stream, Past::new(stream, Head::EMPTY).take(EACH).collect())
}

/// All sessions at once, each waiting for its last decision before the next.
async fn through_the_store(stories: &[Story]) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let store = Arc::new(SqliteStore::open(folder.path(), &OpenOptions::default())?);
    let sessions: Vec<_> = stories.to_vec();
    let began = Instant::now();
    let tasks: Vec<_> =
        sessions.into_iter().map(|story| tokio::spawn(append_all(Arc::clone(&store), story))).collect();
    for task in tasks {
        task.await??;
    }
    Ok(per_second(stories, began))
}

async fn append_all(store: Arc<SqliteStore>, (stream, records): Story) -> Result<()> {
    for (after, record) in (0..).zip(records) {
        let part = Part { stream, after, records: vec![record] };
        store.append(Append { parts: vec![part], ..Append::default() }).await?;
    }
    Ok(())
}

fn by_hand(stories: &[Story]) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    drop(SqliteStore::open(folder.path(), &OpenOptions::default())?);
    let connection = Connection::open(folder.path().join(DATABASE))?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    for (number, (stream, _)) in (1..).zip(stories) {
        let row: (i64, String) = (number, stream.to_string());
        connection.execute("INSERT INTO stream (id, name) VALUES (?1, ?2)", row)?;
    }
    let began = Instant::now();
    for nth in 0..EACH {
        for (number, (_, records)) in (1..).zip(stories) {
            insert(&connection, number, &records[nth])?;
        }
    }
    Ok(per_second(stories, began))
}

/// Costs the same whatever is in it.
const SALT: [u8; 16] = [7; 16];

/// Outside a transaction, so a commit of its own.
fn insert(connection: &Connection, stream: i64, record: &Record) -> Result<()> {
    let header = &record.header;
    connection
        .prepare_cached(
            "INSERT INTO event (stream, seq, at, actor, cause, type, body, salt, hash)
             VALUES (?1, ?2, ?3, ?4, x'', ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            stream,
            header.seq,
            header.at.0,
            header.actor,
            header.kind,
            &*record.body,
            SALT,
            record.hash
        ])?;
    Ok(())
}

fn per_second(stories: &[Story], began: Instant) -> f64 {
    let events: usize = stories.iter().map(|(_, records)| records.len()).sum();
    events as f64 / began.elapsed().as_secs_f64()
}
