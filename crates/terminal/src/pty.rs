use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use agent_process::{ProcessMark, TAG_VARIABLE, Tree};
use model::{TerminalExit, TerminalSize, limits};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use ports::Later;
use ports::terminal::{Output, Terminal, TerminalError, TerminalHead, TerminalStart, Terminals};
use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

use crate::environment::{self, Env};
use crate::ring::Ring;
use crate::shell;
use crate::threads::{self, Keys};

/// How long a shell may take to pass on that its terminal is gone: a revoke is done within a second (SH5).
const GRACE: Duration = Duration::from_millis(250);
/// How long the last output may take once nobody is left who could write any.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Opens terminals for the person whose environment this is.
pub struct PtyTerminals {
    shell: PathBuf,
    environment: Env,
}

struct PtyTerminal {
    master: Mutex<Box<dyn MasterPty + Send>>,
    keys: Keys,
    ring: Arc<Mutex<Ring>>,
    head: watch::Sender<TerminalHead>,
    /// Its end (the drop) is a stop too.
    stop: mpsc::Sender<()>,
}

impl PtyTerminals {
    /// `host` is the host's own environment; a shell gets what is listed of it. Needs a tokio runtime when it
    /// opens one.
    pub fn new(host: &Env) -> Self {
        Self { shell: shell::of(host), environment: environment::of(host) }
    }

    fn start(&self, start: &TerminalStart) -> Result<PtyTerminal, TerminalError> {
        if !start.worktree.is_dir() {
            return Err(TerminalError::NoFolder { path: start.worktree.clone() });
        }
        let failed = |detail: String| TerminalError::Start { shell: self.shell.clone(), detail };
        let pair =
            native_pty_system().openpty(cells(start.size)).map_err(|error| failed(error.to_string()))?;
        let tag = Uuid::new_v4().to_string();
        let spawned = pair.slave.spawn_command(self.command(start, &tag));
        let child = spawned.map_err(|error| failed(error.to_string()))?;
        let mark = ProcessMark::of(child.process_id().unwrap_or_default(), &tag);
        let tree = Tree::new(mark);
        let output = pair.master.try_clone_reader().map_err(|error| failed(error.to_string()))?;
        let input = pair.master.take_writer().map_err(|error| failed(error.to_string()))?;
        let ring = Arc::new(Mutex::new(Ring::new(limits::TERMINAL_SCROLLBACK)));
        let head = watch::Sender::new(TerminalHead::default());
        let (stop, stopping) = mpsc::channel(1);
        let silent = threads::read(output, Arc::clone(&ring), head.clone());
        let supervisor = Supervisor {
            tree,
            exited: waited_for(child).map_err(|error| failed(error.to_string()))?,
            silent: silent.map_err(|error| failed(error.to_string()))?,
            head: head.clone(),
        };
        let keys = Keys::start(input).map_err(|error| failed(error.to_string()))?;
        tokio::spawn(supervisor.run(stopping));
        Ok(PtyTerminal { master: Mutex::new(pair.master), keys, ring, head, stop })
    }

    fn command(&self, start: &TerminalStart, tag: &str) -> CommandBuilder {
        let mut command = match &start.script {
            None => CommandBuilder::new(&self.shell),
            Some(script) => {
                let mut sh = CommandBuilder::new("/bin/sh");
                sh.args(["-e", "-c", script]);
                sh
            }
        };
        command.cwd(&start.worktree);
        command.env_clear();
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command.env(TAG_VARIABLE, tag);
        command
    }
}

impl Terminals for PtyTerminals {
    fn open(&self, start: TerminalStart) -> Later<'_, Result<Arc<dyn Terminal>, TerminalError>> {
        Box::pin(async move {
            let terminal: Arc<dyn Terminal> = Arc::new(self.start(&start)?);
            Ok(terminal)
        })
    }
}

impl PtyTerminal {
    fn is_over(&self) -> bool {
        self.head.borrow().exit.is_some()
    }
}

impl Terminal for PtyTerminal {
    fn head(&self) -> watch::Receiver<TerminalHead> {
        self.head.subscribe()
    }

    fn read(&self, from: u64) -> Output {
        self.ring.lock().expect("nobody panics in the ring").read(from)
    }

    fn write(&self, input: &[u8]) -> Result<(), TerminalError> {
        if self.is_over() {
            return Err(TerminalError::Ended);
        }
        self.keys.send(input)
    }

    fn resize(&self, size: TerminalSize) -> Result<(), TerminalError> {
        if self.is_over() {
            return Err(TerminalError::Ended);
        }
        let master = self.master.lock().expect("nobody panics while resizing");
        master.resize(cells(size)).map_err(|error| TerminalError::Resize { detail: error.to_string() })
    }

    fn end(&self) -> Later<'_, ()> {
        Box::pin(async {
            // A second one finds the channel full or closed: the first is under way.
            let _ = self.stop.try_send(());
            let _ = self.head.subscribe().wait_for(|head| head.exit.is_some()).await;
        })
    }
}

struct Supervisor {
    tree: Tree,
    exited: oneshot::Receiver<TerminalExit>,
    silent: oneshot::Receiver<()>,
    head: watch::Sender<TerminalHead>,
}

impl Supervisor {
    async fn run(mut self, mut stopping: mpsc::Receiver<()>) {
        let exit = tokio::select! {
            exit = &mut self.exited => exit.ok(),
            _ = stopping.recv() => self.hang_up().await,
        };
        // TE7: jobs of the shell go with it, however it ended.
        self.tree.end().await;
        let exit = match exit {
            Some(exit) => exit,
            None => self.exited.await.unwrap_or(TerminalExit { code: 1, signal: None }),
        };
        let _ = tokio::time::timeout(LAST_WORDS, self.silent).await;
        self.head.send_modify(|head| head.exit = Some(exit));
    }

    async fn hang_up(&mut self) -> Option<TerminalExit> {
        self.tree.hang_up();
        tokio::time::timeout(GRACE, &mut self.exited).await.ok()?.ok()
    }
}

fn waited_for(mut child: Box<dyn Child + Send + Sync>) -> std::io::Result<oneshot::Receiver<TerminalExit>> {
    let (told, exited) = oneshot::channel();
    thread::Builder::new().name("terminal exit".to_owned()).spawn(move || {
        let status = child.wait().unwrap_or_else(|_| ExitStatus::with_exit_code(1));
        // Whoever waited for it has given up.
        let _ =
            told.send(TerminalExit { code: status.exit_code(), signal: status.signal().map(str::to_owned) });
    })?;
    Ok(exited)
}

fn cells(size: TerminalSize) -> PtySize {
    let size = size.clamped();
    PtySize { rows: size.rows, cols: size.columns, pixel_width: 0, pixel_height: 0 }
}
