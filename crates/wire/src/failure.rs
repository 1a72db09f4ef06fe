use model::Rejection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A typed no. The UI switches on `code`, never on the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[error("{message}")]
pub struct Failure {
    pub code: FailureCode,
    /// A sentence for people: what happened, what is safe, what to do.
    pub message: String,
    pub retry: Retry,
    /// The room's or door's own refusal, with its data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rejection: Option<Rejection>,
}

/// Whether sending the same again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    Never,
    After,
    AfterChange,
}

/// Closed list of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    // The frame.
    BadFrame,
    UnknownMethod,
    BadParams,
    Version,
    HelloFirst,
    RateLimited,
    TooLarge,
    // Who asks.
    NotPaired,
    InviteUnknown,
    InviteSpent,
    InviteExpired,
    BrowserGuestsOff,
    /// The host shows no pairing code right now (PA3).
    NoCode,
    /// Not this code, or somebody is in between.
    CodeWrong,
    /// Too many wrong codes; invites work as ever.
    CodesResting,
    /// Too many wait at the door by one invite.
    DoorCrowded,
    /// Removed for ever, or somebody else's.
    DeviceRefused,
    NameRefused,
    Forbidden,
    NotFound,
    Muted,
    // The room.
    NotOpen,
    QueueFull,
    SuggestionsFull,
    AuthorMuted,
    SuggestionChanged,
    TurnLocked,
    AlreadyDecided,
    NotVoter,
    PlanChanged,
    NoTurn,
    AlreadyStarted,
    NothingToRetry,
    NoSuchDriver,
    Empty,
    /// Too many, too large, or none that an agent reads.
    BadImage,
    /// The chosen agent takes none.
    NoImages,
    BadAnswer,
    OverrideOff,
    ReasonNeeded,
    Unchanged,
    /// What the share allows this person, or its owner this agent, is used up.
    BudgetSpent,
    InUse,
    IdReused,
    // The world.
    Storage,
    PathMissing,
    NotARepository,
    BareRepository,
    NoCommits,
    GitMissing,
    Git,
    /// What was decided about has changed since it was looked at (WS7).
    ChangesStale,
    /// Files that both sides changed; nothing was done (WS10).
    InConflict,
    /// A turn runs in the workspace.
    TurnRunning,
    /// Something would be lost that was not named (WS12).
    AtRisk,
    /// The workspace is in the archive.
    Archived,
    AgentMissing,
    /// The file has changed since its owner read it, or can't be used (AG12).
    AgentsChanged,
    /// The owner has switched it off.
    AgentDisabled,
    AgentFailed,
    ListenerFailed,
    /// As many as one person may have.
    TerminalsFull,
    /// No shell could be started.
    TerminalFailed,
    TerminalEnded,
    /// Its program reads nothing.
    InputFull,
    HostUnreachable,
    KeyChanged,
    HostStopping,
    Internal,
}

impl Failure {
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry: code.retry(), rejection: None }
    }

    /// The answer outside a principal's scope: the same as for what does not exist (GR2).
    pub fn not_found() -> Self {
        Rejection::NotFound.into()
    }
}

impl FailureCode {
    pub const fn retry(self) -> Retry {
        if self.is_final() {
            Retry::Never
        } else if self.passes() {
            Retry::After
        } else {
            Retry::AfterChange
        }
    }

    const fn passes(self) -> bool {
        matches!(
            self,
            Self::RateLimited
                | Self::CodesResting
                | Self::DoorCrowded
                | Self::InputFull
                | Self::Storage
                | Self::HostUnreachable
                | Self::HostStopping
        )
    }

    /// Nothing that the asker can change makes a yes of it.
    const fn is_final(self) -> bool {
        matches!(
            self,
            Self::BadFrame
                | Self::UnknownMethod
                | Self::BadParams
                | Self::Version
                | Self::NotPaired
                | Self::InviteUnknown
                | Self::InviteSpent
                | Self::InviteExpired
                | Self::BrowserGuestsOff
                | Self::CodeWrong
                | Self::DeviceRefused
                | Self::Forbidden
                | Self::NotFound
                | Self::AlreadyDecided
                | Self::NotVoter
                | Self::AlreadyStarted
                | Self::NothingToRetry
                | Self::OverrideOff
                | Self::Unchanged
                | Self::IdReused
                | Self::NotARepository
                | Self::BareRepository
                | Self::TerminalEnded
                | Self::KeyChanged
                | Self::Internal
        )
    }

    /// The number in a JSON-RPC error object; the code itself is in its data.
    pub const fn number(self) -> i32 {
        match self {
            Self::BadFrame => -32700,
            Self::UnknownMethod => -32601,
            Self::BadParams => -32602,
            Self::Internal => -32603,
            // JSON-RPC has numbers for these four only; every other code is ours.
            _ => -32000,
        }
    }
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        let code = match &rejection {
            Rejection::NotFound => FailureCode::NotFound,
            Rejection::Forbidden { .. } => FailureCode::Forbidden,
            Rejection::Muted => FailureCode::Muted,
            Rejection::NotOpen => FailureCode::NotOpen,
            Rejection::QueueFull { .. } => FailureCode::QueueFull,
            Rejection::SuggestionsFull { .. } => FailureCode::SuggestionsFull,
            Rejection::AuthorMuted => FailureCode::AuthorMuted,
            Rejection::SuggestionChanged => FailureCode::SuggestionChanged,
            Rejection::TurnLocked { .. } => FailureCode::TurnLocked,
            Rejection::AlreadyDecided { .. } => FailureCode::AlreadyDecided,
            Rejection::NotVoter => FailureCode::NotVoter,
            Rejection::PlanChanged => FailureCode::PlanChanged,
            Rejection::NoTurn => FailureCode::NoTurn,
            Rejection::AlreadyStarted => FailureCode::AlreadyStarted,
            Rejection::NothingToRetry => FailureCode::NothingToRetry,
            Rejection::NoSuchDriver => FailureCode::NoSuchDriver,
            Rejection::Empty => FailureCode::Empty,
            Rejection::TooLarge { .. } => FailureCode::TooLarge,
            Rejection::BadAnswer => FailureCode::BadAnswer,
            Rejection::OverrideOff => FailureCode::OverrideOff,
            Rejection::ReasonNeeded => FailureCode::ReasonNeeded,
            Rejection::BudgetSpent { .. } | Rejection::AgentBudgetSpent { .. } => FailureCode::BudgetSpent,
            Rejection::Unchanged => FailureCode::Unchanged,
        };
        Self { rejection: Some(rejection.clone()), ..Self::new(code, rejection.to_string()) }
    }
}
