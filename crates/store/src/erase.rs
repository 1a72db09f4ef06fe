//! Bodies that go for good (LO11), inside a transaction that the caller owns.

use model::{BlobHash, StreamId};
use ports::chain::{Salt, body_hash};
use ports::event_store::{Erasure, Target, Tombstone};
use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::write::NO_SALT;

/// Takes the rows away, and notes that their bytes may still lie about: [`crate::scrub`] is next.
pub fn run(connection: &Connection, erasure: &Erasure) -> Result<()> {
    match &erasure.target {
        Target::Bodies { stream, tombstones } => {
            tombstones.iter().try_for_each(|tombstone| bury(connection, *stream, tombstone))?;
            beside(connection, "DELETE FROM snapshot WHERE stream = ?1", *stream)?;
        }
        Target::Stream(stream) => forget(connection, *stream)?,
    }
    erasure.blobs.iter().try_for_each(|blob| orphan(connection, blob))?;
    connection.execute("INSERT OR IGNORE INTO scrub (one) VALUES (1)", []).map(drop)
}

fn bury(connection: &Connection, stream: StreamId, tombstone: &Tombstone) -> Result<()> {
    let place = params![stream.to_string(), tombstone.seq];
    let found: Option<(i64, String, Salt, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT rowid, body, salt, cause FROM event
             WHERE stream = (SELECT id FROM stream WHERE name = ?1) AND seq = ?2 AND erased = x''",
        )?
        .query_row(place, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((row, body, salt, cause)) = found else { return Ok(()) };
    connection
        .prepare_cached("UPDATE event SET body = ?2, salt = ?3, erased = ?4 WHERE rowid = ?1")?
        .execute(params![row, &*tombstone.body, NO_SALT, body_hash(&salt, &body)])?;
    // No salt is in a request's hash, so a short text could be guessed from it.
    connection
        .prepare_cached("UPDATE remembered SET request = zeroblob(32) WHERE command = ?1")?
        .execute([cause])
        .map(drop)
}

fn forget(connection: &Connection, stream: StreamId) -> Result<()> {
    beside(connection, "DELETE FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?1)", stream)?;
    beside(connection, "DELETE FROM stream WHERE name = ?1", stream)?;
    for table in ["remembered", "partial", "snapshot", "signed_head"] {
        beside(connection, &format!("DELETE FROM {table} WHERE stream = ?1"), stream)?;
    }
    Ok(())
}

fn beside(connection: &Connection, delete: &str, stream: StreamId) -> Result<()> {
    connection.execute(delete, [stream.to_string()]).map(drop)
}

/// Looks for the name in the bytes of all bodies, so that nothing has to be parsed here.
fn orphan(connection: &Connection, blob: &BlobHash) -> Result<()> {
    let delete = "DELETE FROM blob WHERE hash = ?1
                  AND NOT EXISTS (SELECT 1 FROM event WHERE instr(body, ?1))";
    connection.execute(delete, [&blob.0]).map(drop)
}
