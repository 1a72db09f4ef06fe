use std::process::Command;

use anyhow::Result;

use crate::front_end;
use crate::gate::{self, Which};
use crate::stage::{Scene, Skipping, Stage, Verdict, skipped};

/// What is run by hand before a release. To add a stage, add a row.
pub const STAGES: [Stage; 4] = [
    row("sim", "10,000 seeds of the simulated room", simulation),
    row("agents", "every agent that npm offers, against the scripted model", agents),
    row("looks", "every width and theme of the window in Chromium", looks),
    row("faults", "full disk, killed host, two network namespaces", faults),
];

const SEEDS: &str = "10000";

const fn row(name: &'static str, about: &'static str, run: fn(&Scene) -> Result<Verdict>) -> Stage {
    Stage { name, about, run, skipping: Skipping::Allowed }
}

fn simulation(scene: &Scene) -> Result<Verdict> {
    let mut cargo = scene.cargo();
    cargo.args(["test", "--release", "--package", "sim", "--no-fail-fast"]).env("CONCLAVE_SIM_SEEDS", SEEDS);
    scene.step(format!("{SEEDS} seeds"), &mut cargo)?;
    Ok(Verdict::Passed)
}

fn agents(scene: &Scene) -> Result<Verdict> {
    if !scene.checkout.path("tests/agents/package-lock.json").is_file() {
        return skipped("tests/agents pins no agents");
    }
    product(scene, ("CONCLAVE_PROVE", "agents"))
}

fn looks(scene: &Scene) -> Result<Verdict> {
    let folder = scene.checkout.path("tests/browser");
    if !folder.join("package.json").is_file() {
        return skipped("tests/browser has no package.json");
    }
    front_end::install(scene.checkout, "tests/browser")?;
    gate::programs(scene)?;
    let mut npm = front_end::npm(&folder);
    npm.args(["run", "looks", "--if-present"]);
    gate::whereabouts(scene.checkout, &mut npm);
    scene.step("widths and themes", &mut npm)?;
    Ok(Verdict::Passed)
}

fn faults(scene: &Scene) -> Result<Verdict> {
    let allowed =
        Command::new("unshare").args(["--net", "true"]).output().is_ok_and(|output| output.status.success());
    if !allowed {
        return skipped("making network namespaces needs root on Linux");
    }
    product(scene, ("CONCLAVE_PROVE", "faults"))
}

fn product(scene: &Scene, (name, value): (&str, &str)) -> Result<Verdict> {
    gate::programs(scene)?;
    let mut tests = gate::tests(scene, Which::Product);
    tests.env(name, value);
    gate::whereabouts(scene.checkout, &mut tests);
    scene.step("tests of the whole product", &mut tests)?;
    Ok(Verdict::Passed)
}
