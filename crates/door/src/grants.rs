use std::collections::{BTreeMap, BTreeSet};

use model::{
    Budget, Ceiling, DeviceId, DeviceKind, DisplayName, Grant, PersonId, Right, Rights, RoomRules, Share,
    ShareId, TerminalRight, Timestamp, VoidReason, WorkspaceId,
};

use crate::Door;
use crate::state::{Person, Standing, is_live};

/// Everybody's authority at one moment, derived from the door and read immediately before each
/// decision and each delivery (GR3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants {
    pub owner: PersonId,
    pub owner_name: DisplayName,
    pub members: BTreeMap<PersonId, Member>,
    /// Those whose credentials open this host, the owner's too.
    pub devices: BTreeSet<DeviceId>,
    rules: BTreeMap<WorkspaceId, RoomRules>,
}

/// A guest and what they may do where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: DisplayName,
    pub colour: u8,
    pub grants: BTreeMap<WorkspaceId, Grant>,
    /// What their turns may take, one for each share that limits it.
    pub allowances: Vec<Allowance>,
    /// How workspaces were lost; it counts where there is no grant.
    pub out: BTreeMap<WorkspaceId, VoidReason>,
    pub lost: Option<VoidReason>,
}

/// The most that turns may take in these workspaces together (AG7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub workspaces: Vec<WorkspaceId>,
    pub budget: Budget,
    /// Whose turns count: this one person's, or everybody's who ever was in the share.
    pub people: BTreeSet<PersonId>,
    pub whose: Whose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Own,
    Everybodys,
}

impl Door {
    /// `None` before the host has an owner.
    pub fn grants(&self, now: Timestamp) -> Option<Grants> {
        let (owner, owner_name) = self.owner.clone()?;
        let live: BTreeMap<ShareId, &Share> =
            self.shares.iter().filter(|(_, share)| is_live(share, now)).map(|(id, s)| (*id, s)).collect();
        let members = self.people.iter().map(|(id, person)| (*id, self.member(*id, person, &live))).collect();
        let good = self.devices().filter(|(_, device)| device.standing == Standing::Good);
        let devices = good.filter(|(_, device)| self.is_in(device.person, now)).map(|(id, _)| id).collect();
        let mut rules: BTreeMap<WorkspaceId, RoomRules> = BTreeMap::new();
        for share in live.values() {
            for workspace in &share.workspaces {
                let strictest = match rules.remove(workspace) {
                    Some(known) => stricter(&known, &share.rules),
                    None => share.rules.clone(),
                };
                rules.insert(*workspace, strictest);
            }
        }
        Some(Grants { owner, owner_name, members, devices, rules })
    }

    fn member(&self, id: PersonId, person: &Person, live: &BTreeMap<ShareId, &Share>) -> Member {
        let mut grants: BTreeMap<WorkspaceId, Grant> = BTreeMap::new();
        for id in person.shares.keys() {
            let Some(share) = live.get(id) else { continue };
            let mute = person.muted_in.get(id);
            for workspace in &share.workspaces {
                let grant = match grants.remove(workspace) {
                    Some(known) => union(known, share, mute),
                    None => alone(*workspace, share, mute),
                };
                grants.insert(*workspace, grant);
            }
        }
        let is_out = grants.is_empty();
        if self.devices_of(id).all(|(_, device)| device.kind == DeviceKind::Browser) {
            grants.values_mut().for_each(unverified);
        }
        Member {
            name: person.name.clone(),
            colour: person.colour,
            grants,
            allowances: person.shares.keys().flat_map(|share| self.allowances(id, *share, live)).collect(),
            out: self.out(person, live),
            lost: person.lost.or((!person.shares.is_empty() && is_out).then_some(VoidReason::Expired)),
        }
    }

    fn allowances(
        &self,
        person: PersonId,
        id: ShareId,
        live: &BTreeMap<ShareId, &Share>,
    ) -> impl Iterator<Item = Allowance> {
        let share = live.get(&id);
        let workspaces = share.map(|share| share.workspaces.clone()).unwrap_or_default();
        let own = share.and_then(|share| share.budget).map(|budget| (budget, [person].into(), Whose::Own));
        let all = || self.ever.get(&id).cloned().unwrap_or_default();
        let total = share.and_then(|share| share.total).map(|budget| (budget, all(), Whose::Everybodys));
        let allowance = move |(budget, people, whose)| Allowance {
            workspaces: workspaces.clone(),
            budget,
            people,
            whose,
        };
        own.into_iter().chain(total).map(allowance)
    }

    /// A share whose time is up counts as ended before that is written down: else who reads the door in
    /// between would be told that they were removed.
    fn out(&self, person: &Person, live: &BTreeMap<ShareId, &Share>) -> BTreeMap<WorkspaceId, VoidReason> {
        let over =
            person.shares.keys().filter(|id| !live.contains_key(id)).filter_map(|id| self.shares.get(id));
        let expired = over.flat_map(|share| &share.workspaces).map(|id| (*id, VoidReason::Expired));
        person.out.iter().map(|(id, reason)| (*id, *reason)).chain(expired).collect()
    }
}

impl Grants {
    /// What a person may do in a workspace; `None`: it does not exist for them (GR2).
    pub fn of(&self, person: PersonId, workspace: WorkspaceId) -> Option<Grant> {
        if person == self.owner {
            return Some(Grant {
                workspace,
                rights: Rights::owner(),
                terminal: TerminalRight::Drive,
                ceiling: Ceiling::Bypass,
                muted: false,
            });
        }
        self.members.get(&person)?.grants.get(&workspace).cloned()
    }

    /// The same over a browser's link (PA11).
    pub fn unverified(&self, person: PersonId, workspace: WorkspaceId) -> Option<Grant> {
        let mut grant = self.of(person, workspace)?;
        unverified(&mut grant);
        Some(grant)
    }

    /// The owner, or somebody with a live share.
    pub fn is_in(&self, person: PersonId) -> bool {
        person == self.owner || self.members.get(&person).is_some_and(|member| !member.grants.is_empty())
    }

    pub fn sees(&self, person: PersonId, workspace: WorkspaceId) -> bool {
        person == self.owner
            || self.members.get(&person).is_some_and(|member| member.grants.contains_key(&workspace))
    }

    /// How rooms of this workspace decide (GR9).
    pub fn rules(&self, workspace: WorkspaceId) -> RoomRules {
        self.rules.get(&workspace).cloned().unwrap_or_default()
    }
}

/// What never goes over a link that nobody has verified (PA11).
pub(crate) fn unverified(grant: &mut Grant) {
    grant.rights.0.remove(&Right::Approve);
    grant.rights.0.remove(&Right::Own);
    grant.terminal = grant.terminal.min(TerminalRight::View);
}

fn alone(workspace: WorkspaceId, share: &Share, mute: Option<&ShareId>) -> Grant {
    let (rights, terminal, ceiling) = (share.rights.clone(), share.terminal, share.ceiling);
    Grant { workspace, rights, terminal, ceiling, muted: mute.is_some() }
}

/// GR9: the union of the rights, the lowest ceiling. A mute in any share mutes.
fn union(known: Grant, share: &Share, mute: Option<&ShareId>) -> Grant {
    Grant {
        rights: known.rights.union(&share.rights),
        terminal: known.terminal.max(share.terminal),
        ceiling: known.ceiling.min(share.ceiling),
        muted: known.muted || mute.is_some(),
        workspace: known.workspace,
    }
}

/// GR9: consensus if any live share asks for it; every other rule at its strictest too.
fn stricter(a: &RoomRules, b: &RoomRules) -> RoomRules {
    RoomRules {
        consensus: a.consensus || b.consensus,
        owner_always_votes: a.owner_always_votes || b.owner_always_votes,
        override_allowed: a.override_allowed && b.override_allowed,
        driver_decides: a.driver_decides && b.driver_decides,
        absence: match (a.absence, b.absence) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (None, _) | (_, None) => None,
        },
        plan_first: a.plan_first || b.plan_first,
    }
}
