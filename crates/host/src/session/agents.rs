//! The session's agents: one warm process per kind, told apart by generation (AG2, AG4).

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use model::{AgentKey, ItemId, Memory, Timestamp, limits};
use ports::agent::{Agent, ItemKey};

#[derive(Default)]
pub(super) struct Crew {
    slots: BTreeMap<AgentKey, Slot>,
    generations: u64,
    crashes: BTreeMap<AgentKey, VecDeque<Timestamp>>,
}

pub(super) struct Slot {
    pub generation: u64,
    pub agent: Arc<dyn Agent>,
    pub name: String,
    pub version: String,
    pub memory: Memory,
    /// The agent's own names of its tool calls.
    pub items: BTreeMap<ItemKey, ItemId>,
}

impl Crew {
    pub fn next_generation(&mut self) -> u64 {
        self.generations += 1;
        self.generations
    }

    pub fn get(&self, agent: &AgentKey) -> Option<&Slot> {
        self.slots.get(agent)
    }

    pub fn add(&mut self, agent: AgentKey, slot: Slot) {
        self.slots.insert(agent, slot);
    }

    /// `None` for a process that has been replaced or ended (AG4).
    pub fn of(&mut self, generation: u64) -> Option<&mut Slot> {
        self.slots.values_mut().find(|slot| slot.generation == generation)
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

    pub async fn end_all(&mut self) {
        for slot in std::mem::take(&mut self.slots).into_values() {
            slot.agent.stop().await;
        }
    }
}
