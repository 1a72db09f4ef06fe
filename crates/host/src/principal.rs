use std::net::IpAddr;

use model::{DeviceId, DeviceKind, PersonId};

/// Who a request comes from. Set by the host when a connection says hello, never read from a later
/// frame (GR4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    pub person: PersonId,
    /// The device whose credential was shown; none for the owner's own programs.
    pub device: Option<DeviceId>,
    pub link: Link,
}

/// Whether the client knows that it talks to this host and to nobody in between (PA11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Verified,
    /// A browser's over the network: never `approve`, never a terminal's keys, never the owner's right.
    Unverified,
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
    /// The TLS port. Pages name their origin and programs do not: that tells a browser from a peer.
    Tls { from: IpAddr, kind: DeviceKind },
}

impl Via {
    pub(crate) fn link(self) -> Link {
        match self {
            Self::Window | Self::Local | Self::Loopback => Link::Verified,
            Self::Tls { kind: DeviceKind::Peer | DeviceKind::VerifiedBrowser, .. } => Link::Verified,
            Self::Tls { kind: DeviceKind::Browser | DeviceKind::Loopback, .. } => Link::Unverified,
        }
    }
}
