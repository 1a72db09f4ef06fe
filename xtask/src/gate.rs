use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::agents::{self, Agent};
use crate::apt::{self, Supply};
use crate::checkout::Checkout;
use crate::codegen;
use crate::front_end;
use crate::progress::say;
use crate::stage::{Scene, Skipping, Stage, Verdict, skipped};
use crate::{tidy, window};

const DESKTOP: &str = "conclave-desktop";
const DESKTOP_FEATURE: &str = "conclave-desktop/custom-protocol";

/// The gate, in order. A stage that fails does not stop the ones after it.
pub const STAGES: [Stage; 13] = [
    row("setup", "system packages, npm packages, agents, the window's pages", setup),
    row("fmt", "rustfmt finds nothing to change", fmt),
    row("tidy", "the house rules hold", house_rules),
    row("build", "programs and tests, without a warning of clippy", build),
    row("codegen", "the TypeScript types are fresh", fresh_types),
    row("rust", "unit, rule and property tests of every crate", rust),
    row("ui", "types and tests of the front end", ui),
    row("product", "whole product: real host, TLS, SQLite, git, agents", product),
    row("agents", "real agents from npm, against the scripted model", real_agents),
    row("disks", "a data folder on a full disk, and where nothing can be written", disks),
    strict("browser", "two people in Chromium", browser),
    strict("window", "the desktop window opens under Xvfb", window::smoke),
    strict("desktop", "first run, restart, closing and links in the desktop window", window::played),
];

const fn row(name: &'static str, about: &'static str, run: fn(&Scene) -> Result<Verdict>) -> Stage {
    Stage { name, about, run, skipping: Skipping::Allowed }
}

const fn strict(name: &'static str, about: &'static str, run: fn(&Scene) -> Result<Verdict>) -> Stage {
    Stage { name, about, run, skipping: Skipping::FailsInCi }
}

fn setup(scene: &Scene) -> Result<Verdict> {
    let packages: Vec<_> = apt::DESKTOP.into_iter().chain(apt::TESTS).collect();
    match apt::supply(scene.checkout, &packages)? {
        Supply::Complete => {}
        Supply::Ask(command) => {
            say(format!("Some stages will be skipped; to have them all, run:\n    {command}"))
        }
        Supply::Elsewhere => say("No apt-get here: stages whose programs are missing are skipped."),
    }
    front_end::require_node()?;
    for folder in ["src-ui", "tests/browser"] {
        if scene.checkout.path(folder).join("package.json").is_file() {
            front_end::install(scene.checkout, folder)?;
        }
    }
    front_end::build(scene.checkout)?;
    agents::GATE.install(scene.checkout)?;
    Ok(Verdict::Passed)
}

fn fmt(scene: &Scene) -> Result<Verdict> {
    scene.step("cargo fmt --check", scene.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Verdict::Passed)
}

fn house_rules(scene: &Scene) -> Result<Verdict> {
    let findings = tidy::findings(scene.checkout)?;
    if findings.is_empty() {
        return Ok(Verdict::Passed);
    }
    bail!("{}", tidy::render(&findings))
}

fn fresh_types(scene: &Scene) -> Result<Verdict> {
    programs(scene)?;
    let exporter = scene.checkout.binary_dir().join("examples/export_ts");
    codegen::compare(scene.checkout, scene.checkout.command(exporter), &scene.log)?;
    Ok(Verdict::Passed)
}

fn build(scene: &Scene) -> Result<Verdict> {
    programs(scene)?;
    Ok(Verdict::Passed)
}

fn rust(scene: &Scene) -> Result<Verdict> {
    scene.step("tests of the crates", &mut tests(scene, Which::Crates))?;
    Ok(Verdict::Passed)
}

fn ui(scene: &Scene) -> Result<Verdict> {
    let folder = scene.checkout.path("src-ui");
    scene.step("npm run check", front_end::npm(&folder).args(["run", "check"]))?;
    Ok(Verdict::Passed)
}

fn product(scene: &Scene) -> Result<Verdict> {
    programs(scene)?;
    let mut tests = tests(scene, Which::Product);
    whereabouts(scene.checkout, &mut tests);
    scene.step("tests of the whole product", &mut tests)?;
    Ok(Verdict::Passed)
}

/// Tests that need something a machine may not have are `#[ignore]`d, and run by a stage that says so.
fn real_agents(scene: &Scene) -> Result<Verdict> {
    let (there, missing): (Vec<Agent>, Vec<Agent>) =
        agents::OF_GATE.into_iter().partition(Agent::is_installed);
    let unable: Vec<&str> = missing.iter().map(|agent| agent.name).collect();
    let why = format!(
        "not installed: {}; the stage setup does it where npm has it for this system",
        unable.join(", ")
    );
    if there.is_empty() {
        return skipped(why);
    }
    programs(scene)?;
    for agent in &there {
        let mut tests = tests(scene, Which::Needing(agent.name));
        whereabouts(scene.checkout, &mut tests);
        scene.step(format!("tests with {}", agent.name), &mut tests)?;
    }
    if missing.is_empty() { Ok(Verdict::Passed) } else { skipped(why) }
}

fn disks(scene: &Scene) -> Result<Verdict> {
    let allowed = Command::new("unshare").args(["--mount", "true"]).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        return skipped("mounting a file system needs root on Linux");
    }
    programs(scene)?;
    let mut tests = tests(scene, Which::Needing("on_a_mount"));
    whereabouts(scene.checkout, &mut tests);
    scene.step("tests on file systems of their own", &mut tests)?;
    Ok(Verdict::Passed)
}

fn browser(scene: &Scene) -> Result<Verdict> {
    let folder = scene.checkout.path("tests/browser");
    if !folder.join("package.json").is_file() {
        return skipped("tests/browser has no package.json");
    }
    let Some(chromium) = chromium() else {
        return skipped("no Chromium; install the package chromium or set CHROMIUM");
    };
    programs(scene)?;
    let mut npm = front_end::npm(&folder);
    npm.arg("test").env("CHROMIUM", chromium);
    whereabouts(scene.checkout, &mut npm);
    scene.step("two people in Chromium", &mut npm)?;
    Ok(Verdict::Passed)
}

/// Builds and lints every program and test once. All later cargo calls of the gate select the
/// same packages and features, so that nothing is compiled a second time.
pub fn programs(scene: &Scene) -> Result<()> {
    let mut cargo = scene.cargo();
    cargo.arg("build").args(packages()).arg("--all-targets");
    scene.step("build programs and tests", &mut cargo)
}

/// Tells tests where the programs and agents are.
pub fn whereabouts(checkout: &Checkout, command: &mut Command) {
    command.env("CONCLAVE_BIN_DIR", checkout.binary_dir());
    agents::whereabouts(command);
}

#[derive(Clone, Copy)]
pub enum Which<'a> {
    Crates,
    Product,
    /// Ignored tests with this in their name that are not kept for `prove`.
    Needing(&'a str),
    /// Ignored tests of the whole product with this in their name.
    Proof(&'a str),
}

pub fn tests(scene: &Scene, which: Which<'_>) -> Command {
    if has_nextest() {
        return nextest(scene, which);
    }
    let mut cargo = scene.cargo();
    cargo.args(["test", "--no-fail-fast"]);
    match which {
        Which::Crates => cargo.args(packages()).args(["--exclude", "product-tests"]),
        Which::Product => cargo.args(["--package", "product-tests"]),
        Which::Needing(name) => {
            cargo.args(["--package", "product-tests", name, "--"]);
            cargo.args(["--ignored", "--skip", "prove_"])
        }
        Which::Proof(name) => cargo.args(["--package", "product-tests", name, "--", "--ignored"]),
    };
    cargo
}

fn nextest(scene: &Scene, which: Which<'_>) -> Command {
    let mut cargo = scene.cargo();
    cargo.args(["nextest", "run"]).args(packages()).arg("--no-fail-fast");
    match which {
        Which::Crates => cargo.args(["-E", "not package(product-tests)"]),
        Which::Product => cargo.args(["-E", "package(product-tests)"]),
        Which::Needing(name) => {
            let filter = format!("test({name}) and not test(prove_)");
            cargo.args(["--run-ignored", "only", "-E", &filter])
        }
        Which::Proof(name) => {
            let filter = format!("package(product-tests) and test({name})");
            cargo.args(["--run-ignored", "only", "-E", &filter])
        }
    };
    cargo
}

pub fn can_build_desktop() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    Command::new("pkg-config")
        .args(["--exists", "webkit2gtk-4.1"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn packages() -> Vec<&'static str> {
    if can_build_desktop() {
        return vec!["--workspace", "--features", DESKTOP_FEATURE];
    }
    vec!["--workspace", "--exclude", DESKTOP]
}

fn has_nextest() -> bool {
    Command::new("cargo")
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn chromium() -> Option<PathBuf> {
    let chosen = env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    chosen.into_iter().chain(usual.map(PathBuf::from)).find(|path| path.is_file())
}
