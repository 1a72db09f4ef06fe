use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::process::Child;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tracing::debug;

use crate::tail::Tail;
use crate::tree::{ProcessMark, Tree};
use crate::{Input, Launch, Lines, ProcessError};

/// How long the last of stderr may take once the tree has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A started program, in the three parts its users take apart.
pub struct Running {
    pub process: Process,
    pub input: Input,
    pub lines: Lines,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    pub code: Option<i32>,
    pub signal: Option<i32>,
}

/// The hold on a running program. Dropping it kills the whole process tree.
#[derive(Debug)]
pub struct Process {
    mark: ProcessMark,
    tail: Tail,
    exit: watch::Receiver<Option<Exit>>,
    /// Carries the grace of a stop. Its end (the drop) is a stop without grace.
    stop: mpsc::Sender<Duration>,
}

impl Process {
    /// Starts the program in its own process group. Needs a tokio runtime.
    ///
    /// # Errors
    /// `NotFound`, `NotExecutable`, `NoDirectory` or `Spawn`; nothing runs then.
    pub fn spawn(launch: &Launch) -> Result<Running, ProcessError> {
        let mut child = launch.spawn()?;
        let (Some(pid), Some(stdin), Some(stdout), Some(stderr)) =
            (child.id(), child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(ProcessError::Closed);
        };
        let mark = ProcessMark::of(pid, &launch.tag);
        let tail = Tail::default();
        let (close_input, closing) = watch::channel(());
        let (stop, stopping) = mpsc::channel(1);
        let (exited, exit) = watch::channel(None);
        let supervisor = Supervisor {
            child,
            tree: Tree::new(mark.clone()),
            close_input,
            stderr: tokio::spawn(tail.clone().drain(stderr)),
        };
        tokio::spawn(async move {
            let status = supervisor.run(stopping).await;
            exited.send_replace(Some(status));
        });
        let process = Self { mark, tail, exit, stop };
        Ok(Running { process, input: Input::start(stdin, closing), lines: Lines::new(stdout) })
    }

    /// What a later run of the host needs to end this process if it is left over.
    pub fn mark(&self) -> &ProcessMark {
        &self.mark
    }

    /// The last of stderr, at most [`crate::STDERR_TAIL`] bytes. Complete once
    /// the exit is known.
    pub fn stderr_tail(&self) -> String {
        self.tail.text()
    }

    /// `Some` once the program and all it started have ended.
    pub fn exit(&self) -> watch::Receiver<Option<Exit>> {
        self.exit.clone()
    }

    /// Waits for the end of the program and of all it started.
    pub async fn wait(&self) -> Exit {
        let mut exit = self.exit.clone();
        let seen = exit.wait_for(Option::is_some).await;
        seen.ok().and_then(|exit| *exit).unwrap_or(Exit { code: None, signal: None })
    }

    /// Closes stdin and asks the process group to end (SIGTERM); after `grace`,
    /// or when the program has gone, kills whatever of the tree is left (AG3).
    pub async fn stop(&self, grace: Duration) -> Exit {
        // A second stop finds the channel full or closed; the first one decides.
        let _ = self.stop.try_send(grace);
        self.wait().await
    }
}

struct Supervisor {
    child: Child,
    tree: Tree,
    close_input: watch::Sender<()>,
    stderr: JoinHandle<()>,
}

impl Supervisor {
    async fn run(mut self, mut stopping: mpsc::Receiver<Duration>) -> Exit {
        let status = tokio::select! {
            status = self.child.wait() => status,
            grace = stopping.recv() => self.end(grace.unwrap_or_default()).await,
        };
        // What outlives the program holds its pipes and its worktree: the tree
        // ends with its root, however the root ended.
        self.tree.end().await;
        self.close_input.send_replace(());
        let _ = tokio::time::timeout(LAST_WORDS, &mut self.stderr).await;
        self.stderr.abort();
        exit_of(status)
    }

    async fn end(&mut self, grace: Duration) -> std::io::Result<ExitStatus> {
        self.close_input.send_replace(());
        if !grace.is_zero() {
            self.tree.ask();
            if let Ok(status) = tokio::time::timeout(grace, self.child.wait()).await {
                return status;
            }
        }
        debug!(pid = self.tree.pid(), "killing the process tree");
        self.tree.kill();
        self.child.wait().await
    }
}

fn exit_of(status: std::io::Result<ExitStatus>) -> Exit {
    Exit {
        code: status.as_ref().ok().and_then(ExitStatus::code),
        signal: status.as_ref().ok().and_then(ExitStatus::signal),
    }
}
