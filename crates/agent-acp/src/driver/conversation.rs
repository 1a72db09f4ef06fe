use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use agent_process::{Input, Process};
use model::{PermissionAnswer, PlanVerdict, TurnId};
use ports::Later;
use ports::agent::{Agent, AgentError, AgentStart, ReasonCarried, RequestKey};
use serde_json::{Value, json};
use tokio::sync::{Notify, oneshot, watch};

use super::{duration, launch};
use crate::decoder::{Decoder, Modes, Refused};

/// Between asking the tree to end and killing it: time to write a session to disk.
const STOP_GRACE: Duration = Duration::from_secs(1);
/// A report of the mode can come after the answer to setting it, but not long.
const MODE_REPORT: Duration = Duration::from_millis(500);
/// How much of stderr goes into an event.
const LAST_WORDS: usize = 4 * 1024;

/// What is shared by those who write to the agent and the one that reads.
pub struct Conversation {
    process: Process,
    input: Input,
    decoder: Mutex<Decoder>,
    /// Our requests that wait for an answer.
    waiting: Mutex<BTreeMap<u64, oneshot::Sender<Result<Value, Refused>>>>,
    next_id: AtomicU64,
    id: Mutex<Option<String>>,
    /// For an answer that needs no model.
    patience: Duration,
    cancel_grace: Duration,
    /// The turn whose prompt has no answer yet, for those who wait for its end.
    pub running: watch::Sender<Option<TurnId>>,
    /// A turn that was stopped while its prompt was still on its way here.
    stopped_early: Mutex<Option<TurnId>>,
    /// Changes when the agent tells its mode.
    pub mode: watch::Sender<()>,
    /// Why the process was ended by us.
    ending: Mutex<Option<String>>,
    pub notes: Notes,
}

/// Faults of the agent's output, shown behind its stderr.
#[derive(Debug, Default)]
pub struct Notes {
    pub garbage: AtomicU64,
    pub too_long: AtomicU64,
}

impl Conversation {
    pub fn new(process: Process, input: Input, start: &AgentStart) -> Arc<Self> {
        Arc::new(Self {
            process,
            input,
            decoder: Mutex::new(Decoder::new(launch::veil(start))),
            waiting: Mutex::default(),
            next_id: AtomicU64::new(0),
            id: Mutex::default(),
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
    pub fn decoder(&self) -> MutexGuard<'_, Decoder> {
        lock(&self.decoder)
    }

    pub fn process(&self) -> &Process {
        &self.process
    }

    pub fn open(&self, id: &str) {
        *lock(&self.id) = Some(id.to_owned());
    }

    pub fn next_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    pub async fn send(&self, message: &Value) -> Result<(), AgentError> {
        self.input.send_line(message.to_string().as_bytes()).await.map_err(|_| AgentError::Gone)
    }

    pub fn settle(&self, id: u64, answer: Result<Value, Refused>) {
        if let Some(waiting) = lock(&self.waiting).remove(&id) {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(answer);
        }
    }

    /// Nobody will answer any more.
    pub fn close(&self) {
        lock(&self.waiting).clear();
        self.running.send_replace(None);
    }

    pub async fn end(&self, reason: &str) {
        lock(&self.ending).get_or_insert_with(|| reason.to_owned());
        self.process.stop(STOP_GRACE).await;
    }

    /// Why the process is gone, as a sentence.
    pub async fn farewell(&self) -> String {
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
    pub fn last_words(&self) -> String {
        let tail = self.stderr();
        let from = tail.ceil_char_boundary(tail.len().saturating_sub(LAST_WORDS));
        tail[from..].trim().to_owned()
    }

    /// The agent's stderr and what was wrong with its stdout, without secrets (LO8).
    pub fn stderr(&self) -> String {
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

    fn params(&self, more: Value) -> Value {
        let mut params = json!({"sessionId": *lock(&self.id)});
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        params
    }

    async fn request(&self, method: &str, params: Value) -> Result<Result<Value, Refused>, AgentError> {
        let id = self.next_id();
        let (answer, answered) = oneshot::channel();
        lock(&self.waiting).insert(id, answer);
        self.send(&request(id, method, params)).await?;
        answered.await.map_err(|_| AgentError::Gone)
    }

    async fn set_mode(&self, mode: String) -> Result<(), AgentError> {
        let Modes { offered, current, option } = self.decoder().modes().clone();
        if current.as_ref() == Some(&mode) {
            return Ok(());
        }
        if !offered.contains(&mode) {
            return Err(refused(mode, current));
        }
        let (method, params) = match option {
            Some(option) => ("session/set_config_option", json!({"configId": option, "value": mode})),
            None => ("session/set_mode", json!({"modeId": mode})),
        };
        let asked = self.request(method, self.params(params));
        let answer = match tokio::time::timeout(self.patience, asked).await {
            Ok(Ok(Ok(answer))) => answer,
            Ok(Err(gone)) => return Err(gone),
            Ok(Ok(Err(_))) | Err(_) => return Err(refused(mode, current)),
        };
        self.decoder().configured(&answer);
        // GR5: only what the agent itself says of its mode counts.
        let mut told = self.mode.subscribe();
        let is_wanted = |_: &()| self.decoder().modes().current.as_ref() == Some(&mode);
        let confirmed = tokio::time::timeout(MODE_REPORT, told.wait_for(is_wanted)).await;
        match confirmed {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(refused(mode, self.decoder().modes().current.clone())),
        }
    }

    async fn prompt(self: Arc<Self>, turn: TurnId, text: String) -> Result<(), AgentError> {
        let id = self.next_id();
        // TU1, TU7
        if !self.decoder().begin_turn(id, turn) {
            return Err(AgentError::NotStarted { detail: "It is still busy with another turn.".to_owned() });
        }
        self.running.send_replace(Some(turn));
        let params = self.params(json!({"prompt": [{"type": "text", "text": text}]}));
        let is_stopped = lock(&self.stopped_early).take() == Some(turn);
        if is_stopped {
            tokio::spawn(self.clone().end_unless_over(turn));
        }
        self.send(&request(id, "session/prompt", params)).await?;
        let stop = if is_stopped { self.decoder().stop(turn) } else { None };
        for message in stop.into_iter().flatten() {
            self.send(&message).await?;
        }
        Ok(())
    }

    async fn cancel(self: Arc<Self>, turn: TurnId) -> Result<(), AgentError> {
        let Some(messages) = self.stop(turn) else {
            return Ok(());
        };
        // First the deadline: an agent that does not read would hold up the writing (TU5).
        tokio::spawn(self.clone().end_unless_over(turn));
        for message in messages {
            self.send(&message).await?;
        }
        Ok(())
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

    async fn reply(&self, message: Option<Value>) -> Result<(), AgentError> {
        match message {
            Some(message) => self.send(&message).await,
            // Withdrawn, or its turn is over: there is nobody to tell.
            None => Ok(()),
        }
    }
}

pub fn request(id: u64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn refused(wanted: String, actual: Option<String>) -> AgentError {
    AgentError::ModeRefused { wanted, actual: actual.unwrap_or_else(|| "no mode it tells".to_owned()) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The host's hold on the agent.
pub struct AcpAgent {
    conversation: Arc<Conversation>,
    dropped: Arc<Notify>,
}

impl AcpAgent {
    pub fn new(conversation: Arc<Conversation>) -> Self {
        let dropped = Arc::new(Notify::new());
        tokio::spawn(end_when_dropped(conversation.clone(), dropped.clone()));
        Self { conversation, dropped }
    }
}

async fn end_when_dropped(conversation: Arc<Conversation>, dropped: Arc<Notify>) {
    tokio::select! {
        () = dropped.notified() => conversation.end("The agent was let go.").await,
        _ = conversation.process().wait() => {}
    }
}

impl Drop for AcpAgent {
    fn drop(&mut self) {
        self.dropped.notify_one();
    }
}

impl Agent for AcpAgent {
    fn set_mode(&self, mode: String) -> Later<'_, Result<(), AgentError>> {
        Box::pin(self.conversation.set_mode(mode))
    }

    fn prompt(&self, turn: TurnId, text: String) -> Later<'_, Result<(), AgentError>> {
        Box::pin(self.conversation.clone().prompt(turn, text))
    }

    fn cancel(&self, turn: TurnId) -> Later<'_, Result<(), AgentError>> {
        Box::pin(self.conversation.clone().cancel(turn))
    }

    fn answer_permission(
        &self,
        key: RequestKey,
        answer: PermissionAnswer,
    ) -> Later<'_, Result<(), AgentError>> {
        let message = self.conversation.decoder().answer_permission(&key, answer);
        Box::pin(self.conversation.reply(message))
    }

    fn answer_plan(
        &self,
        key: RequestKey,
        verdict: PlanVerdict,
    ) -> Later<'_, Result<ReasonCarried, AgentError>> {
        let message = self.conversation.decoder().answer_plan(&key, &verdict);
        // An ACP answer is one of the agent's options and nothing else (BA12).
        let carried = match verdict {
            PlanVerdict::Approved => ReasonCarried::Yes,
            PlanVerdict::Denied { .. } => ReasonCarried::No,
        };
        Box::pin(async move { self.conversation.reply(message).await.map(|()| carried) })
    }

    fn answer_question(
        &self,
        key: RequestKey,
        answers: BTreeMap<String, Vec<String>>,
    ) -> Later<'_, Result<(), AgentError>> {
        let message = self.conversation.decoder().answer_question(&key, &answers);
        Box::pin(self.conversation.reply(message))
    }

    fn stop(&self) -> Later<'_, ()> {
        Box::pin(self.conversation.end("The agent was stopped."))
    }

    fn stderr_tail(&self) -> String {
        self.conversation.stderr()
    }
}
