use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use model::{AgentKey, Ceiling, KeyWanted, NamedAgent};
use ports::agent::{
    AgentCatalog, AgentError, AgentProgram, Brief, Brought, CatalogEntry, Checked, ModelChoice, ToolServer,
    Toolbox,
};
use ports::chain::hex_digest;

use crate::checks::{Checks, Fingerprint};
use crate::entry::{CatalogError, Entry, add_users};
use crate::folders::Place;
use crate::servers::{Servers, ServersError};
use crate::{builtin, environment, folders, repository};

/// Where the catalogue looks on this machine.
#[derive(Clone, Debug)]
pub struct Places {
    /// The host's whole environment; agents get a part of it.
    pub env: BTreeMap<String, String>,
    /// The data folder, with the owner's `agents.json`.
    pub data: PathBuf,
    /// The folder of the running program, where our own agents are.
    pub beside: Option<PathBuf>,
    /// Looked through last.
    pub system: Vec<PathBuf>,
    /// Keys that the owner has kept, by agent; what the environment says comes first.
    pub keys: BTreeMap<String, String>,
    /// For agents that have no gates of their own (BA13).
    pub toolbox: Option<Toolbox>,
}

impl Places {
    pub fn usual(env: BTreeMap<String, String>, data: PathBuf, beside: Option<PathBuf>) -> Self {
        let system = folders::OF_SYSTEM.iter().map(PathBuf::from).collect();
        Self { env, data, beside, system, keys: BTreeMap::new(), toolbox: None }
    }
}

/// The agents known to this program and those its owner added.
#[derive(Clone, Debug)]
pub struct Catalog {
    entries: BTreeMap<String, Entry>,
    /// Those of repositories that the owner trusts; clones share them.
    adopted: Arc<ArcSwap<BTreeMap<String, Entry>>>,
    places: Places,
    checks: Checks,
}

enum Looked {
    /// And whose folder it is in.
    Found(PathBuf, Option<&'static str>),
    In(Vec<PathBuf>),
}

impl Catalog {
    /// # Errors
    /// When the owner's `agents.json` is there and cannot be used.
    pub fn new(places: Places) -> Result<Self, CatalogError> {
        let mut entries = builtin::entries(&places.data);
        add_users(&places.data, &mut entries)?;
        let checks = Checks::in_folder(&places.data);
        Ok(Self { entries, adopted: Arc::default(), places, checks })
    }

    /// The variable in which an agent gets the key that is kept for it; `None` where none is.
    pub fn key_variable(&self, agent: &AgentKey) -> Option<&'static str> {
        self.entries.get(&agent.0).and_then(|entry| entry.key_in)
    }

    fn entry(&self, agent: &str) -> Option<Entry> {
        self.entries.get(agent).cloned().or_else(|| self.adopted.load().get(agent).cloned())
    }

    /// The agents that a key can be kept for.
    pub fn with_keys(&self) -> Vec<&str> {
        self.entries
            .iter()
            .filter(|(_, entry)| entry.key_in.is_some() && entry.key_of.is_none())
            .map(|(agent, _)| agent.as_str())
            .collect()
    }

    /// The kept key of an agent, with its variable.
    fn kept(&self, agent: &str, entry: &Entry) -> Option<(&'static str, &str)> {
        let owner = entry.key_of.as_deref().unwrap_or(agent);
        Some((entry.key_in?, self.places.keys.get(owner)?))
    }

    /// As it may stand in a room's log: without where the owner's home is (LO8).
    fn said(&self, folder: &Path) -> String {
        let home = self.places.env.get("HOME").map(Path::new).filter(|home| home.parent().is_some());
        match home.and_then(|home| folder.strip_prefix(home).ok()) {
            Some(below) => Path::new("~").join(below).display().to_string(),
            None => folder.display().to_string(),
        }
    }

    fn look(&self, entry: &Entry) -> Looked {
        if let Some(path) = self.fixed(&entry.program) {
            return match is_program(&path) {
                true => Looked::Found(path, None),
                false => Looked::In(path.parent().map(Path::to_owned).into_iter().collect()),
            };
        }
        let own = self.places.beside.iter().filter(|_| entry.ours);
        let own = own.map(|folder| Place { folder: folder.clone(), of: Some("Conclave") });
        let places: Vec<Place> = own.chain(folders::all(&self.places.env, &self.places.system)).collect();
        let found = places.iter().find(|place| is_program(&place.folder.join(&entry.program)));
        match found {
            Some(place) => Looked::Found(place.folder.join(&entry.program), place.of),
            None => Looked::In(places.into_iter().map(|place| place.folder).collect()),
        }
    }

    /// Whether a variable of the host's environment says something.
    fn has(&self, variable: &str) -> bool {
        self.places.env.get(variable).is_some_and(|value| !value.trim().is_empty())
    }

    fn key(&self, agent: &str, entry: &Entry) -> Option<KeyWanted> {
        let variable = entry.key_in?.to_owned();
        let is_set = self.has(&variable) || self.kept(agent, entry).is_some();
        Some(KeyWanted { variable, is_set })
    }

    /// Of the program as it would be run now.
    fn fingerprint(&self, agent: &AgentKey) -> Option<Fingerprint> {
        let entry = self.entry(&agent.0)?;
        let Looked::Found(program, _) = self.look(&entry) else { return None };
        let own = entry.env_keys.iter().filter(|name| self.has(name)).cloned();
        let kept = self.kept(&agent.0, &entry).map(|(variable, _)| variable.to_owned());
        let variables: BTreeSet<String> = own.chain(kept).collect();
        Fingerprint::of(&program, &entry.args, variables.into_iter().collect())
    }

    fn row(&self, agent: &str, entry: &Entry) -> CatalogEntry {
        let (place, lacks) = (self.look(entry), self.lacks(agent, entry));
        let (program, source) = match place {
            Looked::Found(program, of) => (Some(program), of),
            Looked::In(_) => (None, None),
        };
        let found = program.is_some() && lacks.is_none();
        let hint = if program.is_some() { lacks } else { Some(entry.hint.clone()) };
        CatalogEntry {
            agent: AgentKey(agent.to_owned()),
            name: entry.name.clone(),
            found,
            hint,
            rehearsal: entry.rehearsal,
            ceilings: entry.modes.clone(),
            program: program.map(|program| self.said(&program)),
            source: source.map(str::to_owned),
            install: entry.install.clone(),
            key: self.key(agent, entry),
            named: entry.named.clone(),
        }
    }

    /// What an agent that is there could not work without.
    fn lacks(&self, agent: &str, entry: &Entry) -> Option<String> {
        let needs = entry.needs_one_of;
        let has = needs.iter().any(|name| self.has(name)) || self.kept(agent, entry).is_some();
        let lacks = !needs.is_empty() && !has;
        let set = needs.join(" or ");
        lacks.then(|| {
            format!("Give it a key with `conclave agent key set {agent}`, or start Conclave with {set} set.")
        })
    }

    /// A program of a server of tools, and the folders where it finds others.
    fn program(&self, name: &str) -> Option<(String, String)> {
        let candidates = match self.fixed(name) {
            Some(path) => vec![path],
            None => {
                let folders = folders::all(&self.places.env, &self.places.system);
                folders.iter().map(|place| place.folder.join(name)).collect()
            }
        };
        let program = candidates.into_iter().find(|path| is_program(path))?;
        let path = environment::path(&self.places.env, program.parent().unwrap_or(Path::new("/")));
        Some((program.to_string_lossy().into_owned(), path))
    }

    /// The path of a program that is not looked for.
    fn fixed(&self, program: &str) -> Option<PathBuf> {
        match program.strip_prefix("~/") {
            Some(rest) => self.places.env.get("HOME").map(|home| Path::new(home).join(rest)),
            None => Some(PathBuf::from(program)).filter(|path| path.is_absolute()),
        }
    }

    fn unknown(&self, agent: &AgentKey) -> AgentError {
        let known: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        AgentError::Missing {
            agent: agent.clone(),
            looked_in: "the catalogue of agents".to_owned(),
            hint: format!("Known are: {}. Others can be added in {}.", known.join(", "), crate::USER_FILE),
        }
    }
}

impl AgentCatalog for Catalog {
    fn entries(&self) -> Vec<CatalogEntry> {
        let adopted = self.adopted.load();
        let all = self.entries.iter().chain(adopted.iter());
        all.map(|(agent, entry)| self.row(agent, entry)).collect()
    }

    fn modes(&self, agent: &AgentKey, worktree: &Path) -> BTreeMap<String, Ceiling> {
        let Some(entry) = self.entry(&agent.0) else { return BTreeMap::new() };
        // A link to nowhere, or one that can't be looked at, counts as there.
        let there = |file: &str| match worktree.join(file).symlink_metadata() {
            Ok(_) => true,
            Err(error) => error.kind() != std::io::ErrorKind::NotFound,
        };
        if entry.freed_by.iter().any(|file| there(file)) {
            return BTreeMap::new();
        }
        entry.modes.clone()
    }

    fn servers(&self) -> Result<Vec<ToolServer>, AgentError> {
        let told = |error: ServersError| AgentError::NotStarted { detail: error.to_string() };
        let servers = Servers::of_folder(&self.places.data).map_err(told)?;
        let find = |command: &str| self.program(command);
        servers.iter().map(|(name, entry)| entry.server(name, find).map_err(told)).collect()
    }

    fn has_gates(&self, agent: &AgentKey) -> bool {
        self.entry(&agent.0).is_none_or(|entry| entry.own_gates)
    }

    fn toolbox(&self, agent: &AgentKey) -> Option<Toolbox> {
        self.places.toolbox.clone().filter(|_| !self.has_gates(agent))
    }

    fn find(&self, agent: &AgentKey) -> Result<AgentProgram, AgentError> {
        let entry = &self.entry(&agent.0).ok_or_else(|| self.unknown(agent))?;
        match (self.look(entry), self.lacks(&agent.0, entry)) {
            (Looked::Found(..), Some(lacks)) => {
                let detail = format!("{} has no model to ask. {lacks}", entry.name);
                Err(AgentError::NotStarted { detail })
            }
            (Looked::Found(program, _), None) => {
                let folder = program.parent().unwrap_or(Path::new("/"));
                let mut env = environment::of(entry, &self.places.env, self.kept(&agent.0, entry), folder);
                let terms = entry.terms();
                if entry.terms_in_env {
                    env.extend(environment::terms(&terms));
                }
                Ok(AgentProgram { kind: entry.kind, args: entry.args.clone(), env, program, terms })
            }
            (Looked::In(folders), _) => {
                let shown: Vec<String> = folders.iter().map(|folder| self.said(folder)).collect();
                let looked_in = shown.join(", ");
                Err(AgentError::Missing { agent: agent.clone(), looked_in, hint: entry.hint.clone() })
            }
        }
    }

    fn brief(&self, agent: &AgentKey) -> Option<Brief> {
        let entry = self.entry(&agent.0)?;
        let NamedAgent { name, prompt, model, mode, effort, tools, budget, .. } = entry.named.clone()?;
        let prompt = if entry.takes_terms() { String::new() } else { prompt };
        let model = ModelChoice { model, effort };
        Some(Brief { name, prompt, model, mode, tools, budget })
    }

    fn brought(&self, repository: &Path) -> Option<Brought> {
        repository::brought(repository, &self.entries)
    }

    fn adopt(&self, agents: BTreeMap<AgentKey, NamedAgent>) {
        let under = |(agent, named): (AgentKey, NamedAgent)| {
            let base = self.entries.get(&named.base.0).filter(|base| base.named.is_none())?;
            Some((agent.0, base.under(named)))
        };
        self.adopted.store(Arc::new(agents.into_iter().filter_map(under).collect()));
    }

    /// A named one is its base's program: what that said counts until it has said something itself.
    fn checked(&self, agent: &AgentKey) -> Option<Checked> {
        let of = self.fingerprint(agent)?;
        let base = || self.entry(&agent.0)?.key_of;
        self.checks.get(&agent.0, &of).or_else(|| self.checks.get(&base()?, &of))
    }

    fn keep_check(&self, agent: &AgentKey, checked: Checked) {
        if let Some(of) = self.fingerprint(agent) {
            self.checks.keep(&agent.0, of, checked);
        }
    }

    fn empty_folder(&self, agent: &AgentKey) -> io::Result<PathBuf> {
        // A name of its own for whatever the owner has called the agent.
        let folder = self.places.data.join("checks").join(hex_digest(agent.0.as_bytes()));
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}
