use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{Span, TurnId};
use ports::agent::{AgentError, AgentPrompt, AgentStart};
use serde_json::Value;
use tokio::sync::{oneshot, watch};

use super::{Protocol, Refused, start};
use crate::{Input, Process};

/// Between asking the tree to end and killing it: time to write a session to disk.
const STOP_GRACE: Duration = Duration::from_secs(1);
/// How much of stderr goes into an event.
const LAST_WORDS: usize = 4 * 1024;

/// What is shared by those who write to the agent and the one that reads.
pub struct Conversation<P> {
    process: Process,
    input: Input,
    decoder: Mutex<P>,
    /// Our requests that wait for an answer.
    waiting: Mutex<BTreeMap<u64, oneshot::Sender<Result<Value, Refused>>>>,
    next_id: AtomicU64,
    /// For an answer that needs no model.
    patience: Duration,
    cancel_grace: Duration,
    /// The turn whose prompt has no answer yet, for those who wait for its end.
    running: watch::Sender<Option<TurnId>>,
    /// A turn that was stopped while its prompt was still on its way here.
    stopped_early: Mutex<Option<TurnId>>,
    /// Changes when the agent tells its mode.
    mode: watch::Sender<()>,
    /// Why the process was ended by us.
    ending: Mutex<Option<String>>,
    pub(super) notes: Notes,
}

/// Faults of the agent's output, shown behind its stderr.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub garbage: AtomicU64,
    pub too_long: AtomicU64,
}

impl<P: Protocol> Conversation<P> {
    pub(super) fn new(process: Process, input: Input, start: &AgentStart) -> Arc<Self> {
        Arc::new(Self {
            process,
            input,
            decoder: Mutex::new(P::new(start, start::veil(start))),
            waiting: Mutex::default(),
            next_id: AtomicU64::new(0),
            patience: duration(start.limits.handshake),
            cancel_grace: duration(start.limits.cancel_grace),
            running: watch::Sender::new(None),
            stopped_early: Mutex::default(),
            mode: watch::Sender::new(()),
            ending: Mutex::default(),
            notes: Notes::default(),
        })
    }

    /// Held for one step only, never over an await.
    pub fn decoder(&self) -> MutexGuard<'_, P> {
        lock(&self.decoder)
    }

    pub(super) fn process(&self) -> &Process {
        &self.process
    }

    /// For [`ports::agent::AgentReady::process`].
    pub fn process_text(&self) -> String {
        start::process_text(self.process.mark())
    }

    pub(super) fn next_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    /// # Errors
    /// [`AgentError::Gone`] when it takes no more input.
    pub async fn send(&self, message: &Value) -> Result<(), AgentError> {
        self.input.send_line(message.to_string().as_bytes()).await.map_err(|_| AgentError::Gone)
    }

    pub(super) async fn send_all(&self, messages: Vec<Value>) -> Result<(), AgentError> {
        for message in messages {
            self.send(&message).await?;
        }
        Ok(())
    }

    /// Writes a request, made with a fresh id, and waits for its answer as long as for a handshake. `None`: it did
    /// not come.
    ///
    /// # Errors
    /// [`AgentError::Gone`] when nobody will answer any more.
    pub async fn request(
        &self,
        message: impl FnOnce(u64) -> Value + Send,
    ) -> Result<Option<Result<Value, Refused>>, AgentError> {
        let id = self.next_id();
        let (answer, answered) = oneshot::channel();
        lock(&self.waiting).insert(id, answer);
        let answer = async {
            self.send(&message(id)).await?;
            answered.await.map_err(|_| AgentError::Gone)
        };
        tokio::time::timeout(self.patience, answer).await.map_or(Ok(None), |answer| answer.map(Some))
    }

    pub(super) fn settle(&self, id: u64, answer: Result<Value, Refused>) {
        if let Some(waiting) = lock(&self.waiting).remove(&id) {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(answer);
        }
    }

    /// Nobody will answer any more.
    pub(super) fn close(&self) {
        lock(&self.waiting).clear();
        self.running.send_replace(None);
    }

    /// Changes whenever the agent tells its mode.
    pub fn modes_told(&self) -> watch::Receiver<()> {
        self.mode.subscribe()
    }

    pub(super) fn mode_told(&self) {
        self.mode.send_replace(());
    }

    pub(super) fn turn_over(&self) {
        self.running.send_replace(self.decoder().running());
    }

    pub(super) async fn end(&self, reason: &str) {
        lock(&self.ending).get_or_insert_with(|| reason.to_owned());
        self.process.stop(STOP_GRACE).await;
    }

    /// Why the process is gone, as a sentence.
    pub(super) async fn farewell(&self) -> String {
        if tokio::time::timeout(STOP_GRACE, self.process.wait()).await.is_err() {
            self.end("The agent closed its output and was ended.").await;
        }
        let exit = self.process.wait().await;
        if let Some(reason) = lock(&self.ending).clone() {
            return reason;
        }
        match (exit.code, exit.signal) {
            (Some(code), _) => format!("The agent's program ended with code {code}."),
            (None, Some(signal)) => format!("The agent's program was ended by signal {signal}."),
            (None, None) => "The agent's program ended.".to_owned(),
        }
    }

    /// The end of [`Conversation::stderr`], short enough for an event.
    pub(super) fn last_words(&self) -> String {
        let tail = self.stderr();
        let from = tail.ceil_char_boundary(tail.len().saturating_sub(LAST_WORDS));
        tail[from..].trim().to_owned()
    }

    /// The agent's stderr and what was wrong with its stdout, without secrets (LO8).
    pub(super) fn stderr(&self) -> String {
        let mut tail = self.decoder().veil().text(&self.process.stderr_tail());
        let garbage = self.notes.garbage.load(Ordering::Relaxed);
        if garbage > 0 {
            tail.push_str(&format!("\n[{garbage} lines of its output were no messages and were skipped]"));
        }
        let too_long = self.notes.too_long.load(Ordering::Relaxed);
        if too_long > 0 {
            tail.push_str(&format!("\n[{too_long} lines of its output were too long and were skipped]"));
        }
        tail
    }

    pub(super) async fn prompt(self: Arc<Self>, turn: TurnId, prompt: AgentPrompt) -> Result<(), AgentError> {
        let id = self.next_id();
        // TU1, TU7
        let Some(message) = self.decoder().prompt(id, turn, &prompt) else {
            return Err(AgentError::NotStarted { detail: "It is still busy with another turn.".to_owned() });
        };
        self.running.send_replace(Some(turn));
        let is_stopped = lock(&self.stopped_early).take() == Some(turn);
        if is_stopped {
            tokio::spawn(self.clone().end_unless_over(turn));
        }
        self.send(&message).await?;
        let stop = if is_stopped { self.decoder().stop(turn) } else { None };
        self.send_all(stop.unwrap_or_default()).await
    }

    pub(super) async fn cancel(self: Arc<Self>, turn: TurnId) -> Result<(), AgentError> {
        let Some(messages) = self.stop(turn) else {
            return Ok(());
        };
        // First the deadline: an agent that does not read would hold up the writing (TU5).
        tokio::spawn(self.clone().end_unless_over(turn));
        self.send_all(messages).await
    }

    /// `None`: it is over, or its prompt is still to come and will be stopped as soon as it is written.
    fn stop(&self, turn: TurnId) -> Option<Vec<Value>> {
        let mut early = lock(&self.stopped_early);
        let messages = self.decoder().stop(turn);
        *early = messages.is_none().then_some(turn);
        messages
    }

    async fn end_unless_over(self: Arc<Self>, turn: TurnId) {
        let mut running = self.running.subscribe();
        let over = running.wait_for(|running| *running != Some(turn));
        if tokio::time::timeout(self.cancel_grace, over).await.is_err() {
            let grace = self.cancel_grace.as_secs();
            self.end(&format!("The agent did not stop within {grace} s and was ended.")).await;
        }
    }
}

pub(super) fn duration(span: Span) -> Duration {
    Duration::from_millis(span.0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
