//! A bell for many. Those who wait for it are woken in the order in which they began to; a `watch` picks
//! them at random, and then the same door event would be told to rooms and connections in another order
//! each time.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::Notify;

/// Rings it. When this is dropped, nobody waits any more.
#[derive(Default)]
pub(crate) struct Ringer(Arc<Rope>);

/// One who hears it: each ring since the last that was heard, as one.
pub(crate) struct Bell {
    rope: Arc<Rope>,
    heard: Option<u64>,
}

/// It will not ring again.
#[derive(Debug)]
pub(crate) struct Silent;

#[derive(Default)]
struct Rope {
    rung: AtomicU64,
    silent: AtomicBool,
    waiting: Notify,
}

impl Ringer {
    pub fn ring(&self) {
        self.0.rung.fetch_add(1, Ordering::AcqRel);
        self.0.waiting.notify_waiters();
    }

    /// Hears what rings from now on.
    pub fn bell(&self) -> Bell {
        let heard = self.0.rung.load(Ordering::Acquire);
        Bell { rope: Arc::clone(&self.0), heard: Some(heard) }
    }
}

impl Drop for Ringer {
    fn drop(&mut self) {
        self.0.silent.store(true, Ordering::Release);
        self.0.waiting.notify_waiters();
    }
}

impl Bell {
    /// Cancel safe.
    ///
    /// # Errors
    /// It will not ring again.
    pub async fn changed(&mut self) -> Result<(), Silent> {
        loop {
            let mut ring = pin!(self.rope.waiting.notified());
            // From here on no ring is missed, and then it is looked whether there was one.
            ring.as_mut().enable();
            let rung = Some(self.rope.rung.load(Ordering::Acquire));
            if rung != self.heard {
                self.heard = rung;
                return Ok(());
            }
            if self.rope.silent.load(Ordering::Acquire) {
                return Err(Silent);
            }
            ring.await;
        }
    }

    /// As if it had just rung.
    pub fn mark_changed(&mut self) {
        self.heard = None;
    }

    pub fn mark_unchanged(&mut self) {
        self.heard = Some(self.rope.rung.load(Ordering::Acquire));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_are_woken_in_the_order_in_which_they_waited() {
        let ringer = Ringer::default();
        let (heard, mut order) = tokio::sync::mpsc::unbounded_channel();
        for nth in 0..20 {
            let (mut bell, heard) = (ringer.bell(), heard.clone());
            tokio::spawn(async move {
                bell.changed().await.unwrap();
                heard.send(nth).unwrap();
            });
        }
        tokio::task::yield_now().await;
        ringer.ring();
        for nth in 0..20 {
            assert_eq!(order.recv().await, Some(nth));
        }
    }

    #[tokio::test]
    async fn a_ring_is_heard_once_and_never_missed() {
        let ringer = Ringer::default();
        let mut bell = ringer.bell();
        ringer.ring();
        ringer.ring();
        bell.changed().await.unwrap();
        ringer.ring();
        bell.mark_unchanged();
        bell.mark_changed();
        bell.changed().await.unwrap();
        drop(ringer);
        bell.changed().await.unwrap_err();
    }
}
