//! A subscription: a cursor into one stream. Snapshot and subscription are one operation on one log
//! position; a hole can't open between them (LO2, LO3).

use std::sync::Arc;

use model::{ConnectionId, Right, SessionId, StreamId, limits};
use ports::chain;
use ports::event_store::{EventStore, Record};
use room::By;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::AbortHandle;
use wire::{Cursor, Failure, Kind, Need, Notification, Scope, SharedView, Snapshot};

use super::Outgoing;
use crate::authority::authorize;
use crate::commit::record_json;
use crate::desk::storage;
use crate::feed::{Feed, Seen};
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

/// A task that waits for the go, so that the answer to `subscribe` comes before its first frame.
pub(super) struct Start(oneshot::Sender<()>);

impl Start {
    pub fn of(task: impl Future<Output = ()> + Send + 'static) -> (Self, AbortHandle) {
        let (go, gone) = oneshot::channel();
        let task = tokio::spawn(async move {
            if gone.await.is_ok() {
                task.await;
            }
        });
        (Self(go), task.abort_handle())
    }

    pub fn start(self) {
        // A task that was aborted meanwhile needs no go.
        self.0.send(()).ok();
    }
}

/// Opens the stream and returns the task that follows it.
pub(super) async fn prepare(
    host: Host,
    place: Place,
    cursor: Option<Cursor>,
    out: mpsc::Sender<Outgoing>,
) -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    let StreamId::Session(id) = place.stream else {
        return Err(Failure::new(
            wire::FailureCode::BadParams,
            "Only session streams can be followed; watch the directory for the rest.",
        ));
    };
    let session = host.session(id).await?;
    let follower =
        Follower { feed: Arc::clone(&session.feed), host: host.clone(), place, session: id, out, prev: 0 };
    // Signals and bells are taken before the snapshot: what comes between is at worst seen twice.
    let bells = Bells::of(&session.feed);
    let opened = session.open(place.principal, place.connection).await?;
    Ok(follower.run(bells, opened, cursor))
}

struct Bells {
    committed: watch::Receiver<u64>,
    seen: watch::Receiver<Seen>,
    signals: broadcast::Receiver<Arc<str>>,
}

impl Bells {
    fn of(feed: &Feed) -> Self {
        Self {
            committed: feed.committed.subscribe(),
            seen: feed.seen.subscribe(),
            signals: feed.signals.subscribe(),
        }
    }
}

struct Follower {
    host: Host,
    feed: Arc<Feed>,
    place: Place,
    session: SessionId,
    out: mpsc::Sender<Outgoing>,
    /// Last seq this reader has been given.
    prev: u64,
}

/// The reader is gone, or may no longer read.
struct Over;

impl Follower {
    async fn run(mut self, bells: Bells, opened: Opened, cursor: Option<Cursor>) {
        if let Err(failure) = self.follow(bells, opened, cursor).await {
            tracing::warn!(%failure, "a reader could not be served");
        }
    }

    async fn follow(
        &mut self,
        mut bells: Bells,
        opened: Opened,
        cursor: Option<Cursor>,
    ) -> Result<(), Failure> {
        let known = self.known(cursor.as_ref(), &opened).await?;
        let first = match known {
            Some(seq) => {
                self.prev = seq;
                self.catch_up(opened.seen.seq).await?.and(self.view(&opened.seen).await)
            }
            None => self.snapshot(&opened, cursor.as_ref()).await?,
        };
        if first.is_err() {
            return Ok(());
        }
        loop {
            let head = *bells.committed.borrow_and_update();
            if self.catch_up(head).await?.is_err() {
                return Ok(());
            }
            let seen =
                bells.seen.has_changed().unwrap_or(false).then(|| bells.seen.borrow_and_update().clone());
            if let Some(seen) = seen.filter(|seen| seen.seq <= self.prev)
                && self.view(&seen).await.is_err()
            {
                return Ok(());
            }
            if self.wait(&mut bells).await.is_err() {
                return Ok(());
            }
        }
    }

    async fn wait(&self, bells: &mut Bells) -> Result<(), Over> {
        loop {
            tokio::select! {
                biased;
                changed = bells.committed.changed() => return changed.map_err(|_| Over),
                changed = bells.seen.changed() => {
                    bells.seen.mark_changed();
                    return changed.map_err(|_| Over);
                }
                signal = bells.signals.recv() => match signal {
                    Ok(frame) => {
                        self.may_read()?;
                        self.give(frame).await?;
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return Err(Over),
                },
            }
        }
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

    async fn snapshot(
        &mut self,
        opened: &Opened,
        cursor: Option<&Cursor>,
    ) -> Result<Result<(), Over>, Failure> {
        let Ok(by) = self.may_read() else { return Ok(Err(Over)) };
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
        };
        self.prev = seq;
        let frame = wire::encode_snapshot(&snapshot, events.iter().map(String::as_str));
        Ok(self.give(frame.into()).await)
    }

    /// Everything after the reader's own place, up to `head`.
    async fn catch_up(&mut self, head: u64) -> Result<Result<(), Over>, Failure> {
        while self.prev < head {
            if self.may_read().is_err() {
                return Ok(Err(Over));
            }
            let to = head.min(self.prev + limits::PAGE as u64);
            let frame = match self.feed.at(self.prev + 1) {
                Some(event) if to == self.prev + 1 => Arc::clone(&event.frame),
                Some(_) | None => {
                    let events = self.encoded(self.prev + 1, to).await?;
                    wire::encode_events(self.place.stream, self.prev, events.iter().map(String::as_str))
                        .into()
                }
            };
            self.prev = to;
            if self.give(frame).await.is_err() {
                return Ok(Err(Over));
            }
        }
        Ok(Ok(()))
    }

    async fn view(&self, seen: &Seen) -> Result<(), Over> {
        let by = self.may_read()?;
        let view = SharedView { stream: self.place.stream, seq: seen.seq, view: seen.room.view(&by) };
        self.give(wire::encode_notification(&Notification::View(view)).into()).await
    }

    /// GR3: the live grant, before each delivery.
    fn may_read(&self) -> Result<By, Over> {
        let need = Need { right: Right::See, scope: Scope::Session(self.session), kind: Kind::Connection };
        authorize(&self.host.globe().now(), self.place.principal, &need).map_err(|_| Over)
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

    async fn give(&self, frame: Arc<str>) -> Result<(), Over> {
        self.out.send(Outgoing::Frame(frame)).await.map_err(|_| Over)
    }
}
