use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use door::Grants;
use model::{PersonId, SessionId, WorkspaceId};

use crate::bell::{Bell, Ringer};
use crate::desk::Shelf;

/// What everybody's authority is read from, immediately before each decision and delivery (GR3).
#[derive(Clone)]
pub(crate) struct World {
    pub grants: Grants,
    pub shelf: Arc<Shelf>,
    /// What is wrong with the host itself.
    pub warnings: Arc<[String]>,
}

impl World {
    pub fn workspace_of(&self, session: SessionId) -> Option<WorkspaceId> {
        self.shelf.sessions.get(&session).map(|known| known.workspace)
    }

    pub fn sees_session(&self, person: PersonId, session: SessionId) -> bool {
        self.workspace_of(session).is_some_and(|workspace| self.grants.sees(person, workspace))
    }

    /// Workspaces that `person` may see at all.
    pub fn visible(&self, person: PersonId) -> impl Iterator<Item = WorkspaceId> {
        let all: &BTreeMap<WorkspaceId, _> = &self.shelf.workspaces;
        all.keys().copied().filter(move |workspace| self.grants.sees(person, *workspace))
    }
}

/// The current [`World`] and a bell that rings when it is replaced.
pub(crate) struct Globe {
    current: ArcSwap<World>,
    changed: Ringer,
    /// Of the owner's pages; 0 where none was kept.
    layout: AtomicU64,
    /// How often agents have said something new of themselves.
    catalogue: AtomicU64,
    /// How often a terminal was opened or closed, or ended.
    terminals: AtomicU64,
}

impl Globe {
    pub fn new(world: World) -> Self {
        Self {
            current: ArcSwap::from_pointee(world),
            changed: Ringer::default(),
            catalogue: AtomicU64::default(),
            layout: AtomicU64::default(),
            terminals: AtomicU64::default(),
        }
    }

    pub fn now(&self) -> arc_swap::Guard<Arc<World>> {
        self.current.load()
    }

    pub fn replace(&self, world: World) {
        self.current.store(Arc::new(world));
        self.changed.ring();
    }

    /// What is known of the agents is another thing now.
    pub fn catalogue_changed(&self) {
        self.catalogue.fetch_add(1, Ordering::AcqRel);
        self.changed.ring();
    }

    pub fn terminals_changed(&self) {
        self.terminals.fetch_add(1, Ordering::AcqRel);
        self.changed.ring();
    }

    pub fn terminals(&self) -> u64 {
        self.terminals.load(Ordering::Acquire)
    }

    pub fn layout_is(&self, revision: u64) {
        self.layout.store(revision, Ordering::Release);
        self.changed.ring();
    }

    pub fn layout(&self) -> Option<u64> {
        Some(self.layout.load(Ordering::Acquire)).filter(|revision| *revision > 0)
    }

    pub fn catalogue(&self) -> u64 {
        self.catalogue.load(Ordering::Acquire)
    }

    pub fn bell(&self) -> Bell {
        self.changed.bell()
    }
}
