use std::path::PathBuf;

use identity::IdentityError;

use crate::client::CallError;
use crate::machine::{GivenUp, KEY_CHANGED, Loss};

/// Why another host could not be joined, dialled or looked up. Each reads as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    #[error("The host can't be reached now. It may be off, or in another network. Tried {tried}.")]
    Unreachable { tried: String },
    #[error("{KEY_CHANGED}")]
    KeyChanged,
    #[error("The host answered, and does not take programs like this one. Update the older of the two.")]
    TurnedAway,
    #[error("{}", .0.message)]
    GivenUp(GivenUp),
    #[error(
        "The code did not match, so nothing was paired. Look at it again: each code is good for three tries. If \
         it was right, somebody may be between you and the host: do not try on, ask its owner."
    )]
    CodeWrong,
    #[error(
        "Somebody else answers where {name} was seen. Nothing was sent that could help them; look again."
    )]
    NotTheOneSeen { name: String },
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Invite(#[from] identity::InviteRefused),
    #[error(
        "You know another host as {label}, with another key, so nothing was changed. Say another name, or \
         forget that host first: `conclave remote forget {label:?}`."
    )]
    LabelTaken { label: String },
    #[error(
        "This host says it is {label}, which you paired with under another key, so nothing was changed. Ask \
         its owner, not over this connection. If they made a new key, forget the old host first: \
         `conclave remote forget {label:?}`."
    )]
    OtherKey { label: String },
    #[error("You know no host {asked:?}. `conclave remote list` shows those you know.")]
    Unknown { asked: String },
    #[error("{asked:?} may be any of these; say which by more of its name: {}", .choices.join(", "))]
    Unclear { asked: String, choices: Vec<String> },
    #[error("There is no credential for {label} any more. Ask its owner for a fresh invite.")]
    NoCredential { label: String },
    #[error("This program already knows {most} hosts. Forget one first with `conclave remote forget`.")]
    Full { most: usize },
    #[error("{} can't be read as the list of known hosts. It was left as it is; move it away to begin anew.", .path.display())]
    BookUnreadable { path: PathBuf },
    #[error("{} was written by a newer Conclave. Update this one.", .path.display())]
    BookNewer { path: PathBuf },
    #[error("The list of known hosts can't be locked: {0}")]
    Lock(#[source] std::io::Error),
    #[error("The keyring refused: {0}")]
    Keyring(#[source] keyring::Error),
    #[error(transparent)]
    Identity(IdentityError),
    #[error("The host could not be asked: a task ended early.")]
    Ended,
}

impl From<IdentityError> for PeerError {
    fn from(error: IdentityError) -> Self {
        match error {
            // It may be unlocked later.
            IdentityError::Keyring(error) => Self::Keyring(error),
            other => Self::Identity(other),
        }
    }
}

impl PeerError {
    /// What a failed dial means for a link.
    pub fn loss(&self) -> Loss {
        match self {
            Self::KeyChanged => Loss::KeyChanged,
            Self::TurnedAway => Loss::TurnedAway,
            Self::Unreachable { .. }
            | Self::GivenUp(_)
            | Self::CodeWrong
            | Self::NotTheOneSeen { .. }
            | Self::Call(_)
            | Self::Invite(_)
            | Self::LabelTaken { .. }
            | Self::OtherKey { .. }
            | Self::Unknown { .. }
            | Self::Unclear { .. }
            | Self::NoCredential { .. }
            | Self::Full { .. }
            | Self::BookUnreadable { .. }
            | Self::BookNewer { .. }
            | Self::Lock(_)
            | Self::Keyring(_)
            | Self::Identity(_)
            | Self::Ended => Loss::Unreachable,
        }
    }
}
