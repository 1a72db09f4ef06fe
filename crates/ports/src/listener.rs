//! The socket that others reach this host by.

use crate::Later;

/// Where the host listens for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub port: u16,
    /// Addresses others may try, most likely first.
    pub addresses: Vec<String>,
    /// Of the host's key, for two people to compare by eye.
    pub fingerprint: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    #[error("No port could be opened for guests: {detail}. Nothing was shared.")]
    Unavailable { detail: String },
}

/// What an invite says, before it is written down (SH3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteText {
    /// `conclave://…`
    pub code: String,
    /// `https://…`, the secret in the fragment.
    pub link: String,
}

pub trait Listener: Send + Sync {
    /// Listens, on `port` if it is free, else on another; again is harmless. Answers when bound (SH1).
    fn open(&self, port: Option<u16>) -> Later<'_, Result<Bound, ListenError>>;

    /// Stops taking guests (SH7).
    fn close(&self) -> Later<'_, ()>;

    /// What guests were refused since the start (PA6).
    fn refusals(&self) -> model::Refusals;

    /// The name by which browsers reach this host over a certificate they trust, if the owner brought one
    /// (PA11).
    fn trusted_name(&self) -> Option<String> {
        None
    }

    /// Where the owner's page is: `http://127.0.0.1:<port>`.
    fn owner_page(&self) -> Option<String>;

    fn invite(&self, bound: &Bound, invite: model::InviteId, secret: &str) -> InviteText;
}
