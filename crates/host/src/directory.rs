//! What one principal may see of the host, as a tree.

use std::collections::BTreeMap;

use model::{
    Directory, PersonId, RepositoryView, SessionId, SessionRow, SessionState, SessionStatus, WorkspaceView,
    limits,
};

use room::By;

use crate::authority::by;
use crate::board::{Line, Summary};
use crate::principal::{Link, Principal};
use crate::world::World;

/// What an unverified link of the owner's shows is what a guest's shows (PA11).
pub(crate) fn directory(world: &World, lines: &BTreeMap<SessionId, Line>, principal: Principal) -> Directory {
    let reader = principal.person;
    let owner = reader == world.grants.owner && principal.link == Link::Verified;
    let workspaces: Vec<WorkspaceView> =
        world.visible(reader).filter_map(|id| workspace(world, id, owner.then_some(reader))).collect();
    let repositories = world
        .shelf
        .repositories
        .iter()
        .filter(|(id, _)| owner || workspaces.iter().any(|workspace| workspace.repository == **id));
    let repositories = repositories
        .map(|(id, known)| RepositoryView {
            repository: *id,
            name: known.name.clone(),
            path: owner.then(|| known.path.clone()),
        })
        .collect();
    let handles = handles(world, lines);
    let sessions = world.shelf.sessions.keys().filter(|id| world.sees_session(reader, **id));
    let sessions = sessions.filter_map(|id| row(world, lines.get(id)?, principal, &handles, *id)).collect();
    let shelf = &world.shelf;
    let live_shares = if owner { shelf.live_shares } else { 0 };
    let knocks = if owner { shelf.knocks.clone() } else { Vec::new() };
    let fork_offers = if owner { shelf.fork_offers.clone() } else { Vec::new() };
    let pairing = shelf.pairing.filter(|_| owner);
    let warnings = if owner { world.warnings.to_vec() } else { Vec::new() };
    let catalogue = shelf.switched;
    Directory {
        repositories,
        workspaces,
        sessions,
        live_shares,
        catalogue,
        terminals: 0,
        knocks,
        fork_offers,
        pairing,
        layout: None,
        warnings,
    }
}

fn workspace(world: &World, id: model::WorkspaceId, owner: Option<PersonId>) -> Option<WorkspaceView> {
    let known = world.shelf.workspaces.get(&id)?;
    Some(WorkspaceView {
        workspace: id,
        repository: known.repository,
        repository_name: known.repository_name.clone(),
        name: known.shown_name().to_owned(),
        branch: known.branch.clone(),
        path: known.path.clone().filter(|_| owner.is_some()),
        shared: world.shelf.shared.contains(&id),
        state: known.state,
        base_branch: known.base_branch.clone(),
    })
}

fn row(
    world: &World,
    line: &Line,
    principal: Principal,
    handles: &BTreeMap<SessionId, String>,
    id: SessionId,
) -> Option<SessionRow> {
    let known = world.shelf.sessions.get(&id)?;
    let Line { summary, head, updated_at, .. } = line;
    let (status, needs) = standing(summary, &by(world, principal, known.workspace)?);
    Some(SessionRow {
        session: id,
        workspace: known.workspace,
        number: known.number,
        handle: handles.get(&id).cloned().unwrap_or_else(|| id.to_string()),
        title: summary.title.clone(),
        state: summary.state,
        status,
        needs,
        queued: summary.queued,
        head: *head,
        updated_at: *updated_at,
        tags: summary.tags.clone(),
    })
}

/// RO6: what waits, waits for this reader or for others.
fn standing(summary: &Summary, by: &By) -> (SessionStatus, u32) {
    let needs = summary.wanted.iter().filter(|wanted| wanted.wants(by)).count() as u32;
    let status = match (summary.wanted.is_empty(), needs) {
        (true, _) => summary.status,
        (false, 0) => SessionStatus::NeedsOthers,
        (false, _) => SessionStatus::NeedsYou,
    };
    (status, needs)
}

/// HA1: the shortest unique prefix, at least four characters, among open sessions.
fn handles(world: &World, lines: &BTreeMap<SessionId, Line>) -> BTreeMap<SessionId, String> {
    let open = |id: &SessionId| lines.get(id).is_some_and(|line| line.summary.state != SessionState::Ended);
    let ids: Vec<(SessionId, String)> =
        world.shelf.sessions.keys().filter(|id| open(id)).map(|id| (*id, id.to_string())).collect();
    let shortest = |text: &str| {
        let unique =
            |len: &usize| ids.iter().filter(|(_, other)| other.starts_with(&text[..*len])).count() == 1;
        let len = (limits::HANDLE_CHARS..text.len()).find(unique).unwrap_or(text.len());
        text[..len].to_owned()
    };
    ids.iter().map(|(id, text)| (*id, shortest(text))).collect()
}
