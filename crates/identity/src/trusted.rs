//! A certificate that browsers trust, which the owner brought (PA11).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};
use zeroize::Zeroizing;

use crate::pinning::{ALPN, provider};
use crate::{IdentityError, private_dir, read_private, write_private};

const CHAIN_FILE: &str = "browser-certificate.pem";
const KEY_FILE: &str = "browser-key.pem";

/// Why a certificate is of no use to browsers. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CertificateRefused {
    #[error("{} can't be read: {source}", .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("There is no certificate in it. Give the chain as PEM, the host's own certificate first.")]
    NoCertificate,
    #[error("There is no private key in it. Give the key as PEM, without a password.")]
    NoKey,
    #[error("The key is not the one of this certificate, or of a kind TLS 1.3 does not know: {0}")]
    KeyMismatch(rustls::Error),
    #[error(
        "The certificate names no host that a link could lead to. Get one for a name that guests can \
         reach this machine by; a wildcard alone does not do."
    )]
    NoName,
    #[error(
        "The certificate vouches for itself, so no browser trusts it. Get one from an authority that \
         your guests' browsers know."
    )]
    SelfMade,
    #[error("The certificate is over since {since} seconds. Renew it, then give the new one.")]
    Expired { since: u64 },
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

/// Checked, and ready to be shown to a browser that asks for one of its names.
#[derive(Debug)]
pub struct TrustedCertificate {
    names: Vec<String>,
    not_after: SystemTime,
    config: Arc<ServerConfig>,
}

impl TrustedCertificate {
    /// Checks the chain and its key, and keeps copies in this private folder.
    pub fn keep(folder: &Path, chain: &Path, key: &Path) -> Result<Self, CertificateRefused> {
        let read = |path: &Path| {
            std::fs::read(path)
                .map_err(|source| CertificateRefused::Unreadable { path: path.to_owned(), source })
        };
        let (chain, key) = (read(chain)?, Zeroizing::new(read(key)?));
        let certificate = Self::parse(&chain, &key)?;
        if let Ok(since) = SystemTime::now().duration_since(certificate.not_after) {
            return Err(CertificateRefused::Expired { since: since.as_secs() });
        }
        private_dir(folder)?;
        write_private(&folder.join(KEY_FILE), &key)?;
        write_private(&folder.join(CHAIN_FILE), &chain)?;
        Ok(certificate)
    }

    /// The one that is kept here.
    pub fn kept(folder: &Path) -> Result<Option<Self>, CertificateRefused> {
        let Some(chain) = read_private(&folder.join(CHAIN_FILE))? else { return Ok(None) };
        let Some(key) = read_private(&folder.join(KEY_FILE))?.map(Zeroizing::new) else { return Ok(None) };
        Self::parse(&chain, &key).map(Some)
    }

    /// Whether there was one.
    pub fn forget(folder: &Path) -> Result<bool, CertificateRefused> {
        let mut had = false;
        for file in [CHAIN_FILE, KEY_FILE] {
            match std::fs::remove_file(folder.join(file)) {
                Ok(()) => had = true,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(IdentityError::io("Removing", folder.join(file))(error).into()),
            }
        }
        Ok(had)
    }

    fn parse(chain: &[u8], key: &[u8]) -> Result<Self, CertificateRefused> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(chain).filter_map(Result::ok).collect();
        let own = chain.first().ok_or(CertificateRefused::NoCertificate)?;
        let (names, not_after) = of_whom(own)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| CertificateRefused::NoKey)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_protocol_versions(&[&TLS13])
            .map_err(IdentityError::Tls)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(CertificateRefused::KeyMismatch)?;
        config.alpn_protocols = vec![ALPN.into()];
        Ok(Self { names, not_after, config: Arc::new(config) })
    }

    /// Where a browser's link leads to.
    pub fn name(&self) -> &str {
        &self.names[0]
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn not_after(&self) -> SystemTime {
        self.not_after
    }

    /// TLS for who asks for `name` (a browser's SNI), if this certificate is still good for it.
    pub fn config_for(&self, name: &str, now: SystemTime) -> Option<Arc<ServerConfig>> {
        let known = self.names.iter().any(|it| it.eq_ignore_ascii_case(name));
        (known && now < self.not_after).then(|| Arc::clone(&self.config))
    }
}

/// Names without wildcards, at least one, and the end of its time.
fn of_whom(certificate: &CertificateDer<'_>) -> Result<(Vec<String>, SystemTime), CertificateRefused> {
    let (_, parsed) =
        X509Certificate::from_der(certificate).map_err(|_| CertificateRefused::NoCertificate)?;
    if parsed.issuer() == parsed.subject() {
        return Err(CertificateRefused::SelfMade);
    }
    let alternatives = parsed.subject_alternative_name().ok().flatten();
    let named = alternatives.iter().flat_map(|it| &it.value.general_names);
    let names: Vec<String> = named
        .filter_map(|name| match name {
            GeneralName::DNSName(name) if !name.contains('*') => Some((*name).to_owned()),
            _ => None,
        })
        .collect();
    if names.is_empty() {
        return Err(CertificateRefused::NoName);
    }
    let end = u64::try_from(parsed.validity().not_after.timestamp()).unwrap_or_default();
    Ok((names, UNIX_EPOCH + Duration::from_secs(end)))
}

/// The kept certificate as it is now: it is renewed while the host runs.
pub struct TrustedFile {
    folder: PathBuf,
    last: Mutex<Option<(SystemTime, Option<Arc<TrustedCertificate>>)>>,
}

impl TrustedFile {
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), last: Mutex::default() }
    }

    /// Reads it again only when it has changed. One that can't be used is as none.
    pub fn now(&self) -> Option<Arc<TrustedCertificate>> {
        let changed = std::fs::metadata(self.folder.join(CHAIN_FILE)).and_then(|it| it.modified()).ok()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((seen, kept)) = &*last
            && *seen == changed
        {
            return kept.clone();
        }
        let kept = TrustedCertificate::kept(&self.folder).unwrap_or_default().map(Arc::new);
        *last = Some((changed, kept.clone()));
        kept
    }
}
