//! A host without a window, and the command line that talks to it. [`compose`] puts a host together
//! from its adapters; whatever else starts one (the desktop program, tests) does it by the same way.

mod agent_keys;
mod args;
mod client;
mod commands;
pub mod compose;
mod doctor;
pub mod folder;
mod log_file;
mod output;
mod resolve;
mod show;
mod show_changes;
mod show_digest;
mod show_work;
mod trace;

pub use args::Arguments;
pub use client::{Client, ClientError};
pub use commands::run;
pub use toolbox::pipe as toolbox_pipe;
pub use trace::trace;
