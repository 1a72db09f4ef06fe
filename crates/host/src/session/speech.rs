//! Running text: gathered into signals, kept in the side table, written whole at its end.

use std::time::Duration;

use model::{ItemId, LongText, Occurrence, StreamId, Timestamp, TurnId, limits};
use ports::agent::ItemKey;
use ports::event_store::PartialText;
use tokio::time::Instant;
use wire::{Failure, Partial, Signal};

use super::actor::Actor;
use crate::desk::storage;
use crate::long_text;

/// One message or thought that is being said.
pub(super) struct Speech {
    key: ItemKey,
    turn: TurnId,
    item: ItemId,
    thought: bool,
    text: String,
    /// Bytes of `text` that readers have been told.
    told: usize,
    /// Signals sent so far.
    n: u64,
    began: Timestamp,
    last_signal: Option<Instant>,
}

impl Speech {
    pub fn partial(&self) -> Partial {
        Partial {
            turn: self.turn,
            item: self.item,
            thought: self.thought,
            n: self.n,
            text: self.text[..self.told].to_owned(),
            began: self.began,
        }
    }

    /// Takes what there is room for and returns the rest.
    fn take_in<'a>(&mut self, text: &'a str) -> &'a str {
        let room = limits::SPEECH_BYTES.saturating_sub(self.text.len());
        let (taken, rest) = text.split_at(text.floor_char_boundary(room));
        self.text.push_str(taken);
        rest
    }

    /// When the gathered text must go out.
    pub fn due(&self) -> Option<Instant> {
        if self.told == self.text.len() {
            return None;
        }
        let gather = Duration::from_millis(limits::DELTA_GATHER.0);
        self.last_signal.map(|last| last + gather).or_else(|| Some(Instant::now()))
    }

    fn signal(&mut self) -> Signal {
        self.n += 1;
        let text = self.text[self.told..].to_owned();
        self.told = self.text.len();
        self.last_signal = Some(Instant::now());
        Signal::Delta { turn: self.turn, item: self.item, thought: self.thought, n: self.n, text }
    }

    fn kept(&self, stream: StreamId) -> PartialText {
        PartialText {
            stream,
            turn: self.turn,
            item: self.item,
            thought: self.thought,
            n: self.n,
            text: self.text[..self.told].to_owned(),
            began: self.began,
        }
    }
}

impl Actor {
    pub(super) async fn say(&mut self, turn: TurnId, key: ItemKey, (thought, text): (bool, String)) {
        let same = self.speech.as_ref().is_some_and(|speech| speech.key == key && speech.thought == thought);
        if !same {
            self.finish_speech().await;
        }
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let mut speech = self.speech.take().unwrap_or_else(|| self.begin_speech((turn, &key, thought)));
            rest = speech.take_in(rest);
            self.speech = Some(speech);
            self.flush_speech();
            if !rest.is_empty() {
                self.finish_speech().await;
            }
            if self.fault.is_some() {
                return;
            }
        }
    }

    fn begin_speech(&self, (turn, key, thought): (TurnId, &ItemKey, bool)) -> Speech {
        Speech {
            key: key.clone(),
            turn,
            item: ItemId(self.shared.parts.ids.fresh()),
            thought,
            text: String::new(),
            told: 0,
            n: 0,
            began: self.now(),
            last_signal: None,
        }
    }

    /// The first delta goes at once, later ones are gathered for [`limits::DELTA_GATHER`].
    pub(super) fn flush_speech(&mut self) {
        let Some(speech) = &mut self.speech else { return };
        if speech.due().is_none_or(|due| due > Instant::now()) {
            return;
        }
        let signal = speech.signal();
        let kept = speech.kept(StreamId::Session(self.id));
        // Readers first: they wait, and waking the log's writer takes longer than telling them.
        self.feed.signal(signal);
        // What has been shown is on its way to the disk (LO1).
        self.shared.parts.store.note_partial(kept);
    }

    /// The durable event has the whole.
    pub(super) async fn finish_speech(&mut self) {
        let Some(speech) = self.speech.take() else { return };
        if let Err(failure) = self.write_speech(&speech).await {
            tracing::warn!(%failure, "what the agent said could not be written down");
        }
    }

    /// What an earlier life of the host kept of a running item becomes the item (LO1).
    pub(super) async fn keep_partial(&mut self, kept: PartialText) -> Result<(), Failure> {
        let told = kept.text.len();
        let speech = Speech {
            key: ItemKey(String::new()),
            turn: kept.turn,
            item: kept.item,
            thought: kept.thought,
            text: kept.text,
            told,
            n: kept.n,
            began: kept.began,
            last_signal: None,
        };
        self.write_speech(&speech).await
    }

    async fn write_speech(&mut self, speech: &Speech) -> Result<(), Failure> {
        let store = self.shared.parts.store.clone();
        let text: LongText = long_text::keep(store.as_ref(), &speech.text).await.map_err(storage)?;
        let (turn, item, began) = (speech.turn, speech.item, speech.began);
        let said = match speech.thought {
            true => Occurrence::ThoughtHad { turn, item, text, began },
            false => Occurrence::MessageSaid { turn, item, text },
        };
        self.observe_settling(&said, item).await
    }
}
