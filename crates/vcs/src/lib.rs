//! Git as Conclave uses it: facts about a repository, one worktree per workspace, what changed in
//! it, and the confinement of file access to it. Git is the real program, never through a shell.

mod branch;
mod call;
mod changes;
mod confine;
mod error;
mod files;
mod git;
mod inspect;
mod oid;
mod relativise;
mod sample;
mod worktree;

pub use branch::{BRANCH_PREFIX, branch_slug};
pub use changes::{Change, ChangeKind, Changes, Lines, Since};
pub use confine::{PathRefused, WorktreeRoot};
pub use error::GitError;
pub use git::{Git, Patience};
pub use inspect::{CommitIdentity, Head, RepositoryFacts, RepositoryKind};
pub use oid::{Oid, OidMalformed};
pub use relativise::Paths;
pub use worktree::{Base, NewWorktree, Removal, Worktree, WorktreeEntry, WorktreeState};
