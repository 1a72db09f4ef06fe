use std::sync::Arc;

use model::{Actor, BlobHash, CommandId, Event, StreamId, Timestamp};
use ports::chain;
use ports::clock::Ids;
use ports::event_store::{Head, Header, Part, Record, Seal};
use serde::Serialize;
use serde_json::Value;

/// Turns events into records that continue one stream's chain.
pub(crate) struct Ledger {
    pub stream: StreamId,
    pub head: Head,
}

/// What all events of one decision share.
#[derive(Clone, Copy)]
pub(crate) struct Stamp {
    pub at: Timestamp,
    pub actor: Actor,
    pub cause: Option<CommandId>,
}

impl Ledger {
    pub fn new(stream: StreamId) -> Self {
        Self { stream, head: Head::EMPTY }
    }

    /// The part to append; the ledger itself moves on only by [`Ledger::advance`].
    pub fn part<E: Serialize>(&self, events: &[E], stamp: Stamp, ids: &dyn Ids) -> Part {
        self.part_of(events.iter().map(|event| (event, stamp)), ids)
    }

    /// The same of events that have each a stamp of their own.
    pub fn part_of<'a, E: Serialize + 'a>(
        &self,
        events: impl Iterator<Item = (&'a E, Stamp)>,
        ids: &dyn Ids,
    ) -> Part {
        let mut head = self.head;
        let records = events
            .map(|(event, stamp)| {
                let actor = wire::LoggedEvent::actor_json(&stamp.actor);
                let record = self.record(event, (head, stamp), &actor, ids);
                head = Head { seq: record.header.seq, hash: record.hash };
                record
            })
            .collect();
        Part { stream: self.stream, after: self.head.seq, records }
    }

    pub fn advance(&mut self, part: &Part) {
        if let Some(last) = part.records.last() {
            self.head = Head { seq: last.header.seq, hash: last.hash };
        }
    }

    fn record<E: Serialize>(
        &self,
        event: &E,
        (head, stamp): (Head, Stamp),
        actor: &str,
        ids: &dyn Ids,
    ) -> Record {
        let body = encode(event);
        let header = Header {
            stream: self.stream,
            seq: head.seq + 1,
            at: stamp.at,
            actor: actor.to_owned(),
            cause: stamp.cause,
            kind: kind_of(&body),
        };
        let salt = *ids.fresh().as_bytes();
        let hash = chain::event_hash(&head.hash, &header, &chain::body_hash(&salt, &body));
        Record { header, body: Arc::from(body), seal: Seal::Salt(salt), hash }
    }
}

/// The JSON of one event as readers get it.
pub(crate) fn record_json(record: &Record) -> String {
    let header = &record.header;
    let hash = chain::hex(&record.hash);
    wire::event_json((header.seq, header.at), &header.actor, header.cause, &hash, &record.body)
}

#[expect(clippy::expect_used, reason = "events have string keys only, so this can't fail")]
fn encode<E: Serialize>(event: &E) -> String {
    serde_json::to_string(event).expect("events serialise")
}

/// What stands in the place of an event whose words are taken back (LO11): the fact, marked.
pub(crate) fn tombstone_of(event: Event) -> Arc<str> {
    let wordless = encode(&event.wordless());
    let open = wordless.strip_suffix('}').unwrap_or(&wordless);
    Arc::from(format!(r#"{open},"redacted":true}}"#))
}

/// The blobs that a body names.
pub(crate) fn blobs_in(body: &str) -> Vec<BlobHash> {
    let mut found = Vec::new();
    if body.contains(r#""blob":"#) {
        collect_blobs(&serde_json::from_str(body).unwrap_or_default(), &mut found);
    }
    found
}

fn collect_blobs(value: &Value, found: &mut Vec<BlobHash>) {
    match value {
        Value::Object(fields) => {
            let named = fields.get("blob").and_then(Value::as_str);
            found.extend(named.map(|hash| BlobHash(hash.to_owned())));
            fields.values().for_each(|value| collect_blobs(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_blobs(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every event is tagged by `type`, and serde writes the tag first.
fn kind_of(body: &str) -> String {
    body.split('"').nth(3).unwrap_or_default().to_owned()
}

/// A record as a page carries it.
pub(crate) fn logged(record: &Record) -> Result<wire::LoggedEvent, wire::Failure> {
    crate::desk::parse(&record_json(record))
}
