use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use mock_model::{MockModel, Script};

/// A scripted model server on loopback. Prints its URL as one line.
#[derive(Parser)]
struct Options {
    /// 0 takes a free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// A JSON script; without one the markers of the user's message are obeyed.
    #[arg(long)]
    script: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let script = match options.script {
        Some(path) => read(&path)?,
        None => Script::default(),
    };
    let server = MockModel::start_on(options.port, script).await?;
    println!("{}", server.url());
    server.serve_for_ever().await;
    Ok(())
}

fn read(path: &PathBuf) -> anyhow::Result<Script> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no script", path.display()))
}
