//! What comes from other places and goes to them, as git does it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use model::{FoundWorktree, HostFolder, limits};
use ports::Later;
use ports::exchange::{BothSides, Exchange, HostFolders, Target, Wish};
use ports::vcs::{Repository, Since, VcsError, Worktree};
use ports::work::Way;
use vcs::{PullRequest, WorktreeState, folders_in};

use super::changes::{oid, read_bytes};
use super::git::GitVcs;

impl GitVcs {
    async fn find_worktrees(
        &self,
        repository: PathBuf,
        ours: PathBuf,
        known: Vec<PathBuf>,
    ) -> Result<Vec<FoundWorktree>, VcsError> {
        let git = self.git().await?;
        let all = self.said(git.list_worktrees(&repository).await)?;
        let known: BTreeSet<PathBuf> = known.into_iter().collect();
        let mut found = Vec::new();
        for entry in all.into_iter().skip(1).filter(|entry| !known.contains(&entry.path)) {
            let is_lost = entry.state == WorktreeState::Lost;
            let bytes =
                if is_lost { None } else { Some(git.disk_use(&entry.path).await.unwrap_or_default().bytes) };
            let ours = entry.path.starts_with(&ours);
            found.push(FoundWorktree { path: named(&entry.path), branch: entry.branch, bytes, ours });
        }
        if ours.is_dir() {
            let listed: Vec<PathBuf> = found.iter().map(|it| PathBuf::from(&it.path)).collect();
            let known: Vec<PathBuf> = known.into_iter().chain(listed).collect();
            for orphan in
                self.said(git.orphans(&ours, &known).await)?.into_iter().filter(|it| it.head.is_none())
            {
                let bytes = git.disk_use(&orphan.path).await.ok().map(|it| it.bytes);
                found.push(FoundWorktree { path: named(&orphan.path), branch: None, bytes, ours: true });
            }
        }
        Ok(found)
    }
}

fn named(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Exchange for GitVcs {
    fn clone_repository(&self, from: String, into: PathBuf) -> Later<'_, Result<Repository, VcsError>> {
        Box::pin(async move {
            let made = self.said(self.git().await?.clone_repository(&from, &into).await)?;
            match self.look(&made).await {
                Ok(repository) => Ok(repository),
                Err(error) => {
                    // There is nothing in it to work on, and nobody has seen it.
                    let gone = tokio::fs::remove_dir_all(&made).await;
                    gone.inspect_err(|error| tracing::warn!(%error, "an empty clone is left")).ok();
                    Err(error)
                }
            }
        })
    }

    fn worktrees(
        &self,
        repository: PathBuf,
        ours: PathBuf,
        known: Vec<PathBuf>,
    ) -> Later<'_, Result<Vec<FoundWorktree>, VcsError>> {
        Box::pin(self.find_worktrees(repository, ours, known))
    }

    fn describe(&self, worktree: PathBuf) -> Later<'_, Result<Worktree, VcsError>> {
        Box::pin(async move {
            let told = self.said(self.git().await?.describe_worktree(&worktree).await)?;
            let head = told.head.to_string();
            let (base_branch, base) =
                told.base.map_or((None, head), |(name, at)| (Some(name), at.to_string()));
            Ok(Worktree { path: told.path, branch: told.branch, base, base_branch })
        })
    }

    fn target(&self, way: Way) -> Later<'_, Result<Target, VcsError>> {
        Box::pin(async move {
            let git = self.git().await?;
            let target = self.said(git.push_target(&way.worktree, &way.branch).await)?;
            Ok(Target { remote: target.remote, upstream: target.upstream, can_ask: git.find_gh().is_some() })
        })
    }

    fn push(&self, way: Way) -> Later<'_, Result<String, VcsError>> {
        Box::pin(
            async move { Ok(self.said(self.git().await?.push(&way.worktree, &way.branch).await)?.remote) },
        )
    }

    fn ask(&self, way: Way, wish: Wish) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let Wish { title, body } = wish;
            let onto = Some(way.base_branch).filter(|it| !it.is_empty());
            let wish = PullRequest { branch: way.branch, onto, title, body };
            self.said(self.git().await?.open_pull_request(&way.worktree, wish).await)
        })
    }

    fn both_sides(&self, since: Since, path: String, limit: u64) -> Later<'_, Result<BothSides, VcsError>> {
        Box::pin(async move {
            let base = oid(&since.base)?;
            let (tree, _) = self.until(&since).await?;
            let git = self.git().await?;
            self.said(git.both_sides(&since.worktree, (&base, &tree), &path, limit).await)
        })
    }

    fn read_bytes(
        &self,
        worktree: PathBuf,
        path: String,
        limit: u64,
    ) -> Later<'_, Result<Vec<u8>, VcsError>> {
        Box::pin(read_bytes(worktree, path, limit))
    }

    fn folders(&self, path: Option<PathBuf>) -> Later<'_, Result<HostFolders, VcsError>> {
        let path = path.or_else(std::env::home_dir).unwrap_or_else(|| PathBuf::from("/"));
        Box::pin(async move {
            let listed = self.said(folders_in(&path, limits::FOLDERS_LISTED).await)?;
            let whole = |it: vcs::Folder| {
                let path = named(&listed.path.join(&it.name));
                HostFolder { name: it.name, path, repository: it.repository }
            };
            let folders = listed.folders.into_iter().map(whole).collect();
            Ok(HostFolders { path: listed.path, folders, cut: listed.cut })
        })
    }
}
