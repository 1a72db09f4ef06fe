use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use model::limits::PARTIAL_FLUSH;
use model::{ItemId, StreamId};
use ports::event_store::PartialText;

// Half the limit: the other half is for the writer to come round to it (LO1).
const DUE: Duration = Duration::from_millis(PARTIAL_FLUSH.0 / 2);

/// Running texts that are newer than the disk. A text stays here until it is written, so that a full
/// disk loses none.
#[derive(Debug, Default)]
pub struct Pending(Mutex<Texts>);

#[derive(Debug, Default)]
struct Texts {
    newest: BTreeMap<(StreamId, ItemId), Arc<PartialText>>,
    /// When the first of them came, or the last attempt to write them failed.
    since: Option<Instant>,
}

/// Whether the writer knows already that texts wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    First,
    More,
}

impl Pending {
    pub fn note(&self, partial: PartialText) -> Noted {
        let mut texts = self.lock();
        texts.newest.insert((partial.stream, partial.item), Arc::new(partial));
        if texts.since.is_some() {
            return Noted::More;
        }
        texts.since = Some(Instant::now());
        Noted::First
    }

    pub fn due(&self) -> Option<Instant> {
        self.lock().since.map(|since| since + DUE)
    }

    pub fn all(&self) -> Vec<Arc<PartialText>> {
        self.lock().newest.values().cloned().collect()
    }

    pub fn of(&self, stream: StreamId) -> Vec<Arc<PartialText>> {
        self.all().into_iter().filter(|partial| partial.stream == stream).collect()
    }

    pub fn written(&self, written: &[Arc<PartialText>]) {
        let mut texts = self.lock();
        for partial in written {
            let key = (partial.stream, partial.item);
            if texts.newest.get(&key).is_some_and(|newest| Arc::ptr_eq(newest, partial)) {
                texts.newest.remove(&key);
            }
        }
        texts.since = (!texts.newest.is_empty()).then(Instant::now);
    }

    pub fn failed(&self) {
        self.lock().since = Some(Instant::now());
    }

    pub fn settled(&self, keys: &[(StreamId, ItemId)]) {
        let mut texts = self.lock();
        for key in keys {
            texts.newest.remove(key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Texts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
