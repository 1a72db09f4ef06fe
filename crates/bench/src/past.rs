//! A session's past, as long as wanted: turns with a thought, tool calls and a message each, in a
//! correct chain.

use std::collections::VecDeque;
use std::sync::Arc;

use model::{
    Actor, AgentChoice, Ceiling, Event, ItemId, LongText, Origin, PersonId, PromptBody, PromptId, StreamId,
    Timestamp, ToolCall, ToolKind, ToolStatus, TurnId, TurnOutcome, Usage,
};
use ports::chain;
use ports::event_store::{Head, Header, Record, Seal};
use uuid::Uuid;

/// Tool calls of one turn.
const CALLS: usize = 10;
/// 21 November 2023; any time before the benchmark will do.
const LONG_AGO: u64 = 1_700_000_000_000;

/// Goes on from a head for ever.
pub struct Past {
    stream: StreamId,
    head: Head,
    author: PersonId,
    told: VecDeque<Event>,
}

impl Past {
    pub fn new(stream: StreamId, head: Head) -> Self {
        Self { stream, head, author: PersonId(Uuid::new_v4()), told: VecDeque::new() }
    }

    fn record(&mut self, event: &Event) -> Record {
        let body = serde_json::to_string(event).unwrap_or_default();
        let header = Header {
            stream: self.stream,
            seq: self.head.seq + 1,
            at: Timestamp(LONG_AGO + self.head.seq),
            actor: wire::LoggedEvent::actor_json(&Actor::Agent),
            cause: None,
            // The tag is written first.
            kind: body.split('"').nth(3).unwrap_or_default().to_owned(),
        };
        let salt = *Uuid::new_v4().as_bytes();
        let hash = chain::event_hash(&self.head.hash, &header, &chain::body_hash(&salt, &body));
        self.head = Head { seq: header.seq, hash };
        Record { header, body: Arc::from(body), seal: Seal::Salt(salt), hash }
    }
}

impl Iterator for Past {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.told.is_empty() {
            self.told.extend(turn(self.author));
        }
        let event = self.told.pop_front()?;
        Some(self.record(&event))
    }
}

fn turn(author: PersonId) -> Vec<Event> {
    let turn = TurnId(Uuid::new_v4());
    let body = PromptBody::text("Find out why the second test fails, and mend it.".to_owned());
    let thought = text("The test opens the store twice. I should look at how the lock is let go.");
    let taken = Event::TurnTaken {
        turn,
        prompt: PromptId(Uuid::new_v4()),
        author,
        driver: author,
        origin: Origin::Human,
        body,
        choice: AgentChoice::of("rehearsal"),
        ceiling: Ceiling::Ask,
    };
    let thinks = Event::ThoughtHad { turn, item: item(), text: thought, began: Timestamp(LONG_AGO) };
    let said =
        text("The lock was kept by the reader of the first run. It is let go now, and both tests pass.");
    let says = Event::MessageSaid { turn, item: item(), text: said };
    let ends = Event::TurnEnded { turn, outcome: TurnOutcome::Completed, usage: Usage::default() };
    [taken, Event::TurnBegan { turn }, thinks]
        .into_iter()
        .chain((0..CALLS).flat_map(|nth| call(turn, nth)))
        .chain([says, ends])
        .collect()
}

fn call(turn: TurnId, nth: usize) -> [Event; 2] {
    let item = item();
    let path = format!("src/session/part_{nth}.rs");
    let input = text(&format!(r#"{{"path":"{path}","offset":0,"limit":200}}"#));
    let call = ToolCall { kind: ToolKind::Read, title: format!("Read {path}"), input, paths: vec![path] };
    let output = text("pub fn open(folder: &Path) -> Result<Store, OpenError> {\n    todo\n}\n");
    let (status, diffs) = (ToolStatus::Completed, Vec::new());
    [Event::ToolStarted { turn, item, call }, Event::ToolEnded { turn, item, status, output, diffs }]
}

fn item() -> ItemId {
    ItemId(Uuid::new_v4())
}

fn text(text: &str) -> LongText {
    LongText { text: text.to_owned(), bytes: text.len() as u64, ..LongText::default() }
}
