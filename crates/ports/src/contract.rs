//! Contract suites: each a function over any implementation of its port, and the in-memory store.

pub mod agent;
pub mod event_store;
mod memory_event_store;
mod sample;

pub use memory_event_store::MemoryEventStore;
pub use sample::{Line, partial, remembered, session, signed};
