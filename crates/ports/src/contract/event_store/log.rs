use model::StreamId;

use crate::contract::{Line, session};
use crate::event_store::{Append, EventStore, Head, Part, StoreError};

pub async fn an_empty_stream_has_the_empty_head(store: &impl EventStore) {
    assert_eq!(store.head(StreamId::Owner).await, Ok(Head::EMPTY));
    assert_eq!(store.read(StreamId::Owner, 0, 10).await, Ok(vec![]));
    assert_eq!(store.read_back(StreamId::Owner, u64::MAX, 10).await, Ok(vec![]));
    assert_eq!(store.streams().await, Ok(vec![]));
}

pub async fn what_is_appended_is_read_back_unchanged(store: &impl EventStore) {
    let long = format!(r#"{{"text":"{}"}}"#, "é\u{1F600}".repeat(20_000));
    let mut line = Line::new(session(1));
    let append = line.append([r#"{"type":"a"}"#, &long, "", "nul \0 inside"]);
    let records = append.parts[0].records.clone();
    store.append(append).await.unwrap();
    assert_eq!(store.read(line.stream, 0, 10).await.unwrap(), records);
    assert_eq!(store.head(line.stream).await, Ok(line.head));
}

pub async fn seqs_are_dense_in_each_stream(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let stream = line.stream;
    store.append(line.append(["1", "2"])).await.unwrap();

    let mut hole = line.clone().append(["3", "4"]);
    hole.parts[0].records.remove(0);
    let refused = store.append(hole).await;
    assert_eq!(refused, Err(StoreError::Conflict { stream, expected: 3, head: 2 }));

    let mut foreign = line.clone().append(["3"]);
    foreign.parts[0].records[0].header.stream = session(2);
    assert!(matches!(store.append(foreign).await, Err(StoreError::Conflict { .. })));

    store.append(line.append(["3"])).await.unwrap();
    let mut other = Line::new(session(2));
    store.append(other.append(["1"])).await.unwrap();
    let seqs: Vec<u64> = store.read(stream, 0, 10).await.unwrap().iter().map(|r| r.header.seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
    assert_eq!(store.head(other.stream).await.unwrap().seq, 1);
}

pub async fn lo1_a_conflict_changes_nothing(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let stream = line.stream;
    let mut late = line.clone();
    store.append(line.append(["1", "2"])).await.unwrap();

    let refused = store.append(late.append(["another 1"])).await;
    assert_eq!(refused, Err(StoreError::Conflict { stream, expected: 0, head: 2 }));
    let ahead = Part { after: 7, ..late.part(["another 2"]) };
    let ahead = Append { parts: vec![ahead], ..Append::default() };
    assert_eq!(store.append(ahead).await, Err(StoreError::Conflict { stream, expected: 7, head: 2 }));

    let bodies: Vec<String> =
        store.read(stream, 0, 10).await.unwrap().iter().map(|r| r.body.to_string()).collect();
    assert_eq!(bodies, ["1", "2"]);
    store.append(line.append(["3"])).await.unwrap();
    assert_eq!(store.head(stream).await, Ok(line.head));
}

pub async fn lo1_parts_are_written_whole_or_not_at_all(store: &impl EventStore) {
    let (mut one, mut two) = (Line::new(StreamId::Owner), Line::new(session(1)));
    let both = Append { parts: vec![one.part(["1"]), two.part(["1", "2"])], ..Append::default() };
    store.append(both).await.unwrap();
    assert_eq!(store.head(one.stream).await, Ok(one.head));
    assert_eq!(store.head(two.stream).await, Ok(two.head));

    let mut stale = Line::new(session(1));
    let good = one.clone().part(["never"]);
    let fresh = Line::new(session(2)).part(["never"]);
    let halves = Append { parts: vec![good, fresh, stale.part(["never"])], ..Append::default() };
    assert!(matches!(store.append(halves).await, Err(StoreError::Conflict { .. })));
    assert_eq!(store.head(one.stream).await, Ok(one.head));
    assert_eq!(store.head(session(2)).await, Ok(Head::EMPTY));
    assert_eq!(store.streams().await.unwrap().len(), 2);
}

pub async fn one_append_may_continue_a_stream_twice(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let twice = Append { parts: vec![line.part(["1"]), line.part(["2"])], ..Append::default() };
    store.append(twice).await.unwrap();
    assert_eq!(store.head(line.stream).await, Ok(line.head));
}

pub async fn streams_come_in_the_order_of_their_first_appends(store: &impl EventStore) {
    let mut lines = [session(9), StreamId::Owner, session(3)].map(Line::new);
    for line in &mut lines {
        store.append(line.append(["1"])).await.unwrap();
    }
    store.append(lines[2].append(["2"])).await.unwrap();
    let empty = Line::new(session(1)).append([]);
    store.append(empty).await.unwrap();
    assert_eq!(store.streams().await.unwrap(), [session(9), StreamId::Owner, session(3)]);
}
