//! Takes sockets in and serves HTTP on them. Each has a ticket from the first byte on (PA6).

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::Extension;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use identity::TrustedFile;
use rustls::ServerConfig;
use rustls::server::Acceptor;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

use crate::gate::{Gate, Ticket};

/// Before the next try when the system has no more sockets to give.
pub(crate) const BREATH: Duration = Duration::from_millis(100);

/// What every socket of one listener gets.
#[derive(Clone)]
pub(crate) struct Reception {
    pub gate: Arc<Gate>,
    pub router: Router,
    /// None: plain HTTP, on loopback.
    pub tls: Option<Certificates>,
    /// A TLS handshake, a request's head, or a pause between two requests may last this long (PA6).
    pub patience: Duration,
    /// Ends the listener and what has not become a WebSocket.
    pub stop: CancellationToken,
}

/// What the guests' port shows of itself.
#[derive(Clone)]
pub(crate) struct Certificates {
    /// Around the host's own key: for programs of ours, and for browsers as long as there is no other.
    pub own: Arc<ServerConfig>,
    pub trusted: Arc<TrustedFile>,
}

/// Which certificate a socket was shown (PA11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Own,
    Trusted,
}

/// A socket, to who serves it.
#[derive(Clone)]
pub(crate) struct Arrived {
    pub ticket: Arc<Ticket>,
    pub shown: Shown,
}

impl Certificates {
    /// A browser asks for a name; programs of ours ask for none.
    async fn accept(&self, stream: TcpStream) -> io::Result<(TlsStream<TcpStream>, Shown)> {
        let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        let trusted = start.client_hello().server_name().and_then(|name| {
            let trusted = self.trusted.now()?;
            trusted.config_for(name, SystemTime::now())
        });
        let (config, shown) = match trusted {
            Some(config) => (config, Shown::Trusted),
            None => (Arc::clone(&self.own), Shown::Own),
        };
        Ok((start.into_stream(config).await?, shown))
    }
}

impl Reception {
    pub async fn run(self, listener: TcpListener) {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = self.stop.cancelled() => return,
            };
            match accepted {
                Ok((stream, from)) => {
                    let ticket = Arc::new(self.gate.enter(from.ip()));
                    tokio::spawn(self.clone().receive(stream, ticket));
                }
                Err(error) => {
                    tracing::warn!(%error, "a socket could not be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
    }

    async fn receive(self, stream: TcpStream, ticket: Arc<Ticket>) {
        let served = self.serve(stream, Arc::clone(&ticket));
        tokio::select! {
            () = served => {}
            () = ticket.evicted() => {}
            () = self.stop.cancelled() => {}
        }
    }

    async fn serve(&self, stream: TcpStream, ticket: Arc<Ticket>) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a socket stays slow");
        }
        let router = |shown| self.router.clone().layer(Extension(Arrived { ticket, shown }));
        let Some(tls) = &self.tls else {
            return http(stream, router(Shown::Own), self.patience).await;
        };
        match timeout(self.patience, tls.accept(stream)).await {
            Ok(Ok((stream, shown))) => http(stream, router(shown), self.patience).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
            Err(_) => tracing::debug!("no TLS in time"),
        }
    }
}

async fn http<S>(stream: S, router: Router, patience: Duration)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a socket ended");
    }
}
