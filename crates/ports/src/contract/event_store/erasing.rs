use std::sync::Arc;

use model::{BlobHash, StreamId};

use crate::chain::ROOT;
use crate::contract::{Line, partial, remembered, session, signed};
use crate::event_store::{Append, Erasure, EventStore, Head, Record, Saved, StoreError, Target, Tombstone};

const SECRET: &str = r#"{"type":"said","text":"hunter2"}"#;
const BLANK: &str = r#"{"type":"said","text":""}"#;

pub async fn lo11_an_erased_body_goes_and_the_chain_still_proves(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    store.append(line.append(["1", SECRET, "3"])).await.unwrap();
    let before = store.read(line.stream, 0, 10).await.unwrap();
    store.erase(erasure(&mut line, &[2])).await.unwrap();

    let after = store.read(line.stream, 0, 10).await.unwrap();
    assert_eq!(after.len(), 4, "what says so is appended");
    assert_eq!(&*after[1].body, BLANK);
    assert!(after[1].is_erased() && !after[0].is_erased());
    assert_eq!((&after[1].header, after[1].hash), (&before[1].header, before[1].hash));
    follows(&after);
    assert_eq!(store.head(line.stream).await, Ok(line.head));

    store.erase(erasure(&mut line, &[2])).await.unwrap();
    assert_eq!(store.read(line.stream, 1, 1).await.unwrap(), after[1..2], "twice is as once");
}

pub async fn lo11_what_lay_beside_an_erased_body_goes_too(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    let own = store.put_blob(b"only in the erased one".to_vec()).await.unwrap();
    let shared = store.put_blob(b"also elsewhere".to_vec()).await.unwrap();
    let naming = |blobs: &[&BlobHash]| format!("{blobs:?}");
    let (body, other) = (naming(&[&own, &shared]), naming(&[&shared]));
    let kept = remembered(2, line.stream, 2);
    let append = Append { remembered: Some(kept.clone()), ..line.append(["1", &body, &other]) };
    store.append(append).await.unwrap();
    store.save(Saved { stream: line.stream, seq: 3, version: 1, state: vec![1] }).await.unwrap();
    let text = partial(line.stream, 1, 4);
    store.note_partial(text.clone());

    let mut erasure = erasure(&mut line, &[2]);
    erasure.blobs = vec![own.clone(), shared.clone()];
    erasure.append.settled = vec![(line.stream, text.item)];
    store.erase(erasure).await.unwrap();

    assert_eq!(store.blob(own).await, Ok(None));
    assert!(store.blob(shared).await.unwrap().is_some(), "another body names it");
    assert_eq!(store.saved(line.stream).await, Ok(None));
    assert_eq!(store.partials(line.stream).await, Ok(vec![]));
    let known = store.recall(kept.principal, kept.command).await.unwrap().unwrap();
    assert_eq!(
        (known.request, known.answer),
        ([0; 32], kept.answer),
        "the request's hash could be guessed at"
    );
}

pub async fn lo1_a_refused_erasure_erases_nothing(store: &impl EventStore) {
    let mut line = Line::new(session(1));
    store.append(line.append(["1", SECRET])).await.unwrap();
    let blob = store.put_blob(b"kept".to_vec()).await.unwrap();
    let mut stale = erasure(&mut line.clone(), &[2]);
    stale.blobs = vec![blob.clone()];
    store.append(line.append(["3"])).await.unwrap();

    assert!(matches!(store.erase(stale).await, Err(StoreError::Conflict { .. })));
    assert_eq!(&*store.read(line.stream, 1, 1).await.unwrap()[0].body, SECRET);
    assert!(store.blob(blob).await.unwrap().is_some());
}

pub async fn lo11_an_erased_stream_leaves_nothing_but_what_says_so(store: &impl EventStore) {
    let (mut gone, mut stays) = (Line::new(session(1)), Line::new(session(2)));
    let blob = store.put_blob(b"only there".to_vec()).await.unwrap();
    let kept = remembered(1, gone.stream, 1);
    let append = Append { remembered: Some(kept.clone()), ..gone.append(["1", &blob.0, SECRET]) };
    store.append(append).await.unwrap();
    store.append(stays.append(["1"])).await.unwrap();
    store.save(Saved { stream: gone.stream, seq: 3, version: 1, state: vec![1] }).await.unwrap();
    store.keep_head(signed(gone.head, gone.stream)).await.unwrap();
    store.note_partial(partial(gone.stream, 1, 4));

    let told = remembered(9, stays.stream, 2);
    let append = Append { remembered: Some(told.clone()), ..stays.append(["it is gone"]) };
    let erasure = Erasure { append, target: Target::Stream(gone.stream), blobs: vec![blob.clone()] };
    store.erase(erasure).await.unwrap();

    assert_eq!(store.streams().await, Ok(vec![stays.stream]));
    assert_eq!(store.head(gone.stream).await, Ok(Head::EMPTY));
    assert_eq!(store.read(gone.stream, 0, 10).await, Ok(vec![]));
    assert_eq!(store.saved(gone.stream).await, Ok(None));
    assert_eq!(store.heads_back(gone.stream, u64::MAX, 9).await, Ok(vec![]));
    assert_eq!(store.partials(gone.stream).await, Ok(vec![]));
    assert_eq!(store.blob(blob).await, Ok(None));
    assert_eq!(store.recall(kept.principal, kept.command).await, Ok(None));
    assert_eq!(store.recall(told.principal, told.command).await, Ok(Some(told)));
    assert_eq!(store.head(stays.stream).await, Ok(stays.head));
    let fresh = Line::new(gone.stream).append(["a stream may begin again"]);
    assert_eq!(store.append(fresh).await, Ok(()));
}

pub async fn lo6_signed_heads_are_kept(store: &impl EventStore) {
    let (stream, other) = (session(1), session(2));
    let head = |seq| Head { seq, hash: [9; 32] };
    for seq in [3, 7, 260] {
        store.keep_head(signed(head(seq), stream)).await.unwrap();
    }
    store.keep_head(signed(head(5), other)).await.unwrap();
    let seqs = async |before, limit| -> Vec<u64> {
        let heads = store.heads_back(stream, before, limit).await.unwrap();
        heads.iter().map(|signed| signed.head.seq).collect()
    };
    assert_eq!(seqs(u64::MAX, 9).await, [3, 7, 260]);
    assert_eq!(seqs(260, 9).await, [3, 7]);
    assert_eq!(seqs(u64::MAX, 1).await, [260]);
    assert_eq!(store.heads_back(other, 6, 9).await, Ok(vec![signed(head(5), other)]));
    assert_eq!(store.heads_back(StreamId::Owner, 6, 9).await, Ok(vec![]));
    let again = crate::event_store::SignedHead { signature: vec![1], ..signed(head(7), stream) };
    store.keep_head(again.clone()).await.unwrap();
    assert_eq!(store.heads_back(stream, 8, 1).await, Ok(vec![again]));
}

fn erasure(line: &mut Line, seqs: &[u64]) -> Erasure {
    let tombstone = |seq: &u64| Tombstone { seq: *seq, body: Arc::from(BLANK) };
    let tombstones = seqs.iter().map(tombstone).collect();
    let target = Target::Bodies { stream: line.stream, tombstones };
    Erasure { append: line.append([r#"{"type":"redacted"}"#]), target, blobs: vec![] }
}

fn follows(records: &[Record]) {
    let mut prev = ROOT;
    for record in records {
        assert_eq!(record.hash, record.hash_after(&prev), "at {}", record.header.seq);
        prev = record.hash;
    }
}
