use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::{ConnectionId, DeviceId, PersonId};

use crate::principal::Principal;

/// Who is connected right now, for the owner's lists.
#[derive(Default)]
pub(crate) struct Lobby(Mutex<BTreeMap<ConnectionId, Principal>>);

/// One connection's place; dropping it gives it up.
pub(crate) struct Seat {
    lobby: Arc<Lobby>,
    connection: ConnectionId,
}

impl Lobby {
    pub fn enter(self: &Arc<Self>, connection: ConnectionId, principal: Principal) -> Seat {
        self.lock().insert(connection, principal);
        Seat { lobby: Arc::clone(self), connection }
    }

    pub fn has_person(&self, person: PersonId) -> bool {
        self.lock().values().any(|principal| principal.person == person)
    }

    pub fn has_device(&self, device: DeviceId) -> bool {
        self.lock().values().any(|principal| principal.device == Some(device))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<ConnectionId, Principal>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.lobby.lock().remove(&self.connection);
    }
}
