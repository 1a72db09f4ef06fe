//! One row for each request, with the answer of a host that would do it.

use model::*;
use uuid::Uuid;
use wire::*;

use crate::client::command;

pub struct Row {
    pub request: Request,
    /// For somebody who may; `None` is yes.
    pub answer: Option<FailureCode>,
}

/// Nothing has this id.
pub fn unknown() -> Uuid {
    Uuid::from_u128(404)
}

fn yes(request: Request) -> Row {
    Row { request, answer: None }
}

fn no(answer: FailureCode, request: Request) -> Row {
    Row { request, answer: Some(answer) }
}

/// In an order in which each finds what its answer speaks of: the session is idle and has no cards.
pub fn rows(session: SessionId, workspace: WorkspaceId) -> Vec<Row> {
    let mut rows = of_the_connection(session);
    rows.extend(of_turns_and_queue(session));
    rows.extend(of_cards(session));
    rows.extend(of_suggestions(session));
    rows.extend(of_sessions(session, workspace));
    rows.extend(of_terminals(workspace));
    rows.extend(of_work(session, workspace));
    rows.extend(of_the_exchange(session));
    rows.extend(of_the_owner(session, workspace));
    rows.extend(of_the_door(workspace));
    rows.push(yes(Request::Leave { command: command() }));
    rows
}

fn of_the_connection(session: SessionId) -> Vec<Row> {
    let stream = StreamId::Session(session);
    let hello = Hello { auth: Auth::Local { token: String::new() }, client: String::new() };
    vec![
        no(FailureCode::BadParams, Request::Hello(hello)),
        yes(Request::WatchDirectory),
        yes(Request::Subscribe { stream, cursor: None }),
        yes(Request::Unsubscribe { stream: StreamId::Session(SessionId(unknown())) }),
        yes(Request::Page { stream, before: 2, limit: 1 }),
        no(FailureCode::NotFound, Request::Blob { session, hash: BlobHash("0".repeat(64)) }),
        yes(Request::Digest { session, since: 0 }),
        yes(Request::LogPage { stream, after: 0, limit: 1 }),
        yes(Request::ItemText { session, item: ItemId(unknown()) }),
        yes(Request::Agents),
        yes(Request::Usage { session }),
        yes(Request::HostUsage),
        yes(Request::MyDevices),
        yes(Request::Typing { session }),
        yes(Request::Look { session }),
        yes(Request::AddMyDevice { command: command() }),
        no(
            FailureCode::NotFound,
            Request::RevokeMyDevice { command: command(), device: DeviceId(unknown()) },
        ),
        yes(Request::RenameMe { command: command(), name: "Beatrix".into() }),
    ]
}

fn of_turns_and_queue(session: SessionId) -> Vec<Row> {
    use FailureCode::{NoTurn, NotFound, NothingToRetry, Unchanged};
    let prompt = PromptId(unknown());
    vec![
        no(NotFound, Request::EditPrompt { command: command(), session, prompt, text: "x".into() }),
        no(NotFound, Request::WithdrawPrompt { command: command(), session, prompt }),
        no(Unchanged, Request::ReleaseQueue { command: command(), session }),
        no(NothingToRetry, Request::RetryTurn { command: command(), session, turn: TurnId(unknown()) }),
        no(NoTurn, Request::StopTurn { command: command(), session }),
        no(NoTurn, Request::AskToDrive { command: command(), session }),
        no(NoTurn, Request::HandOver { command: command(), session, to: PersonId(unknown()) }),
        no(NoTurn, Request::TakeLock { command: command(), session }),
    ]
}

fn of_cards(session: SessionId) -> Vec<Row> {
    use FailureCode::NotFound;
    let (ballot, question, person) = (BallotId(unknown()), QuestionId(unknown()), PersonId(unknown()));
    vec![
        no(
            NotFound,
            Request::Vote {
                command: command(),
                session,
                ballot,
                plan: PlanHash(String::new()),
                choice: Choice::Approve,
            },
        ),
        no(
            NotFound,
            Request::OverrideBallot {
                command: command(),
                session,
                ballot,
                verdict: Verdict::Approved,
                reason: "x".into(),
            },
        ),
        no(NotFound, Request::GoOnWithoutVoter { command: command(), session, ballot, person }),
        no(NotFound, Request::GoOnWithoutAnswer { command: command(), session, question, person }),
        no(NotFound, Request::Answer { command: command(), session, question, answers: [].into() }),
        no(
            NotFound,
            Request::AnswerPermission {
                command: command(),
                session,
                permission: PermissionId(unknown()),
                answer: PermissionAnswer::Allow,
            },
        ),
    ]
}

fn of_suggestions(session: SessionId) -> Vec<Row> {
    use FailureCode::NotFound;
    let suggestion = SuggestionId(unknown());
    vec![
        no(
            NotFound,
            Request::AcceptSuggestion {
                command: command(),
                session,
                suggestion,
                revision: 0,
                text: None,
                delivery: Delivery::Queue,
            },
        ),
        no(NotFound, Request::EditSuggestion { command: command(), session, suggestion, text: "x".into() }),
        no(NotFound, Request::DropSuggestion { command: command(), session, suggestion, reason: None }),
    ]
}

fn of_sessions(session: SessionId, workspace: WorkspaceId) -> Vec<Row> {
    let choice = AgentChoice::of("puppet");
    vec![
        yes(Request::RenameSession { command: command(), session, title: "x".into() }),
        no(FailureCode::NotARepository, Request::Changes { workspace, since: ChangesSince::Base }),
        no(
            FailureCode::NotFound,
            Request::FileChange {
                workspace,
                path: "lib".into(),
                context: None,
                ignore_whitespace: false,
                since: ChangesSince::Approval,
            },
        ),
        no(FailureCode::NotFound, Request::ReadFile { workspace, path: "lib".into() }),
        yes(Request::FindFiles { workspace, query: "lib".into(), limit: 5 }),
        yes(Request::TagSession { command: command(), session, tags: vec!["x".into()] }),
        yes(Request::ChooseAgent { command: command(), session, choice: AgentChoice::of("other") }),
        yes(Request::PauseSession { command: command(), session }),
        yes(Request::Prompt {
            command: command(),
            session,
            text: "x".into(),
            delivery: Delivery::Queue,
            images: vec![],
        }),
        yes(Request::ResumeSession { command: command(), session }),
        yes(Request::EndSession { command: command(), session }),
        yes(Request::ReopenSession { command: command(), session }),
        yes(Request::OpenSession { command: command(), workspace, choice, title: None }),
    ]
}

/// There is no git below these.
const SMALL: TerminalSize = TerminalSize { columns: 80, rows: 24 };

fn of_work(session: SessionId, workspace: WorkspaceId) -> Vec<Row> {
    use FailureCode::{Git, NotARepository, NotFound};
    let (since, path, despite) = (ChangesSince::Base, || "lib".to_owned(), vec![RiskKind::Adrift]);
    let picks = || ChangePicks::These { picks: vec![ChangePick::File { path: path(), id: "x".into() }] };
    vec![
        no(NotARepository, Request::Makers { workspace }),
        yes(Request::Work { workspace }),
        no(NotFound, Request::RewindPreview { workspace, checkpoint: 404 }),
        no(NotFound, Request::Folder { workspace, path: path() }),
        yes(Request::Risks { workspace }),
        no(NotARepository, Request::DiskUse { workspace }),
        no(FailureCode::NotFound, Request::ReadPicture { workspace, path: path() }),
        no(NotARepository, Request::PushTarget { workspace }),
        yes(Request::Setup { workspace }),
        no(NotARepository, Request::BothSides { workspace, path: path(), since }),
        no(NotARepository, Request::PushWork { command: command(), workspace }),
        no(
            NotARepository,
            Request::AskPull { command: command(), workspace, title: "x".into(), body: String::new() },
        ),
        no(NotFound, Request::TrustSetup { command: command(), workspace, hash: "x".into() }),
        no(NotFound, Request::RunSetup { command: command(), workspace, size: SMALL }),
        no(
            NotARepository,
            Request::ApproveChanges {
                command: command(),
                workspace,
                since,
                picks: picks(),
                message: "x".into(),
            },
        ),
        no(NotARepository, Request::RejectChanges { command: command(), workspace, since, picks: picks() }),
        no(NotFound, Request::RevertCommit { command: command(), workspace, commit: "ab".into() }),
        no(NotFound, Request::RestoreFiles { command: command(), workspace, checkpoint: 404 }),
        no(NotFound, Request::RewindConversation { command: command(), session, turn: TurnId(unknown()) }),
        no(
            NotFound,
            Request::WriteFile {
                command: command(),
                workspace,
                path: path(),
                text: "x".into(),
                was: Some("0a".into()),
            },
        ),
        no(Git, Request::MergeBase { command: command(), workspace, step: MergeStep::Begin }),
        no(
            NotARepository,
            Request::SettleConflict { command: command(), workspace, path: path(), how: Settle::Ours },
        ),
        yes(Request::ApplyWork { command: command(), workspace }),
        yes(Request::RenameWorkspace { command: command(), workspace, name: "x".into() }),
        yes(Request::ArchiveWorkspace { command: command(), workspace }),
        yes(Request::ReturnWorkspace { command: command(), workspace }),
        yes(Request::DeleteWorkspace { command: command(), workspace, despite }),
        yes(Request::ForkWorkspace { command: command(), workspace, checkpoint: None, name: "x".into() }),
    ]
}

fn of_terminals(workspace: WorkspaceId) -> Vec<Row> {
    let (terminal, size) = (TerminalId(unknown()), SMALL);
    vec![
        yes(Request::Terminals { workspace }),
        yes(Request::OpenTerminal { command: command(), workspace, size }),
        no(FailureCode::NotFound, Request::ResizeTerminal { command: command(), workspace, terminal, size }),
        yes(Request::CloseTerminal { command: command(), workspace, terminal }),
        no(FailureCode::NotFound, Request::AttachTerminal { workspace, terminal, from: 0 }),
        yes(Request::DetachTerminal { terminal }),
        yes(Request::WatchFiles { workspace }),
        yes(Request::UnwatchFiles { workspace }),
    ]
}

fn of_the_exchange(session: SessionId) -> Vec<Row> {
    let repository = RepositoryId(unknown());
    vec![
        no(
            FailureCode::NotFound,
            Request::ForkSession {
                command: command(),
                session,
                before: Some(TurnId(unknown())),
                workspace: None,
                title: None,
            },
        ),
        no(
            FailureCode::NotARepository,
            Request::CloneRepository { command: command(), from: "/x".into(), into: None },
        ),
        no(FailureCode::NotARepository, Request::Folders { path: Some("/x".into()) }),
        no(FailureCode::NotFound, Request::Worktrees { repository }),
        no(FailureCode::NotFound, Request::RemoveRepository { command: command(), repository }),
        no(
            FailureCode::NotFound,
            Request::ImportWorktree { command: command(), repository, path: "/x".into() },
        ),
        no(FailureCode::NotFound, Request::ForgetSetup { command: command(), repository }),
    ]
}

fn of_the_owner(session: SessionId, workspace: WorkspaceId) -> Vec<Row> {
    vec![
        yes(Request::Redact { command: command(), session, seq: 1 }),
        yes(Request::DeleteSession { command: command(), session }),
        yes(Request::AddRepository { command: command(), path: "/x".into() }),
        yes(Request::TrySample { command: command() }),
        yes(Request::CreateWorkspace {
            command: command(),
            repository: RepositoryId(unknown()),
            name: "x".into(),
        }),
        yes(Request::Settings),
        yes(Request::ChangeSettings {
            command: command(),
            name: None,
            consensus_by_default: None,
            nearby: None,
        }),
        yes(Request::ProbeAgent { agent: AgentKey("puppet".into()) }),
        yes(Request::RepositoryAgents),
        yes(Request::TrustRepositoryAgents {
            command: command(),
            repository: RepositoryId(unknown()),
            hash: "0a".into(),
        }),
        yes(Request::ForgetRepositoryAgents { command: command(), repository: RepositoryId(unknown()) }),
        yes(Request::SetAgentEnabled {
            command: command(),
            agent: AgentKey("puppet".into()),
            enabled: false,
        }),
        yes(Request::AnswerForkOffer { command: command(), fork: workspace, share: true }),
        yes(Request::OpenLink { command: command() }),
        yes(Request::KnownHosts),
        yes(Request::JoinHost { command: command(), code: "good".into(), name: None }),
        yes(Request::PairHost {
            command: command(),
            hint: "0a1b2c3d".into(),
            code: "123456".into(),
            name: None,
        }),
        yes(Request::ForgetHost { command: command(), host: HostKey("x".into()) }),
        yes(Request::StopHost { command: command() }),
    ]
}

fn of_the_door(workspace: WorkspaceId) -> Vec<Row> {
    let (share, person) = (ShareId(unknown()), PersonId(unknown()));
    let terms = ShareWish::of(vec![workspace], Preset::Guest);
    vec![
        yes(Request::Health),
        yes(Request::Shares),
        yes(Request::Nearby),
        yes(Request::Layout),
        yes(Request::KeepLayout { layout: "{}".into() }),
        yes(Request::StartPairing { command: command(), share }),
        yes(Request::StopPairing { command: command() }),
        yes(Request::Invites { share }),
        yes(Request::People),
        yes(Request::MintShare { command: command(), terms: terms.clone() }),
        yes(Request::EditShare { command: command(), share, terms }),
        yes(Request::StopShare { command: command(), share }),
        yes(Request::MintInvite { command: command(), share, uses: None, lifetime: None, consent: None }),
        yes(Request::CancelInvite { command: command(), invite: InviteId(unknown()) }),
        yes(Request::Admit { command: command(), knock: KnockId(unknown()) }),
        yes(Request::RefuseKnock { command: command(), knock: KnockId(unknown()) }),
        yes(Request::Mute { command: command(), share, person }),
        yes(Request::Unmute { command: command(), share, person }),
        yes(Request::Kick { command: command(), share, person }),
        yes(Request::RevokePerson { command: command(), person }),
        yes(Request::RevokeDevice { command: command(), device: DeviceId(unknown()) }),
    ]
}
