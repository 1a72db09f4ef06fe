//! What is wrong with the host itself, as its owner is told.

use std::collections::BTreeMap;

use ports::listener::{Bound, ListenError};
use wire::Reply;

use super::Desk;

/// Who warns. A source's newer word replaces its older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Log,
    GuestPort,
    /// Stands until the next start: invites that were sent stay wrong.
    MovedPort,
}

pub(super) type Warnings = BTreeMap<Source, Vec<String>>;

impl Desk {
    /// Tells the owner, wherever the directory is shown.
    pub async fn warn(&self, source: Source, sentences: Vec<String>) {
        let mut state = self.state.lock().await;
        if state.warnings.get(&source).map_or(sentences.is_empty(), |known| *known == sentences) {
            return;
        }
        state.warnings.insert(source, sentences);
        match state.world(&self.parts) {
            Ok(world) => self.globe.replace(world),
            Err(failure) => tracing::error!(%failure, "a warning could not be shown"),
        }
    }

    pub async fn health(&self) -> Reply {
        let warnings = self.globe.now().warnings.to_vec();
        Reply::Health { warnings, refusals: self.parts.listener.refusals() }
    }

    /// Opens the port for guests; the owner hears when invites no longer lead to it (SH1).
    pub(super) async fn open_port(&self, wanted: Option<u16>) -> Result<Bound, ListenError> {
        let outcome = self.parts.listener.open(wanted).await;
        if let (Ok(bound), Some(wanted)) = (&outcome, wanted)
            && bound.port != wanted
        {
            let sentence = format!(
                "Another program has port {wanted}, so guests now reach this host on {}. Invites sent \
                 before lead nowhere: make new ones.",
                bound.port
            );
            self.warn(Source::MovedPort, vec![sentence]).await;
        }
        let unreachable =
            outcome.as_ref().err().map(|error| format!("Guests can't reach this host. {error}"));
        self.warn(Source::GuestPort, unreachable.into_iter().collect()).await;
        outcome
    }
}
