//! The three ways in to a host: TLS for guests, a page on loopback and a local socket for the owner.
//! Each only moves frames between its socket and [`host::Host::connect`] and says by which way they
//! came. It knows no rule of a room.

mod accept;
mod addresses;
mod ancestry;
mod doorway;
mod error;
mod gate;
mod guest_port;
mod local_socket;
mod origin;
mod page;
mod pump;
mod site;

pub use ancestry::{descends, keep_orphans};
pub use doorway::{Doorway, DoorwayOptions, Reach, Unserved};
pub use error::ServerError;
pub use gate::GateLimits;
pub use local_socket::SOCKET_FILE;
