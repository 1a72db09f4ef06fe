//! Every change, inside a transaction that the caller owns.

use model::{BlobHash, PersonId, StreamId};
use ports::chain::Salt;
use ports::event_store::{
    Append, Erasure, Layout, Part, PartialText, Record, Remembered, Saved, Seal, SignedHead, StoreError,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::store_error;
use crate::{erase, read};

/// Of an event whose body was erased.
pub const NO_SALT: Salt = [0; 16];

/// A change that somebody waits for.
#[derive(Debug)]
pub enum Change {
    Append(Append),
    Save(Saved),
    Layout(PersonId, Layout),
    Blob(BlobHash, Vec<u8>),
    Head(SignedHead),
    Erase(Box<Erasure>),
}

pub fn change(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Append(append) => self::append(connection, append),
        Change::Save(saved) => save(connection, saved).map_err(|error| store_error(&error)),
        Change::Layout(person, kept) => {
            layout(connection, *person, kept).map_err(|error| store_error(&error))
        }
        Change::Blob(hash, bytes) => blob(connection, hash, bytes).map_err(|error| store_error(&error)),
        Change::Head(head) => self::signed_head(connection, head).map_err(|error| store_error(&error)),
        Change::Erase(erasure) => {
            self::append(connection, &erasure.append)?;
            erase::run(connection, erasure).map_err(|error| store_error(&error))
        }
    }
}

pub fn partial(connection: &Connection, partial: &PartialText) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO partial (stream, item, turn, thought, n, text, began)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            partial.stream.to_string(),
            partial.item.0.as_bytes(),
            partial.turn.0.as_bytes(),
            partial.thought,
            partial.n,
            partial.text,
            partial.began.0,
        ])
        .map(drop)
}

fn append(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    let sql = |error| store_error(&error);
    for part in &append.parts {
        self::part(connection, part)?;
    }
    for (stream, item) in &append.settled {
        connection
            .prepare_cached("DELETE FROM partial WHERE stream = ?1 AND item = ?2")
            .and_then(|mut delete| delete.execute(params![stream.to_string(), item.0.as_bytes()]))
            .map_err(sql)?;
    }
    let Some(remembered) = &append.remembered else { return Ok(()) };
    let known = read::remembered(connection, remembered.principal, remembered.command).map_err(sql)?;
    match known {
        Some(known) => Err(known.conflict()),
        None => remember(connection, remembered).map_err(sql),
    }
}

fn part(connection: &Connection, part: &Part) -> Result<(), StoreError> {
    let sql = |error| store_error(&error);
    let known = number(connection, part.stream).map_err(sql)?;
    let head = known.map_or(Ok(0), |stream| head(connection, stream)).map_err(sql)?;
    part.follow(head)?;
    if part.records.is_empty() {
        return Ok(());
    }
    let stream = known.map_or_else(|| begin(connection, part.stream), Ok).map_err(sql)?;
    part.records.iter().try_for_each(|record| event(connection, stream, record)).map_err(sql)
}

fn number(connection: &Connection, stream: StreamId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM stream WHERE name = ?1")?
        .query_row([stream.to_string()], |row| row.get(0))
        .optional()
}

fn begin(connection: &Connection, stream: StreamId) -> rusqlite::Result<i64> {
    connection.prepare_cached("INSERT INTO stream (name) VALUES (?1)")?.insert([stream.to_string()])
}

/// The index has it, so that no event is looked at.
fn head(connection: &Connection, stream: i64) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM event WHERE stream = ?1")?
        .query_row([stream], |row| row.get(0))
}

fn event(connection: &Connection, stream: i64, record: &Record) -> rusqlite::Result<()> {
    let header = &record.header;
    let cause = header.cause.as_ref().map_or(&[][..], |cause| cause.0.as_bytes());
    let (salt, erased) = match &record.seal {
        Seal::Salt(salt) => (salt, &[][..]),
        Seal::Erased(hash) => (&NO_SALT, &hash[..]),
    };
    connection
        .prepare_cached(
            "INSERT INTO event (stream, seq, at, actor, cause, type, body, salt, hash, erased)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            stream,
            header.seq,
            header.at.0,
            header.actor,
            cause,
            header.kind,
            &*record.body,
            salt,
            record.hash,
            erased,
        ])
        .map(drop)
}

fn remember(connection: &Connection, remembered: &Remembered) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO remembered (principal, command, request, stream, seq, answer)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            remembered.principal.0.as_bytes(),
            remembered.command.0.as_bytes(),
            remembered.request,
            remembered.stream.to_string(),
            remembered.seq,
            remembered.answer,
        ])
        .map(drop)
}

fn save(connection: &Connection, saved: &Saved) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO snapshot (stream, seq, version, state) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![saved.stream.to_string(), saved.seq, saved.version, saved.state])
        .map(drop)
}

fn layout(connection: &Connection, person: PersonId, layout: &Layout) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO layout (person, revision, text) VALUES (?1, ?2, ?3)")?
        .execute(params![person.0.as_bytes(), layout.revision, layout.text])
        .map(drop)
}

fn blob(connection: &Connection, hash: &BlobHash, bytes: &[u8]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO blob (hash, bytes) VALUES (?1, ?2)")?
        .execute(params![hash.0, bytes])
        .map(drop)
}

fn signed_head(connection: &Connection, signed: &SignedHead) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO signed_head (stream, seq, hash, at, epoch, signature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            signed.stream.to_string(),
            signed.head.seq,
            signed.head.hash,
            signed.at.0,
            signed.epoch.0.as_bytes(),
            signed.signature,
        ])
        .map(drop)
}
