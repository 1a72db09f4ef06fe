use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex, as `sha256sum` prints it.
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
