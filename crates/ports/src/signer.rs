//! The host's own signature, for heads of its log (LO6).

pub trait Signer: Send + Sync {
    /// SubjectPublicKeyInfo in DER.
    fn public_key(&self) -> Vec<u8>;

    /// ECDSA P-256 with SHA-256, in ASN.1 DER; `None` when the key can't sign.
    fn sign(&self, text: &[u8]) -> Option<Vec<u8>>;
}
