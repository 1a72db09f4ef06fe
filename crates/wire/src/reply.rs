use model::{
    BlobHash, Changes, Checkpoint, Digest, DisplayName, EpochId, FileChange, FolderEntry, FoundWorktree,
    HostFolder, HostKey, HostSettings, ImageKind, ItemId, KnockId, Makers, PromptId, Refusals, RepositoryId,
    Risk, SessionId, ShareId, StreamId, SuggestionId, TerminalRight, Timestamp, WorkCommit, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    AgentRow, Allowance, DeviceRow, InviteRow, Invited, LoggedEvent, MintNotice, PersonName, PersonRow,
    RawEvent, RepositoryAgents, SessionSpending, ShareRow, SignedHead, TerminalRow, Welcome,
};

/// An image for a page to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImageBytes {
    pub kind: ImageKind,
    /// Base64 with padding.
    pub data: String,
}

/// What a repository wants done in each new workspace, in `.conclave/setup.sh` (WS23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetupScript {
    /// For `sh`; at most 64 KiB.
    pub text: String,
    /// The SHA-256 of the text, in hex.
    pub hash: String,
    /// The owner has read just this, and lets it run.
    pub trusted: bool,
}

/// The good answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reply {
    Welcome(Welcome),
    /// The owner has been asked to let you in; a `welcome` or `bye` notification follows.
    Waiting {
        knock: KnockId,
    },
    /// The host's SPAKE2 message, in base64url; from here on it is a try (PA3).
    PairAnswer {
        share: ShareId,
        message: String,
    },
    /// The host has confirmed: its key is the right one.
    PairConfirmed {
        mac: String,
    },
    /// The request did what it says.
    Done,
    /// A room command was accepted; its first event has this seq.
    Accepted {
        stream: StreamId,
        epoch: EpochId,
        seq: u64,
    },
    /// A prompt was accepted. `started` is false when it waits in the queue.
    Prompted {
        stream: StreamId,
        epoch: EpochId,
        seq: u64,
        prompt: PromptId,
        started: bool,
    },
    /// The prompt was taken as a suggestion: it waits for somebody who may steer (GR1).
    Suggested {
        stream: StreamId,
        epoch: EpochId,
        seq: u64,
        suggestion: SuggestionId,
    },
    Page {
        stream: StreamId,
        events: Vec<LoggedEvent>,
        first: bool,
    },
    /// UTF-8 text of a blob, cut to what fits one frame; `truncated` says so. An image has no text, and is whole.
    Blob {
        hash: BlobHash,
        text: String,
        truncated: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        image: Option<ImageBytes>,
    },
    /// `text` is `null` when the item is no longer running: its event has it all.
    ItemText {
        item: ItemId,
        n: u64,
        text: Option<String>,
    },
    /// `key` is the host's public key (SPKI in DER, hex); `heads` are those within the page; nothing
    /// follows when it is the `last`.
    LogPage {
        stream: StreamId,
        epoch: EpochId,
        key: String,
        events: Vec<RawEvent>,
        heads: Vec<SignedHead>,
        last: bool,
    },
    Digest(Digest),
    Changes(Changes),
    FileChange(FileChange),
    /// `hash` is the SHA-256 of the text, in hex.
    FileText {
        path: String,
        text: String,
        #[serde(default)]
        hash: String,
    },
    Makers {
        makers: Makers,
        /// Whoever is named in it.
        people: Vec<PersonName>,
    },
    /// `base_branch` is where the work can be applied to.
    Work {
        checkpoints: Vec<Checkpoint>,
        commits: Vec<WorkCommit>,
        base_branch: Option<String>,
        /// Whoever is named in it.
        people: Vec<PersonName>,
    },
    Folder {
        entries: Vec<FolderEntry>,
        more: bool,
    },
    /// Bytes on disk are those of the worktree.
    Risks {
        risks: Vec<Risk>,
        bytes: Option<u64>,
    },
    /// Of a folder of this machine; `parent` is `null` at the top.
    Folders {
        path: String,
        parent: Option<String>,
        folders: Vec<HostFolder>,
        more: bool,
    },
    DiskUse {
        bytes: u64,
    },
    /// As it is now.
    Picture {
        image: ImageBytes,
    },
    Worktrees {
        worktrees: Vec<FoundWorktree>,
    },
    /// `upstream` is what it followed when it was pushed before; `can_ask` that pull requests can be opened here.
    PushTarget {
        remote: String,
        upstream: Option<String>,
        can_ask: bool,
    },
    /// `script` is `null` where there is none.
    Setup {
        script: Option<SetupScript>,
    },
    /// `null` where there was no picture.
    BothSides {
        before: Option<ImageBytes>,
        after: Option<ImageBytes>,
    },
    Pushed {
        remote: String,
    },
    /// A pull request was opened, or was there: its page.
    Asked {
        address: String,
    },
    /// `commit` is `null` when the branch had all of it.
    Approved {
        commit: Option<String>,
    },
    /// What was there is kept as this checkpoint.
    TakenBack {
        undo: u64,
    },
    /// The file's new hash.
    Written {
        hash: String,
    },
    /// Files in conflict, of a merge that waits to be finished.
    Merging {
        conflicts: Vec<String>,
    },
    /// Relative to the worktree; `more` when not all that fit are here.
    Files {
        paths: Vec<String>,
        more: bool,
    },
    Agents {
        agents: Vec<AgentRow>,
    },
    Agent {
        agent: Box<AgentRow>,
    },
    RepositoryAgents {
        repositories: Vec<RepositoryAgents>,
    },
    /// `allowance` is the asker's own in that session; none for the owner, who has no limit.
    Usage {
        sessions: Vec<SessionSpending>,
        people: Vec<PersonName>,
        allowance: Option<Allowance>,
    },
    Health {
        /// What is wrong, each a sentence.
        warnings: Vec<String>,
        refusals: Refusals,
    },
    Shares {
        shares: Vec<ShareRow>,
    },
    Invites {
        invites: Vec<InviteRow>,
    },
    People {
        people: Vec<PersonRow>,
    },
    Devices {
        devices: Vec<DeviceRow>,
    },
    Settings {
        name: DisplayName,
        settings: HostSettings,
    },
    /// `layout` is `null` where none is kept, and in answer to the one that was just kept.
    Layout {
        revision: u64,
        layout: Option<String>,
    },
    /// What one is called now: a name that is taken gets a number (RO4).
    Renamed {
        name: DisplayName,
    },
    Repository {
        repository: RepositoryId,
    },
    Workspace {
        workspace: WorkspaceId,
    },
    Session {
        session: SessionId,
        workspace: WorkspaceId,
    },
    Minted {
        share: ShareId,
        invite: Invited,
        #[serde(default)]
        notices: Vec<MintNotice>,
    },
    /// To a share, or for one more device of the asker.
    Invited {
        invite: Invited,
    },
    /// Six digits to read out; good until then, for three tries (PA3).
    PairingCode {
        code: String,
        until: Timestamp,
    },
    /// Hosts seen in the network, without this one.
    Nearby {
        hosts: Vec<NearbyRow>,
    },
    /// `http://127.0.0.1:<port>/#<secret>`, good once and for five minutes.
    Link {
        url: String,
    },
    KnownHosts {
        hosts: Vec<KnownHostRow>,
    },
    HostJoined {
        host: KnownHostRow,
    },
    Terminal {
        terminal: TerminalRow,
    },
    /// `right` is what the asker may do with them.
    Terminals {
        terminals: Vec<TerminalRow>,
        right: TerminalRight,
    },
}

/// Another host, as this one's owner knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownHostRow {
    /// What it is; also names its pipe, `/peer/<key>`.
    pub key: HostKey,
    /// What the owner calls it; no two alike.
    pub label: DisplayName,
    /// What the owner is called there.
    pub name: DisplayName,
    /// Its owner has not let this one in yet.
    pub waiting: bool,
    /// What opens it is in the system's keyring; else in a file of the owner's alone (PA4).
    pub in_keyring: bool,
    pub address: String,
    pub added_at: Timestamp,
    pub welcomed_at: Option<Timestamp>,
}

/// A host as it says it is; nothing of it is proven (PA3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NearbyRow {
    /// The first hex digits of its key's hash, by which it is told from others.
    pub hint: String,
    pub name: model::DisplayName,
    pub port: u16,
    /// Best first.
    pub addresses: Vec<String>,
    /// Of the pairing exchange it speaks.
    pub version: u32,
}
