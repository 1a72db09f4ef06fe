use std::io;
use std::path::PathBuf;

/// Why a way in could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("No port could be opened on 127.0.0.1 for the owner's page: {0}")]
    Page(#[source] io::Error),
    #[error("The local socket {} could not be opened: {source}", .path.display())]
    Socket { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    #[error("Orphans of agents could not be kept as descendants of this host: {0}")]
    Orphans(#[source] io::Error),
}
