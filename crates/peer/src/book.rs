//! The hosts that this data folder knows (PA5): a file, changed whole or not at all, under a lock of
//! its own, since the command line may change it beside a running host.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use identity::{Kept, private_dir, read_private, write_private};
use model::{DisplayName, HostId, HostKey, Timestamp, limits};
use serde::{Deserialize, Serialize};

use crate::PeerError;
use crate::dial::Target;

const FILE: &str = "known-hosts.json";
const LOCK: &str = "known-hosts.lock";
const VERSION: u32 = 1;

/// A host as this data folder knows it. Its key is what it is; all else may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownHost {
    pub key: HostKey,
    /// What the person here calls it; no two alike.
    pub label: DisplayName,
    pub addresses: Vec<String>,
    pub port: u16,
    pub standing: Standing,
    /// What the person is called there, as far as they know.
    pub name: DisplayName,
    /// Where what opens it is kept (PA4).
    pub kept: Kept,
    /// The host's own id, since the first welcome.
    #[serde(default)]
    pub host: Option<HostId>,
    pub added_at: Timestamp,
    #[serde(default)]
    pub welcomed_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its owner has not let this person in yet.
    Waiting,
    In,
}

#[derive(Serialize, Deserialize)]
struct Pages {
    version: u32,
    hosts: Vec<KnownHost>,
}

#[derive(Deserialize)]
struct Cover {
    version: u32,
}

#[derive(Clone, Debug)]
pub struct Book {
    folder: PathBuf,
}

impl KnownHost {
    /// # Errors
    /// The key is none: somebody wrote in the book by hand.
    pub fn target(&self) -> Result<Target, PeerError> {
        let pin = self.key.0.parse().map_err(|_| PeerError::Unknown { asked: self.key.0.clone() })?;
        Ok(Target { addresses: self.addresses.clone(), port: self.port, pin })
    }
}

impl Book {
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// # Errors
    /// The file is there and can't be read.
    pub fn all(&self) -> Result<Vec<KnownHost>, PeerError> {
        let path = self.path();
        let Some(bytes) = read_private(&path)? else { return Ok(Vec::new()) };
        let unreadable = |_| PeerError::BookUnreadable { path: path.clone() };
        let cover: Cover = serde_json::from_slice(&bytes).map_err(unreadable)?;
        if cover.version > VERSION {
            return Err(PeerError::BookNewer { path });
        }
        let pages: Pages = serde_json::from_slice(&bytes).map_err(unreadable)?;
        Ok(pages.hosts)
    }

    /// By its label, its key, or a beginning of either that fits no other.
    ///
    /// # Errors
    /// No host, or more than one, goes by that.
    pub fn find(&self, asked: &str) -> Result<KnownHost, PeerError> {
        let all = self.all()?;
        let same = |it: &&KnownHost| {
            it.key.0 == asked || DisplayName::parse(asked).is_ok_and(|name| it.label.looks_like(&name))
        };
        let mut found: Vec<&KnownHost> = all.iter().filter(same).collect();
        if found.is_empty() && !asked.is_empty() {
            let begins =
                |it: &&KnownHost| it.key.0.starts_with(asked) || it.label.as_str().starts_with(asked);
            found = all.iter().filter(begins).collect();
        }
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(PeerError::Unknown { asked: asked.to_owned() }),
            many => {
                let choices = many.iter().map(|it| format!("{} ({})", it.label, &it.key.0)).collect();
                Err(PeerError::Unclear { asked: asked.to_owned(), choices })
            }
        }
    }

    /// # Errors
    /// The book can't be read or written, or `change` refuses; then nothing is changed.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut Vec<KnownHost>) -> Result<T, PeerError>,
    ) -> Result<T, PeerError> {
        private_dir(&self.folder)?;
        let mut options = File::options();
        let options = options.write(true).create(true).truncate(false).mode(0o600);
        let lock = options.open(self.folder.join(LOCK)).map_err(PeerError::Lock)?;
        lock.lock().map_err(PeerError::Lock)?;
        let mut hosts = self.all()?;
        let before = hosts.clone();
        let changed = change(&mut hosts)?;
        if hosts.len() > limits::KNOWN_HOSTS {
            return Err(PeerError::Full { most: limits::KNOWN_HOSTS });
        }
        if hosts != before {
            let pages = Pages { version: VERSION, hosts };
            let text = serde_json::to_vec_pretty(&pages).unwrap_or_default();
            write_private(&self.path(), &text)?;
        }
        Ok(changed)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

/// The label for a host of this name: itself, or the first with a number that is free.
pub(crate) fn free_label(hosts: &[KnownHost], wanted: &DisplayName, but: &HostKey) -> DisplayName {
    let taken: Vec<DisplayName> =
        hosts.iter().filter(|it| it.key != *but).map(|it| it.label.clone()).collect();
    wanted.unique(&taken)
}
