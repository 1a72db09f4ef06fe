//! How many sockets there may be, which of them go first, and who is asked to wait (PA6). It knows no
//! socket: it hands out tickets and cancels them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{Refusals, limits};
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, WaitForCancellationFuture};

/// The first wait after too many failures; each further failure doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Addresses with failures to remember: beyond that the old ones are forgotten, then whoever failed longest ago.
const REMEMBERED: usize = 1024;

/// Settings of the host (PA6).
#[derive(Clone, Copy, Debug)]
pub struct GateLimits {
    /// WebSockets at once.
    pub connections: usize,
    /// Sockets at once that have not proven who they are.
    pub unauthenticated: usize,
    /// Unauthenticated WebSockets from one address.
    pub unauthenticated_per_address: usize,
    /// Sockets at once from one address that have not proven who they are, in any stage.
    pub strangers_per_address: usize,
    /// Failures of one address before it must wait.
    pub failures: usize,
    pub failures_window: Duration,
    /// Heartbeat; two missed beats end a socket (PA8).
    pub ping: Duration,
    /// For a TLS handshake, and for each request's head.
    pub patience: Duration,
    /// The longest frame that is taken.
    pub frame_bytes: usize,
}

/// Why a WebSocket is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TurnedAway {
    Full,
    Wait,
}

pub(crate) struct Gate {
    limits: GateLimits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    issued: u64,
    /// By ticket number, so oldest first.
    sockets: BTreeMap<u64, Socket>,
    failures: HashMap<Origin, Failures>,
    refusals: Refusals,
}

struct Socket {
    origin: Origin,
    stage: Stage,
    evicted: CancellationToken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// No WebSocket yet: it may load the page.
    Http,
    Unproven,
    Proven,
}

/// What counts as one address: of IPv6 the first half, since one machine has all of the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Origin(IpAddr);

#[derive(Default)]
struct Failures {
    times: VecDeque<Instant>,
    wait_until: Option<Instant>,
}

/// One socket's place. Dropping it frees the place.
pub(crate) struct Ticket {
    gate: Arc<Gate>,
    number: u64,
    pub from: IpAddr,
    origin: Origin,
    evicted: CancellationToken,
}

impl Gate {
    pub fn new(limits: GateLimits) -> Arc<Self> {
        Arc::new(Self { limits, state: Mutex::default() })
    }

    /// A place for a new socket. The oldest unproven one gives way when there are too many.
    pub fn enter(self: &Arc<Self>, from: IpAddr) -> Ticket {
        let from = from.to_canonical();
        let origin = Origin::of(from);
        let evicted = CancellationToken::new();
        let mut state = self.state();
        state.issued += 1;
        let number = state.issued;
        state.sockets.insert(number, Socket { origin, stage: Stage::Http, evicted: evicted.clone() });
        let stranger = |socket: &Socket| socket.stage != Stage::Proven;
        state.make_room(self.limits.strangers_per_address, |it| stranger(it) && it.origin == origin);
        state.make_room(self.limits.unauthenticated, stranger);
        Ticket { gate: Arc::clone(self), number, from, origin, evicted }
    }

    pub fn refusals(&self) -> Refusals {
        self.state().refusals
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// The socket wants to become a WebSocket.
    pub fn upgrade(&self) -> Result<(), TurnedAway> {
        let limits = self.gate.limits;
        let mut state = self.gate.state();
        let wait_until = state.failures.get(&self.origin).and_then(|known| known.wait_until);
        if wait_until.is_some_and(|until| Instant::now() < until) {
            state.refusals.waiting += 1;
            return Err(TurnedAway::Wait);
        }
        if state.sockets.values().filter(|it| it.stage != Stage::Http).count() >= limits.connections {
            state.refusals.full += 1;
            return Err(TurnedAway::Full);
        }
        if let Some(socket) = state.sockets.get_mut(&self.number) {
            socket.stage = Stage::Unproven;
        }
        let rival = |socket: &Socket| socket.stage == Stage::Unproven && socket.origin == self.origin;
        state.make_room(limits.unauthenticated_per_address, rival);
        Ok(())
    }

    /// The client is known: the limits for strangers no longer count it.
    pub fn prove(&self) {
        if let Some(socket) = self.gate.state().sockets.get_mut(&self.number) {
            socket.stage = Stage::Proven;
        }
    }

    /// The client failed to prove who it is, or sent something that is no frame.
    pub fn fail(&self) {
        let mut state = self.gate.state();
        state.refusals.failed += 1;
        state.forget_old(self.gate.limits.failures_window);
        state.failures.entry(self.origin).or_default().add(&self.gate.limits);
    }

    pub fn frame_bytes(&self) -> usize {
        self.gate.limits.frame_bytes
    }

    pub fn ping(&self) -> Duration {
        self.gate.limits.ping
    }

    /// Resolves when the socket has to give way.
    pub fn evicted(&self) -> WaitForCancellationFuture<'_> {
        self.evicted.cancelled()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.gate.state().sockets.remove(&self.number);
    }
}

impl State {
    fn make_room(&mut self, most: usize, counts: impl Fn(&Socket) -> bool) {
        let counted: Vec<u64> =
            self.sockets.iter().filter(|(_, socket)| counts(socket)).map(|(number, _)| *number).collect();
        for number in &counted[..counted.len().saturating_sub(most)] {
            if let Some(socket) = self.sockets.remove(number) {
                socket.evicted.cancel();
                self.refusals.evicted += 1;
            }
        }
    }

    fn forget_old(&mut self, window: Duration) {
        if self.failures.len() < REMEMBERED {
            return;
        }
        let now = Instant::now();
        let recent = |at: &Instant| now.duration_since(*at) < window;
        self.failures.retain(|_, known| known.times.back().is_some_and(recent));
        if self.failures.len() < REMEMBERED {
            return;
        }
        let by_age = |(_, known): &(&Origin, &Failures)| known.times.back().copied();
        if let Some(oldest) = self.failures.iter().min_by_key(by_age).map(|(origin, _)| *origin) {
            self.failures.remove(&oldest);
        }
    }
}

impl Origin {
    fn of(from: IpAddr) -> Self {
        match from {
            IpAddr::V4(_) => Self(from),
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                Self(IpAddr::V6(Ipv6Addr::from(network)))
            }
        }
    }
}

impl Failures {
    fn add(&mut self, limits: &GateLimits) {
        let now = Instant::now();
        self.times.push_back(now);
        self.times.retain(|at| now.duration_since(*at) < limits.failures_window);
        let Some(beyond) = self.times.len().checked_sub(limits.failures) else { return };
        let doubled = 1_u32.checked_shl(u32::try_from(beyond).unwrap_or(u32::MAX)).unwrap_or(u32::MAX);
        self.wait_until = Some(now + FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT));
    }
}

impl Default for GateLimits {
    fn default() -> Self {
        Self {
            connections: limits::CONNECTIONS,
            unauthenticated: limits::UNAUTHENTICATED,
            unauthenticated_per_address: limits::UNAUTHENTICATED_PER_ADDRESS,
            strangers_per_address: limits::STRANGERS_PER_ADDRESS,
            failures: limits::FAILED_AUTH as usize,
            failures_window: Duration::from_millis(limits::FAILED_AUTH_WINDOW.0),
            ping: Duration::from_millis(limits::PING.0),
            patience: Duration::from_millis(limits::HELLO.0),
            frame_bytes: limits::FRAME_BYTES,
        }
    }
}

impl GateLimits {
    /// For a page that only this machine reaches: everybody has one address there, so nobody may
    /// lock the owner out by failing.
    pub(crate) fn on_loopback(self) -> Self {
        let all = self.unauthenticated;
        Self { unauthenticated_per_address: all, strangers_per_address: all, failures: usize::MAX, ..self }
    }
}

#[cfg(test)]
mod tests;
