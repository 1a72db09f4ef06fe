//! The crate against the real git program, in folders of its own.

mod changes;
mod confine;
mod fixture;
mod inspect;
mod program;
mod sample;
mod worktree;
