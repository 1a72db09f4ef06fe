use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use model::{Ceiling, NamedAgent, ToolGroup};
use ports::agent::{AgentKind, Terms};
use serde::Deserialize;

use crate::named::{Words, WrittenBudget};

/// Agents that the owner added, in the data folder.
pub const USER_FILE: &str = "agents.json";

/// Why the owner's own agents can't be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("{} could not be read: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is not a list of agents: {source}", .path.display())]
    Malformed { path: PathBuf, source: serde_json::Error },
    #[error(
        "the program of the agent {agent}, {program:?}, must be a bare name, an absolute path or begin with ~/"
    )]
    RelativeProgram { agent: String, program: String },
    #[error(
        "the agent {agent} must name either its \"program\" or the agent that is its \"base\"; only with a base it has \
         a \"prompt\", \"model\", \"mode\", \"effort\", \"tools\" or \"budget\", and then nothing of a program"
    )]
    Unclear { agent: String },
    #[error("the agent {agent} is based on {base:?}, which is no agent with a program of its own")]
    UnknownBase { agent: String, base: String },
    #[error("{0:?} can't name an agent: an @ is for those that repositories bring")]
    BadWord(String),
    #[error("the agent {agent} can't be used: {why}")]
    Unfit { agent: String, why: String },
}

/// One agent of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub kind: AgentKind,
    /// A bare name, an absolute path, or one that begins with `~/`; nothing that a worktree could hold.
    pub program: String,
    pub args: Vec<String>,
    /// Variables it gets besides those that every agent gets.
    pub env_keys: Vec<String>,
    /// Variables it gets with these values.
    pub env: BTreeMap<String, String>,
    /// How to get it.
    pub hint: String,
    /// The command line of it.
    pub install: Option<String>,
    /// It puts plans and questions to people by itself (BA13).
    pub own_gates: bool,
    pub rehearsal: bool,
    /// It comes with Conclave, beside its own program.
    pub ours: bool,
    /// Without one of these variables it could not work; empty where nothing is known.
    pub needs_one_of: &'static [&'static str],
    /// The variable for the key that the owner has kept for it.
    pub key_in: Option<&'static str>,
    /// The agent whose key it is reached with, if not its own: a named one has its base's.
    pub key_of: Option<String>,
    /// Another one under a name of its own.
    pub named: Option<NamedAgent>,
    /// Its program reads what a named agent is told and may use from its environment.
    pub terms_in_env: bool,
    /// The most it does unasked in each mode, whatever a repository's own settings say (GR5).
    pub modes: BTreeMap<String, Ceiling>,
    /// Files of a worktree with which the agent runs a repository's own code, so that no mode holds (GR5).
    pub freed_by: &'static [&'static str],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserEntry {
    name: String,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    program: Option<String>,
    /// The agent that it is under another name (B15).
    #[serde(default)]
    base: Option<String>,
    #[serde(default)]
    prompt: Option<String>,
    #[serde(default)]
    model: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    effort: Option<String>,
    #[serde(default)]
    tools: Option<BTreeSet<ToolGroup>>,
    #[serde(default)]
    budget: Option<WrittenBudget>,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env_keys: Vec<String>,
    /// If not said, as every agent of its kind.
    #[serde(default)]
    own_gates: Option<bool>,
    /// The owner's own word for it: nothing here is checked.
    #[serde(default)]
    modes: BTreeMap<String, Ceiling>,
}

impl Entry {
    /// The same under another name (AG11).
    pub fn under(&self, named: NamedAgent) -> Self {
        let (name, key_of) = (named.name.clone(), Some(named.base.0.clone()));
        Self { name, key_of, named: Some(named), ..self.clone() }
    }

    /// Its program is told as it starts.
    pub fn takes_terms(&self) -> bool {
        self.kind == AgentKind::Claude || self.terms_in_env
    }

    /// What it is told so.
    pub fn terms(&self) -> Terms {
        match self.named.as_ref().filter(|_| self.takes_terms()) {
            Some(named) => Terms { prompt: named.prompt.clone(), tools: named.tools.clone() },
            None => Terms::default(),
        }
    }
}

/// As it is written there.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    Acp,
    Claude,
}

impl From<Kind> for AgentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Acp => Self::Acp,
            Kind::Claude => Self::Claude,
        }
    }
}

/// Adds the entries of `agents.json`, if there is such a file; one of the same name takes another's place.
pub fn add_users(data: &Path, entries: &mut BTreeMap<String, Entry>) -> Result<(), CatalogError> {
    let path = data.join(USER_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(CatalogError::Read { path, source }),
    };
    let written: BTreeMap<String, UserEntry> =
        serde_json::from_str(&text).map_err(|source| CatalogError::Malformed { path, source })?;
    if let Some(agent) = written.keys().find(|agent| agent.contains('@')) {
        return Err(CatalogError::BadWord(agent.clone()));
    }
    let (named, plain): (Vec<_>, Vec<_>) = written.into_iter().partition(|(_, entry)| entry.base.is_some());
    for (agent, entry) in plain {
        entries.insert(agent.clone(), entry.checked(agent)?);
    }
    // All of them before the first is added: so none is based on another.
    let named: Result<Vec<_>, CatalogError> =
        named.into_iter().map(|(agent, entry)| Ok((agent.clone(), entry.named(agent, entries)?))).collect();
    entries.extend(named?);
    Ok(())
}

impl UserEntry {
    /// Another agent under a name, with words and settings of its own.
    fn named(self, agent: String, known: &BTreeMap<String, Entry>) -> Result<Entry, CatalogError> {
        let Self { program, kind, own_gates, args, env_keys, modes, .. } = &self;
        let of_a_program = program.is_some() || kind.is_some() || own_gates.is_some();
        if of_a_program || !(args.is_empty() && env_keys.is_empty() && modes.is_empty()) {
            return Err(CatalogError::Unclear { agent });
        }
        let base = self.base.unwrap_or_default();
        let Some(entry) = known.get(&base) else { return Err(CatalogError::UnknownBase { agent, base }) };
        let (model, mode, effort) = (self.model, self.mode, self.effort);
        let (tools, budget) = (self.tools, self.budget);
        let words = Words { name: self.name, base, prompt: self.prompt, model, mode, effort, tools, budget };
        let named = words.named().map_err(|why| CatalogError::Unfit { agent, why: why.to_string() })?;
        Ok(entry.under(named))
    }

    fn checked(self, agent: String) -> Result<Entry, CatalogError> {
        let worded = [&self.prompt, &self.model, &self.mode, &self.effort].iter().any(|it| it.is_some());
        let is_briefed = worded || self.tools.is_some() || self.budget.is_some();
        let written = self.program.filter(|_| !is_briefed);
        let Some(written) = written else { return Err(CatalogError::Unclear { agent }) };
        let program = Path::new(&written);
        let anchored = program.is_absolute() || written.starts_with("~/");
        let bare = program.components().count() == 1 && !written.contains('/') && written != "..";
        if written.is_empty() || written == "." || !(anchored || bare) {
            return Err(CatalogError::RelativeProgram { agent, program: written });
        }
        Ok(Entry {
            hint: format!("Install it, or correct its entry in {USER_FILE}."),
            own_gates: self.own_gates.unwrap_or(matches!(self.kind, Some(Kind::Claude))),
            name: self.name,
            kind: self.kind.unwrap_or_default().into(),
            program: written,
            args: self.args,
            env_keys: self.env_keys,
            env: BTreeMap::new(),
            install: None,
            rehearsal: false,
            ours: false,
            needs_one_of: &[],
            key_in: None,
            key_of: None,
            named: None,
            terms_in_env: false,
            modes: self.modes,
            freed_by: &[],
        })
    }
}
