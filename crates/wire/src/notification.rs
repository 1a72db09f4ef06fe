use model::{
    Actor, CommandId, Directory, EpochId, ItemId, PersonId, RoomView, StreamId, TerminalId, Timestamp,
    TurnId, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{SignedHead, TerminalNews, Welcome};

/// What a host tells a client unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
pub enum Notification {
    /// Let in after `Reply::Waiting`.
    Welcome(Welcome),
    /// Stands for everything up to its seq (LO2, LO3).
    Snapshot(Snapshot),
    /// `prev` is the seq before the first of these in this reader's view: a hole is seen (LO2).
    Events {
        stream: StreamId,
        prev: u64,
        events: Vec<LoggedEvent>,
    },
    View(SharedView),
    Signal {
        stream: StreamId,
        signal: Signal,
    },
    /// A newer signed head of a stream you read; keep the last one of each (LO6).
    Head(SignedHead),
    /// This stream is there no more, or no longer for you. Its events ended where they ended.
    Gone {
        stream: StreamId,
    },
    Directory(Directory),
    /// Of a terminal that you are attached to; its bytes come in binary frames.
    Terminal {
        terminal: TerminalId,
        news: TerminalNews,
    },
    /// Of a workspace whose files this connection watches.
    Files {
        workspace: WorkspaceId,
        news: FilesNews,
    },
    Bye(Bye),
}

/// What is heard of a workspace's files (FI10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FilesNews {
    /// From here on every change is told.
    Watched,
    /// Ask again what you show of them. Many changes are told as one.
    Changed,
    /// Nothing more will be told; look now and then instead.
    Unwatched,
}

/// A place in a stream (LO9). A mismatch, or a seq beyond the head, gets a full snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cursor {
    pub epoch: EpochId,
    pub seq: u64,
    /// Lower-case hex of the event's hash at `seq`.
    pub hash: String,
}

/// One event of the log as readers get it. `event` is byte for byte what is on disk (LO8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LoggedEvent {
    pub seq: u64,
    pub at: Timestamp,
    pub actor: Actor,
    /// The command that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cause: Option<CommandId>,
    pub hash: String,
    /// `model::Event`, `WorkspaceEvent` or `OwnerEvent`, by the stream. Unknown types are carried (PA10).
    #[ts(type = "{ type: string } & Record<string, unknown>")]
    pub event: serde_json::Value,
}

/// One consistent state of a stream for one reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Snapshot {
    pub stream: StreamId,
    pub cursor: Cursor,
    /// Only of session streams.
    pub view: Option<RoomView>,
    /// The newest page, oldest first.
    pub events: Vec<LoggedEvent>,
    /// There is nothing older than `events[0]`.
    pub whole: bool,
    pub partials: Vec<Partial>,
    /// The reader's cursor was not of this log: say that what it saw was replaced (LO9).
    pub replaced: bool,
    /// The newest signed head, if a turn has ended since heads are signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub head: Option<Box<SignedHead>>,
}

/// Text so far of a running item; signals go on from `n + 1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Partial {
    pub turn: TurnId,
    pub item: ItemId,
    pub thought: bool,
    pub n: u64,
    pub text: String,
    pub began: Timestamp,
}

/// The room at a seq.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharedView {
    pub stream: StreamId,
    pub seq: u64,
    pub view: RoomView,
}

/// May be lost without harm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Signal {
    /// `n` counts the deltas of one item from 1; on a gap ask `item_text`.
    Delta {
        turn: TurnId,
        item: ItemId,
        thought: bool,
        n: u64,
        text: String,
    },
    Typing {
        person: PersonId,
    },
    /// Has the session in front of them; forgotten when it is not said again within 45 s (RO2).
    Looking {
        person: PersonId,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bye {
    pub reason: ByeReason,
    /// A sentence for people.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ByeReason {
    /// The owner did not let you in.
    Refused,
    Revoked,
    Kicked,
    Expired,
    /// You went yourself.
    Left,
    BadFrame,
    HelloLate,
    Version,
    Rate,
    HostStopping,
    /// The log could not be read on; nothing was lost.
    Storage,
    /// From this machine, of another host: who answers there has another key (PA5).
    KeyChanged,
    /// From this machine, of another host: nobody answers there now.
    Unreachable,
}
