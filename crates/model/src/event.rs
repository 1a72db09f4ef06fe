use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::card::CardId;
use crate::{
    AgentChoice, BallotId, BallotOutcome, Ceiling, Choice, Deed, DisplayName, DropReason, Electorate,
    FileDiff, ItemId, Lack, LongText, Memory, Origin, PermissionAnswer, PermissionId, PermissionRequest,
    PersonId, PlanHash, PromptBody, PromptId, Question, QuestionId, Refusal, Rights, RoomRules, SessionId,
    SlashCommand, SuggestionId, Task, Timestamp, ToolCall, ToolStatus, TurnId, TurnOutcome, Usage,
    WithdrawReason, WorkspaceId,
};

/// A fact of one session's room, in the past tense and complete in itself. Additive change only;
/// every variant has a golden file that Rust and TypeScript read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    // The session (SE).
    SessionOpened {
        session: SessionId,
        workspace: WorkspaceId,
        /// `#n`: given once, never changed or reused (HA1).
        number: u32,
        title: String,
        choice: AgentChoice,
        owner: PersonId,
    },
    SessionRenamed {
        title: String,
    },
    /// These, instead of those it had (SE3).
    SessionTagged {
        tags: Vec<String>,
    },
    AgentChosen {
        choice: AgentChoice,
    },
    SessionPaused,
    SessionResumed,
    SessionEnded,
    SessionReopened,
    RoomRulesChanged {
        rules: RoomRules,
    },

    // People (RO).
    PersonJoined {
        person: PersonId,
        name: DisplayName,
        /// Index into the palette of person colours.
        colour: u8,
        rights: Rights,
        ceiling: Ceiling,
        muted: bool,
    },
    PersonRenamed {
        person: PersonId,
        name: DisplayName,
    },
    PersonAway {
        person: PersonId,
        until: Timestamp,
    },
    PersonReturned {
        person: PersonId,
    },
    PersonLeft {
        person: PersonId,
        reason: DropReason,
    },
    RightsChanged {
        person: PersonId,
        rights: Rights,
        ceiling: Ceiling,
    },
    PersonMuted {
        person: PersonId,
    },
    PersonUnmuted {
        person: PersonId,
    },

    // The queue (QU).
    PromptQueued {
        prompt: PromptId,
        author: PersonId,
        origin: Origin,
        body: PromptBody,
        /// Its author's when it was sent; its turn never runs above it (GR5).
        ceiling: Ceiling,
        /// The running turn it wants to be folded into (TU3).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        steer: Option<TurnId>,
        /// In front of all that waits (BA12).
        ahead: bool,
        /// Who drives its turn, if not its author: whoever accepted the suggestion it was (TU2).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        driver: Option<PersonId>,
    },
    PromptEdited {
        prompt: PromptId,
        body: PromptBody,
    },
    PromptHeld {
        prompt: PromptId,
        reason: HoldReason,
    },
    PromptReleased {
        prompt: PromptId,
    },
    PromptWithdrawn {
        prompt: PromptId,
        reason: PromptGone,
    },
    /// Claimed but never begun: back in its place (QU4).
    PromptReturned {
        prompt: PromptId,
        attempts: u8,
    },
    PromptFailed {
        prompt: PromptId,
        reason: String,
    },
    /// Folded into the running turn (TU3).
    PromptSteered {
        prompt: PromptId,
        turn: TurnId,
    },
    QueueHeld,
    QueueReleased,

    // Suggestions (GR1): prompts of people who may not steer.
    SuggestionMade {
        suggestion: SuggestionId,
        author: PersonId,
        body: PromptBody,
        /// Its author's when it was made (GR5).
        ceiling: Ceiling,
    },
    SuggestionEdited {
        suggestion: SuggestionId,
        by: PersonId,
        body: PromptBody,
        /// The lowest of all who have had a hand in it (GR5).
        ceiling: Ceiling,
    },
    /// It became `prompt`, which its author keeps and `by` drives (TU2).
    SuggestionAccepted {
        suggestion: SuggestionId,
        by: PersonId,
        prompt: PromptId,
    },
    /// `by` is `null` when it went with its author or the session.
    SuggestionDropped {
        suggestion: SuggestionId,
        by: Option<PersonId>,
        reason: SuggestionGone,
    },

    // The turn (TU).
    TurnTaken {
        turn: TurnId,
        prompt: PromptId,
        author: PersonId,
        driver: PersonId,
        origin: Origin,
        body: PromptBody,
        choice: AgentChoice,
        ceiling: Ceiling,
    },
    /// Appended before the first byte of the prompt is written to the agent (TU8).
    TurnBegan {
        turn: TurnId,
    },
    DriveAsked {
        turn: TurnId,
        person: PersonId,
    },
    DriverChanged {
        turn: TurnId,
        driver: PersonId,
        reason: DriverReason,
    },
    TurnStopping {
        turn: TurnId,
        by: Option<PersonId>,
    },
    TurnEnded {
        turn: TurnId,
        outcome: TurnOutcome,
        usage: Usage,
    },

    // What the agent did (LO7).
    AgentReady {
        turn: TurnId,
        memory: Memory,
        name: String,
        version: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        lacks: Vec<Lack>,
    },
    MessageSaid {
        turn: TurnId,
        item: ItemId,
        text: LongText,
    },
    ThoughtHad {
        turn: TurnId,
        item: ItemId,
        text: LongText,
        began: Timestamp,
    },
    ToolStarted {
        turn: TurnId,
        item: ItemId,
        call: ToolCall,
    },
    ToolChanged {
        turn: TurnId,
        item: ItemId,
        call: ToolCall,
    },
    ToolEnded {
        turn: TurnId,
        item: ItemId,
        status: ToolStatus,
        output: LongText,
        diffs: Vec<FileDiff>,
    },
    TasksSet {
        turn: TurnId,
        tasks: Vec<Task>,
    },
    UsageReported {
        turn: TurnId,
        usage: Usage,
    },
    ModeReported {
        mode: String,
    },
    /// In mid-turn, into one that may do more unasked than this turn may: it is stopped (GR5).
    ModeExceeded {
        turn: TurnId,
        mode: String,
    },
    CommandsOffered {
        commands: Vec<SlashCommand>,
    },
    /// The agent's program is gone outside a turn's end; `detail` is its stderr tail.
    AgentExited {
        reason: String,
        detail: String,
    },
    /// No sign of life for a while; the turn goes on (AG3).
    AgentStalled {
        turn: TurnId,
        since: Timestamp,
    },

    // The work in the session's workspace (WS).
    /// What the turn did to the files, and the checkpoints before and after it.
    TurnKept {
        turn: TurnId,
        before: u64,
        after: u64,
        files: u32,
        added: u32,
        removed: u32,
    },
    WorkDone {
        by: PersonId,
        deed: Deed,
    },
    /// The turns since the event at `from`, where `turn` was taken, are taken back: agents are no longer told of
    /// them. The files stay.
    ConversationRewound {
        turn: TurnId,
        from: u64,
        by: PersonId,
    },

    /// The turns so far are those of another session: their words, people and times, not what they took (WS24).
    SessionForked {
        from: SessionId,
        /// `#n` of that session.
        number: u32,
        by: PersonId,
        turns: u32,
        /// Whoever is named in them.
        people: Vec<PastPerson>,
    },

    // Ballots (BA).
    BallotOpened {
        ballot: BallotId,
        turn: TurnId,
        plan: LongText,
        plan_hash: PlanHash,
        electorate: Electorate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        deadline: Option<Timestamp>,
    },
    VoteCast {
        ballot: BallotId,
        person: PersonId,
        choice: Choice,
    },
    VoterDropped {
        ballot: BallotId,
        person: PersonId,
        reason: DropReason,
    },
    BallotClosed {
        ballot: BallotId,
        outcome: BallotOutcome,
    },

    // Questions (QN).
    QuestionAsked {
        question: QuestionId,
        turn: TurnId,
        asked: Question,
        electorate: Electorate,
    },
    QuestionAnswered {
        question: QuestionId,
        person: PersonId,
        answers: BTreeMap<String, Vec<String>>,
    },
    AnswererDropped {
        question: QuestionId,
        person: PersonId,
        reason: DropReason,
    },
    /// `answers` is what the agent is told: equal answers collapsed, others as `name: answer` (QN1).
    QuestionSettled {
        question: QuestionId,
        answers: BTreeMap<String, Vec<String>>,
    },
    QuestionWithdrawn {
        question: QuestionId,
        reason: WithdrawReason,
    },

    // Permissions (PE).
    PermissionAsked {
        permission: PermissionId,
        turn: TurnId,
        request: PermissionRequest,
    },
    /// `by` is `null` when the request lapsed (PE3).
    PermissionAnswered {
        permission: PermissionId,
        by: Option<PersonId>,
        answer: PermissionAnswer,
    },
    PermissionWithdrawn {
        permission: PermissionId,
        reason: WithdrawReason,
    },
    /// By the host: it was put to nobody.
    PermissionRefused {
        permission: PermissionId,
        turn: TurnId,
        request: PermissionRequest,
        refusal: Refusal,
    },
    /// The agent has been told the outcome of this card.
    AgentTold {
        card: CardId,
    },

    // Sessions that wake each other (HA4).
    WakeBudgetSpent,
    WakeBudgetRefilled,

    /// The owner took back what was said in these events: tombstones are in their place (LO11).
    Redacted {
        seqs: Vec<u64>,
        by: PersonId,
    },
}

/// Somebody who was in the session that another one was forked from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastPerson {
    pub person: PersonId,
    pub name: DisplayName,
    /// Index into the palette of person colours.
    pub colour: u8,
}

/// Why a prompt waits although its turn has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    AuthorMuted,
    WakeBudget,
}

/// Why a prompt left the queue without running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PromptGone {
    ByAuthor,
    /// Who had accepted it as a suggestion.
    ByDriver,
    ByOwner,
    AuthorKicked,
    AuthorRevoked,
    /// Its turn had come, and what its author may spend was used up (AG7).
    BudgetSpent,
    SessionEnded,
}

/// Why a suggestion closed without becoming a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SuggestionGone {
    ByAuthor,
    /// `words` is what the steerer had to say about it, if anything.
    Declined {
        words: Option<String>,
    },
    AuthorKicked,
    AuthorRevoked,
    SessionEnded,
}

/// How the lock moved (TU4, TU9, TU10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DriverReason {
    HandedOver,
    TakenByOwner,
    DriverGone,
    AuthorMuted,
}
