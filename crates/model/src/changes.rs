use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What became of a workspace's files since its base, committed or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changes {
    /// By path, at most 2,000.
    pub files: Vec<ChangedFile>,
    /// Changed files beyond those.
    pub omitted: u32,
    /// New files that are left out for their size or their kind, at most 100.
    pub skipped: Vec<String>,
    /// Stands for the files as they were when this was said: all is approved or rejected by it.
    #[serde(default)]
    pub seen: String,
    /// A merge of the base branch is under way here; `conflicts` are still to be settled, at most 100.
    #[serde(default)]
    pub merging: bool,
    #[serde(default)]
    pub conflicts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangedFile {
    /// Stands for the change as it is now: another change of the file has another one.
    pub id: String,
    /// Relative to the worktree, `/` between folders.
    pub path: String,
    pub moved_from: Option<String>,
    pub how: ChangedHow,
    /// Lines; `null` for what is not read by lines.
    pub added: Option<u32>,
    pub removed: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangedHow {
    Added,
    Modified,
    Deleted,
    Moved,
    /// A file became a symbolic link, or the like.
    Retyped,
}

/// The change of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileChange {
    pub file: ChangedFile,
    pub body: ChangeBody,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeBody {
    Text {
        hunks: Vec<ChangeHunk>,
        /// Hunks beyond those.
        omitted: u32,
    },
    Binary,
    TooLarge {
        #[ts(type = "number")]
        bytes: u64,
    },
    /// Git LFS keeps the content elsewhere; bytes of each side.
    Lfs {
        #[ts(type = "number | null")]
        old: Option<u64>,
        #[ts(type = "number | null")]
        new: Option<u64>,
    },
    Submodule,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeHunk {
    /// Stands for where it is and all that it says; `null` when whitespace is ignored.
    pub id: Option<String>,
    pub lines: Vec<ChangeLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeLine {
    pub how: LineHow,
    /// Its number on each side where it stands, from 1.
    pub old: Option<u32>,
    pub new: Option<u32>,
    pub text: String,
    /// The file ends here without a line feed.
    pub open_end: bool,
    /// Bytes of the line beyond those in `text`.
    pub cut: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineHow {
    Same,
    Added,
    Removed,
}
