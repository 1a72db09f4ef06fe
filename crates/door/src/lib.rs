//! The host's door: shares, invites, knocks, people and their devices. A pure state machine over the
//! owner stream; it decides who may come in and derives what everybody may do.

mod admission;
mod codes;
mod devices;
mod grants;
mod invites;
mod people;
mod refusal;
mod shares;
mod state;

pub use admission::{Credential, Fresh, Redemption, Visitor};
pub use grants::{Allowance, Grants, Member, Whose};
pub use invites::InviteWish;
pub use refusal::Refusal;
pub use state::{Admitted, Device, Door, Invite, Knock, Offer, Person, Standing};
