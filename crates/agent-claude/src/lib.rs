//! Speaks Claude Code's own protocol over its stdin and stdout, a JSON message a line: a pure [`decoder`] of
//! what the program says, and a thin [`ClaudeBackend`] that runs it.

pub mod decoder;
mod driver;
mod error;

pub use driver::ClaudeBackend;
pub use error::ClaudeError;
