//! GR6: every request × every preset, in and out of scope.

use model::*;
use uuid::Uuid;
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn id() -> Uuid {
    Uuid::from_u128(404)
}

/// One of each request about `session` and `workspace`. Made by a match, so that a new request does not
/// compile without a row here.
fn every_request(session: SessionId, workspace: WorkspaceId) -> Vec<Request> {
    let stream = StreamId::Session(session);
    let mut all = vec![
        Request::Subscribe { stream, cursor: None },
        Request::Page { stream, before: 2, limit: 1 },
        Request::Blob { session, hash: BlobHash("0".repeat(64)) },
        Request::ItemText { session, item: ItemId(id()) },
        Request::LogPage { stream, after: 0, limit: 1 },
        Request::Digest { session, since: 0 },
        Request::Redact { command: command(), session, seq: 1 },
        Request::Typing { session },
        Request::Prompt { command: command(), session, text: "x".into(), delivery: Delivery::Queue },
        Request::EditPrompt { command: command(), session, prompt: PromptId(id()), text: "x".into() },
        Request::WithdrawPrompt { command: command(), session, prompt: PromptId(id()) },
        Request::ReleaseQueue { command: command(), session },
        Request::StopTurn { command: command(), session },
        Request::AskToDrive { command: command(), session },
        Request::HandOver { command: command(), session, to: PersonId(id()) },
        Request::TakeLock { command: command(), session },
        Request::Vote {
            command: command(),
            session,
            ballot: BallotId(id()),
            plan: PlanHash(String::new()),
            choice: Choice::Approve,
        },
        Request::OverrideBallot {
            command: command(),
            session,
            ballot: BallotId(id()),
            verdict: Verdict::Approved,
            reason: "x".into(),
        },
        Request::GoOnWithoutVoter {
            command: command(),
            session,
            ballot: BallotId(id()),
            person: PersonId(id()),
        },
        Request::GoOnWithoutAnswer {
            command: command(),
            session,
            question: QuestionId(id()),
            person: PersonId(id()),
        },
        Request::Answer { command: command(), session, question: QuestionId(id()), answers: [].into() },
        Request::AnswerPermission {
            command: command(),
            session,
            permission: PermissionId(id()),
            answer: PermissionAnswer::Allow,
        },
    ];
    all.extend(about_suggestions(session));
    all.extend(sessions_and_host(session, workspace));
    let rows: usize = all.iter().map(row).sum();
    assert_eq!(rows, all.len(), "one row for each");
    all
}

fn about_suggestions(session: SessionId) -> Vec<Request> {
    vec![
        Request::AcceptSuggestion {
            command: command(),
            session,
            suggestion: SuggestionId(id()),
            revision: 0,
            text: None,
            delivery: Delivery::Queue,
        },
        Request::EditSuggestion {
            command: command(),
            session,
            suggestion: SuggestionId(id()),
            text: "x".into(),
        },
        Request::DropSuggestion { command: command(), session, suggestion: SuggestionId(id()), reason: None },
    ]
}

fn sessions_and_host(session: SessionId, workspace: WorkspaceId) -> Vec<Request> {
    vec![
        Request::RenameSession { command: command(), session, title: "x".into() },
        Request::ChooseAgent { command: command(), session, choice: AgentChoice::of("other") },
        Request::PauseSession { command: command(), session },
        Request::ResumeSession { command: command(), session },
        Request::EndSession { command: command(), session },
        Request::ReopenSession { command: command(), session },
        Request::OpenSession {
            command: command(),
            workspace,
            choice: AgentChoice::of("puppet"),
            title: None,
        },
        Request::DeleteSession { command: command(), session: SessionId(id()) },
        Request::Shares,
        Request::Invites { share: ShareId(id()) },
        Request::AddRepository { command: command(), path: "/x".into() },
        Request::TrySample { command: command() },
        Request::CreateWorkspace { command: command(), repository: RepositoryId(id()), name: "x".into() },
        Request::MintShare {
            command: command(),
            workspaces: vec![workspace],
            preset: Preset::Guest,
            consensus: false,
            ceiling: Ceiling::Ask,
            label: None,
        },
        Request::StopShare { command: command(), share: ShareId(id()) },
        Request::MintInvite { command: command(), share: ShareId(id()) },
        Request::CancelInvite { command: command(), invite: InviteId(id()) },
        Request::Admit { command: command(), knock: KnockId(id()) },
        Request::RefuseKnock { command: command(), knock: KnockId(id()) },
        Request::OpenLink { command: command() },
        Request::StopHost { command: command() },
    ]
}

/// 1 for every request that needs a row above.
fn row(request: &Request) -> usize {
    match request {
        // Open to everybody who has said hello, about nothing but themselves.
        Request::Hello(_) | Request::Unsubscribe { .. } | Request::WatchDirectory | Request::Agents => 0,
        Request::Subscribe { .. }
        | Request::Page { .. }
        | Request::Blob { .. }
        | Request::ItemText { .. }
        | Request::LogPage { .. }
        | Request::Digest { .. }
        | Request::Redact { .. }
        | Request::DeleteSession { .. }
        | Request::Shares
        | Request::Invites { .. }
        | Request::Typing { .. }
        | Request::Prompt { .. }
        | Request::EditPrompt { .. }
        | Request::WithdrawPrompt { .. }
        | Request::AcceptSuggestion { .. }
        | Request::EditSuggestion { .. }
        | Request::DropSuggestion { .. }
        | Request::ReleaseQueue { .. }
        | Request::StopTurn { .. }
        | Request::AskToDrive { .. }
        | Request::HandOver { .. }
        | Request::TakeLock { .. }
        | Request::Vote { .. }
        | Request::OverrideBallot { .. }
        | Request::GoOnWithoutVoter { .. }
        | Request::GoOnWithoutAnswer { .. }
        | Request::Answer { .. }
        | Request::AnswerPermission { .. }
        | Request::RenameSession { .. }
        | Request::ChooseAgent { .. }
        | Request::PauseSession { .. }
        | Request::ResumeSession { .. }
        | Request::EndSession { .. }
        | Request::ReopenSession { .. }
        | Request::AddRepository { .. }
        | Request::TrySample { .. }
        | Request::CreateWorkspace { .. }
        | Request::OpenSession { .. }
        | Request::MintShare { .. }
        | Request::StopShare { .. }
        | Request::MintInvite { .. }
        | Request::CancelInvite { .. }
        | Request::Admit { .. }
        | Request::RefuseKnock { .. }
        | Request::OpenLink { .. }
        | Request::StopHost { .. } => 1,
    }
}

async fn answer(client: &mut Client, request: Request) -> Option<FailureCode> {
    loop {
        match client.call(request.clone()).await {
            Ok(_) => return None,
            Err(failure) if failure.code == FailureCode::RateLimited => tokio::task::yield_now().await,
            Err(failure) => return Some(failure.code),
        }
    }
}

/// What the room itself needs, beyond what the request needs to be looked at.
fn room_needs(request: &Request) -> Option<&'static [Right]> {
    match request {
        Request::Prompt { .. }
        | Request::WithdrawPrompt { .. }
        | Request::EditSuggestion { .. }
        | Request::DropSuggestion { .. } => Some(&[Right::Steer, Right::Suggest]),
        Request::StopTurn { .. } => Some(&[Right::Steer, Right::Approve]),
        Request::Answer { .. } => Some(&[Right::Vote, Right::Approve, Right::Steer]),
        Request::AnswerPermission { .. } => Some(&[Right::Approve]),
        _ => None,
    }
}

fn allowed(request: &Request, rights: &Rights) -> bool {
    let asked = rights.has(request.need().right);
    asked && room_needs(request).is_none_or(|any| any.iter().any(|right| rights.has(*right)))
}

#[tokio::test]
async fn gr6_every_request_is_answered_by_right_and_scope() {
    for preset in [Preset::Observer, Preset::Reviewer, Preset::Guest, Preset::Collaborator, Preset::CoHost] {
        let mut stage = Stage::set().await;
        let mut bea = stage.guest("Bea", preset, Consensus::No).await;
        for request in every_request(stage.session, stage.workspace) {
            let code = answer(&mut bea, request.clone()).await;
            match allowed(&request, &preset.rights()) {
                true => assert_ne!(code, Some(FailureCode::Forbidden), "{preset:?} {request:?}"),
                false => assert_eq!(code, Some(FailureCode::Forbidden), "{preset:?} {request:?}"),
            }
        }
        let (session, workspace) = (SessionId(id()), WorkspaceId(id()));
        for request in every_request(session, workspace) {
            let host_wide = matches!(request.need().scope, Scope::Host);
            let wanted = if host_wide { FailureCode::Forbidden } else { FailureCode::NotFound };
            assert_eq!(answer(&mut bea, request.clone()).await, Some(wanted), "{preset:?} {request:?}");
        }
    }
}
