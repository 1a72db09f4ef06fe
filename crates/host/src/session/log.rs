//! The session's way to and from its log: append → apply → publish → effects (LO1).

use std::sync::Arc;

use model::{Actor as By, Event, ItemId, Occurrence, StreamId, Timestamp};
use ports::chain;
use ports::event_store::{Append, EventStore, Head, Record, Remembered, Saved, SignedHead, StoreError};
use room::{Room, SNAPSHOT_VERSION};
use wire::{Failure, FailureCode, Reply};

use super::actor::{Actor, Fault};
use crate::board::{Line, Summary};
use crate::commit::{Ledger, Stamp};
use crate::desk::{Cause, parse, storage};
use crate::feed::Seen;
use crate::log_queries::signed;

/// Records read at once when a log is folded.
const FOLD_PAGE: usize = 1000;
/// The fold is saved at least this often, so that opening stays cheap (LO3).
const SAVE_EVERY: u64 = 256;

pub(super) struct Folded {
    pub room: Room,
    pub ledger: Ledger,
    pub saved: u64,
    pub last_at: Timestamp,
}

/// LO4: the saved fold and what follows it make what all events make.
pub(super) async fn fold(store: &dyn EventStore, stream: StreamId) -> Result<Folded, Failure> {
    let mut folded =
        Folded { room: Room::empty(), ledger: Ledger::new(stream), saved: 0, last_at: Timestamp(0) };
    if let Some((room, head, at)) = resume_from_saved(store, stream).await? {
        folded = Folded { room, ledger: Ledger { stream, head }, saved: head.seq, last_at: at };
    }
    loop {
        let page = store.read(stream, folded.ledger.head.seq, FOLD_PAGE).await.map_err(storage)?;
        let Some(last) = page.last() else { return Ok(folded) };
        for record in &page {
            folded.room.apply(&parse::<Event>(&record.body)?, record.header.at);
        }
        folded.ledger.head = Head { seq: last.header.seq, hash: last.hash };
        folded.last_at = last.header.at;
    }
}

async fn resume_from_saved(
    store: &dyn EventStore,
    stream: StreamId,
) -> Result<Option<(Room, Head, Timestamp)>, Failure> {
    let Some(saved) = store.saved(stream).await.map_err(storage)? else { return Ok(None) };
    if saved.version != SNAPSHOT_VERSION || saved.seq == 0 {
        return Ok(None);
    }
    let at = store.read(stream, saved.seq - 1, 1).await.map_err(storage)?;
    let Some(record) = at.into_iter().find(|record| record.header.seq == saved.seq) else { return Ok(None) };
    let Ok(room) = serde_json::from_slice(&saved.state) else { return Ok(None) };
    Ok(Some((room, Head { seq: saved.seq, hash: record.hash }, record.header.at)))
}

impl Actor {
    /// Takes in a report; a failure of the log is dealt with here.
    pub(super) async fn note(&mut self, occurrence: &Occurrence) {
        if let Err(failure) = self.observe(occurrence).await {
            tracing::warn!(%failure, "a report could not be written down");
        }
    }

    pub(super) async fn observe(&mut self, occurrence: &Occurrence) -> Result<(), Failure> {
        let events = self.room.observe(occurrence, self.now());
        self.commit(events, speaker(occurrence), None).await
    }

    /// A report that ends running items: their partial texts go with the same transaction.
    pub(super) async fn observe_settling(
        &mut self,
        occurrence: &Occurrence,
        item: ItemId,
    ) -> Result<(), Failure> {
        let events = self.room.observe(occurrence, self.now());
        self.write(events, (speaker(occurrence), None), vec![item]).await
    }

    pub(super) async fn commit(
        &mut self,
        events: Vec<Event>,
        by: By,
        answer: Option<(Cause, Reply)>,
    ) -> Result<(), Failure> {
        self.write(events, (by, answer), Vec::new()).await
    }

    async fn write(
        &mut self,
        events: Vec<Event>,
        (actor, answer): (By, Option<(Cause, Reply)>),
        settled: Vec<ItemId>,
    ) -> Result<(), Failure> {
        if events.is_empty() && answer.is_none() {
            return Ok(());
        }
        if let Some(fault) = &self.fault {
            return Err(storage(fault.error.clone()));
        }
        let cause = answer.as_ref().map(|(cause, _)| cause.command);
        let stamp = Stamp { at: self.now(), actor, cause };
        let part = self.ledger.part(&events, stamp, self.shared.parts.ids.as_ref());
        // LO5: also a yes that changes nothing.
        let remembered = answer.map(|answer| self.remembered(answer)).transpose()?;
        let stream = StreamId::Session(self.id);
        let settled = settled.into_iter().map(|item| (stream, item)).collect();
        let append = Append { parts: vec![part.clone()], remembered, settled };
        if let Err(error) = self.shared.parts.store.append(append).await {
            return Err(self.fail(error).await);
        }
        if events.is_empty() {
            return Ok(());
        }
        self.ledger.advance(&part);
        self.last_at = stamp.at;
        let was_running = self.is_running();
        let over = Self::ended(&events).and_then(|turn| self.place_of(turn));
        for event in &events {
            self.room.apply(event, stamp.at);
        }
        if !was_running && self.is_running() {
            // AG3: the time it waited for people is not its own.
            self.sign_of_life();
        }
        over.into_iter().for_each(|place| self.keep_after(place));
        self.publish(&part.records, &events);
        self.save_now_and_then(&events).await;
        Ok(())
    }

    pub(super) fn remembered(&self, (cause, reply): (Cause, Reply)) -> Result<Remembered, Failure> {
        let answer = serde_json::to_string(&reply)
            .map_err(|_| Failure::new(FailureCode::Internal, "The answer could not be written down."))?;
        Ok(Remembered {
            principal: cause.principal.person,
            command: cause.command,
            request: cause.request,
            stream: StreamId::Session(self.id),
            seq: self.ledger.head.seq + 1,
            answer,
        })
    }

    fn publish(&self, records: &[Record], events: &[Event]) {
        let changed = events.iter().any(shows_in_view);
        self.feed.publish(records, changed.then(|| Arc::new(self.room.clone())));
        self.write_line();
    }

    pub(super) fn write_line(&self) {
        let line = Line {
            summary: Summary::of(&self.room),
            spending: self.room.spending().clone(),
            head: self.ledger.head.seq,
            updated_at: self.last_at,
        };
        self.shared.board.write(self.id, line);
    }

    /// At each turn's end, and when many events have gathered.
    async fn save_now_and_then(&mut self, events: &[Event]) {
        let ended = events.iter().any(|event| matches!(event, Event::TurnEnded { .. }));
        let head = self.ledger.head.seq;
        if !ended && head - self.saved < SAVE_EVERY {
            return;
        }
        let Ok(state) = serde_json::to_vec(&self.room) else { return };
        let stream = StreamId::Session(self.id);
        let saved = Saved { stream, seq: head, version: SNAPSHOT_VERSION, state };
        // Together, so that they cost one transaction.
        let sign = async {
            if ended {
                self.sign_head().await;
            }
        };
        let (saved, ()) = tokio::join!(self.shared.parts.store.save(saved), sign);
        match saved {
            Ok(()) => self.saved = head,
            Err(error) => tracing::warn!(%error, "the fold could not be saved; opening will take longer"),
        }
    }

    /// LO6: the host swears where the log is at each turn's end, and readers keep that.
    async fn sign_head(&self) {
        let (parts, stream) = (&self.shared.parts, StreamId::Session(self.id));
        let (epoch, head, at) = (parts.store.epoch(), self.ledger.head, self.last_at);
        let kept = SignedHead { epoch, stream, head, at, signature: Vec::new() };
        let mut told = signed(&kept, &parts.signer.public_key());
        let Some(signature) = parts.signer.sign(told.text().as_bytes()) else { return };
        told.signature = chain::hex(&signature);
        match parts.store.keep_head(SignedHead { signature, ..kept }).await {
            Ok(()) => self.feed.witness(told),
            Err(error) => tracing::warn!(%error, "a signed head could not be kept"),
        }
    }

    /// The result is unknown or a no: the agents are ended, and soon it is tried to go on from what the
    /// log really holds.
    pub(super) async fn fail(&mut self, error: StoreError) -> Failure {
        tracing::warn!(%error, "the log can't be written");
        self.crew.end_all().await;
        self.speech = None;
        self.asked.clear();
        self.proposals.clear();
        self.in_flight.clear();
        self.fault = Some(Fault::of(error.clone()));
        storage(error)
    }

    /// After a failure: reload, and close what died with it (TU6).
    pub(super) async fn mend(&mut self) -> Result<(), Failure> {
        let Some(fault) = self.fault.take() else { return Ok(()) };
        let mended = self.go_on().await;
        if mended.is_err() && self.fault.is_none() {
            self.fault = Some(Fault::of(fault.error));
        }
        mended
    }

    async fn go_on(&mut self) -> Result<(), Failure> {
        let stream = StreamId::Session(self.id);
        let folded = fold(self.shared.parts.store.as_ref(), stream).await?;
        let moved = folded.ledger.head != self.ledger.head;
        (self.room, self.ledger, self.saved) = (folded.room, folded.ledger, folded.saved);
        self.last_at = self.last_at.max(folded.last_at);
        if moved {
            self.feed.reset(Seen { seq: self.ledger.head.seq, room: Arc::new(self.room.clone()) });
        }
        self.recover().await?;
        self.reconcile_now().await?;
        self.write_line();
        Ok(())
    }
}

/// The transcript is not in the view, so its events need no new one.
fn shows_in_view(event: &Event) -> bool {
    !matches!(
        event,
        Event::MessageSaid { .. }
            | Event::ThoughtHad { .. }
            | Event::ToolStarted { .. }
            | Event::ToolChanged { .. }
            | Event::ToolEnded { .. }
            | Event::TasksSet { .. }
            | Event::TurnKept { .. }
            | Event::WorkDone { .. }
    )
}

/// The agent's words and deeds are its own; the rest is the host's.
fn speaker(occurrence: &Occurrence) -> By {
    match occurrence {
        Occurrence::MessageSaid { .. }
        | Occurrence::ThoughtHad { .. }
        | Occurrence::ToolStarted { .. }
        | Occurrence::ToolChanged { .. }
        | Occurrence::ToolEnded { .. }
        | Occurrence::TasksSet { .. }
        | Occurrence::UsageReported { .. }
        | Occurrence::ModeReported { .. }
        | Occurrence::ModeExceeded { .. }
        | Occurrence::CommandsOffered { .. }
        | Occurrence::PlanProposed { .. }
        | Occurrence::QuestionAsked { .. }
        | Occurrence::PermissionAsked { .. }
        | Occurrence::PermissionBarred { .. }
        | Occurrence::CardTakenBack { .. }
        | Occurrence::TurnOver { .. } => By::Agent,
        Occurrence::PersonCame { guest } => By::Person { person: guest.person },
        Occurrence::WorkDone { by, .. } => By::Person { person: *by },
        Occurrence::PersonWentAway { .. }
        | Occurrence::Reconciled { .. }
        | Occurrence::NextTaken { .. }
        | Occurrence::NextUnpaid { .. }
        | Occurrence::TurnBegan { .. }
        | Occurrence::StartFailed { .. }
        | Occurrence::Steered { .. }
        | Occurrence::AgentExited { .. }
        | Occurrence::Stalled { .. }
        | Occurrence::AgentReady { .. }
        | Occurrence::AgentTold { .. }
        | Occurrence::TurnKept { .. }
        | Occurrence::HostRestarted
        | Occurrence::ClockStruck => By::Host,
    }
}
