//! What goes to one client: answers in the order they were given, and between them whatever its
//! subscriptions have to say. These read from their own cursors when the client can take more, in the
//! task that owns the client's socket: one wake for each delivery, and none for a client that is slow.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;
use futures_util::stream::{AbortHandle, abortable, unfold};
use tokio::sync::mpsc;

use super::Outgoing;

/// Frames that may wait for a slow socket before those who answer do.
pub(super) const WAITING: usize = 64;

/// The client's end.
pub struct Outbox {
    letters: mpsc::Receiver<Letter>,
    followed: Vec<Frames>,
    /// Subscriptions have had their turn, or wait to be asked for the first time.
    letters_next: bool,
}

/// The host's end.
#[derive(Clone)]
pub(super) struct Letters(mpsc::Sender<Letter>);

/// A subscription: gives its next frame when there is one, `None` when it is over.
pub(super) trait Follow: Send + 'static {
    fn next(&mut self) -> impl Future<Output = Option<Outgoing>> + Send;
}

type Frames = Pin<Box<dyn Stream<Item = Outgoing> + Send>>;

enum Letter {
    Out(Outgoing),
    Follow(Frames),
}

pub(super) fn outbox(waiting: usize) -> (Letters, Outbox) {
    let (sender, letters) = mpsc::channel(waiting);
    (Letters(sender), Outbox { letters, followed: Vec::new(), letters_next: false })
}

impl Letters {
    pub async fn frame(&self, frame: String) {
        self.send(Letter::Out(Outgoing::Frame(frame.into()))).await;
    }

    pub async fn bytes(&self, frame: Vec<u8>) {
        self.send(Letter::Out(Outgoing::Bytes(frame))).await;
    }

    pub async fn close(&self, code: wire::CloseCode) {
        self.send(Letter::Out(Outgoing::Close(code))).await;
    }

    /// Its first frame goes out after everything that was sent before.
    pub async fn follow(&self, subscription: impl Follow) -> AbortHandle {
        let frames = unfold(subscription, |mut it| async move { Some((it.next().await?, it)) });
        let (frames, handle) = abortable(frames);
        self.send(Letter::Follow(Box::pin(frames))).await;
        handle
    }

    async fn send(&self, letter: Letter) {
        // A client that is gone is noticed by its inbox.
        self.0.send(letter).await.ok();
    }
}

impl Outbox {
    /// The next frame for the client; `None` when the host has let go. Cancel safe.
    pub async fn recv(&mut self) -> Option<Outgoing> {
        std::future::poll_fn(|task| self.poll(task)).await
    }

    /// By turns, so that neither waits for the other's end. What an answered command brought about was
    /// there before the answer, and so comes first.
    fn poll(&mut self, task: &mut Context<'_>) -> Poll<Option<Outgoing>> {
        if !self.letters_next
            && let Poll::Ready(frame) = self.poll_followed(task)
        {
            return Poll::Ready(Some(frame));
        }
        loop {
            match self.letters.poll_recv(task) {
                Poll::Ready(Some(Letter::Out(outgoing))) => {
                    self.letters_next = false;
                    return Poll::Ready(Some(outgoing));
                }
                Poll::Ready(Some(Letter::Follow(frames))) => {
                    self.followed.push(frames);
                    self.letters_next = true;
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => break,
            }
        }
        match std::mem::take(&mut self.letters_next) {
            true => self.poll_followed(task).map(Some),
            false => Poll::Pending,
        }
    }

    fn poll_followed(&mut self, task: &mut Context<'_>) -> Poll<Outgoing> {
        let mut nth = 0;
        while let Some(frames) = self.followed.get_mut(nth) {
            match frames.as_mut().poll_next(task) {
                Poll::Ready(Some(frame)) => {
                    // Those behind it come first next time.
                    self.followed[nth..].rotate_left(1);
                    self.letters_next = true;
                    return Poll::Ready(frame);
                }
                Poll::Ready(None) => drop(self.followed.remove(nth)),
                Poll::Pending => nth += 1,
            }
        }
        Poll::Pending
    }
}
