//! The files of a workspace.

use std::path::PathBuf;

use model::{WorkspaceId, limits};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use wire::{Failure, Reply};

use crate::desk::work_failure;
use crate::host::Host;

impl Host {
    /// FI1: by parts of the path, the best first.
    pub(crate) async fn find_files(
        &self,
        workspace: WorkspaceId,
        query: &str,
        limit: u32,
    ) -> Result<Reply, Failure> {
        let worktree = self.worktree(workspace)?;
        let listed = self.inner.shared.parts.vcs.list_files(&worktree).await.map_err(work_failure)?;
        let query: String = query.chars().take(limits::FILE_QUERY_CHARS).collect();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, limits::FILES_FOUND);
        let (mut paths, cut) = (listed.paths, listed.cut);
        if !query.trim().is_empty() {
            let ranked = tokio::task::spawn_blocking(move || ranked(paths, &query));
            paths = ranked.await.unwrap_or_default();
        }
        let more = cut || paths.len() > limit;
        paths.truncate(limit);
        Ok(Reply::Files { paths, more })
    }

    pub(crate) fn worktree(&self, workspace: WorkspaceId) -> Result<PathBuf, Failure> {
        Ok(self.place(workspace)?.worktree)
    }
}

fn ranked(paths: Vec<String>, query: &str) -> Vec<String> {
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT.match_paths());
    let mut letters = Vec::new();
    let mut score = |path: &str| pattern.score(Utf32Str::new(path, &mut letters), &mut matcher);
    let scored = paths.into_iter().filter_map(|path| Some((score(&path)?, path)));
    let mut scored: Vec<(u32, String)> = scored.collect();
    // Of equals the shorter, and then by name: the same question has the same answer.
    scored.sort_by(|(a, one), (b, other)| b.cmp(a).then(one.len().cmp(&other.len())).then(one.cmp(other)));
    scored.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::ranked;

    #[test]
    fn fi1_parts_of_a_path_find_it_and_the_nearest_comes_first() {
        let paths = ["docs/store.md", "src/session/store.rs", "src/store.rs", "src/history.rs", "README.md"];
        let found = |query: &str| ranked(paths.map(str::to_owned).to_vec(), query);
        assert_eq!(found("store.rs"), ["src/store.rs", "src/session/store.rs"]);
        assert_eq!(found("ses st")[0], "src/session/store.rs");
        assert_eq!(found("readme"), ["README.md"]);
        assert!(found("nothing like it").is_empty());
    }
}
