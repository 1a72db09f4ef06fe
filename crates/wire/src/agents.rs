use std::collections::BTreeMap;

use model::{AgentCheck, AgentKey, AgentOffers, Ceiling, KeyWanted};
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
    /// Worth asking: it is there, and has not been asked for a day.
    pub due: bool,
}
