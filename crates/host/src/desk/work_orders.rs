//! What was done to the work of a workspace is written into its stream.

use std::path::PathBuf;

use model::{Checkpoint, Deed, OwnerEvent, PersonId, SessionId, WorkspaceEvent, WorkspaceId};
use ports::vcs::Worktree;
use wire::{Failure, Reply};

use super::orders::{Placed, utf8};
use super::{Asking, Cause, Decision, Desk};

/// A worktree that was made as a fork, and what it is a fork of.
pub(crate) struct Forked {
    pub workspace: WorkspaceId,
    pub source: WorkspaceId,
    pub name: String,
    pub made: Worktree,
}

impl Desk {
    /// What has been done counts also for who has lost the right to it meanwhile.
    pub async fn record_deed(
        &self,
        cause: Cause,
        workspace: WorkspaceId,
        (deed, undo): (Option<Deed>, Option<Checkpoint>),
        reply: Reply,
    ) -> Result<Reply, Failure> {
        let by = cause.principal.person;
        let kept = undo.map(|checkpoint| WorkspaceEvent::CheckpointMade { checkpoint });
        let done = deed.map(|deed| WorkspaceEvent::WorkDone { by, deed });
        self.record(Some(cause), workspace, kept.into_iter().chain(done).collect(), reply).await
    }

    /// What the host did by itself in somebody's turn.
    pub async fn note_deed(
        &self,
        workspace: WorkspaceId,
        (by, deed): (PersonId, Deed),
    ) -> Result<(), Failure> {
        let done = WorkspaceEvent::WorkDone { by, deed };
        self.record(None, workspace, vec![done], Reply::Done).await.map(|_| ())
    }

    pub async fn record_checkpoint(
        &self,
        workspace: WorkspaceId,
        checkpoint: Checkpoint,
    ) -> Result<(), Failure> {
        let made = WorkspaceEvent::CheckpointMade { checkpoint };
        self.record(None, workspace, vec![made], Reply::Done).await.map(|_| ())
    }

    /// WS17: whoever is asked next in this session begins anew.
    pub async fn forget_conversations(&self, session: SessionId) -> Result<(), Failure> {
        self.note_attachment(OwnerEvent::ConversationsForgotten { session }).await
    }

    pub async fn record_deletion(
        &self,
        cause: Cause,
        workspace: WorkspaceId,
        kept: Option<Checkpoint>,
    ) -> Result<Reply, Failure> {
        let by: PersonId = cause.principal.person;
        let kept = kept.map(|checkpoint| WorkspaceEvent::CheckpointMade { checkpoint });
        let gone = WorkspaceEvent::WorkspaceDeleted { by };
        self.record(Some(cause), workspace, kept.into_iter().chain([gone]).collect(), Reply::Done).await
    }

    /// SH8: where its source is shared, the owner is asked whether the fork is as well.
    pub async fn record_fork(&self, cause: Cause, forked: Forked) -> Result<Reply, Failure> {
        let Forked { workspace, source, name, made } = forked;
        let known = self.globe.now().shelf.workspaces.get(&source).cloned();
        let known = known.ok_or_else(Failure::not_found)?;
        let (undo, root) = (made.clone(), self.root_of(source)?);
        let placed = Placed {
            workspace,
            repository: known.repository,
            repository_name: known.repository_name,
            name,
            branch: made.branch,
            // What the source has done since its base, the fork has done as well.
            base: known.base,
            base_branch: known.base_branch,
            source: Some(source),
            path: utf8(&made.path)?,
        };
        let (reply, now) = (Reply::Workspace { workspace }, self.parts.clock.now());
        let decided = reply.clone();
        let settled = self
            .decide(Some(cause.clone()), move |state| {
                let mut decision = placed.decision();
                decision.owner.extend(state.door.offer_fork(workspace, source, now));
                Ok((decision, decided))
            })
            .await;
        if self.came_to_nothing(&cause, &settled, &reply).await {
            self.parts.vcs.undo_worktree(&root, undo).await;
        }
        settled
    }

    /// The repository that a workspace is of.
    pub fn root_of(&self, workspace: WorkspaceId) -> Result<PathBuf, Failure> {
        let world = self.globe.now();
        let repository = world.shelf.workspaces.get(&workspace).map(|known| known.repository);
        let known = repository.and_then(|repository| world.shelf.repositories.get(&repository));
        known.map(|known| PathBuf::from(&known.path)).ok_or_else(Failure::not_found)
    }

    async fn record(
        &self,
        cause: Option<Cause>,
        workspace: WorkspaceId,
        events: Vec<WorkspaceEvent>,
        reply: Reply,
    ) -> Result<Reply, Failure> {
        let workspace = if events.is_empty() { vec![] } else { vec![(workspace, events)] };
        let decision = Decision { workspace, ..Decision::default() };
        self.settle((cause, Asking::Done), move |_| Ok((decision, reply))).await
    }
}
