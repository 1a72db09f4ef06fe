//! The owner's orders about agents.

use model::{AgentKey, OwnerEvent};
use wire::{Failure, Reply};

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
}
