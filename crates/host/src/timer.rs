//! What becomes due without anybody's doing: the ends of shares.

use std::sync::Weak;
use std::time::Duration;

use tokio::time::sleep;

use crate::host::Inner;

/// A machine that slept finds out as late as this; so does one whose clock was set (SH5).
const LONGEST: Duration = Duration::from_secs(1);

/// Runs as long as the host does.
pub(crate) async fn run(host: Weak<Inner>) {
    let Some(mut bell) = host.upgrade().map(|host| host.shared.globe.bell()) else { return };
    loop {
        bell.mark_unchanged();
        let Some(host) = host.upgrade() else { return };
        let desk = &host.shared.desk;
        let next = desk.expire_shares().await;
        let wait = next.map(|next| (next - desk.parts.clock.now()).0);
        drop(host);
        match wait {
            // What is due could not be written down: not again at once.
            Some(0) => sleep(LONGEST).await,
            Some(wait) => {
                tokio::select! {
                    biased;
                    changed = bell.changed() => if changed.is_err() { return },
                    () = sleep(Duration::from_millis(wait).min(LONGEST)) => {}
                }
            }
            None => {
                if bell.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}
