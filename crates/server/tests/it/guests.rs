use std::net::Ipv4Addr;

use identity::{Fingerprint, HostIdentity};
use model::Preset;
use testkit::{Client, Invitation, TestHost, command, guest_socket};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use wire::{Auth, FailureCode, Reply, Request};

async fn shared(host: &TestHost) -> (Client, Invitation) {
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(host, "shared").await.unwrap();
    let invitation = owner.share(workspace, Preset::Collaborator).await.unwrap();
    (owner, invitation)
}

async fn nobody_listens(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn pa2_sh3_an_invite_leads_to_its_host_and_through_the_door() {
    let host = TestHost::start().await.unwrap();
    let (owner, invitation) = shared(&host).await;
    let mut guest = invitation.dial().await.unwrap();
    let auth = invitation.auth("Bea");
    let (welcome, admitted) = tokio::join!(guest.hello(auth), owner.let_somebody_in());
    admitted.unwrap();
    let welcome = welcome.unwrap();
    assert!(!welcome.owner);
    assert_eq!(welcome.name.to_string(), "Bea");
    assert_eq!(welcome.host_name.to_string(), "Ada");
}

#[tokio::test(flavor = "multi_thread")]
async fn pa1_pa2_another_hosts_key_gets_not_even_the_upgrade() {
    let host = TestHost::start().await.unwrap();
    let (_owner, invitation) = shared(&host).await;
    let stranger = Fingerprint::of_spki(b"another key");
    let error = guest_socket(invitation.link.port, stranger).await.unwrap_err();
    assert_eq!(error.to_string(), "TLS");

    // The same from the other side: a stranger with a key of their own behind the invite's address.
    let folder = tempfile::tempdir().unwrap();
    let identity = HostIdentity::load_or_create(folder.path()).unwrap();
    let config = identity.server_config(&["127.0.0.1".to_owned()]).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
        let mut bytes = Vec::new();
        match acceptor.accept(stream).await {
            Ok(mut tls) => tls.read_to_end(&mut bytes).await.map(|_| bytes).unwrap_or_default(),
            Err(_) => bytes,
        }
    });
    assert!(guest_socket(port, invitation.link.fingerprint).await.is_err());
    assert!(heard.await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn sh1_sh7_the_port_opens_at_the_mint_and_closes_with_the_last_share() {
    let host = TestHost::start().await.unwrap();
    let (owner, first) = shared(&host).await;
    let workspace = owner.workspace(&host, "second").await.unwrap();
    let second = owner.share(workspace, Preset::Observer).await.unwrap();
    assert_eq!(first.link.port, second.link.port);
    assert!(first.dial().await.is_ok());

    owner.call(Request::StopShare { command: command(), share: first.share }).await.unwrap();
    assert!(second.dial().await.is_ok());
    owner.call(Request::StopShare { command: command(), share: second.share }).await.unwrap();
    while !nobody_listens(first.link.port).await {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sh1_a_port_that_is_taken_at_the_restart_is_said_and_another_is_used() {
    let mut host = TestHost::start().await.unwrap();
    let (_owner, invitation) = shared(&host).await;
    host.end().await;
    let rival = std::net::TcpListener::bind(("127.0.0.1", invitation.link.port)).unwrap();
    host.begin().await.unwrap();
    let owner = host.owner().await.unwrap();
    let Ok(Reply::Health { warnings, .. }) = owner.call(Request::Health).await else { panic!("health") };
    let port = invitation.link.port.to_string();
    assert!(warnings.len() == 1 && warnings[0].contains(&port), "{warnings:?}");
    let share = invitation.share;
    let fresh = Request::MintInvite { command: command(), share, uses: None, lifetime: None, consent: None };
    let Ok(Reply::Invited { invite }) = owner.call(fresh).await else { panic!("an invite") };
    assert!(!invite.code.contains(&format!(".{port}.")), "a fresh invite names the other port");
    drop(rival);
}

#[tokio::test(flavor = "multi_thread")]
async fn sh4_shares_and_credentials_survive_a_restart() {
    let mut host = TestHost::start().await.unwrap();
    let (owner, invitation) = shared(&host).await;
    let auth = invitation.auth("Bea");
    let Auth::Invite { credential, .. } = auth.clone() else { unreachable!() };
    let mut guest = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(guest.hello(auth), owner.let_somebody_in());
    admitted.unwrap();
    let person = welcome.unwrap().person;

    host.end().await;
    let closed = guest.wait_for("a goodbye", |replica| replica.closed.is_some()).await;
    assert_eq!(closed.closed, Some(Some(4450)));
    assert!(nobody_listens(invitation.link.port).await);

    host.begin().await.unwrap();
    let mut back = invitation.dial().await.unwrap();
    assert_eq!(back.hello(Auth::Device { credential }).await.unwrap().person, person);

    let owner = host.owner().await.unwrap();
    owner.call(Request::StopShare { command: command(), share: invitation.share }).await.unwrap();
    let closed = back.wait_for("the end of the share", |replica| replica.closed.is_some()).await;
    assert_eq!(closed.closed, Some(Some(4403)));
    host.end().await;
    host.begin().await.unwrap();
    assert!(nobody_listens(invitation.link.port).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn sh2_a_wrong_or_spent_invite_is_told_apart() {
    let host = TestHost::start().await.unwrap();
    let (owner, invitation) = shared(&host).await;
    let Auth::Invite { invite, credential, name, .. } = invitation.auth("Eve") else { unreachable!() };
    let secret = identity::Secret256::generate().unwrap().reveal();
    let wrong = Auth::Invite { invite, secret, credential, name };
    let refused = invitation.dial().await.unwrap().hello(wrong).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::InviteUnknown);

    let mut bea = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(bea.hello(invitation.auth("Bea")), owner.let_somebody_in());
    admitted.unwrap();
    welcome.unwrap();
    let refused = invitation.dial().await.unwrap().hello(invitation.auth("Cid")).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::InviteSpent);
}
