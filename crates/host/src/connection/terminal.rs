use std::sync::Arc;

use model::{TerminalId, TerminalRight, TerminalSize, WorkspaceId};
use ports::terminal::{Output, TerminalHead};
use tokio::sync::watch;
use wire::{Failure, Notification, Shown, TerminalNews};

use super::Outgoing;
use super::outbox::Follow;
use crate::authority::terminal_right;
use crate::bell::Bell;
use crate::host::Host;
use crate::principal::Principal;
use crate::terminals::{Opened, Shape};

/// The most of a terminal's bytes in one frame: a vote behind it does not wait long.
const AT_ONCE: usize = 32 * 1024;

/// Gives what a terminal shows, from a cursor of its own: it never holds the terminal up.
pub(super) struct Screen {
    host: Host,
    principal: Principal,
    id: TerminalId,
    opened: Arc<Opened>,
    at: u64,
    head: watch::Receiver<TerminalHead>,
    shape: watch::Receiver<Shape>,
    world: Bell,
    told: Told,
}

#[derive(Default)]
struct Told {
    size: Option<TerminalSize>,
    exit: bool,
    gone: bool,
}

impl Screen {
    /// # Errors
    /// `not_found`: there is none.
    pub fn of(
        host: &Host,
        principal: Principal,
        (workspace, id): (WorkspaceId, TerminalId),
        from: u64,
    ) -> Result<Self, Failure> {
        let opened = host.inner.terminals.find(workspace, id)?;
        let (head, shape) = (opened.terminal.head(), opened.shape());
        let world = host.globe().bell();
        let host = host.clone();
        Ok(Self { host, principal, id, opened, at: from, head, shape, world, told: Told::default() })
    }

    /// GR3: the live grant, before each delivery.
    fn may_watch(&self) -> bool {
        let world = self.host.globe().now();
        terminal_right(&world, self.principal, self.opened.workspace) >= TerminalRight::View
    }

    fn news(&self, news: TerminalNews) -> Outgoing {
        let told = Notification::Terminal { terminal: self.id, news };
        Outgoing::Frame(wire::encode_notification(&told).into())
    }

    /// What there is to say now.
    fn look(&mut self) -> Option<Outgoing> {
        self.world.mark_unchanged();
        let shape = *self.shape.borrow_and_update();
        if shape.closed || !self.may_watch() {
            self.told.gone = true;
            return Some(self.news(TerminalNews::Gone));
        }
        if self.told.size.replace(shape.size) != Some(shape.size) {
            return Some(self.news(TerminalNews::Size { size: shape.size }));
        }
        // Before the bytes: what was shown before the end is behind it else.
        let head = self.head.borrow_and_update().clone();
        if let Some(frame) = self.bytes() {
            return Some(Outgoing::Bytes(frame));
        }
        let exit = head.exit.filter(|_| !self.told.exit)?;
        self.told.exit = true;
        Some(self.news(TerminalNews::Exited { exit }))
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        if let Output::Cut { oldest } = self.opened.terminal.read(self.at) {
            self.at = oldest;
        }
        let mut frame = Shown { terminal: self.id, at: self.at, bytes: &[] }.encode();
        let empty = frame.len();
        while let Output::Bytes(bytes) = self.opened.terminal.read(self.at) {
            frame.extend_from_slice(&bytes);
            self.at += bytes.len() as u64;
            if frame.len() >= AT_ONCE {
                break;
            }
        }
        (frame.len() > empty).then_some(frame)
    }

    /// `None`: nothing will change any more.
    async fn changed(&mut self) -> Option<()> {
        tokio::select! {
            biased;
            changed = self.world.changed() => changed.ok(),
            changed = self.shape.changed() => changed.ok(),
            changed = self.head.changed() => changed.ok(),
        }
    }
}

impl Follow for Screen {
    async fn next(&mut self) -> Option<Outgoing> {
        if self.told.gone {
            return None;
        }
        loop {
            if let Some(outgoing) = self.look() {
                return Some(outgoing);
            }
            self.changed().await?;
        }
    }
}
