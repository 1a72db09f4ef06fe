use std::time::Duration;

use agent_client_protocol::v1::ConnectionTo;
use agent_client_protocol::v1::schema::{
    ContentBlock, ContentChunk, MessageId, SessionNotification, SessionUpdate, TextContent,
};
use agent_client_protocol::{Client, Error};
use tokio_util::sync::CancellationToken;

use crate::Pace;
use crate::fault::Fault;
use crate::player::End;
use crate::session::{Said, Session};

const BETWEEN_WORDS: Duration = Duration::from_millis(15);
const BETWEEN_STEPS: Duration = Duration::from_millis(150);

/// What the agent lets its client hear, at its pace and until it is cancelled.
#[derive(Clone)]
pub struct Voice {
    pub connection: ConnectionTo<Client>,
    pub session: Session,
    pub cancelled: CancellationToken,
    pub pace: Pace,
    /// Words said in this turn, for its usage.
    pub words: u64,
    /// Messages and tool calls made in this turn, for their ids.
    pub made: usize,
    pub turn: usize,
}

impl Voice {
    pub fn send(&self, update: SessionUpdate) -> Result<(), Error> {
        let id = self.session.id.clone();
        self.connection.send_notification(SessionNotification::new(id, update))
    }

    pub fn fault(&self, fault: &Fault) -> Result<(), Error> {
        self.connection.send_notification(fault.message()?)
    }

    pub async fn say(&mut self, text: &str) -> Result<(), End> {
        self.session.memory().said.push(Said::Agent(String::new()));
        let id = self.id("msg");
        for word in words(text) {
            if let Some(Said::Agent(said)) = self.session.memory().said.last_mut() {
                said.push_str(word);
            }
            let chunk = chunk(word).message_id(MessageId::new(id.clone()));
            self.utter(SessionUpdate::AgentMessageChunk(chunk)).await?;
        }
        Ok(())
    }

    pub async fn think(&mut self, text: &str) -> Result<(), End> {
        let id = self.id("msg");
        for word in words(text) {
            let chunk = chunk(word).message_id(MessageId::new(id.clone()));
            self.utter(SessionUpdate::AgentThoughtChunk(chunk)).await?;
        }
        Ok(())
    }

    /// A fresh id, unlike any other of this session.
    pub fn id(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}_{}_{}", self.turn, self.made)
    }

    /// The pause between two steps.
    pub async fn breathe(&self) -> Result<(), End> {
        self.pause(BETWEEN_STEPS).await
    }

    async fn utter(&mut self, update: SessionUpdate) -> Result<(), End> {
        self.send(update)?;
        self.words += 1;
        self.pause(BETWEEN_WORDS).await
    }

    async fn pause(&self, time: Duration) -> Result<(), End> {
        if self.cancelled.is_cancelled() {
            return Err(End::Cancelled);
        }
        if self.pace == Pace::Fast {
            return Ok(());
        }
        tokio::select! {
            () = self.cancelled.cancelled() => Err(End::Cancelled),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }
}

pub fn chunk(text: &str) -> ContentChunk {
    ContentChunk::new(ContentBlock::Text(TextContent::new(text)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '\n'])
}
