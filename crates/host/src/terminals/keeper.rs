//! What ends terminals without anybody's closing them.

use std::collections::BTreeSet;
use std::sync::Weak;

use model::{SessionState, WorkspaceId};
use ports::terminal::TerminalHead;
use tokio::sync::watch;

use crate::host::{Host, Inner};

/// Runs as long as the host does.
pub(crate) async fn keep(host: Weak<Inner>) {
    let Some((mut bell, mut board)) =
        host.upgrade().map(|host| (host.shared.globe.bell(), host.shared.board.bell()))
    else {
        return;
    };
    let mut lively = BTreeSet::new();
    loop {
        bell.mark_unchanged();
        board.mark_unchanged();
        let Some(inner) = host.upgrade() else { return };
        let host_now = Host { inner };
        let before = std::mem::replace(&mut lively, in_use(&host_now));
        let left: BTreeSet<WorkspaceId> = before.difference(&lively).copied().collect();
        sweep(&host_now, &left).await;
        drop(host_now);
        tokio::select! {
            biased;
            changed = bell.changed() => if changed.is_err() { return },
            changed = board.changed() => if changed.is_err() { return },
        }
    }
}

/// TE7: those whose person has lost the right to them, and those where the last session has ended (SE2).
async fn sweep(host: &Host, left: &BTreeSet<WorkspaceId>) {
    let world = host.globe().now().clone();
    host.close_terminals(|opened| !opened.is_held(&world) || left.contains(&opened.workspace)).await;
}

/// Workspaces with a session that has not ended.
fn in_use(host: &Host) -> BTreeSet<WorkspaceId> {
    let world = host.globe().now();
    let lines = host.inner.shared.board.lines();
    let open = lines.iter().filter(|(_, line)| line.summary.state != SessionState::Ended);
    open.filter_map(|(session, _)| world.workspace_of(*session)).collect()
}

/// Whoever lists terminals sees that one has ended.
pub(super) async fn tell_of_the_end(host: Weak<Inner>, mut head: watch::Receiver<TerminalHead>) {
    // One that was dropped was closed before, and that was told.
    if head.wait_for(|head| head.exit.is_some()).await.is_ok()
        && let Some(host) = host.upgrade()
    {
        host.shared.globe.terminals_changed();
    }
}
