//! The host's key signs heads of its log (LO6), and anybody with the public key checks them.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use ports::signer::Signer;
use rcgen::{KeyPair, PublicKeyData, SigningKey};
use rustls::SignatureScheme;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::pinning::provider;

/// Keeps these secrets apart from whatever else may be made of the key one day.
const PURPOSE: &[u8] = b"conclave secret 1\n";

/// Signs in the host's name.
pub struct HeadSigner(pub(crate) KeyPair);

impl Signer for HeadSigner {
    fn public_key(&self) -> Vec<u8> {
        self.0.subject_public_key_info()
    }

    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        SigningKey::sign(&self.0, text).ok()
    }

    fn secret(&self, of: &str) -> [u8; 32] {
        let key = Zeroizing::new(self.0.serialize_der());
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
        mac.update(PURPOSE);
        mac.update(of.as_bytes());
        mac.finalize().into_bytes().into()
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
    fn sh2_a_secret_is_the_keys_and_the_words_and_need_not_be_kept() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let signer = |folder: &tempfile::TempDir| {
            HostIdentity::load_or_create(folder.path()).unwrap().signer().unwrap()
        };
        assert_eq!(signer(&one).secret("invite 1"), signer(&one).secret("invite 1"), "after a restart too");
        assert_ne!(signer(&one).secret("invite 1"), signer(&one).secret("invite 2"));
        assert_ne!(signer(&one).secret("invite 1"), signer(&two).secret("invite 1"));
    }

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
