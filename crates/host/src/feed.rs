//! What readers of one session follow: a ring of recent encoded events, the committed seq, the room
//! as of a seq, and signals. A reader is a cursor into it; a slow one never blocks the room.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use model::StreamId;
use ports::chain::{self, Hash};
use ports::event_store::Record;
use room::Room;
use tokio::sync::{broadcast, watch};
use wire::{Notification, Signal};

use crate::commit::record_json;

/// Encoded events kept for live readers; those behind it read from the store.
const RING: usize = 512;
/// Signals kept for a slow reader; lost ones are asked for (`item_text`).
const SIGNALS: usize = 256;

/// One event, encoded once for every reader.
pub(crate) struct Encoded {
    pub seq: u64,
    pub hash: Hash,
    pub json: String,
    /// The whole delivery frame for a reader that has everything before it.
    pub frame: Arc<str>,
}

/// The room as of a seq.
#[derive(Clone)]
pub(crate) struct Seen {
    pub seq: u64,
    pub room: Arc<Room>,
}

pub(crate) struct Feed {
    pub stream: StreamId,
    ring: Mutex<VecDeque<Arc<Encoded>>>,
    pub committed: watch::Sender<u64>,
    /// Replaced only when something in the view changed.
    pub seen: watch::Sender<Seen>,
    pub signals: broadcast::Sender<Arc<str>>,
}

impl Encoded {
    pub fn of(record: &Record) -> Self {
        let seq = record.header.seq;
        let json = record_json(record);
        let frame = wire::encode_events(record.header.stream, seq - 1, std::iter::once(json.as_str()));
        Self { seq, hash: record.hash, json, frame: Arc::from(frame) }
    }

    pub fn hash_hex(&self) -> String {
        chain::hex(&self.hash)
    }
}

impl Feed {
    pub fn new(stream: StreamId, room: Arc<Room>, seq: u64) -> Self {
        Self {
            stream,
            ring: Mutex::default(),
            committed: watch::Sender::new(seq),
            seen: watch::Sender::new(Seen { seq, room }),
            signals: broadcast::Sender::new(SIGNALS),
        }
    }

    /// Publishes what has just been appended and applied.
    pub fn publish(&self, records: &[Record]) {
        let Some(last) = records.last() else { return };
        {
            let mut ring = self.ring();
            ring.extend(records.iter().map(|record| Arc::new(Encoded::of(record))));
            let surplus = ring.len().saturating_sub(RING);
            ring.drain(..surplus);
        }
        self.committed.send_replace(last.header.seq);
    }

    pub fn signal(&self, signal: Signal) {
        if self.signals.receiver_count() > 0 {
            let notification = Notification::Signal { stream: self.stream, signal };
            // Nobody listening any more is no fault: signals may be lost.
            self.signals.send(Arc::from(wire::encode_notification(&notification))).ok();
        }
    }

    /// The event at `seq` if the ring still holds it.
    pub fn at(&self, seq: u64) -> Option<Arc<Encoded>> {
        let ring = self.ring();
        let first = ring.front()?.seq;
        ring.get(usize::try_from(seq.checked_sub(first)?).ok()?).cloned()
    }

    /// Events `from..=to` if the ring holds them all.
    pub fn range(&self, from: u64, to: u64) -> Option<Vec<Arc<Encoded>>> {
        let ring = self.ring();
        let first = ring.front().map(|event| event.seq)?;
        if from < first || to < from {
            return None;
        }
        let skip = usize::try_from(from - first).ok()?;
        let take = usize::try_from(to - from + 1).ok()?;
        let events: Vec<_> = ring.iter().skip(skip).take(take).cloned().collect();
        (events.len() == take).then_some(events)
    }

    fn ring(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Encoded>>> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
