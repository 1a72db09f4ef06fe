use std::collections::BTreeMap;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{BlobHash, CommandId, EpochId, ItemId, PersonId, StreamId};
use uuid::Uuid;

use crate::Later;
use crate::chain::hex_digest;
use crate::event_store::{
    Append, Erasure, EventStore, Head, Layout, PartialText, Record, Remembered, Saved, SignedHead,
    StoreError, names_blob,
};

mod erasing;

/// An [`EventStore`] in memory, with a fault switch. Shared through an `Arc` it outlives the host
/// that uses it, as a disk does.
#[derive(Debug)]
pub struct MemoryEventStore {
    epoch: EpochId,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    streams: Vec<(StreamId, Vec<Record>)>,
    remembered: BTreeMap<(PersonId, CommandId), Remembered>,
    partials: BTreeMap<(StreamId, ItemId), PartialText>,
    saved: BTreeMap<StreamId, Saved>,
    layouts: BTreeMap<PersonId, Layout>,
    blobs: BTreeMap<BlobHash, Vec<u8>>,
    heads: BTreeMap<(StreamId, u64), SignedHead>,
    fault: Option<Fault>,
}

#[derive(Clone, Debug)]
enum Fault {
    Next(StoreError),
    Every(StoreError),
    NextAnswerLost,
}

impl MemoryEventStore {
    pub fn new(epoch: EpochId) -> Self {
        Self { epoch, kept: Mutex::default() }
    }

    /// The next write fails so and changes nothing.
    pub fn fail_next(&self, error: StoreError) {
        self.lock().fault = Some(Fault::Next(error));
    }

    /// Every write fails so until [`Self::mend`]: a full disk.
    pub fn fail_every(&self, error: StoreError) {
        self.lock().fault = Some(Fault::Every(error));
    }

    /// The next write happens and its answer is [`StoreError::Unavailable`].
    pub fn lose_next_answer(&self) {
        self.lock().fault = Some(Fault::NextAnswerLost);
    }

    pub fn mend(&self) {
        self.lock().fault = None;
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, change: impl FnOnce(&mut Kept) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut kept = self.lock();
        match kept.fault.clone() {
            None => change(&mut kept),
            Some(Fault::Every(error)) => Err(error),
            Some(Fault::Next(error)) => {
                kept.fault = None;
                Err(error)
            }
            Some(Fault::NextAnswerLost) => {
                kept.fault = None;
                change(&mut kept)?;
                Err(StoreError::Unavailable { detail: "the answer was lost".to_owned() })
            }
        }
    }

    fn view<T: Send + 'static>(&self, look: impl FnOnce(&Kept) -> T) -> Later<'_, Result<T, StoreError>> {
        Box::pin(ready(Ok(look(&self.lock()))))
    }
}

impl Default for MemoryEventStore {
    /// Under a random epoch.
    fn default() -> Self {
        Self::new(EpochId(Uuid::new_v4()))
    }
}

impl Kept {
    fn records(&self, stream: StreamId) -> &[Record] {
        let found = self.streams.iter().find(|(name, _)| *name == stream);
        found.map_or(&[], |(_, records)| records)
    }

    fn head(&self, stream: StreamId) -> Head {
        self.records(stream)
            .last()
            .map_or(Head::EMPTY, |record| Head { seq: record.header.seq, hash: record.hash })
    }

    fn append(&mut self, append: Append) -> Result<(), StoreError> {
        self.check(&append)?;
        for part in append.parts.into_iter().filter(|part| !part.records.is_empty()) {
            match self.streams.iter_mut().find(|(name, _)| *name == part.stream) {
                Some((_, records)) => records.extend(part.records),
                None => self.streams.push((part.stream, part.records)),
            }
        }
        for key in append.settled {
            self.partials.remove(&key);
        }
        if let Some(remembered) = append.remembered {
            self.remembered.insert((remembered.principal, remembered.command), remembered);
        }
        Ok(())
    }

    fn check(&self, append: &Append) -> Result<(), StoreError> {
        let mut heads = BTreeMap::new();
        for part in &append.parts {
            let head = heads.entry(part.stream).or_insert_with(|| self.head(part.stream).seq);
            *head = part.follow(*head)?;
        }
        let known =
            append.remembered.as_ref().and_then(|new| self.remembered.get(&(new.principal, new.command)));
        known.map_or(Ok(()), |known| Err(known.conflict()))
    }
}

impl EventStore for MemoryEventStore {
    fn epoch(&self) -> EpochId {
        self.epoch
    }

    fn append(&self, append: Append) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.write(|kept| kept.append(append)) })
    }

    fn head(&self, stream: StreamId) -> Later<'_, Result<Head, StoreError>> {
        self.view(|kept| kept.head(stream))
    }

    fn read(&self, stream: StreamId, after: u64, limit: usize) -> Later<'_, Result<Vec<Record>, StoreError>> {
        self.view(|kept| {
            let newer = kept.records(stream).iter().filter(|record| record.header.seq > after);
            newer.take(limit).cloned().collect()
        })
    }

    fn read_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Record>, StoreError>> {
        self.view(|kept| {
            let older = kept.records(stream).iter().filter(|record| record.header.seq < before);
            let skipped = older.clone().count().saturating_sub(limit);
            older.skip(skipped).cloned().collect()
        })
    }

    fn streams(&self) -> Later<'_, Result<Vec<StreamId>, StoreError>> {
        self.view(|kept| kept.streams.iter().map(|(stream, _)| *stream).collect())
    }

    fn recall(
        &self,
        principal: PersonId,
        command: CommandId,
    ) -> Later<'_, Result<Option<Remembered>, StoreError>> {
        self.view(|kept| kept.remembered.get(&(principal, command)).cloned())
    }

    fn note_partial(&self, partial: PartialText) {
        self.lock().partials.insert((partial.stream, partial.item), partial);
    }

    fn partials(&self, stream: StreamId) -> Later<'_, Result<Vec<PartialText>, StoreError>> {
        self.view(|kept| {
            let texts = kept.partials.values().filter(|partial| partial.stream == stream);
            let mut texts: Vec<_> = texts.cloned().collect();
            texts.sort_by_key(|partial| (partial.began, partial.item));
            texts
        })
    }

    fn save(&self, saved: Saved) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.write(|kept| {
                kept.saved.insert(saved.stream, saved);
                Ok(())
            })
        })
    }

    fn saved(&self, stream: StreamId) -> Later<'_, Result<Option<Saved>, StoreError>> {
        self.view(|kept| kept.saved.get(&stream).cloned())
    }

    fn keep_layout(&self, person: PersonId, layout: Layout) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.write(|kept| {
                kept.layouts.insert(person, layout);
                Ok(())
            })
        })
    }

    fn layout(&self, person: PersonId) -> Later<'_, Result<Option<Layout>, StoreError>> {
        self.view(|kept| kept.layouts.get(&person).cloned())
    }

    fn put_blob(&self, bytes: Vec<u8>) -> Later<'_, Result<BlobHash, StoreError>> {
        Box::pin(async move {
            let hash = BlobHash(hex_digest(&bytes));
            self.write(|kept| {
                kept.blobs.insert(hash.clone(), bytes);
                Ok(())
            })?;
            Ok(hash)
        })
    }

    fn blob(&self, hash: BlobHash) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        self.view(|kept| kept.blobs.get(&hash).cloned())
    }
    fn erase(&self, erasure: Erasure) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.write(|kept| kept.erase(erasure)) })
    }

    fn keep_head(&self, head: SignedHead) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.write(|kept| {
                kept.heads.insert((head.stream, head.head.seq), head);
                Ok(())
            })
        })
    }

    fn heads_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<SignedHead>, StoreError>> {
        self.view(|kept| {
            let older = kept.heads.range((stream, 0)..(stream, before)).map(|(_, head)| head);
            let skipped = older.clone().count().saturating_sub(limit);
            older.skip(skipped).cloned().collect()
        })
    }

    fn refers(&self, stream: StreamId, hash: BlobHash) -> Later<'_, Result<bool, StoreError>> {
        let words = names_blob(&hash);
        self.view(|kept| kept.records(stream).iter().any(|record| record.body.contains(&words)))
    }
}
