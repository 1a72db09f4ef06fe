use crate::contract::{Line, session};
use crate::event_store::{EventStore, Record};

pub async fn pages_go_forwards(store: &impl EventStore) {
    let line = ten(store).await;
    let page = |after, limit| store.read(line.stream, after, limit);
    assert_eq!(seqs(page(0, 4).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(seqs(page(4, 4).await.unwrap()), [5, 6, 7, 8]);
    assert_eq!(seqs(page(8, 4).await.unwrap()), [9, 10]);
    assert_eq!(seqs(page(10, 4).await.unwrap()), []);
    assert_eq!(seqs(page(u64::MAX, 4).await.unwrap()), []);
    assert_eq!(seqs(page(3, 0).await.unwrap()), []);
    assert_eq!(seqs(page(0, usize::MAX).await.unwrap()).len(), 10);
}

pub async fn pages_go_backwards(store: &impl EventStore) {
    let line = ten(store).await;
    let page = |before, limit| store.read_back(line.stream, before, limit);
    assert_eq!(seqs(page(u64::MAX, 4).await.unwrap()), [7, 8, 9, 10]);
    assert_eq!(seqs(page(7, 4).await.unwrap()), [3, 4, 5, 6]);
    assert_eq!(seqs(page(3, 4).await.unwrap()), [1, 2]);
    assert_eq!(seqs(page(1, 4).await.unwrap()), []);
    assert_eq!(seqs(page(0, 4).await.unwrap()), []);
    assert_eq!(seqs(page(3, 0).await.unwrap()), []);
}

/// A stream of ten events beside one that must not show.
async fn ten(store: &impl EventStore) -> Line {
    let (mut line, mut other) = (Line::new(session(1)), Line::new(session(2)));
    for _ in 0..5 {
        store.append(line.append(["a", "b"])).await.unwrap();
        store.append(other.append(["x"])).await.unwrap();
    }
    line
}

fn seqs(records: Vec<Record>) -> Vec<u64> {
    records.iter().map(|record| record.header.seq).collect()
}
