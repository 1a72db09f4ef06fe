//! Who a host is and how others know it: its key and certificate, the pin that a client checks, the
//! secrets that people carry, and the private files all that is kept in.

mod certificate;
mod error;
mod files;
mod fingerprint;
mod host;
mod invite;
mod pinning;
mod safe;
mod secret;
mod signing;
mod trusted;

pub use error::IdentityError;
pub use files::{private_dir, read_private, write_private};
pub use fingerprint::{Fingerprint, FingerprintMalformed};
pub use host::HostIdentity;
pub use invite::{INVITE_VERSION, InviteLink, InviteRefused};
pub use pinning::{pairing_client_config, pinned_client_config, proven_key};
pub use safe::{Kept, Keyring, Safe};
pub use secret::{Secret256, SecretHash, SecretMalformed};
pub use signing::{HeadSigner, is_signed};
pub use trusted::{CertificateRefused, TrustedCertificate, TrustedFile};
