use std::fs;
use std::path::Path;
use std::process::Command;

use crate::checksum::checksum;
use anyhow::{Context, Result, bail, ensure};

use crate::apt;
use crate::checkout::Checkout;
use crate::progress::Step;

const OLDEST_NODE: u32 = 20;

/// Fails with a sentence when Node is missing or too old.
pub fn require_node() -> Result<()> {
    let ask = format!(
        "Conclave's window is built with Node.js {OLDEST_NODE} or newer: install it from \
         https://nodejs.org (or with nvm, mise or your package manager) and start again."
    );
    ensure!(apt::on_path("node") && npm_is_there(), "Node.js was not found. {ask}");
    let output = Command::new("node").arg("--version").output()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) | None => bail!("Node.js {version} is too old. {ask}"),
    }
}

/// `npm ci`, only when the lock file is not the one installed last.
pub fn install(checkout: &Checkout, folder: &str) -> Result<()> {
    install_in(checkout, &checkout.path(folder), &folder.replace('/', "-"))
}

/// As [`install`], for a folder outside the clone. Without a lock file, what `package.json` pins: a lock names the
/// packages of every system, and `npm ci` refuses it where a registry lacks one of them.
pub fn install_in(checkout: &Checkout, folder: &Path, name: &str) -> Result<()> {
    let locked = folder.join("package-lock.json");
    let (pins, how) = match locked.is_file() {
        true => (locked, ["ci", "--no-audit"]),
        false => (folder.join("package.json"), ["install", "--no-package-lock"]),
    };
    let pins = fs::read(&pins).with_context(|| format!("{} is missing", pins.display()))?;
    let wanted = checksum(&pins);
    let stamp = checkout.scratch().join(format!("npm-{name}.stamp"));
    let installed = fs::read_to_string(&stamp).unwrap_or_default();
    if installed == wanted && folder.join("node_modules").is_dir() {
        return Ok(());
    }
    Step::new(format!("npm {} ({name})", how[0]), checkout.log("npm"))
        .advice("check the network and the npm registry, then start again")
        .run(npm(folder).args(how).arg("--no-fund"))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

pub fn build(checkout: &Checkout) -> Result<()> {
    Step::new("build the window's pages", checkout.log("front-end"))
        .advice("delete src-ui/node_modules and start again")
        .run(npm(&checkout.path("src-ui")).args(["run", "build"]))
}

pub fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

fn npm_is_there() -> bool {
    cfg!(windows) || apt::on_path("npm")
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9"), Some(9));
        assert_eq!(major("nonsense"), None);
    }
}
