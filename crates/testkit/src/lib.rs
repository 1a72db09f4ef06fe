//! A real host in the test's own process, and real clients of it: TLS with a pinned key, WebSockets,
//! SQLite, git and agent programs. Tests wait for facts, never for time.

mod client;
mod dial;
mod replica;
mod stage;

pub use cli::compose::HostLimits;
pub use client::Client;
pub use dial::{Pipe, Socket, browser_socket, guest_socket, handshake, page_socket, pipe_socket};
pub use replica::{Held, Replica};
pub use stage::{Invitation, TestHost, conclave_data, rehearsal_folder};

use std::time::Duration;

/// Long enough for a loaded machine: it passes only when a fact never comes.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A fresh id for a command.
pub fn command() -> model::CommandId {
    model::CommandId(uuid::Uuid::new_v4())
}
