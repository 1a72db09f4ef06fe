//! The host's door: shares, invites, knocks, people and their devices. A pure state machine over the
//! owner stream; it decides who may come in and derives what everybody may do.

mod admission;
mod grants;
mod state;

pub use admission::{Credential, Redemption};
pub use grants::{Grants, Member};
pub use state::{Admitted, Door, Invite, Knock, Person, Refusal};
