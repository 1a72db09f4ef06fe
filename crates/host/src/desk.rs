//! The host's own state: repositories, workspaces, sessions, and the door. One decision at a time,
//! each appended before it counts.

mod agent_orders;
mod deletion;
mod door_orders;
mod forking;
mod hello;
mod lists;
mod orders;
mod pairing;
mod people_orders;
mod repository_orders;
mod shelf;
mod warnings;
mod work_orders;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::pairing::Codes;
use door::Door;
use model::{Actor, Event, OwnerEvent, PersonId, SessionId, StreamId, WorkspaceEvent, WorkspaceId};
use ports::chain::Hash;
use ports::event_store::{Append, Erasure, Remembered, StoreError, Target};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::Mutex;
use wire::{Failure, FailureCode, Reply};

pub(crate) use agent_orders::Switch;
pub(crate) use forking::Fork;
pub(crate) use hello::{Greeting, Links, Standing, fresh_secret};
pub(crate) use orders::{title, work_failure};
pub(crate) use pairing::{Proven, Try};
pub(crate) use people_orders::{SettingsWish, Shared};
pub(crate) use shelf::{Shelf, WorkRecord};
pub(crate) use warnings::Source;
pub(crate) use work_orders::Forked;

use crate::authority::authorize;
use crate::commit::{Ledger, Stamp};
use crate::lobby::Lobby;
use crate::parts::{HostConfig, Parts};
use crate::principal::Principal;
use crate::world::{Globe, World};
use deletion::Gone;
use door_orders::without_secrets;

/// Records read at once when a stream is folded.
const FOLD_PAGE: usize = 1000;

pub(crate) struct Desk {
    pub parts: Parts,
    pub config: HostConfig,
    pub globe: Arc<Globe>,
    pub links: Links,
    pub lobby: Arc<Lobby>,
    state: Arc<Mutex<State>>,
    /// Whoever opens or closes the port has looked at the door meanwhile.
    listening: Mutex<Listening>,
}

/// Whether the port follows the door.
#[derive(Default)]
enum Listening {
    #[default]
    AsWanted,
    /// The host is stopping.
    Over,
}

#[derive(Default)]
struct State {
    door: Door,
    shelf: Shelf,
    ledgers: BTreeMap<StreamId, Ledger>,
    /// In memory alone.
    codes: Codes,
    /// An append failed, or its result is unknown: what the log holds must be looked up.
    stale: bool,
    warnings: warnings::Warnings,
}

/// Facts for several streams, decided as one.
#[derive(Default)]
struct Decision {
    owner: Vec<OwnerEvent>,
    workspace: Vec<(WorkspaceId, Vec<WorkspaceEvent>)>,
    session: Option<(SessionId, Vec<Event>)>,
    /// What that session begins with of another one's log.
    past: Vec<Said>,
    gone: Option<Gone>,
}

/// An event as it stands in the log of another session.
struct Said {
    line: Line,
    stamp: Stamp,
}

/// One event's body.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Event(Box<Event>),
    /// What stands in the place of words that were taken back (LO11).
    AsItStands(Box<RawValue>),
}

/// Whether it is still to be allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    ToBeAllowed,
    /// It was allowed, and is done: now it is written down.
    Done,
}

/// Who decided, by which command, and what is answered: the three that make a retry safe (LO5).
#[derive(Clone)]
pub(crate) struct Cause {
    pub principal: Principal,
    pub command: model::CommandId,
    pub need: wire::Need,
    pub request: Hash,
}

impl Desk {
    /// Folds the owner stream and all workspace streams; founds the host on a first start.
    pub async fn load(parts: Parts, config: HostConfig) -> Result<Self, Failure> {
        let mut state = State::load(&parts).await?;
        if state.door.owner().is_none() {
            let owner = PersonId(parts.ids.fresh());
            let founded = OwnerEvent::HostFounded { owner, name: config.owner_name.clone() };
            let decision = Decision { owner: vec![founded], ..Decision::default() };
            state.commit(&parts, decision, Actor::Host, None).await?;
        }
        let globe = Arc::new(Globe::new(state.world(&parts)?));
        Ok(Self {
            parts,
            config,
            globe,
            links: Links::default(),
            lobby: Arc::default(),
            state: Arc::new(Mutex::new(state)),
            listening: Mutex::default(),
        })
    }

    /// Decides and appends in a task of its own, so that a caller who goes away cancels nothing. A
    /// command that was decided while this one waited is answered as it was.
    async fn decide<F>(&self, cause: Option<Cause>, decide: F) -> Result<Reply, Failure>
    where
        F: FnOnce(&State) -> Result<(Decision, Reply), Failure> + Send + 'static,
    {
        self.settle((cause, Asking::ToBeAllowed), decide).await
    }

    async fn settle<F>(&self, (cause, when): (Option<Cause>, Asking), decide: F) -> Result<Reply, Failure>
    where
        F: FnOnce(&State) -> Result<(Decision, Reply), Failure> + Send + 'static,
    {
        let (parts, globe) = (self.parts.clone(), Arc::clone(&self.globe));
        let mut state = Arc::clone(&self.state).lock_owned().await;
        if let Some(cause) = &cause
            && let Some(answer) = self.remembered_answer(cause).await?
        {
            return Ok(answer);
        }
        let task = tokio::spawn(async move {
            if state.stale {
                state.reload(&parts, &globe).await?;
            }
            if let Some(cause) = cause.as_ref().filter(|_| when == Asking::ToBeAllowed) {
                authorize(&globe.now(), cause.principal, &cause.need)?; // GR3
            }
            let (decision, reply) = decide(&state)?;
            let actor =
                cause.as_ref().map_or(Actor::Host, |cause| Actor::Person { person: cause.principal.person });
            let answer = cause.map(|cause| {
                (cause, serde_json::to_string(&without_secrets(reply.clone())).unwrap_or_default())
            });
            if let Err(failure) = state.commit(&parts, decision, actor, answer).await {
                state.stale = true;
                if let Err(failure) = state.reload(&parts, &globe).await {
                    tracing::warn!(%failure, "the log can't be looked up; the next decision tries again");
                }
                return Err(failure);
            }
            globe.replace(state.world(&parts)?);
            Ok(reply)
        });
        task.await.unwrap_or_else(|_| Err(Failure::new(FailureCode::Internal, "The host failed at this.")))
    }

    /// LO5: a retry is answered, not run again.
    pub async fn remembered_answer(&self, cause: &Cause) -> Result<Option<Reply>, Failure> {
        let known = self.parts.store.recall(cause.principal.person, cause.command).await.map_err(storage)?;
        known.map(|known| answer_again(&known, &cause.request)).transpose()
    }

    /// What the owner-only log says of agents' memories and of processes an earlier life left behind.
    pub async fn attachments(&self) -> BTreeMap<(SessionId, model::AgentKey), shelf::Attachment> {
        self.state.lock().await.shelf.attachments.clone()
    }

    pub async fn note_attachment(&self, event: OwnerEvent) -> Result<(), Failure> {
        let decision = Decision { owner: vec![event], ..Decision::default() };
        self.decide(None, move |_| Ok((decision, Reply::Done))).await.map(|_| ())
    }
}

impl State {
    async fn load(parts: &Parts) -> Result<Self, Failure> {
        let mut state = Self::default();
        for stream in parts.store.streams().await.map_err(storage)? {
            state.fold(parts, stream).await?;
        }
        Ok(state)
    }

    /// What may have been written counts at once, also for those it shuts out (LO1, SH5).
    async fn reload(&mut self, parts: &Parts, globe: &Globe) -> Result<(), Failure> {
        let fresh = Self::load(parts).await?;
        let codes = std::mem::take(&mut self.codes);
        let warnings = std::mem::take(&mut self.warnings);
        *self = Self { codes, warnings, ..fresh };
        globe.replace(self.world(parts)?);
        Ok(())
    }

    /// Made anew with every decision, by whoever holds the lock: so it is never behind the door.
    fn world(&self, parts: &Parts) -> Result<World, Failure> {
        let now = parts.clock.now();
        let grants = self.door.grants(now);
        let grants =
            grants.ok_or_else(|| Failure::new(FailureCode::Internal, "This host has no owner yet."))?;
        let mut shelf = self.shelf.clone();
        shelf.look_at_the_door(&self.door, now);
        // Known to the catalogue as soon as it can be chosen.
        parts.catalog.adopt(shelf.adopted());
        shelf.pairing = pairing::view(&self.codes, now);
        let warnings = self.warnings.values().flatten().cloned().collect();
        Ok(World { grants, shelf: Arc::new(shelf), warnings })
    }

    async fn fold(&mut self, parts: &Parts, stream: StreamId) -> Result<(), Failure> {
        if let StreamId::Session(_) = stream {
            return Ok(());
        }
        let mut ledger = Ledger::new(stream);
        loop {
            let page = parts.store.read(stream, ledger.head.seq, FOLD_PAGE).await.map_err(storage)?;
            let Some(last) = page.last() else { break };
            ledger.head = ports::event_store::Head { seq: last.header.seq, hash: last.hash };
            for record in &page {
                match stream {
                    StreamId::Owner => self.apply_owner(&parse(&record.body)?, record.header.at),
                    StreamId::Workspace(id) => self.shelf.apply_workspace(id, &parse(&record.body)?),
                    StreamId::Session(_) => {}
                }
            }
        }
        self.ledgers.insert(stream, ledger);
        Ok(())
    }

    fn apply_owner(&mut self, event: &OwnerEvent, at: model::Timestamp) {
        self.door.apply(event, at);
        self.shelf.apply_owner(event);
    }

    async fn commit(
        &mut self,
        parts: &Parts,
        decision: Decision,
        actor: Actor,
        answer: Option<(Cause, String)>,
    ) -> Result<(), Failure> {
        let at = parts.clock.now();
        let stamp = Stamp { at, actor, cause: answer.as_ref().map(|(cause, _)| cause.command) };
        let mut append = Append::default();
        let ids = parts.ids.as_ref();
        if !decision.owner.is_empty() {
            append.parts.push(self.ledger(StreamId::Owner).part(&decision.owner, stamp, ids));
        }
        for (workspace, events) in &decision.workspace {
            append.parts.push(self.ledger(StreamId::Workspace(*workspace)).part(events, stamp, ids));
        }
        if let Some((session, events)) = &decision.session {
            let opening: Vec<Line> =
                events.iter().map(|event| Line::Event(Box::new(event.clone()))).collect();
            let opening = opening.iter().map(|line| (line, stamp));
            let past = decision.past.iter().map(|said| (&said.line, said.stamp));
            append.parts.push(Ledger::new(StreamId::Session(*session)).part_of(opening.chain(past), ids));
        }
        if append.parts.is_empty() && answer.is_some() {
            // LO5: also a yes that changes nothing is remembered, with the stream it would have changed.
            append.parts.push(self.ledger(StreamId::Owner).part::<OwnerEvent>(&[], stamp, ids));
        }
        append.remembered = answer.and_then(|answer| remembered(answer, &append));
        if append.parts.is_empty() {
            return Ok(());
        }
        let written = match decision.gone {
            None => parts.store.append(append.clone()).await,
            Some(Gone { stream, blobs }) => {
                let (append, target) = (append.clone(), Target::Stream(stream));
                parts.store.erase(Erasure { append, target, blobs }).await
            }
        };
        written.map_err(storage)?;
        for part in &append.parts {
            self.ledger(part.stream).advance(part);
        }
        decision.owner.iter().for_each(|event| self.apply_owner(event, at));
        for (workspace, events) in &decision.workspace {
            events.iter().for_each(|event| self.shelf.apply_workspace(*workspace, event));
        }
        Ok(())
    }

    fn ledger(&mut self, stream: StreamId) -> &mut Ledger {
        self.ledgers.entry(stream).or_insert_with(|| Ledger::new(stream))
    }
}

fn remembered((cause, answer): (Cause, String), append: &Append) -> Option<Remembered> {
    let first = append.parts.first()?;
    Some(Remembered {
        principal: cause.principal.person,
        command: cause.command,
        request: cause.request,
        stream: first.stream,
        seq: first.after + 1,
        answer,
    })
}

/// # Errors
/// `id_reused` when another request came under the same id (LO5).
pub(crate) fn answer_again(known: &Remembered, request: &Hash) -> Result<Reply, Failure> {
    if known.request != *request {
        return Err(id_reused());
    }
    parse(&known.answer)
}

pub(crate) fn id_reused() -> Failure {
    Failure::new(FailureCode::IdReused, "Another request was sent under this id. Nothing was changed.")
}

pub(crate) fn storage(error: StoreError) -> Failure {
    Failure::new(FailureCode::Storage, error.to_string())
}

pub(crate) fn parse<E: DeserializeOwned>(body: &str) -> Result<E, Failure> {
    serde_json::from_str(body).map_err(|error| {
        tracing::error!(%error, "an event of the log can't be read");
        Failure::new(FailureCode::Storage, "The log holds an event this version can't read. Update Conclave.")
    })
}
