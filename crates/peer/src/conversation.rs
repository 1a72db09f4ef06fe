//! What is said to one host and what comes back, whatever happens to the connection: requests that wait
//! for an answer, and where each stream was read to (PA9). Pure, as the machine is.

use std::collections::{BTreeMap, BTreeSet};

use model::StreamId;
use wire::{Cursor, Failure, FrameRefused, HostFrame, Kind, Notification, Reply, Request, Retry};

/// One host's end of a conversation that outlives its connections.
#[derive(Debug, Default)]
pub struct Conversation {
    asked: u64,
    unanswered: BTreeMap<u64, Request>,
    directory: bool,
    streams: BTreeMap<StreamId, Option<Cursor>>,
    /// Requests that nobody waits for but this: what a new connection began with.
    own: BTreeSet<u64>,
}

/// What a frame of the host means.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Answer {
        id: u64,
        answer: Box<Result<Reply, Failure>>,
    },
    /// Events that were seen already are out of it.
    Told(Box<Notification>),
    /// Something was missed (LO2): this frame asks for it.
    Hole {
        frame: String,
    },
    /// A stream that was read can't be read now: this frame asks for it again, in a while.
    Later {
        frame: String,
    },
    /// An answer of a newer host, to the request of this id (PA10).
    Strange {
        id: u64,
    },
    Nothing,
}

impl Conversation {
    /// The frame of a request, which is sent again on the next connection if this one ends before the
    /// answer: commands carry an id of their own, so that the host does not do them twice (LO5).
    pub fn ask(&mut self, request: Request) -> (u64, String) {
        self.asked += 1;
        match &request {
            Request::WatchDirectory => self.directory = true,
            Request::Subscribe { stream, cursor } => {
                self.streams.insert(*stream, cursor.clone());
            }
            Request::Unsubscribe { stream } => {
                self.streams.remove(stream);
            }
            _ => {}
        }
        let frame = wire::encode_request(self.asked, &request);
        self.unanswered.insert(self.asked, request);
        (self.asked, frame)
    }

    /// What a new connection begins with, after the welcome.
    pub fn resume(&mut self) -> Vec<String> {
        // What belongs to a connection is said anew by what is wanted now.
        let mut waiting = std::mem::take(&mut self.unanswered);
        let mut frames = Vec::new();
        if self.directory {
            frames.push(self.again(&mut waiting, Request::WatchDirectory));
        }
        for (stream, cursor) in self.streams.clone() {
            frames.push(self.again(&mut waiting, Request::Subscribe { stream, cursor }));
        }
        waiting.retain(|_, request| request.need().kind != Kind::Connection);
        frames.extend(waiting.iter().map(|(id, request)| wire::encode_request(*id, request)));
        self.unanswered.append(&mut waiting);
        frames
    }

    pub fn hear(&mut self, frame: &str) -> Heard {
        match wire::decode_host(frame) {
            Ok(HostFrame::Reply { id, reply }) => self.answered(id, Ok(*reply)),
            Ok(HostFrame::Failed { id: Some(id), failure }) => self.answered(id, Err(failure)),
            Ok(HostFrame::Failed { id: None, .. }) => Heard::Nothing,
            Ok(HostFrame::Notification(notification)) => self.told(*notification),
            Err(FrameRefused::Malformed | FrameRefused::Refused { .. }) => self.strange(frame),
        }
    }

    /// Answers the same id as the request that waits for the same, if one does.
    fn again(&mut self, waiting: &mut BTreeMap<u64, Request>, request: Request) -> String {
        let same = |other: &Request| match (&request, other) {
            (Request::Subscribe { stream, .. }, Request::Subscribe { stream: asked, .. }) => stream == asked,
            (request, other) => *request == *other,
        };
        let id = waiting.iter().rev().find(|(_, other)| same(other)).map(|(id, _)| *id);
        let id = id.unwrap_or_else(|| {
            self.asked += 1;
            self.own.insert(self.asked);
            self.asked
        });
        waiting.remove(&id);
        let frame = wire::encode_request(id, &request);
        self.unanswered.insert(id, request);
        frame
    }

    fn answered(&mut self, id: u64, answer: Result<Reply, Failure>) -> Heard {
        let Some(request) = self.unanswered.remove(&id) else { return Heard::Nothing };
        let own = self.own.remove(&id);
        match (request, &answer) {
            (Request::Subscribe { stream, .. }, Err(refusal)) if own => self.cut_off(stream, refusal),
            (Request::Subscribe { stream, .. }, Err(_)) => {
                self.streams.remove(&stream);
                Heard::Answer { id, answer: Box::new(answer) }
            }
            _ => Heard::Answer { id, answer: Box::new(answer) },
        }
    }

    /// Whoever reads it asked long ago, and is told as if the host had said it.
    fn cut_off(&mut self, stream: StreamId, refusal: &Failure) -> Heard {
        match (refusal.retry, self.streams.get(&stream).cloned()) {
            (Retry::After, Some(cursor)) => {
                let (id, frame) = self.ask(Request::Subscribe { stream, cursor });
                self.own.insert(id);
                Heard::Later { frame }
            }
            (Retry::Never | Retry::AfterChange, Some(_)) => {
                self.streams.remove(&stream);
                Heard::Told(Box::new(Notification::Gone { stream }))
            }
            (_, None) => Heard::Nothing,
        }
    }

    fn strange(&mut self, frame: &str) -> Heard {
        #[derive(serde::Deserialize)]
        struct Numbered {
            id: u64,
        }
        let Ok(Numbered { id }) = serde_json::from_str(frame) else { return Heard::Nothing };
        match self.unanswered.remove(&id) {
            Some(_) => Heard::Strange { id },
            None => Heard::Nothing,
        }
    }

    fn told(&mut self, mut notification: Notification) -> Heard {
        match &mut notification {
            Notification::Snapshot(snapshot) => {
                if let Some(place) = self.streams.get_mut(&snapshot.stream) {
                    *place = Some(snapshot.cursor.clone());
                }
            }
            Notification::Events { stream, prev, events } => {
                let Some(Some(place)) = self.streams.get_mut(stream) else { return Heard::Nothing };
                if *prev > place.seq {
                    let request = Request::Subscribe { stream: *stream, cursor: Some(place.clone()) };
                    let (id, frame) = self.ask(request);
                    self.own.insert(id);
                    return Heard::Hole { frame };
                }
                let head = place.seq;
                events.retain(|event| event.seq > head);
                let Some(last) = events.last() else { return Heard::Nothing };
                *place = Cursor { epoch: place.epoch, seq: last.seq, hash: last.hash.clone() };
                *prev = head;
            }
            Notification::Gone { stream } => {
                self.streams.remove(stream);
            }
            Notification::Welcome(_)
            | Notification::View(_)
            | Notification::Head(_)
            | Notification::Signal { .. }
            | Notification::Directory(_)
            | Notification::Terminal { .. }
            | Notification::Files { .. }
            | Notification::Bye(_) => {}
        }
        Heard::Told(Box::new(notification))
    }

    /// Where a stream was read to.
    pub fn cursor(&self, stream: StreamId) -> Option<&Cursor> {
        self.streams.get(&stream)?.as_ref()
    }
}

#[cfg(test)]
mod tests;
