//! The agents' processes of all sessions: how many there are, and which has been idle longest (AG2).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::limits;
use tokio::time::Instant;

/// Asks the session of a process to close it, if it is still idle.
type Ask = Box<dyn Fn() + Send + Sync>;

#[derive(Default)]
pub(crate) struct Pool {
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    given: u64,
    taken: BTreeMap<u64, Taken>,
}

struct Taken {
    idle: Option<Instant>,
    ask: Ask,
}

/// One process's place; it is free again when this is dropped.
pub(crate) struct Place {
    pool: Arc<Pool>,
    number: u64,
}

impl Pool {
    /// A process that is about to work. It gets its place in any case: a turn never waits for another's.
    pub fn take(self: &Arc<Self>, ask: impl Fn() + Send + Sync + 'static) -> Place {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.given += 1;
        let number = places.given;
        places.taken.insert(number, Taken { idle: None, ask: Box::new(ask) });
        places.make_room();
        Place { pool: Arc::clone(self), number }
    }
}

impl Places {
    fn make_room(&self) {
        if self.taken.len() <= limits::WARM_AGENTS {
            return;
        }
        let idle = self.taken.values().filter_map(|taken| Some((taken.idle?, taken)));
        if let Some((_, longest)) = idle.min_by_key(|(since, _)| *since) {
            (longest.ask)();
        }
    }
}

impl Place {
    /// Since when nobody has asked anything of it; `None` while it works.
    pub fn is_idle_since(&self, idle: Option<Instant>) {
        let mut places = self.pool.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = places.taken.get_mut(&self.number) {
            taken.idle = idle;
        }
        places.make_room();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.pool.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.taken.remove(&self.number);
    }
}
