use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One data folder of one machine's Conclave.
    HostId
    /// One life of a log; changes on create, restore and repair (LO9).
    EpochId
    /// One human, with one or more devices.
    PersonId
    /// One paired device of a person.
    DeviceId
    /// One live socket.
    ConnectionId
    RepositoryId
    /// Repository + worktree + settings; the unit of sharing.
    WorkspaceId
    /// One conversation in one workspace; its shortest unique prefix is the handle (HA1).
    SessionId
    ShareId
    InviteId
    /// Somebody waiting at the door for the owner's consent.
    KnockId
    TurnId
    /// One queue item = one prompt = one author = one turn (QU1).
    PromptId
    /// A guest's prompt that waits for somebody who may steer (GR1).
    SuggestionId
    /// One transcript item: a message, a thought or a tool call.
    ItemId
    BallotId
    QuestionId
    PermissionId
    /// One shell in a workspace, for as long as it runs (TE1).
    TerminalId
    /// Made by the client; the host remembers it with its first event (LO5).
    CommandId
}

macro_rules! hashes {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

hashes! {
    /// A host's identity to those who know it: SHA-256 of its public key in base64url, 43 characters (PA5).
    HostKey
    /// SHA-256 of a blob's bytes, lower-case hex, 64 characters.
    BlobHash
    /// SHA-256 of a plan's text, lower-case hex; a vote is bound to it (BA1).
    PlanHash
}
