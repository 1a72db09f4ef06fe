//! Time and identity, the two things a deterministic host must be handed.

use model::Timestamp;
use uuid::Uuid;

/// Wall-clock time in milliseconds; may jump, so only recorded and compared with slack.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Fresh random ids and salts.
pub trait Ids: Send + Sync {
    /// A random version-4 UUID.
    fn fresh(&self) -> Uuid;
}
