//! The words of the domain: ids, values, events, commands, grants, rejections and limits.
//!
//! Nothing here does anything: no clock, file, socket, task or random source. Every type that crosses
//! the wire derives `serde` and `TS`; Rust and TypeScript read the same golden files.

mod agent;
mod agent_check;
mod card;
mod changes;
mod command;
mod digest;
mod event;
mod grant;
mod ids;
mod image;
pub mod limits;
mod name;
mod occurrence;
mod owner_event;
mod redaction;
mod rejection;
mod settings;
mod share;
mod spending;
mod stream;
mod terminal;
mod text;
mod time;
mod tool;
mod turn;
mod view;
mod work;
mod workspace_event;

pub use agent::{
    AgentChoice, AgentKey, Lack, Memory, NamedAgent, SlashCommand, StopReason, Task, TaskStatus,
};
pub use agent_check::{AgentCheck, AgentOffers, KeyWanted, Login, Offer};
pub use card::{
    BallotOutcome, CardId, Choice, DropReason, Electorate, PermissionAnswer, PermissionRequest, PlanVerdict,
    Question, QuestionField, Refusal, Verdict, WithdrawReason,
};
pub use changes::{
    ChangeBody, ChangeHunk, ChangeLine, ChangedFile, ChangedHow, Changes, FileChange, LineHow,
};
pub use command::{Command, Delivery};
pub use digest::{Decided, Digest, DigestDecision, DigestFile, DigestPerson, DigestTurn, DigestVote};
pub use event::{DriverReason, Event, HoldReason, PastPerson, PromptGone, SuggestionGone};
pub use grant::{Ceiling, Grant, Preset, Right, Rights, RoomRules, TerminalRight};
pub use ids::{
    BallotId, BlobHash, CommandId, ConnectionId, DeviceId, EpochId, HostId, HostKey, InviteId, ItemId,
    KnockId, PermissionId, PersonId, PlanHash, PromptId, QuestionId, RepositoryId, SessionId, ShareId,
    SuggestionId, TerminalId, TurnId, WorkspaceId,
};
pub use image::{ImageKind, PromptImage};
pub use name::{DisplayName, NameRefused};
pub use occurrence::{Ending, Guest, Occurrence};
pub use owner_event::OwnerEvent;
pub use redaction::Subject;
pub use rejection::Rejection;
pub use settings::HostSettings;
pub use share::{DeviceKind, InviteTerms, Share, VoidReason};
pub use spending::{Budget, Spending, Spent, ToolUse};
pub use stream::StreamId;
pub use terminal::{TerminalExit, TerminalSize};
pub use text::LongText;
pub use time::{Span, Timestamp};
pub use tool::{FileDiff, ToolCall, ToolGroup, ToolKind, ToolList, ToolStatus};
pub use turn::{Actor, Origin, PromptBody, TurnOutcome, Usage};
pub use view::{
    BallotView, Directory, ForkOffer, KnockView, May, PairingOutcome, PairingView, ParticipantView,
    PermissionView, Presence, QuestionView, QueueItemState, QueueItemView, QueueView, Refusals,
    RepositoryView, RoomView, SessionRow, SessionState, SessionStatus, SuggestionView, TurnPhase, TurnView,
    VoterView, WaitingOn, WorkspaceView, You,
};
pub use work::{
    ChangeMaker, ChangePick, ChangePicks, ChangesSince, Checkpoint, Deed, Edge, EntryKind, FileMakers,
    FolderEntry, FoundWorktree, HostFolder, MakerRun, Makers, MergeStep, Risk, RiskFound, RiskKind, Settle,
    TurnEdge, WorkCommit, WorkspaceState,
};
pub use workspace_event::WorkspaceEvent;
