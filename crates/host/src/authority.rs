//! The one place where a right becomes a yes (GR2, GR3).

use model::{Grant, Rejection, Right, SessionId, TerminalRight, WorkspaceId};
use room::By;
use wire::{Failure, FailureCode, Need, Scope};

use crate::principal::{Link, Principal};
use crate::world::World;

const NO_TERMINAL: &str = "You do not have the right to do this with terminals here.";

/// Checks `need` against the live grant.
///
/// # Errors
/// `not_found` outside the shared workspaces, `forbidden` inside them without the right (GR2);
/// `not_paired` when nothing is shared any more (SH5).
pub(crate) fn authorize(world: &World, principal: Principal, need: &Need) -> Result<By, Failure> {
    let workspace = match need.scope {
        Scope::Connection => return in_at_all(world, principal),
        Scope::Host => return owner_only(world, principal),
        Scope::Workspace(workspace) if world.shelf.workspaces.contains_key(&workspace) => Some(workspace),
        Scope::Workspace(_) => None,
        Scope::Session(session) => world.workspace_of(session),
    };
    let grant = workspace.and_then(|id| grant(world, principal, id)).ok_or_else(Failure::not_found)?;
    if !grant.rights.has(need.right) {
        return Err(Rejection::Forbidden { right: need.right }.into());
    }
    if grant.terminal < need.terminal {
        return Err(Failure::new(FailureCode::Forbidden, NO_TERMINAL));
    }
    Ok(by_of(principal, grant))
}

fn by_of(principal: Principal, grant: Grant) -> By {
    let Grant { rights, muted, ceiling, .. } = grant;
    By { person: principal.person, rights, muted, ceiling }
}

/// Who asks, in a workspace that is theirs to see.
pub(crate) fn by(world: &World, principal: Principal, workspace: WorkspaceId) -> Option<By> {
    Some(by_of(principal, grant(world, principal, workspace)?))
}

/// Whether `principal` may be told what happens in `session`, as [`authorize`] would answer it.
pub(crate) fn may_follow(world: &World, principal: Principal, session: SessionId) -> bool {
    let Some(workspace) = world.workspace_of(session) else { return false };
    let grant = || world.grants.members.get(&principal.person)?.grants.get(&workspace);
    is_good(world, principal)
        && (principal.person == world.grants.owner
            || grant().is_some_and(|grant| grant.rights.has(Right::See)))
}

/// What the principal may do in a workspace right now, by this connection.
pub(crate) fn grant(world: &World, principal: Principal, workspace: WorkspaceId) -> Option<Grant> {
    if !is_good(world, principal) {
        return None;
    }
    match principal.link {
        Link::Verified => world.grants.of(principal.person, workspace),
        Link::Unverified => world.grants.unverified(principal.person, workspace),
    }
}

/// What this connection may do with terminals there right now (GR3). The muted watch.
pub(crate) fn terminal_right(world: &World, principal: Principal, workspace: WorkspaceId) -> TerminalRight {
    match grant(world, principal, workspace) {
        Some(grant) if !grant.rights.has(Right::See) => TerminalRight::None,
        Some(grant) if grant.muted => grant.terminal.min(TerminalRight::View),
        Some(grant) => grant.terminal,
        None => TerminalRight::None,
    }
}

/// It is the owner, where the owner's rights hold.
pub(crate) fn owns(world: &World, principal: Principal) -> bool {
    is_good(world, principal) && of_the_host(world, principal).rights.has(Right::Own)
}

/// The credential behind the connection still opens this host (SH5).
pub(crate) fn is_good(world: &World, principal: Principal) -> bool {
    principal.device.is_none_or(|device| world.grants.devices.contains(&device))
}

fn in_at_all(world: &World, principal: Principal) -> Result<By, Failure> {
    if !is_good(world, principal) || !world.grants.is_in(principal.person) {
        return Err(Failure::new(FailureCode::NotPaired, "Nothing here is shared with you any more."));
    }
    Ok(of_the_host(world, principal))
}

fn owner_only(world: &World, principal: Principal) -> Result<By, Failure> {
    let by = of_the_host(world, principal);
    match owns(world, principal) {
        true => Ok(by),
        false => Err(Rejection::Forbidden { right: Right::Own }.into()),
    }
}

/// Rights that hold for the host as a whole: the owner's over a verified link, or none.
fn of_the_host(world: &World, principal: Principal) -> By {
    let owner = principal.person == world.grants.owner && principal.link == Link::Verified;
    let rights = if owner { model::Rights::owner() } else { model::Rights::default() };
    let ceiling = if owner { model::Ceiling::Bypass } else { model::Ceiling::Ask };
    By { person: principal.person, rights, muted: false, ceiling }
}
