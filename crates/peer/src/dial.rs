//! The pinned dial (PA1, PA2): TLS to exactly one key, by whichever address answers first. To a wrong
//! or unproven key nothing is sent, not even the upgrade.

use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use identity::{Fingerprint, pairing_client_config, pinned_client_config, proven_key};
use model::limits;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::PeerError;
use crate::line::{Dialer, Later, Line, LineEnd, Say, Sound};

/// Before the next address is tried beside those that have not answered yet.
const HEAD_START: Duration = Duration::from_millis(250);
/// What a closing socket gets to take its last frames.
const FAREWELL: Duration = Duration::from_secs(1);

/// Where a host is, and the key it must prove to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// IP addresses and host names, best first.
    pub addresses: Vec<String>,
    pub port: u16,
    pub pin: Fingerprint,
}

type Secured = TlsStream<TcpStream>;
type Socket = WebSocketStream<Secured>;

impl Dialer for Target {
    fn dial(&self) -> Later<'_, Result<Line, PeerError>> {
        Box::pin(dial(self))
    }
}

/// # Errors
/// [`PeerError::KeyChanged`] when somebody with another key answers, [`PeerError::Unreachable`] when
/// nobody does.
pub async fn dial(target: &Target) -> Result<Line, PeerError> {
    let config = pinned_client_config(target.pin)?;
    let (stream, address) = race(config, &target.addresses, target.port).await?;
    upgrade(stream, authority(address, target.port)).await
}

/// A line to whoever answers, and the key they have proven. For the pairing exchange alone (PA3).
///
/// # Errors
/// [`PeerError::Unreachable`] when nobody does.
pub(crate) async fn dial_unknown(addresses: &[String], port: u16) -> Result<(Line, Fingerprint), PeerError> {
    let (stream, address) = race(pairing_client_config()?, addresses, port).await?;
    let key = proven_key(stream.get_ref().1.peer_certificates());
    let key = key.ok_or_else(|| PeerError::Unreachable { tried: format!("{address}: no key") })?;
    Ok((upgrade(stream, authority(address, port)).await?, key))
}

/// The first that answers as wanted.
async fn race(config: ClientConfig, addresses: &[String], port: u16) -> Result<(Secured, &str), PeerError> {
    let connector = TlsConnector::from(Arc::new(config));
    let mut tries: FuturesUnordered<_> = (0..)
        .zip(addresses)
        .map(|(place, address)| attempt(&connector, (address, port), HEAD_START * place))
        .collect();
    let mut reasons = Vec::new();
    let mut stranger = false;
    while let Some((address, outcome)) = tries.next().await {
        match outcome {
            Ok(stream) => return Ok((stream, address)),
            Err(error) => {
                // Behind a host's loopback address stands our own machine, so that says little of it.
                stranger |= is_wrong_key(&error) && (!is_loopback(address) || all_loopback(addresses));
                reasons.push(format!("{address}: {error}"));
            }
        }
    }
    match stranger {
        true => Err(PeerError::KeyChanged),
        false => Err(PeerError::Unreachable { tried: reasons.join("; ") }),
    }
}

async fn attempt<'a>(
    connector: &TlsConnector,
    (address, port): (&'a str, u16),
    head_start: Duration,
) -> (&'a str, std::io::Result<Secured>) {
    tokio::time::sleep(head_start).await;
    let secured = async {
        let stream = TcpStream::connect((address, port)).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from(address.to_owned()).map_err(std::io::Error::other)?;
        connector.connect(name, stream).await
    };
    (address, secured.await)
}

/// Another key, or the right certificate by somebody who can't prove to have its key.
fn is_wrong_key(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

fn all_loopback(addresses: &[String]) -> bool {
    addresses.iter().all(|address| is_loopback(address))
}

fn is_loopback(address: &str) -> bool {
    address == "localhost" || address.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

fn authority(address: &str, port: u16) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => format!("[{address}]:{port}"),
        Ok(IpAddr::V4(_)) | Err(_) => format!("{address}:{port}"),
    }
}

async fn upgrade(stream: Secured, authority: String) -> Result<Line, PeerError> {
    let request = request(&authority)?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits::HOST_FRAME_BYTES))
        .max_frame_size(Some(limits::HOST_FRAME_BYTES));
    match client_async_with_config(request, stream, Some(config)).await {
        Ok((socket, _)) => {
            let (line, end) = Line::pair();
            tokio::spawn(pump(socket, end));
            Ok(line)
        }
        Err(tungstenite::Error::Http(answer)) if answer.status().is_client_error() => {
            Err(PeerError::TurnedAway)
        }
        Err(error) => Err(PeerError::Unreachable { tried: format!("{authority}: {error}") }),
    }
}

fn request(authority: &str) -> Result<Request<()>, PeerError> {
    let odd = |error: String| PeerError::Unreachable { tried: error };
    let mut request =
        format!("wss://{authority}/ws").into_client_request().map_err(|error| odd(error.to_string()))?;
    // PA10: newest first.
    let versions: Vec<&str> = wire::Version::ALL.iter().map(|version| version.sub_protocol()).collect();
    let versions = HeaderValue::from_str(&versions.join(", ")).map_err(|error| odd(error.to_string()))?;
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, versions);
    Ok(request)
}

async fn pump(socket: Socket, LineEnd { said, sounds }: LineEnd) {
    let (mut sink, stream) = socket.split();
    let code = tokio::select! {
        code = hear(stream, &sounds) => Some(code),
        () = speak(&mut sink, said) => None,
    };
    if let Some(code) = code {
        // Nobody may listen any more.
        sounds.send(Sound::Closed(code)).await.ok();
    }
    // A socket that is gone needs no close.
    tokio::time::timeout(FAREWELL, sink.close()).await.ok();
}

async fn hear(stream: SplitStream<Socket>, sounds: &mpsc::Sender<Sound>) -> Option<u16> {
    let mut stream = pin!(stream);
    loop {
        let sound = match stream.next().await {
            Some(Ok(Message::Text(text))) => Sound::Frame(text.as_str().to_owned()),
            Some(Ok(Message::Binary(bytes))) => Sound::Bytes(bytes.into()),
            Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Sound::Beat,
            Some(Err(_)) | None => return None,
        };
        if sounds.send(sound).await.is_err() {
            return None;
        }
    }
}

async fn speak(sink: &mut SplitSink<Socket, Message>, mut said: mpsc::Receiver<Say>) {
    while let Some(say) = said.recv().await {
        let message = match say {
            Say::Frame(frame) => Message::text(frame),
            Say::Bytes(bytes) => Message::binary(bytes),
            Say::Ping => Message::Ping(Vec::new().into()),
        };
        if sink.send(message).await.is_err() {
            // What the host said before it closed is still to be heard.
            std::future::pending::<()>().await;
        }
    }
}
