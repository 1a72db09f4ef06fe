//! What only the holder of the host's key can make: signatures under heads of its log (LO6), and secrets.

pub trait Signer: Send + Sync {
    /// SubjectPublicKeyInfo in DER.
    fn public_key(&self) -> Vec<u8>;

    /// ECDSA P-256 with SHA-256, in ASN.1 DER; `None` when the key can't sign.
    fn sign(&self, text: &[u8]) -> Option<Vec<u8>>;

    /// The same for the same words: so nobody has to keep it.
    fn secret(&self, of: &str) -> [u8; 32];
}
