//! Which agents there are, where their programs are found on this machine, and in what environment
//! they run. Adding another agent is configuration: an entry in `agents.json` in the data folder:
//!
//! ```json
//! { "my-agent": { "name": "My agent", "program": "my-agent", "args": ["acp"], "env_keys": ["MY_KEY"] } }
//! ```
//!
//! A named agent is another one with words, settings and limits of its own, under any kind:
//!
//! ```json
//! { "reviewer": { "name": "Reviewer", "base": "claude", "prompt": "You review.", "mode": "plan",
//!                 "tools": ["read", "search"], "budget": { "tokens": 200000, "dollars": 2.5 } } }
//! ```
//!
//! It speaks the Agent Client Protocol unless it says `"kind": "claude"`, for a Claude Code of one's own.
//! One that puts its plans and questions to people by itself says `"own_gates": true`; the others get
//! Conclave's tools for it (BA13).
//!
//! Servers of tools for all of them are in `mcp.json` beside it, see [`Servers`].

mod builtin;
mod catalog;
mod checks;
mod entry;
mod environment;
mod folders;
mod named;
mod repository;
mod servers;

pub use catalog::{Catalog, Places};
pub use entry::{CatalogError, USER_FILE};
pub use repository::REPOSITORY_FILE;
pub use servers::{SERVERS_FILE, ServerEntry, ServerKind, Servers, ServersError};
