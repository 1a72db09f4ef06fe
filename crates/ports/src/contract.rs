//! Contract suites: each a function over any implementation of its port, and what stands for the world in tests.

pub mod agent;
mod echo_terminals;
pub mod event_store;
mod memory_event_store;
mod sample;
pub mod terminal;

pub use echo_terminals::EchoTerminals;
pub use memory_event_store::MemoryEventStore;
pub use sample::{Line, partial, remembered, session, signed};
