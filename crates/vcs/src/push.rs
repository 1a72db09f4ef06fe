//! A branch goes to a remote by the person's own git, with their hooks and their logins.

use std::path::{Path, PathBuf};

use crate::call::words;
use crate::git::{Purpose, folders};
use crate::inspect::existing_folder;
use crate::{Git, GitError};

/// Where a branch would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushTarget {
    pub remote: String,
    /// Whether the branch has followed one at a remote before.
    pub upstream: Option<String>,
}

impl Git {
    /// The remote that the person set for this branch or for all, else the only one, else `origin`.
    pub async fn push_target(&self, worktree: &Path, branch: &str) -> Result<PushTarget, GitError> {
        let folder = existing_folder(worktree)?;
        let unknown = || GitError::UnknownBranch { branch: branch.into() };
        self.branch_tip(&folder, branch).await?.ok_or_else(unknown)?;
        let call = words([
            "for-each-ref",
            "--format=%(refname)%00%(push:remotename)%00%(upstream:short)",
            "refs/heads/",
        ]);
        let listing = self.run(Purpose::Read, &folder, call).await?;
        let reference = format!("refs/heads/{branch}");
        let listing = String::from_utf8_lossy(&listing);
        let row = listing.lines().map(|line| line.split('\0').collect::<Vec<_>>());
        let row = row.into_iter().find(|row| row.first() == Some(&reference.as_str())).unwrap_or_default();
        let field = |at: usize| row.get(at).filter(|it| !it.is_empty()).map(|it| (*it).to_owned());
        let remotes = self.remotes(&folder).await?;
        let default = || match remotes.as_slice() {
            [only] => Some(only.clone()),
            several => several.iter().find(|it| *it == "origin").cloned(),
        };
        let set = field(1).filter(|it| remotes.contains(it));
        let remote = set.or_else(default).ok_or(GitError::NoRemote { remotes: remotes.clone() })?;
        Ok(PushTarget { remote, upstream: field(2) })
    }

    /// Never by force. Answers where it went.
    pub async fn push(&self, worktree: &Path, branch: &str) -> Result<PushTarget, GitError> {
        let target = self.push_target(worktree, branch).await?;
        let folder = existing_folder(worktree)?;
        let refspec = format!("refs/heads/{branch}:refs/heads/{branch}");
        let call = words(["push", "--quiet", "--set-upstream", "--", &target.remote, &refspec]);
        match self.with_hooks().run(Purpose::Write, &folder, call).await {
            Ok(_) => Ok(target),
            Err(GitError::Failed { stderr_tail, .. }) => Err(refused(target.remote, &stderr_tail)),
            Err(other) => Err(other),
        }
    }

    /// Where GitHub's own program is, which can open a pull request.
    pub fn find_gh(&self) -> Option<PathBuf> {
        folders(&self.path_variable()).into_iter().map(|folder| folder.join("gh")).find(|it| it.is_file())
    }

    async fn remotes(&self, folder: &Path) -> Result<Vec<String>, GitError> {
        let listing = self.run(Purpose::Read, folder, words(["remote"])).await?;
        Ok(String::from_utf8_lossy(&listing).lines().map(str::to_owned).collect())
    }
}

fn refused(remote: String, said: &str) -> GitError {
    let says = |words: &[&str]| words.iter().any(|it| said.contains(it));
    let is_behind = says(&["[rejected]", "non-fast-forward", "fetch first"]);
    let denied = is_denied(said);
    let said = without_secrets(said);
    if is_behind {
        return GitError::PushBehind { remote };
    }
    if denied {
        return GitError::PushDenied { remote, said };
    }
    GitError::PushFailed { remote, said }
}

/// By what git says when a login is missing or wrong.
pub(crate) fn is_denied(said: &str) -> bool {
    let ways = [
        "Authentication failed",
        "could not read Username",
        "Permission denied",
        "terminal prompts disabled",
        "Host key verification failed",
    ];
    ways.iter().any(|it| said.contains(it))
}

/// An address can carry a login.
pub(crate) fn without_secrets(said: &str) -> String {
    let mut clean = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        clean.push_str(before);
        let end = after.find(|it: char| it == '/' || it.is_whitespace()).unwrap_or(after.len());
        rest = after[..end].rfind('@').map_or(after, |login| &after[login + 1..]);
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws14_logins_in_addresses_are_not_told() {
        for (said, clean) in [
            ("unable to access 'https://me:tok@en@host/x': no", "unable to access 'https://host/x': no"),
            ("https://host/a@b", "https://host/a@b"),
            ("://@ ://x", ":// ://x"),
        ] {
            assert_eq!(without_secrets(said), clean);
        }
    }
}
