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
    pub configure: fn(&mut Stage),
    pub proof: Proof,
    /// Seen to be so: a scene that works after all fails the suite too.
    pub lacks: &'static [(Scene, &'static str)],
}

/// Where the table has it from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Seen,
    /// Its program could not be had yet.
    NotSeen,
}

/// Ahead of what is lacking in some runs and not in others.
pub const NOT_ALWAYS: &str = "not always: ";

// As the scenes say it.
const NO_MODEL: &str = "has no model";
const NO_COMMANDS: &str = "runs no commands";
const NO_GATE: &str = "no gate for plans of its own";
const NO_REASON: &str = "its protocol can't carry a reason: it follows as a turn of its own";
const NO_QUESTIONS: &str = "no questions over its protocol";
const NO_LIMIT: &str = "cannot be limited";

pub const ROLES: [Role; 9] = [
    Role {
        key: "claude",
        asking: Some("default"),
        planning: Some("plan"),
        program: Some("@anthropic-ai/claude-code-linux-x64/claude"),
        configure: claude,
        proof: Proof::Seen,
        lacks: &[],
    },
    Role {
        key: "opencode",
        asking: Some("build"),
        planning: None,
        program: Some("opencode-linux-x64/bin/opencode"),
        configure: opencode,
        proof: Proof::Seen,
        lacks: &[
            (Scene::PlanDenied, NO_GATE),
            (Scene::Critique, NO_GATE),
            (Scene::PlanApproved, NO_GATE),
            (Scene::Question, NO_QUESTIONS),
            (Scene::Widened, "can be limited only where the repository has no settings for it"),
        ],
    },
    Role {
        key: "claude-agent-acp",
        asking: Some("default"),
        planning: Some("plan"),
        program: Some(".bin/claude-agent-acp"),
        configure: claude_by_key,
        proof: Proof::Seen,
        lacks: &[(Scene::Critique, NO_REASON), (Scene::Widened, NO_LIMIT)],
    },
    Role {
        key: "qwen",
        asking: Some("default"),
        planning: Some("plan"),
        program: Some(".bin/qwen"),
        configure: qwen,
        proof: Proof::Seen,
        lacks: &[
            (Scene::PlanDenied, NO_GATE),
            (Scene::Critique, NO_GATE),
            (Scene::PlanApproved, NO_GATE),
            (Scene::Question, NO_QUESTIONS),
            (Scene::Widened, NO_LIMIT),
        ],
    },
    Role {
        // It takes a mode and never says so, so no other than its first counts (GR5).
        key: "gemini",
        asking: Some("default"),
        planning: None,
        program: Some(".bin/gemini"),
        configure: gemini,
        proof: Proof::Seen,
        lacks: &[
            (Scene::Thought, "shows no thoughts"),
            (Scene::PlanDenied, NO_GATE),
            (Scene::Critique, NO_GATE),
            (Scene::PlanApproved, NO_GATE),
            (Scene::Question, NO_QUESTIONS),
            (Scene::Resume, "not always: begins anew"),
            (Scene::Widened, NO_LIMIT),
        ],
    },
    Role {
        key: "codex-acp",
        asking: None,
        planning: None,
        program: Some("@zed-industries/codex-acp-linux-x64/bin/codex-acp"),
        configure: codex,
        proof: Proof::Seen,
        lacks: &[
            (Scene::PlanDenied, NO_GATE),
            (Scene::Critique, NO_GATE),
            (Scene::PlanApproved, NO_GATE),
            (Scene::Question, NO_QUESTIONS),
            (Scene::RateLimit, "gives up, in words"),
            (Scene::Widened, NO_LIMIT),
        ],
    },
    Role {
        key: "goose",
        asking: Some("approve"),
        planning: None,
        program: Some("goose"),
        configure: goose,
        proof: Proof::NotSeen,
        lacks: &[],
    },
    Role {
        key: "built-in",
        asking: Some("default"),
        planning: Some("plan"),
        program: None,
        configure: built_in,
        proof: Proof::Seen,
        lacks: &[(Scene::Critique, NO_REASON)],
    },
    Role {
        key: "rehearsal",
        asking: Some("default"),
        planning: Some("plan"),
        program: None,
        configure: rehearsal,
        proof: Proof::Seen,
        lacks: &[
            (Scene::Command, NO_COMMANDS),
            (Scene::StopInTool, NO_COMMANDS),
            (Scene::Critique, NO_REASON),
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
    claude_by_key(stage);
    let settings = json!({
        "permissions": { "allow": ["Bash", "Edit", "Write"], "defaultMode": "acceptEdits" },
        "env": { "ENABLE_TOOL_SEARCH": "false" },
    });
    write(&stage.home().join(".claude/settings.json"), &settings);
}

fn claude_by_key(stage: &mut Stage) {
    stage.set("ANTHROPIC_BASE_URL", &stage.model.url());
    stage.set("ANTHROPIC_API_KEY", "a-key-for-nothing");
}

fn qwen(stage: &mut Stage) {
    stage.set("OPENAI_BASE_URL", &format!("{}/v1", stage.model.url()));
    stage.set("OPENAI_API_KEY", "a-key-for-nothing");
    stage.set("OPENAI_MODEL", "scripted");
}

fn goose(stage: &mut Stage) {
    stage.set("GOOSE_PROVIDER", "openai");
    stage.set("GOOSE_MODEL", "scripted");
    stage.set("OPENAI_HOST", &stage.model.url());
    stage.set("OPENAI_API_KEY", "a-key-for-nothing");
}

fn gemini(stage: &mut Stage) {
    stage.set("GOOGLE_GEMINI_BASE_URL", &stage.model.url());
    stage.set("GEMINI_API_KEY", "a-key-for-nothing");
    let settings = json!({
        "security": { "auth": { "selectedType": "gemini-api-key" } },
        // Else it asks a model which model to ask.
        "model": { "name": "gemini-2.5-flash" },
    });
    write(&stage.home().join(".gemini/settings.json"), &settings);
}

/// Without its sandbox, which not every machine can run: what is asked here is whether it asks.
fn codex(stage: &mut Stage) {
    let url = stage.model.url();
    let config = format!(
        "model = \"scripted\"\nmodel_provider = \"scripted\"\napproval_policy = \"untrusted\"\n\
         sandbox_mode = \"danger-full-access\"\n\
         [model_providers.scripted]\nname = \"Scripted\"\nbase_url = \"{url}/v1\"\n\
         wire_api = \"responses\"\nenv_key = \"OPENAI_API_KEY\"\n"
    );
    fs::create_dir_all(stage.home().join(".codex")).unwrap();
    fs::write(stage.home().join(".codex/config.toml"), config).unwrap();
    stage.set("OPENAI_API_KEY", "a-key-for-nothing");
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
        turn("SLOW", json!([{ "say": "chunk-1 " }, "wait_cancel"])),
        turn("tokens", json!([{ "usage": { "used": 10, "size": 100 } }, { "say": "All is well." }])),
        turn("go on", json!([{ "say": "I go on." }])),
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
        let modules = ["CONCLAVE_TEST_AGENTS", "CONCLAVE_PROOF_AGENTS", "PATH"].map(std::env::var_os);
        let mut folders = modules.iter().flatten().flat_map(std::env::split_paths);
        let file = folders.find_map(|folder| Some(folder.join(program)).filter(|file| file.is_file()))?;
        file.parent().map(Path::to_owned)
    }
}

/// Where our own programs were built.
fn ours() -> PathBuf {
    let chosen = std::env::var_os("CONCLAVE_BIN_DIR").map(PathBuf::from);
    chosen.unwrap_or_else(|| Path::new(env!("CARGO_BIN_EXE_meddle")).parent().unwrap().to_owned())
}
