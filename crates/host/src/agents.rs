//! Which agents there are, what they said of themselves, and asking them again (AG8).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::Shared;
use model::{AgentCheck, AgentKey, AgentOffers, Login, RepositoryId, WorkspaceId, limits};
use ports::agent::{
    AgentError, AgentEvent, AgentLimits, AgentReady, AgentStart, Brought, CatalogEntry, Checked,
};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use wire::{AgentDetails, AgentRow, Failure, FailureCode, FoundAgents, Reply, RepositoryAgents};

use crate::authority::owns;
use crate::host::Host;
use crate::parts::Parts;
use crate::principal::Principal;
use crate::session;
use crate::world::World;

/// Agents that are asked at once, whoever asks: each is a program that wants a machine of its own.
const AT_ONCE: usize = 2;
/// What an agent says without being asked comes soon after its handshake, or not at all.
const AFTERTHOUGHT: Duration = Duration::from_millis(800);
const HEARING: usize = 64;

/// The agents that are being asked, each once however many wait for it.
pub(crate) struct Checks(Arc<UnderWay>);

struct UnderWay {
    asked: Mutex<BTreeMap<AgentKey, Shared<oneshot::Receiver<()>>>>,
    few: Semaphore,
    /// They hold the log, and let it go when the host stops.
    tasks: Mutex<JoinSet<()>>,
}

impl Default for Checks {
    fn default() -> Self {
        Self(Arc::new(UnderWay {
            asked: Mutex::default(),
            few: Semaphore::new(AT_ONCE),
            tasks: Mutex::default(),
        }))
    }
}

impl Host {
    pub(crate) fn agents(&self, principal: Principal) -> Reply {
        let entries = self.inner.shared.parts.catalog.entries();
        let world = self.globe().now();
        let here: BTreeSet<RepositoryId> = world
            .visible(principal.person)
            .filter_map(|workspace| Some(world.shelf.workspaces.get(&workspace)?.repository))
            .collect();
        // GR2: of a repository that is not shared guests learn nothing.
        let is_seen = |agent: &AgentKey| {
            let home = world.shelf.home_of(agent);
            home.is_none_or(|home| here.contains(&home) || owns(&world, principal))
        };
        let seen = entries.into_iter().filter(|entry| is_seen(&entry.agent));
        Reply::Agents { agents: seen.map(|entry| self.row(entry, principal)).collect() }
    }

    /// The named agents that repositories bring, read anew.
    pub(crate) fn repository_agents(&self) -> Reply {
        let world = self.globe().now();
        let rows = world.shelf.repositories.iter().map(|(repository, known)| {
            let brought = self.inner.shared.parts.catalog.brought(Path::new(&known.path));
            let trusted = world.shelf.trusted.get(repository).map(|trusted| trusted.hash.clone());
            let (repository, name) = (*repository, known.name.clone());
            RepositoryAgents { repository, name, found: brought.map(found), trusted }
        });
        let repositories = rows.filter(|row| row.found.is_some() || row.trusted.is_some()).collect();
        Reply::RepositoryAgents { repositories }
    }

    /// Whatever comes of it is in the answer: only an agent that nobody knows is refused.
    pub(crate) async fn probe_agent(&self, principal: Principal, agent: AgentKey) -> Result<Reply, Failure> {
        let known = |host: &Self| {
            let entries = host.inner.shared.parts.catalog.entries();
            entries.into_iter().find(|entry| entry.agent == agent)
        };
        if known(self).ok_or_else(Failure::not_found)?.program.is_some() {
            self.inner.checks.run(Arc::clone(&self.inner.shared), &agent).await;
        }
        let entry = known(self).ok_or_else(Failure::not_found)?;
        Ok(Reply::Agent { agent: Box::new(self.row(entry, principal)) })
    }

    fn row(&self, entry: CatalogEntry, principal: Principal) -> AgentRow {
        let parts = &self.inner.shared.parts;
        let world = self.globe().now();
        let enabled = !world.shelf.is_off(&entry.agent);
        let repository = world.shelf.home_of(&entry.agent);
        let checked = parts.catalog.checked(&entry.agent);
        let (check, offers) = match checked {
            Some(Checked { check, offers }) => (Some(check), offers),
            None => (None, AgentOffers::default()),
        };
        let now = parts.clock.now();
        let is_old = check.as_ref().is_none_or(|check| now - check.at >= limits::AGENT_CHECK);
        let (can_be_limited, found) = (entry.can_be_limited(), entry.found);
        let details = AgentDetails {
            hint: entry.hint,
            program: entry.program,
            source: entry.source,
            install: entry.install,
            key: entry.key,
            check,
            named: entry.named,
            due: found && enabled && is_old,
        };
        AgentRow {
            agent: entry.agent,
            name: entry.name,
            found,
            enabled,
            rehearsal: entry.rehearsal,
            can_be_limited,
            ceilings: entry.ceilings,
            offers,
            repository,
            details: owns(&world, principal).then_some(details),
        }
    }
}

impl Checks {
    /// Goes on to its end also when nobody waits any more.
    async fn run(&self, shared: Arc<session::Shared>, agent: &AgentKey) {
        let answered = self.joined(shared, agent);
        // The sender goes when the check is over, whatever came of it.
        answered.await.ok();
    }

    fn joined(&self, shared: Arc<session::Shared>, agent: &AgentKey) -> Shared<oneshot::Receiver<()>> {
        let mut asked = self.0.asked();
        if let Some(known) = asked.get(agent) {
            return known.clone();
        }
        let (over, answered) = oneshot::channel();
        let answered = answered.shared();
        asked.insert(agent.clone(), answered.clone());
        let (under_way, agent) = (Arc::clone(&self.0), agent.clone());
        let mut tasks = self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            if let Ok(_one_of_few) = under_way.few.acquire().await {
                check(&shared, &agent).await;
            }
            under_way.asked().remove(&agent);
            drop(over);
        });
        answered
    }

    /// Gives up those under way; their agents end with them.
    pub async fn end(&self) {
        let mut tasks = std::mem::take(&mut *self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
    }
}

impl UnderWay {
    fn asked(&self) -> MutexGuard<'_, BTreeMap<AgentKey, Shared<oneshot::Receiver<()>>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn found(brought: Brought) -> FoundAgents {
    let (agents, fault) = match brought.agents {
        Ok(agents) => (agents.into_values().collect(), None),
        Err(fault) => (Vec::new(), Some(fault.to_string())),
    };
    FoundAgents { hash: brought.hash, agents, fault }
}

async fn check(shared: &session::Shared, agent: &AgentKey) {
    let parts = &shared.parts;
    let known = parts.catalog.checked(agent);
    let said = ask(parts, agent).await;
    let at = parts.clock.now();
    let checked = match said {
        Ok((ready, commands)) => of(ready, commands, at),
        Err(error) => {
            let login = if let AgentError::LoggedOut { .. } = error { Login::Out } else { Login::Unknown };
            let failure = Some(error.to_string());
            let check = AgentCheck { at, version: None, login, commands: None, failure };
            // What it offered when it last answered is the best that is known.
            Checked { check, offers: known.map(|known| known.offers).unwrap_or_default() }
        }
    };
    parts.catalog.keep_check(agent, checked);
    shared.globe.catalogue_changed();
}

/// Starts it where there is nothing, and ends it again.
async fn ask(parts: &Parts, agent: &AgentKey) -> Result<(AgentReady, Option<u32>), AgentError> {
    let program = parts.catalog.find(agent)?;
    let folder = parts.catalog.empty_folder(agent);
    let worktree = folder.map_err(|error| AgentError::NotStarted { detail: error.to_string() })?;
    let limits = AgentLimits { handshake: limits::HANDSHAKE, cancel_grace: limits::CANCEL_GRACE };
    let (events, mut hearing) = mpsc::channel(HEARING);
    let started = parts
        .agents
        .start(AgentStart { program, worktree, resume: None, servers: vec![], limits }, events)
        .await?;
    let commands = tokio::time::timeout(AFTERTHOUGHT, commands(&mut hearing)).await.ok().flatten();
    started.agent.stop().await;
    Ok((started.ready, commands))
}

async fn commands(hearing: &mut mpsc::Receiver<AgentEvent>) -> Option<u32> {
    while let Some(event) = hearing.recv().await {
        if let AgentEvent::Commands(commands) = event {
            return u32::try_from(commands.len()).ok();
        }
    }
    None
}

/// What a session's own agent has told as it was greeted: nobody needs to ask it again.
pub(crate) fn learned(shared: &session::Shared, agent: &AgentKey, ready: &AgentReady) {
    let parts = &shared.parts;
    let known = parts.catalog.checked(agent);
    let commands = known.as_ref().and_then(|known| known.check.commands);
    let learned = of(ready.clone(), commands, parts.clock.now());
    let is_news = known.map(|known| known.offers).unwrap_or_default() != learned.offers;
    parts.catalog.keep_check(agent, learned);
    if is_news {
        shared.globe.catalogue_changed();
    }
}

fn of(ready: AgentReady, commands: Option<u32>, at: model::Timestamp) -> Checked {
    let version = Some(ready.version).filter(|version| !version.is_empty());
    let check = AgentCheck { at, version, login: ready.login, commands, failure: None };
    Checked { check, offers: ready.offers }
}

/// Why nobody can choose an agent that the owner has switched off.
pub(crate) fn switched_off(agent: &AgentKey) -> String {
    format!("{agent} is switched off on this host. Choose another agent, or ask the owner to switch it on.")
}

/// What a repository brought is there in its own workspaces, for as long as the owner trusts it (AG12).
pub(crate) fn foreign(agent: &AgentKey) -> Failure {
    let words = format!(
        "There is no agent {agent} in this repository, or what the repository says of it has not been trusted. Choose \
         another agent."
    );
    Failure::new(FailureCode::AgentMissing, words)
}

/// Why no turn of it can be in this workspace.
pub(crate) fn unchoosable(world: &World, agent: &AgentKey, workspace: WorkspaceId) -> Option<Failure> {
    if world.shelf.is_foreign(agent, workspace) {
        return Some(foreign(agent));
    }
    world.shelf.is_off(agent).then(|| refused(agent))
}

pub(crate) fn refused(agent: &AgentKey) -> Failure {
    Failure::new(FailureCode::AgentDisabled, switched_off(agent))
}
