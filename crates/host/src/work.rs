//! What becomes of the work in a workspace: one thing at a time in each.

mod deeds;
mod exchange;
mod files;
mod keeper;
mod makers;
mod merging;
mod place;
mod setup;
mod upkeep;

pub(crate) use exchange::picture;
pub(crate) use keeper::{TurnPlace, Works, keep_after, keep_before};
pub(crate) use place::archived;
