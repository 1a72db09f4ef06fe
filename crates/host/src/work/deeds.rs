//! Approving, rejecting, taking back.

use model::{
    ChangePick, ChangePicks, ChangesSince, Checkpoint, Deed, Occurrence, Rejection, SessionState,
    WorkspaceId, limits,
};
use ports::work::{CommitWords, Landed, Review};
use wire::{Failure, FailureCode, Reply, Request};

use super::keeper::Hold;
use super::place::Place;
use crate::authority::authorize;
use crate::desk::{Cause, work_failure};
use crate::host::{Host, misplaced};

const OF_A_TURN: &str = "Only what is different now can be decided about. Look at the changes since the base or \
                         the last approval, and choose there.";
const BUSY: &str =
    "An agent is at work in this workspace. Stop it or wait for it, and then take the files back.";

/// What came of it.
pub(super) struct Outcome {
    pub deed: Option<Deed>,
    /// What was there before, if it was kept.
    pub undo: Option<Checkpoint>,
    pub reply: Reply,
}

impl Host {
    /// Goes to its end also when nobody waits for it any more, and is done once (LO5).
    pub(crate) async fn work_order(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let (host, order) = (self.clone(), cause.clone());
        self.inner.orders.run(&cause, async move { host.obey_work(order, request).await }).await
    }

    async fn obey_work(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let workspace = subject(&request).ok_or_else(misplaced)?;
        let shared = &self.inner.shared;
        let mut hold = shared.works.take(workspace).await;
        if let Some(answer) = shared.desk.remembered_answer(&cause).await? {
            return Ok(answer);
        }
        let by = authorize(&self.globe().now(), cause.principal, &cause.need)?; // GR3
        if by.muted {
            return Err(Rejection::Muted.into()); // RO3
        }
        let Outcome { deed, undo, reply } = match request {
            Request::ApproveChanges { since, picks, message, .. } => {
                self.approve(workspace, (since, picks), message).await
            }
            Request::RejectChanges { since, picks, .. } => {
                self.reject(&mut hold, workspace, (since, picks)).await
            }
            Request::RevertCommit { commit, .. } => self.revert(&mut hold, workspace, commit).await,
            Request::RestoreFiles { checkpoint, .. } => self.restore(&mut hold, workspace, checkpoint).await,
            Request::WriteFile { path, text, was, .. } => {
                self.write_file(cause.principal, workspace, (path, text, was)).await
            }
            Request::MergeBase { step, .. } => self.merge_base(&mut hold, workspace, step).await,
            Request::SettleConflict { path, how, .. } => {
                self.settle_conflict(&mut hold, workspace, (path, how)).await
            }
            Request::ApplyWork { .. } => self.apply_work(workspace).await,
            other => return self.order_upkeep(hold, cause, other).await,
        }?;
        let by = cause.principal.person;
        let reply = shared.desk.record_deed(cause, workspace, (deed.clone(), undo), reply).await?;
        drop(hold);
        if let Some(deed) = deed {
            self.tell_rooms(workspace, &Occurrence::WorkDone { by, deed }).await;
        }
        Ok(reply)
    }

    /// Everybody in a room of the workspace is told.
    pub(super) async fn tell_rooms(&self, workspace: WorkspaceId, of: &Occurrence) {
        let world = self.globe().now().clone();
        let lines = self.inner.shared.board.lines();
        for (session, _) in world.shelf.sessions.iter().filter(|(_, known)| known.workspace == workspace) {
            let has_ended = |line: &crate::board::Line| line.summary.state == SessionState::Ended;
            if lines.get(session).is_none_or(has_ended) {
                continue;
            }
            match self.session(*session).await {
                Ok(session) => session.note(of.clone()).await,
                Err(failure) => tracing::warn!(%failure, "a room is not told of what was done"),
            }
        }
    }

    async fn approve(
        &self,
        workspace: WorkspaceId,
        (since, picks): (ChangesSince, ChangePicks),
        message: String,
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let message = worded(message)?;
        let review = review(&place, since, picks)?;
        let chosen = self.chosen(&review).await?;
        let files = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
        let trailers = self.trailers(&place, &chosen).await;
        let words = CommitWords { message: message.clone(), trailers };
        let commit = self.inner.shared.parts.vcs.work().approve(review, words).await.map_err(work_failure)?;
        let done = |commit: &String| Deed::Committed { commit: commit.clone(), message, files };
        Ok(Outcome { deed: commit.as_ref().map(done), undo: None, reply: Reply::Approved { commit } })
    }

    async fn reject(
        &self,
        hold: &mut Hold,
        workspace: WorkspaceId,
        (since, picks): (ChangesSince, ChangePicks),
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let review = review(&place, since, picks)?;
        let files = u32::try_from(self.chosen(&review).await?.len()).unwrap_or(u32::MAX);
        let shared = &self.inner.shared;
        let name = hold.name(shared, &place.worktree).await.map_err(work_failure)?;
        let commit = shared.parts.vcs.work().reject(review, name).await.map_err(work_failure)?;
        let undo = name.number;
        Ok(taken_back(Deed::Rejected { files, undo }, (undo, commit)))
    }

    /// GR7: only a commit that the host made itself.
    async fn revert(
        &self,
        hold: &mut Hold,
        workspace: WorkspaceId,
        commit: String,
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let known = place.work.commits.iter().find(|known| known.commit == commit);
        let known = known.ok_or_else(Failure::not_found)?;
        if known.reverted {
            return Err(Rejection::Unchanged.into());
        }
        let first = known.message.lines().next().unwrap_or_default();
        let message = format!("Revert \"{first}\"\n\nThis reverts commit {commit}.");
        let words = CommitWords { message, trailers: Vec::new() };
        let shared = &self.inner.shared;
        let name = hold.name(shared, &place.worktree).await.map_err(work_failure)?;
        let way = place.way_to(String::new());
        let made = shared.parts.vcs.work().revert(way, commit.clone(), words, name).await;
        let made = made.map_err(work_failure)?;
        let deed = Deed::Reverted { of: commit, commit: made.commit, undo: name.number };
        Ok(taken_back(deed, (name.number, made.undo)))
    }

    /// WS3. A turn that begins meanwhile waits for it, before its agent is told anything.
    async fn restore(
        &self,
        hold: &mut Hold,
        workspace: WorkspaceId,
        checkpoint: u64,
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let known = place.work.checkpoints.iter().find(|known| known.number == checkpoint);
        let known = known.cloned().ok_or_else(Failure::not_found)?;
        if self.is_busy(workspace) {
            return Err(Failure::new(FailureCode::TurnRunning, BUSY));
        }
        let shared = &self.inner.shared;
        let name = hold.name(shared, &place.worktree).await.map_err(work_failure)?;
        let restored = shared.parts.vcs.work().restore(place.worktree, known.commit, name).await;
        let commit = restored.map_err(work_failure)?;
        let deed = Deed::Restored { checkpoint, of: known.of, undo: name.number };
        Ok(taken_back(deed, (name.number, commit)))
    }

    pub(super) fn is_busy(&self, workspace: WorkspaceId) -> bool {
        let world = self.globe().now();
        let lines = self.inner.shared.board.lines();
        lines.iter().any(|(id, line)| line.summary.busy && world.workspace_of(*id) == Some(workspace))
    }

    async fn apply_work(&self, workspace: WorkspaceId) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        let way = place.way()?;
        let onto = way.base_branch.clone();
        let words = CommitWords { message: format!("Merge branch '{}'", place.branch), trailers: Vec::new() };
        match self.inner.shared.parts.vcs.work().land(way, words).await.map_err(work_failure)? {
            Landed::At(commit) => {
                let reply = Reply::Approved { commit: Some(commit.clone()) };
                Ok(Outcome { deed: Some(Deed::Applied { onto, commit }), undo: None, reply })
            }
            Landed::NothingNew => {
                Ok(Outcome { deed: None, undo: None, reply: Reply::Approved { commit: None } })
            }
            Landed::Conflicts(files) => Err(work_failure(ports::vcs::VcsError::Conflicts { files })),
        }
    }

    /// The paths that were chosen, each once.
    async fn chosen(&self, review: &Review) -> Result<Vec<String>, Failure> {
        let mut paths: Vec<String> = match &review.picks {
            ChangePicks::These { picks } => picks.iter().map(|pick| path_of(pick).to_owned()).collect(),
            ChangePicks::All { .. } => {
                let changes = self.inner.shared.parts.vcs.changes(review.since.clone()).await;
                changes.map_err(work_failure)?.files.into_iter().map(|file| file.path).collect()
            }
        };
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}

fn path_of(pick: &ChangePick) -> &str {
    match pick {
        ChangePick::File { path, .. } | ChangePick::Hunk { path, .. } => path,
    }
}

fn review(place: &Place, since: ChangesSince, picks: ChangePicks) -> Result<Review, Failure> {
    if let ChangesSince::Turn { .. } = since {
        return Err(Failure::new(FailureCode::BadParams, OF_A_TURN));
    }
    match &picks {
        ChangePicks::These { picks } if picks.is_empty() => return Err(Rejection::Empty.into()),
        ChangePicks::These { picks } if picks.len() > limits::PICKS => {
            return Err(Rejection::TooLarge { limit: limits::PICKS as u64 }.into());
        }
        ChangePicks::These { .. } | ChangePicks::All { .. } => {}
    }
    Ok(Review { since: place.since(since)?, branch: place.branch.clone(), picks })
}

fn worded(message: String) -> Result<String, Failure> {
    if message.trim().is_empty() {
        return Err(Rejection::Empty.into());
    }
    if message.len() > limits::COMMIT_MESSAGE_BYTES {
        return Err(Rejection::TooLarge { limit: limits::COMMIT_MESSAGE_BYTES as u64 }.into());
    }
    Ok(message)
}

pub(super) fn taken_back(deed: Deed, (number, commit): (u64, String)) -> Outcome {
    let undo = Checkpoint { number, commit, of: None };
    Outcome { deed: Some(deed), undo: Some(undo), reply: Reply::TakenBack { undo: number } }
}

fn subject(request: &Request) -> Option<WorkspaceId> {
    match request {
        Request::ApproveChanges { workspace, .. }
        | Request::RejectChanges { workspace, .. }
        | Request::RevertCommit { workspace, .. }
        | Request::RestoreFiles { workspace, .. }
        | Request::WriteFile { workspace, .. }
        | Request::MergeBase { workspace, .. }
        | Request::SettleConflict { workspace, .. }
        | Request::ApplyWork { workspace, .. }
        | Request::RenameWorkspace { workspace, .. }
        | Request::ArchiveWorkspace { workspace, .. }
        | Request::ReturnWorkspace { workspace, .. }
        | Request::DeleteWorkspace { workspace, .. }
        | Request::ForkWorkspace { workspace, .. } => Some(*workspace),
        _ => None,
    }
}
