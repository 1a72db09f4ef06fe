//! The hash of an event: H(prev ‖ header ‖ H(salt ‖ body)) (LO6).
//!
//! The inner hash lets a body be redacted later while the chain still verifies.

use sha2::{Digest, Sha256};

use crate::event_store::Header;

pub type Hash = [u8; 32];
pub type Salt = [u8; 16];

/// What stands before the first event of a stream.
pub const ROOT: Hash = [0; 32];

pub fn body_hash(salt: &Salt, body: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(body.as_bytes()).finalize().into()
}

/// `header` fields are length-prefixed, so that no two headers share their bytes.
pub fn event_hash(prev: &Hash, header: &Header, body: &Hash) -> Hash {
    let mut hasher = Sha256::new().chain_update(prev).chain_update(header.seq.to_be_bytes());
    hasher.update(header.at.0.to_be_bytes());
    let stream = header.stream.to_string();
    let cause = header.cause.map(|id| id.to_string()).unwrap_or_default();
    for field in [stream.as_str(), header.actor.as_str(), cause.as_str(), header.kind.as_str()] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hasher.update(body);
    hasher.finalize().into()
}

/// Lower-case hex, as cursors carry it.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn digest(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// SHA-256 of bytes in lower-case hex: names blobs and plans.
pub fn hex_digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{CommandId, StreamId, Timestamp};
    use uuid::Uuid;

    fn header() -> Header {
        Header {
            stream: StreamId::Owner,
            seq: 1,
            at: Timestamp(5),
            actor: "a".to_owned(),
            cause: None,
            kind: "b".to_owned(),
        }
    }

    #[test]
    fn every_part_of_an_event_is_in_its_hash() {
        let salt = [7; 16];
        let base = event_hash(&ROOT, &header(), &body_hash(&salt, "{}"));
        let others = [
            event_hash(&[1; 32], &header(), &body_hash(&salt, "{}")),
            event_hash(&ROOT, &Header { seq: 2, ..header() }, &body_hash(&salt, "{}")),
            event_hash(&ROOT, &Header { at: Timestamp(6), ..header() }, &body_hash(&salt, "{}")),
            event_hash(
                &ROOT,
                &Header { actor: "ab".into(), kind: String::new(), ..header() },
                &body_hash(&salt, "{}"),
            ),
            event_hash(
                &ROOT,
                &Header { cause: Some(CommandId(Uuid::nil())), ..header() },
                &body_hash(&salt, "{}"),
            ),
            event_hash(&ROOT, &header(), &body_hash(&salt, "{ }")),
            event_hash(&ROOT, &header(), &body_hash(&[8; 16], "{}")),
        ];
        assert!(others.iter().all(|other| *other != base));
    }
}
