//! A pull request, opened by GitHub's own program with the person's login.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::call::{self, words};
use crate::inspect::existing_folder;
use crate::push::without_secrets;
use crate::{Git, GitError};

const PATIENCE: Duration = Duration::from_secs(60);

/// What is to be asked of those who keep the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    pub branch: String,
    /// The branch it should go to; the remote's default one when it is not said.
    pub onto: Option<String>,
    pub title: String,
    pub body: String,
}

impl Git {
    /// Pushes the branch, then asks. Answers the address of the pull request, which may have been there.
    ///
    /// # Errors
    /// `GhMissing`, `PullRefused` with what the program said, and those of [`Git::push`].
    pub async fn open_pull_request(&self, worktree: &Path, wish: PullRequest) -> Result<String, GitError> {
        let folder = existing_folder(worktree)?;
        let gh = self.find_gh().ok_or(GitError::GhMissing)?;
        self.push(&folder, &wish.branch).await?;
        let mut arguments = words(["pr", "create", "--head", &wish.branch]);
        arguments.extend(words(["--title", &wish.title, "--body-file", "-"]));
        if let Some(onto) = &wish.onto {
            arguments.extend(words(["--base", onto]));
        }
        let said = run(&gh, &folder, arguments, wish.body).await;
        match said {
            Err(GitError::PullRefused { said }) if said.contains("already exists") => {
                address(&said).ok_or(GitError::PullRefused { said })
            }
            Err(other) => Err(other),
            Ok(said) => address(&said).ok_or(GitError::PullRefused { said }),
        }
    }
}

async fn run(gh: &Path, folder: &Path, arguments: Vec<OsString>, body: String) -> Result<String, GitError> {
    let mut command = Command::new(gh);
    command.args(arguments).current_dir(folder);
    command.env("GH_PROMPT_DISABLED", "1").env("GIT_TERMINAL_PROMPT", "0").env("NO_COLOR", "1");
    command.stderr(Stdio::piped());
    // An empty body is a line, so that the program has something to read.
    let body = if body.is_empty() { "\n".to_owned() } else { body };
    let finished = call::run(command, body.into_bytes(), PATIENCE).await?;
    if finished.status.success() {
        return Ok(String::from_utf8_lossy(&finished.stdout).into_owned());
    }
    Err(GitError::PullRefused { said: without_secrets(&finished.stderr_tail) })
}

fn address(said: &str) -> Option<String> {
    said.split_whitespace().rev().find(|word| word.starts_with("https://")).map(str::to_owned)
}
