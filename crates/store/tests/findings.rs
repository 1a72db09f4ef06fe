//! What the check after a start finds.

use std::fs;
use std::path::Path;

use ports::contract::{Line, session};
use ports::event_store::EventStore;
use rusqlite::Connection;
use store::{Broken, Findings, OpenOptions, SqliteStore};

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, &OpenOptions::default()).unwrap()
}

async fn filled(folder: &Path, events: usize) -> Line {
    let store = open(folder);
    let mut line = Line::new(session(1));
    store.append(line.append(vec!["{}"; events])).await.unwrap();
    line
}

fn edit(folder: &Path, sql: &str) {
    let changed = Connection::open(folder.join("conclave.db")).unwrap().execute(sql, []).unwrap();
    assert_eq!(changed, 1);
}

#[tokio::test]
async fn lo6_a_changed_body_breaks_its_streams_tail() {
    let folder = tempfile::tempdir().unwrap();
    let line = filled(folder.path(), 300).await;
    assert_eq!(open(folder.path()).findings().await, Findings::default());
    edit(folder.path(), "UPDATE event SET body = '[]' WHERE seq = 290");
    let broken = vec![Broken { stream: line.stream, seq: 290 }];
    assert_eq!(open(folder.path()).findings().await, Findings { broken, damage: None });
}

#[tokio::test]
async fn lo6_a_missing_event_breaks_its_streams_tail() {
    let folder = tempfile::tempdir().unwrap();
    let line = filled(folder.path(), 10).await;
    edit(folder.path(), "DELETE FROM event WHERE seq = 1");
    let broken = vec![Broken { stream: line.stream, seq: 2 }];
    assert_eq!(open(folder.path()).findings().await, Findings { broken, damage: None });
}

#[tokio::test]
async fn a_start_looks_at_the_tail_alone() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path(), 300).await;
    edit(folder.path(), "UPDATE event SET body = '[]' WHERE seq = 30");
    assert_eq!(open(folder.path()).findings().await, Findings::default());
}

/// Overwrites the table of events with garbage, as a broken disk might, and lets the last process
/// seem killed.
fn tear(folder: &Path) {
    let file = folder.join("conclave.db");
    let sql = Connection::open(&file).unwrap();
    sql.execute("UPDATE meta SET clean = 0", []).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'event'";
    let page: usize = sql.query_row(root, [], |row| row.get(0)).unwrap();
    sql.close().map_err(|(_, error)| error).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[(page - 1) * 4096..page * 4096].fill(0xAB);
    fs::write(&file, bytes).unwrap();
}

#[tokio::test]
async fn lo9_a_file_found_damaged_is_moved_aside_by_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path(), 300).await;
    tear(folder.path());

    let store = open(folder.path());
    let epoch = store.epoch();
    assert!(store.opened().unclean && store.opened().moved_aside.is_none());
    assert!(store.findings().await.damage.is_some());
    assert!(store.read(session(1), 0, 10).await.is_err());
    drop(store);

    let store = open(folder.path());
    assert!(store.opened().moved_aside.as_ref().is_some_and(|aside| aside.exists()));
    assert_ne!(store.epoch(), epoch);
    drop(store);
    assert!(open(folder.path()).opened().moved_aside.is_none());
}

#[tokio::test]
async fn a_sound_file_under_suspicion_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let line = filled(folder.path(), 3).await;
    fs::write(folder.path().join("suspect"), "").unwrap();
    let store = open(folder.path());
    assert!(store.opened().moved_aside.is_none());
    assert_eq!(store.head(line.stream).await, Ok(line.head));
    assert!(!folder.path().join("suspect").exists());
}
