//! What every adapter does with its agent's program, whatever that speaks: start it, shake hands in time, read it
//! line by line, stop its turn within the grace, and say how it ended.

mod agent;
mod conversation;
mod reader;
mod start;

use std::collections::BTreeMap;
use std::fmt::Display;

use model::{PermissionAnswer, PlanVerdict, PromptId, TurnId};
use ports::agent::{
    AgentError, AgentEvent, AgentEvents, AgentPrompt, AgentReady, AgentStart, AgentStarted, ModelChoice,
    ReasonCarried, RequestKey,
};
use serde_json::Value;

use crate::veil::Veil;
use crate::{Process, end_leftover};

pub use conversation::Conversation;
pub use reader::{Over, Reader};

use agent::HeldAgent;

/// What an agent says and understands. All but the last three is pure.
pub trait Protocol: Send + Sized + 'static {
    /// Why a line was not understood. It is skipped.
    type Unread: Display;

    fn new(start: &AgentStart, veil: Veil) -> Self;
    fn veil(&self) -> &Veil;
    fn decode(&mut self, line: &[u8]) -> Result<Vec<Decoded>, Self::Unread>;
    fn running(&self) -> Option<TurnId>;

    /// The message that begins the turn; its answer will name this id. `None` while another turn runs.
    fn prompt(&mut self, id: u64, turn: TurnId, prompt: &AgentPrompt) -> Option<Value>;
    /// The message that joins the running turn, of an agent that says it can be steered. `None` when it is over.
    fn steer(&mut self, turn: TurnId, prompt: PromptId, words: &AgentPrompt) -> Option<Value> {
        let _ = (turn, prompt, words);
        None
    }
    /// Stops the turn: the messages to write. `None` when it does not run.
    fn stop(&mut self, turn: TurnId) -> Option<Vec<Value>>;
    /// No message where the request is no longer open, here and below.
    fn answer_permission(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Vec<Value>;
    /// A reject, with words for the agent where its protocol carries them.
    fn refuse_permission(&mut self, key: &RequestKey, words: &str) -> Vec<Value>;
    /// With whether the reason of a deny goes along (BA12).
    fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict) -> (Vec<Value>, ReasonCarried);
    fn answer_question(&mut self, key: &RequestKey, answers: &BTreeMap<String, Vec<String>>) -> Vec<Value>;

    /// From the first word to a conversation. The time for it is kept by [`begin`].
    fn shake(
        reader: &mut Reader<Self>,
        start: &AgentStart,
    ) -> impl Future<Output = Result<AgentReady, Failed>> + Send;
    /// Sets the mode and reads it back (GR5).
    fn set_mode(
        conversation: &Conversation<Self>,
        mode: String,
    ) -> impl Future<Output = Result<(), AgentError>> + Send;
    fn set_model(
        conversation: &Conversation<Self>,
        choice: ModelChoice,
    ) -> impl Future<Output = Result<(), AgentError>> + Send;
}

/// What a line of the agent asks of the driver.
#[derive(Debug, PartialEq)]
pub enum Decoded {
    Event(AgentEvent),
    /// A message to write back at once.
    Send(Value),
    /// The answer to a request of ours that is no prompt.
    Reply {
        id: u64,
        answer: Result<Value, Refused>,
    },
}

/// An error answer of the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub message: String,
    /// Where its protocol has one.
    pub code: Option<i64>,
}

/// Why there is no conversation.
#[derive(Debug)]
pub enum Failed {
    Over(Over),
    Refused(Refused),
    /// With how to log in, in the agent's words.
    LoggedOut(String),
    Incompatible(String),
}

impl From<Over> for Failed {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Starts the agent's program and shakes hands with it, bounded by the start's limits (AG3).
///
/// # Errors
/// Whatever keeps it from being ready; its process tree has ended then.
pub async fn begin<P: Protocol>(start: AgentStart, events: AgentEvents) -> Result<AgentStarted, AgentError> {
    let launch = start::launch(&start);
    let running =
        Process::spawn(&launch).map_err(|error| AgentError::NotStarted { detail: error.to_string() })?;
    let conversation = Conversation::<P>::new(running.process, running.input, &start);
    // From here on the guard ends the tree, also when this future is dropped.
    let agent = HeldAgent::new(conversation.clone());
    let mut reader = Reader::new(running.lines, conversation.clone());
    let patience = start.limits.handshake;
    let handshake = tokio::time::timeout(conversation::duration(patience), P::shake(&mut reader, &start));
    let ready = match handshake.await {
        Ok(Ok(ready)) => ready,
        Ok(Err(failed)) => {
            conversation.end("The agent could not be started.").await;
            return Err(failed.into_agent_error(&conversation));
        }
        Err(_) => {
            conversation.end("The agent did not answer.").await;
            return Err(AgentError::Silent { after: patience, detail: conversation.last_words() });
        }
    };
    tokio::spawn(reader.run(events));
    Ok(AgentStarted { ready, agent: Box::new(agent) })
}

/// For [`ports::agent::AgentBackend::end_leftover`].
pub async fn end_left_over(process: &str) {
    if let Some(mark) = start::mark_of(process) {
        end_leftover(&mark).await;
    }
}

impl Failed {
    fn into_agent_error<P: Protocol>(self, conversation: &Conversation<P>) -> AgentError {
        match self {
            Self::Over(Over::Closed) => AgentError::DiedAtHandshake { detail: conversation.last_words() },
            Self::Over(Over::Incompatible) => AgentError::Incompatible { detail: conversation.last_words() },
            Self::Refused(refused) => AgentError::NotStarted { detail: refused.message },
            Self::LoggedOut(detail) => AgentError::LoggedOut { detail },
            Self::Incompatible(detail) => AgentError::Incompatible { detail },
        }
    }
}
