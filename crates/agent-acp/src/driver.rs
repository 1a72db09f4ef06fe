//! Runs an agent and talks to it.

mod conversation;
mod handshake;
mod launch;
mod reader;

use model::Span;
use ports::Later;
use ports::agent::{AgentBackend, AgentError, AgentEvents, AgentStart, AgentStarted};
use std::time::Duration;

use agent_process::{Process, end_leftover};

use conversation::{AcpAgent, Conversation};
use reader::Reader;

/// Agents that speak ACP over stdio.
#[derive(Debug, Clone, Copy, Default)]
pub struct AcpBackend;

impl AgentBackend for AcpBackend {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(begin(start, events))
    }

    fn end_leftover(&self, process: String) -> Later<'_, ()> {
        Box::pin(async move {
            if let Some(mark) = launch::mark_of(&process) {
                end_leftover(&mark).await;
            }
        })
    }
}

async fn begin(start: AgentStart, events: AgentEvents) -> Result<AgentStarted, AgentError> {
    let launch = launch::launch(&start);
    let running =
        Process::spawn(&launch).map_err(|error| AgentError::NotStarted { detail: error.to_string() })?;
    let conversation = Conversation::new(running.process, running.input, &start);
    // From here on the guard ends the tree, also when this future is dropped.
    let agent = AcpAgent::new(conversation.clone());
    let mut reader = Reader::new(running.lines, conversation.clone());
    let patience = start.limits.handshake;
    let handshake = tokio::time::timeout(duration(patience), handshake::shake(&mut reader, &start));
    let ready = match handshake.await {
        Ok(Ok(ready)) => ready,
        Ok(Err(error)) => {
            conversation.end("The agent could not be started.").await;
            return Err(error.into_agent_error(&conversation));
        }
        Err(_) => {
            conversation.end("The agent did not answer.").await;
            return Err(AgentError::Silent { after: patience, detail: conversation.last_words() });
        }
    };
    tokio::spawn(reader.run(events));
    Ok(AgentStarted { ready, agent: Box::new(agent) })
}

fn duration(span: Span) -> Duration {
    Duration::from_millis(span.0)
}
