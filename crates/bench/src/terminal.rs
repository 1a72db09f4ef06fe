//! Bytes of a program that writes as fast as it can, through a terminal of ours and through a bare PTY.

use std::io::Read;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use model::TerminalSize;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ports::terminal::{Output, TerminalStart, Terminals};
use terminal::PtyTerminals;

use crate::report::Row;
use crate::stats::median;

const ROUNDS: usize = 5;
const MEBIBYTES: usize = 64;

pub async fn measure() -> Result<Vec<Row>> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(through_ours().await?);
        bare.push(tokio::task::spawn_blocking(through_a_pty).await??);
    }
    let row = Row::rate("terminal", "MiB/s", (median(ours), median(bare)));
    Ok(vec![row.beside("a bare copy from a PTY; wanted: at most 1.25")])
}

fn flood() -> String {
    format!("head -c {} /dev/zero | tr '\\0' x", MEBIBYTES << 20)
}

/// A reader that is behind the ring goes on where there is something, as a page does.
async fn through_ours() -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let host =
        [("SHELL".into(), "/bin/sh".into()), ("PATH".into(), std::env::var_os("PATH").unwrap_or_default())];
    let terminals = PtyTerminals::new(&host.into_iter().collect());
    let size = TerminalSize { columns: 80, rows: 24 };
    let start = TerminalStart { worktree: folder.path().to_owned(), size, script: None };
    let terminal = terminals.open(start).await?;
    let mut head = terminal.head();
    let began = Instant::now();
    terminal.write(format!("{}; exit\n", flood()).as_bytes())?;
    let (mut at, mut copied) = (0, 0_usize);
    loop {
        match terminal.read(at) {
            Output::Bytes(bytes) => {
                at += bytes.len() as u64;
                copied += bytes.len();
            }
            Output::Cut { oldest } => at = oldest,
            Output::Nothing if head.borrow().exit.is_some() => break,
            Output::Nothing => head.changed().await?,
        }
    }
    let took = began.elapsed().as_secs_f64();
    ensure!(head.borrow().end >= (MEBIBYTES << 20) as u64 && copied > 0, "not all of it came");
    Ok(MEBIBYTES as f64 / took)
}

fn through_a_pty() -> Result<f64> {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() })?;
    let mut command = CommandBuilder::new("/bin/sh");
    command.args(["-c", &flood()]);
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader()?;
    let (mut buffer, mut copied) = (vec![0; 64 << 10], 0_usize);
    // A PTY whose other end is gone says so with an error.
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        copied += read;
    }
    child.wait().context("waiting for the flood")?;
    ensure!(copied >= MEBIBYTES << 20, "not all of it came: {copied}");
    Ok(MEBIBYTES as f64 / began.elapsed().as_secs_f64())
}
