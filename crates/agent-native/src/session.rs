use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use crate::history::{Entry, Said, never_run, open_calls};
use crate::mode::Mode;
use crate::servers::Servers;
use crate::transcript::Transcript;

/// How a prompt ended that has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    Stopped,
    Failed,
}

/// What an agent remembers of a session.
#[derive(Debug)]
pub struct Memory {
    pub entries: Vec<Entry>,
    pub mode: Mode,
    pub model: String,
    transcript: Option<Transcript>,
}

/// One session, shared by the requests about it.
#[derive(Clone)]
pub struct Session {
    pub id: String,
    pub root: WorktreeRoot,
    pub servers: Arc<Servers>,
    memory: Arc<Mutex<Memory>>,
    running: Arc<watch::Sender<Option<CancellationToken>>>,
}

impl Memory {
    /// Remembers, also on disk.
    pub fn add(&mut self, entry: Entry) {
        if let Some(transcript) = &mut self.transcript
            && let Err(error) = transcript.add(&entry)
        {
            eprintln!("the session could not be kept: {error}");
        }
        self.entries.push(entry);
    }

    pub fn set_mode(&mut self, mode: Mode) {
        if self.mode != mode {
            self.mode = mode;
            self.add(Entry::Mode(mode));
        }
    }

    pub fn set_model(&mut self, model: &str) {
        if self.model != model {
            model.clone_into(&mut self.model);
            self.add(Entry::Model(model.to_owned()));
        }
    }

    /// A prompt that ended before its answer is not to be taken for a part of the next one.
    pub fn mark_unanswered(&mut self, unanswered: Unanswered) {
        let text = match unanswered {
            Unanswered::Stopped => "[stopped by a person]",
            Unanswered::Failed => "[not answered]",
        };
        let spoken = |entry: &&Entry| entry.user().is_some() || entry.said().is_some();
        if self.entries.iter().rev().find(spoken).is_some_and(|entry| entry.user().is_some()) {
            self.add(Entry::Said(Said { text: text.to_owned(), ..Said::default() }));
        }
    }

    /// What a stop left open is closed, so that nobody waits for it.
    pub fn close_calls(&mut self) {
        let open = open_calls(&self.entries);
        open.iter().for_each(|call| self.add(Entry::Result(never_run(call))));
    }
}

impl Session {
    pub fn begin(cwd: &Path, folder: Option<&Path>, model: &str) -> Result<Self> {
        let id = uuid::Uuid::new_v4().to_string();
        let transcript = folder.map(|folder| Transcript::begin(folder, &id)).transpose()?;
        let memory =
            Memory { entries: Vec::new(), mode: Mode::default(), model: model.to_owned(), transcript };
        Self::with(id, cwd, memory)
    }

    /// `None` where there is no such session.
    pub fn load(id: &str, cwd: &Path, folder: &Path, model: &str) -> Result<Option<Self>> {
        let Some((transcript, entries)) = Transcript::open(folder, id)? else {
            return Ok(None);
        };
        let mode = entries.iter().rev().find_map(|entry| {
            let Entry::Mode(mode) = entry else { return None };
            Some(*mode)
        });
        let chosen = entries.iter().rev().find_map(|entry| {
            let Entry::Model(model) = entry else { return None };
            Some(model.clone())
        });
        let memory = Memory {
            mode: mode.unwrap_or_default(),
            model: chosen.unwrap_or_else(|| model.to_owned()),
            entries,
            transcript: Some(transcript),
        };
        Self::with(id.to_owned(), cwd, memory).map(Some)
    }

    fn with(id: String, cwd: &Path, memory: Memory) -> Result<Self> {
        let root = WorktreeRoot::open(cwd)?;
        Ok(Self {
            id,
            root,
            servers: Arc::default(),
            memory: Arc::new(Mutex::new(memory)),
            running: Arc::new(watch::Sender::new(None)),
        })
    }

    /// Held for one step only, never over an await.
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` while a turn runs.
    pub fn start(&self) -> Option<CancellationToken> {
        let token = CancellationToken::new();
        let began = self.running.send_if_modified(|running| {
            let is_free = running.is_none();
            running.get_or_insert_with(|| token.clone());
            is_free
        });
        began.then_some(token)
    }

    pub fn cancel(&self) {
        if let Some(token) = self.running.borrow().as_ref() {
            token.cancel();
        }
    }

    /// The turn is over.
    pub fn end(&self) {
        self.memory().close_calls();
        self.running.send_replace(None);
    }

    /// Waits until no turn runs.
    pub async fn is_idle(&self) {
        // The sender lives as long as `self`.
        let _ = self.running.subscribe().wait_for(Option::is_none).await;
    }
}
