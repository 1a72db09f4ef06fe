//! Stands between the host and an agent's program and does it one wrong, for the contract of agents.
//! `MEDDLE_FAULT` is one of `die`, `noise`, `garbage`, `deaf`, and `MEDDLE_PROGRAM` the agent, which gets the arguments:
//! an agent without its own way to fail gets the same faults as all others.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, Command, ExitCode, Stdio};
use std::thread;

/// On stderr, before anything else is said.
const NOISE: usize = 1024 * 1024;
const GARBAGE: &str = "this is {no message\n";
/// What a stop looks like in the protocols: ACP's and Claude Code's.
const STOPS: [&str; 2] = ["session/cancel", "\"interrupt\""];

fn main() -> ExitCode {
    let (Ok(fault), Ok(program)) = (env::var("MEDDLE_FAULT"), env::var("MEDDLE_PROGRAM")) else {
        eprintln!("meddle: MEDDLE_FAULT and MEDDLE_PROGRAM are not set");
        return ExitCode::from(2);
    };
    let args: Vec<String> = env::args().skip(1).collect();
    match meddle(&fault, &program, &args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("meddle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn meddle(fault: &str, program: &str, args: &[String]) -> io::Result<ExitCode> {
    if fault == "die" {
        io::stdin().lock().read_line(&mut String::new())?;
        eprintln!("my last words");
        return Ok(ExitCode::from(3));
    }
    if fault == "noise" {
        io::stderr().write_all("x".repeat(NOISE).as_bytes())?;
    }
    let mut child = Command::new(program).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    if let Some(stdin) = stdin {
        let unheard: &[&str] = if fault == "deaf" { &STOPS } else { &[] };
        thread::spawn(move || hear(stdin, unheard));
    }
    if let Some(stdout) = stdout {
        speak(stdout, if fault == "garbage" { GARBAGE } else { "" })?;
    }
    let status = child.wait()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

fn hear(mut agent: ChildStdin, unheard: &[&str]) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if unheard.iter().any(|word| line.contains(word)) {
            continue;
        }
        if writeln!(agent, "{line}").and_then(|()| agent.flush()).is_err() {
            return;
        }
    }
}

/// `before` each line.
fn speak(agent: impl Read, before: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut lines = BufReader::new(agent);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        out.write_all(before.as_bytes())?;
        out.write_all(&line)?;
        out.flush()?;
        line.clear();
    }
    Ok(())
}
