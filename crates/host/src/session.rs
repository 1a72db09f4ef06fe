//! One task per session: it owns the room, the chain, the agents and the running text.

mod actor;
mod agents;
mod effects;
mod hearing;
mod images;
mod keeping;
mod log;
mod orders;
mod plan_first;
mod presence;
mod proposals;
mod recollection;
mod redaction;
mod rewinding;
mod speech;
mod steering;

use std::sync::Arc;

use model::{CardId, ConnectionId, ItemId, Occurrence, SessionId};
use ports::agent::{AgentError, AgentEvent, AgentReady, ModelChoice, ReasonCarried};
use room::EffectKey;
use tokio::sync::{mpsc, oneshot};
use wire::{Failure, Partial, Reply, Request};

pub(crate) use actor::{Actor, Shared};

use crate::desk::Cause;
use crate::feed::{Feed, Seen};
use crate::principal::Principal;
use crate::seats::{Proposal, Seated, Unheard};
use proposals::Heard;

/// Mail that may wait before senders do.
const MAILBOX: usize = 256;

/// The way to a session's task.
#[derive(Clone)]
pub(crate) struct Session {
    pub feed: Arc<Feed>,
    mail: mpsc::Sender<Mail>,
}

/// One consistent state for a new reader.
pub(crate) struct Opened {
    pub seen: Seen,
    pub hash: String,
    pub partials: Vec<Partial>,
}

enum Mail {
    Order {
        cause: Cause,
        request: Request,
        reply: oneshot::Sender<Result<Reply, Failure>>,
    },
    Open {
        principal: Principal,
        connection: ConnectionId,
        reply: oneshot::Sender<Result<Opened, Failure>>,
    },
    Leave {
        principal: Principal,
        connection: ConnectionId,
    },
    ItemText {
        item: ItemId,
        reply: oneshot::Sender<Reply>,
    },
    /// Somebody else needs the place of this process (AG2).
    Yield {
        generation: u64,
    },
    Ready {
        key: EffectKey,
        prompt: Box<Due>,
        /// The generation of a process that was begun for it.
        started: Option<u64>,
        outcome: Result<Readied, AgentError>,
    },
    Written {
        turn: model::TurnId,
        outcome: Result<(), AgentError>,
    },
    Told {
        key: EffectKey,
        card: model::CardId,
        outcome: Result<ReasonCarried, AgentError>,
    },
    Put {
        generation: u64,
        proposal: Proposal,
        reply: oneshot::Sender<Result<CardId, Unheard>>,
    },
    Word {
        generation: u64,
        card: CardId,
        reply: oneshot::Sender<Heard>,
    },
    Fetched {
        card: CardId,
    },
    /// Something of the workspace that the room is told.
    Note {
        occurrence: Box<Occurrence>,
    },
    /// The session and its agents end: its workspace is put away.
    Retire {
        by: Principal,
        done: oneshot::Sender<()>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

/// A process that has just been started.
struct Fresh {
    generation: u64,
    ready: AgentReady,
    agent: Arc<dyn ports::agent::Agent>,
    /// Its token of the toolbox, where it has one.
    seated: Option<Seated>,
    /// What it has to say, unheard so far.
    hearing: mpsc::Receiver<AgentEvent>,
}

/// A prompt that waits for its agent.
struct Due {
    turn: model::TurnId,
    text: String,
    images: Vec<model::PromptImage>,
    agent: model::AgentKey,
    mode: Option<String>,
    model: ModelChoice,
    ceiling: model::Ceiling,
    /// All that a named agent may use.
    tools: Option<model::ToolList>,
    /// What a named agent is told ahead of a conversation's first prompt.
    brief: Option<String>,
}

impl Due {
    /// The most it may do unasked if its list of tools is to hold (AG11).
    fn tools_ceiling(&self) -> model::Ceiling {
        self.tools.as_ref().map_or(model::Ceiling::Bypass, model::ToolList::ceiling)
    }
}

/// An agent that can take the prompt now.
struct Readied {
    /// Absent when a warm one was used.
    fresh: Option<Fresh>,
    /// Of the turns it has no memory of (AG9).
    recollection: Option<String>,
}

impl Session {
    /// Folds the session's log, closes what was bound to a dead process (TU8), and starts its task.
    pub async fn load(shared: Arc<Shared>, id: SessionId) -> Result<Self, Failure> {
        let (mail, inbox) = mpsc::channel(MAILBOX);
        let actor = Actor::load(shared, id, mail.downgrade()).await?;
        let feed = actor.feed();
        tokio::spawn(actor.run(inbox));
        Ok(Self { feed, mail })
    }

    pub async fn order(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        self.ask(|reply| Mail::Order { cause, request, reply }).await?
    }

    /// Joins the room's roster and gives the state at one log position (LO3).
    pub async fn open(&self, principal: Principal, connection: ConnectionId) -> Result<Opened, Failure> {
        self.ask(|reply| Mail::Open { principal, connection, reply }).await?
    }

    pub async fn leave(&self, principal: Principal, connection: ConnectionId) {
        // A session that is gone has no roster to leave.
        self.mail.send(Mail::Leave { principal, connection }).await.ok();
    }

    pub async fn item_text(&self, item: ItemId) -> Result<Reply, Failure> {
        self.ask(|reply| Mail::ItemText { item, reply }).await
    }

    pub async fn note(&self, occurrence: Occurrence) {
        // A session that has stopped has no room to tell.
        self.mail.send(Mail::Note { occurrence: Box::new(occurrence) }).await.ok();
    }

    pub async fn retire(&self, by: Principal) {
        self.ask(|done| Mail::Retire { by, done }).await.ok();
    }

    /// Ends the agents and the task; the running turn reads interrupted.
    pub async fn stop(&self) {
        self.ask(|done| Mail::Stop { done }).await.ok();
    }

    async fn ask<T>(&self, letter: impl FnOnce(oneshot::Sender<T>) -> Mail) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        self.mail.send(letter(reply)).await.map_err(|_| stopping())?;
        answer.await.map_err(|_| stopping())
    }
}

fn stopping() -> Failure {
    Failure::new(wire::FailureCode::HostStopping, "The host is stopping. Nothing was changed.")
}
