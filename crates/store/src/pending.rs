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
    /// When the first came that was not taken yet, or the last attempt to write them failed.
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

    /// To write them. They stay until they are [`Self::written`], and wait no more unless it
    /// [`Self::failed`].
    pub fn take(&self) -> Vec<Arc<PartialText>> {
        let mut texts = self.lock();
        texts.since = None;
        texts.newest.values().cloned().collect()
    }

    pub fn of(&self, stream: StreamId) -> Vec<Arc<PartialText>> {
        self.lock().newest.values().filter(|partial| partial.stream == stream).cloned().collect()
    }

    pub fn written(&self, written: &[Arc<PartialText>]) {
        let mut texts = self.lock();
        for partial in written {
            let key = (partial.stream, partial.item);
            if texts.newest.get(&key).is_some_and(|newest| Arc::ptr_eq(newest, partial)) {
                texts.newest.remove(&key);
            }
        }
    }

    /// They are due again later.
    pub fn failed(&self) {
        self.lock().since.get_or_insert_with(Instant::now);
    }

    pub fn settled(&self, keys: &[(StreamId, ItemId)]) {
        let mut texts = self.lock();
        for key in keys {
            texts.newest.remove(key);
        }
        if texts.newest.is_empty() {
            texts.since = None;
        }
    }

    /// Of a stream that is gone.
    pub fn forget(&self, stream: StreamId) {
        let mut texts = self.lock();
        texts.newest.retain(|(of, _), _| *of != stream);
        if texts.newest.is_empty() {
            texts.since = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Texts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ports::contract::{partial, session};

    #[test]
    fn lo1_a_text_that_grew_while_it_was_written_waits_from_then_on() {
        let pending = Pending::default();
        assert_eq!(pending.note(partial(session(1), 1, 1)), Noted::First);
        assert_eq!(pending.note(partial(session(1), 1, 2)), Noted::More);
        let taken = pending.take();
        assert_eq!(pending.due(), None);
        assert_eq!(pending.note(partial(session(1), 1, 3)), Noted::First);
        let due = pending.due();
        pending.written(&taken);
        assert_eq!(pending.due(), due);
        assert_eq!(*pending.take()[0], partial(session(1), 1, 3));
    }

    #[test]
    fn a_written_text_waits_no_more_and_a_failed_one_again() {
        let pending = Pending::default();
        pending.note(partial(session(1), 1, 1));
        let taken = pending.take();
        pending.failed();
        assert!(pending.due().is_some());
        assert_eq!(pending.take(), taken);
        pending.written(&taken);
        assert_eq!((pending.take().len(), pending.due()), (0, None));
    }

    #[test]
    fn a_settled_text_is_due_no_more() {
        let pending = Pending::default();
        let text = partial(session(1), 1, 1);
        pending.note(text.clone());
        pending.settled(&[(text.stream, text.item)]);
        assert_eq!((pending.take().len(), pending.due()), (0, None));
    }
}
