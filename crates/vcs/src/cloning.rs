//! A repository comes from elsewhere, by the person's own git and their logins.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::call::words;
use crate::git::Purpose;
use crate::push::{is_denied, without_secrets};
use crate::worktree::private_folders;
use crate::{Git, GitError, Patience};

/// A large repository over a slow line.
const PATIENCE: Patience = Patience { read: Duration::from_secs(30), write: Duration::from_secs(3600) };

impl Git {
    /// Clones `from`, an address or a path, into `into`, where nothing or an empty folder may be. All or
    /// nothing; answers the folder as it is truly called. Submodules stay empty: they are fetched by hand.
    ///
    /// # Errors
    /// `CloneAddress` where git would take the address for a command, `PathTaken`, `CloneDenied`,
    /// `CloneFailed` with what git said, `Timeout`.
    pub async fn clone_repository(&self, from: &str, into: &Path) -> Result<PathBuf, GitError> {
        let from = from.trim();
        if !is_safe(from) {
            return Err(GitError::CloneAddress { address: without_secrets(from) });
        }
        let is_free = !into.is_symlink()
            && match into.read_dir() {
                Ok(mut entries) => entries.next().is_none(),
                Err(_) => !into.exists(),
            };
        let (Some(parent), true, true) = (into.parent(), into.is_absolute(), is_free) else {
            return Err(GitError::PlaceTaken { path: into.into() });
        };
        private_folders(parent).map_err(GitError::io("Making the folder", parent))?;
        let mut call = words(["clone", "--quiet", "--no-recurse-submodules", "--end-of-options", from]);
        call.push(into.as_os_str().to_owned());
        let existed = into.exists();
        let git = self.clone().with_patience(PATIENCE);
        let cloned = git.run(Purpose::Write, parent, call).await;
        if cloned.is_err() && !existed && into.exists() {
            // Git takes away what it has begun, unless it was ended itself.
            tokio::fs::remove_dir_all(into).await.map_err(GitError::io("Removing half a clone", into))?;
        }
        match cloned {
            Ok(_) => into.canonicalize().map_err(GitError::io("Opening the clone", into)),
            Err(GitError::Failed { stderr_tail, .. }) => {
                let said = without_secrets(&stderr_tail);
                Err(if is_denied(&stderr_tail) {
                    GitError::CloneDenied { said }
                } else {
                    GitError::CloneFailed { said }
                })
            }
            Err(GitError::NotARepository { .. }) => {
                Err(GitError::CloneFailed { said: "there is no repository at that address".into() })
            }
            Err(other) => Err(other),
        }
    }
}

/// `ext::` and its like name programs to run, and what begins with a dash is an option to some of git's helpers.
fn is_safe(address: &str) -> bool {
    let is_helper = address.split_once("::").is_some_and(|(word, _)| !word.contains(['/', '@', '[']));
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    !address.is_empty()
        && !is_helper
        && !address.starts_with('-')
        && !host.starts_with('-')
        && !address.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws21_addresses_that_git_would_run_are_no_addresses() {
        for good in
            ["https://host/x.git", "git@host:x/y", "ssh://git@[::1]:22/x", "/srv/x", "../x", "file:///x"]
        {
            assert!(is_safe(good), "{good}");
        }
        for bad in
            ["", "ext::sh -c touch% x", "fd::17", "--upload-pack=x", "ssh://-oProxyCommand=x/y", "a\nb"]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
