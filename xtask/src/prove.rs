use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::agents::{self, Agent};
use crate::apt::on_path;
use crate::front_end;
use crate::gate::{self, Which};
use crate::stage::{Scene, Skipping, Stage, Verdict, skipped};
use crate::tidy::Sources;

/// What is run by hand before a release. To add a stage, add a row.
pub const STAGES: [Stage; 5] = [
    row("sim", "10,000 seeds of the simulated room", simulation),
    row("agents", "agents that the gate does not play", real_agents),
    row("keyring", "what opens another host, in a real secret service", keyring),
    row("looks", "every width and theme of the window in Chromium", looks),
    row("faults", "a host killed at any moment comes back whole", faults),
];

const SEED_COUNT: &str = "CONCLAVE_SIM_SEEDS";
const SEEDS: &str = "10000";

const fn row(name: &'static str, about: &'static str, run: fn(&Scene) -> Result<Verdict>) -> Stage {
    Stage { name, about, run, skipping: Skipping::Allowed }
}

fn simulation(scene: &Scene) -> Result<Verdict> {
    let sources = Sources::read(scene.checkout)?;
    if !sources.under("crates/sim/", ".rs").any(|(_, text)| text.contains(SEED_COUNT)) {
        return skipped(format!("crates/sim does not read {SEED_COUNT}"));
    }
    let mut cargo = scene.checkout.cargo();
    cargo.args(["test", "--release", "--package", "sim", "--no-fail-fast"]).env(SEED_COUNT, SEEDS);
    scene.step(format!("{SEEDS} seeds"), &mut cargo)?;
    Ok(Verdict::Passed)
}

fn real_agents(scene: &Scene) -> Result<Verdict> {
    agents::PROOF.install(scene.checkout)?;
    let (there, missing): (Vec<Agent>, Vec<Agent>) =
        agents::OF_PROOF.into_iter().partition(Agent::is_installed);
    for agent in &there {
        play(scene, format!("tests with {}", agent.name), &format!("prove_agents_{}", agent.name))?;
    }
    match missing.as_slice() {
        [] => Ok(Verdict::Passed),
        missing => {
            let names: Vec<&str> = missing.iter().map(|agent| agent.name).collect();
            skipped(format!("not installed: {}", names.join(", ")))
        }
    }
}

fn keyring(scene: &Scene) -> Result<Verdict> {
    let missing = ["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|program| !on_path(program));
    match missing {
        Some(program) => skipped(format!("{program} is not installed")),
        None => proof(scene, "prove_keyring"),
    }
}

fn looks(scene: &Scene) -> Result<Verdict> {
    let folder = scene.checkout.path("tests/browser");
    if !has_script(&folder.join("package.json"), "looks") {
        return skipped("tests/browser/package.json has no script `looks`");
    }
    front_end::install(scene.checkout, "tests/browser")?;
    gate::programs(scene)?;
    let mut npm = front_end::npm(&folder);
    npm.args(["run", "looks"]);
    gate::whereabouts(scene.checkout, &mut npm);
    scene.step("widths and themes", &mut npm)?;
    Ok(Verdict::Passed)
}

fn faults(scene: &Scene) -> Result<Verdict> {
    proof(scene, "prove_faults")
}

// Slow tests of the whole product are `#[ignore]`d and begin with the name of their proof.
fn proof(scene: &Scene, name: &'static str) -> Result<Verdict> {
    let sources = Sources::read(scene.checkout)?;
    let function = format!("fn {name}");
    if !sources.under("tests/", ".rs").any(|(_, text)| text.contains(&function)) {
        return skipped(format!("no test in tests/ is called {name}_…"));
    }
    play(scene, "slow tests of the whole product".to_owned(), name)?;
    Ok(Verdict::Passed)
}

fn play(scene: &Scene, title: String, name: &str) -> Result<()> {
    gate::programs(scene)?;
    let mut tests = gate::tests(scene, Which::Proof(name));
    gate::whereabouts(scene.checkout, &mut tests);
    scene.step(title, &mut tests)
}

fn has_script(package: &Path, name: &str) -> bool {
    fs::read_to_string(package)
        .ok()
        .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
        .is_some_and(|package| package["scripts"][name].is_string())
}
