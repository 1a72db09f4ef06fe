//! The agents under contract: where their programs are, how they reach the scripted model, and what each is known to
//! lack. Adding one is an entry.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::stage::Stage;

pub struct Role {
    /// Its key in the catalogue.
    pub key: &'static str,
    /// The mode in which it asks, where it has one.
    pub asking: Option<&'static str>,
    /// The mode in which it plans.
    pub planning: Option<&'static str>,
    /// Below the installed packages; `None` for a program of ours.
    pub program: Option<&'static str>,
    /// Its version, as its package says.
    pub package: &'static str,
    pub configure: fn(&mut Stage),
    /// Seen to be so: a scene that works after all fails the suite too.
    pub lacks: &'static [(Scene, &'static str)],
}

const NO_MODEL: &str = "plays a script and has no model";

pub const ROLES: [Role; 4] = [
    Role {
        key: "claude",
        asking: Some("default"),
        planning: Some("plan"),
        program: Some("@anthropic-ai/claude-code-linux-x64/claude"),
        package: "@anthropic-ai/claude-code",
        configure: claude,
        lacks: &[],
    },
    Role {
        key: "opencode",
        asking: Some("build"),
        planning: None,
        program: Some("opencode-linux-x64/bin/opencode"),
        package: "opencode-ai",
        configure: opencode,
        lacks: &[
            (Scene::PlanDenied, "no gate for plans of its own"),
            (Scene::PlanApproved, "no gate for plans of its own"),
            (Scene::Question, "no questions over its protocol"),
        ],
    },
    Role {
        key: "built-in",
        asking: Some("default"),
        planning: Some("plan"),
        program: None,
        package: "",
        configure: built_in,
        lacks: &[],
    },
    Role {
        key: "rehearsal",
        asking: Some("default"),
        planning: Some("plan"),
        program: None,
        package: "",
        configure: rehearsal,
        lacks: &[
            (Scene::Command, "asks for edits only"),
            (Scene::StopInTool, "its tools take no time"),
            (Scene::ModelError, NO_MODEL),
            (Scene::RateLimit, NO_MODEL),
        ],
    },
];

pub fn role(key: &str) -> &'static Role {
    ROLES.iter().find(|role| role.key == key).unwrap_or_else(|| panic!("no role {key}"))
}

/// As a person has it who trusts everything: it must not count (GR5).
fn claude(stage: &mut Stage) {
    stage.set("ANTHROPIC_BASE_URL", &stage.model.url());
    stage.set("ANTHROPIC_API_KEY", "a-key-for-nothing");
    let settings = json!({
        "permissions": { "allow": ["Bash", "Edit", "Write"], "defaultMode": "acceptEdits" },
        "env": { "ENABLE_TOOL_SEARCH": "false" },
    });
    write(&stage.home().join(".claude/settings.json"), &settings);
}

fn opencode(stage: &mut Stage) {
    let config = json!({
        "model": "scripted/scripted",
        "small_model": "scripted/scripted",
        "permission": { "bash": "allow", "edit": "allow" },
        "provider": { "scripted": {
            "npm": "@ai-sdk/openai-compatible",
            "name": "Scripted",
            "options": { "baseURL": format!("{}/v1", stage.model.url()), "apiKey": "none" },
            "models": { "scripted": { "name": "scripted", "reasoning": true } },
        }},
    });
    write(&stage.home().join(".config/opencode/opencode.json"), &config);
}

fn built_in(stage: &mut Stage) {
    stage.set("CONCLAVE_AGENT_API", "anthropic");
    stage.set("CONCLAVE_AGENT_BASE_URL", &stage.model.url());
    stage.set("CONCLAVE_AGENT_KEY", "a-key-for-nothing");
}

/// Its script plays what the scripted model would do.
fn rehearsal(stage: &mut Stage) {
    let edit = |path: &str| json!({ "edit": { "path": path, "append": "one\n" } });
    let turn = |when: &str, steps: Value| json!({ "when": when, "steps": steps });
    let plan = json!({ "plan": { "text": "1. Sweep", "on_approve": [{ "say": "I sweep." }] } });
    let colours = json!([{ "label": "Red" }, { "label": "Blue" }]);
    let script = json!({ "turns": [
        turn("THINK", json!([{ "think": "Let me see." }, { "say": "All is well." }])),
        turn("READ", json!([{ "read": { "path": "notes.txt" } }])),
        turn("WRITE made.txt", json!([edit("made.txt")])),
        turn("WRITE refused.txt", json!([edit("refused.txt")])),
        turn("WRITE waits.txt", json!([edit("waits.txt")])),
        turn("WRITE widened.txt", json!([edit("widened.txt")])),
        turn("PLAN", json!([plan])),
        turn("ASK", json!([{ "ask": { "question": "Which colour?", "options": colours } }, { "say": "It is {answer}." }])),
        turn("SLOW", json!([{ "say": "chunk-1 " }, { "late": "chunk-2 " }, "wait_cancel"])),
        turn("tokens", json!([{ "usage": { "used": 10, "size": 100 } }, { "say": "All is well." }])),
        turn("kumquat", json!([{ "say": "I keep it." }])),
        { "steps": [{ "say": "All is well." }] },
    ]});
    let file = stage.home().join("script.json");
    write(&file, &script);
    stage.args = vec!["--script".to_owned(), text(&file), "--pace".to_owned(), "fast".to_owned()];
}

pub fn write(file: &Path, content: &Value) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, content.to_string()).unwrap();
}

pub fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

impl Role {
    /// The folder of its program; `None` where it is not installed.
    pub fn folder(&self) -> Option<PathBuf> {
        let Some(program) = self.program else { return Some(ours()) };
        let modules = std::env::var_os("CONCLAVE_TEST_AGENTS").map(PathBuf::from)?;
        let file = modules.join(program);
        file.is_file().then(|| file.parent().unwrap().to_owned())
    }
}

/// Where our own programs were built.
fn ours() -> PathBuf {
    let chosen = std::env::var_os("CONCLAVE_BIN_DIR").map(PathBuf::from);
    chosen.unwrap_or_else(|| Path::new(env!("CARGO_BIN_EXE_meddle")).parent().unwrap().to_owned())
}
