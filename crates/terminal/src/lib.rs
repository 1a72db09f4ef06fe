//! Shells on real PTYs, each with a bounded ring of what it has shown. Who may see one, and who may type into
//! it, is for the host to know.

mod environment;
mod pty;
mod ring;
mod shell;
mod threads;

pub use environment::Env;
pub use pty::PtyTerminals;
