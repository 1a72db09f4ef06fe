//! One pipe to one client: hello, order of commands, subscriptions, limits. It knows frames, not
//! sockets; whoever owns the socket moves them in and out.

mod directory_reader;
mod files_reader;
mod lanes;
mod outbox;
mod pairing;
mod pipe;
mod rate;
mod reader;
mod task;
mod terminal;

use std::sync::Arc;

use model::HostKey;
use ports::frame::Frame;
use tokio::sync::{mpsc, watch};
use wire::CloseCode;

pub use outbox::Outbox;

use crate::host::Host;
use crate::principal::Via;

/// Frames that may wait for the host before the socket does.
const INBOX: usize = 32;
/// The same of a pipe to another host, whose frames may be large: it waits sooner.
const PIPED: usize = 4;

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    Frame(Arc<str>),
    /// A binary frame.
    Bytes(Vec<u8>),
    /// Last word: close the socket with this code.
    Close(CloseCode),
}

/// A client's pipe. Dropping it is a disconnect.
pub struct Connection {
    inbox: mpsc::Sender<Frame>,
    outbox: Outbox,
    authenticated: watch::Receiver<bool>,
}

impl Connection {
    /// Turns true when the client has proven who it is: by a credential, or by an invite although it
    /// still waits for consent. Until then its socket counts against stricter limits (PA6).
    pub fn authenticated(&self) -> watch::Receiver<bool> {
        self.authenticated.clone()
    }

    /// Hands in one frame; waits while the host is behind. `false`: the connection is over.
    pub async fn send(&self, frame: impl Into<Frame>) -> bool {
        self.inbox.send(frame.into()).await.is_ok()
    }

    /// The next frame for the client; `None` when the host has let go.
    pub async fn next(&mut self) -> Option<Outgoing> {
        self.outbox.recv().await
    }

    /// Both ends apart, for a reading and a writing task.
    pub fn split(self) -> (mpsc::Sender<Frame>, Outbox) {
        (self.inbox, self.outbox)
    }
}

pub(crate) fn open(host: Host, via: Via) -> Connection {
    let (inbox, incoming) = mpsc::channel(INBOX);
    let (letters, outbox) = outbox::outbox(outbox::WAITING);
    let (proof, authenticated) = watch::channel(false);
    tokio::spawn(task::run(host, via, incoming, task::Out { letters, proof }));
    Connection { inbox, outbox, authenticated }
}

pub(crate) fn open_elsewhere(host: Host, via: Via, to: HostKey) -> Connection {
    let (inbox, incoming) = mpsc::channel(PIPED);
    let (letters, outbox) = outbox::outbox(PIPED);
    let (proof, authenticated) = watch::channel(false);
    tokio::spawn(pipe::run(host, (via, to), incoming, task::Out { letters, proof }));
    Connection { inbox, outbox, authenticated }
}
