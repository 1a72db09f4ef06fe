//! The event log in SQLite.
//!
//! One process owns the folder, one thread writes, a few connections read. What is stored is opaque
//! here: headers, bodies and hashes go in and come out, nothing is parsed. `docs/storage.md` says what
//! lies where and why.

mod erase;
mod error;
mod folder;
mod inspect;
mod open;
mod pending;
mod read;
mod readers;
mod row;
mod schema;
mod scrub;
mod store;
mod write;
mod writer;

pub use error::OpenError;
pub use inspect::{Broken, Findings};
pub use open::{OpenOptions, Opened};
pub use store::SqliteStore;
