//! A client over TLS.

use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use identity::{Fingerprint, pinned_client_config};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async};
use wire::{HostFrame, Notification, Request, Version};

/// Where to find a TLS listener of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub port: u16,
    pub fingerprint: Fingerprint,
}

/// Whom the listener is expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Host,
    /// Knows no versions.
    Bare,
}

pub struct Guest {
    socket: WebSocketStream<TlsStream<TcpStream>>,
    asked: u64,
}

impl Guest {
    pub async fn connect(place: Place, kind: Kind) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, place.port)).await?;
        stream.set_nodelay(true)?;
        let connector = TlsConnector::from(Arc::new(pinned_client_config(place.fingerprint)?));
        let name = std::net::IpAddr::from(Ipv4Addr::LOCALHOST).into();
        let stream = connector.connect(name, stream).await?;
        let mut request = format!("wss://127.0.0.1:{}/ws", place.port).into_client_request()?;
        if kind == Kind::Host {
            let versions = HeaderValue::from_static(Version::V1.sub_protocol());
            request.headers_mut().insert("sec-websocket-protocol", versions);
        }
        let (socket, _) = client_async(request, stream).await?;
        Ok(Self { socket, asked: 0 })
    }

    pub async fn ask(&mut self, request: &Request) -> Result<()> {
        self.asked += 1;
        let frame = wire::encode_request(self.asked, request);
        Ok(self.socket.send(Message::Text(frame.into())).await?)
    }

    /// As somebody who closes the window.
    pub async fn leave(&mut self) -> Result<()> {
        Ok(self.socket.close(None).await?)
    }

    /// The next text frame.
    pub async fn frame(&mut self) -> Result<Utf8Bytes> {
        loop {
            match self.socket.next().await.context("the socket was closed")?? {
                Message::Text(text) => return Ok(text),
                Message::Close(_) => bail!("the socket was closed"),
                Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_) => {}
            }
        }
    }

    pub async fn notification(&mut self) -> Result<Notification> {
        loop {
            match wire::decode_host(&self.frame().await?)? {
                HostFrame::Notification(notification) => return Ok(*notification),
                HostFrame::Failed { failure, .. } => bail!("{failure}"),
                HostFrame::Reply { .. } => {}
            }
        }
    }
}
