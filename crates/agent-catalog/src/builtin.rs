use std::collections::BTreeMap;
use std::path::Path;

use model::Ceiling;
use ports::agent::AgentKind;

use crate::entry::Entry;

/// How to get an agent.
enum Get {
    Npm(&'static str),
    Page(&'static str),
}

impl Get {
    fn hint(&self) -> String {
        match self {
            Self::Npm(package) => format!("Install it with: {}", npm(package)),
            Self::Page(page) => format!("Install it as {page} says"),
        }
    }

    fn command(&self) -> Option<String> {
        match self {
            Self::Npm(package) => Some(npm(package)),
            Self::Page(_) => None,
        }
    }
}

struct Known {
    key: &'static str,
    name: &'static str,
    kind: AgentKind,
    program: &'static str,
    args: &'static [&'static str],
    env_keys: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
    /// See [`Entry::own_gates`].
    own_gates: bool,
    /// See [`Entry::key_in`].
    key_in: Option<&'static str>,
    get: Get,
    /// Only what was seen to hold against a repository with settings of its own (GR5): an agent that
    /// takes its permissions from a repository has none here.
    modes: &'static [(&'static str, Ceiling)],
    /// See [`Entry::freed_by`].
    freed_by: &'static [&'static str],
}

/// opencode imports the plugins of a repository as it starts, and nothing turns that off.
const OPENCODE_FREED_BY: &[&str] = &[
    ".opencode/plugin",
    ".opencode/plugins",
    ".opencode/opencode.json",
    ".opencode/opencode.jsonc",
    "opencode.json",
    "opencode.jsonc",
];

/// By itself opencode asks for nothing, and what a repository's `opencode.json` and agents say counts after `OPENCODE_PERMISSION`: so those are left out. Names are written out because an `allow`
/// in the person's own settings counts after `*`.
const OPENCODE_PERMISSION: &str = r#"{"*":"ask","bash":"ask","edit":"ask","webfetch":"ask","websearch":"ask","task":"ask","skill":"ask","external_directory":"ask","read":{"*":"allow","*.env":"ask","*.env.*":"ask","*.env.example":"allow"},"glob":"allow","grep":"allow","list":"allow","todowrite":"allow","question":"allow","conclave_*":"allow"}"#;
/// Counts after what the person's own settings say of these two agents.
const OPENCODE_CONFIG_CONTENT: &str = r#"{"agent":{"build":{"permission":{"*":"ask","bash":"ask","edit":"ask","webfetch":"ask","websearch":"ask","read":"allow","glob":"allow","grep":"allow","list":"allow","todowrite":"allow","question":"allow","conclave_*":"allow"}},"plan":{"permission":{"*":"ask","bash":"ask","edit":"deny","webfetch":"ask","websearch":"ask","read":"allow","glob":"allow","grep":"allow","list":"allow","todowrite":"allow","question":"allow","conclave_*":"allow"}}}}"#;

/// What Claude Code is reached with, whoever drives it.
const CLAUDE_ENV_KEYS: &[&str] = &[
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_BASE_URL",
    "CLAUDE_CODE_OAUTH_TOKEN",
    "CLAUDE_CONFIG_DIR",
];

const CLAUDE_ENV: &[(&str, &str)] =
    &[("DISABLE_AUTOUPDATER", "1"), ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")];

const KNOWN: &[Known] = &[
    Known {
        key: "claude",
        name: "Claude Code",
        kind: AgentKind::Claude,
        program: "claude",
        args: &[],
        env_keys: CLAUDE_ENV_KEYS,
        env: CLAUDE_ENV,
        own_gates: true,
        key_in: Some("ANTHROPIC_API_KEY"),
        get: Get::Npm("@anthropic-ai/claude-code"),
        modes: &[
            ("default", Ceiling::Ask),
            ("plan", Ceiling::Ask),
            ("acceptEdits", Ceiling::AcceptEdits),
            ("bypassPermissions", Ceiling::Bypass),
        ],
        freed_by: &[],
    },
    Known {
        key: "opencode",
        name: "opencode",
        kind: AgentKind::Acp,
        program: "opencode",
        args: &["acp"],
        env_keys: &[
            "OPENCODE_CONFIG",
            "ANTHROPIC_API_KEY",
            "OPENAI_API_KEY",
            "GEMINI_API_KEY",
            "OPENROUTER_API_KEY",
        ],
        env: &[
            ("OPENCODE_DISABLE_AUTOUPDATE", "1"),
            ("OPENCODE_DISABLE_PROJECT_CONFIG", "1"),
            ("OPENCODE_PERMISSION", OPENCODE_PERMISSION),
            ("OPENCODE_CONFIG_CONTENT", OPENCODE_CONFIG_CONTENT),
        ],
        own_gates: false,
        key_in: None,
        get: Get::Npm("opencode-ai"),
        modes: &[("build", Ceiling::Ask), ("plan", Ceiling::Ask)],
        freed_by: OPENCODE_FREED_BY,
    },
    Known {
        key: "qwen",
        name: "Qwen Code",
        kind: AgentKind::Acp,
        program: "qwen",
        args: &["--acp", "--auth-type", "openai"],
        env_keys: &["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"],
        env: &[],
        own_gates: false,
        key_in: Some("OPENAI_API_KEY"),
        get: Get::Npm("@qwen-code/qwen-code"),
        modes: &[],
        freed_by: &[],
    },
    Known {
        key: "gemini",
        name: "Gemini CLI",
        kind: AgentKind::Acp,
        program: "gemini",
        args: &["--acp"],
        env_keys: &["GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_CLOUD_PROJECT"],
        env: &[],
        own_gates: false,
        key_in: Some("GEMINI_API_KEY"),
        get: Get::Npm("@google/gemini-cli"),
        modes: &[],
        freed_by: &[],
    },
    Known {
        key: "codex-acp",
        name: "Codex",
        kind: AgentKind::Acp,
        program: "codex-acp",
        args: &[],
        env_keys: &["OPENAI_API_KEY", "CODEX_API_KEY", "CODEX_HOME"],
        env: &[],
        own_gates: false,
        key_in: Some("OPENAI_API_KEY"),
        get: Get::Npm("@zed-industries/codex-acp"),
        modes: &[],
        freed_by: &[],
    },
    Known {
        key: "goose",
        name: "goose",
        kind: AgentKind::Acp,
        program: "goose",
        args: &["acp"],
        env_keys: &[
            "GOOSE_PROVIDER",
            "GOOSE_MODEL",
            "ANTHROPIC_API_KEY",
            "OPENAI_API_KEY",
            "OPENAI_HOST",
            "GOOGLE_API_KEY",
            "OPENROUTER_API_KEY",
        ],
        env: &[],
        own_gates: false,
        key_in: None,
        get: Get::Page("https://block.github.io/goose/docs/getting-started/installation"),
        modes: &[],
        freed_by: &[],
    },
    Known {
        key: "claude-agent-acp",
        name: "Claude Agent",
        kind: AgentKind::Acp,
        program: "claude-agent-acp",
        args: &[],
        env_keys: CLAUDE_ENV_KEYS,
        env: CLAUDE_ENV,
        own_gates: true,
        key_in: Some("ANTHROPIC_API_KEY"),
        get: Get::Npm("@agentclientprotocol/claude-agent-acp"),
        modes: &[],
        freed_by: &[],
    },
];

/// Where the built-in agent finds its model; the rest it is told beside.
const ENDPOINT: &[&str] = &["CONCLAVE_AGENT_KEY", "CONCLAVE_AGENT_BASE_URL"];
const SETTINGS: &[&str] = &["CONCLAVE_AGENT_API", "CONCLAVE_AGENT_MODEL", "CONCLAVE_AGENT_CONTEXT"];

/// The agents known to us; `data` is where those of ours keep their sessions.
pub fn entries(data: &Path) -> BTreeMap<String, Entry> {
    let known = KNOWN.iter().map(|known| (known.key.to_owned(), known.entry()));
    let ours = [("rehearsal", rehearsal(data)), ("built-in", native(data))];
    known.chain(ours.map(|(key, entry)| (key.to_owned(), entry))).collect()
}

impl Known {
    fn entry(&self) -> Entry {
        Entry {
            name: self.name.to_owned(),
            kind: self.kind,
            program: self.program.to_owned(),
            args: owned(self.args),
            env_keys: owned(self.env_keys),
            env: self.env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            hint: self.get.hint(),
            install: self.get.command(),
            own_gates: self.own_gates,
            rehearsal: false,
            ours: false,
            needs_one_of: &[],
            key_in: self.key_in,
            key_of: None,
            named: None,
            terms_in_env: false,
            modes: ceilings(self.modes),
            freed_by: self.freed_by,
        }
    }
}

fn rehearsal(data: &Path) -> Entry {
    let state = data.join("rehearsal").to_string_lossy().into_owned();
    Entry {
        name: "Rehearsal".to_owned(),
        kind: AgentKind::Acp,
        program: "conclave-rehearsal".to_owned(),
        args: vec!["--state".to_owned(), state],
        env_keys: Vec::new(),
        env: BTreeMap::new(),
        hint: "It comes with Conclave: build it with: cargo build -p rehearsal".to_owned(),
        install: Some("cargo build -p rehearsal".to_owned()),
        own_gates: true,
        rehearsal: true,
        ours: true,
        needs_one_of: &[],
        key_in: None,
        key_of: None,
        named: None,
        terms_in_env: false,
        modes: ceilings(&[
            ("default", Ceiling::Ask),
            ("plan", Ceiling::Ask),
            ("accept-edits", Ceiling::AcceptEdits),
        ]),
        freed_by: &[],
    }
}

/// It takes no setting from a repository, and its program asks before it does what a mode does not allow:
/// so each mode holds.
fn native(data: &Path) -> Entry {
    let state = data.join("built-in-agent").to_string_lossy().into_owned();
    Entry {
        name: "Built-in agent".to_owned(),
        kind: AgentKind::Acp,
        program: "conclave-agent".to_owned(),
        args: Vec::new(),
        env_keys: owned(&[ENDPOINT, SETTINGS].concat()),
        env: BTreeMap::from([("CONCLAVE_AGENT_STATE".to_owned(), state)]),
        hint: "It comes with Conclave: build it with: cargo build -p agent-native".to_owned(),
        install: Some("cargo build -p agent-native".to_owned()),
        own_gates: true,
        rehearsal: false,
        ours: true,
        needs_one_of: ENDPOINT,
        key_in: Some("CONCLAVE_AGENT_KEY"),
        key_of: None,
        named: None,
        terms_in_env: true,
        modes: ceilings(&[
            ("default", Ceiling::Ask),
            ("plan", Ceiling::Ask),
            ("accept-edits", Ceiling::AcceptEdits),
            ("bypass", Ceiling::Bypass),
        ]),
        freed_by: &[],
    }
}

fn npm(package: &str) -> String {
    format!("npm install -g {package}")
}

fn ceilings(modes: &[(&str, Ceiling)]) -> BTreeMap<String, Ceiling> {
    modes.iter().map(|(mode, most)| ((*mode).to_owned(), *most)).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
