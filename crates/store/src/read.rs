//! Every query.

use model::{BlobHash, CommandId, PersonId, StreamId};
use ports::event_store::{Head, Layout, PartialText, Record, Remembered, Saved, SignedHead, names_blob};
use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::row::{self, count, signed};

pub fn head(connection: &Connection, stream: StreamId) -> Result<Head> {
    let head = connection
        .prepare_cached(
            "SELECT seq, hash FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?1)
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([stream.to_string()], |row| Ok(Head { seq: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(head.unwrap_or(Head::EMPTY))
}

pub fn after(connection: &Connection, stream: StreamId, seq: u64, limit: usize) -> Result<Vec<Record>> {
    connection
        .prepare_cached(
            "SELECT seq, at, actor, cause, type, body, salt, hash, erased FROM event
             WHERE stream = (SELECT id FROM stream WHERE name = ?1) AND seq > ?2
             ORDER BY seq LIMIT ?3",
        )?
        .query_map(params![stream.to_string(), signed(seq), count(limit)], |row| row::record(stream, row))?
        .collect()
}

pub fn before(connection: &Connection, stream: StreamId, seq: u64, limit: usize) -> Result<Vec<Record>> {
    let mut records = connection
        .prepare_cached(
            "SELECT seq, at, actor, cause, type, body, salt, hash, erased FROM event
             WHERE stream = (SELECT id FROM stream WHERE name = ?1) AND seq < ?2
             ORDER BY seq DESC LIMIT ?3",
        )?
        .query_map(params![stream.to_string(), signed(seq), count(limit)], |row| row::record(stream, row))?
        .collect::<Result<Vec<_>>>()?;
    records.reverse();
    Ok(records)
}

pub fn streams(connection: &Connection) -> Result<Vec<StreamId>> {
    connection
        .prepare_cached("SELECT name FROM stream ORDER BY id")?
        .query_map([], |row| row::stream(row, 0))?
        .collect()
}

pub fn remembered(
    connection: &Connection,
    principal: PersonId,
    command: CommandId,
) -> Result<Option<Remembered>> {
    connection
        .prepare_cached(
            "SELECT stream, seq, request, answer FROM remembered WHERE principal = ?1 AND command = ?2",
        )?
        .query_row([principal.0.as_bytes(), command.0.as_bytes()], |row| {
            row::remembered(principal, command, row)
        })
        .optional()
}

pub fn partials(connection: &Connection, stream: StreamId) -> Result<Vec<PartialText>> {
    connection
        .prepare_cached("SELECT item, turn, thought, n, text, began FROM partial WHERE stream = ?1")?
        .query_map([stream.to_string()], |row| row::partial(stream, row))?
        .collect()
}

pub fn saved(connection: &Connection, stream: StreamId) -> Result<Option<Saved>> {
    connection
        .prepare_cached("SELECT seq, version, state FROM snapshot WHERE stream = ?1")?
        .query_row([stream.to_string()], |row| row::saved(stream, row))
        .optional()
}

pub fn layout(connection: &Connection, person: PersonId) -> Result<Option<Layout>> {
    connection
        .prepare_cached("SELECT revision, text FROM layout WHERE person = ?1")?
        .query_row([person.0.as_bytes()], |row| Ok(Layout { revision: row.get(0)?, text: row.get(1)? }))
        .optional()
}

pub fn blob(connection: &Connection, hash: &BlobHash) -> Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT bytes FROM blob WHERE hash = ?1")?
        .query_row([&hash.0], |row| row.get(0))
        .optional()
}

pub fn heads_before(
    connection: &Connection,
    stream: StreamId,
    seq: u64,
    limit: usize,
) -> Result<Vec<SignedHead>> {
    let mut heads = connection
        .prepare_cached(
            "SELECT seq, hash, at, signature, epoch FROM signed_head WHERE stream = ?1 AND seq < ?2
             ORDER BY seq DESC LIMIT ?3",
        )?
        .query_map(params![stream.to_string(), signed(seq), count(limit)], |row| {
            row::signed_head(stream, row)
        })?
        .collect::<Result<Vec<_>>>()?;
    heads.reverse();
    Ok(heads)
}

/// Looks through the bodies of one stream, in SQLite: a blob is asked for once in a long while, and an
/// index of references would be one more thing to keep true.
pub fn refers(connection: &Connection, stream: StreamId, hash: &BlobHash) -> Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?1)
             AND instr(body, ?2) > 0)",
        )?
        .query_row(params![stream.to_string(), names_blob(hash)], |row| row.get(0))
}
