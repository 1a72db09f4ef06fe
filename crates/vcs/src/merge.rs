//! Merging commits and trees without a worktree.

use std::path::Path;

use crate::call::words;
use crate::git::Purpose;
use crate::objects::oid;
use crate::{CommitWords, Git, GitError, Oid};

pub(crate) enum Merged {
    Clean(Oid),
    /// The files in conflict.
    Conflicts(Vec<String>),
}

/// The first git with `merge-tree --write-tree`.
const MERGES_TREES: (&str, &str) = ("usage: git merge-tree", "2.38");

impl Git {
    pub(crate) async fn merge_commits(
        &self,
        folder: &Path,
        ours: &Oid,
        theirs: &Oid,
    ) -> Result<Merged, GitError> {
        let call = words([
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            ours.as_str(),
            theirs.as_str(),
        ]);
        let answered = self.answer(Purpose::Write, folder, call).await;
        let (code, said) = match answered {
            Err(GitError::Failed { stderr_tail, .. }) if stderr_tail.contains(MERGES_TREES.0) => {
                return Err(self.too_old_to_merge().await);
            }
            other => other?,
        };
        let mut records = said.split(|byte| *byte == 0).filter(|it| !it.is_empty());
        let tree = oid(records.next().unwrap_or_default(), "git merge-tree")?;
        if code == 0 {
            return Ok(Merged::Clean(tree));
        }
        let mut files: Vec<_> = records.map(|it| String::from_utf8_lossy(it).into_owned()).collect();
        files.sort();
        files.dedup();
        Ok(Merged::Conflicts(files))
    }

    /// What `ours` becomes by the way from `base` to `theirs`; each a tree.
    pub(crate) async fn merge_trees(
        &self,
        folder: &Path,
        base: &Oid,
        (ours, theirs): (&Oid, &Oid),
    ) -> Result<Merged, GitError> {
        let commit = |tree, parent| self.commit_of_ours(folder, tree, parent, "A step\n".into());
        let base = commit(base, None).await?;
        let (ours, theirs) = (commit(ours, Some(&base)).await?, commit(theirs, Some(&base)).await?);
        self.merge_commits(folder, &ours, &theirs).await
    }

    /// In the person's name. No hook runs, for there is no worktree to run it in.
    pub(crate) async fn merge_commit_of_person(
        &self,
        folder: &Path,
        tree: &Oid,
        (first, second): (&Oid, &Oid),
        words_of: &CommitWords,
    ) -> Result<Oid, GitError> {
        let text = words_of.text()?;
        self.need_identity(folder).await?;
        let mut call = words(["commit-tree", tree.as_str()]);
        call.extend(words(["-p", first.as_str(), "-p", second.as_str(), "-F", "-"]));
        let signs = words(["config", "--type=bool", "--get", "commit.gpgSign"]);
        if self.ask(folder, signs).await?.as_deref() == Some("true") {
            call.push("--gpg-sign".into());
        }
        let said = self.feed(Purpose::Write, folder, call, text.into_bytes()).await?;
        oid(&said, "git commit-tree")
    }

    pub(crate) async fn is_ancestor(&self, folder: &Path, old: &Oid, new: &Oid) -> Result<bool, GitError> {
        let call = words(["merge-base", "--is-ancestor", old.as_str(), new.as_str()]);
        Ok(self.ask(folder, call).await?.is_some())
    }

    async fn too_old_to_merge(&self) -> GitError {
        let said = self.run(Purpose::Read, Path::new("/"), words(["--version"])).await;
        let found = said.map(|it| crate::git::line(&it)).unwrap_or_default();
        GitError::GitTooOld { found, needed: MERGES_TREES.1.into() }
    }
}
