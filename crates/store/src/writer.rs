//! The one thread that writes: it takes all that waits into one transaction and answers after commit.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use model::StreamId;
use ports::event_store::{PartialText, StoreError};
use rusqlite::Connection;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout_at;

use crate::error::{gone, store_error};
use crate::pending::{Noted, Pending};
use crate::scrub;
use crate::write::Change;

mod batch;

/// Changes in one transaction, and waiting for the next: more callers wait their turn.
const BATCH: usize = 256;

pub struct Writer {
    inbox: mpsc::Sender<Message>,
    pending: Arc<Pending>,
    thread: JoinHandle<Result<(), StoreError>>,
}

enum Message {
    Change(Job),
    /// Running texts wait.
    Wake,
}

struct Job {
    change: Change,
    done: oneshot::Sender<Result<(), StoreError>>,
}

impl Writer {
    pub fn start(connection: Connection) -> io::Result<Self> {
        let (inbox, messages) = mpsc::channel(BATCH);
        let pending = Arc::new(Pending::default());
        let clock = Builder::new_current_thread().enable_time().build()?;
        let inner = Loop { connection, messages, pending: Arc::clone(&pending), clock };
        let thread = thread::Builder::new().name("log writer".to_owned()).spawn(|| inner.run())?;
        Ok(Self { inbox, pending, thread })
    }

    pub async fn change(&self, change: Change) -> Result<(), StoreError> {
        let (done, answer) = oneshot::channel();
        let message = Message::Change(Job { change, done });
        self.inbox.send(message).await.map_err(|_| gone("log writer"))?;
        answer.await.map_err(|_| gone("log writer"))?
    }

    pub fn note(&self, partial: PartialText) {
        if self.pending.note(partial) == Noted::First {
            // A full inbox needs no wake: the writer looks at the texts after each batch.
            let _ = self.inbox.try_send(Message::Wake);
        }
    }

    /// Texts that are newer than the disk.
    pub fn pending(&self, stream: StreamId) -> Vec<Arc<PartialText>> {
        self.pending.of(stream)
    }

    /// Writes what waits and closes the database.
    pub fn close(self) -> Result<(), StoreError> {
        drop(self.inbox);
        self.thread.join().unwrap_or_else(|_| Err(gone("log writer")))
    }
}

struct Loop {
    connection: Connection,
    messages: mpsc::Receiver<Message>,
    pending: Arc<Pending>,
    clock: Runtime,
}

impl Loop {
    fn run(mut self) -> Result<(), StoreError> {
        self.scrub();
        while let Some(jobs) = self.next() {
            let erases = jobs.iter().any(|job| matches!(job.change, Change::Erase(_)));
            let due = self.pending.due().is_some_and(|due| due <= Instant::now());
            let texts = if due { self.pending.take() } else { Vec::new() };
            if due || !jobs.is_empty() {
                batch::write(&self.connection, jobs, &texts, &self.pending);
            }
            if erases {
                self.scrub();
            }
        }
        self.close()
    }

    fn scrub(&self) {
        if let Err(error) = scrub::finish(&self.connection) {
            tracing::warn!(%error, "bytes of what was erased may still be on the disk until the next start");
        }
    }

    /// All that waits; nothing when running texts are due; `None` at the end.
    fn next(&mut self) -> Option<Vec<Job>> {
        let due = self.pending.due();
        let messages = &mut self.messages;
        let first = self.clock.block_on(async {
            match due {
                None => Ok(messages.recv().await),
                Some(due) => timeout_at(due.into(), messages.recv()).await,
            }
        });
        let Ok(first) = first else { return Some(Vec::new()) };
        let mut jobs = Vec::from_iter(job(first?));
        while jobs.len() < BATCH {
            let Ok(more) = self.messages.try_recv() else { break };
            jobs.extend(job(more));
        }
        Some(jobs)
    }

    fn close(self) -> Result<(), StoreError> {
        let texts = self.pending.take();
        batch::write(&self.connection, Vec::new(), &texts, &self.pending);
        let closed = self.connection.execute("UPDATE meta SET clean = 1", []);
        closed.map_err(|error| store_error(&error))?;
        // Readers that still run make this partial; the next open reads the rest of the WAL.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.connection.close().map_err(|(_, error)| store_error(&error))
    }
}

fn job(message: Message) -> Option<Job> {
    match message {
        Message::Change(job) => Some(job),
        Message::Wake => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ports::contract::{Line, session};
    use rusqlite_migration::{M, Migrations};

    #[tokio::test]
    async fn a_database_that_cannot_be_written_says_so_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(folder.path().join("log.db")).unwrap();
        let log = M::up(include_str!("../../../migrations/0001_log.sql"));
        let erasure = M::up(include_str!("../../../migrations/0003_erasure.sql"));
        Migrations::new(vec![log, erasure]).to_latest(&mut connection).unwrap();
        connection.pragma_update(None, "query_only", true).unwrap();
        let writer = Writer::start(connection).unwrap();
        for stream in 0..3 {
            let append = Line::new(session(stream)).append(["1"]);
            assert_eq!(writer.change(Change::Append(append)).await, Err(StoreError::ReadOnly));
        }
    }
}
