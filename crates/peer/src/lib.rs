//! Another host's client: knows hosts by their keys, keeps what opens them, dials the pinned key and
//! no other, and stays linked for as long as it is wanted. It relays frames and folds nothing.

mod book;
mod client;
pub mod conversation;
mod dial;
mod error;
mod fact;
mod home;
mod join;
mod line;
mod link;
pub mod machine;
mod pair;
mod pipe;
mod vault;
mod visit;

pub use book::{Book, KnownHost, Standing};
pub use client::{CallError, Client};
pub use dial::{Target, dial};
pub use error::PeerError;
pub use fact::{HELLO_ID, fact_of};
pub use home::{Guise, Home};
pub use identity::{Kept, Keyring};
pub use join::{Joining, Progress};
pub use line::{Dialer, Later, Line, LineEnd, Say, Sound};
pub use link::{Arrival, Link, World};
pub use pair::{Seen, pair};
pub use pipe::pipe;
pub use vault::{Pass, Vault};
pub use visit::visit;
