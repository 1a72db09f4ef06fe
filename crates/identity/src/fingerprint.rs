use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// SHA-256 of a host's public key (its SPKI in DER). It is the host's identity: the certificate
/// around the key is renewed when addresses change, the key never (PA1).
///
/// `Display` and `FromStr` are base64url without padding, 43 letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 32]);

/// The text is not a fingerprint.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not a host's key fingerprint. Copy it again, whole.")]
pub struct FingerprintMalformed;

impl Fingerprint {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Of a SubjectPublicKeyInfo in DER.
    pub fn of_spki(spki: &[u8]) -> Self {
        Self(Sha256::digest(spki).into())
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// For two people to compare by eye or voice: 16 groups of four hex digits.
    pub fn grouped(&self) -> String {
        let group = |pair: &[u8]| format!("{:02x}{:02x}", pair[0], pair[1]);
        let groups: Vec<_> = self.0.chunks_exact(2).map(group).collect();
        groups.join(" ")
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintMalformed;

    fn from_str(text: &str) -> Result<Self, FingerprintMalformed> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let bytes = bytes.and_then(|it| it.try_into().ok());
        bytes.map(Self).ok_or(FingerprintMalformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_exact() {
        let print = Fingerprint::of_spki(b"");
        assert_eq!(print.to_string(), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        assert_eq!(
            print.grouped(),
            "e3b0 c442 98fc 1c14 9afb f4c8 996f b924 27ae 41e4 649b 934c a495 991b 7852 b855"
        );
        assert_eq!(print.to_string().parse(), Ok(print));
    }

    #[test]
    fn other_texts_are_refused() {
        let good = Fingerprint::of_spki(b"").to_string();
        for bad in ["", "x", &good[1..], &format!("{good}="), &good.replace('-', "+")] {
            assert_eq!(bad.parse::<Fingerprint>(), Err(FingerprintMalformed));
        }
    }
}
