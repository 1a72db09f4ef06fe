//! Other hosts that the owner has joined from here. What is known of them is no part of this host's log:
//! it is this person's, and a new log does not unpair them.

use model::{DisplayName, HostKey};
use ports::peers::{Known, PeersError};
use wire::{Failure, FailureCode, KnownHostRow, Reply, Request};

use crate::connection::{self, Connection};
use crate::host::{Host, misplaced};
use crate::principal::Via;

impl Host {
    /// A pipe through this host to another that its owner has joined; the first frame is the owner's
    /// hello to this one.
    pub fn connect_elsewhere(&self, via: Via, to: HostKey) -> Connection {
        connection::open_elsewhere(self.clone(), via, to)
    }

    pub(crate) async fn known_hosts(&self) -> Result<Reply, Failure> {
        let known = self.inner.shared.parts.peers.known().await.map_err(refused)?;
        Ok(Reply::KnownHosts { hosts: known.into_iter().map(row).collect() })
    }

    /// Harmless when repeated: the same invite with the same credential gets the same answer (SH2).
    /// What the owner does at other hosts.
    pub(crate) async fn errand(&self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::JoinHost { code, name, .. } => self.join_host(code, name).await,
            Request::PairHost { hint, code, name, .. } => self.pair_host(&hint, code, name).await,
            Request::ForgetHost { host, .. } => self.forget_host(host).await,
            _ => Err(misplaced()),
        }
    }

    async fn join_host(&self, code: String, name: Option<String>) -> Result<Reply, Failure> {
        let name = self.my_name(name)?;
        let host = self.inner.shared.parts.peers.join(code, name).await.map_err(refused)?;
        Ok(Reply::HostJoined { host: row(host) })
    }

    /// The addresses are those of the sighting, whose hint the host's key has to bear out (PA3).
    async fn pair_host(&self, hint: &str, code: String, name: Option<String>) -> Result<Reply, Failure> {
        let name = self.my_name(name)?;
        let parts = &self.inner.shared.parts;
        let Some(seen) = parts.nearby.seen().into_iter().find(|seen| seen.hint == hint) else {
            let message = "That host is not seen nearby any more. Ask its owner to show a new code.";
            return Err(Failure::new(FailureCode::NotFound, message));
        };
        let host = parts.peers.pair(seen, code, name).await.map_err(refused)?;
        Ok(Reply::HostJoined { host: row(host) })
    }

    fn my_name(&self, name: Option<String>) -> Result<DisplayName, Failure> {
        match name {
            Some(name) => DisplayName::parse(&name)
                .map_err(|error| Failure::new(FailureCode::NameRefused, error.to_string())),
            None => Ok(self.inner.shared.globe.now().grants.owner_name.clone()),
        }
    }

    async fn forget_host(&self, host: HostKey) -> Result<Reply, Failure> {
        self.inner.shared.parts.peers.forget(host.clone()).await.map_err(refused)?;
        // Nobody listens when no window looks at another host.
        self.inner.forgotten.send(host).ok();
        Ok(Reply::Done)
    }
}

fn row(known: Known) -> KnownHostRow {
    KnownHostRow {
        key: known.key,
        label: known.label,
        name: known.name,
        waiting: known.waiting,
        in_keyring: known.in_keyring,
        address: known.address,
        added_at: known.added_at,
        welcomed_at: known.welcomed_at,
    }
}

fn refused(error: PeersError) -> Failure {
    let code = match &error {
        PeersError::Refused { .. } => FailureCode::NotPaired,
        PeersError::Unreachable { .. } => FailureCode::HostUnreachable,
        PeersError::CodeWrong { .. } => FailureCode::CodeWrong,
        PeersError::KeyChanged { .. } => FailureCode::KeyChanged,
        PeersError::Unknown { .. } => FailureCode::NotFound,
        PeersError::Storage { .. } => FailureCode::Storage,
    };
    Failure::new(code, error.to_string())
}
