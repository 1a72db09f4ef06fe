//! One machine's Conclave: a task per session, principals and grants to commands, subscriptions as
//! cursors, effects through ports, recovery at start. It knows no socket, no SQL and no window.
//!
//! There is one way in: a [`Connection`] takes a frame, finds out who sent it, and calls
//! [`Host::call`]. The desktop window, a guest's browser, a peer and the command line differ only in
//! their [`Principal`].

mod agents;
mod authority;
mod bell;
mod board;
mod changes;
mod commit;
mod connection;
mod desk;
mod directory;
mod discretion;
mod door_calls;
mod errands;
mod feed;
mod files;
mod host;
mod layouts;
mod lobby;
mod log_queries;
mod long_text;
mod neighbours;
mod parts;
mod pool;
mod principal;
mod seats;
mod session;
mod spending;
mod terminals;
mod timer;
mod watches;
mod work;
mod world;

pub use connection::{Connection, Outbox, Outgoing};
pub use host::{Host, StartError};
pub use parts::{CommandRate, ConnectionLimits, HostConfig, Parts, SystemClock, SystemIds};
pub use principal::{Link, Principal, Via};
pub use seats::{Seat, Unheard, Word};
