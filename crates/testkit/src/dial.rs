//! Sockets as clients open them.

use std::fmt::Debug;
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::{Context, Result};
use identity::{Fingerprint, pinned_client_config};
use rustls::crypto::ring;
use rustls::pki_types::ServerName;
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request, header};
use tokio_tungstenite::{WebSocketStream, client_async};

/// With TLS or without.
pub trait Pipe: AsyncRead + AsyncWrite + Debug + Send + Unpin {}

impl<P: AsyncRead + AsyncWrite + Debug + Send + Unpin> Pipe for P {}

pub type Socket = WebSocketStream<Box<dyn Pipe>>;

/// The TLS port on loopback, by a client that knows the host by this key.
///
/// # Errors
/// Another key, no host there, or it refuses the upgrade.
pub async fn guest_socket(port: u16, pin: Fingerprint) -> Result<Socket> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let connector = TlsConnector::from(Arc::new(pinned_client_config(pin)?));
    let name = ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST));
    let stream = connector.connect(name, stream).await.context("TLS")?;
    let request = handshake(&format!("wss://127.0.0.1:{port}/ws"), None)?;
    upgrade(Box::new(stream), request).await
}

/// The TLS port on loopback, by a browser that trusts these authorities and goes to the host by name.
///
/// # Errors
/// A certificate that is not theirs or not for this name, no host there, or it refuses the upgrade.
pub async fn browser_socket(name: &str, port: u16, trusted: RootCertStore) -> Result<Socket> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let server = ServerName::try_from(name.to_owned())?;
    let stream = TlsConnector::from(Arc::new(config)).connect(server, stream).await.context("TLS")?;
    let request = handshake(&format!("wss://{name}:{port}/ws"), Some(&format!("https://{name}:{port}")))?;
    upgrade(Box::new(stream), request).await
}

/// The owner's page, by a browser's tab of this origin.
///
/// # Errors
/// No host there, or it refuses the upgrade.
pub async fn page_socket(page: &str, origin: Option<&str>) -> Result<Socket> {
    let authority = page.strip_prefix("http://").context("a page on loopback")?;
    let stream = TcpStream::connect(authority).await?;
    upgrade(Box::new(stream), handshake(&format!("ws://{authority}/ws"), origin)?).await
}

/// The owner's page's pipe to another host, by the key of that host.
///
/// # Errors
/// No host there, or it refuses the upgrade.
pub async fn pipe_socket(page: &str, origin: Option<&str>, to: &str) -> Result<Socket> {
    let authority = page.strip_prefix("http://").context("a page on loopback")?;
    let stream = TcpStream::connect(authority).await?;
    upgrade(Box::new(stream), handshake(&format!("ws://{authority}/peer/{to}"), origin)?).await
}

/// A request to become a WebSocket, to be changed by tests.
///
/// # Errors
/// The address is none.
pub fn handshake(address: &str, origin: Option<&str>) -> Result<Request<()>> {
    let mut request = address.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("conclave.v1"));
    if let Some(origin) = origin {
        headers.insert(header::ORIGIN, origin.parse()?);
    }
    Ok(request)
}

async fn upgrade(stream: Box<dyn Pipe>, request: Request<()>) -> Result<Socket> {
    let (socket, _) = client_async(request, stream).await?;
    Ok(socket)
}
