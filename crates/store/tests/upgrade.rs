//! From each released format to this one.

use std::fs;
use std::path::Path;

use ports::contract::{Line, session};
use ports::event_store::{EventStore, Saved};
use rusqlite::Connection;
use store::{OpenOptions, SqliteStore};

const FIRST: &str = include_str!("../../../migrations/0001_log.sql");

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, &OpenOptions::default()).unwrap()
}

/// A folder as the first format left it, with two events in it.
async fn first_format(folder: &Path) -> Line {
    let mut line = Line::new(session(1));
    let store = open(folder);
    store.append(line.append(["1", "2"])).await.unwrap();
    drop(store);
    let current = folder.join("conclave.db");
    let old = folder.join("old.db");
    let sql = Connection::open(&old).unwrap();
    sql.execute_batch(FIRST).unwrap();
    sql.execute("ATTACH ?1 AS current", [current.to_str().unwrap()]).unwrap();
    let event = "stream, seq, at, actor, cause, type, body, salt, hash";
    for (table, columns) in [("meta", "*"), ("stream", "*"), ("event", event), ("remembered", "*")] {
        let copy = format!("INSERT INTO main.{table} SELECT {columns} FROM current.{table}");
        sql.execute(&copy, []).unwrap();
    }
    sql.pragma_update(None, "user_version", 1).unwrap();
    sql.close().unwrap();
    fs::rename(old, current).unwrap();
    line
}

fn schema(folder: &Path) -> Vec<(String, String, String)> {
    let sql = Connection::open(folder.join("conclave.db")).unwrap();
    let mut rows =
        sql.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name").unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn an_upgraded_file_is_as_a_fresh_one_and_keeps_its_events() {
    let root = tempfile::tempdir().unwrap();
    let (old, fresh) = (root.path().join("old"), root.path().join("fresh"));
    let line = first_format(&old).await;
    let store = open(&old);
    assert_eq!(store.head(line.stream).await, Ok(line.head));
    let saved = Saved { stream: line.stream, seq: 2, version: 1, state: vec![1] };
    store.save(saved).await.unwrap();
    drop(store);
    drop(open(&fresh));
    assert_eq!(schema(&old), schema(&fresh));
    assert!(schema(&fresh).iter().any(|(_, name, sql)| name == "event" && sql.contains("-- JSON")));
}

#[tokio::test]
async fn lo9_the_copy_made_before_an_upgrade_restores_under_a_new_epoch() {
    let root = tempfile::tempdir().unwrap();
    let line = first_format(root.path()).await;
    let store = open(root.path());
    let epoch = store.epoch();
    let backup = store.opened().backup.clone().expect("an older file is copied first");
    drop(store);
    assert!(open(root.path()).opened().backup.is_none(), "an upgrade happens once");

    fs::copy(&backup, root.path().join("conclave.db")).unwrap();
    let restored = open(root.path());
    assert_ne!(restored.epoch(), epoch);
    assert_eq!(restored.head(line.stream).await, Ok(line.head));
    let epoch = restored.epoch();
    drop(restored);
    assert_eq!(open(root.path()).epoch(), epoch);
}

#[test]
fn every_table_is_strict_and_no_column_is_null() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let sql = Connection::open(folder.path().join("conclave.db")).unwrap();
    let loose: Vec<String> = sql
        .prepare(
            "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
             WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' AND (t.strict = 0 OR c.\"notnull\" = 0)",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(loose, [""; 0]);
}
