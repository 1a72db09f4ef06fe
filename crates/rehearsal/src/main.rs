//! The rehearsal agent over stdio: the program a host starts.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use rehearsal::{Options, Pace, Script};

/// An agent that plays a script over ACP on stdio. No model is involved.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// A JSON script; without one the session on the sample repository is played.
    #[arg(long)]
    script: Option<PathBuf>,
    /// `human` for the built-in script, `fast` for others, if not given.
    #[arg(long, value_enum)]
    pace: Option<Pace>,
    /// A folder for sessions, so that they can be loaded again.
    #[arg(long)]
    state: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (script, usual) = match &arguments.script {
        Some(path) => (read(path)?, Pace::Fast),
        None => (Script::sample()?, Pace::Human),
    };
    let options = Options { script, pace: arguments.pace.unwrap_or(usual), state: arguments.state };
    rehearsal::run(options).await?;
    // The thread that reads stdin may still wait for a line.
    std::process::exit(0)
}

fn read(path: &Path) -> anyhow::Result<Script> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no script", path.display()))
}
