//! Terminals through the whole host. The shells are stand-ins that show what is typed; real ones keep the same
//! contract in `crates/terminal`.

use host::Via;
use model::*;
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage, tls};

const SIZE: TerminalSize = TerminalSize { columns: 80, rows: 24 };

fn open(stage: &Stage) -> Request {
    Request::OpenTerminal { command: command(), workspace: stage.workspace, size: SIZE }
}

fn attach(stage: &Stage, terminal: TerminalId, from: u64) -> Request {
    Request::AttachTerminal { workspace: stage.workspace, terminal, from }
}

async fn opened(stage: &Stage, client: &mut Client) -> TerminalId {
    match client.call(open(stage)).await {
        Ok(Reply::Terminal { terminal }) => terminal.terminal,
        other => panic!("a terminal, not {other:?}"),
    }
}

async fn listed(stage: &Stage, client: &mut Client) -> Vec<TerminalRow> {
    match client.call(Request::Terminals { workspace: stage.workspace }).await {
        Ok(Reply::Terminals { terminals, .. }) => terminals,
        other => panic!("terminals, not {other:?}"),
    }
}

fn shows(client: &Client, terminal: TerminalId, text: &str) -> bool {
    let screen = client.screens.get(&terminal);
    screen.is_some_and(|shown| String::from_utf8_lossy(shown).contains(text))
}

fn is_told(client: &Client, terminal: TerminalId, wanted: impl Fn(&TerminalNews) -> bool) -> bool {
    client.news.iter().any(|(of, news)| *of == terminal && wanted(news))
}

fn is_gone(client: &Client, terminal: TerminalId) -> bool {
    is_told(client, terminal, |news| *news == TerminalNews::Gone)
}

fn refusal(client: &Client, terminal: TerminalId) -> Option<FailureCode> {
    client.news.iter().find_map(|(of, news)| match news {
        TerminalNews::Refused { failure } if *of == terminal => Some(failure.code),
        _ => None,
    })
}

fn terms(stage: &Stage, terminal: TerminalRight) -> ShareWish {
    ShareWish { terminal, ..stage.wish(Preset::Observer, Consensus::No) }
}

async fn mint(stage: &mut Stage, terminal: TerminalRight) -> (ShareId, String) {
    let minted = Request::MintShare { command: command(), terms: terms(stage, terminal) };
    match stage.owner.call(minted).await {
        Ok(Reply::Minted { share, invite, .. }) => (share, invite.code),
        other => panic!("a share, not {other:?}"),
    }
}

async fn guest_by(stage: &mut Stage, via: Via, name: &str, terminal: TerminalRight) -> (Client, ShareId) {
    let (share, code) = mint(stage, terminal).await;
    let mut guest = stage.knock_by(via, name, (&code, name)).await.unwrap();
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in(name).await;
    guest.until("the welcome", |guest| guest.welcome.is_some()).await;
    (guest, share)
}

async fn guest(stage: &mut Stage, name: &str, terminal: TerminalRight) -> (Client, ShareId) {
    guest_by(stage, tls(), name, terminal).await
}

async fn edit(stage: &mut Stage, share: ShareId, terminal: TerminalRight) {
    let edited = Request::EditShare { command: command(), share, terms: terms(stage, terminal) };
    stage.owner.call(edited).await.unwrap();
}

#[tokio::test]
async fn te2_gr6_each_right_opens_what_it_says() {
    use TerminalRight::{Drive, None as Nothing, View};
    for right in [Nothing, View, Drive] {
        let mut stage = Stage::set().await;
        let terminal = opened(&stage, &mut stage.owner_pipe().await).await;
        let (mut bea, _) = guest(&mut stage, "Bea", right).await;
        let workspace = stage.workspace;
        let asked = [
            (View, Request::Terminals { workspace }),
            (View, attach(&stage, terminal, 0)),
            (Drive, Request::ResizeTerminal { command: command(), workspace, terminal, size: SIZE }),
            (Drive, open(&stage)),
            (Drive, Request::CloseTerminal { command: command(), workspace, terminal }),
        ];
        for (needed, request) in asked {
            let answer = bea.call(request.clone()).await.map_err(|failure| failure.code);
            let expected = (right < needed).then_some(FailureCode::Forbidden);
            assert_eq!(answer.err(), expected, "{right:?} {request:?}");
        }
    }
}

#[tokio::test]
async fn te2_nobody_has_more_than_three() {
    let mut stage = Stage::set().await;
    let (mut bea, _) = guest(&mut stage, "Bea", TerminalRight::Drive).await;
    let first = opened(&stage, &mut bea).await;
    for _ in 1..limits::TERMINALS_PER_PERSON {
        opened(&stage, &mut bea).await;
    }
    assert_eq!(bea.call(open(&stage)).await.unwrap_err().code, FailureCode::TerminalsFull);
    let mut ada = stage.owner_pipe().await;
    opened(&stage, &mut ada).await;
    assert_eq!(listed(&stage, &mut ada).await.len(), limits::TERMINALS_PER_PERSON + 1);
    bea.call(attach(&stage, first, 0)).await.unwrap();
    bea.type_into(first, "exit 2\n").await;
    let ended = |news: &TerminalNews| matches!(news, TerminalNews::Exited { exit } if exit.code == 2);
    bea.until("the end", |bea| is_told(bea, first, ended)).await;
    assert!(shows(&bea, first, "exit 2"), "TE1: the exit follows the last output");
    opened(&stage, &mut bea).await;
    bea.until("the end of the first", |bea| is_gone(bea, first)).await;
}

#[tokio::test]
async fn te2_a_request_sent_twice_opens_one() {
    let stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let request = open(&stage);
    let first = ada.call(request.clone()).await.unwrap();
    assert_eq!(ada.call(request).await.unwrap(), first);
    assert_eq!(listed(&stage, &mut ada).await.len(), 1);
}

#[tokio::test]
async fn te8_gr3_the_right_is_read_before_each_byte() {
    let mut stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    let (mut bea, share) = guest(&mut stage, "Bea", TerminalRight::View).await;
    bea.call(attach(&stage, terminal, 0)).await.unwrap();
    ada.type_into(terminal, "from Ada").await;
    bea.until("what Ada typed", |bea| shows(bea, terminal, "from Ada")).await;
    bea.type_into(terminal, "not yet").await;
    bea.until("a refusal", |bea| refusal(bea, terminal) == Some(FailureCode::Forbidden)).await;
    edit(&mut stage, share, TerminalRight::Drive).await;
    bea.type_into(terminal, "from Bea").await;
    bea.until("what Bea typed", |bea| shows(bea, terminal, "from Bea")).await;
    assert!(!shows(&bea, terminal, "not yet"));
    edit(&mut stage, share, TerminalRight::None).await;
    bea.until("the end of it for Bea", |bea| is_gone(bea, terminal)).await;
    ada.type_into(terminal, "a secret").await;
    ada.call(attach(&stage, terminal, 0)).await.unwrap();
    ada.until("the secret", |ada| shows(ada, terminal, "a secret")).await;
    assert_eq!(bea.call(attach(&stage, terminal, 0)).await.unwrap_err().code, FailureCode::Forbidden);
    assert!(!shows(&bea, terminal, "a secret"));
}

#[tokio::test]
async fn te8_the_muted_watch() {
    let mut stage = Stage::set().await;
    let (mut bea, share) = guest(&mut stage, "Bea", TerminalRight::Drive).await;
    let terminal = opened(&stage, &mut bea).await;
    bea.call(attach(&stage, terminal, 0)).await.unwrap();
    let Ok(Reply::People { people }) = stage.owner.call(Request::People).await else { panic!("people") };
    let person = people[0].person;
    stage.owner.call(Request::Mute { command: command(), share, person }).await.unwrap();
    bea.type_into(terminal, "loud").await;
    bea.until("a refusal", |bea| refusal(bea, terminal) == Some(FailureCode::Forbidden)).await;
    assert_eq!(bea.call(open(&stage)).await.unwrap_err().code, FailureCode::Muted);
    let ada = stage.owner_pipe().await;
    ada.type_into(terminal, "quiet").await;
    bea.until("what Ada typed", |bea| shows(bea, terminal, "quiet")).await;
}

#[tokio::test]
async fn te8_pa11_a_guests_browser_never_drives() {
    let mut stage = Stage::set().await;
    let browser = Via::Tls { from: "127.0.0.1".parse().unwrap(), kind: DeviceKind::Browser };
    let (mut bea, _) = guest_by(&mut stage, browser, "Bea", TerminalRight::Drive).await;
    assert_eq!(bea.call(open(&stage)).await.unwrap_err().code, FailureCode::Forbidden);
    let terminal = opened(&stage, &mut stage.owner_pipe().await).await;
    bea.call(attach(&stage, terminal, 0)).await.unwrap();
    bea.type_into(terminal, "x").await;
    bea.until("a refusal", |bea| refusal(bea, terminal) == Some(FailureCode::Forbidden)).await;
}

#[tokio::test]
async fn te7_sh5_a_loss_of_the_right_ends_what_was_opened_by_it() {
    for loss in ["kick", "revoke", "stop", "edit"] {
        let mut stage = Stage::set().await;
        let (mut bea, share) = guest(&mut stage, "Bea", TerminalRight::Drive).await;
        let theirs = opened(&stage, &mut bea).await;
        let mut ada = stage.owner_pipe().await;
        let own = opened(&stage, &mut ada).await;
        ada.call(attach(&stage, theirs, 0)).await.unwrap();
        let Ok(Reply::People { people }) = stage.owner.call(Request::People).await else { panic!("people") };
        let (command, person) = (command(), people[0].person);
        let lost = match loss {
            "kick" => Request::Kick { command, share, person },
            "revoke" => Request::RevokePerson { command, person },
            "stop" => Request::StopShare { command, share },
            _ => Request::EditShare { command, share, terms: terms(&stage, TerminalRight::View) },
        };
        stage.owner.call(lost).await.unwrap();
        ada.until("its end", |ada| is_gone(ada, theirs)).await;
        let left: Vec<_> = listed(&stage, &mut ada).await.into_iter().map(|row| row.terminal).collect();
        assert_eq!(left, [own], "{loss}");
    }
}

#[tokio::test]
async fn te7_se2_the_end_of_the_last_session_closes_the_terminals_of_its_workspace() {
    let mut stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    ada.call(attach(&stage, terminal, 0)).await.unwrap();
    let session = stage.session;
    stage.owner.call(Request::EndSession { command: command(), session }).await.unwrap();
    ada.until("its end", |ada| is_gone(ada, terminal)).await;
    // And nothing keeps one from being opened there.
    opened(&stage, &mut ada).await;
}

#[tokio::test]
async fn te5_pa7_keys_arrive_as_they_were_typed() {
    let stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    ada.call(attach(&stage, terminal, 0)).await.unwrap();
    let keys: Vec<String> = (0..600).map(|number| format!("{number},")).collect();
    for key in &keys {
        ada.type_into(terminal, key).await;
    }
    let all = keys.concat();
    ada.until("all of them", |ada| shows(ada, terminal, &all)).await;
}

#[tokio::test]
async fn te5_pa6_too_many_keys_are_refused() {
    let stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    let paste = "x".repeat(limits::SIGNAL_BYTES_PER_SECOND as usize / 2 + 1);
    for _ in 0..3 {
        ada.type_into(terminal, &paste).await;
    }
    ada.until("a refusal", |ada| refusal(ada, terminal) == Some(FailureCode::RateLimited)).await;
}

#[tokio::test]
async fn te4_who_comes_back_reads_on_where_they_were() {
    let stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    ada.call(attach(&stage, terminal, 0)).await.unwrap();
    ada.type_into(terminal, "before").await;
    ada.until("it", |ada| shows(ada, terminal, "before")).await;
    ada.call(Request::DetachTerminal { terminal }).await.unwrap();
    let other = stage.owner_pipe().await;
    other.type_into(terminal, " and after").await;
    // The client itself asserts that nothing is missing and nothing comes twice.
    ada.call(attach(&stage, terminal, 6)).await.unwrap();
    ada.until("the rest", |ada| shows(ada, terminal, "before and after")).await;
}

#[tokio::test]
async fn te6_everybody_who_watches_is_told_the_size() {
    let mut stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    let (mut bea, _) = guest(&mut stage, "Bea", TerminalRight::View).await;
    bea.call(attach(&stage, terminal, 0)).await.unwrap();
    bea.until("the size", |bea| is_told(bea, terminal, |news| *news == TerminalNews::Size { size: SIZE }))
        .await;
    let (workspace, size) = (stage.workspace, TerminalSize { columns: 101, rows: 33 });
    ada.call(Request::ResizeTerminal { command: command(), workspace, terminal, size }).await.unwrap();
    bea.until("the new one", |bea| is_told(bea, terminal, |news| *news == TerminalNews::Size { size })).await;
    bea.until("what its program saw", |bea| shows(bea, terminal, "[101x33]")).await;
}

#[tokio::test]
async fn te8_gr2_a_terminal_of_elsewhere_is_not_there() {
    let mut stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    let unknown = TerminalId(uuid::Uuid::from_u128(404));
    let (mut bea, share) = guest(&mut stage, "Bea", TerminalRight::Drive).await;
    let far = WorkspaceId(uuid::Uuid::from_u128(405));
    for (workspace, terminal) in [(far, terminal), (stage.workspace, unknown)] {
        let asked = Request::AttachTerminal { workspace, terminal, from: 0 };
        assert_eq!(bea.call(asked).await.unwrap_err().code, FailureCode::NotFound);
    }
    edit(&mut stage, share, TerminalRight::None).await;
    for id in [terminal, unknown] {
        bea.type_into(id, "x").await;
        bea.until("a refusal", |bea| refusal(bea, id) == Some(FailureCode::NotFound)).await;
    }
}

#[tokio::test]
async fn te1_the_host_takes_its_terminals_with_it() {
    let stage = Stage::set().await;
    let mut ada = stage.owner_pipe().await;
    let terminal = opened(&stage, &mut ada).await;
    ada.call(attach(&stage, terminal, 0)).await.unwrap();
    stage.host.stop().await;
    ada.until("the goodbye", |ada| ada.bye.is_some()).await;
}
