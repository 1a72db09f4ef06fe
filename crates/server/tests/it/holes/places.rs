//! Sockets that cost their owner nothing.

use std::net::Ipv4Addr;

use futures_util::SinkExt;
use futures_util::future::join_all;
use model::{Preset, limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use wire::{Auth, Hello, Request};

use super::{Scene, closed};

/// Reads until the host lets it go.
async fn let_go(mut stream: TcpStream) {
    let mut rest = Vec::new();
    // A reset is an end, too.
    let _ = stream.read_to_end(&mut rest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_sockets_that_say_nothing_are_let_go_and_keep_nobody_out() {
    let scene = Scene::set(Preset::Collaborator).await;
    let port = scene.invitation.link.port;
    let mut idle = Vec::new();
    for nth in 0..3 * limits::STRANGERS_PER_ADDRESS {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        if nth % 2 == 0 {
            // The first bytes of a TLS record, and no more.
            stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
        }
        idle.push(let_go(stream));
    }
    let bea = scene.guest("Bea").await;
    join_all(idle).await;
    bea.client.call(scene.rename("still here")).await.unwrap();
    let evicted = ports::listener::Listener::refusals(scene.host.running().doorway()).evicted;
    assert!(evicted >= 2 * limits::STRANGERS_PER_ADDRESS as u64, "{evicted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pa6_a_guest_who_sends_no_frame_loses_that_socket_alone() {
    let scene = Scene::set(Preset::Collaborator).await;
    let (bea, chen) = (scene.guest("Bea").await, scene.guest("Chen").await);
    let window = scene.again(&bea).await;
    let mut bad =
        testkit::guest_socket(scene.invitation.link.port, scene.invitation.link.fingerprint).await.unwrap();
    let auth = Auth::Device { credential: bea.credential.clone() };
    let hello = Request::Hello(Hello { auth, client: "bad".to_owned() });
    bad.send(Message::text(wire::encode_request(1, &hello))).await.unwrap();
    bad.send(Message::text(r#"{"jsonrpc":"2.0","id":2"#)).await.unwrap();
    let bad = testkit::Client::over_socket(bad);
    assert_eq!(closed(&bad).await, (Some(4400), Some(wire::ByeReason::BadFrame)));
    for (nth, client) in [&bea.client, &window, &chen.client].into_iter().enumerate() {
        client.call(scene.rename(&format!("fine {nth}"))).await.unwrap();
    }
}
