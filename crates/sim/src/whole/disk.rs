//! The log that outlives its hosts: in memory, every append noted, with faults and a trap in which a
//! host dies on either side of an append.

use std::future::pending;
use std::ops::Deref;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use model::{BlobHash, CommandId, EpochId, PersonId, StreamId};
use ports::Later;
use ports::contract::MemoryEventStore;
use ports::event_store::*;

use super::below::lock;
use super::plan::Side;

pub(super) struct Disk {
    kept: MemoryEventStore,
    /// Appends since they were last taken, in order.
    fresh: Mutex<Vec<Append>>,
    trap: Mutex<Option<(u8, Side)>>,
    sprung: AtomicBool,
}

impl Disk {
    pub fn new(epoch: EpochId) -> Self {
        let (fresh, trap) = (Mutex::default(), Mutex::default());
        Self { kept: MemoryEventStore::new(epoch), fresh, trap, sprung: AtomicBool::new(false) }
    }

    /// The process dies at the `nth` append from now, before or after it.
    pub fn lay_trap(&self, nth: u8, side: Side) {
        *lock(&self.trap) = Some((nth, side));
    }

    pub fn is_trapped(&self) -> bool {
        lock(&self.trap).is_some()
    }

    pub fn has_sprung(&self) -> bool {
        self.sprung.load(Ordering::Relaxed)
    }

    /// For the next life.
    pub fn disarm(&self) {
        *lock(&self.trap) = None;
        self.sprung.store(false, Ordering::Relaxed);
    }

    pub fn take_fresh(&self) -> Vec<Append> {
        std::mem::take(&mut lock(&self.fresh))
    }

    /// Whether this append is the one to die at.
    fn springs(&self) -> Option<Side> {
        let mut trap = lock(&self.trap);
        let (left, side) = (*trap)?;
        *trap = (left > 0).then(|| (left - 1, side));
        if left > 0 {
            return None;
        }
        self.sprung.store(true, Ordering::Relaxed);
        Some(side)
    }

    async fn write(&self, append: Append) -> Result<(), StoreError> {
        if self.has_sprung() {
            pending::<()>().await;
        }
        let side = self.springs();
        if side == Some(Side::Before) {
            pending::<()>().await;
        }
        let heads = self.heads(&append).await?;
        let outcome = self.kept.append(append.clone()).await;
        // What an answer that was lost does not tell, the log does.
        if heads != self.heads(&append).await? {
            lock(&self.fresh).push(append);
        }
        if side.is_some() {
            pending::<()>().await;
        }
        outcome
    }

    async fn heads(&self, append: &Append) -> Result<Vec<Head>, StoreError> {
        let mut heads = Vec::new();
        for part in &append.parts {
            heads.push(self.kept.head(part.stream).await?);
        }
        Ok(heads)
    }
}

impl Deref for Disk {
    type Target = MemoryEventStore;

    fn deref(&self) -> &MemoryEventStore {
        &self.kept
    }
}

impl EventStore for Disk {
    fn epoch(&self) -> EpochId {
        self.kept.epoch()
    }

    fn append(&self, append: Append) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.write(append))
    }

    fn head(&self, stream: StreamId) -> Later<'_, Result<Head, StoreError>> {
        self.kept.head(stream)
    }

    fn read(&self, stream: StreamId, after: u64, limit: usize) -> Later<'_, Result<Vec<Record>, StoreError>> {
        self.kept.read(stream, after, limit)
    }

    fn read_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Record>, StoreError>> {
        self.kept.read_back(stream, before, limit)
    }

    fn streams(&self) -> Later<'_, Result<Vec<StreamId>, StoreError>> {
        self.kept.streams()
    }

    fn recall(
        &self,
        principal: PersonId,
        command: CommandId,
    ) -> Later<'_, Result<Option<Remembered>, StoreError>> {
        self.kept.recall(principal, command)
    }

    fn note_partial(&self, partial: PartialText) {
        self.kept.note_partial(partial);
    }

    fn partials(&self, stream: StreamId) -> Later<'_, Result<Vec<PartialText>, StoreError>> {
        self.kept.partials(stream)
    }

    fn save(&self, saved: Saved) -> Later<'_, Result<(), StoreError>> {
        self.kept.save(saved)
    }

    fn saved(&self, stream: StreamId) -> Later<'_, Result<Option<Saved>, StoreError>> {
        self.kept.saved(stream)
    }

    fn keep_layout(&self, person: PersonId, layout: Layout) -> Later<'_, Result<(), StoreError>> {
        self.kept.keep_layout(person, layout)
    }

    fn layout(&self, person: PersonId) -> Later<'_, Result<Option<Layout>, StoreError>> {
        self.kept.layout(person)
    }

    fn put_blob(&self, bytes: Vec<u8>) -> Later<'_, Result<BlobHash, StoreError>> {
        self.kept.put_blob(bytes)
    }

    fn blob(&self, hash: BlobHash) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        self.kept.blob(hash)
    }

    fn erase(&self, erasure: Erasure) -> Later<'_, Result<(), StoreError>> {
        self.kept.erase(erasure)
    }

    fn keep_head(&self, head: SignedHead) -> Later<'_, Result<(), StoreError>> {
        self.kept.keep_head(head)
    }

    fn heads_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<SignedHead>, StoreError>> {
        self.kept.heads_back(stream, before, limit)
    }

    fn refers(&self, stream: StreamId, hash: BlobHash) -> Later<'_, Result<bool, StoreError>> {
        self.kept.refers(stream, hash)
    }
}
