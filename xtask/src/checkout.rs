use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

/// The clone that this xtask was built from, and where its build products go.
pub struct Checkout {
    root: PathBuf,
    target: PathBuf,
}

impl Checkout {
    pub fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let metadata = MetadataCommand::new()
            .manifest_path(manifest)
            .no_deps()
            .exec()
            .context("cargo could not read the workspace")?;
        let checkout = Self {
            root: metadata.workspace_root.into_std_path_buf(),
            target: metadata.target_directory.into_std_path_buf(),
        };
        fs::create_dir_all(checkout.scratch())?;
        Ok(checkout)
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Logs, stamps and pictures; removed by `cargo clean`.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    pub fn log(&self, name: &str) -> PathBuf {
        self.scratch().join(format!("{name}.log"))
    }

    pub fn binary_dir(&self) -> PathBuf {
        self.target.join("debug")
    }

    pub fn binary(&self, name: &str) -> PathBuf {
        self.binary_dir().join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    pub fn cargo(&self) -> Command {
        let mut command = self.command("cargo");
        for variable in package_variables() {
            command.env_remove(variable);
        }
        if in_ci() {
            // Built once and thrown away: neither what speeds up the next build nor lines for a debugger.
            let thrift = [
                ("CARGO_INCREMENTAL", "0"),
                ("CARGO_PROFILE_DEV_DEBUG", "0"),
                ("CARGO_PROFILE_TEST_DEBUG", "0"),
            ];
            command.envs(thrift);
        }
        command
    }

    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root);
        command
    }
}

pub fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

// Cargo sets these for xtask itself. Passed on, they make build scripts that watch
// them (ring's, for one) run again on every switch between cargo and xtask.
fn package_variables() -> impl Iterator<Item = String> {
    const OWN: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_"];
    env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| OWN.iter().any(|prefix| name.starts_with(prefix)))
}
