//! Takes sockets in and serves HTTP on them. Each has a ticket from the first byte on (PA6).

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Extension;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use model::limits;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::gate::{Gate, Ticket};

/// A TLS handshake, a request's head, or a pause between two requests may last this long.
const PATIENCE: Duration = Duration::from_millis(limits::HELLO.0);
/// Before the next try when the system has no more sockets to give.
pub(crate) const BREATH: Duration = Duration::from_millis(100);

/// What every socket of one listener gets.
#[derive(Clone)]
pub(crate) struct Reception {
    pub gate: Arc<Gate>,
    pub router: Router,
    /// None: plain HTTP, on loopback.
    pub tls: Option<TlsAcceptor>,
    /// Ends the listener and what has not become a WebSocket.
    pub stop: CancellationToken,
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
        let router = self.router.clone().layer(Extension(ticket));
        let Some(tls) = &self.tls else {
            return http(stream, router).await;
        };
        match timeout(PATIENCE, tls.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, router).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
            Err(_) => tracing::debug!("no TLS in time"),
        }
    }
}

async fn http<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(stream: S, router: Router) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a socket ended");
    }
}
