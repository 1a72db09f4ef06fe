//! Which agents there are, where their programs are found on this machine, and in what environment
//! they run. Adding another agent is configuration: an entry in `agents.json` in the data folder:
//!
//! ```json
//! { "my-agent": { "name": "My agent", "program": "my-agent", "args": ["acp"], "env_keys": ["MY_KEY"] } }
//! ```
//!
//! It speaks the Agent Client Protocol unless it says `"kind": "claude"`, for a Claude Code of one's own.

mod builtin;
mod catalog;
mod checks;
mod entry;
mod environment;
mod folders;

pub use catalog::{Catalog, Places};
pub use entry::{CatalogError, USER_FILE};
