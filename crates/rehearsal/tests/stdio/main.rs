//! Drives the real program over stdio, as a host does.

mod client;
mod faults;
mod sample;
mod turns;
