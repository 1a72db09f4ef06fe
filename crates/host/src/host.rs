use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use futures_util::future::join_all;
use model::{ConnectionId, HostKey, Rejection, SessionId, SessionState, StreamId, limits};
use ports::chain;
use ports::vcs::ChangeView;
use tokio::sync::{Mutex, broadcast};
use wire::{Failure, FailureCode, Reply, Request};

use crate::agents::Checks;
use crate::authority::{authorize, owns};
use crate::board::Line;
use crate::connection::{self, Connection};
use crate::desk::{Cause, Desk, Source, storage};
use crate::discretion::without_places;
use crate::errands::Errands;
use crate::layouts::Layouts;
use crate::parts::{ConnectionLimits, HostConfig, Parts};
use crate::principal::{Link, Principal, Via};
use crate::session::{Session, Shared};
use crate::terminals::{self, Terminals};
use crate::watches::Watches;
use crate::world::Globe;

/// Why a host could not start.
#[derive(Debug, thiserror::Error)]
#[error("the host could not start: {0}")]
pub struct StartError(#[from] Failure);

/// A running host. Clones are the same host.
#[derive(Clone)]
pub struct Host {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub shared: Arc<Shared>,
    sessions: Mutex<BTreeMap<SessionId, Session>>,
    stopping: tokio::sync::watch::Sender<bool>,
    /// They hold the log now and then, and let it go when the host stops.
    tasks: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    /// What waits for other machines.
    pub errands: Errands,
    /// What is done to the work in worktrees.
    pub orders: Errands,
    pub checks: Checks,
    pub layouts: Layouts,
    pub terminals: Terminals,
    pub watches: Watches,
    /// Other hosts that the owner has forgotten while pipes to them were open.
    pub forgotten: broadcast::Sender<HostKey>,
}

/// More hosts than anybody forgets before a pipe has looked.
const FORGOTTEN: usize = 64;

impl Host {
    /// Ends what a killed host left behind, folds the log, closes what was running and goes on with
    /// the queues (TU8, QU2).
    ///
    /// # Errors
    /// The host's own log can't be read.
    pub async fn start(parts: Parts, config: HostConfig) -> Result<Self, StartError> {
        let desk = Arc::new(Desk::load(parts.clone(), config).await?);
        let leftovers = desk.attachments().await;
        for attachment in leftovers.into_values() {
            parts.agents.end_leftover(attachment.process).await;
        }
        let globe = Arc::clone(&desk.globe);
        let (board, pool, seats) = (Arc::default(), Arc::default(), Arc::default());
        let works = crate::work::Works::default();
        let shared = Arc::new(Shared { parts, globe, board, desk, pool, seats, works });
        let (sessions, stopping) = (Mutex::default(), tokio::sync::watch::Sender::new(false));
        let (tasks, errands, orders) = (Mutex::default(), Errands::default(), Errands::default());
        let (checks, layouts) = (Checks::default(), Layouts::default());
        let forgotten = broadcast::Sender::new(FORGOTTEN);
        let (terminals, watches) = (Terminals::default(), Watches::default());
        let inner = Inner {
            shared,
            sessions,
            stopping,
            tasks,
            errands,
            orders,
            checks,
            layouts,
            terminals,
            watches,
            forgotten,
        };
        let host = Self { inner: Arc::new(inner) };
        host.recall_layout().await?;
        host.sweep().await;
        let timer = tokio::spawn(crate::timer::run(Arc::downgrade(&host.inner)));
        host.inner.shared.desk.listen_as_wanted().await;
        let keeper = tokio::spawn(terminals::keep(Arc::downgrade(&host.inner)));
        let complaints = tokio::spawn(listen_to_complaints(Arc::clone(&host.inner.shared.desk)));
        host.inner.tasks.lock().await.extend([timer, keeper, complaints]);
        Ok(host)
    }

    /// A new pipe. Frames go in and out of the returned [`Connection`]; it says hello first.
    pub fn connect(&self, via: Via) -> Connection {
        connection::open(self.clone(), via)
    }

    /// The one way in: every client's every request, told apart only by its principal.
    ///
    /// # Errors
    /// A typed refusal that has changed nothing.
    pub async fn call(&self, principal: Principal, request: Request) -> Result<Reply, Failure> {
        self.answer(principal, request).await.map_err(|failure| {
            let is_owner = owns(&self.globe().now(), principal);
            if is_owner { failure } else { without_places(failure) } // LO8
        })
    }

    async fn answer(&self, principal: Principal, request: Request) -> Result<Reply, Failure> {
        let need = request.need();
        // Sessions check again inside their task, immediately before they decide (GR3).
        let by = match authorize(&self.inner.shared.globe.now(), principal, &need) {
            Ok(by) => by,
            Err(refused) => return self.accepted_before(principal, &need, &request).await?.ok_or(refused),
        };
        self.check_size(&request)?;
        self.check_archive(&request)?;
        if by.muted && !room_decides(&need) {
            return Err(Rejection::Muted.into());
        }
        match need.kind {
            wire::Kind::Query => self.query(principal, request).await,
            wire::Kind::Signal => self.signal(principal, request).await,
            wire::Kind::Connection => Err(misplaced()),
            wire::Kind::Command(command) => {
                let cause = Cause { principal, command, need, request: hash_of(&request) };
                match need.scope {
                    wire::Scope::Session(id) => self.session(id).await?.order(cause, request).await,
                    wire::Scope::Connection | wire::Scope::Host | wire::Scope::Workspace(_) => {
                        self.order(cause, request).await
                    }
                }
            }
        }
    }

    /// LO5: who did something, lost the answer and then the right to do it again, is told that it was done.
    async fn accepted_before(
        &self,
        principal: Principal,
        need: &wire::Need,
        request: &Request,
    ) -> Result<Option<Reply>, Failure> {
        let wire::Kind::Command(command) = need.kind else { return Ok(None) };
        let cause = Cause { principal, command, need: *need, request: hash_of(request) };
        // What it says of invites is kept without their secrets.
        self.inner.shared.desk.remembered_answer(&cause).await
    }

    pub(crate) fn limits(&self) -> &ConnectionLimits {
        &self.inner.shared.desk.config.limits
    }

    /// The owner may allow less than a room does (PA6).
    fn check_size(&self, request: &Request) -> Result<(), Failure> {
        let limit = self.limits().prompt_bytes;
        match request.prompt_text() {
            Some(text) if text.len() > limit => Err(Rejection::TooLarge { limit: limit as u64 }.into()),
            Some(_) | None => Ok(()),
        }
    }

    /// WS18: nothing begins in a workspace that was put away.
    fn check_archive(&self, request: &Request) -> Result<(), Failure> {
        let world = self.globe().now();
        let workspace = match request {
            Request::OpenSession { workspace, .. }
            | Request::OpenTerminal { workspace, .. }
            | Request::RunSetup { workspace, .. } => Some(*workspace),
            Request::ReopenSession { session, .. } => world.workspace_of(*session),
            _ => None,
        };
        let known = workspace.and_then(|workspace| world.shelf.workspaces.get(&workspace));
        match known.is_some_and(|known| !known.state.is_active()) {
            true => Err(crate::work::archived()),
            false => Ok(()),
        }
    }

    /// Ends agents, sessions and the listener. Running turns read interrupted.
    pub async fn stop(&self) {
        self.inner.stopping.send_replace(true);
        let sessions: Vec<Session> = self.inner.sessions.lock().await.values().cloned().collect();
        // Together: each may have to wait for an agent that does not yield.
        join_all(sessions.iter().map(Session::stop)).await;
        self.inner.terminals.end().await;
        self.inner.orders.end().await;
        self.inner.shared.desk.stop_listening().await;
        self.inner.checks.end().await;
        for task in std::mem::take(&mut *self.inner.tasks.lock().await) {
            task.abort();
            // Aborted or over: either way it has let the log go.
            task.await.ok();
        }
    }

    /// Resolves when the host has been asked to stop.
    pub async fn stopping(&self) {
        let mut stopping = self.inner.stopping.subscribe();
        // The sender lives as long as this host.
        stopping.wait_for(|stopping| *stopping).await.ok();
    }

    /// A fresh one-time link to the owner's page (PA12), for whoever started this host.
    ///
    /// # Errors
    /// The page is not served.
    pub fn open_link(&self) -> Result<String, Failure> {
        let Reply::Link { url } = self.inner.shared.desk.open_link()? else { return Err(misplaced()) };
        Ok(url)
    }

    pub(crate) async fn session(&self, id: SessionId) -> Result<Session, Failure> {
        let mut sessions = self.inner.sessions.lock().await;
        if let Some(known) = sessions.get(&id) {
            return Ok(known.clone());
        }
        let session = Session::load(Arc::clone(&self.inner.shared), id).await?;
        sessions.insert(id, session.clone());
        Ok(session)
    }

    pub(crate) async fn leave(&self, principal: Principal, session: SessionId, connection: ConnectionId) {
        let known = self.inner.sessions.lock().await.get(&session).cloned();
        if let Some(session) = known {
            session.leave(principal, connection).await;
        }
    }

    /// A session whose log can't be read is shown as broken and keeps no other from going on.
    async fn sweep(&self) {
        let shared = &self.inner.shared;
        let all: Vec<SessionId> = shared.globe.now().shelf.sessions.keys().copied().collect();
        for session in all {
            if let Err(failure) = self.session(session).await {
                tracing::warn!(%session, %failure, "a session can't be opened");
                shared.board.write(session, Line::broken(shared.parts.clock.now()));
            }
        }
        self.retire_what_was_put_away().await;
    }

    /// WS18: a host that was killed between the word and its doing.
    async fn retire_what_was_put_away(&self) {
        let world = self.globe().now().clone();
        let lines = self.inner.shared.board.lines();
        let away = |workspace| world.shelf.workspaces.get(&workspace).is_some_and(|it| !it.state.is_active());
        let has_ended = |id| lines.get(id).is_none_or(|line| line.summary.state == SessionState::Ended);
        let left = world.shelf.sessions.iter().filter(|(id, known)| away(known.workspace) && !has_ended(*id));
        let owner = Principal { person: world.grants.owner, device: None, link: Link::Verified };
        for (id, _) in left {
            if let Ok(session) = self.session(*id).await {
                session.retire(owner).await;
            }
        }
    }

    async fn query(&self, principal: Principal, request: Request) -> Result<Reply, Failure> {
        let shared = &self.inner.shared;
        match request {
            Request::Page { stream, before, limit } => self.page(stream, before, limit).await,
            Request::Blob { session, hash } => self.blob(session, hash).await,
            Request::ItemText { session, item } => self.session(session).await?.item_text(item).await,
            Request::LogPage { stream, after, limit } => self.log_page(stream, after, limit).await,
            Request::Digest { session, since } => self.digest(session, since).await,
            Request::Changes { workspace, since } => self.changes(workspace, since).await,
            Request::FileChange { workspace, path, context, ignore_whitespace, since } => {
                let context = context.unwrap_or(limits::CHANGE_CONTEXT);
                self.file_change((workspace, since), path, ChangeView { context, ignore_whitespace }).await
            }
            Request::Makers { workspace } => self.makers(workspace).await,
            Request::Work { workspace } => self.work(workspace).await,
            Request::RewindPreview { workspace, checkpoint } => {
                self.rewind_preview(workspace, checkpoint).await
            }
            Request::Folder { workspace, path } => self.folder(principal, workspace, path).await,
            Request::Risks { workspace } => self.risks(workspace).await,
            Request::Folders { path } => self.folders(path).await,
            Request::DiskUse { workspace } => self.disk_use(workspace).await,
            Request::ReadPicture { workspace, path } => self.read_picture(principal, workspace, path).await,
            Request::Worktrees { repository } => shared.desk.worktrees(repository).await,
            Request::PushTarget { workspace } => self.push_target(workspace).await,
            Request::Setup { workspace } => self.setup(workspace).await,
            Request::BothSides { workspace, path, since } => self.both_sides((workspace, since), path).await,
            Request::ReadFile { workspace, path } => self.read_file(principal, workspace, path).await,
            Request::FindFiles { workspace, query, limit } => self.find_files(workspace, &query, limit).await,
            Request::KnownHosts => self.known_hosts().await,
            Request::Agents => Ok(self.agents(principal)),
            Request::ProbeAgent { agent } => self.probe_agent(principal, agent).await,
            Request::RepositoryAgents => Ok(self.repository_agents()),
            Request::Usage { session } => self.usage(principal, session).await,
            Request::HostUsage => Ok(self.host_usage(principal).await),
            Request::Health => Ok(shared.desk.health().await),
            Request::Shares => Ok(shared.desk.shares().await),
            Request::Invites { share } => Ok(shared.desk.invites(share).await),
            Request::People => Ok(shared.desk.people().await),
            Request::MyDevices => Ok(shared.desk.my_devices(principal).await),
            Request::Settings => Ok(shared.desk.settings().await),
            Request::Nearby => Ok(shared.desk.nearby()),
            Request::Terminals { workspace } => Ok(self.terminals(principal, workspace)),
            Request::Layout => self.layout(principal).await,
            Request::KeepLayout { layout } => self.keep_layout(principal, layout).await,
            // `Request::need` has sorted them by kind, exhaustively.
            _ => Err(misplaced()),
        }
    }

    async fn page(&self, stream: StreamId, before: u64, limit: u32) -> Result<Reply, Failure> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, model::limits::PAGE);
        let store = &self.inner.shared.parts.store;
        let records = store.read_back(stream, before, limit).await.map_err(storage)?;
        let first = records.first().is_none_or(|record| record.header.seq == 1);
        let events = records.iter().map(crate::commit::logged).collect::<Result<_, _>>()?;
        Ok(Reply::Page { stream, events, first })
    }

    /// GR2: blobs are kept by their content for all sessions; one is read through a session that shows it.
    async fn blob(&self, session: SessionId, hash: model::BlobHash) -> Result<Reply, Failure> {
        let store = &self.inner.shared.parts.store;
        let bytes = store.blob(hash.clone()).await.map_err(storage)?.ok_or_else(Failure::not_found)?;
        if !store.refers(StreamId::Session(session), hash.clone()).await.map_err(storage)? {
            return Err(Failure::not_found());
        }
        if let Some(kind) = model::ImageKind::of(&bytes) {
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            let image = Some(wire::ImageBytes { kind, data });
            return Ok(Reply::Blob { hash, text: String::new(), truncated: false, image });
        }
        let text = String::from_utf8_lossy(&bytes);
        // Escaping can double a text; half a frame is left for it.
        let shown = model::LongText::preview(&text, model::limits::FRAME_BYTES / 2);
        let truncated = shown.len() < text.len();
        Ok(Reply::Blob { hash, text: shown.to_owned(), truncated, image: None })
    }

    async fn signal(&self, principal: Principal, request: Request) -> Result<Reply, Failure> {
        let person = principal.person;
        let (session, signal) = match request {
            Request::Typing { session } => (session, wire::Signal::Typing { person }),
            Request::Look { session } => (session, wire::Signal::Looking { person }),
            _ => return Err(misplaced()),
        };
        self.session(session).await?.feed.signal(signal);
        Ok(Reply::Done)
    }

    async fn order(&self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let desk = &self.inner.shared.desk;
        if let Some(answer) = desk.remembered_answer(&cause).await? {
            return desk.with_secrets(answer).await;
        }
        let (is_new, origin) = (request.makes_a_workspace(), cause.clone());
        let reply = match request {
            Request::DeleteSession { session, .. } => self.delete_session(cause, session).await,
            Request::AddRepository { path, .. } => desk.add_repository(cause, &path).await,
            Request::CloneRepository { .. }
            | Request::RemoveRepository { .. }
            | Request::ImportWorktree { .. }
            | Request::PushWork { .. }
            | Request::AskPull { .. }
            | Request::TrustSetup { .. }
            | Request::ForgetSetup { .. }
            | Request::RunSetup { .. }
            | Request::ForkSession { .. } => self.exchange_order(cause, request).await,
            Request::TrySample { .. } => desk.try_sample(cause).await,
            Request::CreateWorkspace { repository, name, .. } => {
                desk.create_workspace(cause, repository, &name).await
            }
            Request::OpenSession { workspace, choice, title, .. } => {
                desk.open_session(cause, workspace, choice, title).await
            }
            Request::JoinHost { .. } | Request::PairHost { .. } | Request::ForgetHost { .. } => {
                let host = self.clone();
                self.inner.errands.run(&cause, async move { host.errand(request).await }).await
            }
            Request::OpenTerminal { .. } | Request::ResizeTerminal { .. } | Request::CloseTerminal { .. } => {
                self.terminal_order(&cause, request).await
            }
            Request::ApproveChanges { .. }
            | Request::RejectChanges { .. }
            | Request::RevertCommit { .. }
            | Request::RestoreFiles { .. }
            | Request::WriteFile { .. }
            | Request::MergeBase { .. }
            | Request::SettleConflict { .. }
            | Request::ApplyWork { .. }
            | Request::RenameWorkspace { .. }
            | Request::ArchiveWorkspace { .. }
            | Request::ReturnWorkspace { .. }
            | Request::DeleteWorkspace { .. }
            | Request::ForkWorkspace { .. } => self.work_order(cause, request).await,
            Request::OpenLink { .. } => desk.open_link(),
            Request::StopHost { .. } => {
                self.inner.stopping.send_replace(true);
                Ok(Reply::Done)
            }
            other => desk.with_secrets(crate::door_calls::order(desk, cause, other).await?).await,
        }?;
        if let Reply::Session { session, .. } = &reply {
            self.session(*session).await?;
        }
        if is_new {
            self.set_up(&origin, &reply).await;
        }
        Ok(reply)
    }

    /// Its task ends first, so that nothing is written to its stream any more.
    async fn delete_session(&self, cause: Cause, session: SessionId) -> Result<Reply, Failure> {
        let known = self.session(session).await.ok();
        // One that can't be read has no task.
        if let Some(known) = &known {
            known.stop().await;
        }
        let mut sessions = self.inner.sessions.lock().await;
        sessions.remove(&session);
        let line = self.inner.shared.board.lines().remove(&session);
        let spent = line.map(|line| line.spending.spent).unwrap_or_default();
        let deleted = self.inner.shared.desk.delete_session(cause, session, spent).await;
        if deleted.is_ok() {
            self.inner.shared.board.wipe(session);
        }
        // Also when it could not be deleted: another task will serve it.
        if let Some(known) = known {
            known.feed.close();
        }
        deleted
    }

    pub(crate) fn globe(&self) -> &Globe {
        &self.inner.shared.globe
    }
}

fn hash_of(request: &Request) -> chain::Hash {
    chain::digest(&serde_json::to_vec(request).unwrap_or_default())
}

/// The check of the log may last minutes; a start does not wait for it.
async fn listen_to_complaints(desk: Arc<Desk>) {
    let complaints = desk.parts.store.complaints().await;
    desk.warn(Source::Log, complaints).await;
}

/// The muted may look at everything; a room refuses their commands itself, in the order of TU3.
fn room_decides(need: &wire::Need) -> bool {
    match need.kind {
        wire::Kind::Query | wire::Kind::Connection => true,
        wire::Kind::Command(_) => matches!(need.scope, wire::Scope::Session(_)),
        wire::Kind::Signal => false,
    }
}

pub(crate) fn misplaced() -> Failure {
    Failure::new(FailureCode::BadParams, "This request does not belong here.")
}
