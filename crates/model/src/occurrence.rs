use crate::card::CardId;
use crate::{
    BallotId, Ceiling, Deed, DisplayName, DropReason, FileDiff, ItemId, Lack, LongText, Memory, PermissionId,
    PermissionRequest, PersonId, PlanHash, PromptId, Question, QuestionId, Refusal, Rights, RoomRules,
    SlashCommand, StopReason, Task, Timestamp, ToolCall, ToolStatus, TurnId, Usage,
};

/// Somebody with a live grant in the room's workspace, as the door knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub person: PersonId,
    pub name: DisplayName,
    pub colour: u8,
    pub rights: Rights,
    pub ceiling: Ceiling,
    pub muted: bool,
}

/// How the agent's turn came to its end, as the host saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Stopped(StopReason),
    /// A sentence for people and the stderr tail.
    Failed {
        reason: String,
        detail: String,
    },
    /// The process is gone without an answer.
    Died {
        reason: String,
        detail: String,
    },
}

/// What the world reports to a room. It can't be refused; a late or foreign report yields no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occurrence {
    // The door and the connections.
    PersonCame {
        guest: Guest,
    },
    PersonWentAway {
        person: PersonId,
    },
    /// The whole truth of the door for this workspace; `gone` says why those who lost their grant did.
    Reconciled {
        rules: RoomRules,
        guests: Vec<Guest>,
        gone: Vec<(PersonId, DropReason)>,
    },

    // The queue and the turn.
    NextTaken {
        prompt: PromptId,
        turn: TurnId,
    },
    /// The prompt whose turn has come may not start: what its author may spend is used up.
    NextUnpaid {
        prompt: PromptId,
    },
    TurnBegan {
        turn: TurnId,
    },
    StartFailed {
        turn: TurnId,
        reason: String,
        detail: String,
    },
    Steered {
        prompt: PromptId,
        turn: TurnId,
    },
    TurnOver {
        turn: TurnId,
        ending: Ending,
    },
    AgentExited {
        reason: String,
        detail: String,
    },
    Stalled {
        turn: TurnId,
        since: Timestamp,
    },

    // The agent's words and deeds.
    AgentReady {
        turn: TurnId,
        memory: Memory,
        name: String,
        version: String,
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
    /// The agent has gone into a mode that may do more unasked than its turn may (GR5).
    ModeExceeded {
        turn: TurnId,
        mode: String,
    },
    CommandsOffered {
        commands: Vec<SlashCommand>,
    },

    // The work in the session's workspace.
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

    // The agent's requests.
    PlanProposed {
        turn: TurnId,
        ballot: BallotId,
        plan: LongText,
        plan_hash: PlanHash,
        deadline: Option<Timestamp>,
    },
    QuestionAsked {
        turn: TurnId,
        question: QuestionId,
        asked: Question,
    },
    PermissionAsked {
        turn: TurnId,
        permission: PermissionId,
        request: PermissionRequest,
    },
    /// The host refuses by itself what no person could allow.
    PermissionBarred {
        turn: TurnId,
        permission: PermissionId,
        request: PermissionRequest,
        refusal: Refusal,
    },
    CardTakenBack {
        card: CardId,
    },
    /// `with_reason` is false when the protocol could not carry a deny's reason (BA12).
    AgentTold {
        card: CardId,
        with_reason: bool,
    },

    /// First after a start: whatever was bound to the dead process closes (TU8).
    HostRestarted,
    /// Time has passed; see `Room::next_deadline`.
    ClockStruck,
}
