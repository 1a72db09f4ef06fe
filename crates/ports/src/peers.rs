//! Other hosts, as this one's owner knows them.

use model::{DisplayName, HostKey, Timestamp};
use tokio::sync::mpsc;

use crate::Later;
use crate::frame::Frame;
use crate::nearby::Sighting;

/// A host that the owner has joined, or asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub key: HostKey,
    /// What the owner calls it; no two alike.
    pub label: DisplayName,
    /// What the owner is called there.
    pub name: DisplayName,
    /// Its owner has not let this one in yet.
    pub waiting: bool,
    /// What opens it is in the system's keyring; else in a file (PA4).
    pub in_keyring: bool,
    pub address: String,
    pub added_at: Timestamp,
    pub welcomed_at: Option<Timestamp>,
}

/// Each reads as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeersError {
    /// It answered, and does not let this one in; or the invite is none.
    #[error("{detail}")]
    Refused { detail: String },
    /// Nobody answers there now.
    #[error("{detail}")]
    Unreachable { detail: String },
    /// Not the digits that it shows (PA3).
    #[error("{detail}")]
    CodeWrong { detail: String },
    /// It has another key than it was paired with (PA5).
    #[error("{detail}")]
    KeyChanged { detail: String },
    /// No host goes by that.
    #[error("{detail}")]
    Unknown { detail: String },
    /// What is known of hosts can't be read or written.
    #[error("{detail}")]
    Storage { detail: String },
}

/// A pipe to another host, its hello said. Dropping it hangs up.
#[derive(Debug)]
pub struct Pipe {
    pub say: mpsc::Sender<Frame>,
    /// `Closed` comes once, as the last.
    pub heard: mpsc::Receiver<Heard>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Frame(Frame),
    /// With the code of the close.
    Closed(Option<u16>),
}

pub trait Peers: Send + Sync {
    /// Shows an invite to its host, and answers when that host has: with a welcome, or that its owner has
    /// been asked.
    fn join(&self, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>>;

    /// Joins a host that was seen, by the digits its owner shows (PA3).
    fn pair(&self, seen: Sighting, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>>;

    fn known(&self) -> Later<'_, Result<Vec<Known>, PeersError>>;

    fn forget(&self, host: HostKey) -> Later<'_, Result<(), PeersError>>;

    /// In place of a window whose hello had this id and named this client. What goes wrong is told in the
    /// pipe.
    fn pipe(&self, host: HostKey, id: u64, client: String) -> Pipe;
}
