//! Takes the key out of the environment before anything else runs: what a program began with can be read
//! by others of the same user (`/proc/<pid>/environ`), commands that the model runs among them. So the
//! program begins once more without it, and reads it from a pipe that only this process holds.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, IntoRawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::settings::{KEY, KEY_FROM, Key};

/// Longer than any key, and as much as a pipe takes in without a reader.
const LONGEST: usize = 4096;

/// The key this program was given, wherever it was. Does not return where it was in the environment.
///
/// # Errors
/// When the program cannot be begun again, or the pipe is not there.
pub fn key() -> Result<Option<Key>> {
    if let Ok(descriptor) = std::env::var(KEY_FROM) {
        return Ok(Key::new(&read(&descriptor)?));
    }
    match std::env::var(KEY) {
        Ok(key) => Err(begin_again(&key)),
        Err(_) => Ok(None),
    }
}

fn begin_again(key: &str) -> anyhow::Error {
    match try_again(key) {
        Ok(never) => never,
        Err(error) => error.context("the key could not be taken out of the environment"),
    }
}

/// Returns only where the program could not be started.
fn try_again(key: &str) -> Result<anyhow::Error> {
    anyhow::ensure!(key.len() <= LONGEST, "{KEY} is longer than {LONGEST} bytes");
    // Both ends outlive an exec; the one for writing is closed before.
    let (from, into) = nix::unistd::pipe()?;
    File::from(into).write_all(key.as_bytes())?;
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut program = Command::new(std::env::current_exe()?);
    program.args(arguments).env_remove(KEY).env(KEY_FROM, from.as_raw_fd().to_string());
    let error = program.exec();
    drop(from);
    Ok(error.into())
}

fn read(descriptor: &str) -> Result<String> {
    let number: i32 = descriptor.parse().with_context(|| format!("{KEY_FROM} is no number"))?;
    let mut text = String::new();
    File::open(format!("/dev/fd/{number}"))?.take(LONGEST as u64).read_to_string(&mut text)?;
    nix::unistd::close(Inherited(number))?;
    Ok(text)
}

/// The pipe's end that came with the start: it must not reach the commands that are run.
struct Inherited(i32);

impl IntoRawFd for Inherited {
    fn into_raw_fd(self) -> i32 {
        self.0
    }
}
