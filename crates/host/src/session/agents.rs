//! The session's agents: one warm process per kind, told apart by generation (AG2, AG4).

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use model::{AgentKey, ItemId, Memory, Timestamp, limits};
use ports::agent::{Agent, AgentEvent, ItemKey};
use tokio::sync::mpsc;

#[derive(Default)]
pub(super) struct Crew {
    slots: BTreeMap<AgentKey, Slot>,
    generations: u64,
    /// Those up to this one were ended, whether they had started or not.
    over: u64,
    crashes: BTreeMap<AgentKey, VecDeque<Timestamp>>,
}

pub(super) struct Slot {
    pub generation: u64,
    pub agent: Arc<dyn Agent>,
    pub name: String,
    pub version: String,
    pub memory: Memory,
    /// The mode it was last seen in; none before it was set or told.
    pub mode: Option<String>,
    /// The agent's own names of its tool calls.
    pub items: BTreeMap<ItemKey, ItemId>,
    /// What it says; `None` when it will say no more.
    pub hearing: Option<mpsc::Receiver<AgentEvent>>,
}

impl Crew {
    pub fn next_generation(&mut self) -> u64 {
        self.generations += 1;
        self.generations
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

    /// Forgets a process that is gone and remembers that it died.
    pub fn lost(&mut self, generation: u64, now: Timestamp) -> Option<AgentKey> {
        let (key, _) = self.slots.iter().find(|(_, slot)| slot.generation == generation)?;
        let key = key.clone();
        self.slots.remove(&key);
        self.crashes.entry(key.clone()).or_default().push_back(now);
        Some(key)
    }

    /// AG4: too many deaths in a short time.
    pub fn is_broken(&mut self, agent: &AgentKey, now: Timestamp) -> bool {
        let Some(crashes) = self.crashes.get_mut(agent) else { return false };
        crashes.retain(|at| (now - *at).0 < limits::CRASH_WINDOW.0);
        crashes.len() >= limits::CRASHES
    }

    pub fn is_over(&self, generation: u64) -> bool {
        generation <= self.over
    }

    pub async fn end_all(&mut self) {
        self.over = self.generations;
        for slot in std::mem::take(&mut self.slots).into_values() {
            slot.agent.stop().await;
        }
    }
}
