//! The certificate around the host key. Clients of ours look only at the key (PA1); browsers look
//! at names and dates, and remember an exception by the certificate, so it is kept and renewed only
//! when a new address needs naming.

use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
    PublicKeyData,
};
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;

use crate::IdentityError;

pub(crate) fn make(key: &KeyPair, addresses: &[String]) -> Result<String, IdentityError> {
    for address in addresses {
        server_name(address)?;
    }
    let mut params = CertificateParams::new(addresses)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Conclave host");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params.self_signed(key)?.pem())
}

/// The certificate, if it is one for this key and names all these addresses.
pub(crate) fn usable(pem: &[u8], key: &KeyPair, addresses: &[String]) -> Option<CertificateDer<'static>> {
    let certificate = CertificateDer::from_pem_slice(pem).ok()?;
    let parsed = ParsedCertificate::try_from(&certificate).ok()?;
    if parsed.subject_public_key_info().as_ref() != key.subject_public_key_info() {
        return None;
    }
    for address in addresses {
        verify_server_name(&parsed, &server_name(address).ok()?).ok()?;
    }
    Some(certificate)
}

fn server_name(address: &str) -> Result<ServerName<'_>, IdentityError> {
    ServerName::try_from(address).map_err(|_| IdentityError::Address { address: address.into() })
}
