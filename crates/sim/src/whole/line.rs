//! A socket between a client and its host: frames under way in both directions, each in order.

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::FutureExt;
use host::{Outbox, Outgoing};
use model::{Span, Timestamp};
use ports::frame::Frame;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use wire::CloseCode;

/// Frames that may be under way to a client; more stay at the host.
const WINDOW: usize = 8;

pub(super) struct Line {
    /// The host's end, while there is one.
    far: Option<(mpsc::Sender<Frame>, Outbox)>,
    up: VecDeque<(Timestamp, String)>,
    down: VecDeque<(Timestamp, Arriving)>,
    /// Nothing gets through, and neither side knows.
    stuck: bool,
    /// When the host last heard of the client.
    heard: Timestamp,
    next_beat: Timestamp,
}

#[derive(Clone, Debug)]
pub(super) enum Arriving {
    Frame(Arc<str>),
    Beat,
    Closed(Option<CloseCode>),
}

impl Line {
    pub fn new(far: (mpsc::Sender<Frame>, Outbox), now: Timestamp) -> Self {
        let (up, down) = (VecDeque::new(), VecDeque::new());
        Self { far: Some(far), up, down, stuck: false, heard: now, next_beat: now + BEAT }
    }

    pub fn say(&mut self, frame: String, due: Timestamp) {
        if self.stuck {
            return;
        }
        let after = self.up.back().map_or(due, |(last, _)| due.max(*last));
        self.up.push_back((after, frame));
    }

    /// To the host, what is due; what it can't take yet waits in the socket.
    pub fn carry_up(&mut self, now: Timestamp) {
        while let Some((_, frame)) = self.up.pop_front_if(|(due, _)| *due <= now) {
            self.heard = now;
            let Some((inbox, _)) = &self.far else { return };
            match inbox.try_send(frame.clone().into()) {
                Ok(()) => {}
                Err(TrySendError::Full(_)) => return self.up.push_front((now, frame)),
                // Its last words are under way.
                Err(TrySendError::Closed(_)) => return,
            }
        }
    }

    /// What the host has for the client, as far as the socket takes it. Returns what left the host now.
    pub fn pull(&mut self, due: Timestamp) -> Vec<Arc<str>> {
        let mut left = Vec::new();
        while let Some((_, outbox)) = self.far.as_mut().filter(|_| self.down.len() < WINDOW) {
            let Some(outgoing) = outbox.recv().now_or_never() else { break };
            match outgoing {
                Some(Outgoing::Frame(frame)) => {
                    left.push(Arc::clone(&frame));
                    self.send(Arriving::Frame(frame), due);
                }
                // Nobody here has a terminal.
                Some(Outgoing::Bytes(_)) => {}
                Some(Outgoing::Close(code)) => self.close(Some(code), due),
                None => self.close(None, due),
            }
        }
        left
    }

    fn close(&mut self, code: Option<CloseCode>, due: Timestamp) {
        self.far = None;
        self.send(Arriving::Closed(code), due);
    }

    /// The host is gone: what is under way still arrives, and then the end.
    pub fn lose_host(&mut self, due: Timestamp) {
        if self.far.is_some() {
            self.close(None, due);
        }
    }

    pub fn stick(&mut self) {
        self.stuck = true;
        self.up.clear();
        self.down.clear();
    }

    /// The host gives up a client that answers no ping (PA8).
    pub fn give_up_if_silent(&mut self, now: Timestamp) {
        if now - self.heard >= model::limits::SILENCE {
            self.far = None;
        }
    }

    fn send(&mut self, arriving: Arriving, due: Timestamp) {
        if self.stuck {
            return;
        }
        let after = self.down.back().map_or(due, |(last, _)| due.max(*last));
        self.down.push_back((after, arriving));
    }

    pub fn beat(&mut self, now: Timestamp, due: Timestamp) {
        if now < self.next_beat || self.far.is_none() {
            return;
        }
        self.next_beat = now + BEAT;
        if !self.stuck {
            // It is answered by the client's socket, not by the client.
            self.heard = now;
            self.send(Arriving::Beat, due);
        }
    }

    pub fn ping(&mut self, now: Timestamp, due: Timestamp) {
        if !self.stuck && self.far.is_some() {
            self.heard = now;
            self.send(Arriving::Beat, due);
        }
    }

    pub fn arrives(&mut self, now: Timestamp) -> Option<Arriving> {
        self.down.pop_front_if(|(due, _)| *due <= now).map(|(_, arriving)| arriving)
    }

    pub fn next_due(&self) -> Option<Timestamp> {
        let (up, down) = (self.up.front().map(|(due, _)| *due), self.down.front().map(|(due, _)| *due));
        [up, down].into_iter().flatten().min()
    }

    /// The last frames before a break: these arrive, the others do not.
    pub fn break_off(mut self, up: usize, down: usize) -> Vec<Arriving> {
        self.up.truncate(up);
        self.carry_up(Timestamp(u64::MAX));
        self.down.into_iter().map(|(_, arriving)| arriving).take(down).collect()
    }
}

const BEAT: Span = model::limits::PING;
