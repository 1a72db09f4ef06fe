//! Shells that people have open here: whose each is, and how long. They live in memory and are in no log.

mod keeper;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::join_all;
use model::{
    CommandId, DisplayName, PersonId, TerminalId, TerminalRight, TerminalSize, Timestamp, WorkspaceId, limits,
};
use ports::terminal::{Terminal, TerminalError, TerminalStart};
use tokio::sync::watch;
use wire::{Failure, FailureCode, Reply, Request, TerminalRow, Typed};

pub(crate) use keeper::keep;

use crate::authority::{authorize, owns, terminal_right};
use crate::desk::Cause;
use crate::host::{Host, misplaced};
use crate::principal::Principal;
use crate::world::World;

#[derive(Default)]
pub(crate) struct Terminals {
    open: Mutex<BTreeMap<TerminalId, Arc<Opened>>>,
    /// One is opened after the other, so that nobody gets one too many.
    opening: tokio::sync::Mutex<()>,
}

/// A terminal, as long as anybody can read it.
pub(crate) struct Opened {
    id: TerminalId,
    pub workspace: WorkspaceId,
    pub terminal: Arc<dyn Terminal>,
    by: PersonId,
    at: Timestamp,
    /// That opened it: sent again it opens no other.
    command: CommandId,
    is_setup: bool,
    shape: watch::Sender<Shape>,
}

/// What changes about it beside its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub size: TerminalSize,
    pub closed: bool,
}

/// A terminal that is to be opened.
pub(crate) struct Wanted {
    pub workspace: WorkspaceId,
    pub size: TerminalSize,
    /// Of the owner's trust; a shell for whoever types where there is none.
    pub script: Option<String>,
}

impl Terminals {
    /// # Errors
    /// There is none of that id in that workspace.
    pub fn find(&self, workspace: WorkspaceId, id: TerminalId) -> Result<Arc<Opened>, Failure> {
        let found = self.all().get(&id).filter(|opened| opened.workspace == workspace).cloned();
        found.ok_or_else(Failure::not_found)
    }

    /// Takes out those that are to go. Who reads them is told at once; their shells end when they are awaited.
    fn close(&self, goes: impl Fn(&Opened) -> bool) -> Vec<Arc<Opened>> {
        let mut all = self.all();
        let closed: Vec<_> = all.values().filter(|opened| goes(opened)).cloned().collect();
        for opened in &closed {
            all.remove(&opened.id);
            opened.shape.send_modify(|shape| shape.closed = true);
        }
        closed
    }

    /// Every shell, with all that it started.
    pub async fn end(&self) {
        // One that is being opened comes out of it closed.
        let _in_turn = self.opening.lock().await;
        let closed = self.close(|_| true);
        join_all(closed.iter().map(|opened| opened.terminal.end())).await;
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<TerminalId, Arc<Opened>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    pub fn shape(&self) -> watch::Receiver<Shape> {
        self.shape.subscribe()
    }

    fn runs(&self) -> bool {
        self.terminal.head().borrow().exit.is_none()
    }

    /// TE7: whose it is may still type into it, by whichever connection.
    fn is_held(&self, world: &World) -> bool {
        let grant = world.grants.of(self.by, self.workspace);
        grant.is_some_and(|grant| grant.terminal == TerminalRight::Drive)
    }

    fn row(&self, world: &World) -> TerminalRow {
        TerminalRow {
            terminal: self.id,
            workspace: self.workspace,
            opened_by: self.by,
            name: name_of(world, self.by),
            opened_at: self.at,
            size: self.shape.borrow().size,
            is_setup: self.is_setup,
            exit: self.terminal.head().borrow().exit.clone(),
        }
    }
}

fn name_of(world: &World, person: PersonId) -> DisplayName {
    let member = world.grants.members.get(&person);
    member.map_or(&world.grants.owner_name, |member| &member.name).clone()
}

impl Host {
    pub(crate) fn terminals(&self, by: Principal, workspace: WorkspaceId) -> Reply {
        let world = self.globe().now();
        let all = self.inner.terminals.all();
        let mut here: Vec<_> = all.values().filter(|opened| opened.workspace == workspace).collect();
        here.sort_by_key(|opened| (opened.at, opened.id));
        let terminals = here.into_iter().map(|opened| opened.row(&world)).collect();
        Reply::Terminals { terminals, right: terminal_right(&world, by, workspace) }
    }

    pub(crate) async fn terminal_order(&self, cause: &Cause, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::OpenTerminal { workspace, size, .. } => {
                self.open_terminal(cause, Wanted { workspace, size, script: None }).await
            }
            Request::ResizeTerminal { workspace, terminal, size, .. } => {
                self.resize_terminal((workspace, terminal), size)
            }
            Request::CloseTerminal { workspace, terminal, .. } => {
                self.close_terminals(|it| it.id == terminal && it.workspace == workspace).await;
                Ok(Reply::Done)
            }
            _ => Err(misplaced()),
        }
    }

    /// Keys from a connection: the live grant decides (GR3), and nothing is awaited on the way, so that they
    /// arrive as they were typed (PA7).
    pub(crate) fn type_into(&self, by: Principal, typed: Typed<'_>) -> Result<(), Failure> {
        let opened = self.inner.terminals.all().get(&typed.terminal).cloned();
        let opened = opened.ok_or_else(Failure::not_found)?;
        match terminal_right(&self.globe().now(), by, opened.workspace) {
            TerminalRight::None => Err(Failure::not_found()),
            TerminalRight::View => {
                Err(Failure::new(FailureCode::Forbidden, "You may watch this terminal, not type into it."))
            }
            TerminalRight::Drive => opened.terminal.write(typed.bytes).map_err(|error| told(&error)),
        }
    }

    /// Closes them, and answers when their shells have ended.
    pub(crate) async fn close_terminals(&self, goes: impl Fn(&Opened) -> bool) {
        let closed = self.inner.terminals.close(goes);
        if closed.is_empty() {
            return;
        }
        self.globe().terminals_changed();
        join_all(closed.iter().map(|opened| opened.terminal.end())).await;
    }

    pub(crate) async fn open_terminal(&self, cause: &Cause, wanted: Wanted) -> Result<Reply, Failure> {
        let Wanted { workspace, size, script } = wanted;
        let terminals = &self.inner.terminals;
        let _in_turn = terminals.opening.lock().await;
        let by = cause.principal;
        if let Some(known) =
            terminals.all().values().find(|it| it.command == cause.command && it.by == by.person)
        {
            return Ok(Reply::Terminal { terminal: known.row(&self.globe().now()) });
        }
        let is_setup = script.is_some();
        if !is_setup {
            self.make_room(by.person)?;
        }
        let size = size.clamped();
        let terminal = self.start_terminal(by, Wanted { workspace, size, script }).await?;
        let parts = &self.inner.shared.parts;
        let opened = Arc::new(Opened {
            id: TerminalId(parts.ids.fresh()),
            workspace,
            terminal,
            by: by.person,
            at: parts.clock.now(),
            command: cause.command,
            is_setup,
            shape: watch::Sender::new(Shape { size, closed: false }),
        });
        terminals.all().insert(opened.id, Arc::clone(&opened));
        // GR3: what was lost while the shell started was lost before the keeper knew of it.
        if let Err(lost) = authorize(&self.globe().now(), by, &cause.need) {
            self.close_terminals(|it| it.id == opened.id).await;
            return Err(lost);
        }
        self.globe().terminals_changed();
        tokio::spawn(keeper::tell_of_the_end(Arc::downgrade(&self.inner), opened.terminal.head()));
        Ok(Reply::Terminal { terminal: opened.row(&self.globe().now()) })
    }

    /// TE2: those that have ended count for nothing, and go when there is a new one.
    fn make_room(&self, person: PersonId) -> Result<(), Failure> {
        let terminals = &self.inner.terminals;
        let counts = |it: &&Arc<Opened>| it.by == person && it.runs() && !it.is_setup;
        let theirs = terminals.all().values().filter(counts).count();
        if theirs >= limits::TERMINALS_PER_PERSON {
            let most = limits::TERMINALS_PER_PERSON;
            let message =
                format!("You have {most} terminals open, which is the most. Close one of them first.");
            return Err(Failure::new(FailureCode::TerminalsFull, message));
        }
        terminals.close(|it| it.by == person && !it.runs());
        Ok(())
    }

    async fn start_terminal(
        &self,
        by: Principal,
        Wanted { workspace, size, script }: Wanted,
    ) -> Result<Arc<dyn Terminal>, Failure> {
        let world = self.globe().now();
        let known = world.shelf.workspaces.get(&workspace).and_then(|it| it.path.clone());
        let worktree = known.ok_or_else(Failure::not_found)?.into();
        let owner = owns(&world, by);
        drop(world);
        let started = self.inner.shared.parts.terminals.open(TerminalStart { worktree, size, script }).await;
        started.map_err(|error| {
            tracing::warn!(%error, "no terminal could be opened");
            let failure = told(&error);
            // GR2: where things are on this machine is for its owner alone.
            if owner { Failure { message: error.to_string(), ..failure } } else { failure }
        })
    }

    fn resize_terminal(
        &self,
        (workspace, id): (WorkspaceId, TerminalId),
        size: TerminalSize,
    ) -> Result<Reply, Failure> {
        let opened = self.inner.terminals.find(workspace, id)?;
        let size = size.clamped();
        opened.terminal.resize(size).map_err(|error| told(&error))?;
        opened.shape.send_if_modified(|shape| std::mem::replace(&mut shape.size, size) != size);
        Ok(Reply::Done)
    }
}

fn told(error: &TerminalError) -> Failure {
    match error {
        TerminalError::NoFolder { .. } => Failure::new(
            FailureCode::PathMissing,
            "The folder of this workspace is not there any more, so no terminal was opened.",
        ),
        TerminalError::Start { .. } => Failure::new(
            FailureCode::TerminalFailed,
            "No shell could be started here. The log of the host says why.",
        ),
        TerminalError::Ended => Failure::new(FailureCode::TerminalEnded, error.to_string()),
        TerminalError::InputFull => Failure::new(FailureCode::InputFull, error.to_string()),
        TerminalError::Resize { .. } => Failure::new(FailureCode::TerminalFailed, error.to_string()),
    }
}
