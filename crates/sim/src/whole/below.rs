//! What a host stands on, made of air: a clock the simulation sets, ids by seed, a git without files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{AgentKey, Ceiling, DisplayName, HostKey, InviteId, Refusals, Span, Timestamp};
use ports::Later;
use ports::agent::{AgentCatalog, AgentError, AgentKind, AgentProgram, CatalogEntry};
use ports::clock::{Clock, Ids};
use ports::listener::{Bound, InviteText, ListenError, Listener};
use ports::nearby::Sighting;
use ports::peers::{Known, Peers, PeersError, Pipe};
use ports::signer::Signer;
use ports::vcs::{FileList, Repository, Vcs, VcsError, Worktree};
use tokio::time::Instant;
use uuid::Uuid;

use crate::random::Random;

pub(super) fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Goes on from `base` with the paused time of the host's life, and stands still between two lives.
pub(super) struct SimClock(Mutex<(Timestamp, Option<Instant>)>);

impl SimClock {
    pub fn new(at: Timestamp) -> Self {
        Self(Mutex::new((at, None)))
    }

    /// Called in the runtime of a new life.
    pub fn begin(&self, at: Timestamp) {
        *lock(&self.0) = (at, Some(Instant::now()));
    }

    pub fn end(&self, at: Timestamp) {
        *lock(&self.0) = (at, None);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        let (base, since) = *lock(&self.0);
        let passed = since.map(|since| since.elapsed().as_millis()).unwrap_or_default();
        base + Span(u64::try_from(passed).unwrap_or_default())
    }
}

/// By seed, but for the first: a new host gives it to its owner, whom the reference model knows.
pub(super) struct SimIds(Mutex<(Option<Uuid>, Random)>);

impl SimIds {
    pub fn new(first: Uuid, seed: u64) -> Self {
        Self(Mutex::new((Some(first), Random::new(seed))))
    }
}

impl Ids for SimIds {
    fn fresh(&self) -> Uuid {
        let mut ids = lock(&self.0);
        if let Some(first) = ids.0.take() {
            return first;
        }
        let bits = u128::from(ids.1.below(u64::MAX)) << 64 | u128::from(ids.1.below(u64::MAX));
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }
}

/// One agent, which can be limited.
pub(super) struct OneAgent;

impl AgentCatalog for OneAgent {
    fn entries(&self) -> Vec<CatalogEntry> {
        Vec::new()
    }

    fn modes(&self, _agent: &AgentKey, _worktree: &Path) -> BTreeMap<String, Ceiling> {
        BTreeMap::from([("default".to_owned(), Ceiling::Ask)])
    }

    fn find(&self, _agent: &AgentKey) -> Result<AgentProgram, AgentError> {
        Ok(AgentProgram {
            kind: AgentKind::Acp,
            program: "/bin/true".into(),
            args: vec![],
            env: BTreeMap::new(),
            terms: Default::default(),
        })
    }
}

pub(super) struct NoFiles;

impl Vcs for NoFiles {
    fn inspect(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let root = path.to_owned();
        Box::pin(async move { Ok(Repository { root, name: "ledger".to_owned() }) })
    }

    fn create_worktree(
        &self,
        _repository: &Path,
        parent: &Path,
        name: &str,
    ) -> Later<'_, Result<Worktree, VcsError>> {
        let (path, branch) = (parent.join("tree"), format!("conclave/{name}"));
        Box::pin(async move { Ok(Worktree { path, branch, base: "0".repeat(40), base_branch: None }) })
    }

    fn undo_worktree(&self, _repository: &Path, _made: Worktree) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn list_files(&self, _: &Path) -> Later<'_, Result<FileList, VcsError>> {
        Box::pin(async { Ok(FileList::default()) })
    }

    fn create_sample(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        self.inspect(path)
    }

    fn undo_sample(&self, _path: &Path) -> Later<'_, ()> {
        Box::pin(async {})
    }
}

/// Signs by a digest; the real one is tested with its crate.
pub(super) struct Digest;

impl Signer for Digest {
    fn public_key(&self) -> Vec<u8> {
        vec![1]
    }

    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        Some(ports::chain::digest(text).to_vec())
    }

    fn secret(&self, of: &str) -> [u8; 32] {
        ports::chain::digest(of.as_bytes())
    }
}

/// The TLS port: guests get through while it is open.
#[derive(Default)]
pub(super) struct Gate(Mutex<bool>);

impl Gate {
    pub fn is_open(&self) -> bool {
        *lock(&self.0)
    }

    /// The process that held it is gone.
    pub fn slam(&self) {
        *lock(&self.0) = false;
    }
}

impl Listener for Gate {
    fn open(&self, port: Option<u16>) -> Later<'_, Result<Bound, ListenError>> {
        *lock(&self.0) = true;
        let (port, addresses) = (port.unwrap_or(7443), vec!["127.0.0.1".to_owned()]);
        Box::pin(async move { Ok(Bound { port, addresses, fingerprint: "print".to_owned() }) })
    }

    fn close(&self) -> Later<'_, ()> {
        *lock(&self.0) = false;
        Box::pin(async {})
    }

    fn refusals(&self) -> Refusals {
        Refusals::default()
    }

    fn owner_page(&self) -> Option<String> {
        None
    }

    fn invite(&self, _bound: &Bound, invite: InviteId, secret: &str) -> InviteText {
        InviteText { code: format!("{invite} {secret}"), link: String::new() }
    }
}

/// The owner has joined no other host.
pub(super) struct NoPeers;

impl Peers for NoPeers {
    fn join(&self, _code: String, _name: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async { Err(unreachable_host()) })
    }

    fn pair(
        &self,
        _seen: Sighting,
        _code: String,
        _name: DisplayName,
    ) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async { Err(unreachable_host()) })
    }

    fn known(&self) -> Later<'_, Result<Vec<Known>, PeersError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn forget(&self, _host: HostKey) -> Later<'_, Result<(), PeersError>> {
        Box::pin(async { Ok(()) })
    }

    fn pipe(&self, _host: HostKey, _id: u64, _client: String) -> Pipe {
        let (say, _) = tokio::sync::mpsc::channel(1);
        let (_, heard) = tokio::sync::mpsc::channel(1);
        Pipe { say, heard }
    }
}

fn unreachable_host() -> PeersError {
    PeersError::Unreachable { detail: "There is no other host.".to_owned() }
}
