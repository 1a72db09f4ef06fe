//! Commits in a person's name, with the hooks of their repository (ADR 10).

use std::path::Path;

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::{CommitIdentity, Head};
use crate::private_index::PrivateIndex;
use crate::{Git, GitError, Oid};

/// What a commit says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitWords {
    pub message: String,
    /// When it is somebody else than the person that git is set up for, who always is the committer.
    pub author: Option<Author>,
    /// Lines at the end, such as `Co-authored-by`.
    pub trailers: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub email: String,
}

/// What git leaves in its folder while something is under way.
const UNDER_WAY: [(&str, &str); 6] = [
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("BISECT_LOG", "bisection"),
];

impl CommitWords {
    pub(crate) fn text(&self) -> Result<String, GitError> {
        let message = self.message.replace('\0', "");
        let message = message.trim();
        if message.is_empty() {
            return Err(GitError::MessageEmpty);
        }
        let mut text = format!("{message}\n");
        if !self.trailers.is_empty() {
            text.push('\n');
        }
        for (key, value) in &self.trailers {
            let key: String = key.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
            text.push_str(&format!("{key}: {}\n", on_one_line(value)));
        }
        Ok(text)
    }
}

impl Git {
    /// The commit that the branch is at, when the worktree is in a state to commit in.
    pub(crate) async fn ready_to_commit(&self, folder: &Path, branch: &str) -> Result<Oid, GitError> {
        let git_dir = self.git_dir(folder).await?;
        let found = UNDER_WAY.iter().find(|(mark, _)| git_dir.join(mark).exists());
        if let Some((_, what)) = found {
            return Err(GitError::Unfinished { path: folder.to_owned(), what });
        }
        self.on_branch(folder, branch).await
    }

    pub(crate) async fn on_branch(&self, folder: &Path, branch: &str) -> Result<Oid, GitError> {
        match self.head(folder).await? {
            Head::Branch { name, oid } if name == branch => Ok(oid),
            Head::Unborn { .. } => Err(GitError::NoCommits { path: folder.to_owned() }),
            Head::Branch { .. } | Head::Detached { .. } => {
                Err(GitError::OffBranch { path: folder.to_owned(), branch: branch.into() })
            }
        }
    }

    /// On the branch that the worktree is on, at `head`. The files stay, and the worktree's index
    /// follows where the commit changed something.
    pub(crate) async fn commit_tree_of_person(
        &self,
        folder: &Path,
        tree: &Oid,
        head: &Oid,
        said: &CommitWords,
    ) -> Result<Oid, GitError> {
        let text = said.text()?;
        self.need_identity(folder).await?;
        let index = PrivateIndex::copied(&self.git_dir(folder).await?)?;
        let git = self.with_index(&index);
        git.run(Purpose::Write, folder, words(["read-tree", "--reset", tree.as_str()])).await?;
        git.with_author(said.author.as_ref()).with_hooks().commit_index(folder, text).await?;
        let made = self.head_oid(folder).await?;
        self.check_parent(folder, &made, head).await?;
        if let Err(error) = self.follow(folder, head, &made).await {
            tracing::warn!(%error, "the index of a worktree did not follow a commit");
        }
        Ok(made)
    }

    pub(crate) async fn need_identity(&self, folder: &Path) -> Result<(), GitError> {
        match self.identity(folder).await? {
            CommitIdentity::Configured => Ok(()),
            CommitIdentity::Missing => Err(GitError::IdentityMissing),
        }
    }

    fn with_author(self, author: Option<&Author>) -> Self {
        let Some(author) = author.filter(|it| !it.name.trim().is_empty()) else {
            return self;
        };
        self.with_variable("GIT_AUTHOR_NAME", on_one_line(&author.name))
            .with_variable("GIT_AUTHOR_EMAIL", on_one_line(&author.email))
    }

    pub(crate) async fn commit_index(&self, folder: &Path, text: String) -> Result<(), GitError> {
        let call = words(["commit", "--quiet", "--cleanup=whitespace", "-F", "-"]);
        match self.feed(Purpose::Write, folder, call, text.into_bytes()).await {
            Ok(_) => Ok(()),
            Err(GitError::Failed { stderr_tail, .. }) => Err(GitError::CommitRefused { said: stderr_tail }),
            Err(other) => Err(other),
        }
    }

    /// A commit that came in between would be undone by ours, so ours goes again.
    async fn check_parent(&self, folder: &Path, made: &Oid, head: &Oid) -> Result<(), GitError> {
        let parent = self.commit(folder, &format!("{made}^")).await?;
        if parent.as_ref() == Some(head) {
            return Ok(());
        }
        if let Some(parent) = parent {
            let call = words(["update-ref", "HEAD", parent.as_str(), made.as_str()]);
            self.run(Purpose::Write, folder, call).await?;
        }
        Err(GitError::ChangedMeanwhile { path: folder.to_owned() })
    }

    /// A commit of ours whose files could not follow goes again.
    pub(crate) async fn take_commit_back(&self, folder: &Path, made: &Oid, head: &Oid) {
        let call = words(["update-ref", "HEAD", head.as_str(), made.as_str()]);
        let moved = self.run(Purpose::Write, folder, call).await;
        let followed = match moved {
            Ok(_) => self.follow(folder, made, head).await,
            Err(error) => Err(error),
        };
        if let Err(error) = followed {
            tracing::warn!(%error, "a commit that came to nothing is left");
        }
    }

    /// Brings the worktree's own index to the commit at those paths that it changed.
    async fn follow(&self, folder: &Path, before: &Oid, made: &Oid) -> Result<(), GitError> {
        let call = [
            "diff-tree",
            "-r",
            "-z",
            "--name-only",
            "--no-renames",
            "--end-of-options",
            before.as_str(),
            made.as_str(),
            "--",
        ];
        let paths = self.run(Purpose::Read, folder, words(call)).await?;
        let call =
            words(["reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul", made.as_str()]);
        self.feed(Purpose::Write, folder, call, paths).await?;
        Ok(())
    }
}

fn on_one_line(text: &str) -> String {
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    text.trim().to_owned()
}
