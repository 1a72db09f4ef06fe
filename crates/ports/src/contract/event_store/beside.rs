use model::{BlobHash, PersonId};
use uuid::Uuid;

use crate::chain::hex_digest;
use crate::contract::{Line, partial, session};
use crate::event_store::{Append, EventStore, Layout, Saved, StoreError};

pub async fn a_partial_is_seen_at_once_and_replaced(store: &impl EventStore) {
    let (stream, other) = (session(1), session(2));
    store.note_partial(partial(stream, 2, 1));
    store.note_partial(partial(stream, 1, 1));
    store.note_partial(partial(other, 1, 1));
    let both = vec![partial(stream, 1, 1), partial(stream, 2, 1)];
    assert_eq!(store.partials(stream).await, Ok(both));
    store.note_partial(partial(stream, 1, 2));
    let both = vec![partial(stream, 1, 2), partial(stream, 2, 1)];
    assert_eq!(store.partials(stream).await, Ok(both));
    assert_eq!(store.partials(other).await, Ok(vec![partial(other, 1, 1)]));
    assert_eq!(store.partials(session(3)).await, Ok(vec![]));
}

pub async fn lo1_the_durable_event_takes_the_partial(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let (whole, running) = (partial(line.stream, 1, 4), partial(line.stream, 2, 1));
    store.note_partial(whole.clone());
    store.note_partial(running.clone());
    let settled = vec![(line.stream, whole.item)];
    store.append(Append { settled, ..line.append(["the whole"]) }).await.unwrap();
    assert_eq!(store.partials(line.stream).await, Ok(vec![running]));
}

pub async fn a_refused_append_settles_nothing(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let stale = line.clone().append(["never"]);
    store.append(line.append(["1"])).await.unwrap();
    let text = partial(line.stream, 1, 4);
    store.note_partial(text.clone());
    let settled = vec![(line.stream, text.item)];
    let refused = store.append(Append { settled, ..stale }).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
    assert_eq!(store.partials(line.stream).await, Ok(vec![text]));
}

pub async fn a_snapshot_replaces_the_older(store: &impl EventStore) {
    let stream = session(1);
    assert_eq!(store.saved(stream).await, Ok(None));
    let older = Saved { stream, seq: 5, version: 1, state: vec![0, 1, 255] };
    let newer = Saved { seq: 9, version: 2, state: vec![], ..older.clone() };
    store.save(older.clone()).await.unwrap();
    assert_eq!(store.saved(stream).await, Ok(Some(older)));
    store.save(newer.clone()).await.unwrap();
    assert_eq!(store.saved(stream).await, Ok(Some(newer)));
    assert_eq!(store.saved(session(2)).await, Ok(None));
}

pub async fn wi9_a_layout_replaces_the_older_of_its_person(store: &impl EventStore) {
    let (ada, bea) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
    assert_eq!(store.layout(ada).await, Ok(None));
    let layout = |revision, text: &str| Layout { revision, text: text.to_owned() };
    store.keep_layout(ada, layout(1, "one pane")).await.unwrap();
    store.keep_layout(bea, layout(7, "hers")).await.unwrap();
    store.keep_layout(ada, layout(2, "two panes")).await.unwrap();
    assert_eq!(store.layout(ada).await, Ok(Some(layout(2, "two panes"))));
    assert_eq!(store.layout(bea).await, Ok(Some(layout(7, "hers"))));
}

pub async fn blobs_are_kept_by_their_hash(store: &impl EventStore) {
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let hash = store.put_blob(bytes.clone()).await.unwrap();
    assert_eq!(hash, BlobHash(hex_digest(&bytes)));
    assert_eq!(store.put_blob(bytes.clone()).await, Ok(hash.clone()));
    assert_eq!(store.blob(hash).await, Ok(Some(bytes)));
    let empty = store.put_blob(vec![]).await.unwrap();
    assert_eq!(store.blob(empty).await, Ok(Some(vec![])));
    assert_eq!(store.blob(BlobHash(hex_digest(b"unknown"))).await, Ok(None));
}

pub async fn gr2_only_the_streams_that_name_a_blob_refer_to_it(store: &impl EventStore) {
    let hash = store.put_blob(b"long".to_vec()).await.unwrap();
    let named = format!(r#"{{"type":"a","text":{{"text":"l","blob":"{}","bytes":4}}}}"#, hash.0);
    let told = format!(r#"{{"type":"a","text":"{{\"blob\":\"{}\"}}"}}"#, hash.0);
    let (mut naming, mut telling) = (Line::new(session(1)), Line::new(session(2)));
    store.append(naming.append(["{}", &named])).await.unwrap();
    store.append(telling.append([told.as_str()])).await.unwrap();
    assert_eq!(store.refers(naming.stream, hash.clone()).await, Ok(true));
    assert_eq!(store.refers(telling.stream, hash.clone()).await, Ok(false));
    assert_eq!(store.refers(session(3), hash).await, Ok(false));
}
