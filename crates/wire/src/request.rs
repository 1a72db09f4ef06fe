use std::collections::BTreeMap;

use model::{
    AgentChoice, AgentKey, BallotId, BlobHash, ChangePicks, ChangesSince, Choice, CommandId, Delivery,
    DeviceId, HostKey, InviteId, ItemId, KnockId, MergeStep, PermissionAnswer, PermissionId, PersonId,
    PlanHash, PromptId, QuestionId, RepositoryId, RiskKind, SessionId, Settle, ShareId, Span, StreamId,
    SuggestionId, TerminalId, TerminalSize, TurnId, Verdict, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Cursor, Hello, ShareWish};

/// An image as a client sends it. What it is, the host reads from its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImageUpload {
    /// Base64 with padding.
    pub data: String,
}

/// Everything a client can ask of a host. `command` makes a request safe to send again (LO5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
// A line each, so that all that can be asked is seen at once.
#[rustfmt::skip]
pub enum Request {
    // The connection.
    Hello(Hello),
    /// Answered by `Done`, then a `snapshot` notification or the events after `cursor` (LO9).
    Subscribe { stream: StreamId, cursor: Option<Cursor> },
    Unsubscribe { stream: StreamId },
    /// From now on `directory` notifications: at once, and on every change.
    WatchDirectory,
    /// From now on `files` notifications of this workspace (FI10).
    WatchFiles { workspace: WorkspaceId },
    UnwatchFiles { workspace: WorkspaceId },

    // Queries.
    /// Events before `before`, newest last; at most 200.
    Page { stream: StreamId, before: u64, limit: u32 },
    Blob { session: SessionId, hash: BlobHash },
    /// The text so far of a running item, after a gap in its signals.
    ItemText { session: SessionId, item: ItemId },
    /// The log as it is, with all that its hashes are made of: events after `after`, at most 200.
    LogPage { stream: StreamId, after: u64, limit: u32 },
    /// What went on after `since`: "While you were away".
    Digest { session: SessionId, since: u64 },
    /// What became of a workspace's files, committed or not (FI2): since its base unless told otherwise.
    Changes {
        workspace: WorkspaceId,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        since: ChangesSince,
    },
    /// The change of one file line by line, by the name it has or had; three lines of context unless told
    /// otherwise (FI3).
    FileChange {
        workspace: WorkspaceId,
        path: String,
        context: Option<u32>,
        ignore_whitespace: bool,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        since: ChangesSince,
    },
    /// Who made which lines of the changes since the base (WS15).
    Makers { workspace: WorkspaceId },
    /// The checkpoints and approved commits of a workspace: the newest 500 of each, oldest first.
    Work { workspace: WorkspaceId },
    /// What becomes of the files when this checkpoint is restored (WS3).
    RewindPreview { workspace: WorkspaceId, checkpoint: u64 },
    /// What is in a folder of a worktree, `""` for its top: folders first, at most 5,000 (FI5).
    Folder { workspace: WorkspaceId, path: String },
    /// What would be lost with a workspace (WS12).
    Risks { workspace: WorkspaceId },
    /// Worktrees of a repository that no workspace stands for, and what was left behind in the host's own folder (WS13).
    Worktrees { repository: RepositoryId },
    /// The folders in a folder of this machine, of the person's home unless told otherwise: at most 2,000 (WS25).
    Folders { path: Option<String> },
    /// What the workspace's files take on the disk (WS13).
    DiskUse { workspace: WorkspaceId },
    /// Where the workspace's branch would be pushed to (WS14).
    PushTarget { workspace: WorkspaceId },
    /// The set-up script that is in the workspace, if any, and whether the owner trusts it (WS23).
    Setup { workspace: WorkspaceId },
    /// A changed picture as it was and as it is, each of at most half a mebibyte (FI9).
    BothSides {
        workspace: WorkspaceId,
        path: String,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        since: ChangesSince,
    },
    /// A picture as it is now, of at most half a mebibyte (FI12).
    ReadPicture { workspace: WorkspaceId, path: String },
    /// The text of a file as it is now, of at most half a mebibyte (FI4).
    ReadFile { workspace: WorkspaceId, path: String },
    /// Files of a workspace by parts of their path, the best first: at most 200. An empty query has those
    /// that come first by name. What git ignores is left out (FI1).
    FindFiles { workspace: WorkspaceId, query: String, limit: u32 },
    /// What the session's turns took, by person, agent and tool (AG7).
    Usage { session: SessionId },
    /// The same of all sessions that one may see.
    HostUsage,
    Agents,
    /// Starts an agent's program for as long as it takes to hear what it is and what it offers. Answered by
    /// `agent` when that is known; whoever asks meanwhile gets the same answer.
    ProbeAgent { agent: AgentKey },
    /// The named agents that repositories bring, as their files are now.
    RepositoryAgents,
    /// How the host itself is doing.
    Health,
    /// Other hosts that the owner has joined.
    KnownHosts,
    Shares,
    /// Those that still let somebody in.
    Invites { share: ShareId },
    /// Everybody who is in a share, with their devices.
    People,
    /// The asker's own.
    MyDevices,
    Settings,
    /// Hosts seen in the network (PA3). The first look begins the search.
    Nearby,

    // What a page keeps at its person's own host.
    /// What their pages have open, as they keep it (WI9).
    Layout,
    /// The last word counts; said again, it is harmless. JSON that the host does not read.
    KeepLayout { layout: String },

    // Signals: may be lost without harm.
    Typing { session: SessionId },
    /// This is the session shown to the asker now. Said again every 20 s while that holds (RO2).
    Look { session: SessionId },

    // Commands to one session's room.
    Prompt {
        command: CommandId,
        session: SessionId,
        text: String,
        delivery: Delivery,
        /// At most 8, of 512 KiB together (TU11).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        images: Vec<ImageUpload>,
    },
    EditPrompt { command: CommandId, session: SessionId, prompt: PromptId, text: String },
    WithdrawPrompt { command: CommandId, session: SessionId, prompt: PromptId },
    /// Makes it a prompt that you drive (TU2). `revision` is the one that was read; `text`, if any, runs instead.
    AcceptSuggestion {
        command: CommandId,
        session: SessionId,
        suggestion: SuggestionId,
        revision: u32,
        text: Option<String>,
        delivery: Delivery,
    },
    EditSuggestion { command: CommandId, session: SessionId, suggestion: SuggestionId, text: String },
    /// Declines it with a word, if any; its author takes it back.
    DropSuggestion { command: CommandId, session: SessionId, suggestion: SuggestionId, reason: Option<String> },
    /// The last turn once more: the same words and images. It failed or was cut short (TU12).
    RetryTurn { command: CommandId, session: SessionId, turn: TurnId },
    ReleaseQueue { command: CommandId, session: SessionId },
    StopTurn { command: CommandId, session: SessionId },
    AskToDrive { command: CommandId, session: SessionId },
    HandOver { command: CommandId, session: SessionId, to: PersonId },
    TakeLock { command: CommandId, session: SessionId },
    Vote { command: CommandId, session: SessionId, ballot: BallotId, plan: PlanHash, choice: Choice },
    OverrideBallot { command: CommandId, session: SessionId, ballot: BallotId, verdict: Verdict, reason: String },
    GoOnWithoutVoter { command: CommandId, session: SessionId, ballot: BallotId, person: PersonId },
    GoOnWithoutAnswer { command: CommandId, session: SessionId, question: QuestionId, person: PersonId },
    Answer { command: CommandId, session: SessionId, question: QuestionId, answers: BTreeMap<String, Vec<String>> },
    AnswerPermission { command: CommandId, session: SessionId, permission: PermissionId, answer: PermissionAnswer },
    RenameSession { command: CommandId, session: SessionId, title: String },
    /// These tags instead of those it has; none takes them all off (SE3).
    TagSession { command: CommandId, session: SessionId, tags: Vec<String> },
    ChooseAgent { command: CommandId, session: SessionId, choice: AgentChoice },
    PauseSession { command: CommandId, session: SessionId },
    ResumeSession { command: CommandId, session: SessionId },
    EndSession { command: CommandId, session: SessionId },
    ReopenSession { command: CommandId, session: SessionId },

    /// Takes back for good what was said in the event at `seq`, and in all that belong to it (LO11).
    Redact { command: CommandId, session: SessionId, seq: u64 },

    // Commands to the host.
    // The work in a workspace (WS).
    /// Commits what was chosen on the workspace's branch (WS7).
    ApproveChanges {
        command: CommandId,
        workspace: WorkspaceId,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        since: ChangesSince,
        picks: ChangePicks,
        message: String,
    },
    /// Takes what was chosen back in the files (WS8).
    RejectChanges {
        command: CommandId,
        workspace: WorkspaceId,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        since: ChangesSince,
        picks: ChangePicks,
    },
    /// Takes back an approved commit, by another one (WS9).
    RevertCommit { command: CommandId, workspace: WorkspaceId, commit: String },
    /// The files as they were at a checkpoint (WS3). Refused while a turn runs in the workspace.
    RestoreFiles { command: CommandId, workspace: WorkspaceId, checkpoint: u64 },
    /// Takes back this turn and all after it; the files stay (WS17).
    RewindConversation { command: CommandId, session: SessionId, turn: TurnId },
    /// Puts `text` in a file's place. `was` is the hash that reading it answered, `null` for a new file (FI6).
    WriteFile { command: CommandId, workspace: WorkspaceId, path: String, text: String, was: Option<String> },
    /// The base branch comes into the workspace (WS11).
    MergeBase { command: CommandId, workspace: WorkspaceId, step: MergeStep },
    SettleConflict { command: CommandId, workspace: WorkspaceId, path: String, how: Settle },
    /// The workspace's branch goes to the base branch (WS10).
    ApplyWork { command: CommandId, workspace: WorkspaceId },
    /// By the owner's own git, never by force (WS14).
    PushWork { command: CommandId, workspace: WorkspaceId },
    /// Pushes, and opens a pull request to the base branch by the owner's own `gh` (WS14).
    AskPull { command: CommandId, workspace: WorkspaceId, title: String, body: String },
    /// Just what was read with this hash may run in new workspaces of this repository (WS23).
    TrustSetup { command: CommandId, workspace: WorkspaceId, hash: String },
    ForgetSetup { command: CommandId, repository: RepositoryId },
    /// Runs the trusted script in a terminal of the owner's.
    RunSetup { command: CommandId, workspace: WorkspaceId, size: TerminalSize },
    /// The branch is renamed along (WS13).
    RenameWorkspace { command: CommandId, workspace: WorkspaceId, name: String },
    /// Its sessions end and it is out of the way; nothing of it is lost (WS18).
    ArchiveWorkspace { command: CommandId, workspace: WorkspaceId },
    /// Out of the archive again.
    ReturnWorkspace { command: CommandId, workspace: WorkspaceId },
    /// Takes the worktree away (WS18). Refused while there are risks that are not named.
    DeleteWorkspace { command: CommandId, workspace: WorkspaceId, despite: Vec<RiskKind> },
    /// A new workspace with the files of this one, or of one of its checkpoints (WS19).
    ForkWorkspace { command: CommandId, workspace: WorkspaceId, checkpoint: Option<u64>, name: String },
    /// A new session that begins with the turns of this one before `before`, or all of them, in this workspace or
    /// another one of the same repository (WS24).
    ForkSession {
        command: CommandId,
        session: SessionId,
        before: Option<TurnId>,
        workspace: Option<WorkspaceId>,
        title: Option<String>,
    },
    /// Ends the session and deletes its stream for good (LO11).
    DeleteSession { command: CommandId, session: SessionId },
    AddRepository { command: CommandId, path: String },
    /// From an address or a path, to `into` or into the host's own folder (WS21).
    CloneRepository { command: CommandId, from: String, into: Option<String> },
    /// The host forgets it; refused while there are workspaces of it. Nothing on the disk is touched (WS22).
    RemoveRepository { command: CommandId, repository: RepositoryId },
    /// A worktree that somebody made becomes a workspace, where it is (WS22).
    ImportWorktree { command: CommandId, repository: RepositoryId, path: String },
    /// A sample repository, a workspace and a session with the rehearsal agent.
    TrySample { command: CommandId },
    /// Without a name it gets that of the first session to run a turn in it (SE4).
    CreateWorkspace { command: CommandId, repository: RepositoryId, name: String },
    OpenSession { command: CommandId, workspace: WorkspaceId, choice: AgentChoice, title: Option<String> },
    MintShare { command: CommandId, terms: ShareWish },
    /// Takes effect at once, also for those inside (SH1).
    EditShare { command: CommandId, share: ShareId, terms: ShareWish },
    StopShare { command: CommandId, share: ShareId },
    /// A further invite: for one person, 24 hours and with consent unless it says otherwise (SH2).
    MintInvite {
        command: CommandId,
        share: ShareId,
        #[serde(default)]
        uses: Option<u32>,
        #[serde(default)]
        lifetime: Option<Span>,
        #[serde(default)]
        consent: Option<bool>,
    },
    CancelInvite { command: CommandId, invite: InviteId },
    /// A code for somebody beside the owner (PA3); it takes the place of one that is live.
    StartPairing { command: CommandId, share: ShareId },
    StopPairing { command: CommandId },
    Admit { command: CommandId, knock: KnockId },
    RefuseKnock { command: CommandId, knock: KnockId },
    /// They watch only (RO3).
    Mute { command: CommandId, share: ShareId, person: PersonId },
    Unmute { command: CommandId, share: ShareId, person: PersonId },
    /// Out of one share, within a second (SH5, RO3).
    Kick { command: CommandId, share: ShareId, person: PersonId },
    /// Out of all shares.
    RevokePerson { command: CommandId, person: PersonId },
    /// One device of anybody; its person stays.
    RevokeDevice { command: CommandId, device: DeviceId },
    /// What becomes of a fork of a shared workspace: asked once (SH8).
    AnswerForkOffer { command: CommandId, fork: WorkspaceId, share: bool },
    /// What is left out stays as it is.
    ChangeSettings {
        command: CommandId,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        consensus_by_default: Option<bool>,
        #[serde(default)]
        nearby: Option<bool>,
    },

    /// Whether it can be chosen, and turns of it start.
    SetAgentEnabled { command: CommandId, agent: AgentKey, enabled: bool },

    /// What was read with this hash counts from now on, and nothing else of that repository (AG12).
    TrustRepositoryAgents { command: CommandId, repository: RepositoryId, hash: String },
    ForgetRepositoryAgents { command: CommandId, repository: RepositoryId },

    // Commands about the asker.
    /// A link for one more device of the same person (RO1).
    AddMyDevice { command: CommandId },
    RevokeMyDevice { command: CommandId, device: DeviceId },
    RenameMe { command: CommandId, name: String },
    /// Out of all shares of this host, by one's own wish.
    Leave { command: CommandId },
    /// A fresh one-time link to the owner's page (PA12).
    OpenLink { command: CommandId },
    /// Shows an invite to another host, in the owner's name; again is harmless. Answered when that host
    /// has: `waiting` in the answer says that its owner has been asked.
    JoinHost { command: CommandId, code: String, name: Option<String> },
    /// Joins a host that was seen nearby, by the six digits its owner shows (PA3). Not remembered: a code
    /// must not reach the disk, and each is good once.
    PairHost {
        command: CommandId,
        /// Of the row that was seen.
        hint: String,
        code: String,
        name: Option<String>,
    },
    /// Forgets another host, and what opens it.
    ForgetHost { command: CommandId, host: HostKey },
    // Terminals; keys and what is shown go in binary frames.
    /// Those of a workspace, and what the asker may do with them.
    Terminals { workspace: WorkspaceId },
    /// A shell in the workspace's worktree. Again with the same id it names the same one.
    OpenTerminal { command: CommandId, workspace: WorkspaceId, size: TerminalSize },
    ResizeTerminal { command: CommandId, workspace: WorkspaceId, terminal: TerminalId, size: TerminalSize },
    /// Ends its shell and all that it started. One that is not there is closed.
    CloseTerminal { command: CommandId, workspace: WorkspaceId, terminal: TerminalId },
    /// What it has shown from this offset on, as far as it is kept, and whatever it shows from now on.
    AttachTerminal { workspace: WorkspaceId, terminal: TerminalId, from: u64 },
    DetachTerminal { terminal: TerminalId },
    /// End the host cleanly.
    StopHost { command: CommandId },
}
