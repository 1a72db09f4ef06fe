use std::net::IpAddr;

use model::{DeviceId, PersonId};

/// Who a request comes from. Set by the host when a connection says hello, never read from a later
/// frame (GR4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    pub person: PersonId,
    /// The device whose credential was shown; none for the owner's own programs.
    pub device: Option<DeviceId>,
}

/// What kind of pipe a connection came by. The server knows it from the listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The desktop window in the host's own process.
    Window,
    /// The local socket, its caller's uid already checked (GR8).
    Local,
    /// The owner's page on loopback (PA12).
    Loopback,
    /// The TLS port, by a browser.
    Tls { from: IpAddr },
}
