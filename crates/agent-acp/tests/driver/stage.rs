use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use agent_acp::AcpBackend;
use model::Span;
use ports::agent::{AgentError, AgentKind, AgentLimits, AgentProgram, AgentStart};
use ports::contract::agent::Live;
use serde_json::{Value, json};
use tempfile::TempDir;

static REHEARSAL: LazyLock<PathBuf> = LazyLock::new(|| {
    let test = std::env::current_exe().unwrap();
    let built = test.ancestors().nth(2).unwrap().join("conclave-rehearsal");
    if !built.exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target = built.ancestors().nth(2).unwrap();
        let status = Command::new(cargo)
            .args(["build", "-p", "rehearsal", "--target-dir"])
            .arg(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(status.unwrap().success());
    }
    built
});

/// A worktree with a script beside it.
pub struct Stage {
    pub folder: TempDir,
    pub start: AgentStart,
}

impl Stage {
    pub fn new(script: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let worktree = folder.path().join("work tree");
        std::fs::create_dir(&worktree).unwrap();
        let file = folder.path().join("script.json");
        std::fs::write(&file, script.to_string()).unwrap();
        let state = folder.path().join("state");
        let args = ["--script", path(&file), "--state", path(&state), "--pace", "fast"];
        let home = folder.path().join("home");
        let program = AgentProgram {
            kind: AgentKind::Acp,
            program: REHEARSAL.clone(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            env: BTreeMap::from([("HOME".to_owned(), path(&home).to_owned())]),
            terms: Default::default(),
        };
        let limits = AgentLimits { handshake: Span::from_secs(20), cancel_grace: Span(300) };
        Self { folder, start: AgentStart { program, worktree, resume: None, servers: vec![], limits } }
    }

    /// An agent written in shell, behind a good handshake.
    pub fn shell(after: &str) -> Self {
        let mut stage = Self::playing(&json!([]));
        let answer = |id: u64, result: &Value| {
            let message = json!({"jsonrpc": "2.0", "id": id, "result": result});
            format!("read line; echo '{message}'\n")
        };
        let modes = json!({"currentModeId": "a", "availableModes": [{"id": "a"}, {"id": "b"}]});
        let hello = answer(0, &json!({"protocolVersion": 1}));
        let opened = answer(1, &json!({"sessionId": "s", "modes": modes}));
        stage.start.program.program = PathBuf::from("/bin/sh");
        stage.start.program.args = vec!["-c".to_owned(), format!("{hello}{opened}{after}")];
        stage.start.program.env.insert("PATH".to_owned(), "/usr/bin:/bin".to_owned());
        stage
    }

    /// One turn that plays these steps.
    pub fn playing(steps: &Value) -> Self {
        Self::new(&json!({"turns": [{"steps": steps}]}))
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.start.worktree.join(name)
    }

    pub async fn try_start(&self) -> Result<Live, AgentError> {
        Live::start(&AcpBackend, self.start.clone()).await
    }

    pub async fn start(&self) -> Live {
        self.try_start().await.unwrap()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
