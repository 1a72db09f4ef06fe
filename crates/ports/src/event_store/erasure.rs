use std::sync::Arc;

use model::{BlobHash, StreamId};

use super::Append;

/// What goes for good, and the events that say so (LO11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub append: Append,
    pub target: Target,
    /// Blobs that the erased bodies named.
    pub blobs: Vec<BlobHash>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Bodies of some events of a stream. One that was erased before stays as it is.
    Bodies { stream: StreamId, tombstones: Vec<Tombstone> },
    /// The whole stream, with all that is kept beside it.
    Stream(StreamId),
}

/// What stands in a body's place: an event of the same type, without what anybody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    pub seq: u64,
    pub body: Arc<str>,
}
