//! The room of one session: who is here, whose turn it is, what waits, what is being decided.
//!
//! A pure state machine. [`Room::decide`] answers a person, [`Room::observe`] takes in what the world
//! reports; both return events and change nothing. [`Room::apply`] is the fold: total, and the only way
//! in which state changes. [`Room::owed`] reads from the state what the host has to do.
//!
//! Time comes in as an argument. The transcript stays in the log, so that a copy of a room is cheap:
//! "does this vote close the ballot?" is answered by applying the vote to a copy.

mod again;
mod ballot;
mod bill;
mod by;
mod cards;
mod deadlines;
mod deliver;
mod digest;
mod drive;
mod effects;
mod ending;
mod fold;
mod people;
mod permission;
mod plain;
mod plan_first;
mod question;
mod queue;
mod recollection;
mod recover;
mod room;
mod roster;
mod seats;
mod session;
mod settle;
mod suggestions;
mod transcript;
mod turn;
mod view;
mod wake;
mod wanted;
mod work;

pub use by::By;
pub use digest::Gathering;
pub use effects::{Effect, EffectKey};
pub use recollection::Recollection;
pub use room::Room;
pub use session::Opening;
pub use turn::TurnFacts;
pub use wanted::Wanted;

/// Of the bytes that serde makes of a [`Room`]. Another number: fold the log from its start.
pub const SNAPSHOT_VERSION: u32 = 7;
