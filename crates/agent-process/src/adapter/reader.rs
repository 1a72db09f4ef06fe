use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ports::agent::{AgentEvent, AgentEvents};
use serde_json::Value;
use tokio::time::{Instant, timeout};
use tracing::{debug, trace};

use super::{Conversation, Decoded, Protocol, Refused};
use crate::{Lines, ProcessError};

/// This many lines in a row that are no messages are no accident: it speaks something else.
const GARBAGE_IN_A_ROW: u32 = 100;

/// Why nothing more will come of the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    Closed,
    Incompatible,
}

/// The one that reads what the agent says.
pub struct Reader<P> {
    lines: Lines,
    conversation: Arc<Conversation<P>>,
    garbage_in_a_row: u32,
    /// Told during the handshake, while nobody listens yet.
    held: Vec<AgentEvent>,
}

impl<P: Protocol> Reader<P> {
    pub(super) fn new(lines: Lines, conversation: Arc<Conversation<P>>) -> Self {
        Self { lines, conversation, garbage_in_a_row: 0, held: Vec::new() }
    }

    pub fn conversation(&self) -> &Conversation<P> {
        &self.conversation
    }

    /// Told to the host as the first of all.
    pub fn hold(&mut self, event: Option<AgentEvent>) {
        self.held.extend(event);
    }

    /// Asks, and reads until the answer.
    ///
    /// # Errors
    /// When there will be none.
    pub async fn ask(
        &mut self,
        message: impl FnOnce(u64) -> Value + Send,
    ) -> Result<Result<Value, Refused>, Over> {
        let wanted = self.conversation.next_id();
        self.conversation.send(&message(wanted)).await.map_err(|_| Over::Closed)?;
        loop {
            let answers = self.hear_one().await?;
            if let Some((_, answer)) = answers.into_iter().find(|(id, _)| *id == wanted) {
                return Ok(answer);
            }
        }
    }

    /// Reads until nothing was said for the time `quiet`, at most for `longest`.
    ///
    /// # Errors
    /// When nothing more will come.
    pub async fn hear_out(&mut self, quiet: Duration, longest: Duration) -> Result<(), Over> {
        let end = Instant::now() + longest;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            let Ok(heard) = timeout(quiet.min(left), self.hear_one()).await else { break };
            heard?;
        }
        Ok(())
    }

    /// During the handshake: holds events back, and gives the answers.
    async fn hear_one(&mut self) -> Result<Vec<(u64, Result<Value, Refused>)>, Over> {
        let mut answers = Vec::new();
        for decoded in self.next().await? {
            match decoded {
                Decoded::Event(event) => self.held.push(event),
                Decoded::Send(message) => {
                    self.conversation.send(&message).await.map_err(|_| Over::Closed)?;
                }
                Decoded::Reply { id, answer } => answers.push((id, answer)),
            }
        }
        Ok(answers)
    }

    /// Passes on all that is said until the end of the process, and that.
    pub(super) async fn run(mut self, events: AgentEvents) {
        let over = self.pass_on(&events).await;
        if over == Over::Incompatible {
            self.conversation.end("The agent speaks something this program does not understand.").await;
        }
        let reason = self.conversation.farewell().await;
        self.conversation.close();
        let detail = self.conversation.last_words();
        let _ = events.send(AgentEvent::Exited { reason, detail }).await;
    }

    async fn pass_on(&mut self, events: &AgentEvents) -> Over {
        for event in std::mem::take(&mut self.held) {
            let _ = events.send(event).await;
        }
        loop {
            let decoded = match self.next().await {
                Ok(decoded) => decoded,
                Err(over) => return over,
            };
            for decoded in decoded {
                handle(&self.conversation, decoded, events).await;
            }
        }
    }

    /// What the next line says; lines that say nothing are skipped. Cancel safe.
    async fn next(&mut self) -> Result<Vec<Decoded>, Over> {
        loop {
            let line = match self.lines.next().await {
                Some(Ok(line)) => line,
                Some(Err(error @ ProcessError::LineTooLong { .. })) => {
                    debug!(%error, "skipped");
                    self.conversation.notes.too_long.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                Some(Err(error)) => {
                    debug!(%error, "the agent's output broke off");
                    return Err(Over::Closed);
                }
                None => return Err(Over::Closed),
            };
            trace!(line = %String::from_utf8_lossy(&line), "the agent says");
            match self.conversation.decoder().decode(&line) {
                Ok(decoded) => {
                    self.garbage_in_a_row = 0;
                    return Ok(decoded);
                }
                Err(error) => {
                    debug!(%error, "skipped");
                    self.conversation.notes.garbage.fetch_add(1, Ordering::Relaxed);
                    self.garbage_in_a_row += 1;
                }
            }
            if self.garbage_in_a_row > GARBAGE_IN_A_ROW {
                return Err(Over::Incompatible);
            }
        }
    }
}

async fn handle<P: Protocol>(conversation: &Conversation<P>, decoded: Decoded, events: &AgentEvents) {
    match decoded {
        Decoded::Event(event) => {
            // First, so that a host that is slow to listen is not taken for an agent that does not stop.
            if matches!(event, AgentEvent::TurnOver { .. } | AgentEvent::TurnFailed { .. }) {
                conversation.turn_over();
            }
            if matches!(event, AgentEvent::Mode(_)) {
                conversation.mode_told();
            }
            // A host that has let go of the channel has let go of the agent.
            let _ = events.send(with_last_words(conversation, event)).await;
        }
        // A closed pipe shows as the end of the process.
        Decoded::Send(message) => drop(conversation.send(&message).await),
        Decoded::Reply { id, answer } => conversation.settle(id, answer),
    }
}

fn with_last_words<P: Protocol>(conversation: &Conversation<P>, event: AgentEvent) -> AgentEvent {
    match event {
        AgentEvent::TurnFailed { turn, reason, detail } if detail.is_empty() => {
            AgentEvent::TurnFailed { turn, reason, detail: conversation.last_words() }
        }
        event => event,
    }
}
