//! Turns are taken back: agents begin anew and are told only of what is left (WS17).

use model::{Command, Event, StreamId, TurnId};
use room::By;
use wire::{Failure, Reply};

use super::actor::Actor;
use crate::desk::{Cause, parse, storage};

/// Events read at once, from the log's end.
const PAGE: usize = 500;

impl Actor {
    pub(super) async fn rewind(&mut self, cause: Cause, by: &By, turn: TurnId) -> Result<Reply, Failure> {
        // Whoever may not do it is not told what there is.
        self.room.decide(by, &Command::Rewind { turn, from: 0 }, self.now())?;
        let from = self.seq_of(turn).await?.ok_or_else(Failure::not_found)?;
        let events = self.room.decide(by, &Command::Rewind { turn, from }, self.now())?;
        let (stream, epoch) = (StreamId::Session(self.id), self.shared.parts.store.epoch());
        let reply = Reply::Accepted { stream, epoch, seq: self.ledger.head.seq + 1 };
        // Whoever remembers what was taken back is gone before that is said.
        self.crew.end_all().await;
        self.shared.desk.forget_conversations(self.id).await?;
        self.last_heard = None;
        let actor = model::Actor::Person { person: by.person };
        self.commit(events, actor, Some((cause, reply.clone()))).await?;
        Ok(reply)
    }

    /// Where the turn was taken; of one that was taken back there is nothing.
    async fn seq_of(&self, wanted: TurnId) -> Result<Option<u64>, Failure> {
        let (stream, mut before, mut taken_back) = (StreamId::Session(self.id), u64::MAX, u64::MAX);
        loop {
            let page = self.shared.parts.store.read_back(stream, before, PAGE).await.map_err(storage)?;
            for record in page.iter().rev() {
                if record.header.seq >= taken_back {
                    continue;
                }
                match parse::<Event>(&record.body)? {
                    Event::ConversationRewound { from, .. } => taken_back = from,
                    Event::TurnTaken { turn, .. } if turn == wanted => return Ok(Some(record.header.seq)),
                    _ => {}
                }
            }
            match page.first() {
                Some(first) if page.len() == PAGE => before = first.header.seq,
                _ => return Ok(None),
            }
        }
    }
}
