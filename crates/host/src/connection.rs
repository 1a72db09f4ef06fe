//! One pipe to one client: hello, order of commands, subscriptions, limits. It knows frames, not
//! sockets; whoever owns the socket moves text in and out.

mod directory_reader;
mod lanes;
mod rate;
mod reader;
mod task;

use std::sync::Arc;

use tokio::sync::mpsc;
use wire::CloseCode;

use crate::host::Host;
use crate::principal::Via;

/// Frames that may wait for a slow socket before its readers do.
const OUTBOX: usize = 64;
/// Frames that may wait for the host before the socket does.
const INBOX: usize = 32;

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    Frame(Arc<str>),
    /// Last word: close the socket with this code.
    Close(CloseCode),
}

/// A client's pipe. Dropping it is a disconnect.
pub struct Connection {
    inbox: mpsc::Sender<String>,
    outbox: mpsc::Receiver<Outgoing>,
}

impl Connection {
    /// Hands in one text frame; waits while the host is behind. `false`: the connection is over.
    pub async fn send(&self, frame: String) -> bool {
        self.inbox.send(frame).await.is_ok()
    }

    /// The next frame for the client; `None` when the host has let go.
    pub async fn next(&mut self) -> Option<Outgoing> {
        self.outbox.recv().await
    }

    /// Both ends apart, for a reading and a writing task.
    pub fn split(self) -> (mpsc::Sender<String>, mpsc::Receiver<Outgoing>) {
        (self.inbox, self.outbox)
    }
}

pub(crate) fn open(host: Host, via: Via) -> Connection {
    let (inbox, incoming) = mpsc::channel(INBOX);
    let (outgoing, outbox) = mpsc::channel(OUTBOX);
    tokio::spawn(task::run(host, via, incoming, outgoing));
    Connection { inbox, outbox }
}
