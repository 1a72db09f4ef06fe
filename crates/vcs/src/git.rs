use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Command;

use crate::GitError;
use crate::call::{self, Finished, words};

/// `--end-of-options` is honoured by every sub-command we use from here on.
const OLDEST: (u32, u32) = (2, 30);

/// Where git may be although PATH, as a desktop session sees it, does not say so.
const USUAL_FOLDERS: [&str; 4] =
    ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/run/current-system/sw/bin"];

/// Settings of every call. A repository's own settings can name programs that git would run, and an
/// agent can write them: then its program would run as a child of the host and outside what GR8
/// watches. So hooks and the file monitor are off in all our bookkeeping. A workspace is also to be
/// had when a `post-checkout` hook fails or waits. A commit that a person asks for is another
/// matter and must run their hooks.
///
/// Content filters stay on: without them every file of Git LFS would read as changed.
const SETTINGS: [&str; 4] =
    ["core.fsmonitor=false", "core.untrackedCache=false", "gc.auto=0", "maintenance.auto=false"];

/// Variables named `GIT_…` that may pass to git: they say where the person's settings are. All
/// others (such as GIT_DIR, when the host is started from a hook) would point git elsewhere.
const KEPT_VARIABLES: [&str; 3] = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

/// How long a call may take before it is stopped.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub read: Duration,
    /// A checkout of a large repository from a slow disk takes minutes.
    pub write: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { read: Duration::from_secs(30), write: Duration::from_secs(600) }
    }
}

/// The git program, found and checked. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
    variables: Vec<(OsString, OsString)>,
    patience: Patience,
    hooks: Hooks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hooks {
    Off,
    Run,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

impl Git {
    /// Finds git on PATH and in the usual folders and checks its version.
    pub async fn find() -> Result<Self, GitError> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self::find_in(folders(&path)).await
    }

    /// Finds git in these folders, in this order, and checks its version.
    pub async fn find_in(folders: Vec<PathBuf>) -> Result<Self, GitError> {
        let found = folders.iter().map(|folder| folder.join("git")).find(|it| it.is_file());
        let Some(program) = found else {
            return Err(GitError::GitMissing { looked: folders });
        };
        let git = Self { program, variables: Vec::new(), patience: Patience::default(), hooks: Hooks::Off };
        git.check_version().await?;
        Ok(git)
    }

    /// Sets one more environment variable for each call, such as another HOME.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// For what a person asks for in their own name.
    pub(crate) fn with_hooks(&self) -> Self {
        Self { hooks: Hooks::Run, ..self.clone() }
    }

    /// Where programs beside git are looked for.
    pub(crate) fn path_variable(&self) -> OsString {
        let own = self.variables.iter().find(|(name, _)| name == "PATH").map(|(_, path)| path.clone());
        own.or_else(|| std::env::var_os("PATH")).unwrap_or_default()
    }

    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Stdout of a call that must succeed.
    pub(crate) async fn run(
        &self,
        purpose: Purpose,
        folder: &Path,
        arguments: Vec<OsString>,
    ) -> Result<Vec<u8>, GitError> {
        self.feed(purpose, folder, arguments, Vec::new()).await
    }

    /// As `run`, with something for git to read.
    pub(crate) async fn feed(
        &self,
        purpose: Purpose,
        folder: &Path,
        arguments: Vec<OsString>,
        input: Vec<u8>,
    ) -> Result<Vec<u8>, GitError> {
        let run = call::run(self.command(purpose, folder, &arguments), input, self.limit(purpose));
        let finished = match purpose {
            Purpose::Read => run.await?,
            // A caller that goes away must not end git in the middle: it would leave its locks behind.
            Purpose::Write => tokio::spawn(run)
                .await
                .map_err(|error| GitError::io("Running git", folder)(error.into()))??,
        };
        if finished.status.success() {
            return Ok(finished.stdout);
        }
        Err(failure(folder, &arguments, &finished))
    }

    /// As `run`, reading; `None` for exit code 1, by which git says "there is none".
    pub(crate) async fn ask(
        &self,
        folder: &Path,
        arguments: Vec<OsString>,
    ) -> Result<Option<String>, GitError> {
        let (code, stdout) = self.answer(Purpose::Read, folder, arguments).await?;
        Ok((code == 0).then(|| line(&stdout)))
    }

    /// Stdout of a call that says by its exit code, 0 or 1, how something is.
    pub(crate) async fn answer(
        &self,
        purpose: Purpose,
        folder: &Path,
        arguments: Vec<OsString>,
    ) -> Result<(i32, Vec<u8>), GitError> {
        let command = self.command(purpose, folder, &arguments);
        let finished = call::run(command, Vec::new(), self.limit(purpose)).await?;
        match finished.status.code() {
            Some(code @ (0 | 1)) => Ok((code, finished.stdout)),
            Some(_) | None => Err(failure(folder, &arguments, &finished)),
        }
    }

    fn command(&self, purpose: Purpose, folder: &Path, arguments: &[OsString]) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_foreign(name)) {
            command.env_remove(name);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_PAGER", "cat")
            .env("GIT_EDITOR", "false")
            // A terminal that the host was started in is nobody's to be asked in.
            .env("SSH_ASKPASS_REQUIRE", "force")
            .current_dir(folder);
        if std::env::var_os("SSH_ASKPASS").is_none() {
            command.env("SSH_ASKPASS", "false");
        }
        if purpose == Purpose::Read {
            command.env("GIT_OPTIONAL_LOCKS", "0");
        }
        match self.hooks {
            // A hook is the person's own program: it may give patterns to git and read any text.
            Hooks::Run => {
                command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "en");
            }
            Hooks::Off => {
                command.env("LC_ALL", "C").args(["-c", "core.hooksPath=/dev/null"]);
                // GR7: a path is that path, whatever it looks like.
                command.env("GIT_LITERAL_PATHSPECS", "1");
            }
        }
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.envs(self.variables.iter().cloned()).arg("--no-pager").args(arguments);
        command
    }

    fn limit(&self, purpose: Purpose) -> Duration {
        match purpose {
            Purpose::Read => self.patience.read,
            Purpose::Write => self.patience.write,
        }
    }

    async fn check_version(&self) -> Result<(), GitError> {
        let said = self.run(Purpose::Read, Path::new("/"), words(["--version"])).await?;
        let found = line(&said);
        let unreadable = || GitError::Unreadable { command: "git --version".into() };
        let version = version(&found).ok_or_else(unreadable)?;
        if version < OLDEST {
            let needed = format!("{}.{}", OLDEST.0, OLDEST.1);
            return Err(GitError::GitTooOld { found, needed });
        }
        Ok(())
    }
}

/// The first line of git's answer.
pub(crate) fn line(stdout: &[u8]) -> String {
    let text = String::from_utf8_lossy(stdout);
    text.lines().next().unwrap_or_default().to_owned()
}

pub(crate) fn folders(path: &OsStr) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::split_paths(path).filter(|it| it.is_absolute()).collect();
    for usual in USUAL_FOLDERS.map(PathBuf::from) {
        if !folders.contains(&usual) {
            folders.push(usual);
        }
    }
    folders
}

fn is_foreign(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("GIT_") && !KEPT_VARIABLES.contains(&name.as_ref())
}

fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix("git version ")?.split(['.', ' ', '-']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn failure(folder: &Path, arguments: &[OsString], finished: &Finished) -> GitError {
    let said = &finished.stderr_tail;
    let path = folder.to_owned();
    if said.contains("not a git repository") {
        return GitError::NotARepository { path };
    }
    if said.contains("dubious ownership") {
        return GitError::ForeignOwner { path };
    }
    let word = |argument: &OsString| argument.to_string_lossy().into_owned();
    let settings = arguments.iter().step_by(2).take_while(|it| *it == "-c").count();
    let sub_command: Vec<String> = arguments.iter().skip(2 * settings).take(2).map(word).collect();
    GitError::Failed {
        command: format!("git {}", sub_command.join(" ")),
        code: finished.status.code(),
        stderr_tail: said.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_all_platforms_are_read() {
        assert_eq!(version("git version 2.47.3"), Some((2, 47)));
        assert_eq!(version("git version 2.39.5 (Apple Git-154)"), Some((2, 39)));
        assert_eq!(version("git version 2.45.windows.1"), Some((2, 45)));
        assert_eq!(version("jj 0.20"), None);
    }

    #[test]
    fn variables_that_redirect_git_are_foreign() {
        assert!(is_foreign(OsStr::new("GIT_DIR")));
        assert!(is_foreign(OsStr::new("GIT_EXTERNAL_DIFF")));
        assert!(!is_foreign(OsStr::new("GIT_CONFIG_GLOBAL")));
        assert!(!is_foreign(OsStr::new("HOME")));
    }
}
