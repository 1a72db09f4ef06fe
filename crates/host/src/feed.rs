//! What readers of one session follow: a ring of recent encoded events, the committed seq, the room
//! as of a seq, and signals. A reader is a cursor into it; a slow one never blocks the room.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use model::StreamId;
use ports::chain::{self, Hash};
use ports::event_store::Record;
use room::Room;
use tokio::sync::watch;
use wire::{Notification, Signal, SignedHead};

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

/// What a reader goes on from.
#[derive(Clone)]
pub(crate) struct State {
    pub committed: u64,
    /// Replaced only when something in the view changed.
    pub seen: Seen,
    /// How many signals there have been.
    pub signals: u64,
}

/// The last ones of all there have been.
#[derive(Default)]
struct Signals {
    count: u64,
    recent: VecDeque<Arc<str>>,
}

pub(crate) struct Feed {
    pub stream: StreamId,
    ring: Mutex<VecDeque<Arc<Encoded>>>,
    signals: Mutex<Signals>,
    /// The one bell: it rings for events, views and signals alike.
    pub state: watch::Sender<State>,
    /// The newest signed head (LO6).
    head: Mutex<Option<SignedHead>>,
    over: AtomicBool,
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
            signals: Mutex::default(),
            state: watch::Sender::new(State { committed: seq, seen: Seen { seq, room }, signals: 0 }),
            head: Mutex::default(),
            over: AtomicBool::new(false),
        }
    }

    /// Publishes what has just been appended and applied, and the room if its view changed.
    pub fn publish(&self, records: &[Record], room: Option<Arc<Room>>) {
        let Some(last) = records.last() else { return };
        {
            let mut ring = self.ring();
            ring.extend(records.iter().map(|record| Arc::new(Encoded::of(record))));
            let surplus = ring.len().saturating_sub(RING);
            ring.drain(..surplus);
        }
        let seq = last.header.seq;
        self.state.send_modify(|state| {
            state.committed = seq;
            if let Some(room) = room {
                state.seen = Seen { seq, room };
            }
        });
    }

    /// After the log was read anew: what the ring has no longer is all there was.
    pub fn reset(&self, seen: Seen) {
        self.ring().clear();
        self.state.send_modify(|state| {
            state.committed = seen.seq;
            state.seen = seen;
        });
    }

    pub fn signal(&self, signal: Signal) {
        self.tell(|stream| Notification::Signal { stream, signal });
    }

    /// Told to whoever reads now, and with each snapshot: a head that is missed harms nobody.
    pub fn witness(&self, head: SignedHead) {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = Some(head.clone());
        self.tell(|_| Notification::Head(head));
    }

    pub fn signed_head(&self) -> Option<SignedHead> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its session has ended for good: every reader is told.
    pub fn close(&self) {
        self.over.store(true, Ordering::Relaxed);
        self.state.send_modify(|_| {});
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    fn tell(&self, notification: impl FnOnce(StreamId) -> Notification) {
        if self.state.receiver_count() == 0 {
            return;
        }
        let frame = Arc::from(wire::encode_notification(&notification(self.stream)));
        let count = {
            let mut signals = self.signals();
            signals.count += 1;
            signals.recent.push_back(frame);
            let surplus = signals.recent.len().saturating_sub(SIGNALS);
            signals.recent.drain(..surplus);
            signals.count
        };
        self.state.send_modify(|state| state.signals = state.signals.max(count));
    }

    /// The first signal after `nth` that is still known, and its own number.
    pub fn signal_after(&self, nth: u64) -> Option<(u64, Arc<str>)> {
        let signals = self.signals();
        let lost = signals.count - signals.recent.len() as u64;
        let nth = nth.max(lost);
        let frame = signals.recent.get(usize::try_from(nth - lost).ok()?)?;
        Some((nth + 1, Arc::clone(frame)))
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

    fn signals(&self) -> std::sync::MutexGuard<'_, Signals> {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Encoded>>> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
