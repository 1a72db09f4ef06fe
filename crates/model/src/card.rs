use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FileDiff, PersonId, Timestamp, ToolGroup};

/// Who decides a plan or question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Electorate {
    /// Every one of these, fixed when the card opened (BA2). Never empty.
    Everyone { voters: Vec<PersonId> },
    /// The owner or an approver; the driver too if the room's rules say so (BA11).
    AnyDecider,
}

/// One voter's word on a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Choice {
    Approve,
    /// The reason goes to the agent with the request to revise (BA3).
    Deny {
        reason: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approved,
    Denied,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BallotOutcome {
    Approved,
    Denied {
        by: PersonId,
        reason: String,
    },
    /// The owner's separate act (BA7).
    Overridden {
        by: PersonId,
        verdict: Verdict,
        reason: String,
    },
    /// An optional deadline passed; it only rejects (BA8).
    Lapsed,
    Withdrawn {
        reason: WithdrawReason,
    },
}

/// What the agent is told about its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanVerdict {
    Approved,
    Denied { reason: String },
}

/// Why a card closed without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawReason {
    TurnEnded,
    /// The agent changed the plan (BA1).
    Replaced,
    /// The agent took the request back.
    ByAgent,
}

/// Why a voter no longer counts (BA5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    Left,
    Absent,
    Muted,
    Kicked,
    Revoked,
    Expired,
    RightLost,
    /// The owner went on without them.
    OwnerWentOn,
}

/// One field of a question. With no options the answer is free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuestionField {
    pub key: String,
    pub text: String,
    pub options: Vec<String>,
    /// More than one option may be chosen.
    pub many: bool,
    /// May be left without an answer, as long as some field of the question has one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub optional: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    pub text: String,
    pub fields: Vec<QuestionField>,
}

/// What an agent asks leave for, exactly as it will do it (PE1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PermissionRequest {
    /// The tool call in the transcript it belongs to, if the agent named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub item: Option<crate::ItemId>,
    pub tool: String,
    pub kind: crate::ToolKind,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub command: Option<String>,
    /// Relative to the worktree; `.` is its root.
    pub directory: String,
    pub diffs: Vec<FileDiff>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires_at: Option<Timestamp>,
}

/// The host sends only allow-once or reject-once (PE5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PermissionAnswer {
    Allow,
    Reject,
}

/// Why the host itself refuses what an agent asks leave for; people are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The room wants an approved plan first (BA13).
    PlanFirst,
    /// It is none of the tools of this named agent (AG11).
    NotItsTool(ToolGroup),
}

impl PermissionRequest {
    /// It edits or runs something; what an agent looks at or looks up does not (BA13).
    pub fn is_deed(&self) -> bool {
        use crate::ToolKind::{Delete, Edit, Execute, Fetch, Move, Other, Read, Search, SwitchMode, Think};
        match self.kind {
            Edit | Delete | Move | Execute => true,
            Read | Search | Think | Fetch | SwitchMode | Other => !self.diffs.is_empty(),
        }
    }
}

/// Names one card of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum CardId {
    Ballot(crate::BallotId),
    Question(crate::QuestionId),
    Permission(crate::PermissionId),
}
