use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use model::{DisplayName, Span, Timestamp, limits};
use ports::agent::{AgentBackend, AgentCatalog};
use ports::clock::{Clock, Ids};
use ports::event_store::EventStore;
use ports::listener::Listener;
use ports::nearby::Nearby;
use ports::peers::Peers;
use ports::signer::Signer;
use ports::terminal::Terminals;
use ports::vcs::Vcs;
use uuid::Uuid;

/// The world, as the host is handed it.
#[derive(Clone)]
pub struct Parts {
    pub store: Arc<dyn EventStore>,
    pub agents: Arc<dyn AgentBackend>,
    pub catalog: Arc<dyn AgentCatalog>,
    pub vcs: Arc<dyn Vcs>,
    pub terminals: Arc<dyn Terminals>,
    pub listener: Arc<dyn Listener>,
    pub peers: Arc<dyn Peers>,
    /// With the host's own key (LO6).
    pub nearby: Arc<dyn Nearby>,
    pub signer: Arc<dyn Signer>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

#[derive(Clone, Debug)]
pub struct HostConfig {
    /// Worktrees and sample repositories go below it.
    pub data: PathBuf,
    /// What the owner is called on a first start.
    pub owner_name: DisplayName,
    /// SHA-256 (hex) of the token that the owner's own programs show on the local socket (GR8).
    pub local_token_hash: String,
    /// The program's version.
    pub version: String,
    pub limits: ConnectionLimits,
}

/// What one connection may do, as the owner has set it (PA6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Until it has said hello.
    pub hello: Span,
    pub rate: CommandRate,
    /// Of signals and terminal input, in bytes a second.
    pub signal_bytes: u32,
    /// Of one prompt's text, in bytes.
    pub prompt_bytes: usize,
}

/// How many commands, queries and subscriptions one connection may send (PA6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandRate {
    pub per_second: u32,
    /// As many at once as have been saved up.
    pub burst: u32,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            hello: limits::HELLO,
            rate: CommandRate::default(),
            signal_bytes: limits::SIGNAL_BYTES_PER_SECOND,
            prompt_bytes: limits::PROMPT_BYTES,
        }
    }
}

impl Default for CommandRate {
    fn default() -> Self {
        Self { per_second: limits::COMMANDS_PER_SECOND, burst: limits::COMMANDS_BURST }
    }
}

/// The machine's clock.
pub struct SystemClock;

/// The operating system's random source.
pub struct SystemIds;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

impl Ids for SystemIds {
    fn fresh(&self) -> Uuid {
        Uuid::new_v4()
    }
}
