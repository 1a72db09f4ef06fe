//! Measures what the house promises, each beside the least that the same work could cost.
//!
//! A figure alone says little on a shared machine, so every row has a baseline from the same run.
//! Nothing here fails because something was slow: `docs/performance.md` says what was seen.

mod append;
mod authorize;
mod bare;
mod catchup;
mod cpu;
mod delta;
mod fanout;
mod guest;
mod kick;
mod open;
mod past;
mod report;
mod stage;
mod stats;
mod terminal;
mod ticker;
mod venue;
mod work;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};

use report::{Report, Row};

#[derive(Parser)]
#[command(about = "Measures Conclave beside the least the same work could cost.")]
struct Arguments {
    /// Also write the rows as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only these benchmarks; can be given again.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What this program plays in processes of its own.
#[derive(Subcommand)]
enum Part {
    /// An agent that ticks like a clock.
    #[command(hide = true)]
    Ticker,
    /// Writes an agent's lines to a pipe, without an agent's protocol.
    #[command(hide = true)]
    Pulse { times: u32, every_us: u64 },
    /// Sends recorded frames to clients over TLS.
    #[command(hide = true)]
    Sender(bare::Sending),
    /// Passes a pulse on to a client over TLS.
    #[command(hide = true)]
    Echo(bare::Echoing),
}

const BENCHMARKS: [&str; 12] = [
    "append",
    "authorize",
    "open",
    "first_delta",
    "catchup_60s",
    "kick_to_silence",
    "fanout_32",
    "fanout_128",
    "diff_10k",
    "diff_100k",
    "checkpoint_10k",
    "terminal",
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match &arguments.part {
        Some(Part::Ticker) => ticker::play(),
        Some(Part::Pulse { times, every_us }) => ticker::pulse(*times, *every_us),
        Some(Part::Sender(sending)) => runtime()?.block_on(bare::send(sending)),
        Some(Part::Echo(echoing)) => runtime()?.block_on(bare::echo(echoing)),
        None => measure(&arguments),
    }
}

fn measure(arguments: &Arguments) -> Result<()> {
    if let Some(unknown) = arguments.only.iter().find(|name| !BENCHMARKS.contains(&name.as_str())) {
        bail!("there is no benchmark {unknown}; there are: {}", BENCHMARKS.join(", "));
    }
    let mut report = Report::begin();
    let wanted = |name: &&str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    for name in BENCHMARKS.iter().filter(|name| wanted(name)) {
        eprintln!("measuring {name} …");
        report.add(runtime()?.block_on(run(name))?);
    }
    report.print();
    match &arguments.json {
        Some(file) => report.write(file),
        None => Ok(()),
    }
}

async fn run(name: &str) -> Result<Vec<Row>> {
    match name {
        "append" => append::measure().await,
        "authorize" => authorize::measure().await,
        "open" => open::measure().await,
        "first_delta" => delta::measure().await,
        "catchup_60s" => catchup::measure().await,
        "kick_to_silence" => kick::measure().await,
        "fanout_128" => fanout::measure_many().await,
        "diff_10k" => work::changes("diff_10k", 10_000).await,
        "diff_100k" => work::changes("diff_100k", 100_000).await,
        "checkpoint_10k" => work::checkpoint().await,
        "terminal" => terminal::measure().await,
        _ => fanout::measure().await,
    }
}

/// As the host has it.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
