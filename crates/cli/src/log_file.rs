//! A log as a file: JSON lines that prove themselves, without the host that wrote them (LO6).

use std::collections::{BTreeMap, BTreeSet};

use identity::{Fingerprint, is_signed};
use model::{EpochId, Event, StreamId};
use ports::chain::{self, Hash, ROOT};
use ports::event_store::{Header, Record, Seal};
use serde::{Deserialize, Serialize};
use wire::{RawEvent, RawSeal, SignedHead};

pub const FORMAT: u32 = 1;

/// What a file says of itself, in its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub format: u32,
    pub stream: StreamId,
    pub epoch: EpochId,
    /// The host's public key: SPKI in DER, hex.
    pub key: String,
    /// Its SHA-256, as invites carry it.
    pub fingerprint: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    pub about: About,
    pub events: Vec<RawEvent>,
    pub heads: Vec<SignedHead>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Log(About),
    Event(RawEvent),
    Head(SignedHead),
}

/// What a log that holds together amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    pub events: u64,
    /// Of these, how many hold tombstones.
    pub erased: u64,
    pub heads: usize,
    /// The last event that the host has signed for; 0 when none is.
    pub signed: u64,
    pub fingerprint: String,
}

/// Why a log is not what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("Line {line} is not of a log that this program knows.")]
    Unreadable { line: usize },
    #[error("The first line must say whose log it is. This is no exported log.")]
    Nameless,
    #[error("Event {expected} is missing: event {found} comes next.")]
    Missing { expected: u64, found: u64 },
    #[error("Event {seq} is not the one that was written: the chain breaks there.")]
    Changed { seq: u64 },
    #[error("Event {seq} holds a tombstone, but no redaction speaks of it, or it says more than one does.")]
    Forged { seq: u64 },
    #[error("The signature of the head at event {seq} is not of this host's key.")]
    Unsigned { seq: u64 },
    #[error("The host has signed for another event {seq} than this log has.")]
    Sworn { seq: u64 },
    #[error("The witness saw another event {seq} than this log has, or one that it does not reach.")]
    Witnessed { seq: u64 },
    #[error("The witness speaks of another log or another host's.")]
    Foreign,
}

impl LogFile {
    pub fn read(text: &str) -> Result<Self, Doubt> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let parse =
            |(line, text): (usize, &str)| serde_json::from_str(text).map_err(|_| Doubt::Unreadable { line });
        let first = lines.next().ok_or(Doubt::Nameless)?;
        let Line::Log(about) = parse(first).map_err(|_| Doubt::Nameless)? else {
            return Err(Doubt::Nameless);
        };
        if about.format != FORMAT {
            return Err(Doubt::Unreadable { line: 1 });
        }
        let mut file = Self { about, events: Vec::new(), heads: Vec::new() };
        for line in lines {
            match parse(line)? {
                Line::Log(_) => return Err(Doubt::Unreadable { line: line.0 }),
                Line::Event(event) => file.events.push(event),
                Line::Head(head) => file.heads.push(head),
            }
        }
        Ok(file)
    }

    /// # Errors
    /// None in practice: nothing in it can't be JSON.
    pub fn write(&self) -> serde_json::Result<String> {
        let about = std::iter::once(Line::Log(self.about.clone()));
        let events = self.events.iter().cloned().map(Line::Event);
        let heads = self.heads.iter().cloned().map(Line::Head);
        let mut text = String::new();
        for line in about.chain(events).chain(heads) {
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// The chain from its root, each signed head, and every tombstone.
    pub fn verify(&self) -> Result<Proven, Doubt> {
        let hashes = self.chain()?;
        for head in &self.heads {
            self.swears(head)?;
            if hashes.get(&head.seq) != Some(&head.hash) {
                return Err(Doubt::Sworn { seq: head.seq });
            }
        }
        let erased = self.tombstones()?;
        Ok(Proven {
            events: self.events.len() as u64,
            erased,
            heads: self.heads.len(),
            signed: self.heads.iter().map(|head| head.seq).max().unwrap_or_default(),
            fingerprint: self.about.fingerprint.clone(),
        })
    }

    /// Whether this log still holds what somebody else saw of it.
    pub fn agrees_with(&self, witness: &SignedHead) -> Result<(), Doubt> {
        if witness.stream != self.about.stream || witness.key != self.about.key {
            return Err(Doubt::Foreign);
        }
        self.swears(witness)?;
        let same = self.events.iter().any(|event| event.seq == witness.seq && event.hash == witness.hash);
        if same { Ok(()) } else { Err(Doubt::Witnessed { seq: witness.seq }) }
    }

    fn chain(&self) -> Result<BTreeMap<u64, String>, Doubt> {
        let mut prev = ROOT;
        let mut hashes = BTreeMap::new();
        for (seq, event) in (1..).zip(&self.events) {
            if event.seq != seq {
                return Err(Doubt::Missing { expected: seq, found: event.seq });
            }
            let record = record(self.about.stream, event).ok_or(Doubt::Changed { seq })?;
            if record.hash_after(&prev) != record.hash {
                return Err(Doubt::Changed { seq });
            }
            prev = record.hash;
            hashes.insert(seq, event.hash.clone());
        }
        Ok(hashes)
    }

    fn swears(&self, head: &SignedHead) -> Result<(), Doubt> {
        let own = head.stream == self.about.stream && head.key == self.about.key;
        let key = unhex(&self.about.key)
            .filter(|key| Fingerprint::of_spki(key).to_string() == self.about.fingerprint);
        let signed = key.zip(unhex(&head.signature));
        let signed = signed.is_some_and(|(key, it)| is_signed(&key, head.text().as_bytes(), &it));
        if own && signed { Ok(()) } else { Err(Doubt::Unsigned { seq: head.seq }) }
    }

    /// A tombstone is not in the hash: it must be one that a redaction names, and say nothing.
    fn tombstones(&self) -> Result<u64, Doubt> {
        let mut named = BTreeSet::new();
        for event in self.events.iter().filter(|event| !is_erased(event)) {
            if let Ok(Event::Redacted { seqs, .. }) = serde_json::from_str(&event.body) {
                named.extend(seqs);
            }
        }
        let erased: Vec<&RawEvent> = self.events.iter().filter(|event| is_erased(event)).collect();
        match erased.iter().find(|event| !named.contains(&event.seq) || !is_wordless(event)) {
            Some(event) => Err(Doubt::Forged { seq: event.seq }),
            None => Ok(erased.len() as u64),
        }
    }
}

fn is_erased(event: &RawEvent) -> bool {
    matches!(event.seal, RawSeal::Erased(_))
}

fn is_wordless(raw: &RawEvent) -> bool {
    let Ok(event) = serde_json::from_str::<Event>(&raw.body) else { return false };
    let Ok(serde_json::Value::Object(mut wordless)) = serde_json::to_value(event.wordless()) else {
        return false;
    };
    wordless.insert("redacted".to_owned(), true.into());
    let kind = wordless.get("type").and_then(|kind| kind.as_str()) == Some(&raw.kind);
    let said = serde_json::from_str::<serde_json::Value>(&raw.body).ok();
    kind && said == Some(wordless.into())
}

fn record(stream: StreamId, event: &RawEvent) -> Option<Record> {
    let header = Header {
        stream,
        seq: event.seq,
        at: event.at,
        actor: event.actor.clone(),
        cause: event.cause,
        kind: event.kind.clone(),
    };
    let seal = match &event.seal {
        RawSeal::Salt(salt) => Seal::Salt(unhex(salt)?.try_into().ok()?),
        RawSeal::Erased(hash) => Seal::Erased(hash_of(hash)?),
    };
    Some(Record { header, body: event.body.as_str().into(), seal, hash: hash_of(&event.hash)? })
}

fn hash_of(text: &str) -> Option<Hash> {
    unhex(text)?.try_into().ok()
}

/// Of lower-case hex alone, so that no byte has two spellings.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Vec<u8> = pairs.map(byte).collect::<Option<_>>()?;
    (chain::hex(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests;
