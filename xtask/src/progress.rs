use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::child::{self, Running};
use crate::tally;

const TAIL_LINES: usize = 40;
const LINE: usize = 78;
const QUIET: Duration = Duration::from_secs(1);

/// A line on the terminal for each piece of work, and a file for all it says.
#[derive(Clone)]
pub struct Step {
    title: String,
    log: PathBuf,
    advice: String,
}

impl Step {
    pub fn new(title: impl Into<String>, log: impl Into<PathBuf>) -> Self {
        Self { title: title.into(), log: log.into(), advice: String::new() }
    }

    /// What a person should do when the step fails.
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Runs the command to its end; a failure carries the end of the log.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        let start = Instant::now();
        let status = self.watch(command, start)?;
        if child::interrupted() {
            bail!("interrupted");
        }
        if status.success() {
            announce(&self.title, &format!("done ({})", seconds(start.elapsed())));
            return Ok(());
        }
        announce(&self.title, &format!("failed ({})", seconds(start.elapsed())));
        bail!("{}", self.failure(status));
    }

    fn watch(&self, command: &mut Command, start: Instant) -> Result<ExitStatus> {
        let log = append(&self.log)?;
        let at = log.metadata()?.len();
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child =
            Running::start(command).with_context(|| format!("{}: could not start {program}", self.title))?;
        let (finished, ticks) = mpsc::channel::<()>();
        let face = Face::new(self, at);
        let clock = thread::spawn(move || face.show(start, &ticks));
        let status = child.wait();
        drop(finished);
        let _ = clock.join();
        Ok(status?)
    }

    fn failure(&self, status: ExitStatus) -> String {
        let mut message = format!("{} failed ({status}).", self.title);
        let failed = tally::failures(&String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()));
        for (about, lines) in [("What failed", failed), ("The end of its log", tail(&self.log, TAIL_LINES))] {
            if !lines.is_empty() {
                message.push_str(&format!(" {about}:\n\n    {}\n\n", lines.join("\n    ")));
            }
        }
        message.push_str(&format!("Whole log: {}", self.log.display()));
        if !self.advice.is_empty() {
            message.push_str(&format!("\nWhat to do: {}", self.advice));
        }
        message
    }
}

/// Prints a plain line that stays.
pub fn say(line: impl AsRef<str>) {
    println!("{}", line.as_ref());
}

/// The last lines of a file; empty when there is no such file.
pub fn tail(log: &Path, lines: usize) -> Vec<String> {
    let bytes = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].iter().map(|line| (*line).to_owned()).collect()
}

pub fn seconds(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(10) {
        return format!("{:.1} s", elapsed.as_secs_f32());
    }
    format!("{} s", elapsed.as_secs())
}

fn append(log: &Path) -> Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("could not write {}", log.display()))
}

fn announce(title: &str, how: &str) {
    if io::stdout().is_terminal() {
        println!("\r\x1b[2K→ {title} … {how}");
    } else {
        println!("→ {title} … {how}");
    }
}

// A line that wraps can't be drawn over.
fn fit(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).take(LINE).collect()
}

struct Face {
    title: String,
    log: PathBuf,
    from: u64,
}

impl Face {
    fn new(step: &Step, from: u64) -> Self {
        Self { title: step.title.clone(), log: step.log.clone(), from }
    }

    fn show(&self, start: Instant, ticks: &mpsc::Receiver<()>) {
        if io::stdout().is_terminal() {
            return self.spin(start, ticks);
        }
        let mut wait = QUIET;
        while let Err(RecvTimeoutError::Timeout) = ticks.recv_timeout(wait) {
            println!("→ {} … {} {}", self.title, seconds(start.elapsed()), fit(&self.last()));
            wait = Duration::from_secs(30);
        }
    }

    fn spin(&self, start: Instant, ticks: &mpsc::Receiver<()>) {
        const FRAMES: [char; 8] = ['⣷', '⣯', '⣟', '⡿', '⢿', '⣻', '⣽', '⣾'];
        let beat = Duration::from_millis(120);
        for frame in FRAMES.iter().cycle() {
            let Err(RecvTimeoutError::Timeout) = ticks.recv_timeout(beat) else {
                return;
            };
            let line = format!("{frame} {} … {} s  {}", self.title, start.elapsed().as_secs(), self.last());
            print!("\r\x1b[2K{}", fit(&line));
            let _ = io::stdout().flush();
        }
    }

    fn last(&self) -> String {
        let line = self.read_end().unwrap_or_default();
        let line = line.lines().rev().find(|line| !line.trim().is_empty());
        let clean = line.unwrap_or_default().trim();
        clean.to_owned()
    }

    fn read_end(&self) -> io::Result<String> {
        let mut log = File::open(&self.log)?;
        let end = log.metadata()?.len();
        log.seek(SeekFrom::Start(end.saturating_sub(400).max(self.from)))?;
        let mut bytes = Vec::new();
        log.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_end_of_the_log_and_the_advice() {
        let dir = tempfile::tempdir().unwrap();
        let step = Step::new("count", dir.path().join("count.log")).advice("count again");
        let mut command = Command::new("sh");
        command.args(["-c", "for n in $(seq 90); do echo line-$n; done; exit 3"]);
        let error = step.run(&mut command).unwrap_err().to_string();
        assert!(error.contains("line-90") && error.contains("line-51"));
        assert!(!error.contains("line-50\n"));
        assert!(error.contains("What to do: count again"));
    }

    #[test]
    fn a_success_is_quiet_about_its_output() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("ok.log");
        let mut command = Command::new("sh");
        command.args(["-c", "echo kept"]);
        Step::new("ok", &log).run(&mut command).unwrap();
        assert_eq!(tail(&log, 5), ["kept"]);
    }
}
