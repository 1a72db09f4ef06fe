use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

pub const DEFAULT: &str = "default";
pub const PLAN: &str = "plan";
pub const ACCEPT_EDITS: &str = "accept-edits";

/// What an agent remembers of a session; the whole of its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Memory {
    pub cwd: PathBuf,
    pub mode: String,
    /// Place in the cycle of turns.
    pub next_turn: usize,
    pub plan_rejected: bool,
    /// "Allow always" was answered.
    pub edits_allowed: bool,
    pub answer: String,
    pub said: Vec<Said>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Said {
    User(String),
    Agent(String),
}

impl Memory {
    pub fn new(cwd: PathBuf) -> Self {
        Self {
            cwd,
            mode: DEFAULT.to_owned(),
            next_turn: 0,
            plan_rejected: false,
            edits_allowed: false,
            answer: String::new(),
            said: Vec::new(),
        }
    }
}

/// One session, shared by the requests about it.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: String,
    memory: Arc<Mutex<Memory>>,
    running: Arc<Mutex<Option<CancellationToken>>>,
    folder: Option<PathBuf>,
}

impl Session {
    pub fn new(id: String, memory: Memory, folder: Option<PathBuf>) -> Self {
        Self { id, memory: Arc::new(Mutex::new(memory)), running: Arc::default(), folder }
    }

    pub fn load(id: &str, folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(file(folder, id)?).ok()?;
        let memory = serde_json::from_str(&text).ok()?;
        Some(Self::new(id.to_owned(), memory, Some(folder.to_owned())))
    }

    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` while a turn runs.
    pub fn begin(&self) -> Option<CancellationToken> {
        let mut running = self.running();
        if running.is_some() {
            return None;
        }
        let token = CancellationToken::new();
        *running = Some(token.clone());
        Some(token)
    }

    pub fn cancel(&self) {
        if let Some(token) = self.running().as_ref() {
            token.cancel();
        }
    }

    /// Ends the turn and remembers it.
    pub fn end(&self) {
        self.running().take();
        if let Err(error) = self.save() {
            eprintln!("session {} was not saved: {error}", self.id);
        }
    }

    pub fn save(&self) -> std::io::Result<()> {
        let Some(path) = self.folder.as_deref().and_then(|folder| file(folder, &self.id)) else {
            return Ok(());
        };
        let text = serde_json::to_string(&*self.memory())?;
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        let fresh = path.with_extension("new");
        std::fs::write(&fresh, text)?;
        std::fs::rename(fresh, path)
    }

    fn running(&self) -> MutexGuard<'_, Option<CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An id comes from the client; only ours name a file.
fn file(folder: &Path, id: &str) -> Option<PathBuf> {
    let id = uuid::Uuid::parse_str(id).ok()?;
    Some(folder.join(format!("{id}.json")))
}
