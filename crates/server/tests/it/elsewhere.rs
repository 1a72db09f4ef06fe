//! The owner's page at another host, through this one: both real, over TLS.

use model::{Preset, SessionId, StreamId};
use testkit::{Client, TestHost, command, pipe_socket};
use wire::{Auth, FailureCode, Reply, Request};

struct Play {
    ada: TestHost,
    bea: TestHost,
    session: SessionId,
    share: model::ShareId,
    /// Of Bea's own page.
    credential: String,
    /// Ada's host, as Bea's knows it.
    key: String,
}

async fn play() -> Play {
    let (ada, bea) = (TestHost::start().await.unwrap(), TestHost::start().await.unwrap());
    let owner = ada.owner().await.unwrap();
    let workspace = owner.workspace(&ada, "shared").await.unwrap();
    let session = owner.session(workspace, "rehearsal").await.unwrap();
    let minted = owner.share(workspace, Preset::Collaborator).await.unwrap();
    let me = bea.owner().await.unwrap();
    let code = minted.link.to_deep_link();
    let join = Request::JoinHost { command: command(), code, name: Some("Bea".to_owned()) };
    let Ok(Reply::HostJoined { host }) = me.call(join).await else { panic!("joined") };
    assert!(host.waiting && !host.in_keyring);
    let url = bea.running().host().open_link().unwrap();
    let secret = url.split_once('#').unwrap().1.to_owned();
    let welcome = bea.tab().await.unwrap().hello(Auth::OpenLink { secret }).await.unwrap();
    let credential = welcome.credential.unwrap();
    Play { ada, bea, session, share: minted.share, credential, key: host.key.0 }
}

impl Play {
    async fn pipe(&self) -> Client {
        let page = self.bea.running().doorway().page();
        Client::over_socket(pipe_socket(&page, Some(&page), &self.key).await.unwrap())
    }

    fn proof(&self) -> Auth {
        Auth::Device { credential: self.credential.clone() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pa4_pa9_the_owners_page_works_at_another_host_over_its_restart() {
    let mut play = play().await;
    let mut pipe = play.pipe().await;
    let owner = play.ada.owner().await.unwrap();
    let (welcome, let_in) = tokio::join!(pipe.hello(play.proof()), owner.let_somebody_in());
    let_in.unwrap();
    let welcome = welcome.unwrap();
    assert_eq!((welcome.name.as_str(), welcome.owner), ("Bea", false), "she is a guest there");
    let me = play.bea.owner().await.unwrap();
    let Ok(Reply::KnownHosts { hosts }) = me.call(Request::KnownHosts).await else { panic!() };
    assert_eq!((hosts[0].label.as_str(), hosts[0].waiting), ("Ada", false), "the book learns of it");
    let stream = StreamId::Session(play.session);
    pipe.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    pipe.wait_for("the room", |replica| replica.view(play.session).is_some()).await;

    drop(owner);
    play.ada.end().await;
    let closed = pipe.wait_for("the close", |replica| replica.closed.is_some()).await;
    assert_eq!(closed.closed, Some(Some(4450)), "{:?}", closed.bye);
    let mut gone = play.pipe().await;
    // The socket may close before the answer.
    gone.hello(play.proof()).await.unwrap_err();
    let closed = gone.wait_for("the close", |replica| replica.closed.is_some()).await;
    assert_eq!(
        (closed.closed, closed.bye.map(|bye| bye.reason)),
        (Some(Some(4461)), Some(wire::ByeReason::Unreachable))
    );

    play.ada.begin().await.unwrap();
    let mut back = play.pipe().await;
    assert_eq!(back.hello(play.proof()).await.unwrap().name.as_str(), "Bea");
    back.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    back.wait_for("the room", |replica| replica.view(play.session).is_some()).await;
    let owner = play.ada.owner().await.unwrap();
    owner.call(Request::StopShare { command: command(), share: play.share }).await.unwrap();
    let closed = back.wait_for("the close", |replica| replica.closed.is_some()).await;
    assert_eq!(closed.closed, Some(Some(4403)), "{:?}", closed.bye);
}

#[tokio::test(flavor = "multi_thread")]
async fn pa12_a_pipe_opens_for_the_owners_page_alone() {
    let play = play().await;
    let page = play.bea.running().doorway().page();
    for origin in [None, Some("http://evil.example"), Some("null")] {
        let refused = pipe_socket(&page, origin, &play.key).await.unwrap_err();
        assert!(refused.to_string().contains("403"), "{origin:?}: {refused}");
    }
    let mut stranger = play.pipe().await;
    let refused = stranger.hello(Auth::Device { credential: "A".repeat(43) }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
    let mut nowhere = Client::over_socket(pipe_socket(&page, Some(&page), "no-such-key").await.unwrap());
    nowhere.hello(play.proof()).await.unwrap_err();
    let closed = nowhere.wait_for("the close", |replica| replica.closed.is_some()).await;
    assert_eq!(closed.closed, Some(Some(4401)));
}

#[tokio::test(flavor = "multi_thread")]
async fn te4_te5_a_terminal_of_another_host_works_through_ones_own() {
    let play = play().await;
    let owner = play.ada.owner().await.unwrap();
    let seen = owner.call(Request::WatchDirectory).await;
    seen.unwrap();
    let replica = owner.wait_for("the directory", |replica| replica.directory.is_some()).await;
    let workspace = replica.directory.unwrap().workspaces[0].workspace;
    let wish = wire::ShareWish::of(vec![workspace], Preset::Collaborator);
    let terms = wire::ShareWish { terminal: model::TerminalRight::Drive, ..wish };
    owner.call(Request::EditShare { command: command(), share: play.share, terms }).await.unwrap();
    let mut pipe = play.pipe().await;
    let (welcome, let_in) = tokio::join!(pipe.hello(play.proof()), owner.let_somebody_in());
    let_in.unwrap();
    welcome.unwrap();
    let size = model::TerminalSize { columns: 80, rows: 24 };
    let open = Request::OpenTerminal { command: command(), workspace, size };
    let Ok(Reply::Terminal { terminal }) = pipe.call(open).await else { panic!("a terminal") };
    let terminal = terminal.terminal;
    pipe.call(Request::AttachTerminal { workspace, terminal, from: 0 }).await.unwrap();
    pipe.type_into(terminal, "echo six times seven is $((6*7))\n");
    pipe.wait_for("the answer", |seen| seen.shows(terminal, "six times seven is 42")).await;
}
