use std::path::PathBuf;

/// Why the host's identity or a private file could not be had.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    #[error("{doing} failed at {}: {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error(
        "The host key in {} cannot be read as a P-256 private key. It was left as it is. Put the \
         right file back; or move it away to get a new key, which everybody has to pair with anew.",
        .path.display()
    )]
    KeyUnreadable { path: PathBuf },
    #[error(
        "Others on this machine may read {}, so it was not used. If nobody has, make it private with \
         `chmod 600` and start again; else move it away to get a new key.",
        .path.display()
    )]
    Exposed { path: PathBuf },
    #[error("`{address}` is neither an IP address nor a host name, so no certificate can name it.")]
    Address { address: String },
    #[error("The certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("TLS could not be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("The system gave no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    #[error("The keyring refused: {0}")]
    Keyring(#[from] keyring::Error),
}

impl IdentityError {
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}
