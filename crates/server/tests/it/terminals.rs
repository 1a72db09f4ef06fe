//! Real shells over every way into a host.

use model::{Preset, TerminalId, TerminalRight, TerminalSize, WorkspaceId};
use testkit::{Client, TestHost, command};
use wire::{Auth, Reply, Request, ShareWish};

const SIZE: TerminalSize = TerminalSize { columns: 80, rows: 24 };

async fn opened(client: &Client, workspace: WorkspaceId) -> TerminalId {
    let open = Request::OpenTerminal { command: command(), workspace, size: SIZE };
    let Ok(Reply::Terminal { terminal }) = client.call(open).await else { panic!("a terminal") };
    terminal.terminal
}

async fn works(client: &Client, workspace: WorkspaceId) {
    let terminal = opened(client, workspace).await;
    client.call(Request::AttachTerminal { workspace, terminal, from: 0 }).await.unwrap();
    client.type_into(terminal, "echo six times seven is $((6*7))\n");
    client.wait_for("the answer", |seen| seen.shows(terminal, "six times seven is 42")).await;
    let size = TerminalSize { columns: 101, rows: 33 };
    client.call(Request::ResizeTerminal { command: command(), workspace, terminal, size }).await.unwrap();
    client.type_into(terminal, "stty size\n");
    client.wait_for("the new size", |seen| seen.shows(terminal, "33 101")).await;
    client.call(Request::CloseTerminal { command: command(), workspace, terminal }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn te4_te5_te6_a_shell_works_over_the_local_socket_the_page_and_tls() {
    let host = TestHost::start().await.unwrap();
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(&host, "shared").await.unwrap();
    works(&owner, workspace).await;

    let url = host.running().host().open_link().unwrap();
    let secret = url.split_once('#').unwrap().1.to_owned();
    let mut tab = host.tab().await.unwrap();
    tab.hello(Auth::OpenLink { secret }).await.unwrap();
    works(&tab, workspace).await;

    let invitation = owner.share(workspace, Preset::Observer).await.unwrap();
    let terms =
        ShareWish { terminal: TerminalRight::Drive, ..ShareWish::of(vec![workspace], Preset::Observer) };
    owner.call(Request::EditShare { command: command(), share: invitation.share, terms }).await.unwrap();
    let mut guest = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(guest.hello(invitation.auth("Bea")), owner.let_somebody_in());
    admitted.unwrap();
    welcome.unwrap();
    works(&guest, workspace).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn te7_sh5_a_revoke_ends_the_shell_and_what_runs_in_it() {
    let host = TestHost::start().await.unwrap();
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(&host, "shared").await.unwrap();
    let invitation = owner.share(workspace, Preset::Observer).await.unwrap();
    let share = invitation.share;
    let terms =
        ShareWish { terminal: TerminalRight::Drive, ..ShareWish::of(vec![workspace], Preset::Observer) };
    owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    let mut guest = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(guest.hello(invitation.auth("Bea")), owner.let_somebody_in());
    admitted.unwrap();
    let person = welcome.unwrap().person;
    let terminal = opened(&guest, workspace).await;
    owner.call(Request::AttachTerminal { workspace, terminal, from: 0 }).await.unwrap();
    let kept = host.folder().join("pid");
    guest.type_into(
        terminal,
        &format!("sh -c 'echo $$ > {}; echo sta''rted; exec sleep 600'\n", kept.display()),
    );
    owner.wait_for("the program", |seen| seen.shows(terminal, "started")).await;
    let pid = std::fs::read_to_string(&kept).unwrap();
    let process = std::path::Path::new("/proc").join(pid.trim());
    assert!(process.exists());
    owner.call(Request::Kick { command: command(), share, person }).await.unwrap();
    let over = |seen: &testkit::Replica| seen.closed.is_some();
    guest.wait_for("the close", over).await;
    while process.exists() {
        tokio::task::yield_now().await;
    }
}
