//! Runs the [`Machine`] of one host on a task: dials, says hello, watches for life, sleep and other
//! networks, and hands frames on.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use model::{Timestamp, limits};
use nix::ifaddrs::getifaddrs;
use tokio::sync::{mpsc, watch};
use wire::{Hello, Request};

use crate::PeerError;
use crate::fact::{HELLO_ID, fact_of};
use crate::line::{Dialer, Later, Line, Say, Sound};
use crate::machine::{Chance, Fact, Input, Loss, Machine, Output, Stage};

/// Frames that may wait for whoever uses the link.
const ARRIVALS: usize = 16;

/// What the link asks of the machine it runs on.
pub struct World {
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// 0 to 999, evenly.
    pub dice: Box<dyn Fn() -> u16 + Send + Sync>,
    /// Addresses of this machine; another set is another network.
    pub network: Box<dyn Fn() -> BTreeSet<IpAddr> + Send + Sync>,
}

/// A host that is dialled for as long as this lives.
pub struct Link {
    orders: mpsc::UnboundedSender<Order>,
    arrivals: mpsc::Receiver<Arrival>,
    stage: watch::Receiver<Stage>,
}

/// What comes of a link, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Welcome: a new connection, by its number. Whatever was subscribed or asked before is to be said anew.
    Live { connection: u64 },
    /// A frame as the host sent it; the answer to hello included.
    Frame(String),
}

enum Order {
    /// Goes out on that connection or not at all.
    Frame {
        connection: u64,
        frame: String,
    },
    Wake,
}

impl World {
    pub fn of_this_machine() -> Self {
        Self { clock: Box::new(now), dice: Box::new(dice), network: Box::new(addresses) }
    }
}

impl Link {
    /// Begins to dial.
    pub fn open(dialer: Arc<dyn Dialer>, hello: Hello, world: World) -> Self {
        let (orders, ordered) = mpsc::unbounded_channel();
        let (arrive, arrivals) = mpsc::channel(ARRIVALS);
        let machine = Machine::new((world.clock)());
        let (stages, stage) = watch::channel(machine.stage().clone());
        let network = (world.network)();
        let driver =
            Driver { machine, dialer, hello, world, network, arrive, stages, connection: 0, line: None };
        tokio::spawn(driver.run(ordered));
        Self { orders, arrivals, stage }
    }

    pub fn stage(&self) -> watch::Receiver<Stage> {
        self.stage.clone()
    }

    /// `None` when it has given up; why is in its stage.
    pub async fn next(&mut self) -> Option<Arrival> {
        self.arrivals.recv().await
    }

    /// Says this on that connection; on a later one it would be out of place.
    pub fn send(&self, connection: u64, frame: String) {
        // A link that has given up says so in its stage.
        self.orders.send(Order::Frame { connection, frame }).ok();
    }

    /// No use in waiting out the time.
    pub fn wake(&self) {
        self.orders.send(Order::Wake).ok();
    }
}

struct Driver {
    machine: Machine,
    dialer: Arc<dyn Dialer>,
    hello: Hello,
    world: World,
    network: BTreeSet<IpAddr>,
    arrive: mpsc::Sender<Arrival>,
    stages: watch::Sender<Stage>,
    connection: u64,
    line: Option<Line>,
}

type Dial = Later<'static, Result<Line, PeerError>>;

enum Event {
    Order(Option<Order>),
    Sound(Option<Sound>),
    Dialled(Result<Line, PeerError>),
    Time,
}

impl Driver {
    async fn run(mut self, mut ordered: mpsc::UnboundedReceiver<Order>) {
        let mut dial: Option<Dial> = None;
        self.step(Input::Wanted, &mut dial).await;
        while !matches!(self.machine.stage(), Stage::Over(_)) && !self.arrive.is_closed() {
            let event = self.wait(&mut ordered, &mut dial).await;
            match event {
                Event::Order(None) => return,
                Event::Order(Some(Order::Wake)) => self.step(Input::Woken, &mut dial).await,
                Event::Order(Some(Order::Frame { connection, frame })) => self.say(connection, frame).await,
                Event::Sound(sound) => self.hear(sound, &mut dial).await,
                Event::Dialled(outcome) => {
                    dial = None;
                    self.dialled(outcome, &mut dial).await;
                }
                Event::Time => self.look(&mut dial).await,
            }
        }
    }

    async fn wait(&mut self, ordered: &mut mpsc::UnboundedReceiver<Order>, dial: &mut Option<Dial>) -> Event {
        let until = self.until_next();
        let line = &mut self.line;
        tokio::select! {
            biased;
            order = ordered.recv() => Event::Order(order),
            sound = next_sound(line) => Event::Sound(sound),
            outcome = outcome(dial) => Event::Dialled(outcome),
            () = tokio::time::sleep(until) => Event::Time,
        }
    }

    fn until_next(&self) -> Duration {
        let now = (self.world.clock)();
        let due = self.machine.deadline().map_or(limits::LINK_TICK.0, |deadline| (deadline - now).0);
        Duration::from_millis(due.min(limits::LINK_TICK.0))
    }

    async fn look(&mut self, dial: &mut Option<Dial>) {
        let network = (self.world.network)();
        // Nothing at all is no network to dial by; the next look may see one.
        if network != self.network && !network.is_empty() {
            self.network = network;
            self.step(Input::NetworkChanged, dial).await;
        }
        self.step(Input::Tick, dial).await;
    }

    async fn dialled(&mut self, outcome: Result<Line, PeerError>, dial: &mut Option<Dial>) {
        match outcome {
            Ok(line) => {
                self.line = Some(line);
                self.connection += 1;
                self.step(Input::Dialled, dial).await;
            }
            Err(error) => {
                tracing::debug!(%error, "a host could not be dialled");
                self.step(Input::Lost(error.loss()), dial).await;
            }
        }
    }

    async fn hear(&mut self, sound: Option<Sound>, dial: &mut Option<Dial>) {
        let frame = match sound {
            Some(Sound::Frame(frame)) => frame,
            Some(Sound::Beat | Sound::Bytes(_)) => return self.step(Input::Heard(Fact::Sign), dial).await,
            Some(Sound::Closed(code)) => return self.step(Input::Lost(Loss::Closed(code)), dial).await,
            None => return self.step(Input::Lost(Loss::Closed(None)), dial).await,
        };
        let was_live = self.is_live();
        let fact = fact_of(&frame, HELLO_ID);
        self.step(Input::Heard(fact), dial).await;
        // Whoever listens is gone when this fails, and the loop ends.
        self.arrive.send(Arrival::Frame(frame)).await.ok();
        if !was_live && self.is_live() {
            self.arrive.send(Arrival::Live { connection: self.connection }).await.ok();
        }
    }

    fn is_live(&self) -> bool {
        matches!(self.machine.stage(), Stage::Live { .. })
    }

    async fn say(&mut self, connection: u64, frame: String) {
        if connection == self.connection && self.is_live() {
            self.tell(Say::Frame(frame)).await;
        }
    }

    async fn step(&mut self, input: Input, dial: &mut Option<Dial>) {
        let chance = Chance { now: (self.world.clock)(), permille: (self.world.dice)() };
        for output in self.machine.step(input, chance) {
            match output {
                Output::HangUp => {
                    self.line = None;
                    *dial = None;
                }
                Output::Dial => {
                    let dialer = Arc::clone(&self.dialer);
                    *dial = Some(Box::pin(async move { dialer.dial().await }));
                }
                Output::Hello => {
                    let hello = wire::encode_request(HELLO_ID, &Request::Hello(self.hello.clone()));
                    self.tell(Say::Frame(hello)).await;
                }
                Output::Ping => self.tell(Say::Ping).await,
                Output::GiveUp(_) => {}
            }
        }
        let stage = self.machine.stage();
        self.stages.send_if_modified(|shown| {
            let changed = shown != stage;
            shown.clone_from(stage);
            changed
        });
    }

    /// A line whose other end takes nothing for so long is dead; the machine notices by its silence.
    async fn tell(&self, say: Say) {
        let Some(line) = &self.line else { return };
        let patience = Duration::from_millis(limits::PULSE.0);
        line.say.send_timeout(say, patience).await.ok();
    }
}

async fn next_sound(line: &mut Option<Line>) -> Option<Sound> {
    match line {
        Some(line) => line.sounds.recv().await,
        None => std::future::pending().await,
    }
}

async fn outcome(dial: &mut Option<Dial>) -> Result<Line, PeerError> {
    match dial {
        Some(dial) => dial.as_mut().await,
        None => std::future::pending().await,
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn dice() -> u16 {
    // Without chance a crowd comes back as one, which a host survives.
    getrandom::u32().map_or(0, |random| u16::try_from(random % 1000).unwrap_or(0))
}

fn addresses() -> BTreeSet<IpAddr> {
    let all = getifaddrs().into_iter().flatten();
    let ip = |address: nix::sys::socket::SockaddrStorage| {
        let v4 = address.as_sockaddr_in().map(|it| IpAddr::V4(it.ip()));
        v4.or_else(|| address.as_sockaddr_in6().map(|it| IpAddr::V6(it.ip())))
    };
    all.filter_map(|interface| interface.address.and_then(ip)).filter(|ip| !ip.is_loopback()).collect()
}
