use std::io;
use std::path::{Path, PathBuf};

use ports::event_store::StoreError;
use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// Why a data folder could not be opened. Each reads as a sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// `pid` is the owner's process id, where the lock file tells it.
    #[error("Another Conclave{} is using this data folder. Use that one, or stop it first.", process(*.pid))]
    InUse { pid: Option<u32> },
    #[error(
        "This data folder was written by a newer Conclave (format {found}; this one knows {known}). \
         Update Conclave to open it. Nothing was changed."
    )]
    Newer { found: u32, known: u32 },
    #[error("The data folder {} can't be written. Check its permissions.", .folder.display())]
    ReadOnly { folder: PathBuf },
    #[error("The disk of the data folder {} is full. Free some space and try again.", .folder.display())]
    Full { folder: PathBuf },
    #[error("The data folder {} can't be used: {source}", .folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error("The database could not be copied before its upgrade, so nothing was changed: {source}")]
    Backup { source: rusqlite::Error },
    #[error("The database could not be upgraded, so nothing was changed: {source}")]
    Upgrade { source: rusqlite_migration::Error },
    #[error("The database can't be opened: {source}")]
    Database { source: rusqlite::Error },
}

impl OpenError {
    pub(crate) fn io(folder: &Path, source: io::Error) -> Self {
        let folder = folder.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { folder },
            io::ErrorKind::StorageFull => Self::Full { folder },
            _ => Self::Folder { folder, source },
        }
    }

    pub(crate) fn sql(folder: &Path, source: rusqlite::Error) -> Self {
        let folder = folder.to_owned();
        match store_error(&source) {
            StoreError::Full => Self::Full { folder },
            StoreError::ReadOnly => Self::ReadOnly { folder },
            StoreError::Conflict { .. } | StoreError::Corrupt { .. } | StoreError::Unavailable { .. } => {
                Self::Database { source }
            }
        }
    }
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

pub(crate) fn store_error(error: &rusqlite::Error) -> StoreError {
    let detail = error.to_string();
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DiskFull => StoreError::Full,
            // The shared memory file could not grow: in practice a full disk.
            ErrorCode::SystemIoFailure if failure.extended_code == SQLITE_IOERR_SHMSIZE => StoreError::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt { detail },
            _ => StoreError::Unavailable { detail },
        },
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) => StoreError::Corrupt { detail },
        _ => StoreError::Unavailable { detail },
    }
}

pub(crate) fn is_corrupt(error: &rusqlite::Error) -> bool {
    matches!(store_error(error), StoreError::Corrupt { .. })
}

pub(crate) fn gone(what: &str) -> StoreError {
    StoreError::Unavailable { detail: format!("the {what} has stopped") }
}
