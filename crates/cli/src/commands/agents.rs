//! Keys of agents: kept for the data folder, whether a host runs or not.

use std::io::BufRead;
use std::path::Path;

use agent_catalog::{Catalog, Places};
use anyhow::{Result, bail, ensure};
use identity::{Kept, Keyring};
use model::AgentKey as Name;
use serde_json::json;
use wire::{AgentRow, Reply, Request};

use super::Desk;
use crate::agent_keys::AgentKeys;
use crate::args::{Agent, AgentKey};
use crate::output::{Said, table};

const LATER: &str = "It counts from the host's next start.";

pub async fn agent(desk: &mut Desk, order: Agent) -> Result<Said> {
    match order {
        Agent::List => {
            let reply = desk.call(Request::Agents).await?;
            let Reply::Agents { agents } = &reply else { return super::said(&reply, "") };
            let lines: Vec<Vec<String>> = agents.iter().map(line).collect();
            super::said(&reply, table(&lines, "No agents. `conclave doctor` says how to get some."))
        }
        Agent::Check { agent } => {
            let reply = desk.call(Request::ProbeAgent { agent: Name(agent) }).await?;
            let Reply::Agent { agent } = &reply else { return super::said(&reply, "") };
            super::said(&reply, line(agent).join("  "))
        }
        Agent::Enable { agent } => switch(desk, agent, Switch::On).await,
        Agent::Disable { agent } => switch(desk, agent, Switch::Off).await,
        Agent::Key(_) => bail!("This command does not belong here."),
    }
}

enum Switch {
    On,
    Off,
}

async fn switch(desk: &mut Desk, agent: String, to: Switch) -> Result<Said> {
    let (enabled, people) = match to {
        Switch::On => (true, "It can be chosen."),
        Switch::Off => (false, "It can't be chosen any more."),
    };
    let request = Request::SetAgentEnabled { command: super::fresh(), agent: Name(agent), enabled };
    super::said(&desk.call(request).await?, people)
}

fn line(row: &AgentRow) -> Vec<String> {
    let standing = match (row.found, row.enabled) {
        (_, false) => "switched off",
        (true, true) => "there",
        (false, true) => "not found",
    };
    vec![row.agent.to_string(), row.name.clone(), standing.to_owned()]
}

pub fn key(data: &Path, order: AgentKey) -> Result<Said> {
    let keys = AgentKeys::in_folder(data, Keyring::System);
    match order {
        AgentKey::Set { agent } => {
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
        AgentKey::Remove { agent } => {
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
