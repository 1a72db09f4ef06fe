//! Windows' pipes through the host to others, with a far end that the test holds.

use std::sync::Mutex;
use std::time::Duration;

use host::{Connection, Outgoing, Via};
use model::{DisplayName, HostKey, Preset, Timestamp};
use ports::Later;
use ports::frame::Frame;
use ports::nearby::{Advert, Nearby, Sighting};
use ports::peers::{Heard, Known, Peers, PeersError, Pipe};
use tokio::sync::mpsc;
use wire::*;

use crate::client::command;
use crate::stage::{Consensus, Stage, credential_of, tls};

/// Other hosts as the test has them.
#[derive(Default)]
pub struct Neighbours {
    /// Pipes that were opened, and their far ends.
    pipes: Mutex<Vec<FarEnd>>,
    forgotten: Mutex<Vec<HostKey>>,
    /// Codes that were tried.
    tried: Mutex<Vec<String>>,
}

struct FarEnd {
    opened: (HostKey, u64, String),
    said: mpsc::Receiver<Frame>,
    hear: mpsc::Sender<Heard>,
}

fn ada(name: DisplayName) -> Known {
    Known {
        key: HostKey("key".into()),
        label: DisplayName::parse("Ada").unwrap(),
        name,
        waiting: true,
        in_keyring: false,
        address: "10.0.0.5".into(),
        added_at: Timestamp(1),
        welcomed_at: None,
    }
}

impl Peers for Neighbours {
    fn join(&self, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        let detail = "It is off.".to_owned();
        let joined = if code == "good" { Ok(ada(name)) } else { Err(PeersError::Unreachable { detail }) };
        Box::pin(async { joined })
    }

    fn pair(&self, seen: Sighting, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        let detail = "Not these.".to_owned();
        let right = seen.hint == "0a1b2c3d" && code == "123456";
        self.tried.lock().unwrap().push(code);
        let joined = if right { Ok(ada(name)) } else { Err(PeersError::CodeWrong { detail }) };
        Box::pin(async { joined })
    }

    fn known(&self) -> Later<'_, Result<Vec<Known>, PeersError>> {
        Box::pin(async { Ok(vec![ada(DisplayName::parse("Bea").unwrap())]) })
    }

    fn forget(&self, host: HostKey) -> Later<'_, Result<(), PeersError>> {
        self.forgotten.lock().unwrap().push(host);
        Box::pin(async { Ok(()) })
    }

    fn pipe(&self, host: HostKey, id: u64, client: String) -> Pipe {
        let (say, said) = mpsc::channel(1);
        let (hear, heard) = mpsc::channel(1);
        self.pipes.lock().unwrap().push(FarEnd { opened: (host, id, client), said, hear });
        Pipe { say, heard }
    }
}

impl Nearby for Neighbours {
    fn announce(&self, _: Advert) {}

    fn withdraw(&self) {}

    fn seen(&self) -> Vec<Sighting> {
        vec![Sighting {
            hint: "0a1b2c3d".into(),
            name: DisplayName::parse("Ada").unwrap(),
            port: 4711,
            addresses: vec!["10.0.0.5".parse().unwrap()],
            version: 1,
        }]
    }
}

fn hello(auth: Auth) -> String {
    wire::encode_request(41, &Request::Hello(Hello { auth, client: "window".into() }))
}

fn window() -> Auth {
    Auth::Local { token: String::new() }
}

fn elsewhere(stage: &Stage, via: Via) -> Connection {
    stage.host.connect_elsewhere(via, HostKey("key".into()))
}

async fn next(pipe: &mut Connection) -> Option<Outgoing> {
    tokio::time::timeout(Duration::from_secs(20), pipe.next()).await.expect("in time")
}

async fn refusal(pipe: &mut Connection) -> FailureCode {
    let Some(Outgoing::Frame(frame)) = next(pipe).await else { panic!("an answer") };
    let Ok(HostFrame::Failed { id: Some(41), failure }) = wire::decode_host(&frame) else {
        panic!("{frame}")
    };
    failure.code
}

async fn opened(stage: &Stage) -> (Connection, FarEnd) {
    let pipe = elsewhere(stage, Via::Window);
    let mut proof = pipe.authenticated();
    assert!(pipe.send(hello(window())).await);
    proof.wait_for(|proven| *proven).await.unwrap();
    loop {
        if let Some(far) = stage.neighbours.pipes.lock().unwrap().pop() {
            return (pipe, far);
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn pa12_nobody_but_the_owner_goes_to_another_host_from_here() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::CoHost, Consensus::No).await;
    let _bea = stage.guest("Bea", Preset::CoHost, Consensus::No).await;
    let (invite, secret) = code.split_once(' ').unwrap();
    let invite = Auth::Invite {
        invite: invite.parse().unwrap(),
        secret: secret.into(),
        credential: credential_of("fresh"),
        name: "Cy".into(),
    };
    let device = |of: &str| Auth::Device { credential: of.into() };
    let Ok(Reply::Link { url }) = stage.owner.call(Request::OpenLink { command: command() }).await else {
        panic!()
    };
    let link = Auth::OpenLink { secret: url.split_once('#').unwrap().1.to_owned() };
    let strangers = [
        (tls(), device(&credential_of("credential of Bea"))),
        (tls(), invite),
        (tls(), window()),
        (Via::Loopback, device(&credential_of("credential of Bea"))),
        (Via::Loopback, device(&credential_of("none"))),
        (Via::Loopback, link.clone()),
        (Via::Loopback, window()),
        (Via::Local, window()),
    ];
    for (via, auth) in strangers {
        let mut pipe = elsewhere(&stage, via);
        pipe.send(hello(auth.clone())).await;
        assert_eq!(refusal(&mut pipe).await, FailureCode::NotPaired, "{via:?} {auth:?}");
        assert!(matches!(next(&mut pipe).await, Some(Outgoing::Frame(bye)) if bye.contains(r#""refused""#)));
        assert_eq!(next(&mut pipe).await, Some(Outgoing::Close(CloseCode::NotPaired)));
        assert!(!*pipe.authenticated().borrow());
    }
    assert!(stage.neighbours.pipes.lock().unwrap().is_empty(), "nothing was dialled");
    // The link was not spent by the attempt; on the page's own connection it opens.
    let mut page = crate::client::Client::new(&stage.host, Via::Loopback);
    let Ok(Reply::Welcome(welcome)) = page.hello(link).await else { panic!("a welcome") };
    let pipe = elsewhere(&stage, Via::Loopback);
    pipe.send(hello(device(&welcome.credential.unwrap()))).await;
    pipe.authenticated().wait_for(|proven| *proven).await.unwrap();
}

#[tokio::test]
async fn pa12_before_the_hello_nothing_passes() {
    let stage = Stage::set().await;
    let mut pipe = elsewhere(&stage, Via::Window);
    pipe.send(wire::encode_request(41, &Request::Agents)).await;
    assert_eq!(refusal(&mut pipe).await, FailureCode::HelloFirst);
    let mut pipe = elsewhere(&stage, Via::Window);
    pipe.send("no frame".to_owned()).await;
    assert!(matches!(next(&mut pipe).await, Some(Outgoing::Frame(bye)) if bye.contains("bad_frame")));
    assert_eq!(next(&mut pipe).await, Some(Outgoing::Close(CloseCode::BadFrame)));
    assert!(stage.neighbours.pipes.lock().unwrap().is_empty());
}

#[tokio::test]
async fn frames_pass_as_they_are_and_the_owners_proof_does_not() {
    let stage = Stage::set().await;
    let (mut pipe, mut far) = opened(&stage).await;
    assert_eq!(far.opened, (HostKey("key".into()), 41, "window".into()));
    let frame = r#"{"jsonrpc":"2.0","id":7,"method":"of_tomorrow","params":{ "kept" : [1,  2] }}"#;
    pipe.send(frame.to_owned()).await;
    assert_eq!(far.said.recv().await, Some(Frame::Text(frame.to_owned())), "the hello itself stays here");
    far.hear.send(Heard::Frame(Frame::Text(frame.to_owned()))).await.unwrap();
    assert_eq!(next(&mut pipe).await, Some(Outgoing::Frame(frame.into())));
    far.hear.send(Heard::Closed(Some(4403))).await.unwrap();
    assert_eq!(next(&mut pipe).await, Some(Outgoing::Close(CloseCode::Revoked)));
    assert_eq!(next(&mut pipe).await, None);
}

#[tokio::test]
async fn a_pipe_whose_far_end_breaks_is_worth_dialling_again() {
    let stage = Stage::set().await;
    let (mut pipe, far) = opened(&stage).await;
    drop(far);
    assert_eq!(next(&mut pipe).await, Some(Outgoing::Close(CloseCode::Unreachable)));
    assert!(CloseCode::Unreachable.worth_retrying());
}

#[tokio::test]
async fn a_window_that_goes_hangs_up() {
    let stage = Stage::set().await;
    let (pipe, mut far) = opened(&stage).await;
    drop(pipe);
    assert_eq!(far.said.recv().await, None);
}

#[tokio::test]
async fn a_slow_window_slows_the_other_host() {
    let stage = Stage::set().await;
    let (mut pipe, far) = opened(&stage).await;
    let mut sent = 0;
    let frame = || Heard::Frame(Frame::Text("x".repeat(1000)));
    while tokio::time::timeout(Duration::from_millis(200), far.hear.send(frame())).await.is_ok() {
        sent += 1;
        assert!(sent < 50, "frames pile up");
    }
    assert!(matches!(next(&mut pipe).await, Some(Outgoing::Frame(_))));
    far.hear.send(frame()).await.unwrap();
}

#[tokio::test]
async fn the_owner_joins_lists_and_forgets_hosts() {
    let mut stage = Stage::set().await;
    let join = |code: &str, name: Option<&str>| Request::JoinHost {
        command: command(),
        code: code.into(),
        name: name.map(str::to_owned),
    };
    let Ok(Reply::HostJoined { host }) = stage.owner.call(join("good", None)).await else { panic!() };
    assert_eq!((host.name.as_str(), host.waiting), ("Ada", true), "their own name, unless they say another");
    let Ok(Reply::HostJoined { host }) = stage.owner.call(join("good", Some("Bea"))).await else { panic!() };
    assert_eq!(host.name.as_str(), "Bea");
    let refused = stage.owner.call(join("off", None)).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::HostUnreachable, Retry::After));
    let refused = stage.owner.call(join("good", Some("\u{202e}"))).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NameRefused);
    let Ok(Reply::KnownHosts { hosts }) = stage.owner.call(Request::KnownHosts).await else { panic!() };
    assert_eq!(hosts.len(), 1);
    stage.owner.call(Request::ForgetHost { command: command(), host: HostKey("key".into()) }).await.unwrap();
    assert_eq!(*stage.neighbours.forgotten.lock().unwrap(), [HostKey("key".into())]);
}

#[tokio::test]
async fn pa3_the_owner_joins_a_host_seen_nearby_by_its_digits() {
    let mut stage = Stage::set().await;
    let pair = |hint: &str, code: &str| Request::PairHost {
        command: command(),
        hint: hint.into(),
        code: code.into(),
        name: None,
    };
    let Ok(Reply::HostJoined { host }) = stage.owner.call(pair("0a1b2c3d", "123456")).await else { panic!() };
    assert_eq!(host.name.as_str(), "Ada");
    let wrong = stage.owner.call(pair("0a1b2c3d", "654321")).await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::CodeWrong);
    let gone = stage.owner.call(pair("ffffffff", "123456")).await.unwrap_err();
    assert_eq!(gone.code, FailureCode::NotFound);
    assert!(gone.message.contains("not seen nearby"), "{}", gone.message);
}

#[tokio::test]
async fn lo5_pa3_a_code_that_is_sent_again_under_its_command_is_shown_once() {
    let mut stage = Stage::set().await;
    let once = command();
    let pair = |code: &str| Request::PairHost {
        command: once,
        hint: "0a1b2c3d".into(),
        code: code.into(),
        name: None,
    };
    let first = stage.owner.call(pair("123456")).await;
    assert!(matches!(first, Ok(Reply::HostJoined { .. })));
    assert_eq!(stage.owner.call(pair("123456")).await, first);
    assert_eq!(*stage.neighbours.tried.lock().unwrap(), ["123456"]);
    let other = stage.owner.call(pair("654321")).await.unwrap_err();
    assert_eq!(other.code, FailureCode::IdReused);
}

#[tokio::test]
async fn a_host_that_is_forgotten_loses_its_pipes_and_others_keep_theirs() {
    let mut stage = Stage::set().await;
    let (mut pipe, mut far) = opened(&stage).await;
    let forget = |key: &str| Request::ForgetHost { command: command(), host: HostKey(key.into()) };
    stage.owner.call(forget("another")).await.unwrap();
    far.hear.send(Heard::Frame(Frame::Text("still there".into()))).await.unwrap();
    assert!(matches!(next(&mut pipe).await, Some(Outgoing::Frame(frame)) if &*frame == "still there"));
    stage.owner.call(forget("key")).await.unwrap();
    let Some(Outgoing::Frame(frame)) = next(&mut pipe).await else { panic!("a last word") };
    assert!(frame.contains("You have forgotten this host"), "{frame}");
    assert!(matches!(next(&mut pipe).await, Some(Outgoing::Close(CloseCode::Revoked))));
    assert_eq!(far.said.recv().await, None);
}
