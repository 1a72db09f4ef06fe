//! Workspaces as things to name, put away, fork and delete.

use model::{Deed, Occurrence, Rejection, Risk, RiskFound, RiskKind, WorkspaceId, WorkspaceState};
use ports::work::CheckpointName;
use wire::{Failure, FailureCode, Reply, Request};

use super::keeper::Hold;
use super::place::Place;
use crate::desk::{Cause, Forked, title, work_failure};
use crate::host::{Host, misplaced};

const GONE: &str =
    "Its folder is not where it was. Nothing was changed; put it back, or delete the workspace.";

impl Host {
    pub(crate) async fn risks(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let work = self.inner.shared.parts.vcs.work();
        let bytes = work.disk_use(place.worktree.clone()).await.ok();
        Ok(Reply::Risks { risks: self.risks_of(&place).await, bytes })
    }

    async fn risks_of(&self, place: &Place) -> Vec<Risk> {
        let base = place.base_branch.clone().unwrap_or_default();
        self.inner.shared.parts.vcs.work().risks(place.way_to(base)).await
    }

    pub(super) async fn order_upkeep(
        &self,
        mut hold: Hold,
        cause: Cause,
        request: Request,
    ) -> Result<Reply, Failure> {
        match request {
            Request::RenameWorkspace { workspace, name, .. } => self.rename(cause, workspace, &name).await,
            Request::ArchiveWorkspace { workspace, .. } => self.archive(cause, workspace).await,
            Request::ReturnWorkspace { workspace, .. } => self.bring_back(cause, workspace).await,
            Request::DeleteWorkspace { workspace, despite, .. } => {
                self.delete(&mut hold, cause, (workspace, despite)).await
            }
            Request::ForkWorkspace { workspace, checkpoint, name, .. } => {
                self.fork(&mut hold, cause, (workspace, checkpoint, name)).await
            }
            _ => Err(misplaced()),
        }
    }

    /// WS13: the branch goes by the new name, too.
    async fn rename(&self, cause: Cause, workspace: WorkspaceId, name: &str) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let name = title(name)?;
        let way = place.way_to(place.base_branch.clone().unwrap_or_default());
        let branch = self.inner.shared.parts.vcs.work().rename_branch(way, name.clone()).await;
        let deed = Deed::Renamed { name, branch: branch.map_err(work_failure)? };
        self.wrote_down(cause, workspace, deed).await
    }

    /// WS18: what runs in it ends; every file stays where it is.
    async fn archive(&self, cause: Cause, workspace: WorkspaceId) -> Result<Reply, Failure> {
        self.place_in_use(workspace)?;
        let by = cause.principal;
        let reply = self.wrote_down(cause, workspace, Deed::Archived).await?;
        self.retire(workspace, by).await;
        Ok(reply)
    }

    async fn bring_back(&self, cause: Cause, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let state = self.globe().now().shelf.workspaces.get(&workspace).map(|known| known.state);
        if state != Some(WorkspaceState::Archived) {
            return Err(Rejection::Unchanged.into());
        }
        if !place.worktree.is_dir() {
            return Err(Failure::new(FailureCode::PathMissing, GONE));
        }
        self.wrote_down(cause, workspace, Deed::Returned).await
    }

    /// WS18: only what was named may be lost, and even that is kept as a checkpoint.
    async fn delete(
        &self,
        hold: &mut Hold,
        cause: Cause,
        (workspace, despite): (WorkspaceId, Vec<RiskKind>),
    ) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let is_there = place.worktree.is_dir();
        if is_there {
            let risks = self.risks_of(&place).await;
            let unnamed: Vec<&Risk> = risks.iter().filter(|risk| !despite.contains(&risk.kind)).collect();
            if !unnamed.is_empty() {
                return Err(Failure::new(FailureCode::AtRisk, at_risk(&unnamed)));
            }
        }
        let shared = &self.inner.shared;
        self.put_away(&cause, workspace).await?;
        let mut kept = None;
        if is_there {
            kept = Some(hold.keep(shared, &place.worktree, None).await.map_err(work_failure)?);
            let way = place.way_to(place.base_branch.clone().unwrap_or_default());
            shared.parts.vcs.work().remove_worktree(way).await.map_err(work_failure)?;
        }
        shared.desk.record_deletion(cause, workspace, kept).await
    }

    /// Before it goes: nothing begins in it any more. Where it can't go after all it is in the archive.
    async fn put_away(&self, cause: &Cause, workspace: WorkspaceId) -> Result<(), Failure> {
        let state = self.globe().now().shelf.workspaces.get(&workspace).map(|known| known.state);
        if state == Some(WorkspaceState::Active) {
            let (by, deed) = (cause.principal.person, Deed::Archived);
            self.inner.shared.desk.note_deed(workspace, (by, deed.clone())).await?;
            self.tell_rooms(workspace, &Occurrence::WorkDone { by, deed }).await;
        }
        self.retire(workspace, cause.principal).await;
        Ok(())
    }

    /// WS19: the files as they are or were, on a branch of its own.
    async fn fork(
        &self,
        hold: &mut Hold,
        cause: Cause,
        (source, checkpoint, name): (WorkspaceId, Option<u64>, String),
    ) -> Result<Reply, Failure> {
        let place = self.place(source)?;
        let name = title(&name)?;
        let shared = &self.inner.shared;
        let (files, kept) = match checkpoint {
            Some(number) => {
                let known = place.work.checkpoints.iter().find(|known| known.number == number);
                (known.ok_or_else(Failure::not_found)?.commit.clone(), None)
            }
            None => {
                let kept = hold.keep(shared, &place.worktree, None).await.map_err(work_failure)?;
                (kept.commit.clone(), Some(kept))
            }
        };
        let workspace = WorkspaceId(shared.parts.ids.fresh());
        let parent = shared.desk.config.data.join("worktrees").join(workspace.to_string());
        let vcs = &shared.parts.vcs;
        let like = place.worktree.clone();
        let made = vcs.create_worktree_at(place.repository.clone(), (parent, name.clone()), like).await;
        let made = made.map_err(work_failure)?;
        let first = CheckpointName { workspace, number: 1 };
        if let Err(error) = vcs.work().restore(made.path.clone(), files, first).await {
            vcs.undo_worktree(&place.repository, made).await;
            return Err(work_failure(error));
        }
        if let Some(kept) = kept {
            shared.desk.record_checkpoint(source, kept).await?;
        }
        shared.desk.record_fork(cause, Forked { workspace, source, name, made }).await
    }

    async fn wrote_down(&self, cause: Cause, workspace: WorkspaceId, deed: Deed) -> Result<Reply, Failure> {
        let by = cause.principal.person;
        let desk = &self.inner.shared.desk;
        let reply = desk.record_deed(cause, workspace, (Some(deed.clone()), None), Reply::Done).await?;
        self.tell_rooms(workspace, &Occurrence::WorkDone { by, deed }).await;
        Ok(reply)
    }

    /// Its sessions end, with their agents, and so do its terminals.
    async fn retire(&self, workspace: WorkspaceId, by: crate::principal::Principal) {
        let world = self.globe().now().clone();
        for (session, _) in world.shelf.sessions.iter().filter(|(_, known)| known.workspace == workspace) {
            match self.session(*session).await {
                Ok(session) => session.retire(by).await,
                Err(failure) => tracing::warn!(%failure, "a session can't be ended"),
            }
        }
        self.close_terminals(|opened| opened.workspace == workspace).await;
    }
}

fn at_risk(risks: &[&Risk]) -> String {
    let told: Vec<String> = risks.iter().map(|risk| words(risk)).collect();
    format!(
        "This would be lost with the workspace: {}. Nothing was changed. Look at it, then say so.",
        told.join("; ")
    )
}

fn words(risk: &Risk) -> String {
    let what = match risk.kind {
        RiskKind::Uncommitted => "changes that are not committed",
        RiskKind::Untracked => "new files",
        RiskKind::Submodules => "submodules with files",
        RiskKind::Adrift => "commits on no branch",
        RiskKind::Unmerged => "commits that the base branch has not",
        RiskKind::Unpushed => "commits that no remote has",
    };
    match &risk.found {
        RiskFound::Some { count, .. } => format!("{what} ({count})"),
        RiskFound::Unknown { why } => format!("{what}, which could not be looked up ({why})"),
    }
}
