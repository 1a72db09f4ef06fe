//! The event store's contract, on memory and on SQLite.

use std::cell::Cell;

use ports::contract::{MemoryEventStore, event_store};
use ports::event_store::EventStore;
use store::{OpenOptions, SqliteStore};

#[tokio::test]
async fn the_memory_keeps_the_contract() {
    event_store::all(async || MemoryEventStore::default()).await;
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let root = tempfile::tempdir().unwrap();
    let made = Cell::new(0);
    event_store::all(async || {
        made.set(made.get() + 1);
        SqliteStore::open(&root.path().join(made.get().to_string()), &OpenOptions::default()).unwrap()
    })
    .await;
}

#[tokio::test]
async fn lo1_lo5_sqlite_keeps_everything_through_a_close() {
    let root = tempfile::tempdir().unwrap();
    event_store::durable(async || SqliteStore::open(root.path(), &OpenOptions::default()).unwrap()).await;
}

#[tokio::test]
async fn lo9_the_epoch_stays_through_a_close_and_is_another_in_another_folder() {
    let root = tempfile::tempdir().unwrap();
    let open = |name: &str| SqliteStore::open(&root.path().join(name), &OpenOptions::default()).unwrap();
    let (epoch, host) = {
        let store = open("a");
        (store.epoch(), store.host())
    };
    let again = open("a");
    assert_eq!((again.epoch(), again.host()), (epoch, host));
    assert!(!again.opened().unclean);
    let other = open("b");
    assert_ne!(other.epoch(), epoch);
    assert_ne!(other.host(), host);
}
