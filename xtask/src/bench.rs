use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::checkout::Checkout;
use crate::child::Running;
use crate::progress::Step;

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

fn absolute(file: &Path) -> Result<PathBuf> {
    Ok(std::path::absolute(file)?)
}
