//! Moments of a worktree, kept as commits that no branch or stash list shows and no collection of
//! garbage takes away.

use std::path::Path;

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::objects::oid;
use crate::tree::{Skipped, SnapshotLimits};
use crate::{Git, GitError, Oid};

const PREFIX: &str = "refs/conclave/checkpoints/";

/// Which checkpoint of which workspace. GR7: the text is made of the host's own id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointName {
    workspace: String,
    number: u64,
}

/// The workspace's id is not made of letters, digits and dashes.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a workspace")]
pub struct WorkspaceMalformed;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub number: u64,
    /// Names the moment: what restores and compares takes this.
    pub commit: Oid,
    pub tree: Oid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointMade {
    pub checkpoint: Checkpoint,
    pub skipped: Vec<Skipped>,
}

impl CheckpointName {
    pub fn new(workspace: &str, number: u64) -> Result<Self, WorkspaceMalformed> {
        check(workspace)?;
        Ok(Self { workspace: workspace.into(), number })
    }

    fn reference(&self) -> String {
        format!("{PREFIX}{}/{}", self.workspace, self.number)
    }
}

impl Git {
    /// Keeps the worktree as it is now under this name, which must be free.
    pub async fn checkpoint(
        &self,
        worktree: &Path,
        name: &CheckpointName,
        parent: Option<&Oid>,
    ) -> Result<CheckpointMade, GitError> {
        let staged = self.stage(worktree, SnapshotLimits::default()).await?;
        let tree = self.with_index(&staged.index).write_tree(&staged.folder).await?;
        let checkpoint = self.keep(&staged.folder, name, (&tree, parent), &staged.skipped).await?;
        Ok(CheckpointMade { checkpoint, skipped: staged.skipped })
    }

    /// Those of one workspace, oldest first.
    pub async fn checkpoints(&self, repository: &Path, workspace: &str) -> Result<Vec<Checkpoint>, GitError> {
        let folder = existing_folder(repository)?;
        let Ok(()) = check(workspace) else {
            return Ok(Vec::new());
        };
        let below = format!("{PREFIX}{workspace}/");
        let call = words(["for-each-ref", "--format=%(objectname) %(tree) %(refname)", &below]);
        let listing = self.run(Purpose::Read, &folder, call).await?;
        let listing = String::from_utf8_lossy(&listing);
        let mut found: Vec<_> = listing.lines().filter_map(|line| checkpoint(line, &below)).collect();
        found.sort_by_key(|it| it.number);
        Ok(found)
    }

    /// Lets these go; a number that is not there is passed over.
    pub async fn delete_checkpoints(
        &self,
        repository: &Path,
        workspace: &str,
        numbers: &[u64],
    ) -> Result<(), GitError> {
        let folder = existing_folder(repository)?;
        let there = self.checkpoints(&folder, workspace).await?;
        let going = there.iter().filter(|it| numbers.contains(&it.number));
        let orders = going.map(|it| format!("delete {PREFIX}{workspace}/{}\0{}\0", it.number, it.commit));
        let orders: String = orders.collect();
        if orders.is_empty() {
            return Ok(());
        }
        let call = words(["update-ref", "-z", "--stdin"]);
        self.feed(Purpose::Write, &folder, call, orders.into_bytes()).await?;
        Ok(())
    }

    pub(crate) async fn keep(
        &self,
        folder: &Path,
        name: &CheckpointName,
        (tree, parent): (&Oid, Option<&Oid>),
        skipped: &[Skipped],
    ) -> Result<Checkpoint, GitError> {
        let commit = self.commit_of_ours(folder, tree, parent, message(name, skipped)).await?;
        let nothing = "0".repeat(commit.as_str().len());
        let call = words(["update-ref", &name.reference(), commit.as_str(), &nothing]);
        self.run(Purpose::Write, folder, call).await?;
        Ok(Checkpoint { number: name.number, commit, tree: tree.clone() })
    }

    /// Takes back a checkpoint that was made for nothing.
    pub(crate) async fn let_go(&self, folder: &Path, name: &CheckpointName, commit: &Oid) {
        let call = words(["update-ref", "-d", &name.reference(), commit.as_str()]);
        if let Err(error) = self.run(Purpose::Write, folder, call).await {
            tracing::warn!(%error, "a checkpoint that nobody needs is left");
        }
    }

    /// A commit that needs nobody's name and runs no hook.
    pub(crate) async fn commit_of_ours(
        &self,
        folder: &Path,
        tree: &Oid,
        parent: Option<&Oid>,
        message: String,
    ) -> Result<Oid, GitError> {
        let git = ["AUTHOR", "COMMITTER"].into_iter().fold(self.clone(), |git, role| {
            git.with_variable(format!("GIT_{role}_NAME"), "Conclave")
                .with_variable(format!("GIT_{role}_EMAIL"), "checkpoint@conclave.invalid")
        });
        let mut call = words(["commit-tree", "--no-gpg-sign", tree.as_str(), "-F", "-"]);
        if let Some(parent) = parent {
            call.extend(words(["-p", parent.as_str()]));
        }
        let said = git.feed(Purpose::Write, folder, call, message.into_bytes()).await?;
        oid(&said, "git commit-tree")
    }

    /// What a checkpoint names as left out of it; nothing of any other commit or tree.
    pub(crate) async fn left_out_of(&self, folder: &Path, moment: &Oid) -> Result<Vec<String>, GitError> {
        if self.commit(folder, moment.as_str()).await?.is_none() {
            return Ok(Vec::new());
        }
        let call = words(["cat-file", "commit", moment.as_str()]);
        let text = self.run(Purpose::Read, folder, call).await?;
        let text = String::from_utf8_lossy(&text);
        let Some((head, message)) = text.split_once("\n\n") else {
            return Ok(Vec::new());
        };
        if !head.contains("checkpoint@conclave.invalid") {
            return Ok(Vec::new());
        }
        Ok(message.lines().filter_map(|line| line.strip_prefix(LEFT_OUT)).map(str::to_owned).collect())
    }
}

const LEFT_OUT: &str = "Left-out: ";

fn message(name: &CheckpointName, skipped: &[Skipped]) -> String {
    let mut message = format!("Conclave checkpoint {}\n\n", name.number);
    for skipped in skipped {
        message.push_str(LEFT_OUT);
        message.push_str(&on_one_line(&skipped.path));
        message.push('\n');
    }
    message
}

pub(crate) fn on_one_line(path: &str) -> String {
    path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn check(workspace: &str) -> Result<(), WorkspaceMalformed> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if workspace.is_empty() || workspace.len() > 100 || !workspace.bytes().all(fits) {
        return Err(WorkspaceMalformed);
    }
    Ok(())
}

fn checkpoint(line: &str, below: &str) -> Option<Checkpoint> {
    let mut fields = line.splitn(3, ' ');
    let (commit, tree) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let number = fields.next()?.strip_prefix(below)?.parse().ok()?;
    Some(Checkpoint { number, commit, tree })
}
