//! The log on disk. It takes and returns headers, bytes and hashes and never parses a body.

use std::sync::Arc;

use model::{BlobHash, CommandId, EpochId, ItemId, PersonId, StreamId, Timestamp, TurnId};

use crate::Later;
use crate::chain::{Hash, ROOT, Salt, body_hash, event_hash};

mod erasure;

pub use erasure::{Erasure, Target, Tombstone};

/// Everything about an event but its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub stream: StreamId,
    /// Dense from 1 in each stream.
    pub seq: u64,
    pub at: Timestamp,
    /// JSON of `model::Actor`.
    pub actor: String,
    pub cause: Option<CommandId>,
    /// The body's `type` tag.
    pub kind: String,
}

/// One event as it is stored and as readers get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub header: Header,
    /// JSON text; the same bytes go to every reader (LO8).
    pub body: Arc<str>,
    pub seal: Seal,
    pub hash: Hash,
}

/// What ties a body to its event's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    Salt(Salt),
    /// The body was erased and a tombstone is in its place: the hash that salt and body had (LO11).
    Erased(Hash),
}

/// Where a stream ends. An empty stream has seq 0 and [`ROOT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
}

/// A head that the host has signed (LO6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// The log's when it was signed.
    pub epoch: EpochId,
    pub stream: StreamId,
    pub head: Head,
    pub at: Timestamp,
    /// Opaque to the store.
    pub signature: Vec<u8>,
}

/// An accepted command, remembered with its first event (LO5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub principal: PersonId,
    pub command: CommandId,
    /// SHA-256 of the request, to tell a retry from another request under the same id.
    pub request: Hash,
    pub stream: StreamId,
    pub seq: u64,
    /// What was answered, opaque to the store.
    pub answer: String,
}

/// One decision: written whole or not at all (LO1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Append {
    pub parts: Vec<Part>,
    pub remembered: Option<Remembered>,
    /// Running items whose durable event is in this append.
    pub settled: Vec<(StreamId, ItemId)>,
}

/// Events of one stream; refused unless the stream's head is `after` (dense seq).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub stream: StreamId,
    pub after: u64,
    pub records: Vec<Record>,
}

/// The text so far of a running item. Written with the next batch, at most
/// [`model::limits::PARTIAL_FLUSH`] late (LO1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialText {
    pub stream: StreamId,
    pub turn: TurnId,
    pub item: ItemId,
    pub thought: bool,
    /// Number of the last delta in `text`.
    pub n: u64,
    pub text: String,
    pub began: Timestamp,
}

/// A fold of a stream up to `seq`, opaque to the store. `version` is the writer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub stream: StreamId,
    pub seq: u64,
    pub version: u32,
    pub state: Vec<u8>,
}

/// What a person's pages have open, opaque to the store: beside the log, for it is nobody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Counts up with every change.
    pub revision: u64,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The head moved, or the command is already remembered: recall, reload and decide again.
    #[error("the log of {stream} ends at {head}, not at {expected}")]
    Conflict { stream: StreamId, expected: u64, head: u64 },
    #[error("The disk is full. Nothing was changed; free some space and try again.")]
    Full,
    #[error("The data folder can't be written. Nothing was changed; check its permissions.")]
    ReadOnly,
    #[error("The database is damaged ({detail}). Nothing was deleted.")]
    Corrupt { detail: String },
    /// The writer is gone or the result is unknown: reload from the log.
    #[error("The database did not answer ({detail}).")]
    Unavailable { detail: String },
}

/// The event log. Reads see every append that was answered.
pub trait EventStore: Send + Sync {
    /// What a start and the check after it found wrong, each a sentence for the owner. Answers when
    /// the check is over.
    fn complaints(&self) -> Later<'_, Vec<String>> {
        Box::pin(async { Vec::new() })
    }

    /// Changes on create, restore and repair (LO9).
    fn epoch(&self) -> EpochId;

    fn append(&self, append: Append) -> Later<'_, Result<(), StoreError>>;

    fn head(&self, stream: StreamId) -> Later<'_, Result<Head, StoreError>>;

    /// Events with `seq > after`, oldest first, at most `limit`.
    fn read(&self, stream: StreamId, after: u64, limit: usize) -> Later<'_, Result<Vec<Record>, StoreError>>;

    /// The last `limit` events with `seq < before`, oldest first.
    fn read_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Record>, StoreError>>;

    /// Every stream that has an event, in the order of their first appends.
    fn streams(&self) -> Later<'_, Result<Vec<StreamId>, StoreError>>;

    fn recall(
        &self,
        principal: PersonId,
        command: CommandId,
    ) -> Later<'_, Result<Option<Remembered>, StoreError>>;

    /// Queues the text; a later call for the same item replaces it. Answers at once.
    fn note_partial(&self, partial: PartialText);

    /// The texts of running items, the noted ones included, ordered by when they began. After a
    /// crash: what was said (LO1).
    fn partials(&self, stream: StreamId) -> Later<'_, Result<Vec<PartialText>, StoreError>>;

    /// Replaces the stream's older one.
    fn save(&self, saved: Saved) -> Later<'_, Result<(), StoreError>>;

    fn saved(&self, stream: StreamId) -> Later<'_, Result<Option<Saved>, StoreError>>;

    /// Replaces the person's older one.
    fn keep_layout(&self, person: PersonId, layout: Layout) -> Later<'_, Result<(), StoreError>>;

    fn layout(&self, person: PersonId) -> Later<'_, Result<Option<Layout>, StoreError>>;

    /// Keeps bytes by their SHA-256; twice is harmless.
    fn put_blob(&self, bytes: Vec<u8>) -> Later<'_, Result<BlobHash, StoreError>>;

    fn blob(&self, hash: BlobHash) -> Later<'_, Result<Option<Vec<u8>>, StoreError>>;

    /// Whether an event of this stream holds [`names_blob`]'s words (GR2).
    fn refers(&self, stream: StreamId, hash: BlobHash) -> Later<'_, Result<bool, StoreError>>;

    /// Appends what says so, and erases, as one change (LO11). With the bodies go their salts, the
    /// stream's saved fold, the hashes of the requests that brought them, and the blobs that no other
    /// body names. Also what a disk would keep of them goes, if need be at the next start.
    fn erase(&self, erasure: Erasure) -> Later<'_, Result<(), StoreError>>;

    /// Keeps it; another one at the same seq replaces it.
    fn keep_head(&self, head: SignedHead) -> Later<'_, Result<(), StoreError>>;

    /// The last `limit` signed heads with `seq < before`, oldest first.
    fn heads_back(
        &self,
        stream: StreamId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<SignedHead>, StoreError>>;
}

/// How a body names a blob: a JSON text can't hold this inside one of its strings.
pub fn names_blob(hash: &BlobHash) -> String {
    format!(r#""blob":"{}""#, hash.0)
}

impl Seal {
    pub fn body_hash(&self, body: &str) -> Hash {
        match self {
            Self::Salt(salt) => body_hash(salt, body),
            Self::Erased(hash) => *hash,
        }
    }
}

impl Record {
    /// The hash this event must have after one with `prev` (LO6).
    pub fn hash_after(&self, prev: &Hash) -> Hash {
        event_hash(prev, &self.header, &self.seal.body_hash(&self.body))
    }

    /// A tombstone stands for the body.
    pub fn is_erased(&self) -> bool {
        matches!(self.seal, Seal::Erased(_))
    }
}

impl Head {
    pub const EMPTY: Self = Self { seq: 0, hash: ROOT };
}

impl Part {
    /// The head after this part, if it goes on densely from `head` in its own stream.
    pub fn follow(&self, head: u64) -> Result<u64, StoreError> {
        let conflict = |stream, expected| Err(StoreError::Conflict { stream, expected, head });
        if self.after != head {
            return conflict(self.stream, self.after);
        }
        for (seq, record) in (head + 1..).zip(&self.records) {
            let header = &record.header;
            if header.seq != seq || header.stream != self.stream {
                return conflict(header.stream, header.seq.saturating_sub(1));
            }
        }
        Ok(head + self.records.len() as u64)
    }
}

impl Remembered {
    /// What a second append of the same command is answered: it was decided meanwhile.
    pub fn conflict(&self) -> StoreError {
        StoreError::Conflict { stream: self.stream, expected: self.seq.saturating_sub(1), head: self.seq }
    }
}
