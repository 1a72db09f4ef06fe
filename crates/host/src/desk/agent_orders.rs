//! The owner's orders about agents.

use std::path::Path;

use model::{AgentKey, OwnerEvent, RepositoryId};
use wire::{Failure, FailureCode, Reply};

use super::{Cause, Decision, Desk};

/// Whether an agent can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Desk {
    pub async fn switch_agent(&self, cause: Cause, agent: AgentKey, to: Switch) -> Result<Reply, Failure> {
        if self.parts.catalog.entries().iter().all(|known| known.agent != agent) {
            return Err(Failure::not_found());
        }
        self.decide(Some(cause), move |state| {
            let is = if state.shelf.disabled.contains(&agent) { Switch::Off } else { Switch::On };
            let owner = match to {
                to if to == is => Vec::new(),
                Switch::On => vec![OwnerEvent::AgentEnabled { agent }],
                Switch::Off => vec![OwnerEvent::AgentDisabled { agent }],
            };
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        })
        .await
    }

    /// AG12: just what the owner has read, so it is read again here and must be the same.
    pub async fn trust_agents(
        &self,
        cause: Cause,
        repository: RepositoryId,
        hash: String,
    ) -> Result<Reply, Failure> {
        let path = self.globe.now().shelf.repositories.get(&repository).map(|known| known.path.clone());
        let brought = self.parts.catalog.brought(Path::new(&path.ok_or_else(Failure::not_found)?));
        let same = brought.filter(|brought| brought.hash == hash && !hash.is_empty()).ok_or_else(|| {
            let words = "What this repository says of agents has changed since you read it. Read it again.";
            Failure::new(FailureCode::AgentsChanged, words)
        })?;
        let agents = same.agents.map_err(|why| {
            Failure::new(FailureCode::AgentsChanged, format!("These agents can't be used: {why}."))
        })?;
        self.decide(Some(cause), move |state| {
            let is_known = state.shelf.trusted.get(&repository).is_some_and(|trusted| trusted.hash == hash);
            let trusted = OwnerEvent::RepositoryAgentsTrusted { repository, hash, agents };
            let owner = if is_known { Vec::new() } else { vec![trusted] };
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        })
        .await
    }

    pub async fn forget_agents(&self, cause: Cause, repository: RepositoryId) -> Result<Reply, Failure> {
        self.decide(Some(cause), move |state| {
            if !state.shelf.trusted.contains_key(&repository) {
                return Err(Failure::not_found());
            }
            let owner = vec![OwnerEvent::RepositoryAgentsForgotten { repository }];
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        })
        .await
    }
}
