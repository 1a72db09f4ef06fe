use std::path::Path;

use identity::{Fingerprint, InviteLink, Keyring, Secret256};
use model::{DisplayName, HostKey, InviteId, Timestamp};
use wire::{Auth, Welcome};

use crate::PeerError;
use crate::book::{Book, KnownHost, Standing, free_label};
use crate::dial::Target as Place;
use crate::vault::{Pass, Vault};

/// What a data folder knows of other hosts: the book, and what opens them. Its calls touch disk and
/// keyring, so async callers use [`Home::apart`].
#[derive(Clone, Debug)]
pub struct Home {
    pub book: Book,
    vault: Vault,
}

/// How a person wants to go to a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guise {
    /// What they are to be called there.
    pub name: DisplayName,
    /// What they call the host; without it, the host's own name.
    pub label: Option<DisplayName>,
}

impl Home {
    pub fn in_folder(folder: &Path, keyring: Keyring) -> Self {
        Self { book: Book::in_folder(folder), vault: Vault::in_folder(folder, keyring) }
    }

    /// Runs a call that may take its time.
    ///
    /// # Errors
    /// Those of the call.
    pub async fn apart<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Self) -> Result<T, PeerError> + Send + 'static,
    ) -> Result<T, PeerError> {
        let home = self.clone();
        let task = tokio::task::spawn_blocking(move || call(&home));
        task.await.unwrap_or(Err(PeerError::Ended))
    }

    /// Writes down what an invite says, before the first hello (SH2). A host that is known by this key
    /// keeps its entry and its credential: the same device comes again (PA5, RO1).
    ///
    /// # Errors
    /// The label belongs to a host of another key.
    pub fn begin(&self, invite: &InviteLink, guise: &Guise, now: Timestamp) -> Result<KnownHost, PeerError> {
        let place = Place { pin: invite.fingerprint, addresses: invite.addresses.clone(), port: invite.port };
        let credential = self.credential(invite.fingerprint)?;
        let pass = Pass { credential, invite: Some((InviteId(invite.invite), invite.secret.clone())) };
        self.enter(&place, pass, guise, now)
    }

    /// What a host of this key is shown: the credential it knows, or a fresh one.
    ///
    /// # Errors
    /// The one it knows is locked away.
    pub(crate) fn credential(&self, pin: Fingerprint) -> Result<Secret256, PeerError> {
        let key = HostKey(pin.to_string());
        let known = self.book.all()?.into_iter().find(|it| it.key == key);
        let pass = known.map(|known| self.vault.get(&key, known.kept)).transpose()?.flatten();
        Ok(match pass {
            Some(pass) => pass.credential,
            None => Secret256::generate()?,
        })
    }

    /// Writes down a host and what opens it (PA5).
    ///
    /// # Errors
    /// The label belongs to a host of another key.
    pub(crate) fn enter(
        &self,
        place: &Place,
        pass: Pass,
        guise: &Guise,
        now: Timestamp,
    ) -> Result<KnownHost, PeerError> {
        let key = HostKey(place.pin.to_string());
        self.book.change(|hosts| {
            let clash = |it: &&KnownHost| {
                it.key != key && guise.label.as_ref().is_some_and(|label| it.label.looks_like(label))
            };
            if let Some(other) = hosts.iter().find(clash) {
                return Err(PeerError::LabelTaken { label: other.label.to_string() });
            }
            let known = hosts.iter().position(|it| it.key == key);
            let kept = self.vault.put(&key, &pass)?;
            let before = known.map(|place| hosts[place].clone());
            let first = || DisplayName::parse(&place.addresses[0]).unwrap_or_else(|_| guise.name.clone());
            let label = guise.label.clone().or_else(|| before.as_ref().map(|it| it.label.clone()));
            let entry = KnownHost {
                label: label.unwrap_or_else(|| free_label(hosts, &first(), &key)),
                addresses: place.addresses.clone(),
                port: place.port,
                standing: before.as_ref().map_or(Standing::Waiting, |it| it.standing),
                name: guise.name.clone(),
                kept,
                host: before.as_ref().and_then(|it| it.host),
                added_at: before.as_ref().map_or(now, |it| it.added_at),
                welcomed_at: before.as_ref().and_then(|it| it.welcomed_at),
                key: key.clone(),
            };
            match known {
                Some(place) => hosts[place] = entry.clone(),
                None => hosts.push(entry.clone()),
            }
            Ok(entry)
        })
    }

    /// How to prove who one is there.
    ///
    /// # Errors
    /// What opens it is gone or locked away.
    pub fn auth(&self, host: &KnownHost) -> Result<Auth, PeerError> {
        let gone = || PeerError::NoCredential { label: host.label.to_string() };
        let pass = self.vault.get(&host.key, host.kept)?.ok_or_else(gone)?;
        let credential = pass.credential.reveal();
        Ok(match pass.invite {
            None => Auth::Device { credential },
            Some((invite, secret)) => {
                let (secret, name) = (secret.reveal(), host.name.to_string());
                Auth::Invite { invite, secret, credential, name }
            }
        })
    }

    /// Let in: from now on the credential alone opens it. A host that says it is one known under
    /// another key is refused (PA5).
    ///
    /// # Errors
    /// Another known host has this id.
    pub fn welcomed(&self, key: &HostKey, welcome: &Welcome, now: Timestamp) -> Result<KnownHost, PeerError> {
        self.book.change(|hosts| {
            let other = hosts.iter().find(|it| it.key != *key && it.host == Some(welcome.host));
            if let Some(other) = other {
                return Err(PeerError::OtherKey { label: other.label.to_string() });
            }
            let unknown = || PeerError::Unknown { asked: key.0.clone() };
            let place = hosts.iter().position(|it| it.key == *key).ok_or_else(unknown)?;
            let mut entry = hosts[place].clone();
            if let Some(pass) = self.vault.get(key, entry.kept)?.filter(|pass| pass.invite.is_some()) {
                entry.kept = self.vault.put(key, &Pass { invite: None, ..pass })?;
            }
            let unnamed = entry.host.is_none()
                && entry.addresses.iter().any(|it| entry.label.as_str().starts_with(it.as_str()));
            if unnamed {
                entry.label = free_label(hosts, &welcome.host_name, key);
            }
            entry.standing = Standing::In;
            entry.host = Some(welcome.host);
            entry.name = welcome.name.clone();
            entry.welcomed_at = Some(now);
            hosts[place] = entry.clone();
            Ok(entry)
        })
    }

    /// Forgets a host and what opens it.
    ///
    /// # Errors
    /// It is not known.
    pub fn forget(&self, key: &HostKey) -> Result<KnownHost, PeerError> {
        self.book.change(|hosts| {
            let unknown = || PeerError::Unknown { asked: key.0.clone() };
            let place = hosts.iter().position(|it| it.key == *key).ok_or_else(unknown)?;
            let entry = hosts.remove(place);
            self.vault.remove(&entry.key, entry.kept)?;
            Ok(entry)
        })
    }
}
