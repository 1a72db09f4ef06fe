use std::collections::{BTreeMap, BTreeSet};
use std::future::pending;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use model::{
    AgentKey, CardId, ConnectionId, Occurrence, PersonId, SessionId, StreamId, Timestamp, TurnPhase,
    WorkspaceId, limits,
};
use ports::agent::RequestKey;
use ports::event_store::StoreError;
use room::{EffectKey, Room};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tracing::Instrument;
use wire::{Failure, Partial, Reply};

use super::agents::Crew;
use super::keeping::Keeping;
use super::proposals::Proposals;
use super::speech::Speech;
use super::{Mail, log};
use crate::board::Board;
use crate::commit::Ledger;
use crate::desk::Desk;
use crate::feed::Feed;
use crate::parts::Parts;
use crate::pool::Pool;
use crate::seats::Seats;
use crate::work::Works;
use crate::world::Globe;

/// How often a log that can't be written is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// What all sessions of a host share.
pub(crate) struct Shared {
    pub parts: Parts,
    pub globe: Arc<Globe>,
    pub board: Arc<Board>,
    pub desk: Arc<Desk>,
    pub pool: Arc<Pool>,
    pub seats: Arc<Seats>,
    pub works: Works,
}

pub(crate) struct Actor {
    pub(super) id: SessionId,
    pub(super) workspace: WorkspaceId,
    pub(super) worktree: PathBuf,
    pub(super) shared: Arc<Shared>,
    pub(super) mail: mpsc::WeakSender<Mail>,
    pub(super) room: Room,
    pub(super) ledger: Ledger,
    pub(super) feed: Arc<Feed>,
    pub(super) crew: Crew,
    /// The message or thought that is being said right now.
    pub(super) speech: Option<Speech>,
    /// Open cards by the agent's own names for them; they die with its process.
    pub(super) asked: BTreeMap<CardId, (u64, RequestKey)>,
    /// What was put to people through the toolbox.
    pub(super) proposals: Proposals,
    pub(super) here: BTreeMap<PersonId, BTreeSet<ConnectionId>>,
    /// At most one effect per key at a time.
    pub(super) in_flight: BTreeSet<EffectKey>,
    /// Whose turn was the last that is known to have had its prompt; that agent has heard everything.
    pub(super) last_heard: Option<AgentKey>,
    /// Last seq of the saved fold.
    pub(super) saved: u64,
    /// The log could not be written: commands are refused until it can.
    pub(super) fault: Option<Fault>,
    pub(super) last_at: Timestamp,
    pub(super) last_sign: Instant,
    pub(super) stalled: bool,
    /// The last turn's files are being kept; the next turn waits for that.
    pub(super) keeping: Option<Keeping>,
}

pub(super) struct Fault {
    pub error: StoreError,
    /// When it is tried again, by itself.
    pub again: Instant,
}

impl Fault {
    pub fn of(error: StoreError) -> Self {
        Self { error, again: Instant::now() + RETRY }
    }
}

impl Actor {
    pub(super) async fn load(
        shared: Arc<Shared>,
        id: SessionId,
        mail: mpsc::WeakSender<Mail>,
    ) -> Result<Self, Failure> {
        let world = shared.globe.now().clone();
        let workspace = world.workspace_of(id).ok_or_else(Failure::not_found)?;
        let placed = world.shelf.workspaces.get(&workspace).and_then(|known| known.path.clone());
        let stream = StreamId::Session(id);
        let folded = log::fold(shared.parts.store.as_ref(), stream).await?;
        let feed = Feed::new(stream, Arc::new(folded.room.clone()), folded.ledger.head.seq);
        let heads = shared.parts.store.heads_back(stream, u64::MAX, 1).await.map_err(crate::desk::storage)?;
        let key = shared.parts.signer.public_key();
        heads.iter().for_each(|kept| feed.witness(crate::log_queries::signed(kept, &key)));
        let mut actor = Self {
            id,
            workspace,
            worktree: placed.map(PathBuf::from).unwrap_or_default(),
            mail,
            room: folded.room,
            saved: folded.saved,
            ledger: folded.ledger,
            feed: Arc::new(feed),
            crew: Crew::default(),
            speech: None,
            asked: BTreeMap::new(),
            proposals: Proposals::default(),
            here: BTreeMap::new(),
            in_flight: BTreeSet::new(),
            last_heard: None,
            fault: None,
            last_at: folded.last_at,
            last_sign: Instant::now(),
            stalled: false,
            keeping: None,
            shared,
        };
        actor.recover().await?;
        actor.keep_what_was_left();
        Ok(actor)
    }

    pub fn feed(&self) -> Arc<Feed> {
        Arc::clone(&self.feed)
    }

    pub(super) async fn run(self, inbox: mpsc::Receiver<Mail>) {
        let span = tracing::info_span!("session", id = %self.id);
        self.receive(inbox).instrument(span).await;
    }

    async fn receive(mut self, mut inbox: mpsc::Receiver<Mail>) {
        let mut bell = self.shared.globe.bell();
        self.write_line();
        self.reconcile().await;
        self.settle().await;
        loop {
            let wake = self.next_wake();
            tokio::select! {
                biased;
                letter = inbox.recv() => match letter {
                    None => break,
                    Some(Mail::Stop { done }) => {
                        self.close().await;
                        self.kept(&mut inbox).await;
                        // Whoever asked may have gone; the session is closed all the same.
                        done.send(()).ok();
                        break;
                    }
                    Some(letter) => self.take(letter).await,
                },
                _ = bell.changed() => self.reconcile().await,
                (generation, event) = self.crew.hear() => self.hear(generation, event).await,
                () = at(wake) => self.strike().await,
            }
            self.settle().await;
            self.crew.tick(self.room.turn().map(|turn| turn.choice.agent).as_ref());
        }
    }

    async fn take(&mut self, letter: Mail) {
        match letter {
            Mail::Order { cause, request, reply } => {
                let answer = self.order(cause, request).await;
                // The client may have gone; its command counts all the same.
                reply.send(answer).ok();
            }
            Mail::Open { principal, connection, reply } => {
                let opened = self.open(principal, connection).await;
                reply.send(opened).ok();
            }
            Mail::Leave { principal, connection } => self.leave(principal.person, connection).await,
            Mail::ItemText { item, reply } => {
                reply.send(self.item_text(item)).ok();
            }
            Mail::Yield { generation } => self.crew.close(generation),
            Mail::Ready { key, prompt, started, outcome } => {
                self.ready(key, *prompt, outcome).await;
                started.into_iter().for_each(|generation| self.start_ended(generation));
            }
            Mail::Written { turn, outcome } => self.written(turn, outcome).await,
            Mail::Told { key, card, outcome } => self.told(key, card, outcome).await,
            Mail::Put { generation, proposal, reply } => {
                let put = self.put(generation, proposal).await;
                // The agent may be gone; what it has put to people is withdrawn with its turn.
                reply.send(put).ok();
            }
            Mail::Word { generation, card, reply } => {
                reply.send(self.word(generation, card)).ok();
            }
            Mail::Fetched { card } => self.fetched(card).await,
            Mail::Note { occurrence } => self.note(&occurrence).await,
            Mail::Retire { by, done } => {
                self.retire(by).await;
                // Whoever asked may have gone; the session has ended all the same.
                done.send(()).ok();
            }
            Mail::Stop { .. } => {}
        }
    }

    /// First what was bound to a dead process closes, then what is owed is looked at (TU8). Whoever has
    /// been here all along still is.
    pub(super) async fn recover(&mut self) -> Result<(), Failure> {
        let stream = StreamId::Session(self.id);
        let partials = self.shared.parts.store.partials(stream).await.map_err(crate::desk::storage)?;
        for partial in partials {
            self.keep_partial(partial).await?;
        }
        self.observe(&Occurrence::HostRestarted).await?;
        self.greet_again().await
    }

    async fn strike(&mut self) {
        if self.fault.is_some() {
            if let Err(failure) = self.mend().await {
                tracing::debug!(%failure, "the log still can't be written");
            }
            return;
        }
        self.flush_speech();
        self.crew.close_idle();
        self.watch_for_stall().await;
        self.note(&Occurrence::ClockStruck).await;
    }

    async fn watch_for_stall(&mut self) {
        let Some(turn) = self.room.turn().filter(|turn| turn.phase == TurnPhase::Running) else { return };
        if self.stalled || self.last_sign.elapsed() < Duration::from_millis(limits::STALL.0) {
            return;
        }
        self.stalled = true;
        let since = Timestamp(self.now().0.saturating_sub(limits::STALL.0));
        self.note(&Occurrence::Stalled { turn: turn.turn, since }).await;
    }

    /// While the log can't be written nothing else is worth waking for.
    fn next_wake(&self) -> Option<Instant> {
        if let Some(fault) = &self.fault {
            return Some(fault.again);
        }
        let stall = (self.is_running() && !self.stalled)
            .then(|| self.last_sign + Duration::from_millis(limits::STALL.0));
        let now = self.shared.parts.clock.now();
        let deadline = self
            .room
            .next_deadline()
            .map(|deadline| Instant::now() + Duration::from_millis((deadline - now).0.max(1)));
        let flush = self.speech.as_ref().and_then(Speech::due);
        [stall, deadline, flush, self.crew.next_closing()].into_iter().flatten().min()
    }

    pub(super) fn is_running(&self) -> bool {
        self.room.turn().is_some_and(|turn| turn.phase == TurnPhase::Running)
    }

    /// The watchdog begins anew (AG3).
    pub(super) fn sign_of_life(&mut self) {
        self.last_sign = Instant::now();
        self.stalled = false;
    }

    fn item_text(&self, item: model::ItemId) -> Reply {
        match self.partials().into_iter().find(|partial| partial.item == item) {
            Some(partial) => Reply::ItemText { item, n: partial.n, text: Some(partial.text) },
            None => Reply::ItemText { item, n: 0, text: None },
        }
    }

    pub(super) fn partials(&self) -> Vec<Partial> {
        self.speech.iter().map(Speech::partial).collect()
    }

    /// Never earlier than the last event, whatever the machine's clock does.
    pub(super) fn now(&self) -> Timestamp {
        self.shared.parts.clock.now().max(self.last_at)
    }
}

async fn at(wake: Option<Instant>) {
    match wake {
        Some(instant) => sleep_until(instant).await,
        None => pending().await,
    }
}
