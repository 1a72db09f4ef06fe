//! The files of a data folder: who owns it, and what is put aside.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;

use rusqlite::Connection;

use crate::error::OpenError;

pub struct Folder {
    path: PathBuf,
    // Held for the life of the store: the lock ends with the file handle (LO10).
    _lock: File,
}

impl Folder {
    pub fn own(path: &Path) -> Result<Self, OpenError> {
        make(path).map_err(|source| OpenError::io(path, source))?;
        let file = path.join("lock");
        let mut lock = private(File::options().read(true).write(true).create(true).truncate(false))
            .open(&file)
            .map_err(|source| OpenError::io(path, source))?;
        close(&file);
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { pid: owner(&mut lock) }),
            Err(TryLockError::Error(source)) => return Err(OpenError::io(path, source)),
        }
        sign(&mut lock).map_err(|source| OpenError::io(path, source))?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn database(&self) -> PathBuf {
        self.path.join("conclave.db")
    }

    /// PA4: for the owner alone, also where an earlier version made it. What SQLite puts beside it has its mode.
    pub fn keep_private(&self) {
        let database = self.database();
        // Where it can't be made or changed, SQLite says so in a moment.
        let _ = private(File::options().write(true).create_new(true)).open(&database);
        ["", "-wal", "-shm"].iter().for_each(|ending| close(&with_ending(&database, ending)));
    }

    /// There when a check found damage: the next start looks before it uses the file.
    pub fn suspicion(&self) -> PathBuf {
        self.path.join("suspect")
    }

    /// A free name for a copy of the database as format `version` left it.
    pub fn backup(&self, version: u32) -> io::Result<PathBuf> {
        let folder = self.path.join("backups");
        make(&folder)?;
        let file = free(|time| folder.join(format!("conclave-{version}-{time}.db")));
        private(File::options().write(true).create_new(true)).open(&file)?;
        Ok(file)
    }

    /// Renames the database with its log; nothing is deleted.
    pub fn move_aside(&self) -> io::Result<PathBuf> {
        let aside = free(|time| self.path.join(format!("conclave.db.damaged-{time}")));
        for ending in ["-wal", "-shm", ""] {
            match fs::rename(with_ending(&self.database(), ending), with_ending(&aside, ending)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(aside)
    }
}

fn make(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A file system without modes has none to close; the folder is the owner's alone in any case.
fn close(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = |meta: &fs::Metadata| meta.permissions().mode() & 0o077 != 0;
        if fs::metadata(path).is_ok_and(|meta| open(&meta)) {
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
        }
    }
}

fn owner(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    // Windows refuses to read a locked file: then the owner stays unnamed.
    lock.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn sign(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", process::id())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn free(name: impl Fn(&str) -> PathBuf) -> PathBuf {
    let time = now();
    let names = (2..).map(|n| name(&format!("{time}-{n}")));
    std::iter::once(name(&time)).chain(names).find(|path| !path.exists()).unwrap_or_else(|| name(&time))
}

fn now() -> String {
    let formatted = Connection::open_in_memory()
        .and_then(|sql| sql.query_row("SELECT strftime('%Y%m%dT%H%M%SZ', 'now')", [], |row| row.get(0)));
    formatted.unwrap_or_else(|_| "undated".to_owned())
}
