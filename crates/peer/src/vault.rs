//! What opens other hosts (PA4): in the system's keyring where there is one that keeps things, else in
//! a file that only the owner may read.

use std::path::{Path, PathBuf};

use identity::{Secret256, private_dir, read_private, write_private};
use model::{HostKey, InviteId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::PeerError;

const SERVICE: &str = "conclave";
const FOLDER: &str = "credentials";

/// Whether the system's keyring may be used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    System,
    /// Files only: for tests, and where a person wants it so.
    Off,
}

/// Where a credential is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    Keyring,
    File,
}

/// What a host is shown: the credential, and until the first welcome the invite it goes with.
#[derive(Clone, Debug)]
pub struct Pass {
    pub credential: Secret256,
    pub invite: Option<(InviteId, Secret256)>,
}

#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
    keyring: Keyring,
}

impl Pass {
    fn written(&self) -> Zeroizing<String> {
        let credential = self.credential.reveal();
        Zeroizing::new(match &self.invite {
            None => credential,
            Some((invite, secret)) => format!("{credential}.{invite}.{}", secret.reveal()),
        })
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let credential = parts.next()?.parse().ok()?;
        let invite = match (parts.next(), parts.next()) {
            (Some(invite), Some(secret)) => Some((invite.parse().ok()?, secret.parse().ok()?)),
            _ => None,
        };
        Some(Self { credential, invite })
    }
}

impl Vault {
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
    pub fn put(&self, host: &HostKey, pass: &Pass) -> Result<Kept, PeerError> {
        let text = pass.written();
        if self.probe() == Kept::Keyring && self.entry(host)?.set_password(&text).is_ok() {
            self.remove_file(host);
            return Ok(Kept::Keyring);
        }
        private_dir(&self.folder.join(FOLDER))?;
        write_private(&self.file(host), text.as_bytes())?;
        Ok(Kept::File)
    }

    /// # Errors
    /// It is locked away: the keyring or the file can't be read.
    pub fn get(&self, host: &HostKey, kept: Kept) -> Result<Option<Pass>, PeerError> {
        let text = match kept {
            Kept::File => read_private(&self.file(host))?.and_then(|bytes| String::from_utf8(bytes).ok()),
            Kept::Keyring => match self.entry(host)?.get_password() {
                Ok(text) => Some(text),
                Err(keyring::Error::NoEntry) => None,
                Err(error) => return Err(error.into()),
            },
        };
        let text = text.map(Zeroizing::new);
        Ok(text.and_then(|text| Pass::read(&text)))
    }

    /// # Errors
    /// The keyring still has it and does not let it go.
    pub fn remove(&self, host: &HostKey, kept: Kept) -> Result<(), PeerError> {
        self.remove_file(host);
        match kept {
            Kept::File => Ok(()),
            Kept::Keyring => match self.entry(host)?.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(error.into()),
            },
        }
    }

    /// Two data folders of one person are two devices.
    fn entry(&self, host: &HostKey) -> Result<keyring::v1::Entry, PeerError> {
        Ok(keyring::v1::Entry::new(SERVICE, &format!("{}#{host}", self.folder.display()))?)
    }

    fn file(&self, host: &HostKey) -> PathBuf {
        self.folder.join(FOLDER).join(&host.0)
    }

    fn remove_file(&self, host: &HostKey) {
        if let Err(error) = std::fs::remove_file(self.file(host))
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
