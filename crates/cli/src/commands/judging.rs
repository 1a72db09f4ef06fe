//! Work in a workspace: judged, taken back, put away.

use std::io::Read;

use anyhow::{Context, Result, bail, ensure};
use model::{ChangePick, ChangePicks, Changes, ChangesSince, WorkspaceId};
use wire::{Reply, Request};

use super::{Desk, exchange, fresh, said};
use crate::args::Work;
use crate::output::Said;
use crate::{resolve, show_changes, show_work};

/// Nobody but the command itself decides about more than what it has just read.
const OPEN: ChangesSince = ChangesSince::Approval;

pub(super) async fn work(desk: &mut Desk, order: Work) -> Result<Said> {
    let workspace = resolve::workspace(&desk.directory().await?, named(&order))?;
    match order {
        Work::Makers { .. } | Work::Log { .. } | Work::Ls { .. } | Work::Risks { .. } | Work::Disk { .. } => {
            look(desk, workspace, order).await
        }
        Work::Push { .. }
        | Work::Pull { .. }
        | Work::Setup { .. }
        | Work::TrustSetup { .. }
        | Work::RunSetup { .. } => exchange::of_workspace(desk, workspace, order).await,
        Work::Rename { .. }
        | Work::Archive { .. }
        | Work::Return { .. }
        | Work::Delete { .. }
        | Work::Fork { .. } => upkeep(desk, workspace, order).await,
        Work::Approve { message, paths, .. } => {
            let picks = picks(desk, workspace, &paths).await?;
            let asked = Request::ApproveChanges { command: fresh(), workspace, since: OPEN, picks, message };
            let reply = desk.call(asked).await?;
            said(&reply, show_work::commit(&reply, "Nothing of that is new."))
        }
        Work::Reject { paths, yes, .. } => {
            ensure!(yes || !paths.is_empty(), "This takes all of it back. Say --yes, or name files.");
            let picks = picks(desk, workspace, &paths).await?;
            let asked = Request::RejectChanges { command: fresh(), workspace, since: OPEN, picks };
            taken_back(desk, asked).await
        }
        Work::Revert { commit, .. } => {
            let commit = known_commit(desk, workspace, &commit).await?;
            taken_back(desk, Request::RevertCommit { command: fresh(), workspace, commit }).await
        }
        Work::Rewind { checkpoint, yes: true, .. } => {
            taken_back(desk, Request::RestoreFiles { command: fresh(), workspace, checkpoint }).await
        }
        Work::Rewind { checkpoint, yes: false, .. } => {
            let reply = desk.call(Request::RewindPreview { workspace, checkpoint }).await?;
            let Reply::Changes(changes) = &reply else { return said(&reply, "") };
            said(&reply, format!("{}\nSay --yes to make it so.", show_changes::files(changes)))
        }
        Work::Write { path, new, .. } => write(desk, workspace, (path, new)).await,
        Work::Merge { step, .. } => {
            let reply =
                desk.call(Request::MergeBase { command: fresh(), workspace, step: step.into() }).await?;
            said(&reply, show_work::merge(&reply))
        }
        Work::Settle { path, how, .. } => {
            let how = how.into();
            let reply = desk.call(Request::SettleConflict { command: fresh(), workspace, path, how }).await?;
            said(&reply, "Settled.")
        }
        Work::Apply { .. } => {
            let reply = desk.call(Request::ApplyWork { command: fresh(), workspace }).await?;
            said(&reply, show_work::commit(&reply, "The base branch has all of it."))
        }
    }
}

fn named(order: &Work) -> &str {
    match order {
        Work::Makers { workspace }
        | Work::Log { workspace }
        | Work::Ls { workspace, .. }
        | Work::Approve { workspace, .. }
        | Work::Reject { workspace, .. }
        | Work::Revert { workspace, .. }
        | Work::Rewind { workspace, .. }
        | Work::Write { workspace, .. }
        | Work::Merge { workspace, .. }
        | Work::Settle { workspace, .. }
        | Work::Apply { workspace }
        | Work::Push { workspace, .. }
        | Work::Pull { workspace, .. }
        | Work::Setup { workspace }
        | Work::TrustSetup { workspace, .. }
        | Work::RunSetup { workspace }
        | Work::Rename { workspace, .. }
        | Work::Archive { workspace }
        | Work::Return { workspace }
        | Work::Risks { workspace }
        | Work::Disk { workspace }
        | Work::Delete { workspace, .. }
        | Work::Fork { workspace, .. } => workspace,
    }
}

async fn look(desk: &mut Desk, workspace: WorkspaceId, order: Work) -> Result<Said> {
    let reply = desk
        .call(match order {
            Work::Makers { .. } => Request::Makers { workspace },
            Work::Log { .. } => Request::Work { workspace },
            Work::Ls { path, .. } => Request::Folder { workspace, path },
            Work::Disk { .. } => Request::DiskUse { workspace },
            _ => Request::Risks { workspace },
        })
        .await?;
    said(&reply, show_work::shown(&reply))
}

async fn upkeep(desk: &mut Desk, workspace: WorkspaceId, order: Work) -> Result<Said> {
    let command = fresh();
    let (request, done) = match order {
        Work::Rename { name, .. } => (Request::RenameWorkspace { command, workspace, name }, "Renamed."),
        Work::Archive { .. } => {
            (Request::ArchiveWorkspace { command, workspace }, "Put away. Its files are where they were.")
        }
        Work::Return { .. } => (Request::ReturnWorkspace { command, workspace }, "It is back."),
        Work::Fork { name, checkpoint, .. } => {
            (Request::ForkWorkspace { command, workspace, checkpoint, name }, "Made a fork.")
        }
        Work::Delete { despite, yes, .. } => {
            ensure!(yes, "This takes its worktree away for good. Say --yes to do it.");
            let despite = despite.into_iter().map(Into::into).collect();
            (
                Request::DeleteWorkspace { command, workspace, despite },
                "Deleted. Its branch, and its files as a checkpoint, are in the repository.",
            )
        }
        _ => bail!("This is no order of that kind."),
    };
    let reply = desk.call(request).await?;
    said(&reply, done)
}

async fn picks(desk: &mut Desk, workspace: WorkspaceId, paths: &[String]) -> Result<ChangePicks> {
    let reply = desk.call(Request::Changes { workspace, since: OPEN }).await?;
    let Reply::Changes(Changes { files, seen, .. }) = reply else {
        bail!("The host answered something else.")
    };
    if paths.is_empty() {
        return Ok(ChangePicks::All { seen });
    }
    let pick = |path: &String| {
        let file = files.iter().find(|file| file.path == *path || file.moved_from.as_ref() == Some(path));
        let file = file.with_context(|| format!("{path} is not among the changes."))?;
        Ok(ChangePick::File { path: file.path.clone(), id: file.id.clone() })
    };
    Ok(ChangePicks::These { picks: paths.iter().map(pick).collect::<Result<_>>()? })
}

async fn known_commit(desk: &mut Desk, workspace: WorkspaceId, asked: &str) -> Result<String> {
    let reply = desk.call(Request::Work { workspace }).await?;
    let Reply::Work { commits, .. } = reply else { bail!("The host answered something else.") };
    let mut found = commits.into_iter().map(|it| it.commit).filter(|commit| commit.starts_with(asked));
    match (found.next(), found.next()) {
        (Some(commit), None) => Ok(commit),
        (None, _) => bail!("No commit {asked:?} was approved here. `conclave workspace log` shows them."),
        (Some(_), Some(_)) => bail!("{asked:?} may be several commits. Say which by more of it."),
    }
}

async fn taken_back(desk: &mut Desk, request: Request) -> Result<Said> {
    let reply = desk.call(request).await?;
    let Reply::TakenBack { undo } = &reply else { return said(&reply, "") };
    said(&reply, format!("Taken back. What was there is checkpoint {undo}."))
}

async fn write(desk: &mut Desk, workspace: WorkspaceId, (path, new): (String, bool)) -> Result<Said> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("The standard input is not text.")?;
    let was = match new {
        true => None,
        false => {
            let reply = desk.call(Request::ReadFile { workspace, path: path.clone() }).await?;
            let Reply::FileText { hash, .. } = reply else { bail!("The host answered something else.") };
            Some(hash)
        }
    };
    let reply = desk.call(Request::WriteFile { command: fresh(), workspace, path, text, was }).await?;
    said(&reply, "Written.")
}
