use std::collections::BTreeMap;

use model::{AgentCheck, AgentKey, AgentOffers, Ceiling, KeyWanted, NamedAgent, RepositoryId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An agent of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentRow {
    pub agent: AgentKey,
    pub name: String,
    /// Found on this machine.
    pub found: bool,
    /// The owner has not switched it off.
    pub enabled: bool,
    /// Plays a script; no model is involved.
    pub rehearsal: bool,
    /// False: what it does unasked can't be kept below a ceiling, so guests below `bypass` can't run it (GR5).
    pub can_be_limited: bool,
    /// The most it does unasked in each mode, where that is known.
    pub ceilings: BTreeMap<String, Ceiling>,
    /// As it said when it last answered; nothing before that.
    pub offers: AgentOffers,
    /// The one that it is for, where a repository brought it (AG12).
    #[serde(default)]
    pub repository: Option<RepositoryId>,
    /// For the owner alone: what is said here is about the host's machine (GR2).
    #[serde(default)]
    pub details: Option<AgentDetails>,
}

/// What the owner sees of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentDetails {
    /// What to do when it was not found.
    pub hint: Option<String>,
    /// Its program, with `~` for the home folder.
    pub program: Option<String>,
    /// Whose folder that is: `PATH`, `nvm`, `Homebrew` …
    pub source: Option<String>,
    /// A command line that installs it.
    pub install: Option<String>,
    pub key: Option<KeyWanted>,
    /// What came of asking it, while its program is the one that was asked.
    pub check: Option<AgentCheck>,
    /// What it is where it is another one under a name of its own (AG11).
    #[serde(default)]
    pub named: Option<NamedAgent>,
    /// Worth asking: it is there, and has not been asked for a day.
    pub due: bool,
}

/// The named agents that a repository brings, and what its owner says to them (AG12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RepositoryAgents {
    pub repository: RepositoryId,
    pub name: String,
    /// As the file is now; `null` where there is none.
    pub found: Option<FoundAgents>,
    /// The hash of what is trusted, if anything is.
    pub trusted: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundAgents {
    /// SHA-256 of the file, hex: what is trusted is just this.
    pub hash: String,
    pub agents: Vec<NamedAgent>,
    /// Why none of them can be used.
    pub fault: Option<String>,
}
