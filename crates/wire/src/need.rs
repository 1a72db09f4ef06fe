use model::{CommandId, Right, SessionId, StreamId, TerminalRight, WorkspaceId};

use crate::Request;

/// What a request needs before it is even looked at (GR2). A new request does not compile without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    pub right: Right,
    /// Beside the right: only a terminal's requests need one.
    pub terminal: TerminalRight,
    pub scope: Scope,
    pub kind: Kind,
}

/// Where the right must be held. Outside it the answer is `not_found`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The connection and whoever it speaks for: to be let in is enough.
    Connection,
    Host,
    Workspace(WorkspaceId),
    Session(SessionId),
}

/// How a request is handled (PA7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Touches only the connection's own subscriptions; in order.
    Connection,
    /// Concurrent, a bounded number in flight.
    Query,
    /// May be dropped.
    Signal,
    /// In order per connection, remembered by its id.
    Command(CommandId),
}

impl Scope {
    fn of(stream: StreamId) -> Self {
        match stream {
            StreamId::Owner => Self::Host,
            StreamId::Workspace(workspace) => Self::Workspace(workspace),
            StreamId::Session(session) => Self::Session(session),
        }
    }
}

impl Need {
    /// To be told what happens there.
    pub fn to_follow(scope: Scope) -> Self {
        Self { right: Right::See, terminal: TerminalRight::None, scope, kind: Kind::Connection }
    }
}

impl Request {
    pub fn need(&self) -> Need {
        let (right, scope, kind) = self.parts();
        Need { right, terminal: self.terminal(), scope, kind }
    }

    fn terminal(&self) -> TerminalRight {
        if let Self::OpenTerminal { .. } | Self::ResizeTerminal { .. } | Self::CloseTerminal { .. } = self {
            return TerminalRight::Drive;
        }
        if let Self::Terminals { .. } | Self::AttachTerminal { .. } = self {
            return TerminalRight::View;
        }
        TerminalRight::None
    }

    /// Its answer waits for another machine.
    pub fn goes_elsewhere(&self) -> bool {
        matches!(
            self,
            Self::CloneRepository { .. }
                | Self::PushWork { .. }
                | Self::AskPull { .. }
                | Self::JoinHost { .. }
                | Self::PairHost { .. }
        )
    }

    /// From nothing: an imported one was set up by whoever made it.
    pub fn makes_a_workspace(&self) -> bool {
        matches!(self, Self::CreateWorkspace { .. } | Self::ForkWorkspace { .. })
    }

    /// What a prompt or a suggestion is to say, if the request carries one.
    pub fn prompt_text(&self) -> Option<&str> {
        if let Self::Prompt { text, .. }
        | Self::EditPrompt { text, .. }
        | Self::EditSuggestion { text, .. }
        | Self::AcceptSuggestion { text: Some(text), .. } = self
        {
            return Some(text);
        }
        None
    }

    // One table in one function, so that no request is without its line.
    #[rustfmt::skip]
    fn parts(&self) -> (Right, Scope, Kind) {
        use Right::{Approve, Own, See, Steer, Vote};
        match self {
            Self::Hello(_) | Self::WatchDirectory | Self::UnwatchFiles { .. } => (See, Scope::Connection, Kind::Connection),
            Self::Subscribe { stream, .. } => (see(*stream), Scope::of(*stream), Kind::Connection),
            Self::Unsubscribe { .. } => (See, Scope::Connection, Kind::Connection),
            Self::Page { stream, .. } => (see(*stream), Scope::of(*stream), Kind::Query),
            Self::LogPage { stream, .. } => (Own, Scope::of(*stream), Kind::Query),
            Self::Blob { session, .. } | Self::ItemText { session, .. } | Self::Digest { session, .. }
            | Self::Usage { session } => (See, Scope::Session(*session), Kind::Query),
            Self::Makers { workspace } | Self::ReadPicture { workspace, .. } | Self::BothSides { workspace, .. } | Self::Work { workspace } | Self::RewindPreview { workspace, .. } | Self::Folder { workspace, .. } | Self::Changes { workspace, .. } | Self::FileChange { workspace, .. } | Self::ReadFile { workspace, .. } | Self::FindFiles { workspace, .. } => (See, Scope::Workspace(*workspace), Kind::Query),
            Self::Agents | Self::MyDevices | Self::HostUsage => (See, Scope::Connection, Kind::Query),
            Self::Health | Self::Shares | Self::Invites { .. } | Self::People | Self::Nearby | Self::KnownHosts
            | Self::Settings | Self::Folders { .. } | Self::Worktrees { .. } | Self::Layout | Self::KeepLayout { .. } | Self::ProbeAgent { .. } | Self::RepositoryAgents => (Own, Scope::Host, Kind::Query),
            Self::Typing { session } | Self::Look { session } => (See, Scope::Session(*session), Kind::Signal),

            // A prompt of a person with only `suggest` becomes a suggestion; the room decides (GR1, TU3).
            Self::Prompt { command, session, .. } | Self::WithdrawPrompt { command, session, .. }
            | Self::EditSuggestion { command, session, .. } | Self::DropSuggestion { command, session, .. } => room(See, session, command),
            Self::EditPrompt { command, session, .. } | Self::AcceptSuggestion { command, session, .. }
            | Self::RetryTurn { command, session, .. } | Self::ReleaseQueue { command, session }
            | Self::AskToDrive { command, session } | Self::HandOver { command, session, .. } | Self::RenameSession { command, session, .. }
            | Self::TagSession { command, session, .. } | Self::ChooseAgent { command, session, .. } | Self::PauseSession { command, session }
            | Self::ResumeSession { command, session } | Self::EndSession { command, session }
            | Self::ReopenSession { command, session } => room(Steer, session, command),
            Self::Vote { command, session, .. } => room(Vote, session, command),
            // Who may answer or stop depends on the turn; the room decides (QN1, PE1, TU5, BA11).
            Self::Answer { command, session, .. } | Self::AnswerPermission { command, session, .. }
            | Self::StopTurn { command, session } => room(See, session, command),
            Self::TakeLock { command, session } | Self::OverrideBallot { command, session, .. }
            | Self::GoOnWithoutVoter { command, session, .. } | Self::GoOnWithoutAnswer { command, session, .. }
            | Self::Redact { command, session, .. } => room(Own, session, command),

            Self::Terminals { workspace } => (See, Scope::Workspace(*workspace), Kind::Query),
            Self::AttachTerminal { workspace, .. } | Self::WatchFiles { workspace } => (See, Scope::Workspace(*workspace), Kind::Connection),
            Self::DetachTerminal { .. } => (See, Scope::Connection, Kind::Connection),
            Self::OpenTerminal { command, workspace, .. } | Self::ResizeTerminal { command, workspace, .. }
            | Self::CloseTerminal { command, workspace, .. } => (See, Scope::Workspace(*workspace), Kind::Command(*command)),
            Self::Risks { workspace } | Self::DiskUse { workspace } | Self::PushTarget { workspace } | Self::Setup { workspace } => (Own, Scope::Workspace(*workspace), Kind::Query),
            Self::ApproveChanges { command, workspace, .. } | Self::RejectChanges { command, workspace, .. } | Self::RevertCommit { command, workspace, .. }
            | Self::RestoreFiles { command, workspace, .. } | Self::WriteFile { command, workspace, .. } | Self::MergeBase { command, workspace, .. }
            | Self::SettleConflict { command, workspace, .. } => (Approve, Scope::Workspace(*workspace), Kind::Command(*command)),
            Self::RewindConversation { command, session, .. } => room(Approve, session, command),
            Self::OpenSession { command, workspace, .. } => (Steer, Scope::Workspace(*workspace), Kind::Command(*command)),
            Self::AddMyDevice { command } | Self::Leave { command } | Self::RenameMe { command, .. }
            | Self::RevokeMyDevice { command, .. } => (See, Scope::Connection, Kind::Command(*command)),
            // Deleting is the host's own: a retry must find its answer when the session is gone.
            Self::DeleteSession { command, .. } | Self::ApplyWork { command, .. } | Self::RenameWorkspace { command, .. } | Self::ArchiveWorkspace { command, .. }
            | Self::ReturnWorkspace { command, .. } | Self::DeleteWorkspace { command, .. } | Self::ForkWorkspace { command, .. } | Self::AddRepository { command, .. }
            | Self::TrySample { command } | Self::CreateWorkspace { command, .. } | Self::MintShare { command, .. } | Self::EditShare { command, .. } | Self::StopShare { command, .. }
            | Self::MintInvite { command, .. } | Self::CancelInvite { command, .. } | Self::StartPairing { command, .. } | Self::StopPairing { command } | Self::Admit { command, .. }
            | Self::RefuseKnock { command, .. } | Self::Mute { command, .. } | Self::Unmute { command, .. } | Self::Kick { command, .. } | Self::RevokePerson { command, .. }
            | Self::RevokeDevice { command, .. } | Self::AnswerForkOffer { command, .. } | Self::ChangeSettings { command, .. } | Self::SetAgentEnabled { command, .. }
            | Self::TrustRepositoryAgents { command, .. } | Self::ForgetRepositoryAgents { command, .. } | Self::JoinHost { command, .. } | Self::PairHost { command, .. }
            | Self::ForgetHost { command, .. } | Self::CloneRepository { command, .. } | Self::RemoveRepository { command, .. } | Self::ImportWorktree { command, .. }
            | Self::PushWork { command, .. } | Self::AskPull { command, .. } | Self::TrustSetup { command, .. } | Self::ForgetSetup { command, .. } | Self::ForkSession { command, .. } | Self::RunSetup { command, .. }
            | Self::OpenLink { command } | Self::StopHost { command } => (Own, Scope::Host, Kind::Command(*command)),
        }
    }
}

fn see(stream: StreamId) -> Right {
    match stream {
        StreamId::Owner => Right::Own,
        StreamId::Workspace(_) | StreamId::Session(_) => Right::See,
    }
}

fn room(right: Right, session: &SessionId, command: &CommandId) -> (Right, Scope, Kind) {
    (right, Scope::Session(*session), Kind::Command(*command))
}
