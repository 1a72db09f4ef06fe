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
    #[error("The folder {} can't be read by this user, or does not answer. Nothing was changed. Choose another one.", .path.display())]
    FolderClosed { path: PathBuf },
    #[error(
        "The files can't be watched: {why}. Nothing was changed; they are looked at now and then instead."
    )]
    Unwatched { why: String },
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
        "There is no object {oid} in the repository at {}. Nothing was changed. Look at the changes \
         again.",
        .path.display()
    )]
    UnknownObject { path: PathBuf, oid: String },
    #[error("{path} is not among the changes. Nothing was changed. Look at the changes again.")]
    NotChanged { path: String },
    #[error("{path} changed since it was looked at. Nothing was changed. Look at it again and decide anew.")]
    Changed { path: String },
    #[error(
        "{path} can only be decided as a whole, with what takes its place. Nothing was changed. Choose \
         whole files, and both of those that exclude each other."
    )]
    NotDivisible { path: String },
    #[error(
        "Git does not know whose commits these are. Nothing was changed. Run `git config --global \
         user.name \"Your Name\"` and `git config --global user.email you@example.org`, then try again."
    )]
    IdentityMissing,
    #[error("A commit needs a message. Nothing was changed. Write one and try again.")]
    MessageEmpty,
    #[error(
        "The worktree at {} is not on its branch {branch}. Nothing was changed. Check that branch out \
         there and try again.",
        .path.display()
    )]
    OffBranch { path: PathBuf, branch: String },
    #[error(
        "A {what} is under way in {}. Nothing was changed. Finish it or abort it there and try again.",
        .path.display()
    )]
    Unfinished { path: PathBuf, what: &'static str },
    #[error(
        "The commit was refused by git or by a hook of the repository. Nothing was committed. Mend what \
         it says and try again: {said}"
    )]
    CommitRefused { said: String },
    #[error("There is no branch {branch}. Nothing was changed. Choose another one.")]
    UnknownBranch { branch: String },
    #[error(
        "The checkout at {} has changes of its own in {}. Nothing was changed. Commit them or put them \
         aside there, and try again.",
        .path.display(), .paths.join(", ")
    )]
    CheckoutDirty { path: PathBuf, paths: Vec<String> },
    #[error("Still in conflict: {}. Nothing was committed. Settle these files and try again.", .paths.join(", "))]
    StillInConflict { paths: Vec<String> },
    #[error("No merge is under way here. Nothing was committed. Look at the changes again.")]
    NoMerge,
    #[error(
        "It is not clear where to push to (remotes: {}). Nothing was pushed. Add one with `git remote add \
         origin URL`, or choose one with `git config remote.pushDefault NAME`.",
        none_or_list(.remotes)
    )]
    NoRemote { remotes: Vec<String> },
    #[error(
        "{remote} has commits on this branch that are not here. Nothing was pushed. Fetch and merge them, \
         then try again."
    )]
    PushBehind { remote: String },
    #[error(
        "{remote} did not let git in. Nothing was pushed. Log in to it in a terminal (`git push` there must \
         work without asking), then try again. Git said: {said}"
    )]
    PushDenied { remote: String, said: String },
    #[error("Pushing to {remote} failed. Git said: {said}")]
    PushFailed { remote: String, said: String },
    #[error("There is already something at {}. It was left as it is. Choose another folder to clone into.", .path.display())]
    PlaceTaken { path: PathBuf },
    #[error(
        "{address} is not an address to clone from. Nothing was made. Give an https, ssh or git address, or a path."
    )]
    CloneAddress { address: String },
    #[error(
        "That server did not let git in, so nothing was made. Log in to it in a terminal (`git clone` there \
         must work without asking), then try again. Git said: {said}"
    )]
    CloneDenied { said: String },
    #[error("It could not be cloned, and nothing was made. Check the address. Git said: {said}")]
    CloneFailed { said: String },
    #[error(
        "GitHub's program `gh` was not found. Nothing was opened. Install it (https://cli.github.com) and log \
         in with `gh auth login`, or push the branch and open the pull request in the browser."
    )]
    GhMissing,
    #[error("The branch was pushed, and the pull request was not opened. `gh` said: {said}")]
    PullRefused { said: String },
    #[error("This has {bytes} bytes, and at most {limit} are read.")]
    TooLarge { bytes: u64, limit: u64 },
    #[error(
        "Files that git ignores, or that are no part of snapshots, stand where files would come back: \
         {}. Nothing was changed. Move them away and try again.",
        .paths.join(", ")
    )]
    InTheWay { paths: Vec<String> },
    #[error(
        "Files in {} changed at this very moment, so they were left as they are. Try again when \
         nobody works there.",
        .path.display()
    )]
    ChangedMeanwhile { path: PathBuf },
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

fn none_or_list(names: &[String]) -> String {
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

fn exit(code: &Option<i32>) -> String {
    code.map_or_else(|| "ended by a signal".into(), |code| format!("exit code {code}"))
}
