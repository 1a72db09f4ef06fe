use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use agent_acp::AcpBackend;
use model::{Span, StopReason, TurnId};
use ports::agent::{
    Agent, AgentBackend, AgentError, AgentEvent, AgentLimits, AgentProgram, AgentReady, AgentStart,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc;
use uuid::Uuid;

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

/// A started agent and what it says.
pub struct Live {
    pub ready: AgentReady,
    pub agent: Box<dyn Agent>,
    pub events: mpsc::Receiver<AgentEvent>,
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
            program: REHEARSAL.clone(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            env: BTreeMap::from([("HOME".to_owned(), path(&home).to_owned())]),
        };
        let limits = AgentLimits { handshake: Span::from_secs(20), cancel_grace: Span(300) };
        Self { folder, start: AgentStart { program, worktree, resume: None, limits } }
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
        let (sender, events) = mpsc::channel(16);
        let started = AcpBackend.start(self.start.clone(), sender).await?;
        Ok(Live { ready: started.ready, agent: started.agent, events })
    }

    pub async fn start(&self) -> Live {
        self.try_start().await.unwrap()
    }
}

impl Live {
    pub async fn prompt(&self, text: &str) -> TurnId {
        let turn = TurnId(Uuid::new_v4());
        self.agent.prompt(turn, text.to_owned()).await.unwrap();
        turn
    }

    pub async fn next(&mut self) -> AgentEvent {
        self.events.recv().await.expect("the last event is the exit")
    }

    /// All events until, and with, the one that is asked for.
    pub async fn until(&mut self, wanted: impl Fn(&AgentEvent) -> bool) -> Vec<AgentEvent> {
        let mut seen = Vec::new();
        loop {
            let event = self.next().await;
            let found = wanted(&event);
            assert!(found || !matches!(event, AgentEvent::Exited { .. }), "exit: {event:?}");
            seen.push(event);
            if found {
                return seen;
            }
        }
    }

    pub async fn until_over(&mut self, turn: TurnId) -> (StopReason, Vec<AgentEvent>) {
        let seen = self.until(|event| matches!(event, AgentEvent::TurnOver { .. })).await;
        let Some(AgentEvent::TurnOver { turn: over, reason }) = seen.last() else { unreachable!() };
        assert_eq!(*over, turn);
        (*reason, seen)
    }

    /// The reason and detail of the exit, the very last event.
    pub async fn until_exit(&mut self) -> (String, String) {
        let mut seen = self.until(|event| matches!(event, AgentEvent::Exited { .. })).await;
        let Some(AgentEvent::Exited { reason, detail }) = seen.pop() else { unreachable!() };
        assert!(self.events.recv().await.is_none());
        (reason, detail)
    }

    /// The process that the handshake named.
    pub fn is_running(&self) -> bool {
        let pid = self.ready.process.split(':').next().unwrap();
        std::fs::read_to_string(Path::new("/proc").join(pid).join("stat"))
            .is_ok_and(|stat| !stat.contains(") Z "))
    }
}

pub fn said(events: &[AgentEvent]) -> String {
    let text = |event: &AgentEvent| match event {
        AgentEvent::Text { thought: false, text, .. } => Some(text.clone()),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
