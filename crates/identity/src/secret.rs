use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::IdentityError;

/// 32 random bytes that open something: an invite or a device's credential. Shown only on purpose,
/// wiped from memory when dropped. The host keeps its `SecretHash` alone.
#[derive(Clone)]
pub struct Secret256([u8; 32]);

/// SHA-256 of a secret. The secret has 256 random bits, so a slow hash would add nothing.
#[derive(Clone, Copy, Debug)]
pub struct SecretHash([u8; 32]);

/// The text is not a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not a whole secret. Copy it again.")]
pub struct SecretMalformed;

impl Secret256 {
    pub fn generate() -> Result<Self, IdentityError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }

    /// Base64url without padding, 43 letters. `parse` reads it back.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

impl Drop for Secret256 {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret256(…)")
    }
}

impl FromStr for Secret256 {
    type Err = SecretMalformed;

    fn from_str(text: &str) -> Result<Self, SecretMalformed> {
        let mut bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| SecretMalformed)?;
        let secret = bytes.as_slice().try_into().map(Self);
        bytes.zeroize();
        secret.map_err(|_| SecretMalformed)
    }
}

impl SecretHash {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether this is the hash of that secret, in a time that tells nothing.
    pub fn verify(&self, secret: &Secret256) -> bool {
        *self == secret.hash()
    }
}

impl PartialEq for SecretHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretHash {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_secret_and_no_other() {
        let (one, two) = (Secret256::generate().unwrap(), Secret256::generate().unwrap());
        assert!(one.hash().verify(&one));
        assert!(!one.hash().verify(&two));
        let stored = SecretHash::from_bytes(*one.hash().as_bytes());
        assert!(stored.verify(&one.reveal().parse().unwrap()));
    }

    #[test]
    fn the_hash_is_sha_256_of_the_bytes() {
        let hash = Secret256::from_bytes([0; 32]).hash();
        let expected = "Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU";
        assert_eq!(URL_SAFE_NO_PAD.encode(hash.as_bytes()), expected);
    }

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret256::generate().unwrap();
        assert_eq!(format!("{secret:?}"), "Secret256(…)");
    }

    #[test]
    fn broken_secrets_are_refused() {
        let good = Secret256::from_bytes([7; 32]).reveal();
        for bad in ["", "short", &good[2..], &format!("{good}AA"), "ü"] {
            assert!(bad.parse::<Secret256>().is_err(), "{bad}");
        }
    }
}
