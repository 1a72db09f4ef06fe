//! What opens other hosts (PA4), in the owner's safe.

use std::path::Path;

use identity::{Kept, Keyring, Safe, Secret256};
use model::{HostKey, InviteId};
use zeroize::Zeroizing;

use crate::PeerError;

/// What a host is shown: the credential, and until the first welcome the invite it goes with.
#[derive(Clone, Debug)]
pub struct Pass {
    pub credential: Secret256,
    pub invite: Option<(InviteId, Secret256)>,
}

#[derive(Clone, Debug)]
pub struct Vault {
    safe: Safe,
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
        Self { safe: Safe::in_folder(folder, keyring) }
    }

    /// Where the next one would be kept, by trying. May take as long as the keyring takes to answer.
    pub fn probe(&self) -> Kept {
        self.safe.probe()
    }

    /// # Errors
    /// Neither takes it.
    pub fn put(&self, host: &HostKey, pass: &Pass) -> Result<Kept, PeerError> {
        Ok(self.safe.put(&host.0, &pass.written())?)
    }

    /// # Errors
    /// It is locked away: the keyring or the file can't be read.
    pub fn get(&self, host: &HostKey, kept: Kept) -> Result<Option<Pass>, PeerError> {
        Ok(self.safe.get(&host.0, kept)?.and_then(|text| Pass::read(&text)))
    }

    /// # Errors
    /// The keyring still has it and does not let it go.
    pub fn remove(&self, host: &HostKey, kept: Kept) -> Result<(), PeerError> {
        Ok(self.safe.remove(&host.0, kept)?)
    }
}
