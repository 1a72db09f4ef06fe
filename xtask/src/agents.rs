//! The real agents that tests drive, and where they are kept: outside the clone, since they are large, and a coding
//! agent must not find this repository's own files above its working directory.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::apt::on_path;
use crate::checkout::{Checkout, in_ci};
use crate::front_end;
use crate::progress::say;

/// A real agent, by the word that the names of its tests have in them.
pub struct Agent {
    pub name: &'static str,
    from: From,
    program: &'static str,
}

enum From {
    Packages(&'static Packages),
    /// Not from npm: whoever wants its tests installs it.
    Machine,
}

/// Pinned packages of this checkout, and what they are called where they are kept.
pub struct Packages {
    pinned: &'static str,
    kept: &'static str,
    /// Where tests look for them.
    variable: &'static str,
}

pub const GATE: Packages =
    Packages { pinned: "tests/agents", kept: "agents", variable: "CONCLAVE_TEST_AGENTS" };
pub const PROOF: Packages =
    Packages { pinned: "tests/agents/more", kept: "more-agents", variable: "CONCLAVE_PROOF_AGENTS" };

pub const OF_GATE: [Agent; 2] = [
    Agent { name: "opencode", from: From::Packages(&GATE), program: "opencode-linux-x64/bin/opencode" },
    Agent {
        name: "claude",
        from: From::Packages(&GATE),
        program: "@anthropic-ai/claude-code-linux-x64/claude",
    },
];

pub const OF_PROOF: [Agent; 5] = [
    Agent { name: "claude_agent_acp", from: From::Packages(&PROOF), program: ".bin/claude-agent-acp" },
    Agent { name: "qwen", from: From::Packages(&PROOF), program: ".bin/qwen" },
    Agent { name: "gemini", from: From::Packages(&PROOF), program: ".bin/gemini" },
    Agent {
        name: "codex_acp",
        from: From::Packages(&PROOF),
        program: "@zed-industries/codex-acp-linux-x64/bin/codex-acp",
    },
    Agent { name: "goose", from: From::Machine, program: "goose" },
];

impl Agent {
    pub fn is_installed(&self) -> bool {
        match self.from {
            From::Packages(packages) => {
                packages.modules().is_some_and(|modules| modules.join(self.program).is_file())
            }
            From::Machine => on_path(self.program),
        }
    }
}

impl Packages {
    fn folder(&self) -> Option<PathBuf> {
        let chosen = env::var_os("CONCLAVE_TEST_CACHE").map(PathBuf::from);
        let usual = || Some(PathBuf::from(env::var_os("HOME")?).join(".cache/conclave-test"));
        chosen.or_else(usual).map(|cache| cache.join(self.kept))
    }

    fn modules(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join("node_modules")).filter(|modules| modules.is_dir())
    }

    /// Elsewhere than in CI their tests are skipped where they can't be had.
    pub fn install(&self, checkout: &Checkout) -> Result<()> {
        match self.copy_and_install(checkout) {
            Err(error) if in_ci() => Err(error),
            Err(error) => {
                say(format!("agents are not installed, tests that drive them are skipped: {error:#}"));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn copy_and_install(&self, checkout: &Checkout) -> Result<()> {
        let pinned = checkout.path(self.pinned);
        let kept = self.folder().context("no home folder to keep agents in")?;
        copy(&pinned, &kept)?;
        front_end::install_in(checkout, &kept, self.kept)
    }
}

fn copy(pinned: &Path, kept: &Path) -> Result<()> {
    fs::create_dir_all(kept)?;
    for file in ["package.json", "package-lock.json"] {
        let (pinned, kept) = (pinned.join(file), kept.join(file));
        if pinned.is_file() {
            fs::copy(pinned, kept)?;
        } else if kept.exists() {
            // What an older checkout pinned.
            fs::remove_file(kept)?;
        }
    }
    Ok(())
}

/// Tells tests where the agents are.
pub fn whereabouts(command: &mut Command) {
    for packages in [&GATE, &PROOF] {
        if let Some(modules) = packages.modules() {
            command.env(packages.variable, modules);
        }
    }
}
