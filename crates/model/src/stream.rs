use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{SessionId, WorkspaceId};

/// A line of the log with its own dense `seq`. Written `owner`, `workspace:<id>` or `session:<id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub enum StreamId {
    /// Owner-only facts: host paths, shares, invites, devices (LO8).
    Owner,
    /// What everybody in a workspace's scope may know of it (A15).
    Workspace(WorkspaceId),
    /// One session's room.
    Session(SessionId),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a stream: expected owner, workspace:<id> or session:<id>")]
pub struct StreamRefused(String);

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner => f.write_str("owner"),
            Self::Workspace(id) => write!(f, "workspace:{id}"),
            Self::Session(id) => write!(f, "session:{id}"),
        }
    }
}

impl FromStr for StreamId {
    type Err = StreamRefused;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || StreamRefused(text.chars().take(80).collect());
        match text.split_once(':') {
            None if text == "owner" => Ok(Self::Owner),
            Some(("workspace", id)) => id.parse().map(Self::Workspace).map_err(|_| refused()),
            Some(("session", id)) => id.parse().map(Self::Session).map_err(|_| refused()),
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for StreamId {
    type Error = StreamRefused;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<StreamId> for String {
    fn from(stream: StreamId) -> Self {
        stream.to_string()
    }
}
