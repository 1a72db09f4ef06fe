use model::{CommandId, PersonId};
use uuid::Uuid;

use crate::contract::{Line, remembered, session};
use crate::event_store::{Append, EventStore, StoreError};

pub async fn lo5_an_accepted_command_is_recalled(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let kept = remembered(1, line.stream, 1);
    let append = Append { remembered: Some(kept.clone()), ..line.append(["1"]) };
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(None));
    store.append(append).await.unwrap();
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(Some(kept.clone())));
    let stranger = PersonId(Uuid::from_u128(2));
    assert_eq!(store.recall(stranger, kept.command).await, Ok(None));
    let other = CommandId(Uuid::from_u128(2));
    assert_eq!(store.recall(kept.principal, other).await, Ok(None));
}

pub async fn lo5_a_refused_append_leaves_no_trace(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let stale = line.clone().append(["never"]);
    store.append(line.append(["1"])).await.unwrap();
    let kept = remembered(1, line.stream, 1);
    let refused = store.append(Append { remembered: Some(kept.clone()), ..stale }).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(None));
}

pub async fn lo5_a_command_is_remembered_once(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let kept = remembered(1, line.stream, 1);
    let first = Append { remembered: Some(kept.clone()), ..line.append(["1"]) };
    store.append(first).await.unwrap();

    let mut elsewhere = Line::new(session(2));
    let again = remembered(1, elsewhere.stream, 1);
    let second = Append { remembered: Some(again), ..elsewhere.append(["never"]) };
    assert!(matches!(store.append(second).await, Err(StoreError::Conflict { .. })));
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(Some(kept)));
    assert_eq!(store.streams().await.unwrap(), [line.stream]);
}
