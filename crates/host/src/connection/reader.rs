//! A subscription: a cursor into one stream. Snapshot and subscription are one operation on one log
//! position; a hole can't open between them (LO2, LO3).

use std::sync::Arc;

use model::{ConnectionId, SessionId, StreamId, limits};
use ports::chain;
use ports::event_store::{EventStore, Record};
use room::By;
use tokio::sync::{Notify, watch};
use wire::{Cursor, Failure, Need, Notification, Scope, SharedView, Snapshot};

use super::Outgoing;
use super::outbox::Follow;
use crate::authority::{authorize, may_follow};
use crate::commit::record_json;
use crate::desk::storage;
use crate::feed::{Feed, Seen, State};
use crate::host::Host;
use crate::principal::Principal;
use crate::session::Opened;

/// A reader further behind than this gets a fresh snapshot instead of every event.
const WINDOW: u64 = 2_000;

/// Who reads what.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub principal: Principal,
    pub connection: ConnectionId,
    pub stream: StreamId,
}

/// Opens the stream and makes the first frame: a log that can't be read is a refusal. One that fails
/// later rings `trouble`, so that no reader is left with a room that has stopped.
pub(super) async fn prepare(
    host: Host,
    place: Place,
    cursor: Option<Cursor>,
    trouble: Arc<Notify>,
) -> Result<Follower, Failure> {
    let StreamId::Session(id) = place.stream else {
        return Err(Failure::new(
            wire::FailureCode::BadParams,
            "Only session streams can be followed; watch the directory for the rest.",
        ));
    };
    let session = host.session(id).await?;
    let feed = Arc::clone(&session.feed);
    // The bell is taken before the snapshot: a signal that comes between is at worst seen twice.
    let state = feed.state.subscribe();
    let heard = state.borrow().signals;
    let opened = session.open(place.principal, place.connection).await?;
    let mut follower = Follower {
        host,
        feed,
        place,
        session: id,
        state,
        trouble,
        first: None,
        owed: None,
        prev: 0,
        viewed: 0,
        heard,
        told: false,
    };
    match follower.begin(opened, cursor).await {
        Ok(()) => Ok(follower),
        Err(Over::Gone) => Err(Failure::not_found()),
        Err(Over::Failed(failure)) => Err(failure),
    }
}

pub(super) struct Follower {
    host: Host,
    feed: Arc<Feed>,
    place: Place,
    session: SessionId,
    state: watch::Receiver<State>,
    trouble: Arc<Notify>,
    /// A snapshot, unless it goes on from its cursor.
    first: Option<Arc<str>>,
    /// A view for a reader that goes on from its cursor, when it has come so far.
    owed: Option<Seen>,
    /// Last seq this reader has been given.
    prev: u64,
    /// Seq of the last view it has been given.
    viewed: u64,
    /// Signals it has been given, or was too late for.
    heard: u64,
    /// That it ends.
    told: bool,
}

/// What a reader is to be given.
enum Next {
    Events { head: u64 },
    View(Seen),
    Signal,
    Nothing,
}

/// Why a subscription ends.
enum Over {
    /// The reader may no longer read, or the session is gone.
    Gone,
    Failed(Failure),
}

impl From<Failure> for Over {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Follow for Follower {
    async fn next(&mut self) -> Option<Outgoing> {
        match self.step().await {
            Ok(frame) => Some(Outgoing::Frame(frame)),
            Err(Over::Gone) if self.told => None,
            Err(Over::Gone) => {
                self.told = true;
                let gone = Notification::Gone { stream: self.place.stream };
                Some(Outgoing::Frame(wire::encode_notification(&gone).into()))
            }
            Err(Over::Failed(failure)) => {
                tracing::warn!(%failure, "a reader could not be served");
                self.trouble.notify_one();
                None
            }
        }
    }
}

impl Follower {
    async fn begin(&mut self, opened: Opened, cursor: Option<Cursor>) -> Result<(), Over> {
        match self.known(cursor.as_ref(), &opened).await? {
            None => self.first = Some(self.snapshot(&opened, cursor.as_ref()).await?),
            Some(seq) => (self.prev, self.owed) = (seq, Some(opened.seen)),
        }
        Ok(())
    }

    async fn step(&mut self) -> Result<Arc<str>, Over> {
        if let Some(first) = self.first.take() {
            self.may_follow()?;
            return Ok(first);
        }
        loop {
            if self.feed.is_over() {
                return Err(Over::Gone);
            }
            match self.look() {
                Next::Events { head } => return self.events(head).await,
                Next::View(seen) => return self.view(&seen),
                Next::Signal => {
                    if let Some((nth, frame)) = self.feed.signal_after(self.heard) {
                        self.heard = nth;
                        self.may_follow()?;
                        return Ok(frame);
                    }
                }
                Next::Nothing => self.state.changed().await.map_err(|_| Over::Gone)?,
            }
        }
    }

    /// Events first, then the view that follows from them, then what may be lost.
    fn look(&mut self) -> Next {
        if let Some(owed) = &self.owed
            && self.prev < owed.seq
        {
            return Next::Events { head: owed.seq };
        }
        if let Some(owed) = self.owed.take() {
            return Next::View(owed);
        }
        let state = self.state.borrow_and_update();
        if self.prev < state.committed {
            return Next::Events { head: state.committed };
        }
        if self.viewed < state.seen.seq {
            return Next::View(state.seen.clone());
        }
        if self.heard < state.signals { Next::Signal } else { Next::Nothing }
    }

    /// LO9: a cursor of this log, not beyond its head, with the hash the log has there.
    async fn known(&self, cursor: Option<&Cursor>, opened: &Opened) -> Result<Option<u64>, Failure> {
        let store = &self.host.inner.shared.parts.store;
        let Some(cursor) = cursor.filter(|cursor| cursor.epoch == store.epoch()) else { return Ok(None) };
        let behind = opened.seen.seq.checked_sub(cursor.seq);
        if cursor.seq == 0 || behind.is_none_or(|behind| behind > WINDOW) {
            return Ok(None);
        }
        let hash = match self.feed.at(cursor.seq) {
            Some(event) => Some(event.hash_hex()),
            None => {
                let at = store.read(self.place.stream, cursor.seq - 1, 1).await.map_err(storage)?;
                at.first().map(|record| chain::hex(&record.hash))
            }
        };
        Ok((hash.as_ref() == Some(&cursor.hash)).then_some(cursor.seq))
    }

    async fn snapshot(&mut self, opened: &Opened, cursor: Option<&Cursor>) -> Result<Arc<str>, Over> {
        let by = self.may_read()?;
        let seq = opened.seen.seq;
        let first = seq.saturating_sub(limits::PAGE as u64 - 1).max(1);
        let events = self.encoded(first, seq).await?;
        let snapshot = Snapshot {
            stream: self.place.stream,
            cursor: Cursor {
                epoch: self.host.inner.shared.parts.store.epoch(),
                seq,
                hash: opened.hash.clone(),
            },
            view: Some(opened.seen.room.view(&by)),
            events: Vec::new(),
            whole: first == 1,
            partials: opened.partials.clone(),
            replaced: cursor.is_some(),
            head: self.feed.signed_head().map(Box::new),
        };
        (self.prev, self.viewed) = (seq, seq);
        Ok(wire::encode_snapshot(&snapshot, events.iter().map(String::as_str)).into())
    }

    /// The next of what follows the reader's own place, up to `head`.
    async fn events(&mut self, head: u64) -> Result<Arc<str>, Over> {
        self.may_follow()?;
        let to = head.min(self.prev + limits::PAGE as u64);
        let frame = match self.feed.at(self.prev + 1) {
            Some(event) if to == self.prev + 1 => Arc::clone(&event.frame),
            Some(_) | None => {
                let events = self.encoded(self.prev + 1, to).await?;
                wire::encode_events(self.place.stream, self.prev, events.iter().map(String::as_str)).into()
            }
        };
        self.prev = to;
        Ok(frame)
    }

    fn view(&mut self, seen: &Seen) -> Result<Arc<str>, Over> {
        let by = self.may_read()?;
        self.viewed = seen.seq;
        let view = SharedView { stream: self.place.stream, seq: seen.seq, view: seen.room.view(&by) };
        Ok(wire::encode_notification(&Notification::View(view)).into())
    }

    /// GR3: the live grant, before each delivery.
    fn may_read(&self) -> Result<By, Over> {
        let need = Need::to_follow(Scope::Session(self.session));
        authorize(&self.host.globe().now(), self.place.principal, &need).map_err(|_| Over::Gone)
    }

    /// The same where nothing depends on what else the reader may do.
    fn may_follow(&self) -> Result<(), Over> {
        let may = may_follow(&self.host.globe().now(), self.place.principal, self.session);
        may.then_some(()).ok_or(Over::Gone)
    }

    async fn encoded(&self, from: u64, to: u64) -> Result<Vec<String>, Failure> {
        if to < from {
            return Ok(Vec::new());
        }
        if let Some(events) = self.feed.range(from, to) {
            return Ok(events.iter().map(|event| event.json.clone()).collect());
        }
        let store: &dyn EventStore = self.host.inner.shared.parts.store.as_ref();
        let limit = usize::try_from(to - from + 1).unwrap_or(usize::MAX);
        let records: Vec<Record> = store.read(self.place.stream, from - 1, limit).await.map_err(storage)?;
        Ok(records.iter().map(record_json).collect())
    }
}
