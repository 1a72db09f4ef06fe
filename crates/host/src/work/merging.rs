//! The base branch comes into a workspace (WS11).

use model::{Deed, MergeStep, Settle, WorkspaceId};
use ports::work::CommitWords;
use wire::{Failure, Reply};

use super::deeds::{Outcome, taken_back};
use super::keeper::Hold;
use super::place::Place;
use crate::desk::work_failure;
use crate::host::Host;

impl Host {
    pub(super) async fn merge_base(
        &self,
        hold: &mut Hold,
        workspace: WorkspaceId,
        step: MergeStep,
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        match step {
            MergeStep::Begin => self.begin_merge(&place).await,
            MergeStep::Finish => self.finish_merge(&place).await,
            MergeStep::Abort => {
                let shared = &self.inner.shared;
                let name = hold.name(shared, &place.worktree).await.map_err(work_failure)?;
                let commit = shared.parts.vcs.work().abort_merge(place.worktree, name).await;
                let undo = name.number;
                Ok(taken_back(Deed::MergeLeft { undo }, (undo, commit.map_err(work_failure)?)))
            }
        }
    }

    async fn begin_merge(&self, place: &Place) -> Result<Outcome, Failure> {
        let way = place.way()?;
        let from = way.base_branch.clone();
        let words = merge_words(place);
        let brought = self.inner.shared.parts.vcs.work().bring_in(way, words).await.map_err(work_failure)?;
        let reply = Reply::Merging { conflicts: brought.conflicts.clone() };
        let (base, commit, conflicts) = (brought.base, brought.commit, brought.conflicts);
        let is_news = !conflicts.is_empty() || base != place.base;
        let deed = is_news.then_some(Deed::BroughtIn { from, base, commit, conflicts });
        Ok(Outcome { deed, undo: None, reply })
    }

    async fn finish_merge(&self, place: &Place) -> Result<Outcome, Failure> {
        let work = self.inner.shared.parts.vcs.work();
        let commit = work.finish_merge(place.way()?, merge_words(place)).await.map_err(work_failure)?;
        let reply = Reply::Approved { commit: Some(commit.clone()) };
        Ok(Outcome { deed: Some(Deed::Merged { commit }), undo: None, reply })
    }

    pub(super) async fn settle_conflict(
        &self,
        hold: &mut Hold,
        workspace: WorkspaceId,
        (path, how): (String, Settle),
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let shared = &self.inner.shared;
        // Somebody may have worked on it already.
        let kept = hold.keep(shared, &place.worktree, None).await.map_err(work_failure)?;
        let settled = shared.parts.vcs.work().settle(place.worktree, path.clone(), how).await;
        settled.map_err(work_failure)?;
        Ok(Outcome { deed: Some(Deed::Wrote { path }), undo: Some(kept), reply: Reply::Done })
    }
}

fn merge_words(place: &Place) -> CommitWords {
    let base = place.base_branch.as_deref().unwrap_or_default();
    CommitWords { message: format!("Merge branch '{base}' into {}", place.branch), trailers: Vec::new() }
}
