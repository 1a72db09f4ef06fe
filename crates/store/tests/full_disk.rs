//! A disk that takes no more.

use futures_util::future::join_all;
use ports::contract::{Line, partial, session};
use ports::event_store::{Append, EventStore, Head, StoreError};
use store::{OpenError, OpenOptions, SqliteStore};

#[tokio::test]
async fn lo1_a_full_disk_changes_nothing_and_the_writer_lives_on() {
    let folder = tempfile::tempdir().unwrap();
    let limited = OpenOptions { page_limit: Some(64), ..OpenOptions::default() };
    let store = SqliteStore::open(folder.path(), &limited).unwrap();
    let large = "x".repeat(400_000);
    let mut line = Line::new(session(1));
    store.append(line.append(["small"])).await.unwrap();

    let mut refused = line.clone();
    let settled = vec![(line.stream, partial(line.stream, 1, 1).item)];
    let append = Append { settled, ..refused.append(["small", &large]) };
    store.note_partial(partial(line.stream, 1, 1));
    assert_eq!(store.append(append).await, Err(StoreError::Full));
    assert_eq!(store.put_blob(large.clone().into_bytes()).await, Err(StoreError::Full));
    assert_eq!(store.head(line.stream).await, Ok(line.head));
    assert_eq!(store.partials(line.stream).await, Ok(vec![partial(line.stream, 1, 1)]));

    store.append(line.append(["small again"])).await.unwrap();
    assert_eq!(store.head(line.stream).await, Ok(line.head));
    store.close().unwrap();
}

#[tokio::test]
async fn one_append_too_large_for_the_disk_takes_no_other_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let limited = OpenOptions { page_limit: Some(64), ..OpenOptions::default() };
    let store = SqliteStore::open(folder.path(), &limited).unwrap();
    let large = "x".repeat(400_000);
    let lines = || (0..20).map(|n| Line::new(session(n)));
    let appends = (0..).zip(lines()).map(|(n, mut line)| {
        let body = if n % 5 == 0 { &large } else { "small" };
        store.append(line.append([body]))
    });
    let outcomes = join_all(appends).await;
    for (n, outcome) in (0..).zip(outcomes) {
        let (expected, seq) = if n % 5 == 0 { (Err(StoreError::Full), 0) } else { (Ok(()), 1) };
        assert_eq!(outcome, expected);
        assert_eq!(store.head(session(n)).await.unwrap().seq, seq);
    }
}

#[tokio::test]
async fn text_waits_out_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let limited = OpenOptions { page_limit: Some(64), ..OpenOptions::default() };
    let store = SqliteStore::open(folder.path(), &limited).unwrap();
    let mut text = partial(session(1), 1, 1);
    text.text = "x".repeat(400_000);
    store.note_partial(text.clone());
    let mut line = Line::new(session(2));
    store.append(line.append(["1"])).await.unwrap();
    assert_eq!(store.partials(session(1)).await, Ok(vec![text.clone()]));
    drop(store);

    let roomy = SqliteStore::open(folder.path(), &OpenOptions::default()).unwrap();
    assert_eq!(roomy.head(session(1)).await, Ok(Head::EMPTY));
    assert_eq!(roomy.head(session(2)).await, Ok(line.head));
}

#[test]
fn a_disk_too_full_to_open_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let limited = OpenOptions { page_limit: Some(2), ..OpenOptions::default() };
    let refused = SqliteStore::open(folder.path(), &limited).err().unwrap();
    assert!(matches!(refused, OpenError::Full { .. }), "{refused:?}");
    assert!(refused.to_string().contains("Free some space"));
    SqliteStore::open(folder.path(), &OpenOptions::default()).unwrap();
}
