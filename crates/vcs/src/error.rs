use std::path::PathBuf;
use std::time::Duration;

/// Why git could not do what was asked. Each text says what happened, what is safe and what to do.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error(
        "git was not found (looked in {}). Nothing was changed. Install it (Debian and Ubuntu: \
         `sudo apt install git`, macOS: `brew install git`) and try again.",
        list(.looked)
    )]
    GitMissing { looked: Vec<PathBuf> },
    #[error(
        "The installed git is version {found}, and Conclave needs {needed} or newer. Nothing was \
         changed. Update git and try again."
    )]
    GitTooOld { found: String, needed: String },
    #[error("The folder {} does not exist. Nothing was changed. Check the path.", .path.display())]
    PathMissing { path: PathBuf },
    #[error(
        "{} is not in a git repository. Nothing was changed. Choose a folder with a repository, or \
         run `git init` there and make a first commit.",
        .path.display()
    )]
    NotARepository { path: PathBuf },
    #[error(
        "The repository at {} belongs to another user, so git will not use it. Nothing was changed. \
         If you trust it, run `git config --global --add safe.directory {}`.",
        .path.display(), .path.display()
    )]
    ForeignOwner { path: PathBuf },
    #[error(
        "{} is a bare repository: it has no files to work on. Nothing was changed. Clone it and add \
         the clone.",
        .path.display()
    )]
    Bare { path: PathBuf },
    #[error(
        "The repository at {} has no commits yet, so there is nothing to start a workspace from. \
         Nothing was changed. Make a first commit (`git commit --allow-empty -m start`) and try again.",
        .path.display()
    )]
    NoCommits { path: PathBuf },
    #[error(
        "The commit {oid} is not in the repository at {}. Nothing was changed. Fetch it or choose \
         another starting point.",
        .path.display()
    )]
    UnknownCommit { path: PathBuf, oid: String },
    #[error(
        "There is already something at {}. It was left as it is. Choose another place for the \
         workspace.",
        .path.display()
    )]
    PathTaken { path: PathBuf },
    #[error(
        "{} has changes that are not committed, so it was not removed. Commit them, or remove it and \
         discard them.",
        .path.display()
    )]
    WorktreeHasChanges { path: PathBuf },
    #[error("{} is not a worktree of this repository. Nothing was changed.", .path.display())]
    NotAWorktree { path: PathBuf },
    #[error(
        "`{command}` took longer than {} seconds and was stopped. What it had begun was undone where \
         possible. Try again; if it happens again, run the command in a terminal to see why.",
        .limit.as_secs_f32()
    )]
    Timeout { command: String, limit: Duration },
    #[error("`{command}` gave more than {limit} bytes of output and was stopped. Nothing was changed.")]
    OutputTooLarge { command: String, limit: u64 },
    #[error("`{command}` failed ({}). Git said: {stderr_tail}", exit(.code))]
    Failed {
        command: String,
        /// `None` when a signal ended git.
        code: Option<i32>,
        /// The last part of what git wrote to stderr.
        stderr_tail: String,
    },
    #[error("`{command}` gave an answer that Conclave does not understand. Nothing was changed.")]
    Unreadable { command: String },
    #[error("{doing} failed at {}: {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
}

impl GitError {
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}

fn list(paths: &[PathBuf]) -> String {
    let shown: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    shown.join(", ")
}

fn exit(code: &Option<i32>) -> String {
    code.map_or_else(|| "ended by a signal".into(), |code| format!("exit code {code}"))
}
