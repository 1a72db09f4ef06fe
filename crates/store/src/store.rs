use std::path::Path;

use model::{BlobHash, CommandId, EpochId, HostId, PersonId, StreamId};
use ports::Later;
use ports::chain::hex_digest;
use ports::event_store::{
    Append, Erasure, EventStore, Head, Layout, PartialText, Record, Remembered, Saved, SignedHead, StoreError,
};
use tokio::task::spawn_blocking;

use crate::error::{OpenError, gone};
use crate::folder::Folder;
use crate::inspect::{Findings, Inspection, Inspector};
use crate::open::{self, OpenOptions, Opened, Ready};
use crate::read;
use crate::readers::{Readers, reader};
use crate::write::Change;
use crate::writer::Writer;

/// The log of one data folder. Its methods want a tokio runtime; dropping it closes the database,
/// which takes as long as the last write.
pub struct SqliteStore {
    epoch: EpochId,
    host: HostId,
    opened: Opened,
    readers: Readers,
    /// `None` once closed.
    threads: Option<Threads>,
    // Last, because fields drop in order: the folder is let go when nothing uses it any more.
    _folder: Folder,
}

struct Threads {
    inspector: Inspector,
    writer: Writer,
}

impl SqliteStore {
    /// Opens or makes the folder and its database. Blocks for a few milliseconds, or for as long as
    /// an upgrade takes.
    pub fn open(folder: &Path, options: &OpenOptions) -> Result<Self, OpenError> {
        let folder = Folder::own(folder)?;
        let Ready { connection, epoch, host, opened } = open::open(&folder, options)?;
        let io = |source| OpenError::io(folder.path(), source);
        let inspection = Inspection {
            connection: reader(&folder.database()).map_err(|source| OpenError::sql(folder.path(), source))?,
            unclean: opened.unclean,
            suspicion: folder.suspicion(),
        };
        let writer = Writer::start(connection).map_err(io)?;
        let inspector = Inspector::start(inspection).map_err(io)?;
        let readers = Readers::new(folder.database(), options.readers);
        let threads = Some(Threads { inspector, writer });
        Ok(Self { epoch, host, opened, readers, threads, _folder: folder })
    }

    /// The data folder's own id.
    pub fn host(&self) -> HostId {
        self.host
    }

    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Waits for the check that runs in the background after each start.
    pub async fn findings(&self) -> Findings {
        match &self.threads {
            Some(threads) => threads.inspector.findings().await,
            None => Findings::default(),
        }
    }

    /// As a drop, but tells whether the last writes succeeded. Blocks.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), StoreError> {
        let Some(Threads { inspector, writer }) = self.threads.take() else { return Ok(()) };
        inspector.close();
        self.readers.close();
        writer.close()
    }

    fn writer(&self) -> Result<&Writer, StoreError> {
        self.threads.as_ref().map(|threads| &threads.writer).ok_or_else(|| gone("log writer"))
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!(%error, "the database was not closed cleanly");
        }
    }
}

impl EventStore for SqliteStore {
    fn complaints(&self) -> Later<'_, Vec<String>> {
        Box::pin(async {
            let aside = self.opened.moved_aside.as_ref().map(|aside| {
                format!(
                    "The database was damaged. A new log was begun; the old file is kept at {}.",
                    aside.display()
                )
            });
            aside.into_iter().chain(self.findings().await.sentences()).collect()
        })
    }

    fn epoch(&self) -> EpochId {
        self.epoch
    }

    fn append(&self, append: Append) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.writer()?.change(Change::Append(append)).await })
    }

    fn head(&self, stream: StreamId) -> Later<'_, Result<Head, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::head(sql, stream)))
    }

    fn read(&self, stream: StreamId, after: u64, limit: usize) -> Later<'_, Result<Vec<Record>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::after(sql, stream, after, limit)))
    }

    fn read_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Record>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::before(sql, stream, before, limit)))
    }

    fn streams(&self) -> Later<'_, Result<Vec<StreamId>, StoreError>> {
        Box::pin(self.readers.run(read::streams))
    }

    fn recall(
        &self,
        principal: PersonId,
        command: CommandId,
    ) -> Later<'_, Result<Option<Remembered>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::remembered(sql, principal, command)))
    }

    fn note_partial(&self, partial: PartialText) {
        if let Ok(writer) = self.writer() {
            writer.note(partial);
        }
    }

    fn partials(&self, stream: StreamId) -> Later<'_, Result<Vec<PartialText>, StoreError>> {
        Box::pin(async move {
            // Pending ones first: one that is written meanwhile is then seen twice, not never.
            let pending = self.writer()?.pending(stream);
            let mut texts = self.readers.run(move |sql| read::partials(sql, stream)).await?;
            texts.retain(|text| pending.iter().all(|newer| newer.item != text.item));
            texts.extend(pending.iter().map(|newer| PartialText::clone(newer)));
            texts.sort_by_key(|text| (text.began, text.item));
            Ok(texts)
        })
    }

    fn save(&self, saved: Saved) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.writer()?.change(Change::Save(saved)).await })
    }

    fn saved(&self, stream: StreamId) -> Later<'_, Result<Option<Saved>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::saved(sql, stream)))
    }

    fn keep_layout(&self, person: PersonId, layout: Layout) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.writer()?.change(Change::Layout(person, layout)).await })
    }

    fn layout(&self, person: PersonId) -> Later<'_, Result<Option<Layout>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::layout(sql, person)))
    }

    fn put_blob(&self, bytes: Vec<u8>) -> Later<'_, Result<BlobHash, StoreError>> {
        Box::pin(async move {
            let hashed = spawn_blocking(move || (BlobHash(hex_digest(&bytes)), bytes)).await;
            let (hash, bytes) = hashed.map_err(|_| gone("hasher"))?;
            self.writer()?.change(Change::Blob(hash.clone(), bytes)).await?;
            Ok(hash)
        })
    }

    fn blob(&self, hash: BlobHash) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::blob(sql, &hash)))
    }
    fn erase(&self, erasure: Erasure) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.writer()?.change(Change::Erase(Box::new(erasure))).await })
    }

    fn keep_head(&self, head: SignedHead) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move { self.writer()?.change(Change::Head(head)).await })
    }

    fn heads_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<SignedHead>, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::heads_before(sql, stream, before, limit)))
    }

    fn refers(&self, stream: StreamId, hash: BlobHash) -> Later<'_, Result<bool, StoreError>> {
        Box::pin(self.readers.run(move |sql| read::refers(sql, stream, &hash)))
    }
}
