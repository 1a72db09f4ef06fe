//! Pairing by a code over real TLS, and between two machines that only share a network.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use identity::{HostIdentity, pairing_client_config};
use model::{DisplayName, Preset};
use pairing::Code;
use peer::{Guise, Home, Keyring, PeerError, Seen, Standing, pair};
use ports::chain;
use ports::signer::Signer;
use rustls::pki_types::ServerName;
use testkit::{Client, TestHost, command};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};
use wire::{FailureCode, Reply, Request};

/// A host that shows a code, and a data folder that is to pair with it.
struct Scene {
    host: TestHost,
    owner: Client,
    code: Code,
    seen: Seen,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn set() -> Self {
        let host = TestHost::start().await.unwrap();
        let owner = host.owner().await.unwrap();
        let workspace = owner.workspace(&host, "auth").await.unwrap();
        let invitation = owner.share(workspace, Preset::Collaborator).await.unwrap();
        let asked = Request::StartPairing { command: command(), share: invitation.share };
        let Ok(Reply::PairingCode { code, .. }) = owner.call(asked).await else { panic!("a code") };
        let key = HostIdentity::load_or_create(&host.data()).unwrap().signer().unwrap().public_key();
        let seen = Seen {
            name: "Ada".into(),
            addresses: vec!["127.0.0.1".into()],
            port: invitation.link.port,
            hint: chain::hex(&chain::digest(&key))[..8].to_owned(),
        };
        let folder = tempfile::tempdir().unwrap();
        Self { host, owner, code: code.parse().unwrap(), seen, folder }
    }

    fn home(&self) -> Home {
        Home::in_folder(self.folder.path(), Keyring::Off)
    }

    async fn pair(&self, seen: &Seen, code: &Code) -> Result<peer::KnownHost, PeerError> {
        let guise = Guise { name: DisplayName::parse("Bea Secretive").unwrap(), label: None };
        pair(&self.home(), seen, code, guise, "conclave test").await
    }

    fn wrong(&self) -> Code {
        Code::pick(self.code.reveal().parse::<u64>().unwrap() + 1)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pa3_pa5_a_code_pins_the_key_and_the_host_is_known_from_then_on() {
    let mut scene = Scene::set().await;
    let host = scene.pair(&scene.seen, &scene.code).await.unwrap();
    assert_eq!((host.standing, host.name.as_str()), (Standing::In, "Bea Secretive"));
    let (again, _client) =
        peer::visit(&scene.home(), &host.key.0, "conclave test", Duration::from_secs(20)).await.unwrap();
    assert_eq!(again.key, host.key);
    let refused = scene.pair(&scene.seen, &scene.code).await.unwrap_err();
    assert!(refused.to_string().contains("no pairing code"), "{refused}");
    assert_eq!(scene.home().book.all().unwrap().len(), 1);
    scene.host.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pa3_a_wrong_code_pins_nothing_and_three_burn_it() {
    let mut scene = Scene::set().await;
    for _ in 0..3 {
        let refused = scene.pair(&scene.seen, &scene.wrong()).await.unwrap_err();
        assert!(matches!(refused, PeerError::CodeWrong), "{refused}");
    }
    let burnt = scene.pair(&scene.seen, &scene.code).await.unwrap_err();
    let code = match &burnt {
        PeerError::Call(peer::CallError::Refused(failure)) => Some(failure.code),
        _ => None,
    };
    assert_eq!(code, Some(FailureCode::NoCode), "{burnt}");
    assert!(scene.home().book.all().unwrap().is_empty());
    scene.host.end().await;
}

/// It has a key of its own, passes every byte on, and reads all of them.
#[tokio::test(flavor = "multi_thread")]
async fn pa1_pa3_a_relay_in_the_middle_is_refused_and_learns_no_name_and_no_credential() {
    let mut scene = Scene::set().await;
    let (address, heard, key) = relay(scene.seen.port).await;
    let hint = key.iter().map(|byte| format!("{byte:02x}")).collect::<String>()[..8].to_owned();
    let lured = Seen { port: address.port(), hint, ..scene.seen.clone() };
    let refused = scene.pair(&lured, &scene.code).await.unwrap_err();
    assert!(matches!(refused, PeerError::CodeWrong), "{refused}");
    let heard = String::from_utf8_lossy(&heard.lock().unwrap()).into_owned();
    assert!(heard.contains("pair_answer"), "it did relay");
    assert!(!heard.contains("Secretive") && !heard.contains("conclave test"), "{heard}");
    assert!(scene.home().book.all().unwrap().is_empty());
    let honest = Seen { port: address.port(), ..scene.seen.clone() };
    let refused = scene.pair(&honest, &scene.code).await.unwrap_err();
    assert!(matches!(refused, PeerError::NotTheOneSeen { .. }), "{refused}");
    scene.owner.call(Request::StopPairing { command: command() }).await.unwrap();
    scene.host.end().await;
}

type Heard = Arc<Mutex<Vec<u8>>>;

/// TLS by another key in front of the host on this port; what the host says is written down unmasked.
async fn relay(port: u16) -> (SocketAddr, Heard, [u8; 32]) {
    let folder = tempfile::tempdir().unwrap();
    let own = HostIdentity::load_or_create(folder.path()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(own.server_config(&["127.0.0.1".into()]).unwrap()));
    let key = *own.fingerprint().as_bytes();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let written = Arc::clone(&heard);
    tokio::spawn(async move {
        let _folder = folder;
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(client) = acceptor.accept(stream).await else { continue };
            let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
            let connector = TlsConnector::from(Arc::new(pairing_client_config().unwrap()));
            let name = ServerName::try_from("127.0.0.1").unwrap();
            let Ok(host) = connector.connect(name, stream).await else { return };
            let (from_client, to_client) = tokio::io::split(client);
            let (from_host, to_host) = tokio::io::split(host);
            tokio::spawn(copy(from_client, to_host, Arc::clone(&written)));
            tokio::spawn(copy(from_host, to_client, Arc::clone(&written)));
        }
    });
    (address, heard, key)
}

async fn copy(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, heard: Heard) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        heard.lock().unwrap().extend_from_slice(&unmasked(&buffer[..read]));
        if to.write_all(&buffer[..read]).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
}

/// A client's WebSocket frame as it was before it was masked; anything else as it is.
fn unmasked(bytes: &[u8]) -> Vec<u8> {
    let [0x81, length, rest @ ..] = bytes else { return bytes.to_vec() };
    let rest = match length {
        0xfe => rest.get(2..).unwrap_or_default(),
        0x80..=0xfd => rest,
        _ => return bytes.to_vec(),
    };
    let Some((mask, text)) = rest.split_at_checked(4) else { return bytes.to_vec() };
    text.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect()
}
