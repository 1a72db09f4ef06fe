use std::path::Path;
use std::sync::Arc;

use identity::{HostIdentity, InviteLink, Secret256, pinned_client_config};
use rustls::crypto::ring::{default_provider, sign::any_ecdsa_type};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ProtocolVersion, ServerConfig};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";

struct Outcome {
    /// The TLS version under which the client sent the upgrade, or why it sent nothing.
    client: std::io::Result<ProtocolVersion>,
    /// Application bytes that the server's TLS decrypted, or why there was no handshake.
    server: std::io::Result<Vec<u8>>,
}

/// One connection in which the client sends the upgrade as soon as its TLS lets it.
async fn connect(server: ServerConfig, client: ClientConfig) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serve = async {
        let (socket, _) = listener.accept().await?;
        let mut stream = TlsAcceptor::from(Arc::new(server)).accept(socket).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.map(|_| bytes)
    };
    let dial = async {
        let socket = TcpStream::connect(address).await?;
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let connector = TlsConnector::from(Arc::new(client));
        let mut stream = connector.connect(name, socket).await?;
        stream.write_all(UPGRADE).await?;
        stream.shutdown().await?;
        let (_, session) = stream.get_ref();
        Ok(session.protocol_version().unwrap())
    };
    let (server, client) = tokio::join!(serve, dial);
    Outcome { client, server }
}

fn host() -> (TempDir, HostIdentity) {
    let folder = TempDir::new().unwrap();
    let host = HostIdentity::load_or_create(folder.path()).unwrap();
    (folder, host)
}

fn config(host: &HostIdentity) -> ServerConfig {
    host.server_config(&["127.0.0.1".into()]).unwrap()
}

fn key_of(folder: &Path) -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_file(folder.join("host-key.pem")).unwrap()
}

fn certificate_of(folder: &Path) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(folder.join("host-certificate.pem")).unwrap()
}

fn said(error: &std::io::Error) -> String {
    error.to_string()
}

#[tokio::test]
async fn pa1_the_pinned_key_is_connected_over_tls_13() {
    let (_folder, host) = host();
    let client = pinned_client_config(host.fingerprint()).unwrap();
    let outcome = connect(config(&host), client).await;
    assert_eq!(outcome.client.unwrap(), ProtocolVersion::TLSv1_3);
    assert_eq!(outcome.server.unwrap(), UPGRADE);
}

#[tokio::test]
async fn pa1_the_pin_outlives_a_renewed_certificate() {
    let (folder, host) = host();
    config(&host);
    let before = certificate_of(folder.path());
    let renewed = host.server_config(&["10.0.0.9".into()]).unwrap();
    assert_ne!(certificate_of(folder.path()), before);
    let client = pinned_client_config(host.fingerprint()).unwrap();
    assert_eq!(connect(renewed, client).await.server.unwrap(), UPGRADE);
}

#[tokio::test]
async fn pa1_a_wrong_key_gets_no_application_byte() {
    let ((_one, impostor), (_two, genuine)) = (host(), host());
    let client = pinned_client_config(genuine.fingerprint()).unwrap();
    let outcome = connect(config(&impostor), client).await;
    let refused = outcome.client.unwrap_err();
    assert!(said(&refused).contains("ApplicationVerificationFailure"), "{refused}");
    // The server's handshake never ended, so it has no keys that application bytes could come under.
    assert!(outcome.server.is_err());
}

#[tokio::test]
async fn pa1_the_genuine_certificate_with_another_key_fails_the_signature() {
    let ((genuine_folder, genuine), (own_folder, _own)) = (host(), host());
    config(&genuine);
    let chain = vec![certificate_of(genuine_folder.path())];
    let signer = any_ecdsa_type(&key_of(own_folder.path())).unwrap();
    let stolen = SingleCertAndKey::from(CertifiedKey::new(chain, signer));
    let impostor = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(stolen));
    let client = pinned_client_config(genuine.fingerprint()).unwrap();
    let outcome = connect(impostor, client).await;
    let refused = outcome.client.unwrap_err();
    assert!(said(&refused).contains("BadSignature"), "{refused}");
    assert!(outcome.server.is_err());
}

#[tokio::test]
async fn pa1_a_server_of_tls_12_is_refused_even_with_the_right_key() {
    let (folder, host) = host();
    config(&host);
    let chain = vec![certificate_of(folder.path())];
    let old = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key_of(folder.path()))
        .unwrap();
    let client = pinned_client_config(host.fingerprint()).unwrap();
    let outcome = connect(old, client).await;
    assert!(outcome.client.is_err() && outcome.server.is_err());
}

#[tokio::test]
async fn pa1_a_client_of_tls_12_is_refused() {
    let (folder, host) = host();
    let server = config(&host);
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate_of(folder.path())).unwrap();
    let old = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS12])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let outcome = connect(server, old).await;
    assert!(outcome.client.is_err() && outcome.server.is_err());
}

#[tokio::test]
async fn pa2_an_invites_fingerprint_is_the_pin_from_the_first_connection() {
    let ((_one, genuine), (_two, impostor)) = (host(), host());
    let minted = InviteLink::new(
        vec!["127.0.0.1".into()],
        47400,
        genuine.fingerprint(),
        uuid::Uuid::new_v4(),
        Secret256::generate().unwrap(),
    );
    let text = minted.unwrap().to_deep_link();
    let invite: InviteLink = text.parse().unwrap();
    let client = || pinned_client_config(invite.fingerprint).unwrap();
    let first = connect(config(&genuine), client()).await;
    assert_eq!(first.server.unwrap(), UPGRADE);
    let first_to_impostor = connect(config(&impostor), client()).await;
    assert!(first_to_impostor.client.is_err() && first_to_impostor.server.is_err());
}

#[tokio::test]
async fn a_client_that_trusts_by_certificate_and_name_also_connects() {
    let (folder, host) = host();
    let server = config(&host);
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate_of(folder.path())).unwrap();
    let browser_like = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let outcome = connect(server, browser_like).await;
    assert_eq!(outcome.server.unwrap(), UPGRADE);
}
