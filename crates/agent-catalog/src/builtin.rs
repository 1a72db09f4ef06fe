use std::collections::BTreeMap;
use std::path::Path;

use crate::entry::Entry;

struct Known {
    key: &'static str,
    name: &'static str,
    program: &'static str,
    args: &'static [&'static str],
    env_keys: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
    package: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        key: "opencode",
        name: "opencode",
        program: "opencode",
        args: &["acp"],
        env_keys: &[
            "OPENCODE_CONFIG",
            "ANTHROPIC_API_KEY",
            "OPENAI_API_KEY",
            "GEMINI_API_KEY",
            "OPENROUTER_API_KEY",
        ],
        env: &[("OPENCODE_DISABLE_AUTOUPDATE", "1")],
        package: "opencode-ai",
    },
    Known {
        key: "qwen",
        name: "Qwen Code",
        program: "qwen",
        args: &["--acp", "--auth-type", "openai"],
        env_keys: &["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"],
        env: &[],
        package: "@qwen-code/qwen-code",
    },
    Known {
        key: "gemini",
        name: "Gemini CLI",
        program: "gemini",
        args: &["--acp"],
        env_keys: &["GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_CLOUD_PROJECT"],
        env: &[],
        package: "@google/gemini-cli",
    },
    Known {
        key: "codex-acp",
        name: "Codex",
        program: "codex-acp",
        args: &[],
        env_keys: &["OPENAI_API_KEY", "CODEX_API_KEY", "CODEX_HOME"],
        env: &[],
        package: "@zed-industries/codex-acp",
    },
    Known {
        key: "claude-agent-acp",
        name: "Claude Agent",
        program: "claude-agent-acp",
        args: &[],
        env_keys: &[
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_AUTH_TOKEN",
            "ANTHROPIC_BASE_URL",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "CLAUDE_CONFIG_DIR",
        ],
        env: &[("DISABLE_AUTOUPDATER", "1"), ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")],
        package: "@agentclientprotocol/claude-agent-acp",
    },
];

/// The agents known to us; `data` is where the rehearsal agent keeps its sessions.
pub fn entries(data: &Path) -> BTreeMap<String, Entry> {
    let known = KNOWN.iter().map(|known| (known.key.to_owned(), known.entry()));
    known.chain([("rehearsal".to_owned(), rehearsal(data))]).collect()
}

impl Known {
    fn entry(&self) -> Entry {
        Entry {
            name: self.name.to_owned(),
            program: self.program.to_owned(),
            args: owned(self.args),
            env_keys: owned(self.env_keys),
            env: self.env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            hint: format!("Install it with: npm install -g {}", self.package),
            rehearsal: false,
        }
    }
}

fn rehearsal(data: &Path) -> Entry {
    let state = data.join("rehearsal").to_string_lossy().into_owned();
    Entry {
        name: "Rehearsal".to_owned(),
        program: "conclave-rehearsal".to_owned(),
        args: vec!["--state".to_owned(), state],
        env_keys: Vec::new(),
        env: BTreeMap::new(),
        hint: "It comes with Conclave: build it with: cargo build -p rehearsal".to_owned(),
        rehearsal: true,
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
