use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use zeroize::Zeroizing;

use crate::pinning::{ALPN, provider};
use crate::signing::HeadSigner;
use crate::{Fingerprint, IdentityError, certificate, private_dir, read_private, write_private};

const KEY_FILE: &str = "host-key.pem";
const CERTIFICATE_FILE: &str = "host-certificate.pem";

/// The host's key, made once and kept (PA1). P-256, since browsers refuse Ed25519 certificates.
pub struct HostIdentity {
    folder: PathBuf,
    key: KeyPair,
}

impl HostIdentity {
    /// Reads the key from this private folder, or makes one. A key that is there and cannot be used
    /// is an error and is never replaced: a new key would lock out everybody who paired.
    pub fn load_or_create(folder: &Path) -> Result<Self, IdentityError> {
        private_dir(folder)?;
        let path = folder.join(KEY_FILE);
        let key = match read_private(&path)?.map(Zeroizing::new) {
            Some(pem) => read_key(&pem).ok_or(IdentityError::KeyUnreadable { path })?,
            None => {
                let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
                let pem = Zeroizing::new(key.serialize_pem());
                write_private(&path, pem.as_bytes())?;
                key
            }
        };
        Ok(Self { folder: folder.to_owned(), key })
    }

    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_spki(&self.key.subject_public_key_info())
    }

    /// For heads of the log (LO6).
    pub fn signer(&self) -> Result<HeadSigner, IdentityError> {
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        Ok(HeadSigner(KeyPair::from_der_and_sign_algo(&key, &PKCS_ECDSA_P256_SHA256)?))
    }

    /// TLS for a listener that is reached at these IP addresses and host names: TLS 1.3, HTTP/1.1.
    /// The certificate is renewed if it does not name them all; the key stays.
    pub fn server_config(&self, addresses: &[String]) -> Result<ServerConfig, IdentityError> {
        let certificate = self.certificate(addresses)?;
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_protocol_versions(&[&TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)?;
        config.alpn_protocols = vec![ALPN.into()];
        Ok(config)
    }

    fn certificate(&self, addresses: &[String]) -> Result<CertificateDer<'static>, IdentityError> {
        let path = self.folder.join(CERTIFICATE_FILE);
        let kept = read_private(&path)?;
        if let Some(kept) = kept.and_then(|pem| certificate::usable(&pem, &self.key, addresses)) {
            return Ok(kept);
        }
        let pem = certificate::make(&self.key, addresses)?;
        write_private(&path, pem.as_bytes())?;
        CertificateDer::from_pem_slice(pem.as_bytes())
            .map_err(|_| IdentityError::Certificate(rcgen::Error::CouldNotParseCertificate))
    }
}

impl fmt::Debug for HostIdentity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HostIdentity({})", self.fingerprint())
    }
}

fn read_key(pem: &[u8]) -> Option<KeyPair> {
    let pem = std::str::from_utf8(pem).ok()?;
    KeyPair::from_pkcs8_pem_and_sign_algo(pem, &PKCS_ECDSA_P256_SHA256).ok()
}
