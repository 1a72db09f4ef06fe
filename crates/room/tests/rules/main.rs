//! The rules of the room, each proved by tests that carry its id.

mod again;
mod ballots;
mod ballots_drops;
mod deliveries;
mod digest;
mod people;
mod permissions;
mod plan_first;
mod properties;
mod questions;
mod queue;
mod recollection;
mod sessions;
mod stage;
mod suggestions;
mod turns;
mod views;
mod wake;
mod walk;
