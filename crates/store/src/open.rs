use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use model::{EpochId, HostId};
use rusqlite::ffi::{self, SQLITE_CORRUPT};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::error::{OpenError, is_corrupt};
use crate::folder::Folder;
use crate::inspect;
use crate::schema::{self, Format};

#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Connections that read at the same time.
    pub readers: usize,
    /// The most pages of 4 KiB the file may grow to; beyond, the disk counts as full.
    pub page_limit: Option<u32>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { readers: 4, page_limit: None }
    }
}

/// What happened at open that a person may want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The last process did not close the database.
    pub unclean: bool,
    /// Where the file was copied to before its upgrade.
    pub backup: Option<PathBuf>,
    /// Where a damaged file went; this log is a fresh one.
    pub moved_aside: Option<PathBuf>,
}

pub struct Ready {
    pub connection: Connection,
    pub epoch: EpochId,
    pub host: HostId,
    pub opened: Opened,
}

pub fn open(folder: &Folder, options: &OpenOptions) -> Result<Ready, OpenError> {
    match prepare(folder, options) {
        Err(OpenError::Database { source }) if is_corrupt(&source) => {
            let aside = folder.move_aside().map_err(|source| OpenError::io(folder.path(), source))?;
            tracing::warn!(aside = %aside.display(), %source, "the database was damaged and is moved aside");
            let mut ready = prepare(folder, options)?;
            ready.opened.moved_aside = Some(aside);
            Ok(ready)
        }
        outcome => outcome,
    }
}

fn prepare(folder: &Folder, options: &OpenOptions) -> Result<Ready, OpenError> {
    let sql = |source| OpenError::sql(folder.path(), source);
    folder.keep_private();
    let mut connection = connect(folder).map_err(sql)?;
    let format = Format::of(&connection).map_err(sql)?;
    if let Format::Newer(found) = format {
        return Err(schema::newer(found));
    }
    clear_suspicion(folder, &connection).map_err(sql)?;
    set_up_writer(&connection, options).map_err(sql)?;
    let backup = schema::upgrade(&mut connection, folder, format)?;
    let (life, unclean) = begin(&connection).map_err(sql)?;
    let opened = Opened { unclean, backup, moved_aside: None };
    Ok(Ready { connection, epoch: life.epoch, host: life.host, opened })
}

pub fn connect(folder: &Folder) -> rusqlite::Result<Connection> {
    let connection = Connection::open(folder.database())?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

fn set_up_writer(connection: &Connection, options: &OpenOptions) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    // In WAL a crash of the process loses nothing so; a power cut may lose the last commits, which
    // the hash in each cursor notices (LO9).
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    if let Some(pages) = options.page_limit {
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    Ok(())
}

fn clear_suspicion(folder: &Folder, connection: &Connection) -> rusqlite::Result<()> {
    if !folder.suspicion().exists() {
        return Ok(());
    }
    let damage = inspect::quick_check(connection)?;
    // Left there, it costs a check at each start and no data.
    let _ = fs::remove_file(folder.suspicion());
    match damage {
        None => Ok(()),
        Some(detail) => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(SQLITE_CORRUPT), Some(detail))),
    }
}

#[derive(Clone, Copy)]
struct Life {
    epoch: EpochId,
    host: HostId,
}

/// Marks the database as open, and tells whether it already was.
fn begin(connection: &Connection) -> rusqlite::Result<(Life, bool)> {
    let kept = connection
        .query_row("SELECT epoch, host, clean, backup FROM meta", [], |row| {
            let (epoch, host) = (Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?));
            Ok((epoch, host, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let (epoch, host, clean) = match kept {
        None => (Uuid::new_v4(), Uuid::new_v4(), true),
        // LO9: a backup in the database's place is a restore.
        Some((_, host, clean, true)) => (Uuid::new_v4(), host, clean),
        Some((epoch, host, clean, false)) => (epoch, host, clean),
    };
    connection.execute(
        "INSERT OR REPLACE INTO meta (one, epoch, host, clean, backup) VALUES (1, ?1, ?2, 0, 0)",
        [epoch.as_bytes(), host.as_bytes()],
    )?;
    Ok((Life { epoch: EpochId(epoch), host: HostId(host) }, !clean))
}
