//! Reads from the log what an agent is told of turns that it has no memory of (AG5, AG9).

use model::{AgentKey, Event, StreamId};
use ports::event_store::{EventStore, StoreError};
use room::{Recollection, Room};

use crate::desk;

/// Events read at once, from the log's end.
const PAGE: usize = 500;

/// Of the turns since the last one of `of`; with `None` of all there were.
pub(super) async fn recall(
    store: &dyn EventStore,
    room: &Room,
    of: Option<&AgentKey>,
) -> Result<Option<String>, StoreError> {
    let stream = StreamId::Session(room.session());
    let mut recollection = Recollection::new(room, of);
    let mut before = u64::MAX;
    loop {
        let page = store.read_back(stream, before, PAGE).await?;
        for record in page.iter().rev() {
            let Ok(event) = desk::parse::<Event>(&record.body) else { continue };
            if recollection.apply(&event).is_break() {
                return Ok(recollection.finish());
            }
        }
        match page.first() {
            Some(first) if page.len() == PAGE => before = first.header.seq,
            _ => return Ok(recollection.finish()),
        }
    }
}

/// A prompt that begins with an order to the agent keeps it in front.
pub(super) fn with_record(text: String, record: Option<String>) -> String {
    match record {
        None => text,
        Some(record) if text.starts_with('/') => format!("{text}\n\n{record}"),
        Some(record) => format!("{record}\n\n{text}"),
    }
}
