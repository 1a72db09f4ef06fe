//! Folders that can't be used, and files that are put aside.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use ports::contract::{Line, session};
use ports::event_store::EventStore;
use rusqlite::Connection;
use store::{OpenError, OpenOptions, SqliteStore};

fn open(folder: &Path) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(folder, &OpenOptions::default())
}

#[tokio::test]
async fn lo10_a_folder_has_one_store_in_a_process_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()), Err(OpenError::InUse { .. })));
    drop(store);
    open(folder.path()).unwrap();
}

#[tokio::test]
async fn pa4_the_log_is_the_owners_alone_also_where_it_was_not() {
    let open_to_others = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let open = entries.filter(|entry| entry.metadata().unwrap().permissions().mode() & 0o077 != 0);
        open.map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.append(Line::new(session(1)).append(["1"])).await.unwrap();
    assert_eq!(open_to_others(folder.path()), [] as [&str; 0]);
    drop(store);
    for name in ["lock", "conclave.db"] {
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(folder.path().join(name), open).unwrap();
    }
    let store = open(folder.path()).unwrap();
    store.append(Line::new(session(2)).append(["2"])).await.unwrap();
    assert_eq!(open_to_others(folder.path()), [] as [&str; 0]);
}

#[tokio::test]
async fn a_newer_file_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let file = folder.path().join("conclave.db");
    let known: u32 = {
        let sql = Connection::open(&file).unwrap();
        let known = sql.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        sql.pragma_update(None, "user_version", known + 1).unwrap();
        known
    };
    let before = fs::read(&file).unwrap();
    let refused = open(folder.path()).err().unwrap();
    assert!(matches!(refused, OpenError::Newer { found, known: k } if found == known + 1 && k == known));
    assert!(refused.to_string().contains("Update Conclave"));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[tokio::test]
async fn lo9_a_file_that_is_no_database_is_moved_aside_whole() {
    let folder = tempfile::tempdir().unwrap();
    let epoch = open(folder.path()).unwrap().epoch();
    let garbage = b"this was a database once ".repeat(1000);
    fs::write(folder.path().join("conclave.db"), &garbage).unwrap();

    let store = open(folder.path()).unwrap();
    let aside = store.opened().moved_aside.clone().unwrap();
    assert_eq!(fs::read(&aside).unwrap(), garbage);
    let name = aside.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("conclave.db.damaged-2"), "{name}");
    assert_ne!(store.epoch(), epoch);
    store.append(Line::new(session(1)).append(["1"])).await.unwrap();
}

#[tokio::test]
async fn files_moved_aside_never_replace_each_other() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..3 {
        fs::write(folder.path().join("conclave.db"), format!("garbage {n} ").repeat(1000)).unwrap();
        assert!(open(folder.path()).unwrap().opened().moved_aside.is_some());
    }
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.filter(|name| name.to_string_lossy().contains("damaged")).count(), 3);
}

#[tokio::test]
async fn a_folder_that_is_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = open(&file).err().unwrap();
    assert!(matches!(refused, OpenError::Folder { .. }), "{refused:?}");
    assert!(refused.to_string().contains("can't be used"));
}

// sysfs takes no new files, not even from root.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_refused() {
    let refused = open(Path::new("/sys/kernel")).err().unwrap();
    assert!(matches!(refused, OpenError::ReadOnly { .. }), "{refused:?}");
    assert!(refused.to_string().contains("Check its permissions"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_folder_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("ünïcode and spaces/data");
    drop(open(&folder).unwrap());
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}
