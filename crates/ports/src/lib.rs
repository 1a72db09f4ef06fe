//! What the host needs of the world, as traits. Implementations live elsewhere and pass the contract
//! suite of their trait.

pub mod agent;
pub mod chain;
pub mod clock;
pub mod event_store;
pub mod exchange;
pub mod frame;
pub mod listener;
pub mod nearby;
pub mod peers;
pub mod signer;
pub mod terminal;
pub mod vcs;
pub mod work;

#[cfg(feature = "contract")]
pub mod contract;

use std::future::Future;
use std::pin::Pin;

/// A boxed future, so that ports can be used as trait objects.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
