//! The owner's and steerers' orders about repositories, workspaces and sessions.

use std::path::{Path, PathBuf};

use model::{
    AgentChoice, OwnerEvent, PersonId, Rejection, RepositoryId, SessionId, StreamId, WorkspaceEvent,
    WorkspaceId, limits,
};
use ports::vcs::{VcsError, Worktree};
use wire::{Failure, FailureCode, Reply};

use super::{Cause, Decision, Desk, State};

impl Desk {
    pub async fn add_repository(&self, cause: Cause, path: &str) -> Result<Reply, Failure> {
        let found = self.parts.vcs.inspect(Path::new(path)).await.map_err(vcs_failure)?;
        self.take_up(cause, found).await
    }

    pub async fn create_workspace(
        &self,
        cause: Cause,
        repository: RepositoryId,
        name: &str,
    ) -> Result<Reply, Failure> {
        let name = if name.trim().is_empty() { String::new() } else { title(name)? };
        let known = self.globe.now().shelf.repositories.get(&repository).cloned();
        let known = known.ok_or_else(Failure::not_found)?;
        let placed = self.place_workspace(repository, &known.name, (&known.path, &name)).await?;
        let (workspace, made) = (placed.workspace, placed.made());
        let reply = Reply::Workspace { workspace };
        let decided = reply.clone();
        let settled = self.decide(Some(cause.clone()), move |_| Ok((placed.decision(), decided))).await;
        if self.came_to_nothing(&cause, &settled, &reply).await {
            self.parts.vcs.undo_worktree(Path::new(&known.path), made).await;
        }
        settled
    }

    pub async fn open_session(
        &self,
        cause: Cause,
        workspace: WorkspaceId,
        choice: AgentChoice,
        name: Option<String>,
    ) -> Result<Reply, Failure> {
        let name = name.as_deref().map(title).transpose()?.unwrap_or_default();
        let session = SessionId(self.parts.ids.fresh());
        let by = cause.principal.person;
        self.decide(Some(cause), move |state| {
            let known = state.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
            if !known.state.is_active() {
                return Err(crate::work::archived());
            }
            let mut decision = Decision::default();
            state.open(&mut decision, (session, workspace), (name, choice), by)?;
            Ok((decision, Reply::Session { session, workspace }))
        })
        .await
    }

    /// A sample repository, a workspace and a session with the rehearsal agent, as one decision.
    pub async fn try_sample(&self, cause: Cause) -> Result<Reply, Failure> {
        let root = self.free_sample_path();
        let found = self.parts.vcs.create_sample(&root).await.map_err(vcs_failure)?;
        let repository = RepositoryId(self.parts.ids.fresh());
        let session = SessionId(self.parts.ids.fresh());
        let path = utf8(&found.root)?;
        let placed = match self.place_workspace(repository, &found.name, (&path, "first look")).await {
            Ok(placed) => placed,
            Err(failure) => {
                self.parts.vcs.undo_sample(&root).await;
                return Err(failure);
            }
        };
        let (by, workspace) = (cause.principal.person, placed.workspace);
        let made = placed.made();
        let opened = Reply::Session { session, workspace };
        let reply = opened.clone();
        let settled = self
            .decide(Some(cause.clone()), move |state| {
                let mut decision = placed.decision();
                let added = OwnerEvent::RepositoryAdded { repository, name: found.name, path };
                decision.owner.insert(0, added);
                let what = ("A first look".to_owned(), AgentChoice::of("rehearsal"));
                state.open(&mut decision, (session, workspace), what, by)?;
                Ok((decision, reply))
            })
            .await;
        if self.came_to_nothing(&cause, &settled, &opened).await {
            self.parts.vcs.undo_worktree(&root, made).await;
            self.parts.vcs.undo_sample(&root).await;
        }
        settled
    }

    /// Whether what was made on disk is of no use. An append whose result is unknown may have happened:
    /// then the log tells, and where it can't, what was made stays.
    pub(super) async fn came_to_nothing(
        &self,
        cause: &Cause,
        settled: &Result<Reply, Failure>,
        wanted: &Reply,
    ) -> bool {
        if settled.as_ref() == Ok(wanted) {
            return false;
        }
        self.remembered_answer(cause).await.is_ok_and(|answer| answer.as_ref() != Some(wanted))
    }

    async fn place_workspace(
        &self,
        repository: RepositoryId,
        repository_name: &str,
        (root, name): (&str, &str),
    ) -> Result<Placed, Failure> {
        let workspace = WorkspaceId(self.parts.ids.fresh());
        let parent = self.config.data.join("worktrees").join(workspace.to_string());
        let made =
            self.parts.vcs.create_worktree(Path::new(root), &parent, name).await.map_err(vcs_failure)?;
        Ok(Placed {
            workspace,
            repository,
            repository_name: repository_name.to_owned(),
            name: name.to_owned(),
            branch: made.branch,
            base: made.base,
            base_branch: made.base_branch,
            source: None,
            path: utf8(&made.path)?,
        })
    }

    fn free_sample_path(&self) -> PathBuf {
        let samples = self.config.data.join("samples");
        let world = self.globe.now();
        let taken = |path: &Path| {
            path.exists() || path.to_str().is_some_and(|path| world.shelf.repository_at(path).is_some())
        };
        let mut candidates = (1..).map(|n| match n {
            1 => samples.join("greeter"),
            n => samples.join(format!("greeter-{n}")),
        });
        candidates.find(|path| !taken(path)).unwrap_or(samples)
    }
}

/// A worktree on disk that no event speaks of yet.
pub(super) struct Placed {
    pub workspace: WorkspaceId,
    pub repository: RepositoryId,
    pub repository_name: String,
    pub name: String,
    pub branch: String,
    pub base: String,
    pub base_branch: Option<String>,
    pub source: Option<WorkspaceId>,
    pub path: String,
}

impl Placed {
    pub fn made(&self) -> Worktree {
        Worktree {
            path: PathBuf::from(&self.path),
            branch: self.branch.clone(),
            base: self.base.clone(),
            base_branch: self.base_branch.clone(),
        }
    }

    pub fn decision(self) -> Decision {
        let Self { workspace, repository, repository_name, name, branch, base, base_branch, source, path } =
            self;
        let created = WorkspaceEvent::WorkspaceCreated {
            workspace,
            repository,
            repository_name,
            name,
            branch,
            base,
            base_branch,
            source,
        };
        Decision {
            owner: vec![OwnerEvent::WorkspacePlaced { workspace, repository, path }],
            workspace: vec![(workspace, vec![created])],
            ..Decision::default()
        }
    }
}

impl State {
    /// Adds a session to a decision that may also create its workspace.
    pub(super) fn open(
        &self,
        decision: &mut Decision,
        (session, workspace): (SessionId, WorkspaceId),
        (name, choice): (String, AgentChoice),
        by: PersonId,
    ) -> Result<(), Failure> {
        if self.shelf.is_off(&choice.agent) {
            return Err(crate::agents::refused(&choice.agent));
        }
        if self.shelf.is_foreign(&choice.agent, workspace) {
            return Err(crate::agents::foreign(&choice.agent));
        }
        let number = self.shelf.next_number();
        let owner = self.door.owner().ok_or_else(Failure::not_found)?;
        let added = WorkspaceEvent::SessionAdded { session, number, by };
        match decision.workspace.iter_mut().find(|(id, _)| *id == workspace) {
            Some((_, events)) => events.push(added),
            None => decision.workspace.push((workspace, vec![added])),
        }
        let rules = model::RoomRules::default();
        let opening = room::Opening { session, workspace, number, title: name, choice, owner, rules };
        decision.session = Some((session, room::Room::open(opening)));
        debug_assert!(!self.ledgers.contains_key(&StreamId::Session(session)));
        Ok(())
    }
}

pub(crate) fn title(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Rejection::Empty.into());
    }
    if text.chars().count() > limits::TITLE_CHARS {
        return Err(Rejection::TooLarge { limit: limits::TITLE_CHARS as u64 }.into());
    }
    Ok(text.to_owned())
}

pub(super) fn utf8(path: &Path) -> Result<String, Failure> {
    let refused =
        || Failure::new(FailureCode::PathMissing, "The path is not valid Unicode. Rename the folder.");
    path.to_str().map(str::to_owned).ok_or_else(refused)
}

/// Of the worktree of a workspace, whose place is nobody's business but the owner's (LO8).
pub(crate) fn work_failure(error: VcsError) -> Failure {
    let is_gone = matches!(error, VcsError::PathMissing { .. } | VcsError::NotARepository { .. });
    let failure = vcs_failure(error);
    match is_gone {
        true => Failure::new(failure.code, NO_WORKTREE),
        false => failure,
    }
}

const NO_WORKTREE: &str = "The folder of this workspace is not where it was, or git does not know it any more. Nothing was \
                           changed; its owner can look for it or delete the workspace.";

pub(crate) fn vcs_failure(error: VcsError) -> Failure {
    let code = match &error {
        VcsError::PathMissing { .. } => FailureCode::PathMissing,
        VcsError::NotARepository { .. } => FailureCode::NotARepository,
        VcsError::Bare { .. } => FailureCode::BareRepository,
        VcsError::NoCommits { .. } => FailureCode::NoCommits,
        VcsError::GitMissing => FailureCode::GitMissing,
        VcsError::FileMissing { .. } => FailureCode::NotFound,
        VcsError::FileRefused { .. } => FailureCode::BadParams,
        VcsError::Stale { .. } => FailureCode::ChangesStale,
        VcsError::Conflicts { .. } => FailureCode::InConflict,
        VcsError::Refused { .. } => FailureCode::Git,
        VcsError::Failed { .. } => FailureCode::Git,
    };
    Failure::new(code, error.to_string())
}
