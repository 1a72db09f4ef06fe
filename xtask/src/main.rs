//! `cargo xtask …`: the one door for people who run, test or change Conclave.

mod agents;
mod apt;
mod bench;
mod checkout;
mod checksum;
mod child;
mod codegen;
mod front_end;
mod gate;
mod progress;
mod prove;
mod run;
mod stage;
mod tally;
mod tidy;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::checkout::Checkout;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Run, test and check Conclave")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and start Conclave
    Run {
        /// Start the host without a window even where there is a display
        #[arg(long)]
        headless: bool,
    },
    /// The gate: everything that must pass before a change is taken
    Test(Selection),
    /// What is too slow or too privileged for the gate
    Prove(Selection),
    /// Check the house rules: crate edges, sizes, spec ids, golden files
    Tidy,
    /// Write the TypeScript types of `model` and `wire` into src-ui/src/gen
    Codegen {
        /// Only compare; fail when the committed files are stale
        #[arg(long)]
        check: bool,
    },
    /// Run the benchmarks and print a table
    Bench {
        /// `ui`: what the window costs, in Chromium; without it, what the host costs
        #[arg(value_enum)]
        of: Option<bench::Of>,
        /// Also write the results as JSON
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Passed on to the benchmark program
        #[arg(last = true)]
        rest: Vec<String>,
    },
}

#[derive(Args)]
pub struct Selection {
    /// Run only this stage (may be given several times)
    #[arg(long, value_name = "STAGE")]
    only: Vec<String>,
    /// List the stages and stop
    #[arg(long)]
    list: bool,
}

fn main() -> ExitCode {
    let outcome = perform(Cli::parse());
    if child::interrupted() {
        eprintln!("Stopped.");
        return ExitCode::from(130);
    }
    outcome.unwrap_or_else(|error| {
        eprintln!("\nerror: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(cli: Cli) -> Result<ExitCode> {
    child::forward_interrupts()?;
    let checkout = Checkout::find()?;
    match cli.task {
        Task::Run { headless: true } => run::run(&checkout, run::Surface::Terminal),
        Task::Run { headless: false } => run::run(&checkout, run::Surface::detect()),
        Task::Test(selection) => stage::perform(&checkout, &gate::STAGES, &selection),
        Task::Prove(selection) => stage::perform(&checkout, &prove::STAGES, &selection),
        Task::Tidy => tidy::tidy(&checkout),
        Task::Codegen { check: false } => codegen::write(&checkout),
        Task::Codegen { check: true } => codegen::check(&checkout),
        Task::Bench { of: None, json, rest } => bench::bench(&checkout, json, &rest),
        Task::Bench { of: Some(bench::Of::Ui), json, rest } => bench::window(&checkout, json, &rest),
    }
}
