//! Seeded simulations. One room: people, an agent, a host that crashes and a clock, against a slow and
//! obvious reference model. A whole host: the real one, its guests, and a network that fails them.
//! Same seed, same bytes.

mod cast;
mod random;
mod reference;
mod whole;
mod world;

pub use reference::Fault;
pub use whole::{Plan, Played, cut_down, play};
pub use world::{Run, run};
