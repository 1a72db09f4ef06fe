use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::apt;
use crate::checkout::Checkout;
use crate::child::{self, Running};
use crate::front_end;
use crate::progress::{Step, say};

/// Where Conclave shows itself.
#[derive(Clone, Copy)]
pub enum Surface {
    Window,
    Terminal,
}

impl Surface {
    pub fn detect() -> Self {
        let displays = ["DISPLAY", "WAYLAND_DISPLAY"];
        let shown = displays.iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
        if shown || cfg!(any(windows, target_os = "macos")) {
            return Self::Window;
        }
        Self::Terminal
    }
}

pub fn run(checkout: &Checkout, surface: Surface) -> Result<ExitCode> {
    require_system(checkout, surface)?;
    front_end::require_node()?;
    front_end::install(checkout, "src-ui")?;
    front_end::build(checkout)?;
    build(checkout, surface)?;
    start(checkout, surface)
}

fn require_system(checkout: &Checkout, surface: Surface) -> Result<()> {
    if cfg!(not(target_os = "linux")) {
        say(
            "Not on Linux: no system packages are installed. Git and the platform's build tools must be there.",
        );
        return Ok(());
    }
    let mut wanted = Vec::new();
    if !apt::on_path("git") {
        wanted.push("git");
    }
    match surface {
        Surface::Window => wanted.extend(apt::DESKTOP),
        Surface::Terminal => {
            if !apt::on_path("cc") {
                wanted.push("build-essential");
            }
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    apt::require(checkout, &wanted)
}

fn build(checkout: &Checkout, surface: Surface) -> Result<()> {
    let mut cargo = checkout.cargo();
    cargo.args(["build", "--package", "rehearsal", "--package", "agent-native"]);
    match surface {
        Surface::Window => {
            cargo.args(["--package", "conclave-desktop", "--features", "conclave-desktop/custom-protocol"])
        }
        Surface::Terminal => cargo.args(["--package", "cli"]),
    };
    Step::new("build Conclave (the first time takes minutes)", checkout.log("build"))
        .advice("update Rust with `rustup update` and start again")
        .run(&mut cargo)
}

fn start(checkout: &Checkout, surface: Surface) -> Result<ExitCode> {
    let mut command = program(checkout, surface);
    let name = command.get_program().to_string_lossy().into_owned();
    let running = Running::start(&mut command).with_context(|| format!("could not start {name}"))?;
    let status = running.wait()?;
    if status.success() || child::interrupted() {
        return Ok(ExitCode::SUCCESS);
    }
    anyhow::bail!("{name} ended with {status}")
}

fn program(checkout: &Checkout, surface: Surface) -> Command {
    match surface {
        Surface::Window => {
            say("→ open the window (Ctrl-C here closes it)");
            checkout.command(checkout.binary("conclave-desktop"))
        }
        Surface::Terminal => {
            say("→ start the host without a window (Ctrl-C ends it)");
            let mut command = checkout.command(checkout.binary("conclave"));
            command.args(["host", "--open-link"]);
            command
        }
    }
}
