//! What would be lost, or harder to find, if a workspace went.

use std::path::Path;

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::{Git, GitError};

/// Of each kind at most so many by name.
const NAMED: usize = 20;

/// A workspace as the host knows it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub repository: &'a Path,
    pub worktree: &'a Path,
    /// Names of branches, without `refs/heads/`.
    pub branch: &'a str,
    pub base: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskReport {
    /// Tracked files with changes that are not committed.
    pub uncommitted: Check,
    /// Files that git does not track and does not ignore.
    pub untracked: Check,
    /// Submodules that are checked out: nobody looks into them.
    pub submodules: Check,
    /// Commits that the worktree stands on and no branch, tag or remote has.
    pub adrift: Check,
    /// Commits of the branch that the base branch has not.
    pub unmerged: Check,
    /// Of these, commits that no remote has.
    pub unpushed: Check,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    Clear,
    Found {
        count: usize,
        /// The first of them: paths, or the first lines of commits.
        first: Vec<String>,
    },
    /// It could not be found out, which counts as a risk.
    Unknown {
        why: String,
    },
}

impl RiskReport {
    pub fn is_clear(&self) -> bool {
        self.checks().iter().all(|(_, check)| **check == Check::Clear)
    }

    pub fn checks(&self) -> [(&'static str, &Check); 6] {
        [
            ("uncommitted", &self.uncommitted),
            ("untracked", &self.untracked),
            ("submodules", &self.submodules),
            ("adrift", &self.adrift),
            ("unmerged", &self.unmerged),
            ("unpushed", &self.unpushed),
        ]
    }
}

impl Git {
    /// Each check stands by itself: that one fails stops no other.
    pub async fn risks(&self, of: Standing<'_>) -> RiskReport {
        let (uncommitted, untracked) = match self.open_changes(of.worktree).await {
            Ok((tracked, untracked)) => (found(tracked), found(untracked)),
            Err(error) => (unknown(&error), unknown(&error)),
        };
        let own = [format!("refs/heads/{}", of.branch), format!("^refs/heads/{}", of.base)];
        let (unmerged, unpushed) = match self.both_there(of).await {
            Ok(()) => {
                let [own, base] = [own[0].as_str(), own[1].as_str()];
                let unpushed = [own, base, "--not", "--remotes"];
                (
                    self.commits(of.repository, &[own, base]).await,
                    self.commits(of.repository, &unpushed).await,
                )
            }
            Err(error) => (unknown(&error), unknown(&error)),
        };
        let adrift = ["HEAD", "--not", "--branches", "--tags", "--remotes"];
        RiskReport {
            uncommitted,
            untracked,
            submodules: self.checked_out_submodules(of.worktree).await.map_or_else(|it| unknown(&it), found),
            adrift: self.commits(of.worktree, &adrift).await,
            unmerged,
            unpushed,
        }
    }

    async fn open_changes(&self, worktree: &Path) -> Result<(Vec<String>, Vec<String>), GitError> {
        let folder = existing_folder(worktree)?;
        self.git_dir(&folder).await?;
        let mut call = words(["status", "--porcelain", "-z", "--untracked-files=all", "--no-renames"]);
        call.push("--ignore-submodules=dirty".into());
        let listing = self.run(Purpose::Read, &folder, call).await?;
        let (mut tracked, mut untracked) = (Vec::new(), Vec::new());
        for record in listing.split(|byte| *byte == 0).filter(|it| it.len() > 3) {
            let path = String::from_utf8_lossy(&record[3..]).into_owned();
            if record.starts_with(b"?") { untracked.push(path) } else { tracked.push(path) }
        }
        Ok((tracked, untracked))
    }

    async fn both_there(&self, of: Standing<'_>) -> Result<(), GitError> {
        for branch in [of.branch, of.base] {
            if self.branch_tip(of.repository, branch).await?.is_none() {
                return Err(GitError::UnknownBranch { branch: branch.into() });
            }
        }
        Ok(())
    }

    /// `range` is of our own making: references and options.
    async fn commits(&self, folder: &Path, range: &[&str]) -> Check {
        let mut call = words(["log", "--format=%h %s", "--no-show-signature", "--no-color"]);
        call.extend(range.iter().map(Into::into));
        call.push("--".into());
        match self.run(Purpose::Read, folder, call).await {
            Ok(listing) => found(String::from_utf8_lossy(&listing).lines().map(str::to_owned).collect()),
            Err(error) => unknown(&error),
        }
    }

    async fn checked_out_submodules(&self, worktree: &Path) -> Result<Vec<String>, GitError> {
        let folder = existing_folder(worktree)?;
        let listing = self.run(Purpose::Read, &folder, words(["ls-files", "-z", "--stage"])).await?;
        let paths = listing.split(|byte| *byte == 0).filter(|it| it.starts_with(b"160000 "));
        let path = |record: &[u8]| {
            let tab = record.iter().position(|byte| *byte == b'\t')?;
            Some(String::from_utf8_lossy(&record[tab + 1..]).into_owned())
        };
        Ok(paths.filter_map(path).filter(|path| folder.join(path).join(".git").exists()).collect())
    }
}

fn found(mut names: Vec<String>) -> Check {
    let count = names.len();
    if count == 0 {
        return Check::Clear;
    }
    names.truncate(NAMED);
    Check::Found { count, first: names }
}

fn unknown(error: &GitError) -> Check {
    Check::Unknown { why: error.to_string() }
}
