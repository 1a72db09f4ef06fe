//! What travels between a host and anybody: JSON-RPC 2.0 in WebSocket text frames, the method and its
//! params one typed enum per direction. The same frames run over TLS, the loopback page, the local
//! socket and the desktop window.
//!
//! The life of a connection:
//! 1. The WebSocket upgrade names a [`Version`] as sub-protocol, newest first.
//! 2. The client's first frame is [`Request::Hello`]; the host answers [`Reply::Welcome`],
//!    [`Reply::Waiting`] (somebody must let you in) or a [`Failure`].
//! 3. `subscribe` answers with one `snapshot` notification and then `events`, `view` and `signal`
//!    notifications, all placed on one log position (LO2, LO3).
//! 4. Commands carry a [`model::CommandId`]: sent again they are answered, not run again (LO5).
//! 5. `bye` names the reason before the host closes with one of [`CloseCode`].

mod agents;
mod close;
mod codec;
mod failure;
mod hello;
mod need;
mod notification;
mod raw_event;
mod reply;
mod request;
mod share;
mod signed_head;
mod terminal;
mod usage;
mod version;

pub use agents::{AgentDetails, AgentRow, FoundAgents, RepositoryAgents};
pub use close::CloseCode;
pub use codec::{
    ClientFrame, FrameRefused, HostFrame, decode_client, decode_host, encode_events, encode_failure,
    encode_notification, encode_reply, encode_request, encode_snapshot, event_json,
};
pub use failure::{Failure, FailureCode, Retry};
pub use hello::{Auth, Hello, Welcome};
pub use need::{Kind, Need, Scope};
pub use notification::{
    Bye, ByeReason, Cursor, FilesNews, LoggedEvent, Notification, Partial, SharedView, Signal, Snapshot,
};
pub use raw_event::{RawEvent, RawSeal};
pub use reply::{ImageBytes, KnownHostRow, NearbyRow, Reply, SetupScript};
pub use request::{ImageUpload, Request};
pub use share::{
    DeviceRow, InviteRow, Invited, MemberRow, MembershipRow, MintNotice, PersonRow, RightsWish, ShareRow,
    ShareWish,
};
pub use signed_head::SignedHead;
pub use terminal::{Shown, TerminalNews, TerminalRow, Typed, armour, unarmour};
pub use usage::{Allowance, PersonName, SessionSpending};
pub use version::Version;
