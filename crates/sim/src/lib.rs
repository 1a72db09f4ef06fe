//! Seeded simulation of one room: people, an agent, a host that crashes, and a clock, against a slow and
//! obvious reference model. Same seed, same bytes.

mod cast;
mod random;
mod reference;
mod world;

pub use reference::Fault;
pub use world::{Run, run};
