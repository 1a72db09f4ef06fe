//! The agent over a pair of pipes, with a model that says what it is told to.

mod client;
mod endpoints;
mod memory;
mod mind;
mod permissions;
mod program;
mod tools;
mod turns;
