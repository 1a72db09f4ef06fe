//! The session's agents: one warm process per kind, told apart by generation (AG2, AG4).

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use model::{AgentKey, ItemId, Memory, Timestamp, limits};
use ports::agent::{Agent, AgentEvent, ItemKey};
use room::EffectKey;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::pool::Place;
use crate::seats::Seated;

const IDLE: Duration = Duration::from_millis(limits::IDLE_AGENT.0);

#[derive(Default)]
pub(super) struct Crew {
    slots: BTreeMap<AgentKey, Slot>,
    generations: u64,
    /// Those up to this one were ended, whether they had started or not.
    over: u64,
    crashes: BTreeMap<AgentKey, VecDeque<Crash>>,
    starting: BTreeMap<AgentKey, Starting>,
}

/// A process that is not ready yet, and who waits for it beside the one that began it.
struct Starting {
    generation: u64,
    waiting: Vec<EffectKey>,
}

struct Crash {
    at: Timestamp,
    reason: String,
}

pub(super) struct Slot {
    pub generation: u64,
    pub agent: Arc<dyn Agent>,
    pub name: String,
    pub version: String,
    /// Before its next prompt (AG5).
    pub memory: Memory,
    /// The mode it was last seen in; none before it was set or told.
    pub mode: Option<String>,
    /// Since when nobody has asked anything of it; none while it works.
    pub idle: Option<Instant>,
    pub place: Place,
    /// The agent's own names of its tool calls.
    pub items: BTreeMap<ItemKey, ItemId>,
    /// Its token of the toolbox dies with it.
    pub seated: Option<Seated>,
    /// Servers of tools that it can't reach.
    pub left_out: Vec<String>,
    /// By its own account (TU11).
    pub no_images: bool,
    /// A prompt can join its running turn (TU3).
    pub steers: bool,
    /// Turns before this one.
    pub turns: u64,
    /// What it says; `None` when it will say no more.
    pub hearing: Option<mpsc::Receiver<AgentEvent>>,
}

impl Crew {
    /// The generation of a process to be started. `None` while one is: then this waits for it.
    pub fn begin_start(&mut self, agent: &AgentKey, key: EffectKey) -> Option<u64> {
        if let Some(starting) = self.starting.get_mut(agent) {
            starting.waiting.push(key);
            return None;
        }
        self.generations += 1;
        let starting = Starting { generation: self.generations, waiting: Vec::new() };
        self.starting.insert(agent.clone(), starting);
        Some(self.generations)
    }

    /// Returns who waited for it.
    pub fn start_ended(&mut self, generation: u64) -> Vec<EffectKey> {
        let ended = self.starting.extract_if(.., |_, starting| starting.generation == generation);
        ended.flat_map(|(_, starting)| starting.waiting).collect()
    }

    /// From then on a live agent remembers (AG5).
    pub fn prompted(&mut self, agent: &AgentKey) {
        if let Some(slot) = self.slots.get_mut(agent) {
            slot.memory = Memory::Resumed;
            slot.turns += 1;
        }
    }

    pub fn get(&self, agent: &AgentKey) -> Option<&Slot> {
        self.slots.get(agent)
    }

    pub fn get_mut(&mut self, agent: &AgentKey) -> Option<&mut Slot> {
        self.slots.get_mut(agent)
    }

    pub fn add(&mut self, agent: AgentKey, slot: Slot) {
        self.slots.insert(agent, slot);
    }

    /// `None` for a process that has been replaced or ended (AG4).
    pub fn of(&mut self, generation: u64) -> Option<&mut Slot> {
        self.slots.values_mut().find(|slot| slot.generation == generation)
    }

    pub fn agent_of(&self, generation: u64) -> Option<&Arc<dyn Agent>> {
        self.slots.values().find(|slot| slot.generation == generation).map(|slot| &slot.agent)
    }

    /// The next that any of them says, and its generation. Cancel safe.
    pub async fn hear(&mut self) -> (u64, AgentEvent) {
        poll_fn(|task| self.poll_hear(task)).await
    }

    fn poll_hear(&mut self, task: &mut Context<'_>) -> Poll<(u64, AgentEvent)> {
        for slot in self.slots.values_mut() {
            let Some(hearing) = &mut slot.hearing else { continue };
            match hearing.poll_recv(task) {
                Poll::Ready(Some(event)) => return Poll::Ready((slot.generation, event)),
                Poll::Ready(None) => slot.hearing = None,
                Poll::Pending => {}
            }
        }
        Poll::Pending
    }

    /// Forgets a process that is gone and remembers why it died.
    pub fn lost(&mut self, generation: u64, at: Timestamp, reason: &str) {
        let Some((key, _)) = self.take(generation) else { return };
        self.crashes.entry(key).or_default().push_back(Crash { at, reason: reason.to_owned() });
    }

    fn take(&mut self, generation: u64) -> Option<(AgentKey, Slot)> {
        let (key, _) = self.slots.iter().find(|(_, slot)| slot.generation == generation)?;
        self.slots.remove_entry(&key.clone())
    }

    /// The last reason, after too many deaths in a short time (AG4).
    pub fn breaking(&mut self, agent: &AgentKey, now: Timestamp) -> Option<&str> {
        let crashes = self.crashes.get_mut(agent)?;
        crashes.retain(|crash| (now - crash.at).0 < limits::CRASH_WINDOW.0);
        let last = crashes.back().filter(|_| crashes.len() >= limits::CRASHES)?;
        Some(&last.reason)
    }

    /// Somebody wants it tried again (AG4).
    pub fn forgive(&mut self, agent: &AgentKey) {
        self.crashes.remove(agent);
    }

    /// Notes who works and who is idle.
    pub fn tick(&mut self, working: Option<&AgentKey>) {
        for (key, slot) in &mut self.slots {
            let is_idle = working != Some(key);
            if is_idle != slot.idle.is_some() {
                slot.idle = is_idle.then(Instant::now);
                slot.place.is_idle_since(slot.idle);
            }
        }
    }

    /// When the next one has been idle for too long (AG2).
    pub fn next_closing(&self) -> Option<Instant> {
        self.slots.values().filter_map(|slot| slot.idle).min().map(|since| since + IDLE)
    }

    pub fn close_idle(&mut self) {
        let now = Instant::now();
        let is_due = |slot: &&Slot| slot.idle.is_some_and(|since| since + IDLE <= now);
        let due: Vec<u64> = self.slots.values().filter(is_due).map(|slot| slot.generation).collect();
        due.into_iter().for_each(|generation| self.close(generation));
    }

    /// Ends a process that is still idle. It comes back when it is needed, and is no crash.
    pub fn close(&mut self, generation: u64) {
        if self.of(generation).is_none_or(|slot| slot.idle.is_none()) {
            return;
        }
        if let Some((_, slot)) = self.take(generation) {
            tokio::spawn(async move { slot.agent.stop().await });
        }
    }

    pub fn is_over(&self, generation: u64) -> bool {
        generation <= self.over
    }

    pub async fn end_all(&mut self) {
        self.over = self.generations;
        self.starting.clear();
        for slot in std::mem::take(&mut self.slots).into_values() {
            slot.agent.stop().await;
        }
    }
}
