//! Work that goes to other places, and pictures of it (WS14, FI9).

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::{ChangesSince, Deed, ImageKind, Occurrence, Rejection, WorkspaceId, limits};
use ports::exchange::Wish;
use wire::{Failure, FailureCode, ImageBytes, Reply, Request};

use super::place::Place;
use crate::desk::{Cause, Fork, work_failure};
use crate::host::{Host, misplaced};

impl Host {
    pub(crate) async fn exchange_order(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let desk = &self.inner.shared.desk;
        match request {
            Request::CloneRepository { from, into, .. } => {
                let (host, order) = (self.clone(), cause.clone());
                let clone = async move { host.inner.shared.desk.clone_repository(order, from, into).await };
                self.inner.errands.run(&cause, clone).await
            }
            Request::RemoveRepository { repository, .. } => desk.remove_repository(cause, repository).await,
            Request::ImportWorktree { repository, path, .. } => {
                desk.import_worktree(cause, repository, path).await
            }
            Request::ForkSession { session, before, workspace, title, .. } => {
                desk.fork_session(cause, Fork { session, before, workspace, title }).await
            }
            Request::TrustSetup { workspace, hash, .. } => self.trust_setup(cause, workspace, hash).await,
            Request::ForgetSetup { repository, .. } => self.forget_setup(cause, repository).await,
            Request::RunSetup { workspace, size, .. } => self.run_setup(&cause, workspace, size).await,
            other => self.send_off(cause, other).await,
        }
    }

    pub(crate) async fn push_target(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let way = ends(&self.place(workspace)?);
        let target = self.inner.shared.parts.vcs.exchange().target(way).await.map_err(work_failure)?;
        let (remote, upstream, can_ask) = (target.remote, target.upstream, target.can_ask);
        Ok(Reply::PushTarget { remote, upstream, can_ask })
    }

    /// The workspace is not held meanwhile: a turn can begin while a remote is slow.
    async fn send_off(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let (host, order) = (self.clone(), cause.clone());
        self.inner.errands.run(&cause, async move { host.sent_off(order, request).await }).await
    }

    async fn sent_off(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let exchange = self.inner.shared.parts.vcs.exchange();
        let (workspace, deed, reply) = match request {
            Request::PushWork { workspace, .. } => {
                let way = ends(&self.place_in_use(workspace)?);
                let remote = exchange.push(way).await.map_err(work_failure)?;
                (workspace, Deed::Pushed { remote: remote.clone() }, Reply::Pushed { remote })
            }
            Request::AskPull { workspace, title: words, body, .. } => {
                let way = ends(&self.place_in_use(workspace)?);
                if body.len() > limits::PROMPT_BYTES {
                    return Err(Rejection::TooLarge { limit: limits::PROMPT_BYTES as u64 }.into());
                }
                let wish = Wish { title: headed(&words)?, body };
                let address = exchange.ask(way, wish).await.map_err(work_failure)?;
                (workspace, Deed::Asked { address: address.clone() }, Reply::Asked { address })
            }
            _ => return Err(misplaced()),
        };
        let by = cause.principal.person;
        let desk = &self.inner.shared.desk;
        let reply = desk.record_deed(cause, workspace, (Some(deed.clone()), None), reply).await?;
        self.tell_rooms(workspace, &Occurrence::WorkDone { by, deed }).await;
        Ok(reply)
    }

    pub(crate) async fn both_sides(
        &self,
        (workspace, since): (WorkspaceId, ChangesSince),
        path: String,
    ) -> Result<Reply, Failure> {
        let since = self.place(workspace)?.since(since)?;
        let exchange = self.inner.shared.parts.vcs.exchange();
        let sides = exchange.both_sides(since, path, limits::FILE_TEXT_BYTES).await.map_err(work_failure)?;
        let (before, after) = (sides.0.map(picture).transpose()?, sides.1.map(picture).transpose()?);
        Ok(Reply::BothSides { before, after })
    }

    /// WS25: for who looks for a repository.
    pub(crate) async fn folders(&self, path: Option<String>) -> Result<Reply, Failure> {
        let exchange = self.inner.shared.parts.vcs.exchange();
        let listed = exchange.folders(path.map(PathBuf::from)).await.map_err(work_failure)?;
        let named = |path: &Path| path.to_string_lossy().into_owned();
        let parent = listed.path.parent().map(named);
        Ok(Reply::Folders { path: named(&listed.path), parent, folders: listed.folders, more: listed.cut })
    }

    pub(crate) async fn disk_use(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let worktree = self.worktree(workspace)?;
        let counted = self.inner.shared.parts.vcs.work().disk_use(worktree).await;
        Ok(Reply::DiskUse { bytes: counted.map_err(work_failure)? })
    }
}

/// Of a pull request, which others cut at this length.
fn headed(words: &str) -> Result<String, Failure> {
    let words = words.trim();
    if words.is_empty() || words.chars().any(char::is_control) {
        return Err(Rejection::Empty.into());
    }
    if words.chars().count() > limits::PULL_TITLE_CHARS {
        return Err(Rejection::TooLarge { limit: limits::PULL_TITLE_CHARS as u64 }.into());
    }
    Ok(words.to_owned())
}

fn ends(place: &Place) -> ports::work::Way {
    place.way_to(place.base_branch.clone().unwrap_or_default())
}

pub(crate) fn picture(bytes: Vec<u8>) -> Result<ImageBytes, Failure> {
    let kind = ImageKind::of(&bytes).ok_or_else(|| {
        Failure::new(FailureCode::BadImage, "This is no picture that a page shows: PNG, JPEG, GIF or WebP.")
    })?;
    Ok(ImageBytes { kind, data: STANDARD.encode(bytes) })
}
