use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Ceiling, LongText};

/// What a tool call does, as the field's protocols name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ToolKind {
    Read,
    Edit,
    Delete,
    Move,
    Search,
    Execute,
    Think,
    Fetch,
    SwitchMode,
    #[default]
    Other,
}

/// What a named agent may be let use (AG11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ToolGroup {
    Read,
    Search,
    /// Changes, deletes and moves files.
    Edit,
    Command,
    Fetch,
    /// Servers of tools, and whatever else is none of these.
    Mcp,
}

/// All that a named agent may use. Its own thoughts, plans and questions are no tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct ToolList(pub BTreeSet<ToolGroup>);

impl ToolGroup {
    pub const ALL: [Self; 6] = [Self::Read, Self::Search, Self::Edit, Self::Command, Self::Fetch, Self::Mcp];

    /// `None` for what is no deed: thoughts, and a change of the mode.
    pub const fn of(kind: ToolKind) -> Option<Self> {
        match kind {
            ToolKind::Read => Some(Self::Read),
            ToolKind::Search => Some(Self::Search),
            ToolKind::Edit | ToolKind::Delete | ToolKind::Move => Some(Self::Edit),
            ToolKind::Execute => Some(Self::Command),
            ToolKind::Fetch => Some(Self::Fetch),
            ToolKind::Other => Some(Self::Mcp),
            ToolKind::Think | ToolKind::SwitchMode => None,
        }
    }

    /// As it is written in a file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Search => "search",
            Self::Edit => "edit",
            Self::Command => "command",
            Self::Fetch => "fetch",
            Self::Mcp => "mcp",
        }
    }
}

impl ToolList {
    /// The group that is missing for this kind of tool; none when it may be used.
    pub fn lacks(&self, kind: ToolKind) -> Option<ToolGroup> {
        ToolGroup::of(kind).filter(|group| !self.0.contains(group))
    }

    /// The most its agent may do without asking: who is not asked refuses nothing (GR5).
    pub fn ceiling(&self) -> Ceiling {
        let has = |group| self.0.contains(&group);
        match (has(ToolGroup::Edit), has(ToolGroup::Command) && has(ToolGroup::Fetch) && has(ToolGroup::Mcp))
        {
            (false, _) => Ceiling::Ask,
            (true, false) => Ceiling::AcceptEdits,
            (true, true) => Ceiling::Bypass,
        }
    }
}

/// How a tool call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ToolStatus {
    Completed,
    Failed,
    /// Its turn ended first (TU6).
    Cancelled,
}

/// A change of one file. Paths are relative to the worktree (LO8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileDiff {
    pub path: String,
    pub added: u32,
    pub removed: u32,
    /// Unified diff hunks without file headers.
    pub unified: LongText,
}

/// What is known of a tool call when it starts or changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToolCall {
    pub kind: ToolKind,
    /// One line for people, e.g. `src/session/store.rs`.
    pub title: String,
    /// The agent's raw input, JSON as text, secrets masked.
    pub input: LongText,
    /// Files it names, relative to the worktree.
    pub paths: Vec<String>,
}
