//! What is heard of the files of a workspace.

use std::path::Path;

use model::*;
use testkit::{Client, command};
use wire::*;

use crate::work::Bench;

async fn watches(client: &Client, workspace: WorkspaceId) {
    let before = count(client, workspace);
    client.call(Request::WatchFiles { workspace }).await.unwrap();
    hears(client, (workspace, before), FilesNews::Watched).await;
}

/// Among what has come since so many words.
async fn hears(client: &Client, (workspace, since): (WorkspaceId, usize), news: FilesNews) {
    let heard =
        |it: &testkit::Replica| it.files.get(&workspace).is_some_and(|all| all[since..].contains(&news));
    client.wait_for("what became of the files", heard).await;
}

/// Does it, and hears that something has changed since.
async fn hears_of(client: &Client, workspace: WorkspaceId, act: impl FnOnce()) {
    let before = count(client, workspace);
    act();
    hears(client, (workspace, before), FilesNews::Changed).await;
}

fn count(client: &Client, workspace: WorkspaceId) -> usize {
    client.replica().files.get(&workspace).map_or(0, Vec::len)
}

fn write(folder: &Path, name: &str) {
    std::fs::write(folder.join(name), "x").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn fi10_changes_of_files_are_told_to_whoever_watches_them() {
    let bench = Bench::set(&[("", "echo hello > by-agent.txt")]).await;
    bench.ready().await;
    let (owner, workspace, tree) = (&bench.owner, bench.workspace, bench.worktree());
    watches(owner, workspace).await;
    hears_of(owner, workspace, || write(&tree, "by-hand.txt")).await;
    let before = count(owner, workspace);
    bench.play("Write it.").await;
    owner.wait_for("the agent's file", |it| it.files[&workspace].len() > before).await;

    let other = bench.host.owner().await.unwrap();
    watches(&other, workspace).await;
    owner.call(Request::UnwatchFiles { workspace }).await.unwrap();
    let before = count(owner, workspace);
    hears_of(&other, workspace, || write(&tree, "one.txt")).await;
    hears_of(&other, workspace, || write(&tree, "two.txt")).await;
    assert_eq!(count(owner, workspace), before, "what it does not watch");
    watches(owner, workspace).await;
    hears_of(owner, workspace, || write(&tree, "three.txt")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fi10_gr3_whoever_may_not_see_a_workspace_any_more_hears_nothing_of_it() {
    let bench = Bench::set(&[]).await;
    let (owner, workspace) = (&bench.owner, bench.workspace);
    bench.ready().await;
    let other = owner.workspace(&bench.host, "other").await.unwrap();
    let invitation = owner.share(workspace, Preset::Observer).await.unwrap();
    let share = invitation.share;
    let both = ShareWish::of(vec![workspace, other], Preset::Observer);
    owner.call(Request::EditShare { command: command(), share, terms: both }).await.unwrap();
    let mut guest = invitation.dial().await.unwrap();
    let (welcome, admitted) = tokio::join!(guest.hello(invitation.auth("Bea")), owner.let_somebody_in());
    admitted.unwrap();
    welcome.unwrap();
    watches(&guest, workspace).await;
    hears_of(&guest, workspace, || write(&bench.worktree(), "a.txt")).await;

    let less = ShareWish::of(vec![other], Preset::Observer);
    owner.call(Request::EditShare { command: command(), share, terms: less }).await.unwrap();
    hears(&guest, (workspace, 0), FilesNews::Unwatched).await;
    let again = guest.call(Request::WatchFiles { workspace }).await;
    assert_eq!(again.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn fi10_what_has_no_files_is_not_watched_and_the_seventeenth_neither() {
    let bench = Bench::set(&[]).await;
    let (owner, workspace) = (&bench.owner, bench.workspace);
    watches(owner, workspace).await;
    let despite = vec![RiskKind::Uncommitted, RiskKind::Untracked, RiskKind::Unmerged, RiskKind::Unpushed];
    owner.call(Request::DeleteWorkspace { command: command(), workspace, despite }).await.unwrap();
    hears(owner, (workspace, 0), FilesNews::Unwatched).await;

    let mut made = Vec::new();
    for nth in 0..=limits::WATCHED {
        made.push(owner.workspace(&bench.host, &format!("tree {nth}")).await.unwrap());
    }
    // The one that is gone takes no place once it is let go.
    owner.call(Request::UnwatchFiles { workspace }).await.unwrap();
    let (last, first) = made.split_last().unwrap();
    for each in first {
        watches(owner, *each).await;
    }
    owner.call(Request::WatchFiles { workspace: *last }).await.unwrap();
    hears(owner, (*last, 0), FilesNews::Unwatched).await;
    owner.call(Request::UnwatchFiles { workspace: first[0] }).await.unwrap();
    watches(owner, *last).await;
}
