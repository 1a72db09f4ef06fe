use clap::{Args, Subcommand, ValueEnum};
use model::{ChangesSince, MergeStep, RiskKind, Settle, TurnId};

/// What the changes are compared with: the base of the workspace, unless told otherwise.
#[derive(Args, Debug)]
pub(crate) struct Since {
    /// Only what nobody has approved yet.
    #[arg(long, conflicts_with = "turn")]
    open: bool,
    /// Only what this turn did.
    #[arg(long, value_name = "TURN")]
    turn: Option<uuid::Uuid>,
}

impl Since {
    pub fn moment(&self) -> ChangesSince {
        match (self.open, self.turn) {
            (_, Some(turn)) => ChangesSince::Turn { turn: TurnId(turn) },
            (true, None) => ChangesSince::Approval,
            (false, None) => ChangesSince::Base,
        }
    }
}

#[derive(Subcommand, Debug)]
pub(crate) enum Work {
    /// Say who made what of the changes.
    Makers {
        /// Workspace: id, start of it, or name.
        workspace: String,
    },
    /// List the checkpoints and the approved commits.
    Log { workspace: String },
    /// List a folder.
    Ls {
        workspace: String,
        #[arg(default_value = "")]
        path: String,
    },
    /// Commit changes on the workspace's branch: all, or those of some files.
    Approve {
        workspace: String,
        #[arg(short, long)]
        message: String,
        paths: Vec<String>,
    },
    /// Take changes back that nobody has approved: all, or those of some files.
    Reject {
        workspace: String,
        paths: Vec<String>,
        #[arg(long)]
        yes: bool,
    },
    /// Take an approved commit back by another one.
    Revert {
        workspace: String,
        /// As `workspace log` shows it, or the start of it.
        commit: String,
    },
    /// Say what would become of the files at a checkpoint, or make it so.
    Rewind {
        workspace: String,
        checkpoint: u64,
        #[arg(long)]
        yes: bool,
    },
    /// Put what comes on the standard input in a file's place.
    Write {
        workspace: String,
        path: String,
        /// It must not be there yet.
        #[arg(long)]
        new: bool,
    },
    /// Bring the base branch into the workspace.
    Merge {
        workspace: String,
        #[arg(value_enum, default_value_t = Step::Begin)]
        step: Step,
    },
    /// Settle one file that is in conflict.
    Settle {
        workspace: String,
        path: String,
        #[arg(value_enum)]
        how: How,
    },
    /// Bring the workspace's branch to the base branch.
    Apply { workspace: String },
    /// Push the workspace's branch with your own git, never by force.
    Push {
        workspace: String,
        /// Only say where it would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Push it, and open a pull request with your own `gh`.
    Pull {
        workspace: String,
        #[arg(long)]
        title: String,
        #[arg(long, default_value = "")]
        body: String,
    },
    /// Show the set-up script in the workspace, and whether it may run.
    Setup { workspace: String },
    /// Let the set-up script run in new workspaces, just as you have read it.
    TrustSetup {
        workspace: String,
        /// As `workspace setup` shows it, or the start of it.
        hash: String,
    },
    /// Run the trusted set-up script in a terminal.
    RunSetup { workspace: String },
    /// Rename it, and its branch along.
    Rename { workspace: String, name: String },
    /// Put it away: its sessions end, its files stay.
    Archive { workspace: String },
    /// Take it out of the archive again.
    Return { workspace: String },
    /// Say what would be lost with it.
    Risks { workspace: String },
    /// Say what its files take on the disk.
    Disk { workspace: String },
    /// Take its worktree away; the branch and what was said stay.
    Delete {
        workspace: String,
        /// What may be lost; can be given again.
        #[arg(long, value_enum)]
        despite: Vec<Danger>,
        #[arg(long)]
        yes: bool,
    },
    /// A new workspace with the same files, or those of a checkpoint.
    Fork {
        workspace: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        checkpoint: Option<u64>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Step {
    Begin,
    /// When all conflicts are settled.
    Finish,
    Abort,
}

impl From<Step> for MergeStep {
    fn from(step: Step) -> Self {
        match step {
            Step::Begin => Self::Begin,
            Step::Finish => Self::Finish,
            Step::Abort => Self::Abort,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum How {
    /// As the workspace's branch has it.
    Ours,
    /// As the base branch has it.
    Theirs,
    /// As the file is now.
    AsItIs,
}

impl From<How> for Settle {
    fn from(how: How) -> Self {
        match how {
            How::Ours => Self::Ours,
            How::Theirs => Self::Theirs,
            How::AsItIs => Self::AsItIs,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Danger {
    Uncommitted,
    Untracked,
    Submodules,
    Adrift,
    Unmerged,
    Unpushed,
}

impl From<Danger> for RiskKind {
    fn from(danger: Danger) -> Self {
        match danger {
            Danger::Uncommitted => Self::Uncommitted,
            Danger::Untracked => Self::Untracked,
            Danger::Submodules => Self::Submodules,
            Danger::Adrift => Self::Adrift,
            Danger::Unmerged => Self::Unmerged,
            Danger::Unpushed => Self::Unpushed,
        }
    }
}
