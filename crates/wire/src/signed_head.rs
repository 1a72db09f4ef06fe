use model::{EpochId, StreamId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the host has sworn: that this stream's log ended so (LO6). Whoever keeps the last one they saw
/// is a witness: no later log without this event at this seq is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedHead {
    pub epoch: EpochId,
    pub stream: StreamId,
    pub seq: u64,
    /// Lower-case hex of the event's hash at `seq`.
    pub hash: String,
    pub at: Timestamp,
    /// The host's public key: SPKI in DER, lower-case hex. Its SHA-256 is the fingerprint.
    pub key: String,
    /// ECDSA P-256 with SHA-256 over [`SignedHead::text`], ASN.1 DER, lower-case hex.
    pub signature: String,
}

impl SignedHead {
    /// The very text that is signed.
    pub fn text(&self) -> String {
        let Self { epoch, stream, seq, hash, at, .. } = self;
        format!("conclave signed head 1\n{epoch}\n{stream}\n{seq}\n{hash}\n{}\n", at.0)
    }
}
