use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use agent_claude::ClaudeBackend;
use model::Span;
use ports::agent::{AgentError, AgentKind, AgentLimits, AgentProgram, AgentStart};
use ports::contract::agent::Live;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A worktree, and a program in shell beside it that speaks as Claude Code does.
pub struct Stage {
    pub folder: TempDir,
    pub start: AgentStart,
}

impl Stage {
    /// Behind a good handshake.
    pub fn playing(after: &str) -> Self {
        Self::saying(&format!("{}{after}", handshake("default")))
    }

    /// From its first word on. `$0` is a file with the arguments it was started with, a start a line.
    pub fn saying(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let worktree = folder.path().join("work tree");
        fs::create_dir(&worktree).unwrap();
        let file = folder.path().join("claude");
        let starts = folder.path().join("starts");
        let head = format!("#!/bin/sh\necho \"$*\" >> '{}'\n", starts.display());
        fs::write(&file, format!("{head}{script}")).unwrap();
        let program = AgentProgram {
            kind: AgentKind::Claude,
            program: PathBuf::from("/bin/sh"),
            args: Vec::new(),
            env: BTreeMap::from([("PATH".to_owned(), "/usr/bin:/bin".to_owned())]),
            terms: Default::default(),
        };
        let limits = AgentLimits { handshake: Span::from_secs(20), cancel_grace: Span(300) };
        let mut stage =
            Self { folder, start: AgentStart { program, worktree, resume: None, servers: vec![], limits } };
        make_executable(&file);
        stage.start.program.program = file;
        stage
    }

    pub async fn try_start(&self) -> Result<Live, AgentError> {
        Live::start(&ClaudeBackend, self.start.clone()).await
    }

    pub async fn start(&self) -> Live {
        self.try_start().await.unwrap()
    }

    /// What each start's arguments were.
    pub fn starts(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.path().join("starts")).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}

fn make_executable(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The answers to the driver's first requests; it is in this mode at the end.
pub fn handshake(mode: &str) -> String {
    let commands = json!([{"name": "compact", "description": "Make it short"}]);
    let hello = json!({"commands": commands, "claude_code_version": "2.1.329"});
    [answer(0, &hello), answer(1, &json!({"mode": mode}))].concat()
}

/// Reads a line and answers the request with this number.
pub fn answer(id: u64, response: &Value) -> String {
    let response = json!({"subtype": "success", "request_id": id.to_string(), "response": response});
    format!("read -r line\n{}", say(&json!({"type": "control_response", "response": response})))
}

pub fn say(message: &Value) -> String {
    format!("echo '{message}'\n")
}

/// The end of the turn, with this `is_error`.
pub fn result(subtype: &str) -> String {
    say(
        &json!({"type": "result", "subtype": subtype, "is_error": subtype != "success", "stop_reason": "end_turn"}),
    )
}

pub fn words(text: &str) -> String {
    let content = json!([{"type": "text", "text": text}]);
    say(&json!({"type": "assistant", "message": {"id": "m", "content": content}, "parent_tool_use_id": null}))
}
