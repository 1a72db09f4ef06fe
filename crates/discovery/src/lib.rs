//! Conclave hosts in the same network by multicast DNS (PA3): one advert, and a list of those seen.
//! Records carry a name, a port and a hint, and are believed in nothing but being there.

mod daemon;
mod record;
mod sightings;

pub use daemon::{Discovery, DiscoveryError, Reach};
pub use record::{Record, SERVICE, VERSION};
pub use sightings::Sightings;
