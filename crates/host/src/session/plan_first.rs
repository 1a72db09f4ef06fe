//! A room that wants an approved plan first (BA13): its agent works in a mode that asks, and is told why.

use std::collections::BTreeMap;

use model::{AgentKey, Ceiling, Refusal};

use super::actor::Actor;

/// Where an agent with gates of its own writes plans.
const PLAN_MODE: &str = "plan";

const FOREWORD: &str = "Plan first: in this room nothing is edited and no command is run before the people \
    in it have approved a plan. Look around as you like, then propose a plan and wait for their vote. Until \
    then each edit and each command is refused.";

impl Actor {
    /// What was chosen, if it asks before it acts; else a mode that does.
    pub(super) fn mode_before_plan(&self, agent: &AgentKey, chosen: Option<String>) -> Option<String> {
        let modes = self.modes(agent);
        let asks = |mode: &String| modes.get(mode) == Some(&Ceiling::Ask);
        // One with gates puts its plan to people from where it plans; another one would not get out of there.
        let has_gates = self.shared.parts.catalog.has_gates(agent);
        let begins = |mode: &str| (mode == PLAN_MODE) == has_gates;
        chosen.clone().filter(asks).or_else(|| asking(&modes, begins)).or(chosen)
    }

    /// What the agent is told ahead of a prompt.
    pub(super) fn foreword(&self) -> Option<String> {
        self.room.awaits_plan().then(|| FOREWORD.to_owned())
    }
}

/// A mode that asks, of those that fit if there are any.
fn asking(modes: &BTreeMap<String, Ceiling>, fits: impl Fn(&str) -> bool) -> Option<String> {
    let asking = || modes.iter().filter(|(_, most)| **most == Ceiling::Ask).map(|(mode, _)| mode);
    let wanted = asking().find(|mode| fits(mode));
    wanted.or_else(|| asking().next()).cloned()
}

/// What the agent is told of a refusal of the host's own.
pub(super) fn words(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotItsTool(group) => {
            format!("This is not among your tools: they do not include {:?}. Go on without it.", group.word())
        }
        Refusal::PlanFirst => {
            "Plan first: people have approved no plan in this turn yet, so nothing is edited and \
            no command is run. Propose a plan and wait for the vote."
                .to_owned()
        }
    }
}

/// Why a turn does not start: nothing makes this agent ask.
pub(super) fn unlimited(agent: &AgentKey) -> String {
    format!(
        "This room wants an approved plan before anything is edited or run, and {agent} can't be made to ask before it \
         acts here. Choose another agent."
    )
}
