//! Shells that people type into.

use std::path::PathBuf;
use std::sync::Arc;

use model::{TerminalExit, TerminalSize};
use tokio::sync::watch;

use crate::Later;

/// What a shell is started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalStart {
    pub worktree: PathBuf,
    pub size: TerminalSize,
    /// What `sh` does in it instead of waiting for somebody to type; the terminal ends with it.
    pub script: Option<String>,
}

/// Where a terminal's output is, as an offset in bytes from its first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalHead {
    /// Behind its newest byte.
    pub end: u64,
    /// Once set nothing follows `end`.
    pub exit: Option<TerminalExit>,
}

/// What there is to read at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Never empty, and cut anywhere: also within a character. Read on behind it.
    Bytes(Arc<[u8]>),
    /// That is not kept any more, or never was; the oldest byte that is kept is here.
    Cut { oldest: u64 },
    /// Wait for the head to move.
    Nothing,
}

/// Each says what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerminalError {
    #[error("There is no folder at {path} any more, so no terminal was opened there.")]
    NoFolder { path: PathBuf },
    #[error(
        "{shell} could not be started: {detail}. Set SHELL to a shell of yours and start the host again."
    )]
    Start { shell: PathBuf, detail: String },
    #[error("This terminal has ended. Open another one.")]
    Ended,
    #[error("The program in this terminal does not read what is typed. Wait for it, or close the terminal.")]
    InputFull,
    #[error("The terminal's size could not be changed: {detail}.")]
    Resize { detail: String },
}

pub trait Terminals: Send + Sync {
    /// A shell in the worktree, with nothing of the host's secrets. Dropping it ends it.
    fn open(&self, start: TerminalStart) -> Later<'_, Result<Arc<dyn Terminal>, TerminalError>>;
}

/// Where there are no shells to be had.
pub struct NoTerminals;

impl Terminals for NoTerminals {
    fn open(&self, _start: TerminalStart) -> Later<'_, Result<Arc<dyn Terminal>, TerminalError>> {
        let detail = "there are none here".to_owned();
        Box::pin(async { Err(TerminalError::Start { shell: PathBuf::from("a shell"), detail }) })
    }
}

/// One shell. Output that nobody reads is let go of, so no reader ever holds it up.
pub trait Terminal: Send + Sync {
    fn head(&self) -> watch::Receiver<TerminalHead>;

    fn read(&self, from: u64) -> Output;

    /// Takes all of it or none, and passes it on in the order of the calls.
    ///
    /// # Errors
    /// `Ended`, or `InputFull` while the program leaves too much unread.
    fn write(&self, input: &[u8]) -> Result<(), TerminalError>;

    /// Programs in it are told.
    ///
    /// # Errors
    /// `Ended`, or `Resize` when the system refuses.
    fn resize(&self, size: TerminalSize) -> Result<(), TerminalError>;

    /// Ends the shell and everything that it started; done when they are gone and the head says so.
    fn end(&self) -> Later<'_, ()>;
}
