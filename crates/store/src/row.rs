//! Between rows and the port's types.

use model::{CommandId, EpochId, ItemId, PersonId, StreamId, Timestamp, TurnId};
use ports::event_store::{Head, Header, PartialText, Record, Remembered, Saved, Seal, SignedHead};
use rusqlite::Row;
use rusqlite::types::Type;
use uuid::Uuid;

/// SQLite counts signed; what does not fit is the largest.
pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Of `seq, at, actor, cause, type, body, salt, hash, erased`.
pub fn record(stream: StreamId, row: &Row<'_>) -> rusqlite::Result<Record> {
    let header = Header {
        stream,
        seq: row.get(0)?,
        at: Timestamp(row.get(1)?),
        actor: row.get(2)?,
        cause: cause(row)?,
        kind: row.get(4)?,
    };
    Ok(Record { header, body: row.get(5)?, seal: seal(row)?, hash: row.get(7)? })
}

fn seal(row: &Row<'_>) -> rusqlite::Result<Seal> {
    match row.get_ref(8)?.as_blob()? {
        [] => row.get(6).map(Seal::Salt),
        _ => row.get(8).map(Seal::Erased),
    }
}

/// Of `seq, hash, at, signature, epoch`.
pub fn signed_head(stream: StreamId, row: &Row<'_>) -> rusqlite::Result<SignedHead> {
    let head = Head { seq: row.get(0)?, hash: row.get(1)? };
    let (epoch, at) = (EpochId(uuid(row, 4)?), Timestamp(row.get(2)?));
    Ok(SignedHead { epoch, stream, head, at, signature: row.get(3)? })
}

fn cause(row: &Row<'_>) -> rusqlite::Result<Option<CommandId>> {
    let bytes = row.get_ref(3)?.as_blob()?;
    if bytes.is_empty() {
        return Ok(None);
    }
    uuid(row, 3).map(|id| Some(CommandId(id)))
}

/// Of `stream, seq, request, answer`.
pub fn remembered(principal: PersonId, command: CommandId, row: &Row<'_>) -> rusqlite::Result<Remembered> {
    Ok(Remembered {
        principal,
        command,
        request: row.get(2)?,
        stream: stream(row, 0)?,
        seq: row.get(1)?,
        answer: row.get(3)?,
    })
}

/// Of `item, turn, thought, n, text, began`.
pub fn partial(stream: StreamId, row: &Row<'_>) -> rusqlite::Result<PartialText> {
    Ok(PartialText {
        stream,
        item: ItemId(uuid(row, 0)?),
        turn: TurnId(uuid(row, 1)?),
        thought: row.get(2)?,
        n: row.get(3)?,
        text: row.get(4)?,
        began: Timestamp(row.get(5)?),
    })
}

/// Of `seq, version, state`.
pub fn saved(stream: StreamId, row: &Row<'_>) -> rusqlite::Result<Saved> {
    Ok(Saved { stream, seq: row.get(0)?, version: row.get(1)?, state: row.get(2)? })
}

pub fn stream(row: &Row<'_>, column: usize) -> rusqlite::Result<StreamId> {
    row.get_ref(column)?
        .as_str()?
        .parse()
        .map_err(|refused| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(refused)))
}

fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}
