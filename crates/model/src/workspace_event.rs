use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Checkpoint, Deed, PersonId, RepositoryId, SessionId, Spent, WorkspaceId};

/// A fact of a workspace that everybody in its scope may know (A15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WorkspaceEvent {
    WorkspaceCreated {
        workspace: WorkspaceId,
        repository: RepositoryId,
        repository_name: String,
        name: String,
        branch: String,
        /// Commit the branch started from, hex.
        base: String,
        /// The branch that its work goes to, where there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        base_branch: Option<String>,
        /// The workspace that it is a fork of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        source: Option<WorkspaceId>,
    },
    CheckpointMade {
        checkpoint: Checkpoint,
    },
    WorkDone {
        by: PersonId,
        deed: Deed,
    },
    /// The worktree is gone; its branch and its checkpoints stay in the repository.
    WorkspaceDeleted {
        by: PersonId,
    },
    /// The session's own stream has the rest.
    SessionAdded {
        session: SessionId,
        number: u32,
        by: PersonId,
    },
    /// Its stream is gone for good (LO11). `seq` and `hash` (lower-case hex) are what it ended with.
    /// What its turns took counts on (AG7).
    SessionDeleted {
        session: SessionId,
        number: u32,
        by: PersonId,
        seq: u64,
        hash: String,
        #[serde(default)]
        spent: Vec<Spent>,
    },
}
