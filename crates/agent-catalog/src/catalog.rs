use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use model::{AgentKey, Ceiling};
use ports::agent::{AgentCatalog, AgentError, AgentProgram, CatalogEntry};

use crate::entry::{CatalogError, Entry, of_user};
use crate::{builtin, environment, folders};

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
}

impl Places {
    pub fn usual(env: BTreeMap<String, String>, data: PathBuf, beside: Option<PathBuf>) -> Self {
        let system = folders::OF_SYSTEM.iter().map(PathBuf::from).collect();
        Self { env, data, beside, system, keys: BTreeMap::new() }
    }
}

/// The agents known to this program and those its owner added.
#[derive(Clone, Debug)]
pub struct Catalog {
    entries: BTreeMap<String, Entry>,
    places: Places,
}

enum Looked {
    Found(PathBuf),
    In(Vec<PathBuf>),
}

impl Catalog {
    /// # Errors
    /// When the owner's `agents.json` is there and cannot be used.
    pub fn new(places: Places) -> Result<Self, CatalogError> {
        let mut entries = builtin::entries(&places.data);
        entries.extend(of_user(&places.data)?);
        Ok(Self { entries, places })
    }

    /// The variable in which an agent gets the key that is kept for it; `None` where none is.
    pub fn key_variable(&self, agent: &AgentKey) -> Option<&'static str> {
        self.entries.get(&agent.0).and_then(|entry| entry.key_in)
    }

    /// The agents that a key can be kept for.
    pub fn with_keys(&self) -> Vec<&str> {
        self.entries
            .iter()
            .filter(|(_, entry)| entry.key_in.is_some())
            .map(|(agent, _)| agent.as_str())
            .collect()
    }

    /// The kept key of an agent, with its variable.
    fn kept(&self, agent: &str, entry: &Entry) -> Option<(&'static str, &str)> {
        Some((entry.key_in?, self.places.keys.get(agent)?))
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
        let (candidates, looked_in): (Vec<PathBuf>, Vec<PathBuf>) = match self.fixed(&entry.program) {
            Some(path) => (vec![path.clone()], path.parent().map(Path::to_owned).into_iter().collect()),
            None => {
                let own = self.places.beside.iter().filter(|_| entry.ours).cloned();
                let folders: Vec<PathBuf> =
                    own.chain(folders::all(&self.places.env, &self.places.system)).collect();
                (folders.iter().map(|folder| folder.join(&entry.program)).collect(), folders)
            }
        };
        match candidates.into_iter().find(|path| is_program(path)) {
            Some(program) => Looked::Found(program),
            None => Looked::In(looked_in),
        }
    }

    /// What an agent that is there could not work without.
    fn lacks(&self, agent: &str, entry: &Entry) -> Option<String> {
        let has = |name: &&str| self.places.env.get(*name).is_some_and(|value| !value.trim().is_empty());
        let needs = entry.needs_one_of;
        let lacks = !needs.is_empty() && !needs.iter().any(has) && self.kept(agent, entry).is_none();
        let set = needs.join(" or ");
        lacks.then(|| {
            format!("Give it a key with `conclave agent key set {agent}`, or start Conclave with {set} set.")
        })
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
        let row = |(key, entry): (&String, &Entry)| {
            let (installed, lacks) = (matches!(self.look(entry), Looked::Found(_)), self.lacks(key, entry));
            let found = installed && lacks.is_none();
            let hint = if installed { lacks } else { Some(entry.hint.clone()) };
            CatalogEntry {
                agent: AgentKey(key.clone()),
                name: entry.name.clone(),
                found,
                hint,
                rehearsal: entry.rehearsal,
                can_be_limited: !entry.modes.is_empty(),
            }
        };
        self.entries.iter().map(row).collect()
    }

    fn modes(&self, agent: &AgentKey, worktree: &Path) -> BTreeMap<String, Ceiling> {
        let Some(entry) = self.entries.get(&agent.0) else { return BTreeMap::new() };
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

    fn find(&self, agent: &AgentKey) -> Result<AgentProgram, AgentError> {
        let entry = self.entries.get(&agent.0).ok_or_else(|| self.unknown(agent))?;
        match (self.look(entry), self.lacks(&agent.0, entry)) {
            (Looked::Found(_), Some(lacks)) => {
                let detail = format!("{} has no model to ask. {lacks}", entry.name);
                Err(AgentError::NotStarted { detail })
            }
            (Looked::Found(program), None) => {
                let folder = program.parent().unwrap_or(Path::new("/"));
                let env = environment::of(entry, &self.places.env, self.kept(&agent.0, entry), folder);
                Ok(AgentProgram { kind: entry.kind, args: entry.args.clone(), env, program })
            }
            (Looked::In(folders), _) => {
                let shown: Vec<String> = folders.iter().map(|folder| self.said(folder)).collect();
                let looked_in = shown.join(", ");
                Err(AgentError::Missing { agent: agent.clone(), looked_in, hint: entry.hint.clone() })
            }
        }
    }
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}
