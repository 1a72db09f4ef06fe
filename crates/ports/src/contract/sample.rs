use model::{CommandId, EpochId, ItemId, PersonId, SessionId, StreamId, Timestamp, TurnId};
use uuid::Uuid;

use crate::chain::{body_hash, event_hash};
use crate::event_store::{Append, Head, Header, Part, PartialText, Record, Remembered, Seal, SignedHead};

/// Makes a stream's next events, rightly chained.
#[derive(Clone, Debug)]
pub struct Line {
    pub stream: StreamId,
    pub head: Head,
}

impl Line {
    pub fn new(stream: StreamId) -> Self {
        Self { stream, head: Head::EMPTY }
    }

    /// An append of one event for each body.
    pub fn append<'a>(&mut self, bodies: impl IntoIterator<Item = &'a str>) -> Append {
        Append { parts: vec![self.part(bodies)], ..Append::default() }
    }

    pub fn part<'a>(&mut self, bodies: impl IntoIterator<Item = &'a str>) -> Part {
        let after = self.head.seq;
        let records = bodies.into_iter().map(|body| self.record(body)).collect();
        Part { stream: self.stream, after, records }
    }

    fn record(&mut self, body: &str) -> Record {
        let seq = self.head.seq + 1;
        let header = Header {
            stream: self.stream,
            seq,
            at: Timestamp(1_700_000_000_000 + seq),
            actor: r#"{"kind":"host"}"#.to_owned(),
            cause: seq.is_multiple_of(2).then(|| CommandId(Uuid::from_u128(u128::from(seq)))),
            kind: "notice".to_owned(),
        };
        let salt = [seq.to_le_bytes()[0]; 16];
        let hash = event_hash(&self.head.hash, &header, &body_hash(&salt, body));
        self.head = Head { seq, hash };
        Record { header, body: body.into(), seal: Seal::Salt(salt), hash }
    }
}

pub fn session(number: u128) -> StreamId {
    StreamId::Session(SessionId(Uuid::from_u128(number)))
}

pub fn remembered(command: u128, stream: StreamId, seq: u64) -> Remembered {
    Remembered {
        principal: PersonId(Uuid::from_u128(1)),
        command: CommandId(Uuid::from_u128(command)),
        request: [7; 32],
        stream,
        seq,
        answer: r#"{"ok":"é"}"#.to_owned(),
    }
}

/// A running item's text up to delta `n`.
pub fn partial(stream: StreamId, item: u128, n: u64) -> PartialText {
    PartialText {
        stream,
        turn: TurnId(Uuid::from_u128(5)),
        item: ItemId(Uuid::from_u128(item)),
        thought: item.is_multiple_of(2),
        n,
        text: format!("text of {item} up to {n}: ünïcödé\0"),
        began: Timestamp(99),
    }
}

/// A signed head; the signature is none.
pub fn signed(head: Head, stream: StreamId) -> SignedHead {
    let epoch = EpochId(Uuid::from_u128(3));
    SignedHead { epoch, stream, head, at: Timestamp(head.seq), signature: vec![0, 255, 7] }
}
