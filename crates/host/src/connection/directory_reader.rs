use std::time::Duration;

use tokio::sync::mpsc;
use wire::Notification;

use super::Outgoing;
use crate::directory::directory;
use crate::host::Host;
use crate::principal::Principal;

/// Changes are gathered this long: a busy host must not flood its readers.
const GATHER: Duration = Duration::from_millis(50);

/// Sends the directory at once and whenever it changes for this reader.
pub(super) async fn run(host: Host, principal: Principal, out: mpsc::Sender<Outgoing>) {
    let shared = &host.inner.shared;
    let (mut world, mut board) = (shared.globe.bell(), shared.board.bell());
    let mut last = None;
    loop {
        world.mark_unchanged();
        board.mark_unchanged();
        let now = directory(&shared.globe.now(), &shared.board.lines(), principal.person);
        if last.as_ref() != Some(&now) {
            let frame = wire::encode_notification(&Notification::Directory(now.clone()));
            if out.send(Outgoing::Frame(frame.into())).await.is_err() {
                return;
            }
            last = Some(now);
        }
        tokio::select! {
            changed = world.changed() => if changed.is_err() { return },
            changed = board.changed() => if changed.is_err() { return },
        }
        tokio::time::sleep(GATHER).await;
    }
}
