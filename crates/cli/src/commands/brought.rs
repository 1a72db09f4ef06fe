//! The named agents that repositories bring (AG12).

use anyhow::{Context, Result, ensure};
use model::NamedAgent;
use wire::{Reply, RepositoryAgents, Request};

use super::{Desk, fresh, said};
use crate::output::Said;
use crate::resolve;

/// So much of a hash names it.
const LEAST: usize = 8;

pub async fn list(desk: &mut Desk) -> Result<Said> {
    let reply = desk.call(Request::RepositoryAgents).await?;
    let Reply::RepositoryAgents { repositories } = &reply else { return said(&reply, "") };
    let shown: Vec<String> = repositories.iter().map(shown).collect();
    let none = "No repository brings agents: they are named in its .conclave/agents.json.";
    let people = if shown.is_empty() { none.to_owned() } else { shown.join("\n\n") };
    said(&reply, people)
}

pub async fn trust(desk: &mut Desk, repo: &str, hash: &str) -> Result<Said> {
    let repository = resolve::repository(&desk.directory().await?, repo)?;
    ensure!(hash.len() >= LEAST, "Say at least {LEAST} characters of the hash.");
    let reply = desk.call(Request::RepositoryAgents).await?;
    let Reply::RepositoryAgents { repositories } = reply else { return said(&reply, "") };
    let row = repositories.into_iter().find(|row| row.repository == repository);
    let found = row.and_then(|row| row.found).context("This repository brings no agents.")?;
    ensure!(
        found.hash.starts_with(hash),
        "What this repository says of agents is not what you have read. Read it with `conclave repo agents`."
    );
    let wish = Request::TrustRepositoryAgents { command: fresh(), repository, hash: found.hash };
    said(&desk.call(wish).await?, "Trusted. They can be chosen in this repository's workspaces.")
}

pub async fn forget(desk: &mut Desk, repo: &str) -> Result<Said> {
    let repository = resolve::repository(&desk.directory().await?, repo)?;
    let reply = desk.call(Request::ForgetRepositoryAgents { command: fresh(), repository }).await?;
    said(&reply, "Trusted no more.")
}

fn shown(row: &RepositoryAgents) -> String {
    let RepositoryAgents { name, found, trusted, .. } = row;
    let Some(found) = found else { return format!("{name}: trusted; the file is gone") };
    let state = match trusted {
        None => "not trusted",
        Some(hash) if *hash == found.hash => "trusted",
        Some(_) => "changed since you trusted it",
    };
    let head = format!("{name}: {state}\n  hash {}", found.hash);
    let fault = found.fault.iter().map(|fault| format!("  It can't be used: {fault}"));
    [head].into_iter().chain(fault).chain(found.agents.iter().map(one)).collect::<Vec<_>>().join("\n")
}

fn one(agent: &NamedAgent) -> String {
    let tools = agent.tools.as_ref().map(|tools| {
        let words: Vec<&str> = tools.0.iter().map(|tool| tool.word()).collect();
        format!("tools: {}", if words.is_empty() { "none".to_owned() } else { words.join(", ") })
    });
    let budget = agent.budget.map(|budget| {
        let tokens = budget.tokens.map(|most| format!("{most} tokens"));
        let money =
            budget.cost_micros.map(|most| format!("${}.{:02}", most / 1_000_000, most / 10_000 % 100));
        format!("a session: {}", tokens.into_iter().chain(money).collect::<Vec<_>>().join(" or "))
    });
    let model = agent.model.as_ref().map(|model| format!("model: {model}"));
    let facts: Vec<String> = [model, tools, budget].into_iter().flatten().collect();
    let told = agent.prompt.lines().map(|line| format!("\n    | {line}")).collect::<String>();
    format!("  {}, {} under a name of its own. {}{told}", agent.name, agent.base, facts.join("; "))
}
