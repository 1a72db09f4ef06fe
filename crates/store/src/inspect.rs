//! What is looked at in the background after each start.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use model::StreamId;
use ports::chain::ROOT;
use ports::event_store::{Head, Record};
use rusqlite::{Connection, InterruptHandle};
use tokio::sync::watch;

use crate::read;

/// How many events of each stream's end are checked at a start.
const TAIL: usize = 256;

/// What the check after a start found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// SQLite's word on a file that was not closed cleanly. The next start moves it aside.
    pub damage: Option<String>,
    /// Streams whose last events do not follow from each other (LO6).
    pub broken: Vec<Broken>,
}

/// A stream's first event that its predecessor does not vouch for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub stream: StreamId,
    pub seq: u64,
}

impl Findings {
    /// For the owner.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let damage = self.damage.iter().map(|damage| {
            format!("The database is damaged ({damage}). Restart Conclave: it then keeps this file aside and begins a new log.")
        });
        let broken = self.broken.iter().map(|Broken { stream, seq }| {
            format!("The log of {stream} was changed from outside: event {seq} does not follow from the one before.")
        });
        damage.chain(broken).collect()
    }
}

pub struct Inspector {
    findings: watch::Receiver<Option<Findings>>,
    stop: Arc<AtomicBool>,
    interrupt: InterruptHandle,
    thread: JoinHandle<()>,
}

/// What an [`Inspector`] starts from.
pub struct Inspection {
    pub connection: Connection,
    /// The file may be torn: `quick_check` it.
    pub unclean: bool,
    /// Made when the file is damaged.
    pub suspicion: std::path::PathBuf,
}

impl Inspector {
    pub fn start(inspection: Inspection) -> io::Result<Self> {
        let (found, findings) = watch::channel(None);
        let stop = Arc::new(AtomicBool::new(false));
        let interrupt = inspection.connection.get_interrupt_handle();
        let stopped = Arc::clone(&stop);
        let thread =
            thread::Builder::new().name("log inspector".to_owned()).spawn(move || {
                match inspection.run(&stopped) {
                    Ok(findings) => drop(found.send(Some(findings))),
                    Err(_) if stopped.load(Ordering::Relaxed) => {}
                    Err(error) => tracing::warn!(%error, "the log could not be checked"),
                }
            })?;
        Ok(Self { findings, stop, interrupt, thread })
    }

    /// Waits for the end of the check; an abandoned one found nothing.
    pub async fn findings(&self) -> Findings {
        let mut findings = self.findings.clone();
        let found = findings.wait_for(Option::is_some).await;
        found.ok().and_then(|found| found.clone()).unwrap_or_default()
    }

    pub fn close(self) {
        self.stop.store(true, Ordering::Relaxed);
        // Again and again, because an interrupt between two queries stops neither.
        while !self.thread.is_finished() {
            self.interrupt.interrupt();
            thread::park_timeout(Duration::from_millis(1));
        }
    }
}

impl Inspection {
    fn run(&self, stop: &AtomicBool) -> rusqlite::Result<Findings> {
        let mut findings = Findings::default();
        if self.unclean {
            findings.damage = quick_check(&self.connection)?;
        }
        if let Some(damage) = &findings.damage {
            tracing::error!(damage, "the database is damaged");
            // Without this note the file is used on, as it was until now.
            let _ = fs::write(&self.suspicion, damage);
            return Ok(findings);
        }
        for stream in read::streams(&self.connection)? {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let tail = read::before(&self.connection, stream, u64::MAX, TAIL + 1)?;
            findings.broken.extend(first_break(&tail).map(|seq| Broken { stream, seq }));
        }
        for Broken { stream, seq } in &findings.broken {
            tracing::error!(%stream, seq, "the log's chain is broken");
        }
        Ok(findings)
    }
}

/// SQLite's first complaint about the file.
pub fn quick_check(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let checked = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match checked {
        Ok(said) => Ok((said != "ok").then_some(said)),
        Err(error) if crate::error::is_corrupt(&error) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

/// A whole stream is vouched for by [`ROOT`], a tail by its first event.
fn first_break(tail: &[Record]) -> Option<u64> {
    let (mut head, rest) = match tail {
        [first, rest @ ..] if tail.len() > TAIL => (Head { seq: first.header.seq, hash: first.hash }, rest),
        whole => (Head { seq: 0, hash: ROOT }, whole),
    };
    for record in rest {
        let hash = record.hash_after(&head.hash);
        if record.header.seq != head.seq + 1 || record.hash != hash {
            return Some(record.header.seq);
        }
        head = Head { seq: record.header.seq, hash };
    }
    None
}
