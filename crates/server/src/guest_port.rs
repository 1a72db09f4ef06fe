//! The TLS port, as bound as it is now.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::addresses;

/// On which addresses guests are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Everywhere,
    Only(Vec<IpAddr>),
}

impl Reach {
    /// As an invite names them, most likely first.
    pub fn addresses(&self) -> Vec<String> {
        match self {
            Self::Everywhere => addresses::of_this_machine(),
            Self::Only(these) => these.iter().map(IpAddr::to_string).collect(),
        }
    }
}

/// Listeners on one port: on `wanted` if it is free everywhere, else on another (SH1).
pub(crate) async fn bind(reach: &Reach, wanted: Option<u16>) -> io::Result<(u16, Vec<TcpListener>)> {
    let wanted = wanted.unwrap_or(0);
    match bind_at(reach, wanted).await {
        Err(error) if wanted != 0 => {
            tracing::warn!(port = wanted, %error, "the port for guests is taken: invites sent before name a port where this host is not");
            bind_at(reach, 0).await
        }
        bound => bound,
    }
}

async fn bind_at(reach: &Reach, port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let mut bound = Vec::new();
    let mut port = port;
    match reach {
        Reach::Everywhere => {
            // One socket takes both families where the system has both.
            let both = TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)).await;
            bound.push(match both {
                Err(error) if error.kind() != io::ErrorKind::AddrInUse => {
                    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).await?
                }
                both => both?,
            });
            port = bound[0].local_addr()?.port();
        }
        Reach::Only(these) => {
            for address in these {
                let listener = TcpListener::bind(SocketAddr::new(*address, port)).await?;
                port = listener.local_addr()?.port();
                bound.push(listener);
            }
        }
    }
    Ok((port, bound))
}
