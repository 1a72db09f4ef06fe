//! The host's key signs heads of its log (LO6), and anybody with the public key checks them.

use std::fmt;

use ports::signer::Signer;
use rcgen::{KeyPair, PublicKeyData, SigningKey};
use rustls::SignatureScheme;

use crate::pinning::provider;

/// Signs in the host's name.
pub struct HeadSigner(pub(crate) KeyPair);

impl Signer for HeadSigner {
    fn public_key(&self) -> Vec<u8> {
        self.0.subject_public_key_info()
    }

    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        SigningKey::sign(&self.0, text).ok()
    }
}

impl fmt::Debug for HeadSigner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("HeadSigner")
    }
}

/// Whether the holder of this public key (SPKI in DER) signed the text: ECDSA P-256 with SHA-256, the
/// signature in ASN.1 DER.
pub fn is_signed(key: &[u8], text: &[u8], signature: &[u8]) -> bool {
    let Some(point) = key.strip_prefix(P256) else { return false };
    let known = provider().signature_verification_algorithms.mapping;
    let fitting = known.iter().find(|(scheme, _)| *scheme == SignatureScheme::ECDSA_NISTP256_SHA256);
    let mut algorithms = fitting.into_iter().flat_map(|(_, algorithms)| *algorithms);
    algorithms.any(|algorithm| algorithm.verify_signature(point, text, signature).is_ok())
}

/// What stands before the point in the SPKI of every P-256 key: the algorithm's names, and lengths.
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HostIdentity;

    #[test]
    fn lo6_only_the_hosts_own_words_pass_its_key() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let identity = HostIdentity::load_or_create(one.path()).unwrap();
        let signer = identity.signer().unwrap();
        let signature = signer.sign(b"the head").unwrap();
        let key = signer.public_key();
        assert_eq!(crate::Fingerprint::of_spki(&key), identity.fingerprint());
        assert!(is_signed(&key, b"the head", &signature));
        assert!(!is_signed(&key, b"another head", &signature));
        assert!(!is_signed(&key, b"the head", &signature[1..]));
        let other = HostIdentity::load_or_create(two.path()).unwrap().signer().unwrap();
        assert!(!is_signed(&other.public_key(), b"the head", &signature));
        assert!(!is_signed(b"", b"the head", &signature));
    }
}
