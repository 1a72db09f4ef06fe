//! The in-memory log behind a door that the test can jam: logs that can't be read, reads that hang.

use std::ops::Deref;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use model::{BlobHash, CommandId, EpochId, PersonId, StreamId};
use ports::Later;
use ports::contract::MemoryEventStore;
use ports::event_store::*;
use tokio::sync::watch;

pub struct ShakyStore {
    kept: MemoryEventStore,
    unreadable: Mutex<Option<StreamId>>,
    held: watch::Sender<bool>,
    appends: AtomicUsize,
}

impl ShakyStore {
    pub fn new(epoch: EpochId) -> Self {
        let (unreadable, held) = (Mutex::default(), watch::Sender::new(false));
        Self { kept: MemoryEventStore::new(epoch), unreadable, held, appends: AtomicUsize::new(0) }
    }

    /// Reading this stream fails until told otherwise.
    pub fn unreadable(&self, stream: Option<StreamId>) {
        *self.unreadable.lock().unwrap() = stream;
    }

    /// Blobs are given only after [`Self::let_go`].
    pub fn hold_blobs(&self) {
        self.held.send_replace(true);
    }

    pub fn let_go(&self) {
        self.held.send_replace(false);
    }

    /// Appends tried so far.
    pub fn appends(&self) -> usize {
        self.appends.load(Ordering::Relaxed)
    }

    fn check(&self, stream: StreamId) -> Result<(), StoreError> {
        match *self.unreadable.lock().unwrap() == Some(stream) {
            true => Err(StoreError::Corrupt { detail: "a page of it is gone".into() }),
            false => Ok(()),
        }
    }
}

impl Deref for ShakyStore {
    type Target = MemoryEventStore;

    fn deref(&self) -> &MemoryEventStore {
        &self.kept
    }
}

impl EventStore for ShakyStore {
    fn epoch(&self) -> EpochId {
        self.kept.epoch()
    }

    fn append(&self, append: Append) -> Later<'_, Result<(), StoreError>> {
        self.appends.fetch_add(1, Ordering::Relaxed);
        self.kept.append(append)
    }

    fn head(&self, stream: StreamId) -> Later<'_, Result<Head, StoreError>> {
        self.kept.head(stream)
    }

    fn read(&self, stream: StreamId, after: u64, limit: usize) -> Later<'_, Result<Vec<Record>, StoreError>> {
        Box::pin(async move {
            self.check(stream)?;
            self.kept.read(stream, after, limit).await
        })
    }

    fn read_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Record>, StoreError>> {
        Box::pin(async move {
            self.check(stream)?;
            self.kept.read_back(stream, before, limit).await
        })
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
        Box::pin(async move {
            // The sender lives as long as this store.
            self.held.subscribe().wait_for(|held| !held).await.ok();
            self.kept.blob(hash).await
        })
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
