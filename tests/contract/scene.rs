//! What every agent of every kind must do, however it is driven. The rows of the table in `docs/agents.md`.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    Text,
    Thought,
    Tool,
    Allow,
    Reject,
    Command,
    PlanDenied,
    Critique,
    PlanApproved,
    Question,
    StopInText,
    StopInTool,
    StopInPermission,
    ModelError,
    RateLimit,
    Usage,
    Resume,
    Widened,
    DiesAtHandshake,
    DiesInTurn,
    DiesIdle,
    Deaf,
    Noise,
    Garbage,
}

impl Scene {
    /// Played one after the other by one warm process (AG2), in this order.
    pub const WELL: [Self; 16] = [
        Self::Text,
        Self::Thought,
        Self::Tool,
        Self::Allow,
        Self::Reject,
        Self::Command,
        Self::PlanDenied,
        Self::Critique,
        Self::PlanApproved,
        Self::Question,
        Self::StopInPermission,
        Self::StopInTool,
        // The scripted model is busy once, before it has refused anything.
        Self::RateLimit,
        Self::ModelError,
        Self::Usage,
        Self::StopInText,
    ];

    /// Each with a process of its own.
    pub const ALONE: [Self; 8] = [
        Self::Resume,
        Self::Widened,
        Self::DiesAtHandshake,
        Self::DiesInTurn,
        Self::DiesIdle,
        Self::Deaf,
        Self::Noise,
        Self::Garbage,
    ];

    pub fn all() -> impl Iterator<Item = Self> {
        Self::WELL.into_iter().chain(Self::ALONE)
    }

    /// As the table says it.
    pub fn about(self) -> &'static str {
        match self {
            Self::Text => "Text as it is said",
            Self::Thought => "Thoughts",
            Self::Tool => "Tool calls, begin and end paired",
            Self::Allow => "Asks before an edit, with its change; edits after leave",
            Self::Reject => "Does not edit without leave",
            Self::Command => "Asks before a command, with its text",
            Self::PlanDenied => "Its plans wait for a vote",
            Self::Critique => "The reason of a deny reaches it in the same turn, not as the next (BA12)",
            Self::PlanApproved => "Goes on with an approved plan",
            Self::Question => "Asks people, and gets their answer",
            Self::StopInText => "Stops while it speaks; the next prompt has none of the old words",
            Self::StopInTool => "Stops while a command runs",
            Self::StopInPermission => "Stops while it waits for leave",
            Self::ModelError => "A refusal of its model is said in words, and the next prompt works",
            Self::RateLimit => "Asks a busy model again",
            Self::Usage => "Tells tokens",
            Self::Resume => "Remembers in a new process",
            Self::Widened => "Asks whatever the repository configures (GR5)",
            Self::DiesAtHandshake => "Death at the handshake is said with its last words",
            Self::DiesInTurn => "Death in a turn is said, and a new process works",
            Self::DiesIdle => "Death between turns is said",
            Self::Deaf => "Ended when it does not yield to a stop in time",
            Self::Noise => "1 MB on stderr changes nothing",
            Self::Garbage => "Lines that are no messages change nothing",
        }
    }
}

/// What it was seen to lack, in words for the table.
#[derive(Debug)]
pub struct Lacking(pub String);

pub fn lacking<T>(why: impl Into<String>) -> Result<T, Lacking> {
    Err(Lacking(why.into()))
}
