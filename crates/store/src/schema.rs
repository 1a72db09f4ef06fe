//! Formats of the database: each migration is one, and none changes once it is released.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::OpenError;
use crate::folder::Folder;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../../migrations/0001_log.sql")),
    M::up(include_str!("../../../migrations/0002_beside_the_log.sql")),
    M::up(include_str!("../../../migrations/0003_erasure.sql")),
    M::up(include_str!("../../../migrations/0004_layout.sql")),
];
const KNOWN: u32 = STEPS.len() as u32;

/// What a file holds before it is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Empty,
    Older(u32),
    Current,
    Newer(u32),
}

impl Format {
    pub fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        // Reads the schema, so that a damaged one is noticed now.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(match found {
            0 => Self::Empty,
            KNOWN => Self::Current,
            older if older < KNOWN => Self::Older(older),
            newer => Self::Newer(newer),
        })
    }
}

/// Brings the file to the current format. Returns where an older one was copied to before.
pub fn upgrade(
    connection: &mut Connection,
    folder: &Folder,
    format: Format,
) -> Result<Option<PathBuf>, OpenError> {
    let backup = match format {
        Format::Newer(found) => return Err(newer(found)),
        Format::Current => return Ok(None),
        Format::Empty => None,
        Format::Older(version) => Some(copy(connection, folder, version)?),
    };
    let migrated = Migrations::from_slice(STEPS).to_latest(connection);
    migrated.map_err(|source| match source {
        rusqlite_migration::Error::RusqliteError { err, .. } => OpenError::sql(folder.path(), err),
        source => OpenError::Upgrade { source },
    })?;
    Ok(backup)
}

fn copy(connection: &Connection, folder: &Folder, version: u32) -> Result<PathBuf, OpenError> {
    let path = folder.backup(version).map_err(|source| OpenError::io(folder.path(), source))?;
    let copied = connection.backup(rusqlite::MAIN_DB, &path, None).and_then(|()| {
        // LO9: whoever opens the copy restores, and cursors from later must notice.
        Connection::open(&path)?.execute("UPDATE meta SET backup = 1", [])
    });
    match copied {
        Ok(_) => Ok(path),
        Err(source) => {
            // Half a copy is none.
            let _ = fs::remove_file(&path);
            Err(OpenError::Backup { source })
        }
    }
}

pub fn newer(found: u32) -> OpenError {
    OpenError::Newer { found, known: KNOWN }
}
