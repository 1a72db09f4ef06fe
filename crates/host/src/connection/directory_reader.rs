use std::time::Duration;

use model::Directory;
use tokio::sync::watch;
use wire::Notification;

use super::Outgoing;
use super::outbox::Follow;
use crate::authority::owns;
use crate::bell::Bell;
use crate::directory::directory;
use crate::host::Host;
use crate::principal::Principal;

/// Changes are gathered this long: a busy host must not flood its readers.
const GATHER: Duration = Duration::from_millis(50);

/// Gives the directory at once and whenever it changes for this reader.
pub(super) struct Watcher {
    host: Host,
    principal: Principal,
    world: Bell,
    board: watch::Receiver<u64>,
    last: Option<Directory>,
}

impl Watcher {
    pub fn new(host: Host, principal: Principal) -> Self {
        let shared = &host.inner.shared;
        let (world, board) = (shared.globe.bell(), shared.board.bell());
        Self { world, board, principal, last: None, host }
    }

    /// `None`: nothing will change any more.
    async fn changed(&mut self) -> Option<()> {
        tokio::select! {
            biased;
            changed = self.world.changed() => changed.ok(),
            changed = self.board.changed() => changed.ok(),
        }
    }
}

impl Follow for Watcher {
    async fn next(&mut self) -> Option<Outgoing> {
        loop {
            if self.last.is_some() {
                self.changed().await?;
                tokio::time::sleep(GATHER).await;
            }
            self.world.mark_unchanged();
            self.board.mark_unchanged();
            let shared = &self.host.inner.shared;
            let mut now = directory(&shared.globe.now(), &shared.board.lines(), self.principal);
            now.catalogue += shared.globe.catalogue();
            now.terminals = shared.globe.terminals();
            now.layout = shared.globe.layout().filter(|_| owns(&shared.globe.now(), self.principal));
            if self.last.as_ref() != Some(&now) {
                self.last = Some(now.clone());
                let frame = wire::encode_notification(&Notification::Directory(now));
                return Some(Outgoing::Frame(frame.into()));
            }
        }
    }
}
