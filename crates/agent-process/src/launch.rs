use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::{Child, Command};

use crate::ProcessError;

/// The one variable added to what the caller gives. Descendants inherit it, so
/// one that left the process group and lost its parent is still found.
pub const TAG_VARIABLE: &str = "CONCLAVE_PROCESS";

/// The tag of a process that a tagged one starts: who is looked for by `tag` is found with it, and by
/// its own tag only those below it.
pub fn tag_within(tag: &str, own: &str) -> String {
    format!("{tag}/{own}")
}

/// Everything a program is started with. Nothing of the host's own environment
/// is inherited (AG6): `env` is the whole of it, `PATH` included.
#[derive(Debug, Clone)]
pub struct Launch {
    /// A path, or a name that is looked up in the `PATH` of `env`.
    pub program: PathBuf,
    pub args: Vec<OsString>,
    pub env: BTreeMap<OsString, OsString>,
    pub cwd: PathBuf,
    /// Unique to this process; whoever carries it in its environment is ended
    /// with the process.
    pub tag: String,
}

impl Launch {
    pub(crate) fn spawn(&self) -> Result<Child, ProcessError> {
        if !self.cwd.is_dir() {
            return Err(ProcessError::NoDirectory { cwd: self.cwd.clone() });
        }
        let program = self.resolve()?;
        Command::new(&program)
            .args(&self.args)
            .env_clear() // AG6
            .envs(&self.env)
            .env(TAG_VARIABLE, &self.tag)
            .current_dir(&self.cwd)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| ProcessError::Spawn { program, source })
    }

    fn resolve(&self) -> Result<PathBuf, ProcessError> {
        if self.program.components().count() > 1 || self.program.is_absolute() {
            let path = self.cwd.join(&self.program);
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            return self.pick(vec![path], vec![folder]);
        }
        let path = self.env.get(OsStr::new("PATH")).cloned().unwrap_or_default();
        let looked_in: Vec<PathBuf> =
            std::env::split_paths(&path).filter(|folder| !folder.as_os_str().is_empty()).collect();
        let candidates = looked_in.iter().map(|folder| folder.join(&self.program)).collect();
        self.pick(candidates, looked_in)
    }

    fn pick(&self, candidates: Vec<PathBuf>, looked_in: Vec<PathBuf>) -> Result<PathBuf, ProcessError> {
        let files: Vec<PathBuf> = candidates.into_iter().filter(|path| path.is_file()).collect();
        if let Some(program) = files.iter().find(|path| executable(path)) {
            return Ok(program.clone());
        }
        match files.into_iter().next() {
            Some(program) => Err(ProcessError::NotExecutable { program }),
            None => Err(ProcessError::NotFound { program: self.program.clone(), looked_in }),
        }
    }
}

fn executable(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}
