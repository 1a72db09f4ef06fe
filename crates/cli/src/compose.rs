//! Puts a host together.

mod agents;
mod changes;
mod exchange;
mod git;
mod limits;
mod peers;
mod toolbox;
mod work;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use agent_catalog::{Catalog, Places};
use anyhow::Result;
use host::{Host, HostConfig, Parts, SystemClock, SystemIds};
use identity::{HostIdentity, IdentityError, private_dir};
use model::DisplayName;
use peer::{Home, Keyring};
use ports::chain::hex_digest;
use ports::nearby::{Alone, Nearby};
use server::{Doorway, DoorwayOptions, Reach, keep_orphans};
use store::SqliteStore;
use terminal::PtyTerminals;

pub use self::toolbox::ORDER as TOOLBOX_ORDER;
use self::toolbox::{Toolbox, Unhosted};
use crate::agent_keys::AgentKeys;
use crate::folder;
use agents::EveryKind;
use git::GitVcs;
pub use limits::{HostLimits, LimitsRefused};
use peers::Elsewhere;

/// A person may have to unlock it.
const KEYRING: Duration = Duration::from_secs(20);

/// What a host is started with.
#[derive(Clone, Debug)]
pub struct Options {
    pub data: PathBuf,
    /// What the owner is called on a first start.
    pub owner_name: DisplayName,
    /// For the owner's page; without one it gets the one it had last.
    pub page_port: Option<u16>,
    pub reach: Reach,
    /// Instead of those in the data folder's `limits.json` (PA6).
    pub limits: Option<HostLimits>,
    /// Where agents are looked for; they get a part of this environment.
    pub env: BTreeMap<String, String>,
    /// Where this host is announced and others are looked for; nowhere with `None`.
    pub nearby: Option<discovery::Reach>,
    /// The folder of the rehearsal agent's program.
    pub beside: Option<PathBuf>,
    /// Where what opens other hosts may be kept.
    pub keyring: Keyring,
    /// The program that agents start for the toolbox; without it none gets one.
    pub toolbox: Option<PathBuf>,
}

/// A host with all its ways in.
pub struct Running {
    host: Host,
    doorway: Arc<Doorway>,
    toolbox: Toolbox,
}

impl Options {
    /// As this process's environment has it.
    pub fn usual(data: PathBuf) -> Self {
        let unicode = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        let program = std::env::current_exe().ok();
        Self {
            data,
            owner_name: owner_name(),
            page_port: None,
            reach: Reach::Everywhere,
            limits: None,
            nearby: nearby_reach(),
            env: std::env::vars_os().filter_map(unicode).collect(),
            beside: program.as_deref().and_then(Path::parent).map(Path::to_owned),
            keyring: Keyring::System,
            toolbox: program,
        }
    }
}

/// Starts a host on its data folder.
///
/// # Errors
/// Each reads as a sentence; [`store::OpenError::InUse`] when another process owns the folder (LO10).
pub async fn start(options: Options) -> Result<Running> {
    private_dir(&options.data).map_err(|error| unusable(error, &options.data))?;
    let limits = options.limits.map_or_else(|| HostLimits::of_folder(&options.data), Ok)?;
    // First of all: owning the log is owning the folder.
    let store = SqliteStore::open(&options.data, &store::OpenOptions::default())?;
    if let Some(aside) = &store.opened().moved_aside {
        tracing::warn!(aside = %aside.display(), "the database was damaged: a new one was begun, the old one kept");
    }
    keep_orphans()?;
    let token = folder::owner_token(&options.data)?;
    let identity = HostIdentity::load_or_create(&options.data)?;
    let doorway = DoorwayOptions {
        folder: options.data.clone(),
        page_port: options.page_port,
        reach: options.reach,
        limits: limits.gate,
    };
    let signer = Arc::new(identity.signer()?);
    let unserved = Doorway::bind(identity, doorway).await?;
    let home = options.env.get("HOME").map(PathBuf::from);
    let keys = kept_keys(options.data.clone(), options.keyring).await;
    let shells = options.env.iter().map(|(name, value)| (name.into(), value.into())).collect();
    let terminals = Arc::new(PtyTerminals::new(&shells));
    // Before a session goes on: its agent looks for it.
    let toolbox = Unhosted::bind(&options.data)?;
    let places = Places {
        keys,
        toolbox: options.toolbox.map(|program| toolbox::told(&program, &options.data)),
        ..Places::usual(options.env, options.data.clone(), options.beside)
    };
    let peers = Arc::new(Elsewhere(Home::in_folder(&options.data, options.keyring)));
    let parts = Parts {
        store: Arc::new(store),
        agents: Arc::new(EveryKind),
        catalog: Arc::new(Catalog::new(places)?),
        vcs: Arc::new(GitVcs::new(home)),
        terminals,
        listener: unserved.doorway(),
        nearby: nearby(options.nearby.as_ref()),
        peers,
        signer,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    };
    let config = HostConfig {
        data: options.data,
        owner_name: options.owner_name,
        local_token_hash: hex_digest(token.as_bytes()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        limits: limits.connection,
    };
    let host = Host::start(parts, config).await?;
    let doorway = unserved.serve(host.clone());
    let toolbox = toolbox.serve(host.clone());
    Ok(Running { host, doorway, toolbox })
}

/// A keyring that is locked, or says nothing, is no reason not to start.
pub(crate) async fn kept_keys(data: PathBuf, keyring: Keyring) -> BTreeMap<String, String> {
    let asked = tokio::task::spawn_blocking(move || AgentKeys::in_folder(&data, keyring).all());
    match tokio::time::timeout(KEYRING, asked).await {
        Ok(Ok(Ok(keys))) => return keys,
        Ok(Ok(Err(error))) => tracing::warn!("the keys of agents can't be had: {error:#}"),
        Ok(Err(_)) | Err(_) => tracing::warn!("the keyring does not answer: agents start without their keys"),
    }
    BTreeMap::new()
}

/// The networks this program speaks in: all, or as the environment says, `off` or names of interfaces.
pub fn nearby_reach() -> Option<discovery::Reach> {
    match std::env::var("CONCLAVE_NEARBY") {
        Ok(off) if off == "off" => None,
        Ok(names) => Some(discovery::Reach::Interfaces(names.split(',').map(str::to_owned).collect())),
        Err(_) => Some(discovery::Reach::Networks),
    }
}

/// Invites work without it, so its absence is no reason not to start.
fn nearby(reach: Option<&discovery::Reach>) -> Arc<dyn Nearby> {
    match reach.map(discovery::Discovery::start) {
        Some(Ok(discovery)) => Arc::new(discovery),
        Some(Err(error)) => {
            tracing::warn!(%error, "this host can't be seen nearby");
            Arc::new(Alone)
        }
        None => Arc::new(Alone),
    }
}

/// A folder that can't be written is the commonest of all; the rest speaks for itself.
fn unusable(error: IdentityError, folder: &Path) -> anyhow::Error {
    let IdentityError::Io { source, .. } = &error else { return error.into() };
    match source.kind() {
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            store::OpenError::ReadOnly { folder: folder.to_owned() }.into()
        }
        _ => error.into(),
    }
}

impl Running {
    pub fn host(&self) -> &Host {
        &self.host
    }

    pub fn doorway(&self) -> &Doorway {
        &self.doorway
    }

    /// Ends agents and sessions, says goodbye to everybody, and lets the data folder go.
    pub async fn stop(self) {
        self.host.stop().await;
        self.doorway.shut().await;
        self.toolbox.shut().await;
    }
}

pub(crate) fn owner_name() -> DisplayName {
    let names = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    let fallback = std::iter::once("Owner".to_owned());
    let mut fitting = names.chain(fallback).filter_map(|name| DisplayName::parse(&name).ok());
    #[expect(clippy::expect_used, reason = "the fallback is a display name")]
    fitting.next().expect("a name that fits")
}
