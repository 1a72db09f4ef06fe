//! Runs an agent program: spawns it in a clean environment, frames its output
//! into lines, keeps the tail of its stderr and ends its whole process tree.
//! What the lines mean is for others to know; what every adapter needs beside that is in [`adapter`] and below.

pub mod adapter;
pub mod diff;
mod error;
mod input;
mod launch;
mod lines;
pub mod number;
mod process;
pub mod requests;
pub mod speech;
mod tail;
mod tree;
pub mod veil;

pub use error::ProcessError;
pub use input::Input;
pub use launch::{Launch, TAG_VARIABLE, tag_within};
pub use lines::{Lines, MAX_LINE};
pub use process::{Exit, Process, Running};
pub use tail::STDERR_TAIL;
pub use tree::{ProcessMark, Tree, end_leftover};

/// Some agents refuse to work unasked for root.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}
