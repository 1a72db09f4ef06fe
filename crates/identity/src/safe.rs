//! Secrets that this machine's owner keeps (PA4): in the system's keyring where there is one that keeps
//! things, else in a file that only the owner may read.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::IdentityError;
use crate::files::{private_dir, read_private, write_private};

const SERVICE: &str = "conclave";
const FOLDER: &str = "credentials";

/// Whether the system's keyring may be used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    System,
    /// Files only: for tests, and where a person wants it so.
    Off,
}

/// Where a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    Keyring,
    File,
}

/// The secrets of one data folder, by names that are also names of files.
#[derive(Clone, Debug)]
pub struct Safe {
    folder: PathBuf,
    keyring: Keyring,
}

impl Safe {
    pub fn in_folder(folder: &Path, keyring: Keyring) -> Self {
        Self { folder: folder.to_owned(), keyring }
    }

    /// Where the next one would be kept, by trying: a keyring may be there and keep nothing. May take
    /// as long as the keyring takes to answer.
    pub fn probe(&self) -> Kept {
        let probed = match self.keyring {
            Keyring::Off => return Kept::File,
            Keyring::System => probe(),
        };
        match probed {
            Ok(true) => Kept::Keyring,
            Ok(false) => Kept::File,
            Err(error) => {
                tracing::debug!(%error, "no keyring");
                Kept::File
            }
        }
    }

    /// # Errors
    /// Neither takes it.
    pub fn put(&self, name: &str, secret: &str) -> Result<Kept, IdentityError> {
        if self.probe() == Kept::Keyring && self.entry(name)?.set_password(secret).is_ok() {
            self.remove_file(name);
            return Ok(Kept::Keyring);
        }
        private_dir(&self.folder.join(FOLDER))?;
        write_private(&self.file(name), secret.as_bytes())?;
        Ok(Kept::File)
    }

    /// # Errors
    /// It is locked away: the keyring or the file can't be read.
    pub fn get(&self, name: &str, kept: Kept) -> Result<Option<Zeroizing<String>>, IdentityError> {
        let text = match kept {
            Kept::File => read_private(&self.file(name))?.and_then(|bytes| String::from_utf8(bytes).ok()),
            Kept::Keyring => match self.entry(name)?.get_password() {
                Ok(text) => Some(text),
                Err(keyring::Error::NoEntry) => None,
                Err(error) => return Err(error.into()),
            },
        };
        Ok(text.map(Zeroizing::new))
    }

    /// # Errors
    /// The keyring still has it and does not let it go.
    pub fn remove(&self, name: &str, kept: Kept) -> Result<(), IdentityError> {
        self.remove_file(name);
        match kept {
            Kept::File => Ok(()),
            Kept::Keyring => match self.entry(name)?.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(error.into()),
            },
        }
    }

    /// Two data folders of one person are two devices.
    fn entry(&self, name: &str) -> Result<keyring::v1::Entry, IdentityError> {
        Ok(keyring::v1::Entry::new(SERVICE, &format!("{}#{name}", self.folder.display()))?)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(FOLDER).join(name)
    }

    fn remove_file(&self, name: &str) {
        if let Err(error) = std::fs::remove_file(self.file(name))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "an old credential's file could not be removed");
        }
    }
}

/// A keyring without a collection says that it has no such entry, and then refuses to keep one: so all
/// three are tried.
fn probe() -> keyring::v1::Result<bool> {
    let entry = keyring::v1::Entry::new(SERVICE, &format!("probe {}", std::process::id()))?;
    entry.set_password("probe")?;
    let kept = entry.get_password()? == "probe";
    entry.delete_credential()?;
    Ok(kept)
}
