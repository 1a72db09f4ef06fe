//! What goes over the wire to the right host and to the wrong ones, counted in bytes.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use identity::{Fingerprint, HostIdentity};
use peer::{Line, PeerError, Say, Sound, Target, dial};
use rustls::ServerConfig;
use rustls::crypto::ring::{default_provider, sign::any_ecdsa_type};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::TLS13;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Handshake records that a client sends before it has seen a certificate: a hello, and no more.
const CLIENT_HELLO: u8 = 1;
const HANDSHAKE: u8 = 22;
const ALERT: u8 = 21;
const APPLICATION: u8 = 23;
const CHANGE_CIPHER: u8 = 20;

fn host() -> (TempDir, HostIdentity) {
    let folder = TempDir::new().unwrap();
    let host = HostIdentity::load_or_create(folder.path()).unwrap();
    (folder, host)
}

fn genuine(host: &HostIdentity) -> ServerConfig {
    host.server_config(&["127.0.0.1".into()]).unwrap()
}

/// The genuine certificate, which anybody can get, signed for by another key.
fn stolen(genuine_folder: &Path, own_folder: &Path) -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_file(genuine_folder.join("host-certificate.pem")).unwrap()];
    let own = PrivateKeyDer::from_pem_file(own_folder.join("host-key.pem")).unwrap();
    let impostor = SingleCertAndKey::from(CertifiedKey::new(chain, any_ecdsa_type(&own).unwrap()));
    ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(impostor))
}

/// Somebody at an address: TLS as configured, and every application byte counted.
struct Somebody {
    address: SocketAddr,
    application: Arc<AtomicUsize>,
    seen: Arc<AtomicUsize>,
}

impl Somebody {
    async fn with(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (application, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, met) = (Arc::clone(&application), Arc::clone(&seen));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                met.fetch_add(1, Ordering::SeqCst);
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut bytes = Vec::new();
                // The client may reset it.
                stream.read_to_end(&mut bytes).await.ok();
                counted.fetch_add(bytes.len(), Ordering::SeqCst);
            }
        });
        Self { address, application, seen }
    }

    fn target(&self, pin: Fingerprint) -> Target {
        Target { addresses: vec!["127.0.0.1".to_owned()], port: self.address.port(), pin }
    }

    fn got(&self) -> (usize, usize) {
        (self.seen.load(Ordering::SeqCst), self.application.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn pa1_an_impostor_with_the_genuine_certificate_and_another_key_gets_no_byte() {
    let ((genuine_folder, host), (own_folder, _own)) = (host(), self::host());
    genuine(&host);
    let impostor = Somebody::with(stolen(genuine_folder.path(), own_folder.path())).await;
    let refused = dial(&impostor.target(host.fingerprint())).await.unwrap_err();
    assert!(matches!(refused, PeerError::KeyChanged), "{refused}");
    assert_eq!(impostor.got(), (1, 0));
}

#[tokio::test]
async fn pa1_pa5_another_key_gets_no_byte_and_is_told_apart_from_no_answer() {
    let ((_one, paired), (_two, other)) = (host(), host());
    let stranger = Somebody::with(genuine(&other)).await;
    let refused = dial(&stranger.target(paired.fingerprint())).await.unwrap_err();
    assert!(matches!(refused, PeerError::KeyChanged), "{refused}");
    assert!(refused.to_string().contains("another key"));
    assert_eq!(stranger.got(), (1, 0));
    let nobody = Target { addresses: vec!["127.0.0.1".into()], port: 9, pin: paired.fingerprint() };
    assert!(matches!(dial(&nobody).await, Err(PeerError::Unreachable { .. })));
}

/// On the wire itself: to the impostor go a ClientHello and an alert, and no record of application data.
#[tokio::test]
async fn pa1_the_records_to_an_impostor_hold_no_application_data() {
    let ((genuine_folder, host), (own_folder, _own)) = (host(), self::host());
    genuine(&host);
    let impostor = Somebody::with(stolen(genuine_folder.path(), own_folder.path())).await;
    let tap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = tap.local_addr().unwrap().port();
    let behind = impostor.address;
    let listening = tokio::spawn(async move {
        let (client, _) = tap.accept().await.unwrap();
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_impostor, mut to_impostor) = TcpStream::connect(behind).await.unwrap().into_split();
        tokio::spawn(async move {
            // Ends when either side does.
            tokio::io::copy(&mut from_impostor, &mut to_client).await.ok();
        });
        let mut sent = Vec::new();
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = from_client.read(&mut chunk).await {
            sent.extend_from_slice(&chunk[..count]);
            // The impostor may have gone.
            tokio::io::AsyncWriteExt::write_all(&mut to_impostor, &chunk[..count]).await.ok();
        }
        sent
    });
    let target = Target { addresses: vec!["127.0.0.1".into()], port, pin: host.fingerprint() };
    assert!(matches!(dial(&target).await, Err(PeerError::KeyChanged)));
    let sent = listening.await.unwrap();
    let records = records(&sent);
    let kinds: Vec<u8> = records.iter().map(|(kind, _)| *kind).collect();
    assert_eq!((kinds[0], records[0].1[0]), (HANDSHAKE, CLIENT_HELLO));
    let after: Vec<u8> = kinds[1..].iter().copied().filter(|kind| *kind != CHANGE_CIPHER).collect();
    // TLS 1.3 puts its alert into one protected record: 2 bytes, their type and the tag.
    let alert = records.last().unwrap();
    assert!(
        after.is_empty() || after == [ALERT] || (after == [APPLICATION] && alert.1.len() == 2 + 1 + 16),
        "{kinds:?}"
    );
    assert!(!sent.windows(4).any(|it| it == b"GET " || it == b"hell"));
    assert_eq!(impostor.got().1, 0);
}

fn records(mut bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut records = Vec::new();
    while let [kind, _, _, high, low, rest @ ..] = bytes {
        let (body, next) = rest.split_at(usize::from(u16::from_be_bytes([*high, *low])));
        records.push((*kind, body.to_vec()));
        bytes = next;
    }
    records
}

/// A host that echoes frames, for one connection.
async fn echo(host: &HostIdentity) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(genuine(host)));
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = acceptor.accept(stream).await.unwrap();
        let mut socket = tokio_tungstenite::accept_hdr_async(stream, take_first_version).await.unwrap();
        use futures_util::{SinkExt, StreamExt};
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() {
                socket.send(message).await.unwrap();
            }
        }
    });
    address
}

#[expect(clippy::result_large_err, reason = "the library's signature")]
fn take_first_version(
    request: &tokio_tungstenite::tungstenite::handshake::server::Request,
    mut answer: tokio_tungstenite::tungstenite::handshake::server::Response,
) -> Result<
    tokio_tungstenite::tungstenite::handshake::server::Response,
    tokio_tungstenite::tungstenite::handshake::server::ErrorResponse,
> {
    let offered = request.headers()["sec-websocket-protocol"].clone();
    assert_eq!(offered, "conclave.v1");
    assert!(!request.headers().contains_key("origin"), "no browser");
    answer.headers_mut().insert("sec-websocket-protocol", offered);
    Ok(answer)
}

async fn next_frame(line: &mut Line) -> Sound {
    loop {
        let sound = tokio::time::timeout(Duration::from_secs(20), line.sounds.recv()).await.unwrap().unwrap();
        if sound != Sound::Beat {
            return sound;
        }
    }
}

#[tokio::test]
async fn pa2_pa10_the_pinned_key_is_dialled_by_whichever_address_answers() {
    let (_folder, host) = host();
    let port = echo(&host).await.port();
    // A name that leads nowhere, an address of nobody, and at last the host.
    let addresses = ["no-such-host.invalid", "127.0.0.2", "127.0.0.1"].map(str::to_owned).to_vec();
    let mut line = dial(&Target { addresses, port, pin: host.fingerprint() }).await.unwrap();
    line.say.send(Say::Frame("as it is".to_owned())).await.unwrap();
    assert_eq!(next_frame(&mut line).await, Sound::Frame("as it is".to_owned()));
    line.say.send(Say::Ping).await.unwrap();
    let beat = tokio::time::timeout(Duration::from_secs(20), line.sounds.recv()).await.unwrap();
    assert_eq!(beat, Some(Sound::Beat));
}
