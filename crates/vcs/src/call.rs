//! One run of the git program: bounded in time and output, its process group ended with it.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, Command};

use crate::GitError;

/// More than any listing of a repository a person works in; it bounds memory, not use.
const OUTPUT_LIMIT: u64 = 32 * 1024 * 1024;
const STDERR_TAIL: usize = 4 * 1024;

pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr_tail: String,
}

/// An empty `input` is no input at all.
pub(crate) async fn run(command: Command, input: Vec<u8>, limit: Duration) -> Result<Finished, GitError> {
    let shown = shown(&command);
    match tokio::time::timeout(limit, finish(command, input, &shown)).await {
        Ok(finished) => finished,
        Err(_) => Err(GitError::Timeout { command: shown, limit }),
    }
}

/// What a person reads: the sub-command without our fixed settings, and without paths, which may
/// not reach a reader of the log.
fn shown(command: &Command) -> String {
    let arguments: Vec<_> = command.as_std().get_args().collect();
    let mut words = vec!["git".to_owned()];
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if *argument == "-c" {
            rest.next();
        } else if *argument == "--" {
            break;
        } else if !Path::new(argument).is_absolute() {
            words.push(argument.to_string_lossy().into_owned());
        }
    }
    words.join(" ")
}

async fn finish(mut command: Command, input: Vec<u8>, shown: &str) -> Result<Finished, GitError> {
    command
        .stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true);
    let program = command.as_std().get_program().to_owned();
    let mut child = command.spawn().map_err(GitError::io("Starting git", program))?;
    let group = Group::of(&child);
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let given = give(child.stdin.take(), input);
    let (stdout, stderr, ()) = tokio::join!(bounded(out), tail(err), given);
    let stdout = stdout.map_err(GitError::io("Reading from git", shown))?;
    if stdout.len() as u64 > OUTPUT_LIMIT {
        return Err(GitError::OutputTooLarge { command: shown.into(), limit: OUTPUT_LIMIT });
    }
    let status = child.wait().await;
    group.forget();
    Ok(Finished {
        status: status.map_err(GitError::io("Waiting for git", shown))?,
        stdout,
        stderr_tail: stderr.map_err(GitError::io("Reading from git", shown))?,
    })
}

/// A git that ends before it has read everything says why by itself.
async fn give(pipe: Option<ChildStdin>, input: Vec<u8>) {
    let Some(mut pipe) = pipe else { return };
    if let Err(error) = pipe.write_all(&input).await {
        tracing::debug!(%error, "git did not read all of its input");
    }
}

async fn bounded(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(OUTPUT_LIMIT + 1).read_to_end(&mut bytes).await?;
    }
    Ok(bytes)
}

async fn tail(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<String> {
    let (mut kept, mut chunk) = (Vec::new(), [0; 4096]);
    if let Some(mut pipe) = pipe {
        loop {
            let read = pipe.read(&mut chunk).await?;
            if read == 0 {
                break;
            }
            kept.extend_from_slice(&chunk[..read]);
            kept.drain(..kept.len().saturating_sub(STDERR_TAIL));
        }
    }
    Ok(String::from_utf8_lossy(&kept).trim().to_owned())
}

/// Ends git's whole process group (filters, helpers) unless git was waited for.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        let leader = child.id().and_then(|id| i32::try_from(id).ok());
        Self(leader.map(Pid::from_raw))
    }

    fn forget(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.0 else { return };
        if let Err(error) = killpg(leader, Signal::SIGKILL) {
            tracing::debug!(%error, "git's process group was already gone");
        }
    }
}

/// The arguments of one call.
pub(crate) fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}
