use std::sync::Arc;
use std::time::Duration;

use model::WorkspaceId;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use wire::{FilesNews, Notification, Request};

use super::Outgoing;
use super::outbox::Follow;
use crate::authority::authorize;
use crate::bell::Bell;
use crate::host::Host;
use crate::principal::Principal;
use crate::watches;

/// Changes are gathered until it is quiet this long, and no longer than `AT_MOST`.
const QUIET: Duration = Duration::from_millis(200);
const AT_MOST: Duration = Duration::from_secs(1);

/// Tells that a workspace's files have changed, to who may see them (FI10).
pub(super) struct FilesReader {
    host: Host,
    principal: Principal,
    workspace: WorkspaceId,
    world: Bell,
    ears: Ears,
}

enum Ears {
    Closed,
    Open {
        changes: watch::Receiver<u64>,
        _held: Arc<watches::Ears>,
    },
    /// Nothing is heard, and the client is to know it.
    Deaf,
    Over,
}

impl FilesReader {
    /// With no `room` for one more it says that it does not watch.
    pub fn new(host: &Host, principal: Principal, workspace: WorkspaceId, room: usize) -> Self {
        let world = host.globe().bell();
        let ears = if room == 0 { Ears::Deaf } else { Ears::Closed };
        Self { host: host.clone(), principal, workspace, world, ears }
    }

    /// Here and not with the request: a large worktree takes a while, and what else is asked must not wait for it.
    async fn open(&self) -> Ears {
        let Ok(place) = self.host.place(self.workspace) else { return Ears::Deaf };
        match self.host.watch_files(self.workspace, place.worktree).await {
            Ok((held, mut changes)) => {
                changes.mark_unchanged();
                Ears::Open { changes, _held: held }
            }
            Err(error) => {
                tracing::info!(workspace = %self.workspace, %error, "files are not watched");
                Ears::Deaf
            }
        }
    }

    /// GR3: the live grant, before each delivery; and there must be files.
    fn may_watch(&self) -> bool {
        let need = Request::WatchFiles { workspace: self.workspace }.need();
        authorize(&self.host.globe().now(), self.principal, &need).is_ok()
            && self.host.place(self.workspace).is_ok()
    }

    /// `None`: nothing more will be heard.
    async fn changed(&mut self) -> Option<()> {
        loop {
            let Ears::Open { changes, .. } = &mut self.ears else { return None };
            tokio::select! {
                biased;
                changed = self.world.changed() => {
                    changed.ok()?;
                    self.may_watch().then_some(())?;
                }
                changed = changes.changed() => {
                    changed.ok()?;
                    gather(changes).await;
                    return Some(());
                }
            }
        }
    }

    fn news(&self, news: FilesNews) -> Outgoing {
        let told = Notification::Files { workspace: self.workspace, news };
        Outgoing::Frame(wire::encode_notification(&told).into())
    }
}

async fn gather(changes: &mut watch::Receiver<u64>) {
    let begun = Instant::now();
    loop {
        let left = AT_MOST.saturating_sub(begun.elapsed());
        if left.is_zero() || !matches!(timeout(QUIET.min(left), changes.changed()).await, Ok(Ok(()))) {
            return;
        }
    }
}

impl Follow for FilesReader {
    async fn next(&mut self) -> Option<Outgoing> {
        let news = match self.ears {
            Ears::Over => return None,
            Ears::Deaf => FilesNews::Unwatched,
            Ears::Closed => {
                self.ears = self.open().await;
                FilesNews::Watched
            }
            Ears::Open { .. } => match self.changed().await {
                Some(()) => FilesNews::Changed,
                None => FilesNews::Unwatched,
            },
        };
        if matches!(self.ears, Ears::Open { .. }) && news != FilesNews::Unwatched && self.may_watch() {
            return Some(self.news(news));
        }
        self.ears = Ears::Over;
        Some(self.news(FilesNews::Unwatched))
    }
}
