//! Keys of agents: kept for the data folder, whether a host runs or not.

use std::io::BufRead;
use std::path::Path;

use agent_catalog::{Catalog, Places};
use anyhow::{Result, bail, ensure};
use identity::{Kept, Keyring};
use model::AgentKey as Name;
use serde_json::json;

use crate::agent_keys::AgentKeys;
use crate::args::{Agent, AgentKey};
use crate::output::Said;

const LATER: &str = "It counts from the host's next start.";

pub fn agent(data: &Path, order: Agent) -> Result<Said> {
    let keys = AgentKeys::in_folder(data, Keyring::System);
    match order {
        Agent::Key(AgentKey::Set { agent }) => {
            let variable = variable(data, &agent)?;
            let kept = keys.set(&agent, &said(&agent)?)?;
            let place = match kept {
                Kept::Keyring => "in the system's keyring",
                Kept::File => {
                    "in a file that only you can read, since this system has no keyring that keeps things"
                }
            };
            let people = format!("Kept {place}; {agent} gets it as {variable}. {LATER}");
            Ok(Said { people, json: json!({ "kind": "agent_key", "agent": agent, "kept": kept }) })
        }
        Agent::Key(AgentKey::Remove { agent }) => {
            let was_there = keys.remove(&agent)?;
            let people = match was_there {
                true => format!("Removed. {LATER}"),
                false => format!("There is no key for {agent}."),
            };
            Ok(Said { people, json: json!({ "kind": "agent_key", "agent": agent, "removed": was_there }) })
        }
    }
}

/// By which the agent is told its key.
fn variable(data: &Path, agent: &str) -> Result<&'static str> {
    let catalog = Catalog::new(Places::usual(Default::default(), data.to_owned(), None))?;
    let Some(variable) = catalog.key_variable(&Name(agent.to_owned())) else {
        bail!("{agent} is none of the agents that take a key this way: {}.", catalog.with_keys().join(", "));
    };
    Ok(variable)
}

fn said(agent: &str) -> Result<String> {
    eprintln!("The key for {agent}, then Enter:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let key = line.trim();
    ensure!(!key.is_empty(), "standard input said no key");
    Ok(key.to_owned())
}
