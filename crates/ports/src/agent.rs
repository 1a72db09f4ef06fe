//! Agent programs, whatever protocol they speak.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use model::{
    AgentCheck, AgentKey, AgentOffers, Budget, Ceiling, ImageKind, KeyWanted, Login, Memory, NamedAgent,
    PermissionAnswer, PlanVerdict, PromptId, Question, SlashCommand, Span, StopReason, Task, Timestamp,
    ToolKind, ToolList, ToolStatus, TurnId, Usage,
};

use crate::Later;

/// What an agent's program speaks (AG1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentKind {
    /// The Agent Client Protocol.
    #[default]
    Acp,
    /// Claude Code's own messages.
    Claude,
}

/// How to run an agent. The environment is the whole environment (AG6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProgram {
    pub kind: AgentKind,
    pub program: PathBuf,
    pub args: Vec<String>,
    pub env: BTreeMap<String, String>,
    pub terms: Terms,
}

/// What a named agent's program is given as it starts, where its kind takes that; else nothing (AG11).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Ahead of everything else; empty where there is nothing to say.
    pub prompt: String,
    /// All that it may use.
    pub tools: Option<ToolList>,
}

/// Where and for whom it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentStart {
    pub program: AgentProgram,
    /// Its working directory; file callbacks are confined to it.
    pub worktree: PathBuf,
    /// The agent's own id of the conversation, from an earlier [`AgentReady`].
    pub resume: Option<String>,
    /// Servers of tools it is to work with (AG10).
    pub servers: Vec<ToolServer>,
    pub limits: AgentLimits,
}

/// A server of tools that speaks the Model Context Protocol. The agent starts or dials it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolServer {
    pub name: String,
    pub reach: ServerReach,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerReach {
    /// Over its stdin and stdout. The environment is added to what the agent gives it.
    Program { program: String, args: Vec<String>, env: BTreeMap<String, String> },
    /// Streamable HTTP.
    Url { url: String, headers: BTreeMap<String, String> },
}

/// The server of tools that Conclave itself brings, for an agent without gates of its own (BA13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolbox {
    pub server: ToolServer,
    /// The variable of its environment in which it gets its token.
    pub token_in: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentLimits {
    pub handshake: Span,
    pub cancel_grace: Span,
}

/// The model of a turn, and how hard it is to think. `None`: as the agent does by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelChoice {
    pub model: Option<String>,
    pub effort: Option<String>,
}

/// What the handshake told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentReady {
    pub name: String,
    pub version: String,
    pub memory: Memory,
    /// Give it back as `resume` next time.
    pub conversation: Option<String>,
    pub offers: AgentOffers,
    pub login: Login,
    /// The mode it is in now, if it says so (GR5).
    pub mode: Option<String>,
    /// Names of [`AgentStart::servers`] that it takes no such servers of.
    pub left_out: Vec<String>,
    /// Identifies the process for the next start of the host, which ends it if it is left over.
    pub process: String,
}

/// The agent's own name of a request that waits for an answer; opaque to the host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestKey(pub String);

/// The agent's own name of an item or tool call; the host gives it an `ItemId`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub String);

/// What an agent's program says, in the words of the domain. Paths are relative to the worktree.
/// Texts can be of any length; the host moves long ones into blobs (LO11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentEvent {
    /// More of a running message or thought; a new key ends the one before.
    Text {
        item: ItemKey,
        thought: bool,
        text: String,
    },
    ToolStarted {
        item: ItemKey,
        call: ToolCallText,
    },
    ToolChanged {
        item: ItemKey,
        call: ToolCallText,
    },
    ToolEnded {
        item: ItemKey,
        status: ToolStatus,
        output: String,
        diffs: Vec<DiffText>,
    },
    Permission {
        key: RequestKey,
        asked: PermissionText,
    },
    Plan {
        key: RequestKey,
        text: String,
    },
    Question {
        key: RequestKey,
        asked: Question,
    },
    /// The agent took a request back.
    TakenBack {
        key: RequestKey,
    },
    Tasks(Vec<Task>),
    /// Tokens and cost since the last report, to be added up; the context as it is now (AG7).
    Usage(Usage),
    /// The mode the agent says it is in.
    Mode(String),
    Commands(Vec<SlashCommand>),
    /// The answer to the prompt of this turn. The driver ties it to the turn, never the host (TU7).
    TurnOver {
        turn: TurnId,
        reason: StopReason,
    },
    TurnFailed {
        turn: TurnId,
        reason: String,
        detail: String,
    },
    /// Last event of all: the process is gone.
    Exited {
        reason: String,
        detail: String,
    },
}

/// `model::ToolCall` before long texts are moved into blobs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolCallText {
    pub kind: ToolKind,
    pub title: String,
    pub input: String,
    pub paths: Vec<String>,
}

/// `model::FileDiff` before long texts are moved into blobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffText {
    pub path: String,
    pub added: u32,
    pub removed: u32,
    pub unified: String,
}

/// `model::PermissionRequest` before ids are given and long texts are moved into blobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionText {
    pub item: Option<ItemKey>,
    pub tool: String,
    pub kind: ToolKind,
    pub title: String,
    pub command: Option<String>,
    pub directory: String,
    pub diffs: Vec<DiffText>,
    pub expires_at: Option<Timestamp>,
}

/// Why an agent can't be had; each a sentence with the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    #[error("{agent} was not found. Looked in: {looked_in}. {hint}")]
    Missing { agent: AgentKey, looked_in: String, hint: String },
    #[error("The agent could not be started: {detail}")]
    NotStarted { detail: String },
    #[error("The agent is not logged in: {detail}")]
    LoggedOut { detail: String },
    #[error("The agent ended before it was ready. Its last words: {detail}")]
    DiedAtHandshake { detail: String },
    #[error("The agent did not answer within {} s. It was ended.", after.0 / 1000)]
    Silent { after: Span, detail: String },
    #[error("The agent speaks something this program does not understand: {detail}")]
    Incompatible { detail: String },
    #[error("The agent would not take the mode {wanted:?}; it is in {actual:?}.")]
    ModeRefused { wanted: String, actual: String },
    #[error("The agent would not take {wanted:?}: {detail}")]
    ModelRefused { wanted: String, detail: String },
    #[error("The agent has ended.")]
    Gone,
}

/// What an agent is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentPrompt {
    pub text: String,
    /// None for an agent whose [`AgentOffers`] say that it takes none.
    pub images: Vec<AgentImage>,
}

/// As every protocol wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentImage {
    pub kind: ImageKind,
    pub base64: String,
}

impl From<String> for AgentPrompt {
    fn from(text: String) -> Self {
        Self { text, images: Vec::new() }
    }
}

impl From<&str> for AgentPrompt {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Starts agents. One implementation per protocol.
pub trait AgentBackend: Send + Sync {
    /// Spawns and shakes hands, bounded by `limits.handshake` (AG3). `events` gets everything the
    /// agent says from then on, in order, ending with [`AgentEvent::Exited`].
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>>;

    /// Ends a process of an earlier life of the host, named by [`AgentReady::process`], if it still
    /// is that process; so a killed host leaves no orphans behind its next start.
    fn end_leftover(&self, process: String) -> Later<'_, ()>;
}

/// Where an agent's events go, in order. A full channel is the agent's backpressure.
pub type AgentEvents = tokio::sync::mpsc::Sender<AgentEvent>;

pub struct AgentStarted {
    pub ready: AgentReady,
    pub agent: Box<dyn Agent>,
}

/// A live agent process with its handshake done. Dropping it ends the whole process tree.
pub trait Agent: Send + Sync {
    /// Sets the mode and reads it back (GR5).
    fn set_mode(&self, mode: String) -> Later<'_, Result<(), AgentError>>;

    /// Sets the model and the effort for what follows.
    fn set_model(&self, choice: ModelChoice) -> Later<'_, Result<(), AgentError>>;

    /// Writes the prompt. Returns when it is written, not when the turn ends.
    fn prompt(&self, turn: TurnId, prompt: AgentPrompt) -> Later<'_, Result<(), AgentError>>;

    /// Folds a prompt into the running turn, where [`AgentOffers::steers`]. Returns when it is written. The turn
    /// ends when that is answered too (TU3).
    fn steer(&self, turn: TurnId, prompt: PromptId, words: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        let _ = (turn, prompt, words);
        Box::pin(async { Err(AgentError::Gone) })
    }

    /// Asks the agent to stop the turn; one that does not yield within the grace is killed (TU5). It may
    /// overtake the turn's own prompt, which is then stopped as soon as it is written.
    fn cancel(&self, turn: TurnId) -> Later<'_, Result<(), AgentError>>;

    /// Allow-once or reject-once, picked by a tested option id (PE5).
    fn answer_permission(
        &self,
        key: RequestKey,
        answer: PermissionAnswer,
    ) -> Later<'_, Result<(), AgentError>>;

    /// Refuses in the host's own name, in these words where the agent's protocol carries any.
    fn refuse_permission(&self, key: RequestKey, words: String) -> Later<'_, Result<(), AgentError>> {
        let _ = words;
        self.answer_permission(key, PermissionAnswer::Reject)
    }

    /// Answers whether the reason of a deny went along (BA12).
    fn answer_plan(
        &self,
        key: RequestKey,
        verdict: PlanVerdict,
    ) -> Later<'_, Result<ReasonCarried, AgentError>>;

    fn answer_question(
        &self,
        key: RequestKey,
        answers: BTreeMap<String, Vec<String>>,
    ) -> Later<'_, Result<(), AgentError>>;

    /// Ends the process tree.
    fn stop(&self) -> Later<'_, ()>;

    /// The last bytes of what it wrote to stderr, for diagnostics (AG3).
    fn stderr_tail(&self) -> String;

    /// A text of this agent that came by another way than its events, as all readers may see it (LO8).
    fn veiled(&self, text: &str) -> String;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonCarried {
    Yes,
    No,
}

/// Finds agent programs on this machine (AG8).
pub trait AgentCatalog: Send + Sync {
    fn entries(&self) -> Vec<CatalogEntry>;
    /// # Errors
    /// [`AgentError::Missing`] with where it looked and how to install it.
    fn find(&self, agent: &AgentKey) -> Result<AgentProgram, AgentError>;
    /// The most the agent does unasked in each of its modes in this worktree, as [`AgentCatalog::find`] has
    /// it run and whatever a repository's own settings say (GR5). Empty: it cannot be limited there.
    fn modes(&self, agent: &AgentKey, worktree: &Path) -> BTreeMap<String, Ceiling>;

    /// What a named agent is told and set to; none for those that are no more than their program.
    fn brief(&self, agent: &AgentKey) -> Option<Brief> {
        let _ = agent;
        None
    }

    /// The named agents that a repository brings, as its file is now; none where there is none (AG12).
    fn brought(&self, repository: &Path) -> Option<Brought> {
        let _ = repository;
        None
    }

    /// Those that the owner trusts, each by its own key, in the place of those before.
    fn adopt(&self, agents: BTreeMap<AgentKey, NamedAgent>) {
        let _ = agents;
    }

    /// What is kept of the agent's last check, while its program is the one that was checked.
    fn checked(&self, agent: &AgentKey) -> Option<Checked> {
        let _ = agent;
        None
    }

    /// Keeps it for [`AgentCatalog::checked`].
    fn keep_check(&self, agent: &AgentKey, checked: Checked) {
        let _ = (agent, checked);
    }

    /// A folder with nothing in it, to start the agent in and ask it what it is.
    ///
    /// # Errors
    /// It can't be made.
    fn empty_folder(&self, agent: &AgentKey) -> io::Result<PathBuf> {
        let _ = agent;
        Ok(std::env::temp_dir())
    }

    /// The servers of tools that the owner has configured for every agent, as they are now (AG10).
    ///
    /// # Errors
    /// [`AgentError::NotStarted`] with what is wrong with the configuration.
    fn servers(&self) -> Result<Vec<ToolServer>, AgentError> {
        Ok(Vec::new())
    }

    /// It puts plans and questions to people by its own protocol (BA13).
    fn has_gates(&self, agent: &AgentKey) -> bool {
        let _ = agent;
        true
    }

    /// For an agent that has no gates, where there is one.
    fn toolbox(&self, agent: &AgentKey) -> Option<Toolbox> {
        let _ = agent;
        None
    }
}

/// What a repository says of named agents. It is not trusted: nothing of it counts by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// SHA-256 of the file, hex.
    pub hash: String,
    /// By the words it names them with, or why it can't be used.
    pub agents: Result<BTreeMap<String, NamedAgent>, Unusable>,
}

/// Why nothing of a file counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub String);

/// What its owner has made of an agent under a name of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    pub name: String,
    /// Goes ahead of the first prompt of each conversation; empty where the program is told as it starts.
    pub prompt: String,
    /// Where a turn chooses nothing else.
    pub model: ModelChoice,
    pub mode: Option<String>,
    /// All that it may use; none: whatever its base may.
    pub tools: Option<ToolList>,
    /// The most its turns may take in one session.
    pub budget: Option<Budget>,
}

/// What an agent said of itself when it was last asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub check: AgentCheck,
    pub offers: AgentOffers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    pub agent: AgentKey,
    pub name: String,
    pub found: bool,
    pub hint: Option<String>,
    pub rehearsal: bool,
    /// The most it does unasked in each mode, in a repository that does not set it free; empty where that is
    /// not known, and then it can't be limited (GR5).
    pub ceilings: BTreeMap<String, Ceiling>,
    /// Its program, with `~` for the home folder; none when it was not found.
    pub program: Option<String>,
    /// Whose folder that is: `PATH`, `nvm`, `Homebrew` …
    pub source: Option<String>,
    /// A command line that installs it.
    pub install: Option<String>,
    /// What it is reached with, where that is known.
    pub key: Option<KeyWanted>,
    /// What it is where it is another one under a name of its own (AG11).
    pub named: Option<NamedAgent>,
}

impl CatalogEntry {
    /// What it does unasked is known and kept (GR5).
    pub fn can_be_limited(&self) -> bool {
        !self.ceilings.is_empty()
    }
}
