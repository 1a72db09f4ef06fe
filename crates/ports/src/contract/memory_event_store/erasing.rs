use model::{BlobHash, CommandId, StreamId};

use super::Kept;
use crate::event_store::{Erasure, Seal, StoreError, Target, Tombstone};

impl Kept {
    pub(super) fn erase(&mut self, erasure: Erasure) -> Result<(), StoreError> {
        self.append(erasure.append)?;
        match erasure.target {
            Target::Bodies { stream, tombstones } => {
                tombstones.into_iter().for_each(|tombstone| self.bury(stream, tombstone));
                self.saved.remove(&stream);
            }
            Target::Stream(stream) => self.forget(stream),
        }
        let mentioned = |blob: &BlobHash| {
            self.streams.iter().flat_map(|(_, records)| records).any(|it| it.body.contains(&blob.0))
        };
        let orphans: Vec<BlobHash> = erasure.blobs.into_iter().filter(|blob| !mentioned(blob)).collect();
        orphans.iter().for_each(|blob| drop(self.blobs.remove(blob)));
        Ok(())
    }

    fn bury(&mut self, stream: StreamId, Tombstone { seq, body }: Tombstone) {
        let records = self.streams.iter_mut().filter(|(name, _)| *name == stream);
        let found = records.flat_map(|(_, records)| records).find(|record| record.header.seq == seq);
        let Some(record) = found.filter(|record| !record.is_erased()) else { return };
        record.seal = Seal::Erased(record.seal.body_hash(&record.body));
        record.body = body;
        let cause = record.header.cause;
        self.forget_request(cause);
    }

    fn forget_request(&mut self, command: Option<CommandId>) {
        let brought = self.remembered.values_mut().filter(|it| Some(it.command) == command);
        brought.for_each(|remembered| remembered.request = [0; 32]);
    }

    fn forget(&mut self, stream: StreamId) {
        self.streams.retain(|(name, _)| *name != stream);
        self.remembered.retain(|_, remembered| remembered.stream != stream);
        self.partials.retain(|(name, _), _| *name != stream);
        self.heads.retain(|(name, _), _| *name != stream);
        self.saved.remove(&stream);
    }
}
