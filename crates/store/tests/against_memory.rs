//! Random appends, conflicts and reads give the same on SQLite as in memory.

use futures_util::future::join_all;
use ports::contract::{Line, MemoryEventStore, partial, remembered, session};
use ports::event_store::{Append, EventStore, Head, PartialText, Record, Saved, StoreError};
use proptest::collection::vec;
use proptest::prelude::*;
use store::{OpenOptions, SqliteStore};
use tokio::runtime::Runtime;

const STREAMS: u128 = 3;

#[derive(Clone, Debug)]
enum Step {
    /// At once, so that they share a transaction.
    Appends(Vec<Planned>),
    Note(u128, u128, u64),
    Save(u128, u64),
    Reopen,
}

#[derive(Clone, Debug)]
struct Planned {
    /// Streams, and how many events each gets.
    parts: Vec<(u128, usize)>,
    /// How far from the head it expects to be: 0 is right.
    off: u64,
    command: u128,
}

fn planned() -> impl Strategy<Value = Planned> {
    let parts = vec((0..STREAMS, 0_usize..4), 0..3);
    let off = prop_oneof![4 => Just(0_u64), 1 => 1_u64..3];
    (parts, off, 0_u128..12).prop_map(|(parts, off, command)| Planned { parts, off, command })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => vec(planned(), 1..6).prop_map(Step::Appends),
        2 => (0..STREAMS, 0_u128..3, 1_u64..9).prop_map(|(stream, item, n)| Step::Note(stream, item, n)),
        1 => (0..STREAMS, 0_u64..9).prop_map(|(stream, seq)| Step::Save(stream, seq)),
        1 => Just(Step::Reopen),
    ]
}

/// Builds the append after those planned before it.
fn append(lines: &mut [Line], planned: &Planned) -> Append {
    let item = |number| partial(session(0), number, 1).item;
    let settled = planned.command.is_multiple_of(3).then(|| (session(0), item(planned.command % 2)));
    let parts = planned.parts.iter().map(|&(stream, events)| {
        let line = &mut lines[usize::try_from(stream).unwrap()];
        let mut part = line.part(vec!["{}"; events]);
        part.after += planned.off;
        part
    });
    let parts: Vec<_> = parts.collect();
    let kept = parts.first().map(|part| remembered(planned.command, part.stream, part.after + 1));
    Append { parts, remembered: kept, settled: settled.into_iter().collect() }
}

async fn lines(store: &impl EventStore) -> Vec<Line> {
    let mut lines: Vec<Line> = (0..STREAMS).map(|n| Line::new(session(n))).collect();
    for line in &mut lines {
        line.head = store.head(line.stream).await.unwrap();
    }
    lines
}

#[derive(Debug, PartialEq)]
struct Seen {
    head: Head,
    all: Vec<Record>,
    page: Vec<Record>,
    back: Vec<Record>,
    partials: Vec<PartialText>,
    saved: Option<Saved>,
}

async fn seen(store: &impl EventStore) -> Result<Vec<Seen>, StoreError> {
    let mut seen = Vec::new();
    for stream in (0..STREAMS).map(session) {
        seen.push(Seen {
            head: store.head(stream).await?,
            all: store.read(stream, 0, usize::MAX).await?,
            page: store.read(stream, 2, 3).await?,
            back: store.read_back(stream, 6, 3).await?,
            partials: store.partials(stream).await?,
            saved: store.saved(stream).await?,
        });
    }
    Ok(seen)
}

async fn run(steps: Vec<Step>) {
    let folder = tempfile::tempdir().unwrap();
    let open = || SqliteStore::open(folder.path(), &OpenOptions::default()).unwrap();
    let (mut disk, memory) = (open(), MemoryEventStore::default());
    for step in steps {
        match step {
            Step::Appends(appends) => {
                let mut lines = lines(&memory).await;
                let appends: Vec<_> = appends.iter().map(|planned| append(&mut lines, planned)).collect();
                let on_disk = join_all(appends.iter().map(|append| disk.append(append.clone()))).await;
                let in_memory = join_all(appends.iter().map(|append| memory.append(append.clone()))).await;
                assert_eq!(on_disk, in_memory);
            }
            Step::Note(stream, item, n) => {
                disk.note_partial(partial(session(stream), item, n));
                memory.note_partial(partial(session(stream), item, n));
            }
            Step::Save(stream, seq) => {
                let saved = Saved { stream: session(stream), seq, version: 1, state: vec![1; 9] };
                assert_eq!(disk.save(saved.clone()).await, memory.save(saved).await);
            }
            Step::Reopen => {
                disk.close().unwrap();
                disk = open();
            }
        }
        assert_eq!(seen(&disk).await, seen(&memory).await);
        assert_eq!(disk.streams().await, memory.streams().await);
    }
    for command in (0..12).map(|command| remembered(command, session(0), 1)) {
        let (principal, command) = (command.principal, command.command);
        assert_eq!(disk.recall(principal, command).await, memory.recall(principal, command).await);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn disk_and_memory_agree(steps in vec(step(), 1..20)) {
        Runtime::new().unwrap().block_on(run(steps));
    }
}
