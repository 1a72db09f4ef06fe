use std::sync::Arc;

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::version::TLS13;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

use crate::{Fingerprint, IdentityError};

pub(crate) const ALPN: &[u8] = b"http/1.1";

/// TLS for a client that knows its host by the key alone: TLS 1.3 to exactly this key, which the
/// host proves in every handshake. To any other nothing is sent, not even the upgrade (PA1).
pub fn pinned_client_config(pin: Fingerprint) -> Result<ClientConfig, IdentityError> {
    client_config(Wanted::Key(pin))
}

/// TLS to whoever answers, who proves to have the key they show. For the pairing exchange alone, which
/// is what tells the right key from another (PA3): the one exception of PA1.
pub fn pairing_client_config() -> Result<ClientConfig, IdentityError> {
    client_config(Wanted::Any)
}

/// The key that the other side of a TLS session has shown and proven.
pub fn proven_key(chain: Option<&[CertificateDer<'_>]>) -> Option<Fingerprint> {
    let certificate = ParsedCertificate::try_from(chain?.first()?).ok()?;
    Some(Fingerprint::of_spki(&certificate.subject_public_key_info()))
}

fn client_config(wanted: Wanted) -> Result<ClientConfig, IdentityError> {
    let provider = Arc::new(provider());
    let verifier = Verifier { wanted, provider: provider.clone() };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![ALPN.into()];
    config.resumption = Resumption::disabled();
    // The name is what a browser asks for: without it the host shows its own key (PA11).
    config.enable_sni = false;
    Ok(config)
}

/// Named, since two providers in one program would leave rustls without a default.
pub(crate) fn provider() -> CryptoProvider {
    ring::default_provider()
}

#[derive(Debug)]
enum Wanted {
    Key(Fingerprint),
    Any,
}

#[derive(Debug)]
struct Verifier {
    wanted: Wanted,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let key = Fingerprint::of_spki(&certificate.subject_public_key_info());
        match self.wanted {
            Wanted::Key(pin) if pin != key => Err(CertificateError::ApplicationVerificationFailure.into()),
            Wanted::Key(_) | Wanted::Any => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
