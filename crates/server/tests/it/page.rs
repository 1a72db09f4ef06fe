use testkit::{Client, TestHost, page_socket};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::{Auth, FailureCode};

fn secret(host: &TestHost) -> String {
    let link = host.running().host().open_link().unwrap();
    let (page, secret) = link.split_once("/#").unwrap();
    assert_eq!(page, host.running().doorway().page());
    secret.to_owned()
}

async fn get(host: &TestHost, path: &str, name: &str) -> String {
    let page = host.running().doorway().page();
    let mut stream = TcpStream::connect(page.strip_prefix("http://").unwrap()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.to_ascii_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn pa12_a_links_secret_is_good_once_and_gives_a_credential_that_stays() {
    let mut host = TestHost::start().await.unwrap();
    let secret = secret(&host);
    let welcome = host.tab().await.unwrap().hello(Auth::OpenLink { secret: secret.clone() }).await.unwrap();
    assert!(welcome.owner);
    let credential = welcome.credential.unwrap();
    let again = host.tab().await.unwrap().hello(Auth::OpenLink { secret }).await.unwrap_err();
    assert_eq!(again.code, FailureCode::NotPaired);

    let page = host.running().doorway().page();
    host.end().await;
    host.begin().await.unwrap();
    assert_eq!(host.running().doorway().page(), page);
    let back = host.tab().await.unwrap().hello(Auth::Device { credential }).await.unwrap();
    assert!(back.owner);
}

#[tokio::test(flavor = "multi_thread")]
async fn pa12_a_page_of_another_origin_opens_no_socket() {
    let host = TestHost::start().await.unwrap();
    let page = host.running().doorway().page();
    assert!(page_socket(&page, Some(&page)).await.is_ok());
    for origin in [None, Some("http://evil.example"), Some("http://localhost"), Some("null")] {
        let refused = page_socket(&page, origin).await.unwrap_err();
        assert!(refused.to_string().contains("403"), "{origin:?}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pa12_the_page_keeps_to_itself() {
    let host = TestHost::start().await.unwrap();
    let page = host.running().doorway().page();
    let authority = page.strip_prefix("http://").unwrap();
    let answer = get(&host, "/", authority).await;
    let (head, _) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("connect-src 'self' ws://{authority};")), "{head}");
    for said in ["default-src 'self'", "frame-ancestors 'none'", "nosniff", "no-referrer"] {
        assert!(head.contains(said), "{said} in {head}");
    }
    for never in ["set-cookie", "access-control-", "unsafe-eval"] {
        assert!(!head.contains(never), "{never} in {head}");
    }
    let (_, port) = authority.split_once(':').unwrap();
    for name in [format!("localhost:{port}"), format!("evil.example:{port}"), "127.0.0.1".to_owned()] {
        assert!(get(&host, "/", &name).await.starts_with("http/1.1 403"), "{name}");
    }
    assert!(get(&host, "/../Cargo.toml", authority).await.starts_with("http/1.1 404"));
}

#[tokio::test(flavor = "multi_thread")]
async fn gr8_the_local_socket_wants_the_owners_token_and_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let host = TestHost::start().await.unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&host.data()), 0o700);
    assert_eq!(mode(&host.data().join("conclave.sock")), 0o600);
    assert_eq!(mode(&host.data().join("owner-token")), 0o600);
    let mut stranger = Client::over_local_socket(&host.data()).await.unwrap();
    let refused = stranger.hello(Auth::Local { token: "guessed".to_owned() }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
    assert!(host.owner().await.is_ok());
}
