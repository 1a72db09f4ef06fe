//! The owner takes something back (LO11).

use std::sync::Arc;

use model::{CardId, Event, RoomView, StreamId, Subject};
use ports::event_store::{Append, Erasure, Record, StoreError, Target, Tombstone};
use room::By;
use wire::{Failure, FailureCode, Reply};

use super::actor::{Actor, Fault};
use super::log;
use crate::commit::{Stamp, blobs_in, tombstone_of};
use crate::desk::{Cause, parse, storage};
use crate::feed::Seen;

/// Records read at once while their stream is searched.
const PAGE: usize = 1000;

/// Every event of one subject, before it goes.
#[derive(Default)]
struct Found {
    tombstones: Vec<Tombstone>,
    blobs: Vec<model::BlobHash>,
    settled: Vec<model::ItemId>,
    /// The turn one of them belongs to is the running one.
    running: bool,
}

impl Actor {
    pub(super) async fn redact(&mut self, cause: Cause, by: &By, seq: u64) -> Result<Reply, Failure> {
        let subject = self.subject_at(seq).await?;
        let found = self.search(seq, &self.linked(subject).await?, &self.room.view(by)).await?;
        if found.running {
            return Err(Failure::new(FailureCode::InUse, IN_USE));
        }
        if found.tombstones.is_empty() {
            return Err(Failure::new(FailureCode::Unchanged, "It was redacted before."));
        }
        let reply = self.erase(cause, by, &found).await?;
        self.refold().await?;
        Ok(reply)
    }

    async fn subject_at(&self, seq: u64) -> Result<Subject, Failure> {
        let stream = StreamId::Session(self.id);
        let before = seq.checked_sub(1).ok_or_else(Failure::not_found)?;
        let at = self.shared.parts.store.read(stream, before, 1).await.map_err(storage)?;
        let record = at.first().ok_or_else(Failure::not_found)?;
        let subject = parse::<Event>(&record.body)?.subject();
        let nothing = || Failure::new(FailureCode::Unchanged, "Nothing that anybody said is in this event.");
        subject.ok_or_else(nothing)
    }

    /// A suggestion and the prompt it became are the same words.
    async fn linked(&self, subject: Subject) -> Result<Vec<Subject>, Failure> {
        let mut subjects = vec![subject];
        if matches!(subject, Subject::Prompt(_) | Subject::Suggestion(_)) {
            self.each(|_, event| {
                if let Event::SuggestionAccepted { suggestion, prompt, .. } = event {
                    let pair = [Subject::Suggestion(suggestion), Subject::Prompt(prompt)];
                    subjects.extend(pair.into_iter().filter(|_| pair.contains(&subject)));
                }
            })
            .await?;
        }
        Ok(subjects)
    }

    /// All events that hold the subjects' words.
    async fn search(&self, seq: u64, subjects: &[Subject], view: &RoomView) -> Result<Found, Failure> {
        let waits = subjects.iter().any(|subject| waits(*subject, view));
        let mut found = Found { running: waits, ..Found::default() };
        self.each(|record, event| {
            let own = match event.subject() {
                None => false,
                Some(Subject::Alone) => record.header.seq == seq,
                Some(subject) => subjects.contains(&subject),
            };
            if own {
                found.take(record, event, view);
            }
        })
        .await?;
        Ok(found)
    }

    /// The whole stream is read: it happens seldom.
    async fn each(&self, mut look: impl FnMut(Record, Event)) -> Result<(), Failure> {
        let stream = StreamId::Session(self.id);
        let mut after = 0;
        loop {
            let page = self.shared.parts.store.read(stream, after, PAGE).await.map_err(storage)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.header.seq;
            for record in page {
                let event = parse::<Event>(&record.body)?;
                look(record, event);
            }
        }
    }

    async fn erase(&mut self, cause: Cause, by: &By, found: &Found) -> Result<Reply, Failure> {
        let stream = StreamId::Session(self.id);
        let seqs = found.tombstones.iter().map(|tombstone| tombstone.seq).collect();
        let event = Event::Redacted { seqs, by: by.person };
        let actor = model::Actor::Person { person: by.person };
        let stamp = Stamp { at: self.now(), actor, cause: Some(cause.command) };
        let part = self.ledger.part(&[event], stamp, self.shared.parts.ids.as_ref());
        let epoch = self.shared.parts.store.epoch();
        let reply = Reply::Accepted { stream, epoch, seq: self.ledger.head.seq + 1 };
        let remembered = Some(self.remembered((cause, reply.clone()))?);
        let settled = found.settled.iter().map(|item| (stream, *item)).collect();
        let append = Append { parts: vec![part], remembered, settled };
        let target = Target::Bodies { stream, tombstones: found.tombstones.clone() };
        let erasure = Erasure { append, target, blobs: found.blobs.clone() };
        if let Err(error) = self.shared.parts.store.erase(erasure).await {
            return Err(self.fail(error).await);
        }
        Ok(reply)
    }

    /// The words are in the room's memory and in the ring too, and its next saved fold must not have them.
    async fn refold(&mut self) -> Result<(), Failure> {
        let folded = log::fold(self.shared.parts.store.as_ref(), StreamId::Session(self.id)).await;
        let folded = folded.inspect_err(|failure| {
            self.fault = Some(Fault::of(StoreError::Unavailable { detail: failure.message.clone() }));
        })?;
        (self.room, self.ledger, self.saved) = (folded.room, folded.ledger, folded.saved);
        self.last_at = self.last_at.max(folded.last_at);
        self.feed.reset(Seen { seq: self.ledger.head.seq, room: Arc::new(self.room.clone()) });
        self.write_line();
        Ok(())
    }
}

const IN_USE: &str = "It is still in use. Stop its turn, decide its card or withdraw the prompt first. \
                      Nothing was changed.";

impl Found {
    fn take(&mut self, record: Record, event: Event, view: &RoomView) {
        let running = view.turn.as_ref().map(|turn| turn.turn);
        self.running |= running.is_some() && event.turn() == running;
        if let Some(Subject::Item(item)) = event.subject() {
            self.settled.push(item);
        }
        if record.is_erased() {
            return;
        }
        self.blobs.extend(blobs_in(&record.body));
        self.tombstones.push(Tombstone { seq: record.header.seq, body: tombstone_of(event) });
    }
}

/// Waits for somebody, outside the running turn.
fn waits(subject: Subject, view: &RoomView) -> bool {
    match subject {
        Subject::Prompt(prompt) => view.queue.items.iter().any(|item| item.prompt == prompt),
        Subject::Suggestion(suggestion) => view.suggestions.iter().any(|it| it.suggestion == suggestion),
        Subject::Card(CardId::Ballot(ballot)) => view.ballots.iter().any(|card| card.ballot == ballot),
        Subject::Card(CardId::Question(question)) => {
            view.questions.iter().any(|card| card.question == question)
        }
        Subject::Card(CardId::Permission(permission)) => {
            view.permissions.iter().any(|card| card.permission == permission)
        }
        Subject::Item(_) | Subject::Alone => false,
    }
}
