use std::collections::BTreeSet;
use std::io;
use std::process::{Child, ChildStdout, Command, ExitStatus};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());
static INTERRUPTS: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Copy)]
enum Ending {
    Asked,
    Forced,
}

/// From here on Ctrl-C goes to the running children; a second one ends them by force.
pub fn forward_interrupts() -> Result<()> {
    ctrlc::set_handler(|| {
        let ending = match INTERRUPTS.fetch_add(1, Ordering::SeqCst) {
            0 => Ending::Asked,
            _ => Ending::Forced,
        };
        let Ok(running) = RUNNING.lock() else { return };
        if running.is_empty() {
            std::process::exit(130);
        }
        running.iter().for_each(|&pid| signal(pid, ending));
    })
    .context("could not listen for Ctrl-C")
}

pub fn interrupted() -> bool {
    INTERRUPTS.load(Ordering::SeqCst) > 0
}

/// A child in a process group of its own, so that ending it ends what it started.
pub struct Running {
    child: Child,
}

impl Running {
    pub fn start(command: &mut Command) -> io::Result<Self> {
        own_group(command);
        let child = command.spawn()?;
        if let Ok(mut running) = RUNNING.lock() {
            running.insert(child.id());
        }
        Ok(Self { child })
    }

    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// None when it still runs after so long.
    pub fn wait_for(mut self, patience: Duration) -> io::Result<Option<ExitStatus>> {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            thread::park_timeout(Duration::from_millis(50));
        }
        Ok(None)
    }

    pub fn wait(mut self) -> io::Result<ExitStatus> {
        self.child.wait()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let pid = self.child.id();
        if let Ok(None) = self.child.try_wait() {
            signal(pid, Ending::Forced);
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        if let Ok(mut running) = RUNNING.lock() {
            running.remove(&pid);
        }
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

#[cfg(unix)]
fn signal(pid: u32, ending: Ending) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    let signal = match ending {
        Ending::Asked => Signal::SIGINT,
        Ending::Forced => Signal::SIGKILL,
    };
    if let Ok(pid) = i32::try_from(pid) {
        let _ = killpg(Pid::from_raw(pid), signal);
    }
}

// Windows gives Ctrl-C to every process of the console by itself.
#[cfg(not(unix))]
fn signal(_pid: u32, _ending: Ending) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn dropping_ends_the_whole_group() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 600 & echo $!; wait"]).stdout(std::process::Stdio::piped());
        let mut running = Running::start(&mut shell).unwrap();
        let mut line = String::new();
        let mut stdout = io::BufReader::new(running.take_stdout().unwrap());
        io::BufRead::read_line(&mut stdout, &mut line).unwrap();
        drop(running);
        // The pipe closes only when the grandchild, which also holds it, is gone.
        let mut rest = String::new();
        io::Read::read_to_string(&mut stdout, &mut rest).unwrap();
        assert_eq!(rest, "");
    }
}
