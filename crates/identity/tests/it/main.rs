//! The crate over real files and real TLS on loopback.

mod host;
mod tls;
