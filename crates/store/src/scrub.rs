//! What a deleted row leaves on the disk: bytes in free pages, in the write-ahead log and in backups
//! (LO11). Each step may be done again, and the note that work is left goes last.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// One step after the other; a killed process begins anew at the next start.
pub const STEPS: [Step; 4] = [rebuild, empty_log, remove_backups, done];

pub type Step = fn(&Connection, &Path) -> Result<(), ScrubError>;

/// The bytes of erased bodies may still be in the folder; it is tried again at the next start.
#[derive(Debug, thiserror::Error)]
pub enum ScrubError {
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    #[error("a backup can't be removed: {0}")]
    Backup(#[from] io::Error),
    #[error("a reader kept the write-ahead log")]
    Busy,
}

/// Does what is left to do, if anything.
pub fn finish(connection: &Connection) -> Result<(), ScrubError> {
    let waits = connection.query_row("SELECT count(*) FROM scrub", [], |row| row.get::<_, bool>(0))?;
    let folder = connection.path().map(PathBuf::from).and_then(|file| file.parent().map(Path::to_owned));
    match folder.filter(|_| waits) {
        Some(folder) => STEPS.iter().try_for_each(|step| step(connection, &folder)),
        None => Ok(()),
    }
}

/// Writes the file anew, without what lies in its free pages.
fn rebuild(connection: &Connection, _: &Path) -> Result<(), ScrubError> {
    Ok(connection.execute_batch("VACUUM")?)
}

fn empty_log(connection: &Connection, _: &Path) -> Result<(), ScrubError> {
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))?;
    if busy { Err(ScrubError::Busy) } else { Ok(()) }
}

/// Copies from before an upgrade. A damaged file that was moved aside is the only one of its kind: it
/// stays until its owner deletes it.
fn remove_backups(_: &Connection, folder: &Path) -> Result<(), ScrubError> {
    match fs::remove_dir_all(folder.join("backups")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn done(connection: &Connection, _: &Path) -> Result<(), ScrubError> {
    Ok(connection.execute("DELETE FROM scrub", []).map(drop)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OpenOptions, SqliteStore, erase, folder::Folder, open};
    use ports::contract::{Line, session};
    use ports::event_store::{Erasure, EventStore, Target, Tombstone};

    const SECRET: &str = "correct horse battery staple";

    fn open(folder: &Path) -> SqliteStore {
        SqliteStore::open(folder, &OpenOptions::default()).unwrap()
    }

    /// Whether the bytes of the secret are anywhere below.
    fn holds_secret(folder: &Path) -> bool {
        let found = |path: PathBuf| match path.is_dir() {
            true => holds_secret(&path),
            false => fs::read(path).unwrap().windows(SECRET.len()).any(|bytes| bytes == SECRET.as_bytes()),
        };
        fs::read_dir(folder).unwrap().any(|entry| found(entry.unwrap().path()))
    }

    /// A database as a killed process leaves it: what is in the folder, without a close.
    fn killed(from: &Path, to: &Path) {
        fs::create_dir_all(to.join("backups")).unwrap();
        for name in ["conclave.db", "conclave.db-wal", "backups/old.db"] {
            // What a step has removed is gone.
            let _ = fs::copy(from.join(name), to.join(name));
        }
    }

    async fn filled(folder: &Path) -> Line {
        let mut line = Line::new(session(1));
        let store = open(folder);
        let body = format!(r#"{{"text":"{SECRET}"}}"#);
        store.append(line.append(["1", &body])).await.unwrap();
        drop(store);
        fs::create_dir_all(folder.join("backups")).unwrap();
        fs::copy(folder.join("conclave.db"), folder.join("backups/old.db")).unwrap();
        line
    }

    fn erasure(line: &mut Line, target: Target) -> Erasure {
        Erasure { append: line.append([r#"{"type":"redacted"}"#]), target, blobs: vec![] }
    }

    fn one_body(stream: model::StreamId) -> Target {
        let tombstones = vec![Tombstone { seq: 2, body: "{}".into() }];
        Target::Bodies { stream, tombstones }
    }

    #[tokio::test]
    async fn lo11_nothing_of_an_erased_body_stays_whenever_the_process_is_killed() {
        for steps in 0..=STEPS.len() {
            for whole in [true, false] {
                let root = tempfile::tempdir().unwrap();
                let (life, after) = (root.path().join("life"), root.path().join("after"));
                let mut line = filled(&life).await;
                let target = if whole { Target::Stream(line.stream) } else { one_body(line.stream) };
                let mut told = Line::new(session(2));
                let teller = if whole { &mut told } else { &mut line };
                let erasure = erasure(teller, target);
                let connection = open::connect(&Folder::own(&life).unwrap()).unwrap();
                let change = crate::write::Change::Erase(Box::new(erasure));
                let transaction = connection.unchecked_transaction().unwrap();
                crate::write::change(&transaction, &change).unwrap();
                transaction.commit().unwrap();
                for step in &STEPS[..steps] {
                    step(&connection, &life).unwrap();
                }
                killed(&life, &after);

                let store = open(&after);
                let records = store.read(line.stream, 0, 10).await.unwrap();
                assert_eq!(records.len(), if whole { 0 } else { 3 }, "after {steps} steps");
                assert_eq!(store.findings().await, crate::Findings::default());
                store.close().unwrap();
                assert!(!holds_secret(&after), "after {steps} steps");
            }
        }
    }

    #[tokio::test]
    async fn lo11_a_killed_erasure_erases_nothing() {
        let root = tempfile::tempdir().unwrap();
        let (life, after) = (root.path().join("life"), root.path().join("after"));
        let mut line = filled(&life).await;
        let connection = open::connect(&Folder::own(&life).unwrap()).unwrap();
        let transaction = connection.unchecked_transaction().unwrap();
        let target = one_body(line.stream);
        erase::run(&transaction, &erasure(&mut line, target)).unwrap();
        killed(&life, &after);
        assert!(holds_secret(&after));
        assert_eq!(open(&after).read(session(1), 0, 10).await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn lo11_a_running_host_scrubs_at_once() {
        let root = tempfile::tempdir().unwrap();
        let mut line = filled(root.path()).await;
        assert!(holds_secret(root.path()));
        let store = open(root.path());
        let target = one_body(line.stream);
        store.erase(erasure(&mut line, target)).await.unwrap();
        // The next change is written after the scrub.
        store.append(line.append(["4"])).await.unwrap();
        assert!(!holds_secret(root.path()));
        assert!(!root.path().join("backups").exists());
    }
}
