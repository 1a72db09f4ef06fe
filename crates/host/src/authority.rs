//! The one place where a right becomes a yes (GR2, GR3).

use model::{Rejection, Right, SessionId};
use room::By;
use wire::{Failure, Need, Scope};

use crate::principal::Principal;
use crate::world::World;

/// Checks `need` against the live grant.
///
/// # Errors
/// `not_found` outside the shared workspaces, `forbidden` inside them without the right (GR2).
pub(crate) fn authorize(world: &World, principal: Principal, need: &Need) -> Result<By, Failure> {
    let person = principal.person;
    let workspace = match need.scope {
        Scope::Connection => return Ok(owner_or_nothing(world, principal)),
        Scope::Host if person == world.grants.owner => return Ok(owner_or_nothing(world, principal)),
        Scope::Host => return Err(Rejection::Forbidden { right: Right::Own }.into()),
        Scope::Workspace(workspace) if world.shelf.workspaces.contains_key(&workspace) => Some(workspace),
        Scope::Workspace(_) => None,
        Scope::Session(session) => world.workspace_of(session),
    };
    let grant = workspace.and_then(|id| world.grants.of(person, id)).ok_or_else(Failure::not_found)?;
    if !grant.rights.has(need.right) {
        return Err(Rejection::Forbidden { right: need.right }.into());
    }
    Ok(By { person, rights: grant.rights, muted: grant.muted, ceiling: grant.ceiling })
}

/// Whether `principal` may be told what happens in `session`, as [`authorize`] would answer it.
pub(crate) fn may_follow(world: &World, principal: Principal, session: SessionId) -> bool {
    let Some(workspace) = world.workspace_of(session) else { return false };
    let grant = || world.grants.members.get(&principal.person)?.grants.get(&workspace);
    principal.person == world.grants.owner || grant().is_some_and(|grant| grant.rights.has(Right::See))
}

/// Rights that hold for the host as a whole: the owner's, or none.
fn owner_or_nothing(world: &World, principal: Principal) -> By {
    let owner = principal.person == world.grants.owner;
    let rights = if owner { model::Rights::owner() } else { model::Rights::default() };
    let ceiling = if owner { model::Ceiling::Bypass } else { model::Ceiling::Ask };
    By { person: principal.person, rights, muted: false, ceiling }
}
