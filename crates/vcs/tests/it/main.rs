//! The crate against the real git program, in folders of its own.

mod attribution;
mod changes;
mod checkpoint;
mod compare;
mod confine;
mod edits;
mod elsewhere;
mod file_diff;
mod find;
mod fixture;
mod inspect;
mod judge;
mod landing;
mod program;
mod sample;
mod tree;
mod upkeep;
mod watch;
mod worktree;
