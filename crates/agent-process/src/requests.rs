//! The requests of an agent that wait for people, and names that are used once.

use std::collections::BTreeMap;

use ports::agent::{AgentEvent, ItemKey, RequestKey};
use serde_json::Value;

/// What is asked is the adapter's own.
#[derive(Debug)]
pub struct Requests<A> {
    open: BTreeMap<RequestKey, Open<A>>,
    count: u64,
}

#[derive(Debug)]
pub struct Open<A> {
    /// The agent's.
    pub id: Value,
    /// The tool call it is about.
    pub item: Option<ItemKey>,
    pub asked: A,
}

impl<A> Default for Requests<A> {
    fn default() -> Self {
        Self { open: BTreeMap::new(), count: 0 }
    }
}

impl<A> Requests<A> {
    pub fn open(&mut self, open: Open<A>) -> RequestKey {
        // An agent may use an id again once it is answered.
        self.count += 1;
        let key = RequestKey(format!("{}:{}", self.count, open.id));
        self.open.insert(key.clone(), open);
        key
    }

    /// `None` when it is no longer open.
    pub fn close(&mut self, key: &RequestKey) -> Option<Open<A>> {
        self.open.remove(key)
    }

    /// The agent no longer wants an answer to this one.
    pub fn take_back(&mut self, id: &Value) -> Option<AgentEvent> {
        let key = self.open.iter().find(|(_, open)| open.id == *id)?.0.clone();
        self.open.remove(&key);
        Some(AgentEvent::TakenBack { key })
    }

    /// The tool call it asked for has ended without the answer.
    pub fn take_back_of(&mut self, item: &ItemKey) -> Vec<AgentEvent> {
        let ended = |open: &Open<A>| open.item.as_ref() == Some(item);
        self.open
            .extract_if(.., |_, open| ended(open))
            .map(|(key, _)| AgentEvent::TakenBack { key })
            .collect()
    }

    pub fn close_all(&mut self) -> impl Iterator<Item = Open<A>> + use<A> {
        std::mem::take(&mut self.open).into_values()
    }
}

/// Names of tool calls: some models number their calls anew in every turn.
#[derive(Debug, Default)]
pub struct ItemKeys {
    begun: BTreeMap<String, u32>,
}

impl ItemKeys {
    pub fn next(&mut self, id: &str) -> ItemKey {
        let times = self.begun.entry(id.to_owned()).or_default();
        *times += 1;
        match *times {
            1 => ItemKey(id.to_owned()),
            again => ItemKey(format!("{id}#{again}")),
        }
    }

    pub fn knows(&self, id: &str) -> bool {
        self.begun.contains_key(id)
    }
}
