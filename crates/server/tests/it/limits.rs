use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use model::{Preset, limits};
use ports::listener::Listener;
use server::GateLimits;
use testkit::{HostLimits, Invitation, Socket, TestHost, guest_socket};
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Message;
use wire::Auth;

async fn shared(host: &TestHost) -> Invitation {
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(host, "shared").await.unwrap();
    owner.share(workspace, Preset::Observer).await.unwrap()
}

async fn socket(invitation: &Invitation) -> Socket {
    guest_socket(invitation.link.port, invitation.link.fingerprint).await.unwrap()
}

/// The code that the host closes with.
async fn close_code(mut socket: Socket) -> Option<u16> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return None,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_frames_that_are_too_large_or_none_close_their_connection_alone() {
    let host = TestHost::start().await.unwrap();
    let invitation = shared(&host).await;
    let bystander = socket(&invitation).await;
    let large = Message::text(" ".repeat(limits::FRAME_BYTES + 1));
    for bad in [large, Message::text("{"), Message::text(r#"{"id":1}"#), Message::binary(vec![0])] {
        let mut client = socket(&invitation).await;
        client.send(bad).await.unwrap();
        assert_eq!(close_code(client).await, Some(4400));
    }
    assert_eq!(host.running().doorway().refusals().failed, 4);
    assert_eq!(close_code(bystander).await, Some(4408));
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_the_oldest_stranger_of_an_address_gives_way_to_the_fifth() {
    let host = TestHost::start().await.unwrap();
    let invitation = shared(&host).await;
    let oldest = socket(&invitation).await;
    let mut others = Vec::new();
    for _ in 0..limits::UNAUTHENTICATED_PER_ADDRESS {
        others.push(socket(&invitation).await);
    }
    assert_eq!(close_code(oldest).await, Some(4429));
    assert_eq!(host.running().doorway().refusals().evicted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_an_address_that_fails_too_often_has_to_wait() {
    let gate = GateLimits { failures: 2, ..GateLimits::default() };
    let host = TestHost::with_limits(HostLimits { gate, ..HostLimits::default() }).await.unwrap();
    let invitation = shared(&host).await;
    for _ in 0..2 {
        let mut client = invitation.dial().await.unwrap();
        client.hello(Auth::Device { credential: "g".repeat(43) }).await.unwrap_err();
        let closed = client.wait_for("a close", |replica| replica.closed.is_some()).await;
        assert_eq!(closed.closed, Some(Some(4401)));
    }
    assert_eq!(close_code(socket(&invitation).await).await, Some(4429));
    let refusals = host.running().doorway().refusals();
    assert_eq!((refusals.failed, refusals.waiting), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn pa8_a_socket_that_answers_no_ping_is_dropped() {
    let gate = GateLimits { ping: Duration::from_millis(50), ..GateLimits::default() };
    let host = TestHost::with_limits(HostLimits { gate, ..HostLimits::default() }).await.unwrap();
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(&host, "shared").await.unwrap();
    let invitation = owner.share(workspace, Preset::Observer).await.unwrap();
    let mut living = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(living.hello(invitation.auth("Bea")), owner.let_somebody_in());
    admitted.unwrap();
    welcome.unwrap();

    let page = host.running().doorway().page();
    let secret = host.running().host().open_link().unwrap().split_once('#').unwrap().1.to_owned();
    let mut deaf = testkit::page_socket(&page, Some(&page)).await.unwrap();
    let hello = wire::Hello { auth: Auth::OpenLink { secret }, client: "deaf".to_owned() };
    deaf.send(Message::text(wire::encode_request(1, &wire::Request::Hello(hello)))).await.unwrap();
    // Read below the WebSocket, no ping is answered; the bytes end when the host lets go.
    let mut unanswered = Vec::new();
    let _ended = deaf.get_mut().read_to_end(&mut unanswered).await;
    assert!(!unanswered.is_empty());
    assert!(living.replica().closed.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn pa10_without_a_common_version_the_socket_says_so() {
    let host = TestHost::start().await.unwrap();
    let page = host.running().doorway().page();
    let authority = page.strip_prefix("http://").unwrap();
    let mut request = testkit::handshake(&format!("ws://{authority}/ws"), Some(&page)).unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "conclave.v99".parse().unwrap());
    let stream = tokio::net::TcpStream::connect(authority).await.unwrap();
    let stream: Box<dyn testkit::Pipe> = Box::new(stream);
    let (socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
    assert_eq!(close_code(socket).await, Some(4410));
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_the_owner_sets_limits_and_the_next_start_keeps_to_them() {
    let mut host = TestHost::start().await.unwrap();
    host.end().await;
    let wanted = r#"{"hello_s": 1, "frame_bytes": 16384, "prompt_bytes": 1024, "commands_burst": 3,
        "commands_per_second": 1, "unauthenticated_per_address": 1}"#;
    std::fs::write(host.data().join("limits.json"), wanted).unwrap();
    host.begin().await.unwrap();
    let invitation = shared(&host).await;

    // One socket of an address waits for its hello; the next takes its place, and then is late.
    let first = socket(&invitation).await;
    let second = socket(&invitation).await;
    assert_eq!(close_code(first).await, Some(4429));
    assert_eq!(close_code(second).await, Some(4408));

    let mut large = socket(&invitation).await;
    large.send(Message::text("x".repeat(16385))).await.unwrap();
    assert_eq!(close_code(large).await, Some(4400));
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_a_host_does_not_start_with_limits_that_nobody_meant() {
    let mut host = TestHost::start().await.unwrap();
    host.end().await;
    let file = host.data().join("limits.json");
    for (text, told) in [
        (r#"{"connection": 5}"#, "unknown field `connection`"),
        (r#"{"frame_bytes": 2000000}"#, "`frame_bytes` is 2000000, and can be 16384 to 1048576"),
        (r#"{"hello_s": "soon"}"#, "invalid type"),
        ("[", "remove it for the usual limits"),
    ] {
        std::fs::write(&file, text).unwrap();
        let refused = host.begin().await.unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
    std::fs::remove_file(&file).unwrap();
    host.begin().await.unwrap();
}
