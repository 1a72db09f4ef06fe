//! Repositories, workspaces and sessions.

use anyhow::{Context, Result, ensure};
use model::{AgentChoice, StreamId};
use serde_json::json;
use wire::{Notification, Reply, Request};

use super::{Desk, brought, exchange, fresh, judging, said, steer};
use crate::args::{Offered, Repo, Session, Workspace};
use crate::output::{Said, table};
use crate::{resolve, show, show_changes, show_digest};

pub async fn repo(desk: &mut Desk, order: Repo) -> Result<Said> {
    match order {
        Repo::Add { path } => {
            let path = std::path::absolute(&path).context("The path can't be read.")?;
            let path = path.to_str().context("The path is not valid Unicode. Rename the folder.")?.to_owned();
            let reply = desk.call(Request::AddRepository { command: fresh(), path }).await?;
            let Reply::Repository { repository } = &reply else { return said(&reply, "") };
            said(&reply, format!("Added repository {repository}"))
        }
        Repo::Agents => brought::list(desk).await,
        Repo::TrustAgents { repo, hash } => brought::trust(desk, &repo, &hash).await,
        Repo::ForgetAgents { repo } => brought::forget(desk, &repo).await,
        Repo::Clone { .. }
        | Repo::Remove { .. }
        | Repo::Worktrees { .. }
        | Repo::Import { .. }
        | Repo::ForgetSetup { .. } => exchange::of_repository(desk, order).await,
        Repo::Sample => {
            let reply = desk.call(Request::TrySample { command: fresh() }).await?;
            let Reply::Session { session, .. } = &reply else { return said(&reply, "") };
            said(&reply, format!("Made a sample repository with session {session}"))
        }
        Repo::List => {
            let rows = desk.directory().await?.repositories;
            let lines: Vec<Vec<String>> = rows
                .iter()
                .map(|it| {
                    vec![it.repository.to_string(), it.name.clone(), it.path.clone().unwrap_or_default()]
                })
                .collect();
            let people = table(&lines, "No repositories yet. Add one with `conclave repo add PATH`.");
            Ok(Said { people, json: json!({ "kind": "repositories", "repositories": rows }) })
        }
    }
}

pub async fn workspace(desk: &mut Desk, order: Workspace) -> Result<Said> {
    match order {
        Workspace::New { repo, name } => {
            let repository = resolve::repository(&desk.directory().await?, &repo)?;
            let reply = desk.call(Request::CreateWorkspace { command: fresh(), repository, name }).await?;
            let Reply::Workspace { workspace } = &reply else { return said(&reply, "") };
            said(&reply, format!("Made workspace {workspace}"))
        }
        Workspace::Work(order) => judging::work(desk, order).await,
        Workspace::Changes { workspace, since } => {
            let workspace = resolve::workspace(&desk.directory().await?, &workspace)?;
            let reply = desk.call(Request::Changes { workspace, since: since.moment() }).await?;
            let Reply::Changes(changes) = &reply else { return said(&reply, "") };
            said(&reply, show_changes::files(changes))
        }
        Workspace::Diff { workspace, path, context, ignore_whitespace, since } => {
            let workspace = resolve::workspace(&desk.directory().await?, &workspace)?;
            let since = since.moment();
            let asked = Request::FileChange { workspace, path, context, ignore_whitespace, since };
            let reply = desk.call(asked).await?;
            let Reply::FileChange(change) = &reply else { return said(&reply, "") };
            said(&reply, show_changes::lines(&change.body))
        }
        Workspace::Cat { workspace, path } => {
            let workspace = resolve::workspace(&desk.directory().await?, &workspace)?;
            let reply = desk.call(Request::ReadFile { workspace, path }).await?;
            let Reply::FileText { text, .. } = &reply else { return said(&reply, "") };
            said(&reply, text.clone())
        }
        Workspace::Files { workspace, query, limit } => {
            let workspace = resolve::workspace(&desk.directory().await?, &workspace)?;
            let reply = desk.call(Request::FindFiles { workspace, query, limit }).await?;
            let Reply::Files { paths, .. } = &reply else { return said(&reply, "") };
            said(&reply, if paths.is_empty() { "No such file.".to_owned() } else { paths.join("\n") })
        }
        Workspace::Offer { fork, answer } => offer(desk, &fork, answer).await,
        Workspace::List => {
            let rows = desk.directory().await?.workspaces;
            let line = |it: &model::WorkspaceView| {
                let shared = if it.shared { "shared" } else { "" };
                let path = it.path.clone().unwrap_or_default();
                [&it.workspace.to_string(), &it.name, &it.repository_name, &it.branch, shared, &path]
                    .map(str::to_owned)
                    .to_vec()
            };
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "No workspaces yet. Make one with `conclave workspace new`.");
            Ok(Said { people, json: json!({ "kind": "workspaces", "workspaces": rows }) })
        }
    }
}

async fn offer(desk: &mut Desk, fork: &str, answer: Offered) -> Result<Said> {
    let fork = resolve::workspace(&desk.directory().await?, fork)?;
    let share = answer == Offered::Yes;
    let reply = desk.call(Request::AnswerForkOffer { command: fresh(), fork, share }).await?;
    said(&reply, if share { "It is offered as well." } else { "It stays yours." })
}

pub async fn session(desk: &mut Desk, order: Session) -> Result<Said> {
    match order {
        Session::New { workspace, agent, title } => {
            let workspace = resolve::workspace(&desk.directory().await?, &workspace)?;
            let choice = AgentChoice::of(&agent);
            let request = Request::OpenSession { command: fresh(), workspace, choice, title };
            let reply = desk.call(request).await?;
            let Reply::Session { session, .. } = &reply else { return said(&reply, "") };
            said(&reply, format!("Opened session {session}"))
        }
        Session::List => {
            let rows = desk.directory().await?.sessions;
            let lines: Vec<Vec<String>> = rows.iter().map(show::session_row).collect();
            let people = table(&lines, "No sessions yet. Open one with `conclave session new`.");
            Ok(Said { people, json: json!({ "kind": "sessions", "sessions": rows }) })
        }
        Session::Digest { session, since } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let reply = desk.call(Request::Digest { session, since }).await?;
            let Reply::Digest(digest) = &reply else { return said(&reply, "") };
            said(&reply, show_digest::digest(digest))
        }
        Session::Redact { session, seq } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let reply = desk.call(Request::Redact { command: fresh(), session, seq }).await?;
            said(&reply, "It is gone for good, also from backups. What the agent itself keeps stays with it.")
        }
        Session::Fork { .. } => exchange::fork(desk, order).await,
        Session::Rewind { session, turn } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let turn = model::TurnId(turn);
            let reply = desk.call(Request::RewindConversation { command: fresh(), session, turn }).await?;
            said(&reply, "Taken back. The agent is not told of it any more; the files are as they were.")
        }
        Session::Delete { session, yes } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            ensure!(yes, "This deletes session {session} for good. Say --yes to do it.");
            let reply = desk.call(Request::DeleteSession { command: fresh(), session }).await?;
            said(&reply, format!("Deleted session {session}. Its workspace's files are as they were."))
        }
        Session::Steer(order) => steer::steer(desk, order).await,
        Session::Show { session } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let stream = StreamId::Session(session);
            desk.call(Request::Subscribe { stream, cursor: None }).await?;
            loop {
                if let Notification::Snapshot(snapshot) = desk.notification().await? {
                    let people = show::snapshot(&snapshot);
                    return Ok(Said { people, json: serde_json::to_value(&snapshot)? });
                }
            }
        }
    }
}
