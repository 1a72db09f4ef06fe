//! The files of a worktree by name.

use std::collections::BTreeSet;
use std::path::Path;

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::{Git, GitError};

/// The files of a worktree, tracked or not, without those that git ignores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Relative to the worktree, in order, each once.
    pub paths: Vec<String>,
    /// Files beyond the limit.
    pub omitted: usize,
}

impl Git {
    /// The files that are there now, at most `limit` of them. A submodule is one entry, and so is
    /// a repository that is none; what is in them is not listed. `worktree` is the top folder.
    pub async fn list_files(&self, worktree: &Path, limit: usize) -> Result<Listed, GitError> {
        let folder = existing_folder(worktree)?;
        let all = words(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let gone = words(["ls-files", "-z", "--deleted"]);
        let (all, gone) =
            tokio::join!(self.run(Purpose::Read, &folder, all), self.run(Purpose::Read, &folder, gone));
        let (all, gone) = (all?, gone?);
        Ok(listed(&all, &gone, limit))
    }
}

fn listed(all: &[u8], gone: &[u8], limit: usize) -> Listed {
    let names = |list| -> BTreeSet<&[u8]> { split(list).collect() };
    let gone = names(gone);
    let all: BTreeSet<&[u8]> = split(all).filter(|path| !gone.contains(path)).collect();
    let name = |path: &&[u8]| {
        let path = path.strip_suffix(b"/").unwrap_or(path);
        String::from_utf8_lossy(path).into_owned()
    };
    let paths: Vec<String> = all.iter().take(limit).map(name).collect();
    Listed { omitted: all.len() - paths.len(), paths }
}

fn split(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == 0).filter(|it| !it.is_empty())
}
