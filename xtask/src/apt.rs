use std::env;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::checkout::Checkout;
use crate::progress::{Step, say};

/// What the desktop window is built with.
pub const DESKTOP: [&str; 8] = [
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "libssl-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "build-essential",
    "pkg-config",
    "file",
];

/// What the browser and window tests need beside it.
pub const TESTS: [&str; 15] = [
    "git",
    "chromium",
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "imagemagick",
    "x11-utils",
    "fonts-dejavu-core",
    "iproute2",
    "webkit2gtk-driver",
    "openbox",
    "wmctrl",
    "openssl",
];

/// How far this machine lets us go towards a set of Debian packages.
pub enum Supply {
    /// Everything is there, perhaps installed just now.
    Complete,
    /// Nobody here may install; a person can, with this command.
    Ask(String),
    /// Not a Debian or Ubuntu machine.
    Elsewhere,
}

pub fn supply(checkout: &Checkout, wanted: &[&'static str]) -> Result<Supply> {
    if !is_debian() {
        return Ok(Supply::Elsewhere);
    }
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(Supply::Complete);
    }
    match Authority::find() {
        Authority::Nobody => Ok(Supply::Ask(sentence(&missing))),
        Authority::Root => install(checkout, &[], missing),
        Authority::Sudo => install(checkout, &["sudo", "-n"], missing),
    }
}

/// Installs or stops with the command that a person has to type.
pub fn require(checkout: &Checkout, wanted: &[&'static str]) -> Result<()> {
    match supply(checkout, wanted)? {
        Supply::Complete => Ok(()),
        Supply::Ask(command) => bail!(
            "some system packages are missing and installing them needs your password. \
             Run this, then start again:\n\n    {command}\n"
        ),
        Supply::Elsewhere => {
            say(format!(
                "No apt-get here: install your system's equivalents of {} if the build asks for them.",
                wanted.join(" ")
            ));
            Ok(())
        }
    }
}

fn is_debian() -> bool {
    cfg!(target_os = "linux") && on_path("apt-get") && on_path("dpkg-query")
}

pub fn on_path(program: &str) -> bool {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(&name).is_file()))
}

fn missing(wanted: &[&'static str]) -> Vec<&'static str> {
    let query = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .stderr(Stdio::null())
        .output();
    let known = query.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    not_installed(wanted, &known)
}

fn not_installed(wanted: &[&'static str], known: &str) -> Vec<&'static str> {
    wanted
        .iter()
        .filter(|package| {
            let line = format!("{package} installed");
            !known.lines().any(|known| known == line)
        })
        .copied()
        .collect()
}

enum Authority {
    Root,
    Sudo,
    Nobody,
}

impl Authority {
    fn find() -> Self {
        if is_root() {
            return Self::Root;
        }
        let asked =
            Command::new("sudo").args(["-n", "true"]).stdin(Stdio::null()).stderr(Stdio::null()).status();
        match asked {
            Ok(status) if status.success() => Self::Sudo,
            Ok(_) | Err(_) => Self::Nobody,
        }
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

fn sentence(missing: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", missing.join(" "))
}

fn install(checkout: &Checkout, prefix: &[&str], missing: Vec<&'static str>) -> Result<Supply> {
    let log = checkout.log("apt");
    let advice = format!("run it by hand and read what it says: {}", sentence(&missing));
    Step::new("look for package updates", &log).advice(&advice).run(apt(prefix).arg("update"))?;
    say(format!("These system packages are missing: {}", missing.join(" ")));
    Step::new(format!("install {} system packages", missing.len()), &log)
        .advice(&advice)
        .run(apt(prefix).args(["install", "-y", "--no-install-recommends"]).args(&missing))?;
    Ok(Supply::Complete)
}

fn apt(prefix: &[&str]) -> Command {
    let words: Vec<&str> =
        prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_counts_as_missing() {
        let known = "git installed\nfile config-files\n";
        assert_eq!(not_installed(&["git", "file", "xvfb"], known), ["file", "xvfb"]);
    }

    #[test]
    fn the_command_for_a_person_can_be_pasted() {
        let line = sentence(&["git", "file"]);
        assert!(line.starts_with("sudo apt-get update && sudo apt-get install -y"));
        assert!(line.ends_with(" git file"));
    }
}
