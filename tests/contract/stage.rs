//! An agent's program as the host would start it: found by the catalogue, in its environment, in a repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use agent_acp::AcpBackend;
use agent_catalog::{Catalog, Places};
use agent_claude::ClaudeBackend;
use mock_model::{MockModel, Script};
use model::{AgentKey, Ceiling, Span};
use ports::agent::{AgentCatalog, AgentError, AgentKind, AgentLimits, AgentStart};
use ports::contract::agent::Live;
use serde_json::json;
use tempfile::TempDir;

use crate::role::{Role, text};

/// Longer than the product's own: several real agents may start on a machine that builds.
const HANDSHAKE: Span = Span::from_secs(60);
const GRACE: Span = Span::from_secs(10);

pub struct Stage {
    pub role: &'static Role,
    pub model: MockModel,
    /// Further arguments of its program.
    pub args: Vec<String>,
    pub grace: Span,
    /// What stands between it and us.
    pub fault: Option<&'static str>,
    env: BTreeMap<String, String>,
    folder: TempDir,
}

impl Stage {
    pub async fn new(role: &'static Role) -> Self {
        let model = MockModel::start(script()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut stage =
            Self { role, model, args: Vec::new(), grace: GRACE, fault: None, env: BTreeMap::new(), folder };
        for place in [stage.home(), stage.data(), stage.worktree()] {
            fs::create_dir_all(place).unwrap();
        }
        fs::write(stage.worktree().join("notes.txt"), "Nothing of note.\n").unwrap();
        let made = Command::new("git").args(["init", "-q"]).current_dir(stage.worktree()).status();
        assert!(made.unwrap().success());
        let found = role.folder().unwrap_or_else(|| panic!("{} is not installed", role.key));
        let path = format!("{}:{}", found.display(), std::env::var("PATH").unwrap());
        stage.set("PATH", &path);
        stage.set("HOME", &text(&stage.home()));
        (role.configure)(&mut stage);
        stage
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }

    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn worktree(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    pub fn file(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.worktree().join(name)).ok()
    }

    fn catalog(&self) -> Catalog {
        let beside = self.role.folder();
        Catalog::new(Places::usual(self.env.clone(), self.data(), beside)).unwrap()
    }

    fn key(&self) -> AgentKey {
        AgentKey(self.role.key.to_owned())
    }

    /// What the catalogue claims of the mode in which it asks, in this repository.
    pub fn claims_to_ask(&self) -> bool {
        self.asks_in(&self.worktree())
    }

    fn asks_in(&self, repository: &Path) -> bool {
        let modes = self.catalog().modes(&self.key(), repository);
        self.role.asking.is_some_and(|mode| modes.get(mode) == Some(&Ceiling::Ask))
    }

    /// Whether it can be limited at all, in a repository without settings for agents.
    pub fn claims_to_ask_elsewhere(&self) -> bool {
        let elsewhere = tempfile::tempdir().unwrap();
        self.asks_in(elsewhere.path())
    }

    pub async fn try_start(&self, resume: Option<String>) -> Result<Live, AgentError> {
        let mut program = self.catalog().find(&self.key())?;
        program.args.extend(self.args.clone());
        if let Some(fault) = self.fault {
            program.env.insert("MEDDLE_FAULT".to_owned(), fault.to_owned());
            program.env.insert("MEDDLE_PROGRAM".to_owned(), text(&program.program));
            program.program = PathBuf::from(env!("CARGO_BIN_EXE_meddle"));
        }
        let limits = AgentLimits { handshake: HANDSHAKE, cancel_grace: self.grace };
        let start = AgentStart { program, worktree: self.worktree(), resume, servers: vec![], limits };
        match start.program.kind {
            AgentKind::Acp => Live::start(&AcpBackend, start).await,
            AgentKind::Claude => Live::start(&ClaudeBackend, start).await,
        }
    }

    /// Ready, in the mode in which it asks.
    pub async fn start(&self) -> Live {
        let live = self.try_start(None).await.unwrap_or_else(|error| panic!("{error}"));
        self.ask_first(&live).await;
        live
    }

    pub async fn ask_first(&self, live: &Live) {
        if let Some(mode) = self.role.asking {
            live.agent.set_mode(mode.to_owned()).await.unwrap();
        }
    }
}

/// The markers in a prompt say what the model does; this it does beside them. An agent may tell a refused prompt
/// together with the next one.
fn script() -> Script {
    let busy = json!({ "error": { "status": 429, "message": "as scripted", "retry_after": 1, "times": 1 } });
    let refusal = json!({ "error": { "status": 400, "message": "as scripted" } });
    let steps = json!([
        { "match": "I go on.", "reply": [{ "text": "I go on." }] },
        { "match": "BUSY", "reply": [busy, { "text": "After the wait." }] },
        { "match": "REFUSE", "reply": [refusal] },
    ]);
    serde_json::from_value(json!({ "steps": steps })).unwrap()
}
