//! The server of tools that Conclave brings to an agent which cannot put a plan or a question to people by
//! itself (BA13). It runs inside the host. The agent starts a thin program that passes its words on to a
//! socket of the host, and shows the token which that process was given.

mod handler;
mod misused;
mod pipe;
mod socket;
mod tools;

pub use pipe::{PipeError, SOCKET, TOKEN, pipe};
pub use socket::{Door, SOCKET_FILE, SocketError};

/// What agents know it by; no other server of tools may be called so.
pub const NAME: &str = "conclave";
