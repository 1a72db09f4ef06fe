use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::LongText;

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
