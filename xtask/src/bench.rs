use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::checkout::Checkout;
use crate::child::Running;
use crate::front_end;
use crate::progress::Step;

#[derive(Clone, Copy, ValueEnum)]
pub enum Of {
    Ui,
}

/// Builds the host in release, then hands over to the program of crate `bench`.
pub fn bench(checkout: &Checkout, json: Option<PathBuf>, rest: &[String]) -> Result<ExitCode> {
    if !checkout.path("crates/bench/Cargo.toml").is_file() {
        bail!("there is no crates/bench in this checkout, so there is nothing to measure");
    }
    Step::new("build the host and the benchmarks (release)", checkout.log("bench"))
        .run(checkout.cargo().args(["build", "--release", "--package", "cli", "--package", "bench"]))?;
    let mut cargo = checkout.cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    if let Some(file) = json {
        cargo.arg("--json").arg(absolute(&file)?);
    }
    let status = Running::start(cargo.args(rest))?.wait()?;
    if status.success() {
        return Ok(ExitCode::SUCCESS);
    }
    bail!("the benchmarks ended with {status}")
}

/// The page as it ships, over a host played in the browser; beside it the same page that draws every row.
pub fn window(checkout: &Checkout, json: Option<PathBuf>, rest: &[String]) -> Result<ExitCode> {
    front_end::require_node()?;
    for folder in ["src-ui", "tests/browser"] {
        front_end::install(checkout, folder)?;
    }
    let mut npm = front_end::npm(&checkout.path("tests/browser"));
    npm.args(["run", "--silent", "bench", "--"]).args(rest);
    if let Some(file) = json {
        npm.env("CONCLAVE_BENCH_JSON", absolute(&file)?);
    }
    let status = Running::start(&mut npm)?.wait()?;
    if status.success() {
        return Ok(ExitCode::SUCCESS);
    }
    bail!("the benchmarks of the window ended with {status}")
}

fn absolute(file: &Path) -> Result<PathBuf> {
    Ok(std::path::absolute(file)?)
}
