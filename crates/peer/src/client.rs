use std::collections::VecDeque;
use std::time::Duration;

use model::limits;
use tokio::time::{Instant, sleep_until, timeout};
use wire::{Failure, Notification, Reply, Request, Welcome};

use crate::conversation::{Conversation, Heard};
use crate::join::welcome_in;
use crate::link::{Arrival, Link};
use crate::machine::{GivenUp, Stage};

/// Before it asks again for what time mends.
const PATIENCE: Duration = Duration::from_millis(limits::RETRY_FIRST.0);

/// Failed attempts after which somebody who waits is told.
const TRIES: u32 = 3;

/// One program's conversation with another host, kept up over as many connections as it takes.
pub struct Client {
    link: Link,
    talk: Conversation,
    connection: Option<u64>,
    unread: VecDeque<Notification>,
    welcome: Option<Welcome>,
    /// What is to be said again, on which connection, and when.
    later: VecDeque<(Instant, u64, String)>,
}

/// Why a request got no good answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("{}", .0.message)]
    Refused(Failure),
    #[error("{}", .0.message)]
    GivenUp(GivenUp),
    #[error(
        "The host can't be reached now. It may be off, or in another network. Nothing is lost; try again later."
    )]
    Unreachable,
    #[error("The host's owner has been asked to let you in, and has not answered yet.")]
    NotIn,
    #[error("The host answers in words this program does not know. Update the older of the two.")]
    Strange,
}

impl Client {
    pub fn over(link: Link) -> Self {
        Self {
            link,
            talk: Conversation::default(),
            connection: None,
            unread: VecDeque::new(),
            welcome: None,
            later: VecDeque::new(),
        }
    }

    /// Waits for the host's welcome, for so long; or until it can't be reached a few times in a row.
    ///
    /// # Errors
    /// It did not come in time, or never will.
    pub async fn welcomed(&mut self, patience: Duration) -> Result<(), CallError> {
        let mut stage = self.stage();
        let live = async {
            while self.connection.is_none() {
                self.arrival().await?;
            }
            Ok(())
        };
        let off = stage.wait_for(|stage| matches!(stage, Stage::Waiting { attempt: TRIES.., .. }));
        let outcome = tokio::select! {
            biased;
            outcome = timeout(patience, live) => outcome.ok(),
            _ = off => None,
        };
        outcome.unwrap_or_else(|| Err(self.why_not()))
    }

    /// # Errors
    /// The host's refusal, or it is gone for good; while it is away this waits.
    pub async fn call(&mut self, request: Request) -> Result<Reply, CallError> {
        let (asked, frame) = self.talk.ask(request);
        if let Some(connection) = self.connection {
            self.link.send(connection, frame);
        }
        loop {
            match self.arrival().await? {
                Some(Heard::Answer { id, answer }) if id == asked => {
                    return answer.map_err(CallError::Refused);
                }
                Some(Heard::Strange { id }) if id == asked => return Err(CallError::Strange),
                Some(Heard::Told(told)) => self.unread.push_back(*told),
                Some(
                    Heard::Answer { .. }
                    | Heard::Strange { .. }
                    | Heard::Hole { .. }
                    | Heard::Later { .. }
                    | Heard::Nothing,
                )
                | None => {}
            }
        }
    }

    /// What the host tells unasked; each event once, over all connections.
    ///
    /// # Errors
    /// It is gone for good.
    pub async fn notification(&mut self) -> Result<Notification, CallError> {
        if let Some(unread) = self.unread.pop_front() {
            return Ok(unread);
        }
        loop {
            if let Some(Heard::Told(told)) = self.arrival().await? {
                return Ok(*told);
            }
        }
    }

    /// Who one is there, since the first welcome.
    pub fn welcome(&self) -> Option<&Welcome> {
        self.welcome.as_ref()
    }

    /// Where the link is, to tell people.
    pub fn stage(&self) -> tokio::sync::watch::Receiver<Stage> {
        self.link.stage()
    }

    async fn arrival(&mut self) -> Result<Option<Heard>, CallError> {
        let due = self.later.front().map(|(due, ..)| *due);
        let arrival = tokio::select! {
            biased;
            () = at(due) => {
                if let Some((_, connection, frame)) = self.later.pop_front() {
                    self.link.send(connection, frame);
                }
                return Ok(None);
            }
            arrival = self.link.next() => arrival,
        };
        match arrival {
            Some(Arrival::Frame(frame)) => {
                if self.welcome.is_none() {
                    self.welcome = welcome_in(&frame);
                }
                let heard = self.talk.hear(&frame);
                if let (Heard::Hole { frame }, Some(connection)) = (&heard, self.connection) {
                    self.link.send(connection, frame.clone());
                }
                if let (Heard::Later { frame }, Some(connection)) = (&heard, self.connection) {
                    self.later.push_back((Instant::now() + PATIENCE, connection, frame.clone()));
                }
                Ok(Some(heard))
            }
            Some(Arrival::Live { connection }) => {
                self.connection = Some(connection);
                for frame in self.talk.resume() {
                    self.link.send(connection, frame);
                }
                Ok(None)
            }
            None => Err(self.why_not()),
        }
    }

    fn why_not(&self) -> CallError {
        match &*self.link.stage().borrow() {
            Stage::Over(given_up) => CallError::GivenUp(given_up.clone()),
            Stage::Consent { .. } => CallError::NotIn,
            Stage::Idle
            | Stage::Dialling { .. }
            | Stage::Greeting { .. }
            | Stage::Live { .. }
            | Stage::Waiting { .. } => CallError::Unreachable,
        }
    }
}

async fn at(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}
