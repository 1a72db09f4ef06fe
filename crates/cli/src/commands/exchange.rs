//! Repositories that come and go, work that is sent off, and set-up scripts.

use std::path::Path;

use anyhow::{Context, Result, bail};
use model::{TerminalSize, WorkspaceId};
use wire::{Reply, Request};

use super::{Desk, fresh, said};
use crate::args::{Repo, Session, Work};
use crate::output::{Said, table};
use crate::resolve;

pub(super) async fn of_repository(desk: &mut Desk, order: Repo) -> Result<Said> {
    let command = fresh();
    match order {
        Repo::Clone { from, into } => {
            let into = into.as_deref().map(absolute).transpose()?;
            let from = if Path::new(&from).is_dir() { absolute(Path::new(&from))? } else { from };
            let reply = desk.call(Request::CloneRepository { command, from, into }).await?;
            let Reply::Repository { repository } = &reply else { return said(&reply, "") };
            said(&reply, format!("Cloned as repository {repository}"))
        }
        Repo::Remove { repo } => {
            let repository = resolve::repository(&desk.directory().await?, &repo)?;
            let reply = desk.call(Request::RemoveRepository { command, repository }).await?;
            said(&reply, "Forgotten. Its files are where they were.")
        }
        Repo::Worktrees { repo } => {
            let repository = resolve::repository(&desk.directory().await?, &repo)?;
            let reply = desk.call(Request::Worktrees { repository }).await?;
            let lines = worktrees(&reply);
            said(&reply, table(&lines, "It has no worktrees that are no workspaces."))
        }
        Repo::Import { repo, path } => {
            let repository = resolve::repository(&desk.directory().await?, &repo)?;
            let path = absolute(&path)?;
            let reply = desk.call(Request::ImportWorktree { command, repository, path }).await?;
            let Reply::Workspace { workspace } = &reply else { return said(&reply, "") };
            said(&reply, format!("Made workspace {workspace}"))
        }
        Repo::ForgetSetup { repo } => {
            let repository = resolve::repository(&desk.directory().await?, &repo)?;
            let reply = desk.call(Request::ForgetSetup { command, repository }).await?;
            said(&reply, "Its set-up script does not run any more.")
        }
        _ => bail!("This is no order of that kind."),
    }
}

pub(super) async fn of_workspace(desk: &mut Desk, workspace: WorkspaceId, order: Work) -> Result<Said> {
    let command = fresh();
    match order {
        Work::Push { dry_run: true, .. } => {
            let reply = desk.call(Request::PushTarget { workspace }).await?;
            let Reply::PushTarget { remote, .. } = &reply else { return said(&reply, "") };
            said(&reply, format!("It would go to {remote}."))
        }
        Work::Push { dry_run: false, .. } => {
            let reply = desk.call(Request::PushWork { command, workspace }).await?;
            let Reply::Pushed { remote } = &reply else { return said(&reply, "") };
            said(&reply, format!("Pushed to {remote}."))
        }
        Work::Pull { title, body, .. } => {
            let reply = desk.call(Request::AskPull { command, workspace, title, body }).await?;
            let Reply::Asked { address } = &reply else { return said(&reply, "") };
            said(&reply, address.clone())
        }
        Work::TrustSetup { hash, .. } => {
            let Reply::Setup { script: Some(script) } = desk.call(Request::Setup { workspace }).await? else {
                bail!("There is no set-up script in that workspace.")
            };
            if hash.is_empty() || !script.hash.starts_with(&hash) {
                bail!("The script is another than the one you read. `conclave workspace setup` shows it.")
            }
            let reply = desk.call(Request::TrustSetup { command, workspace, hash: script.hash }).await?;
            said(&reply, "It runs in new workspaces from now on.")
        }
        Work::RunSetup { .. } => {
            let size = TerminalSize { columns: 100, rows: 30 };
            let reply = desk.call(Request::RunSetup { command, workspace, size }).await?;
            let Reply::Terminal { terminal } = &reply else { return said(&reply, "") };
            said(&reply, format!("It runs in terminal {}.", terminal.terminal))
        }
        _ => {
            let reply = desk.call(Request::Setup { workspace }).await?;
            let Reply::Setup { script } = &reply else { return said(&reply, "") };
            let people = script.as_ref().map_or_else(
                || "There is no set-up script.".to_owned(),
                |script| {
                    let may = if script.trusted { "It may run." } else { "You have not trusted it." };
                    format!("{}\n{may} Hash {}", script.text.trim_end(), script.hash)
                },
            );
            said(&reply, people)
        }
    }
}

pub(super) async fn fork(desk: &mut Desk, order: Session) -> Result<Said> {
    let Session::Fork { session, before, workspace, title } = order else {
        bail!("This is no order of that kind.")
    };
    let directory = desk.directory().await?;
    let session = resolve::session(&directory, &session)?;
    let workspace = workspace.map(|asked| resolve::workspace(&directory, &asked)).transpose()?;
    let (command, before) = (fresh(), before.map(model::TurnId));
    let reply = desk.call(Request::ForkSession { command, session, before, workspace, title }).await?;
    let Reply::Session { session, .. } = &reply else { return said(&reply, "") };
    said(&reply, format!("Opened session {session}"))
}

fn worktrees(reply: &Reply) -> Vec<Vec<String>> {
    let Reply::Worktrees { worktrees } = reply else { return Vec::new() };
    let row = |found: &model::FoundWorktree| {
        let size = found.bytes.map_or_else(|| "its folder is gone".into(), |bytes| format!("{bytes} bytes"));
        let left = if found.ours { "left behind" } else { "" };
        vec![found.path.clone(), found.branch.clone().unwrap_or_default(), size, left.to_owned()]
    };
    worktrees.iter().map(row).collect()
}

fn absolute(path: &Path) -> Result<String> {
    let path = std::path::absolute(path).context("The path can't be read.")?;
    Ok(path.to_str().context("The path is not valid Unicode. Rename the folder.")?.to_owned())
}
