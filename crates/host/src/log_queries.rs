//! The log as it is, for the owner (LO6), and what went on while somebody was away.

use model::{Event, SessionId, StreamId, limits};
use ports::chain::hex;
use ports::event_store::{Record, Seal, SignedHead as Kept};
use room::Gathering;
use wire::{Failure, RawEvent, RawSeal, Reply, SignedHead};

use crate::desk::{parse, storage};
use crate::host::Host;

/// Records read at once for a digest.
const DIGEST_PAGE: usize = 1000;

impl Host {
    pub(crate) async fn log_page(&self, stream: StreamId, after: u64, limit: u32) -> Result<Reply, Failure> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, limits::PAGE);
        let parts = &self.inner.shared.parts;
        let records = parts.store.read(stream, after, limit).await.map_err(storage)?;
        let head = parts.store.head(stream).await.map_err(storage)?;
        let last = records.last().map_or(after, |record| record.header.seq);
        let heads = parts.store.heads_back(stream, last + 1, limits::PAGE).await.map_err(storage)?;
        let key = parts.signer.public_key();
        let heads = heads.into_iter().filter(|kept| kept.head.seq > after);
        Ok(Reply::LogPage {
            stream,
            epoch: parts.store.epoch(),
            key: hex(&key),
            events: records.iter().map(raw).collect(),
            heads: heads.map(|kept| signed(&kept, &key)).collect(),
            last: last >= head.seq,
        })
    }

    pub(crate) async fn digest(&self, session: SessionId, since: u64) -> Result<Reply, Failure> {
        let stream = StreamId::Session(session);
        let mut gathering = Gathering::new(since);
        let mut after = since;
        loop {
            let page = self.inner.shared.parts.store.read(stream, after, DIGEST_PAGE).await;
            let page = page.map_err(storage)?;
            let Some(last) = page.last() else { break };
            after = last.header.seq;
            for record in &page {
                gathering.apply(&parse::<Event>(&record.body)?, record.header.seq, record.header.at);
            }
        }
        Ok(Reply::Digest(gathering.finish()))
    }
}

/// A kept head as clients get it.
pub(crate) fn signed(kept: &Kept, key: &[u8]) -> SignedHead {
    SignedHead {
        epoch: kept.epoch,
        stream: kept.stream,
        seq: kept.head.seq,
        hash: hex(&kept.head.hash),
        at: kept.at,
        key: hex(key),
        signature: hex(&kept.signature),
    }
}

fn raw(record: &Record) -> RawEvent {
    let header = &record.header;
    RawEvent {
        seq: header.seq,
        at: header.at,
        actor: header.actor.clone(),
        cause: header.cause,
        kind: header.kind.clone(),
        body: record.body.to_string(),
        seal: match &record.seal {
            Seal::Salt(salt) => RawSeal::Salt(hex(salt)),
            Seal::Erased(hash) => RawSeal::Erased(hex(hash)),
        },
        hash: hex(&record.hash),
    }
}
