//! A session goes for good (LO11). Its workspace's stream says so.

use std::collections::BTreeSet;

use model::{BlobHash, SessionId, Spent, StreamId, WorkspaceEvent};
use ports::chain::hex;
use wire::{Failure, Reply};

use super::{Cause, Decision, Desk, storage};
use crate::commit::blobs_in;

/// Records read at once while blobs are looked for.
const PAGE: usize = 1000;

/// What is taken out of the store in the same transaction.
pub(super) struct Gone {
    pub stream: StreamId,
    pub blobs: Vec<BlobHash>,
}

impl Desk {
    /// The session's task must have ended: nothing is written to its stream any more.
    pub async fn delete_session(
        &self,
        cause: Cause,
        session: SessionId,
        spent: Vec<Spent>,
    ) -> Result<Reply, Failure> {
        let stream = StreamId::Session(session);
        let head = self.parts.store.head(stream).await.map_err(storage)?;
        let blobs = self.blobs_of(stream).await?;
        let by = cause.principal.person;
        self.decide(Some(cause), move |state| {
            let known = state.shelf.sessions.get(&session).copied().ok_or_else(Failure::not_found)?;
            let deleted = WorkspaceEvent::SessionDeleted {
                session,
                number: known.number,
                by,
                seq: head.seq,
                hash: hex(&head.hash),
                spent,
            };
            let decision = Decision {
                workspace: vec![(known.workspace, vec![deleted])],
                gone: Some(Gone { stream, blobs }),
                ..Decision::default()
            };
            Ok((decision, Reply::Done))
        })
        .await
    }

    async fn blobs_of(&self, stream: StreamId) -> Result<Vec<BlobHash>, Failure> {
        let mut blobs = BTreeSet::new();
        let mut after = 0;
        loop {
            let page = self.parts.store.read(stream, after, PAGE).await.map_err(storage)?;
            let Some(last) = page.last() else { return Ok(blobs.into_iter().collect()) };
            after = last.header.seq;
            blobs.extend(page.iter().flat_map(|record| blobs_in(&record.body)));
        }
    }
}
