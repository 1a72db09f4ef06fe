//! A host that lives and dies, its clients, and the network between them, in one thread and one time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use host::{Host, HostConfig, Parts, Via};
use model::{CommandId, DeviceKind, DisplayName, EpochId, KnockId, SessionId, Span, Timestamp, WorkspaceId};
use peer::machine::{Input, Loss};
use ports::clock::{Clock, Ids};
use ports::event_store::{Header, Record};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;
use wire::Auth;

use super::below::{Digest, Gate, NoFiles, NoPeers, OneAgent, SimClock, SimIds};
use super::client::Client;
use super::disk::Disk;
use super::laws::Laws;
use super::line::Line;
use super::plan::OWNER;
use super::players::{Backend, Players};
use crate::cast::OWNER as OWNER_ID;
use crate::reference::Fault;

type Checked = Result<(), Fault>;

/// A link looks at the clock this often.
const LOOK: Span = Span(1000);
/// Time goes on in steps of at most this much.
const LONGEST: Span = Span(100);
/// Turns of its tasks within which a host that does not wait for time has started.
const EPOCH: Uuid = Uuid::from_u128(7);
const START: u32 = 20_000;

pub(super) struct Stage {
    pub now: Timestamp,
    pub disk: Arc<Disk>,
    pub players: Arc<Players>,
    pub clients: Vec<Client>,
    pub laws: Laws,
    ids: Arc<SimIds>,
    /// Of what clients make up.
    pub chance: SimIds,
    pub workspace: Option<WorkspaceId>,
    pub session: Option<SessionId>,
    pub consensus: bool,
    /// Commands that ask for an invite, and whom it is for.
    pub invited: BTreeMap<CommandId, usize>,
    pub admitted: BTreeSet<KnockId>,
    /// The disk is full until then.
    pub full_until: Option<Timestamp>,
    pub trace: Vec<String>,
    clock: Arc<SimClock>,
    gate: Arc<Gate>,
    life: Option<Life>,
    starts_at: Timestamp,
    looked: Timestamp,
    /// How long the host stays away when it falls into its trap.
    pub down: Span,
}

/// One process of the host: all of it dies with its runtime.
struct Life {
    runtime: Runtime,
    host: Host,
}

impl Stage {
    pub fn new(seed: u64) -> Self {
        let now = Timestamp(1_700_000_000_000);
        let names = ["Ada", "Bea", "Cem", "Dov"];
        let client = |(nth, name): (usize, &'static str)| {
            let auth = Auth::Local { token: String::new() };
            let mut client = Client::new(name, auth, (now, seed ^ (nth as u64 + 1) << 32));
            client.credential = URL_SAFE_NO_PAD.encode(ports::chain::digest(name.as_bytes()));
            client
        };
        Self {
            now,
            disk: Arc::new(Disk::new(EpochId(EPOCH))),
            players: Arc::default(),
            clients: names.into_iter().enumerate().map(client).collect(),
            laws: Laws::default(),
            ids: Arc::new(SimIds::new(OWNER_ID.0, seed)),
            chance: SimIds::new(EPOCH, !seed),
            workspace: None,
            session: None,
            consensus: false,
            invited: BTreeMap::new(),
            admitted: BTreeSet::new(),
            full_until: None,
            trace: Vec::new(),
            clock: Arc::new(SimClock::new(now)),
            gate: Arc::default(),
            life: None,
            starts_at: now,
            looked: now,
            down: Span(500),
        }
    }

    /// SH7: without a share there is no port for guests.
    pub fn is_reachable(&self, who: usize) -> bool {
        who == OWNER || self.gate.is_open()
    }

    pub fn is_up(&self) -> bool {
        self.life.is_some()
    }

    pub fn command(&self) -> CommandId {
        CommandId(self.chance.fresh())
    }

    /// Time goes on for everybody.
    ///
    /// # Errors
    /// A law is broken.
    pub fn pass(&mut self, span: Span) -> Checked {
        let end = self.now + span;
        while self.now < end {
            let next = self.clients.iter().filter_map(Client::next_due).min().unwrap_or(end);
            let rest = (end - self.now).0;
            let step = (next - self.now).0.clamp(1, LONGEST.0).min(rest);
            self.round(Span(step))?;
        }
        Ok(())
    }

    pub fn round(&mut self, span: Span) -> Checked {
        if self.full_until.is_some_and(|until| until <= self.now) {
            self.full_until = None;
            self.disk.mend();
        }
        if self.life.is_none() && self.now >= self.starts_at {
            self.start()?;
        }
        self.carry_up();
        self.run_host(span);
        self.now = self.now + span;
        self.check_decisions()?;
        if self.disk.has_sprung() {
            self.kill(self.down);
        }
        for who in 0..self.clients.len() {
            self.serve(who)?;
        }
        self.hand_out_invites();
        self.open_the_door();
        if self.now - self.looked >= LOOK {
            self.looked = self.now;
            let now = self.now;
            self.clients.iter_mut().for_each(|client| client.tick(now));
        }
        Ok(())
    }

    fn carry_up(&mut self) {
        let now = self.now;
        for line in self.clients.iter_mut().filter_map(|client| client.line.as_mut()) {
            line.carry_up(now);
        }
    }

    fn run_host(&self, span: Span) {
        let Some(life) = &self.life else { return };
        let disk = Arc::clone(&self.disk);
        life.runtime.block_on(async move {
            // Nothing else of this process may go on once it is dead.
            if disk.is_trapped() {
                settle_a_little(&disk).await;
            }
            if !disk.has_sprung() {
                // Paused time goes on when nobody has anything left to do.
                sleep_until(Instant::now() + Duration::from_millis(span.0)).await;
            }
        });
    }

    fn check_decisions(&mut self) -> Checked {
        for append in self.disk.take_fresh() {
            self.trace.extend(append.parts.iter().flat_map(|part| &part.records).map(line_of));
            self.laws.decided(&append)?;
        }
        for (turn, text) in self.players.take_prompts() {
            self.laws.reaches(turn, &text)?;
        }
        Ok(())
    }

    /// What the host has for one client, and what reaches it.
    fn serve(&mut self, who: usize) -> Checked {
        let (now, up) = (self.now, self.life.is_some());
        let runtime = self.life.as_ref().map(|life| life.runtime.handle().clone());
        let _inside = runtime.as_ref().map(tokio::runtime::Handle::enter);
        let Some(client) = self.clients.get_mut(who) else { return Ok(()) };
        if client.dialling.is_some_and(|due| due <= now) {
            client.dialling = None;
            return self.answer_dial(who);
        }
        let due = now + client.lag;
        let takes = client.stalled_until <= now;
        if let Some(line) = client.line.as_mut().filter(|_| up) {
            line.give_up_if_silent(now);
            line.beat(now, due);
            let left = if takes { line.pull(due) } else { Vec::new() };
            for frame in left {
                self.laws.leaves(who, &frame)?;
            }
        }
        let Some(client) = self.clients.get_mut(who).filter(|_| takes) else { return Ok(()) };
        while let Some(arriving) = client.line.as_mut().and_then(|line| line.arrives(now)) {
            client.hear(&arriving, now)?;
        }
        if client.machine.deadline().is_some_and(|deadline| deadline <= now) {
            client.tick(now);
        }
        Ok(())
    }

    fn answer_dial(&mut self, who: usize) -> Checked {
        let now = self.now;
        let open = self.is_reachable(who);
        let Some(client) = self.clients.get_mut(who) else { return Ok(()) };
        let Some(life) = self.life.as_ref().filter(|_| open && client.offline_until <= now) else {
            client.step(Input::Lost(Loss::Unreachable), now);
            return Ok(());
        };
        let via = match who {
            OWNER => Via::Window,
            _ => Via::Tls { from: [127, 0, 0, 1].into(), kind: DeviceKind::Peer },
        };
        let _inside = life.runtime.enter();
        client.line = Some(Line::new(life.host.connect(via).split(), now));
        client.step(Input::Dialled, now);
        Ok(())
    }

    fn start(&mut self) -> Checked {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.map_err(|error| Fault(format!("no runtime: {error}")))?;
        let (parts, config, disk) = (self.parts(), config()?, Arc::clone(&self.disk));
        let now = self.now;
        let started = runtime.block_on(async {
            self.clock.begin(now);
            tokio::select! {
                biased;
                started = Host::start(parts, config) => Some(started),
                () = dead_or_late(&disk) => None,
            }
        });
        match started {
            Some(Ok(host)) => self.life = Some(Life { runtime, host }),
            // The log can't be read or written: it is tried again.
            Some(Err(_)) => self.bury(Span(1000), runtime),
            None if self.disk.has_sprung() => self.bury(self.down, runtime),
            None => return Err(Fault("the host does not start".to_owned())),
        }
        self.check_decisions()
    }

    fn parts(&self) -> Parts {
        Parts {
            store: self.disk.clone(),
            agents: Arc::new(Backend(Arc::clone(&self.players))),
            catalog: Arc::new(OneAgent),
            vcs: Arc::new(NoFiles),
            listener: self.gate.clone(),
            terminals: Arc::new(ports::terminal::NoTerminals),
            nearby: Arc::new(ports::nearby::Alone),
            peers: Arc::new(NoPeers),
            signer: Arc::new(Digest),
            clock: self.clock.clone(),
            ids: self.ids.clone(),
        }
    }

    /// The process is gone between two of its steps.
    pub fn kill(&mut self, down: Span) {
        if let Some(life) = self.life.take() {
            self.bury(down, life.runtime);
        }
    }

    pub fn kill_after(&mut self, turns: u8, down: Span) -> Checked {
        self.carry_up();
        if let Some(life) = &self.life {
            life.runtime.block_on(async {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
            });
        }
        self.check_decisions()?;
        self.kill(down);
        Ok(())
    }

    pub fn stop(&mut self, down: Span) -> Checked {
        if let Some(life) = &self.life {
            let (host, disk) = (life.host.clone(), Arc::clone(&self.disk));
            life.runtime.block_on(async {
                tokio::select! {
                    biased;
                    () = host.stop() => {}
                    () = dead_or_late(&disk) => {}
                }
            });
        }
        self.check_decisions()?;
        for who in 0..self.clients.len() {
            self.serve(who)?;
        }
        self.kill(down);
        Ok(())
    }

    fn bury(&mut self, down: Span, runtime: Runtime) {
        runtime.block_on(async { self.now = self.clock.now() });
        self.clock.end(self.now);
        self.starts_at = self.now + down;
        self.break_all_lines();
        drop(runtime);
        self.players.die();
        self.gate.slam();
        self.disk.disarm();
    }

    /// What was under way still arrives; then the sockets are closed without a word.
    fn break_all_lines(&mut self) {
        for client in &mut self.clients {
            client.line.iter_mut().for_each(|line| line.lose_host(self.now + client.lag));
        }
    }
}

/// Without the secrets of invites, which are random.
fn line_of(record: &Record) -> String {
    let Header { seq, at, kind, .. } = &record.header;
    let shown = if kind == "invite_minted" { kind } else { &*record.body };
    format!("{} {seq} {shown}", at.0)
}

async fn settle_a_little(disk: &Disk) {
    for _ in 0..50 {
        tokio::task::yield_now().await;
        if disk.has_sprung() {
            return;
        }
    }
}

async fn dead_or_late(disk: &Disk) {
    for _ in 0..START {
        if disk.has_sprung() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn config() -> Result<HostConfig, Fault> {
    let owner_name = DisplayName::parse("Ada").map_err(|_| Fault("Ada is a name".to_owned()))?;
    Ok(HostConfig {
        data: "/nowhere".into(),
        owner_name,
        local_token_hash: String::new(),
        version: "sim".to_owned(),
        limits: host::ConnectionLimits::default(),
    })
}
