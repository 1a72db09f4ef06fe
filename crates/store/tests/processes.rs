//! With a second process: what a killed one leaves, and who owns a folder.

use std::path::Path;
use std::time::Instant;

use futures_util::future::join_all;
use model::limits::PARTIAL_FLUSH;
use ports::chain::ROOT;
use ports::contract::{Line, partial, remembered, session};
use ports::event_store::{Append, EventStore};
use store::{Findings, OpenError, OpenOptions, SqliteStore};

#[path = "processes/child.rs"]
mod child;

use child::Child;

const STREAMS: u64 = 3;

fn open(folder: &Path) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(folder, &OpenOptions::default())
}

/// One acknowledged append: event `seq` of `stream`, sent `millis` after the start, when the
/// stream's running text was noted up to delta `seq`.
#[derive(Clone, Copy, Debug)]
struct Acknowledged {
    stream: u64,
    seq: u64,
    millis: u64,
}

impl Acknowledged {
    fn of(line: &str) -> Self {
        let mut numbers = line.split(' ').map(|number| number.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        Self { stream: next(), seq: next(), millis: next() }
    }
}

#[tokio::test]
#[ignore = "the process that is killed"]
async fn appending() {
    let store = open(&child::folder()).unwrap();
    let begin = Instant::now();
    join_all((0..STREAMS).map(|stream| append_for_ever(&store, stream, begin))).await;
}

async fn append_for_ever(store: &SqliteStore, stream: u64, begin: Instant) {
    let mut line = Line::new(session(stream.into()));
    loop {
        let seq = line.head.seq + 1;
        store.note_partial(partial(line.stream, 1, seq));
        let millis = begin.elapsed().as_millis();
        let kept = remembered(u128::from(stream) << 64 | u128::from(seq), line.stream, seq);
        let append = Append { remembered: Some(kept), ..line.append([r#"{"type":"notice"}"#]) };
        store.append(append).await.unwrap();
        child::say(&format!("{stream} {seq} {millis}"));
    }
}

#[tokio::test]
async fn lo1_lo5_a_killed_process_loses_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Child::start("appending", folder.path());
    let mut acknowledged = Vec::new();
    while acknowledged.last().is_none_or(|last: &Acknowledged| last.millis < 3 * PARTIAL_FLUSH.0) {
        acknowledged.push(Acknowledged::of(&child.next().expect("it appends until it is killed")));
    }
    let rest = child.kill();
    // The last line may be torn.
    acknowledged.extend(rest.iter().rev().skip(1).rev().map(|line| Acknowledged::of(line)));

    let store = open(folder.path()).unwrap();
    assert!(store.opened().unclean);
    for stream in 0..STREAMS {
        let own: Vec<_> = acknowledged.iter().filter(|one| one.stream == stream).copied().collect();
        every_event_is_there(&store, &own).await;
        text_is_at_most_half_a_second_old(&store, &own).await;
    }
    assert_eq!(store.findings().await, Findings::default());
}

async fn every_event_is_there(store: &SqliteStore, own: &[Acknowledged]) {
    let last = own.last().unwrap();
    let stream = session(last.stream.into());
    let records = store.read(stream, 0, usize::MAX).await.unwrap();
    assert!(records.len() as u64 >= last.seq, "{} of {} are left", records.len(), last.seq);
    let mut prev = ROOT;
    for (seq, record) in (1..).zip(&records) {
        assert_eq!(record.header.seq, seq);
        prev = record.hash_after(&prev);
        assert_eq!(record.hash, prev);
    }
    for one in own {
        let command = remembered(u128::from(one.stream) << 64 | u128::from(one.seq), stream, one.seq);
        assert_eq!(store.recall(command.principal, command.command).await.unwrap(), Some(command));
    }
}

/// What was noted half a second before the last acknowledged append was sent, went with it at the
/// latest. So it is measured without asking when the process died.
async fn text_is_at_most_half_a_second_old(store: &SqliteStore, own: &[Acknowledged]) {
    let last = own.last().unwrap();
    let old = own.iter().rfind(|one| one.millis + PARTIAL_FLUSH.0 <= last.millis).unwrap();
    let texts = store.partials(session(last.stream.into())).await.unwrap();
    assert_eq!(texts.len(), 1);
    assert!(texts[0].n >= old.seq, "the text ends at {}, {} was noted long before", texts[0].n, old.seq);
    assert!(texts[0].text.contains(&format!("up to {}:", texts[0].n)));
}

#[tokio::test]
#[ignore = "the process that owns the folder"]
async fn owning() {
    let store = open(&child::folder()).unwrap();
    child::say("open");
    child::stay();
    drop(store);
}

#[tokio::test]
async fn lo10_one_process_owns_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut owner = Child::start("owning", folder.path());
    assert_eq!(owner.next().as_deref(), Some("open"));

    let refused = open(folder.path()).err().unwrap();
    assert!(matches!(refused, OpenError::InUse { pid: Some(pid) } if pid == owner.id()), "{refused:?}");
    assert!(refused.to_string().contains(&format!("Another Conclave (process {})", owner.id())));

    owner.kill();
    open(folder.path()).unwrap();
}
