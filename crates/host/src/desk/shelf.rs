use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use door::Door;
use model::{
    AgentKey, Checkpoint, Deed, ForkOffer, KnockId, KnockView, NamedAgent, OwnerEvent, PairingView, PersonId,
    RepositoryId, SessionId, Spent, Timestamp, WorkCommit, WorkspaceEvent, WorkspaceId, WorkspaceState,
    limits,
};

/// What the host has: a fold of the owner stream and the workspace streams.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf {
    pub repositories: BTreeMap<RepositoryId, Repository>,
    pub workspaces: BTreeMap<WorkspaceId, Workspace>,
    pub sessions: BTreeMap<SessionId, Session>,
    pub attachments: BTreeMap<(SessionId, AgentKey), Attachment>,
    /// What the turns of deleted sessions took (AG7).
    pub spent_before: BTreeMap<WorkspaceId, Vec<Spent>>,
    /// What named agents of repositories the owner trusts (AG12).
    pub trusted: BTreeMap<RepositoryId, Trusted>,
    /// By its hash, the set-up script that may run in new workspaces of a repository (WS23).
    pub setups: BTreeMap<RepositoryId, String>,
    /// Those that the owner has switched off.
    pub disabled: BTreeSet<AgentKey>,
    /// How often one was switched on or off.
    pub switched: u64,
    /// The highest that was ever given.
    numbers: u32,
    /// Derived from the door for the directory.
    pub shared: BTreeSet<WorkspaceId>,
    pub live_shares: u32,
    pub knocks: Vec<KnockView>,
    pub fork_offers: Vec<ForkOffer>,
    pub pairing: Option<PairingView>,
}

#[derive(Clone, Debug)]
pub(crate) struct Repository {
    pub name: String,
    pub path: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    pub repository: RepositoryId,
    pub repository_name: String,
    /// Empty until it is named (SE4).
    pub name: String,
    pub branch: String,
    /// Commit it started from, hex.
    pub base: String,
    pub base_branch: Option<String>,
    /// Of the worktree; owner-only.
    pub path: Option<String>,
    pub state: WorkspaceState,
    pub work: Arc<WorkRecord>,
}

/// What became of a workspace's work, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkRecord {
    pub checkpoints: Vec<Checkpoint>,
    pub commits: Vec<WorkCommit>,
    /// What was last approved, as a commit of the branch.
    pub baseline: Option<String>,
    /// Where the base branch was when a merge of it began that is not finished.
    pub coming: Option<String>,
}

impl Workspace {
    /// The last part of its branch, until it has a name.
    pub fn shown_name(&self) -> &str {
        match self.name.as_str() {
            "" => self.branch.rsplit('/').next().unwrap_or_default(),
            name => name,
        }
    }

    fn done(&mut self, by: PersonId, deed: &Deed) {
        match deed {
            Deed::Renamed { name, branch } => {
                self.name.clone_from(name);
                self.branch.clone_from(branch);
            }
            // From now on only what the base branch has not is a change.
            Deed::BroughtIn { base, conflicts, .. } if conflicts.is_empty() => self.base.clone_from(base),
            Deed::Merged { .. } => {
                self.base = self.work.coming.clone().unwrap_or_else(|| self.base.clone());
            }
            Deed::Archived => self.state = WorkspaceState::Archived,
            Deed::Returned => self.state = WorkspaceState::Active,
            _ => {}
        }
        Arc::make_mut(&mut self.work).done(by, deed);
    }
}

impl WorkRecord {
    fn done(&mut self, by: PersonId, deed: &Deed) {
        match deed {
            Deed::Committed { commit, message, .. } => {
                let (commit, message) = (commit.clone(), message.clone());
                self.baseline = Some(commit.clone());
                self.commits.push(WorkCommit { commit, message, by, reverted: false });
            }
            Deed::BroughtIn { base, conflicts, .. } if !conflicts.is_empty() => {
                self.coming = Some(base.clone());
            }
            Deed::BroughtIn { commit, .. } | Deed::Merged { commit } => {
                self.baseline = Some(commit.clone());
                self.coming = None;
            }
            Deed::MergeLeft { .. } => self.coming = None,
            Deed::Reverted { of, commit, .. } => {
                self.baseline = Some(commit.clone());
                let taken_back = self.commits.iter_mut().filter(|known| known.commit == *of);
                taken_back.for_each(|known| known.reverted = true);
            }
            Deed::Rejected { .. }
            | Deed::Restored { .. }
            | Deed::Applied { .. }
            | Deed::Wrote { .. }
            | Deed::Renamed { .. }
            | Deed::Archived
            | Deed::Returned
            | Deed::Pushed { .. }
            | Deed::Asked { .. } => {}
        }
    }

    fn kept(&mut self, checkpoint: &Checkpoint) {
        self.checkpoints.push(checkpoint.clone());
        let beyond = self.checkpoints.len().saturating_sub(limits::CHECKPOINTS_KEPT);
        self.checkpoints.drain(..beyond);
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    pub workspace: WorkspaceId,
    pub number: u32,
}

/// What a repository's file said when its owner read it.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    pub hash: String,
    pub agents: BTreeMap<AgentKey, NamedAgent>,
}

/// The last process of one agent in one session.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub conversation: Option<String>,
    pub process: String,
}

impl Shelf {
    pub fn apply_owner(&mut self, event: &OwnerEvent) {
        match event {
            OwnerEvent::RepositoryAdded { repository, name, path } => {
                let known = Repository { name: name.clone(), path: path.clone() };
                self.repositories.insert(*repository, known);
            }
            OwnerEvent::RepositoryRemoved { repository } => {
                self.repositories.remove(repository);
                self.setups.remove(repository);
                if self.trusted.remove(repository).is_some() {
                    self.switched += 1;
                }
            }
            OwnerEvent::SetupTrusted { repository, hash } => {
                self.setups.insert(*repository, hash.clone());
            }
            OwnerEvent::SetupForgotten { repository } => {
                self.setups.remove(repository);
            }
            OwnerEvent::WorkspacePlaced { workspace, repository, path } => {
                self.place(*workspace, *repository, path);
            }
            OwnerEvent::AgentAttached { session, agent, conversation, process } => {
                let attachment = Attachment { conversation: conversation.clone(), process: process.clone() };
                self.attachments.insert((*session, agent.clone()), attachment);
            }
            OwnerEvent::ConversationsForgotten { session } => {
                let theirs = self.attachments.iter_mut().filter(|((of, _), _)| of == session);
                theirs.for_each(|(_, attachment)| attachment.conversation = None);
            }
            OwnerEvent::AgentDisabled { agent } => {
                self.disabled.insert(agent.clone());
                self.switched += 1;
            }
            OwnerEvent::AgentEnabled { agent } => {
                self.disabled.remove(agent);
                self.switched += 1;
            }
            OwnerEvent::RepositoryAgentsTrusted { repository, hash, agents } => {
                let keyed = agents.iter().map(|(word, named)| (key(*repository, word, named), named.clone()));
                let trusted = Trusted { hash: hash.clone(), agents: keyed.collect() };
                self.trusted.insert(*repository, trusted);
                self.switched += 1;
            }
            OwnerEvent::RepositoryAgentsForgotten { repository } => {
                self.trusted.remove(repository);
                self.switched += 1;
            }
            _ => {}
        }
    }

    pub fn adopted(&self) -> BTreeMap<AgentKey, NamedAgent> {
        let all = self.trusted.values().flat_map(|trusted| &trusted.agents);
        all.map(|(agent, named)| (agent.clone(), named.clone())).collect()
    }

    /// The repository that brought this agent, if one did.
    pub fn home_of(&self, agent: &AgentKey) -> Option<RepositoryId> {
        self.trusted.iter().find(|(_, it)| it.agents.contains_key(agent)).map(|(repository, _)| *repository)
    }

    /// It, or what it is based on where a repository brought it, is switched off.
    pub fn is_off(&self, agent: &AgentKey) -> bool {
        let mut brought = self.trusted.values().filter_map(|trusted| trusted.agents.get(agent));
        self.disabled.contains(agent) || brought.any(|named| self.disabled.contains(&named.base))
    }

    /// What a repository brought is for that repository alone, and for as long as it is trusted.
    pub fn is_foreign(&self, agent: &AgentKey, workspace: WorkspaceId) -> bool {
        let here = self.workspaces.get(&workspace).map(|known| known.repository);
        agent.0.contains('@') && self.home_of(agent).is_none_or(|home| Some(home) != here)
    }

    pub fn apply_workspace(&mut self, workspace: WorkspaceId, event: &WorkspaceEvent) {
        match event {
            WorkspaceEvent::WorkspaceCreated {
                repository,
                repository_name,
                name,
                branch,
                base,
                base_branch,
                ..
            } => {
                let path = self.workspaces.remove(&workspace).and_then(|placed| placed.path);
                let known = Workspace {
                    repository: *repository,
                    repository_name: repository_name.clone(),
                    name: name.clone(),
                    branch: branch.clone(),
                    base: base.clone(),
                    base_branch: base_branch.clone(),
                    path,
                    state: WorkspaceState::Active,
                    work: Arc::default(),
                };
                self.workspaces.insert(workspace, known);
            }
            WorkspaceEvent::CheckpointMade { checkpoint } => {
                self.with(workspace, |known| Arc::make_mut(&mut known.work).kept(checkpoint));
            }
            WorkspaceEvent::WorkDone { by, deed } => self.with(workspace, |known| known.done(*by, deed)),
            WorkspaceEvent::WorkspaceDeleted { .. } => {
                self.with(workspace, |known| known.state = WorkspaceState::Deleted);
            }
            WorkspaceEvent::SessionAdded { session, number, .. } => {
                self.sessions.insert(*session, Session { workspace, number: *number });
                self.numbers = self.numbers.max(*number);
            }
            WorkspaceEvent::SessionDeleted { session, spent, .. } => {
                self.spent_before.entry(workspace).or_default().extend(spent.iter().cloned());
                self.sessions.remove(session);
                self.attachments.retain(|(of, _), _| of != session);
            }
        }
    }

    fn with(&mut self, workspace: WorkspaceId, change: impl FnOnce(&mut Workspace)) {
        if let Some(known) = self.workspaces.get_mut(&workspace) {
            change(known);
        }
    }

    /// `#n` of the next session of the whole host: never reused (HA1).
    pub fn next_number(&self) -> u32 {
        self.numbers + 1
    }

    pub fn repository_at(&self, path: &str) -> Option<RepositoryId> {
        self.repositories.iter().find(|(_, known)| known.path == path).map(|(id, _)| *id)
    }

    pub fn look_at_the_door(&mut self, door: &Door, now: Timestamp) {
        self.shared = door.shares().flat_map(|(_, share)| share.workspaces.iter().copied()).collect();
        self.shared.retain(|workspace| door.is_shared(*workspace, now));
        let live = door.shares().filter(|(id, _)| door.is_live(*id, now)).count();
        self.live_shares = u32::try_from(live).unwrap_or(u32::MAX);
        self.knocks = door.knocks().map(|(knock, waiting)| knock_view(door, knock, waiting)).collect();
        let offer = |(fork, source)| ForkOffer {
            fork,
            source,
            share_labels: door.live_shares_of(source, now).map(|(_, share)| share.label.clone()).collect(),
        };
        self.fork_offers = door.forks().map(offer).collect();
    }

    /// The owner stream may be folded before or after the workspace's own.
    fn place(&mut self, workspace: WorkspaceId, repository: RepositoryId, path: &str) {
        let repository_name =
            self.repositories.get(&repository).map(|known| known.name.clone()).unwrap_or_default();
        let known = self.workspaces.entry(workspace).or_insert_with(|| Workspace {
            repository,
            repository_name,
            name: String::new(),
            branch: String::new(),
            base: String::new(),
            base_branch: None,
            path: None,
            state: WorkspaceState::Active,
            work: Arc::default(),
        });
        known.path = Some(path.to_owned());
    }
}

/// An agent that says something else is another one: no process, memory or budget of it goes on (AG12).
fn key(repository: RepositoryId, word: &str, named: &NamedAgent) -> AgentKey {
    let whole = serde_json::to_vec(&(repository, word, named)).unwrap_or_default();
    AgentKey(format!("{word}@{}", &ports::chain::hex_digest(&whole)[..8]))
}

fn knock_view(door: &Door, knock: KnockId, waiting: &door::Knock) -> KnockView {
    let person = door.known_at(waiting);
    let name = person.and_then(|person| door.name_of(person)).unwrap_or(&waiting.name);
    let share = door.share_of(waiting.invite);
    KnockView {
        knock,
        name: name.clone(),
        device: waiting.device.clone(),
        kind: waiting.kind,
        person,
        share_label: share.map(|share| share.label.clone()).unwrap_or_default(),
        at: waiting.at,
    }
}
