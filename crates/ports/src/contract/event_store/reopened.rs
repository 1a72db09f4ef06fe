use model::{BlobHash, PersonId, StreamId};
use uuid::Uuid;

use crate::chain::hex_digest;
use crate::contract::{Line, partial, remembered, session};
use crate::event_store::{Append, EventStore, Layout, Saved};

pub async fn fill(store: impl EventStore) {
    let (first, second) = two_appends();
    store.append(first).await.unwrap();
    store.append(second).await.unwrap();
    store.note_partial(partial(session(1), 1, 3));
    store.note_partial(partial(session(1), 1, 4));
    store.save(snapshot()).await.unwrap();
    store.put_blob(b"bytes".to_vec()).await.unwrap();
    store.keep_layout(ADA, layout()).await.unwrap();
}

pub async fn lo1_lo5_everything_is_there(store: impl EventStore) {
    let (first, second) = two_appends();
    let (line, kept) = (&first.parts[0], first.remembered.unwrap());
    assert_eq!(store.read(line.stream, 0, 10).await.unwrap(), line.records);
    assert_eq!(store.read(StreamId::Owner, 0, 10).await.unwrap(), second.parts[0].records);
    assert_eq!(store.streams().await.unwrap(), [session(1), StreamId::Owner]);
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(Some(kept)));
    assert_eq!(store.partials(session(1)).await.unwrap(), [partial(session(1), 1, 4)]);
    assert_eq!(store.saved(session(1)).await, Ok(Some(snapshot())));
    assert_eq!(store.layout(ADA).await, Ok(Some(layout())));
    let bytes = store.blob(BlobHash(hex_digest(b"bytes"))).await.unwrap();
    assert_eq!(bytes.as_deref(), Some(b"bytes".as_slice()));
}

fn two_appends() -> (Append, Append) {
    let mut line = Line::new(session(1));
    let first = Append { remembered: Some(remembered(1, line.stream, 1)), ..line.append(["1", "2"]) };
    (first, Line::new(StreamId::Owner).append(["1"]))
}

fn snapshot() -> Saved {
    Saved { stream: session(1), seq: 2, version: 1, state: vec![1, 2, 3] }
}

const ADA: PersonId = PersonId(Uuid::from_u128(1));

fn layout() -> Layout {
    Layout { revision: 3, text: "three panes".to_owned() }
}
