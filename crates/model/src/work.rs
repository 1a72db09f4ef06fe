use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AgentKey, LineHow, PersonId, SessionId, TurnId};

/// A moment of a workspace's files that is kept (WS2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Checkpoint {
    /// Counts up within its workspace.
    pub number: u64,
    /// Of the host's own making, hex; on no branch.
    pub commit: String,
    /// `null` for what was kept before somebody took something back.
    pub of: Option<TurnEdge>,
}

/// Where a turn began or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TurnEdge {
    pub session: SessionId,
    pub turn: TurnId,
    pub edge: Edge,
    pub author: PersonId,
    pub agent: AgentKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    Before,
    After,
}

/// What somebody did with the work of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deed {
    /// Approved: it is on the workspace's branch.
    Committed {
        commit: String,
        message: String,
        files: u32,
    },
    /// Taken back in the files; `undo` is the checkpoint of what was there.
    Rejected {
        files: u32,
        undo: u64,
    },
    /// The commit `of` was taken back by another one.
    Reverted {
        of: String,
        commit: String,
        undo: u64,
    },
    /// The files are those of a checkpoint again; of this turn, if it was of one.
    Restored {
        checkpoint: u64,
        of: Option<TurnEdge>,
        undo: u64,
    },
    /// The branch is in the base branch.
    Applied {
        onto: String,
        commit: String,
    },
    /// The base branch came into the workspace, as it was at `base`; `conflicts` are files to settle before it is
    /// finished.
    BroughtIn {
        from: String,
        base: String,
        commit: String,
        conflicts: Vec<String>,
    },
    /// All conflicts are settled.
    Merged {
        commit: String,
    },
    /// The merge was taken back.
    MergeLeft {
        undo: u64,
    },
    /// By hand, in the window.
    Wrote {
        path: String,
    },
    Renamed {
        name: String,
        branch: String,
    },
    Archived,
    /// Out of the archive again.
    Returned,
    /// The branch is at a remote.
    Pushed {
        remote: String,
    },
    /// A pull request was opened; `address` is its page.
    Asked {
        address: String,
    },
}

/// What changes are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangesSince {
    /// The commit that the workspace began with.
    #[default]
    Base,
    /// The last commit that somebody approved; the base where there is none.
    Approval,
    /// What one turn did, from its beginning to its end.
    Turn { turn: TurnId },
}

/// Which of the changes somebody chose, by what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangePicks {
    /// All, as `Changes::seen` says.
    All { seen: String },
    /// At most 2,000.
    These { picks: Vec<ChangePick> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangePick {
    /// By the id of the changed file.
    File { path: String, id: String },
    /// By the id of one of its hunks.
    Hunk { path: String, id: String },
}

/// Who made what of the changes since the base (WS15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Makers {
    pub makers: Vec<ChangeMaker>,
    /// By path, at most 2,000.
    pub files: Vec<FileMakers>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeMaker {
    Turn {
        session: SessionId,
        turn: TurnId,
        author: PersonId,
        agent: AgentKey,
    },
    /// No turn: somebody in a terminal or an editor.
    Hand,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileMakers {
    pub path: String,
    /// Indices into `Makers::makers`; never empty.
    pub makers: Vec<u32>,
    /// Its changed lines; none of a file that is not read by lines, or has too many.
    pub runs: Vec<MakerRun>,
}

/// Lines that follow each other, of one maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakerRun {
    /// Added lines are numbered on the new side, removed ones on the old.
    pub how: LineHow,
    /// The first and the last, from 1.
    pub from: u32,
    pub to: u32,
    pub maker: u32,
}

/// What would be lost, or harder to find, if a workspace went (WS12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Risk {
    pub kind: RiskKind,
    pub found: RiskFound,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RiskKind {
    Uncommitted,
    Untracked,
    Submodules,
    /// Commits that no branch has.
    Adrift,
    /// Commits that the base branch has not.
    Unmerged,
    /// Of these, commits that no remote has.
    Unpushed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RiskFound {
    /// `first` names some of them: paths, or first lines of commits.
    Some { count: u32, first: Vec<String> },
    /// It could not be found out, which is a risk.
    Unknown { why: String },
}

/// A worktree that no workspace stands for (WS13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundWorktree {
    pub path: String,
    /// `null` where it stands on none, or git can make nothing of it.
    pub branch: Option<String>,
    /// On the disk; `null` when its folder is gone.
    pub bytes: Option<u64>,
    /// In the folder where the host makes its own: it was left behind.
    pub ours: bool,
}

/// A folder of the machine that a host runs on (WS25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HostFolder {
    pub name: String,
    /// Whole.
    pub path: String,
    /// It has a repository of git in it.
    pub repository: bool,
}

/// One thing in a folder of a worktree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderEntry {
    pub name: String,
    pub kind: EntryKind,
    /// Of a file.
    pub bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    Folder,
    File,
    Link,
    /// A repository of its own, a pipe, a device.
    Other,
}

/// A commit that was approved here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkCommit {
    pub commit: String,
    pub message: String,
    pub by: PersonId,
    /// Taken back since.
    pub reverted: bool,
}

/// A step of bringing the base branch into a workspace (WS11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MergeStep {
    Begin,
    /// Commits it; refused while files are in conflict.
    Finish,
    /// As before it began; what is there now is kept first.
    Abort,
}

/// How one file that is in conflict is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Settle {
    /// As the workspace's branch has it.
    Ours,
    /// As the base branch has it.
    Theirs,
    /// As the file is now.
    AsItIs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceState {
    #[default]
    Active,
    /// Out of the way, with all its files.
    Archived,
    /// Its worktree is gone; what was said in its sessions stays.
    Deleted,
}

impl WorkspaceState {
    pub fn is_active(&self) -> bool {
        *self == Self::Active
    }
}
