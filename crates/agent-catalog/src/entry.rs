use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use model::Ceiling;
use ports::agent::AgentKind;
use serde::Deserialize;

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
    kind: Kind,
    program: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env_keys: Vec<String>,
    /// If not said, as every agent of its kind.
    own_gates: Option<bool>,
    /// The owner's own word for it: nothing here is checked.
    #[serde(default)]
    modes: BTreeMap<String, Ceiling>,
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

/// The entries of `agents.json`; none when there is no such file.
pub fn of_user(data: &Path) -> Result<BTreeMap<String, Entry>, CatalogError> {
    let path = data.join(USER_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(source) => return Err(CatalogError::Read { path, source }),
    };
    let entries: BTreeMap<String, UserEntry> =
        serde_json::from_str(&text).map_err(|source| CatalogError::Malformed { path, source })?;
    entries.into_iter().map(|(key, entry)| Ok((key.clone(), entry.checked(key)?))).collect()
}

impl UserEntry {
    fn checked(self, agent: String) -> Result<Entry, CatalogError> {
        let program = Path::new(&self.program);
        let anchored = program.is_absolute() || self.program.starts_with("~/");
        let bare = program.components().count() == 1 && !self.program.contains('/') && self.program != "..";
        if self.program.is_empty() || self.program == "." || !(anchored || bare) {
            return Err(CatalogError::RelativeProgram { agent, program: self.program });
        }
        Ok(Entry {
            hint: format!("Install it, or correct its entry in {USER_FILE}."),
            own_gates: self.own_gates.unwrap_or(matches!(self.kind, Kind::Claude)),
            name: self.name,
            kind: self.kind.into(),
            program: self.program,
            args: self.args,
            env_keys: self.env_keys,
            env: BTreeMap::new(),
            install: None,
            rehearsal: false,
            ours: false,
            needs_one_of: &[],
            key_in: None,
            modes: self.modes,
            freed_by: &[],
        })
    }
}
