use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::HoldReason;
use crate::{
    AgentChoice, BallotId, Ceiling, Choice, DisplayName, Electorate, LongText, Memory, Origin, PermissionId,
    PermissionRequest, PersonId, PlanHash, PromptBody, PromptId, Question, QuestionId, RepositoryId, Rights,
    RoomRules, SessionId, ShareId, SlashCommand, SuggestionId, Timestamp, TurnId, Usage, WorkspaceId,
    WorkspaceState,
};

/// What a reader needs of a room besides its events. Only `you` differs between readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoomView {
    pub session: SessionId,
    pub workspace: WorkspaceId,
    pub number: u32,
    pub title: String,
    pub state: SessionState,
    pub choice: AgentChoice,
    /// The last word on the memory of the chosen agent, if it has started here (AG5).
    pub memory: Option<Memory>,
    /// Plans pass by vote here, or come first, and this agent can put none to people (BA13).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub advisory: bool,
    pub rules: RoomRules,
    /// `null` while idle: there is no lock then (TU2).
    pub turn: Option<TurnView>,
    pub queue: QueueView,
    pub suggestions: Vec<SuggestionView>,
    pub ballots: Vec<BallotView>,
    pub questions: Vec<QuestionView>,
    pub permissions: Vec<PermissionView>,
    pub roster: Vec<ParticipantView>,
    pub commands: Vec<SlashCommand>,
    /// Sum over all turns.
    pub usage: Usage,
    /// The last turn was interrupted and nothing ran since: "Resume" is offered (TU8).
    pub interrupted: bool,
    pub you: You,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    Active,
    Paused,
    Ended,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TurnView {
    pub turn: TurnId,
    pub phase: TurnPhase,
    pub author: PersonId,
    pub driver: PersonId,
    pub origin: Origin,
    pub since: Timestamp,
    pub choice: AgentChoice,
    pub ceiling: Ceiling,
    pub waiting_on: Vec<WaitingOn>,
    /// People who have asked for the lock (TU9).
    pub asked_to_drive: Vec<PersonId>,
    /// The room wants an approved plan before any edit or command, and there is none yet (BA13).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub awaits_plan: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TurnPhase {
    Starting,
    Running,
    /// Something is open that a person must answer.
    Awaiting,
    Stopping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WaitingOn {
    Votes,
    Answers,
    Permission,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueView {
    /// After stop or error, until "Run queue" or the next prompt (QU3).
    pub held: bool,
    pub items: Vec<QueueItemView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueItemView {
    pub prompt: PromptId,
    pub author: PersonId,
    /// Who will drive its turn, if not its author: whoever accepted it as a suggestion.
    pub driver: Option<PersonId>,
    pub origin: Origin,
    pub body: PromptBody,
    pub state: QueueItemState,
    pub at: Timestamp,
    /// You may edit and remove it (QU1).
    pub yours: bool,
    /// You may remove it: also an author whose words another has accepted.
    pub you_may_remove: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QueueItemState {
    Waiting,
    Held { reason: HoldReason },
}

/// A guest's prompt that waits for somebody who may steer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SuggestionView {
    pub suggestion: SuggestionId,
    pub author: PersonId,
    pub body: PromptBody,
    /// Counts the edits; accepting names the one that was read.
    pub revision: u32,
    /// The last one who changed it, if that was not its author.
    pub edited_by: Option<PersonId>,
    pub ceiling: Ceiling,
    pub at: Timestamp,
    /// Its author is muted: it waits, and can only be dropped (QU5).
    pub held: bool,
    /// You may edit it.
    pub you_may_edit: bool,
    /// You may make it a prompt, at once or in the queue.
    pub you_may_accept: bool,
    /// You may decline it, or take your own back.
    pub you_may_drop: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BallotView {
    pub ballot: BallotId,
    pub turn: TurnId,
    pub plan: LongText,
    pub plan_hash: PlanHash,
    pub electorate: Electorate,
    pub voters: Vec<VoterView>,
    pub opened_at: Timestamp,
    /// You may vote or decide now.
    pub you_may: bool,
    pub you_may_override: bool,
    /// Voters the owner may go on without.
    pub waiting_for: Vec<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoterView {
    pub person: PersonId,
    pub choice: Option<Choice>,
    /// Unreachable right now (BA5).
    pub away: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuestionView {
    pub question: QuestionId,
    pub turn: TurnId,
    pub asked: Question,
    pub electorate: Electorate,
    pub answered: Vec<PersonId>,
    /// Your own answer so far.
    pub your_answers: Option<BTreeMap<String, Vec<String>>>,
    pub waiting_for: Vec<PersonId>,
    pub opened_at: Timestamp,
    pub you_may: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PermissionView {
    pub permission: PermissionId,
    pub turn: TurnId,
    pub request: PermissionRequest,
    pub opened_at: Timestamp,
    pub you_may: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParticipantView {
    pub person: PersonId,
    pub name: DisplayName,
    pub colour: u8,
    pub rights: Rights,
    pub owner: bool,
    pub muted: bool,
    pub presence: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Presence {
    Present,
    Away { until: Timestamp },
}

/// The reader, and what they may do in this room right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct You {
    pub person: PersonId,
    pub rights: Rights,
    pub muted: bool,
    pub may: May,
}

/// Decided by the room for this reader, so that no client decides it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct May {
    /// A prompt would start at once.
    pub prompt_now: bool,
    /// A prompt would be accepted into the queue.
    pub queue: bool,
    /// A prompt would become a suggestion.
    pub suggest: bool,
    pub stop: bool,
    pub ask_to_drive: bool,
    pub hand_over: bool,
    pub take_lock: bool,
    pub release_queue: bool,
    /// The last turn, if it failed or was cut short, and can be tried again (TU12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry: Option<TurnId>,
    /// Rename, choose the agent, pause, end, reopen.
    pub steer: bool,
}

/// Everything a principal may see of a host, as a tree. Sent whole when it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Directory {
    pub repositories: Vec<RepositoryView>,
    pub workspaces: Vec<WorkspaceView>,
    pub sessions: Vec<SessionRow>,
    /// Shares that are live; 0 for guests, who are not told.
    pub live_shares: u32,
    /// Another number: what `agents` is answered with has changed.
    #[serde(default)]
    pub catalogue: u64,
    /// Another number: what `terminals` is answered with has changed.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub terminals: u64,
    /// People waiting for the owner's consent.
    pub knocks: Vec<KnockView>,
    /// Forks the owner has not said yes or no to (SH8); empty for guests.
    #[serde(default)]
    pub fork_offers: Vec<ForkOffer>,
    /// The newest pairing code; only the owner is told (PA3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pairing: Option<PairingView>,
    /// The revision of the layout that is kept here for the reader, if there is one (WI9); none for guests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub layout: Option<u64>,
    /// What is wrong with the host itself, each a sentence; none for guests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub warnings: Vec<String>,
}

/// Sockets the door turned away since the start, by kind (PA6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusals {
    /// Gave way to a newer socket before they had proven anything.
    pub evicted: u64,
    /// Came while all places were taken.
    pub full: u64,
    /// Came from an address that has to wait.
    pub waiting: u64,
    /// Failed to prove who they are, or sent no frame.
    pub failed: u64,
}

/// A fork that may be added to the live shares of the workspace it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ForkOffer {
    pub fork: WorkspaceId,
    pub source: WorkspaceId,
    pub share_labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnockView {
    pub knock: crate::KnockId,
    pub name: DisplayName,
    pub device: String,
    /// An unverified link if it is a browser (PA11).
    #[serde(default = "a_browser")]
    pub kind: crate::DeviceKind,
    /// Somebody this host knows: `name` is what they are called here (RO1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// Of the share; empty for a further device of `person`.
    pub share_label: String,
    pub at: Timestamp,
}

/// What an older host does not say.
fn a_browser() -> crate::DeviceKind {
    crate::DeviceKind::Browser
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RepositoryView {
    pub repository: RepositoryId,
    pub name: String,
    /// Only for the owner.
    pub path: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkspaceView {
    pub workspace: WorkspaceId,
    pub repository: RepositoryId,
    pub repository_name: String,
    pub name: String,
    pub branch: String,
    /// Only for the owner.
    pub path: Option<String>,
    /// A live share offers it.
    pub shared: bool,
    #[serde(default, skip_serializing_if = "WorkspaceState::is_active")]
    #[ts(as = "Option<_>", optional)]
    pub state: WorkspaceState,
    /// The branch that its work can go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub base_branch: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionRow {
    pub session: SessionId,
    pub workspace: WorkspaceId,
    pub number: u32,
    /// Shortest unique prefix of the id among open sessions (HA1).
    pub handle: String,
    pub title: String,
    pub state: SessionState,
    pub status: SessionStatus,
    /// What is open and can be settled by who reads this (RO6).
    pub needs: u32,
    pub queued: u32,
    pub head: u64,
    pub updated_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// Derived from the live room, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    NeedsYou,
    /// It waits for somebody, and not for who reads this.
    NeedsOthers,
    Running,
    Interrupted,
    Idle,
    Ended,
    /// Its log can't be read; what there is of it is kept.
    Broken,
}

/// How the newest pairing code stands. The code itself is only in the answer to who started it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PairingView {
    pub share: ShareId,
    pub until: Timestamp,
    /// Counted when the host has answered; three in all.
    pub tries: u8,
    pub outcome: PairingOutcome,
    /// No code can be started before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub resting_until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingOutcome {
    Waiting,
    /// Somebody has typed it.
    Done,
    /// All tries were wrong.
    Burnt,
    Expired,
}
