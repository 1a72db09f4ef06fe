//! A host in this process over a real store, with nobody below its other ports.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use host::{
    CommandRate, Connection, ConnectionLimits, Host, HostConfig, Outgoing, Parts, SystemClock, SystemIds, Via,
};
use identity::HostIdentity;
use model::{AgentChoice, AgentKey, CommandId, DisplayName, HostKey, InviteId, SessionId, WorkspaceId};
use ports::Later;
use ports::agent::{
    AgentBackend, AgentCatalog, AgentError, AgentEvents, AgentProgram, AgentStart, AgentStarted, CatalogEntry,
};
use ports::listener::{Bound, InviteText, ListenError, Listener};
use ports::nearby::Sighting;
use ports::peers::{Known, Peers, PeersError, Pipe};
use ports::vcs::{FileList, Repository, Vcs, VcsError, Worktree};
use store::{OpenOptions, SqliteStore};
use tokio::sync::mpsc;
use uuid::Uuid;
use wire::{Auth, Hello, HostFrame, Notification, Reply, Request, Welcome};

pub struct Stage {
    pub host: Host,
    pub store: Arc<SqliteStore>,
}

/// One client of it.
pub struct Client {
    pipe: Connection,
    asked: u64,
}

impl Stage {
    pub async fn set(folder: &Path) -> Result<Self> {
        let store = Arc::new(SqliteStore::open(folder, &OpenOptions::default())?);
        let nobody = Arc::new(Nobody);
        let parts = Parts {
            store: store.clone(),
            agents: nobody.clone(),
            catalog: nobody.clone(),
            vcs: nobody.clone(),
            listener: nobody.clone(),
            terminals: Arc::new(ports::terminal::NoTerminals),
            nearby: Arc::new(ports::nearby::Alone),
            peers: nobody,
            signer: Arc::new(HostIdentity::load_or_create(folder)?.signer()?),
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
        };
        let config = HostConfig {
            data: folder.to_owned(),
            owner_name: DisplayName::parse("Ada").ok().context("a name")?,
            local_token_hash: String::new(),
            version: "bench".to_owned(),
            // It asks faster than a person does, and measures the answers.
            limits: ConnectionLimits {
                rate: CommandRate { per_second: 1_000_000, burst: 1_000_000 },
                ..ConnectionLimits::default()
            },
        };
        Ok(Self { host: Host::start(parts, config).await?, store })
    }

    pub async fn owner(&self) -> Result<(Client, Welcome)> {
        let mut client = Client { pipe: self.host.connect(Via::Window), asked: 0 };
        match client.hello(Auth::Local { token: String::new() }).await? {
            Reply::Welcome(welcome) => Ok((client, welcome)),
            other => bail!("the owner was met with {other:?}"),
        }
    }

    /// Not yet let in.
    pub async fn knock(&self, invite: &str, name: &str) -> Result<Client> {
        let (invite, secret) = invite.split_once(' ').context("an invite")?;
        let from = std::net::Ipv4Addr::LOCALHOST.into();
        let mut client =
            Client { pipe: self.host.connect(Via::Tls { from, kind: model::DeviceKind::Peer }), asked: 0 };
        let (secret, credential) = (secret.to_owned(), identity::Secret256::generate()?.reveal());
        let auth = Auth::Invite { invite: invite.parse()?, secret, credential, name: name.to_owned() };
        client.hello(auth).await?;
        Ok(client)
    }
}

impl Client {
    pub async fn workspace(&mut self) -> Result<WorkspaceId> {
        let path = "/repository".to_owned();
        let Reply::Repository { repository } =
            self.call(Request::AddRepository { command: fresh(), path }).await?
        else {
            bail!("no repository was made")
        };
        let name = "bench".to_owned();
        match self.call(Request::CreateWorkspace { command: fresh(), repository, name }).await? {
            Reply::Workspace { workspace } => Ok(workspace),
            other => bail!("a workspace was asked for: {other:?}"),
        }
    }

    pub async fn session(&mut self, workspace: WorkspaceId) -> Result<SessionId> {
        let choice = AgentChoice::of("nobody");
        let opened = Request::OpenSession { command: fresh(), workspace, choice, title: None };
        match self.call(opened).await? {
            Reply::Session { session, .. } => Ok(session),
            other => bail!("a session was asked for: {other:?}"),
        }
    }

    pub async fn call(&mut self, request: Request) -> Result<Reply> {
        self.asked += 1;
        self.pipe.send(wire::encode_request(self.asked, &request)).await;
        loop {
            match wire::decode_host(&self.frame().await?)? {
                HostFrame::Reply { id, reply } if id == self.asked => return Ok(*reply),
                HostFrame::Failed { failure, .. } => bail!("{failure}"),
                HostFrame::Reply { .. } | HostFrame::Notification(_) => {}
            }
        }
    }

    /// The next frame's text, unread.
    pub async fn frame(&mut self) -> Result<Arc<str>> {
        match self.pipe.next().await {
            Some(Outgoing::Frame(frame)) => Ok(frame),
            Some(Outgoing::Bytes(_) | Outgoing::Close(_)) | None => bail!("the host let a client go"),
        }
    }

    pub async fn notification(&mut self) -> Result<Notification> {
        loop {
            if let HostFrame::Notification(notification) = wire::decode_host(&self.frame().await?)? {
                return Ok(*notification);
            }
        }
    }

    async fn hello(&mut self, auth: Auth) -> Result<Reply> {
        self.call(Request::Hello(Hello { auth, client: "bench".to_owned() })).await
    }
}

pub fn fresh() -> CommandId {
    CommandId(Uuid::new_v4())
}

/// No agents, no git, no socket.
struct Nobody;

impl AgentBackend for Nobody {
    fn start(&self, _: AgentStart, _: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(async { Err(AgentError::Gone) })
    }

    fn end_leftover(&self, _: String) -> Later<'_, ()> {
        Box::pin(async {})
    }
}

impl AgentCatalog for Nobody {
    fn entries(&self) -> Vec<CatalogEntry> {
        Vec::new()
    }

    fn modes(&self, _: &AgentKey, _: &std::path::Path) -> std::collections::BTreeMap<String, model::Ceiling> {
        std::collections::BTreeMap::new()
    }

    fn find(&self, _: &AgentKey) -> Result<AgentProgram, AgentError> {
        Err(AgentError::Gone)
    }
}

impl Vcs for Nobody {
    fn inspect(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let root = path.to_owned();
        Box::pin(async { Ok(Repository { root, name: "repository".to_owned() }) })
    }

    fn create_worktree(&self, _: &Path, parent: &Path, name: &str) -> Later<'_, Result<Worktree, VcsError>> {
        let (path, branch) = (parent.join(name), format!("conclave/{name}"));
        Box::pin(async { Ok(Worktree { path, branch, base: "0".repeat(40), base_branch: None }) })
    }

    fn undo_worktree(&self, _: &Path, _: Worktree) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn undo_sample(&self, _: &Path) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn list_files(&self, _: &Path) -> Later<'_, Result<FileList, VcsError>> {
        Box::pin(async { Ok(FileList::default()) })
    }

    fn create_sample(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        self.inspect(path)
    }
}

impl Peers for Nobody {
    fn join(&self, _: String, _: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async { Err(PeersError::Unreachable { detail: String::new() }) })
    }

    fn pair(&self, _: Sighting, _: String, _: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async { Err(PeersError::Unreachable { detail: String::new() }) })
    }

    fn known(&self) -> Later<'_, Result<Vec<Known>, PeersError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn forget(&self, _: HostKey) -> Later<'_, Result<(), PeersError>> {
        Box::pin(async { Ok(()) })
    }

    fn pipe(&self, _: HostKey, _: u64, _: String) -> Pipe {
        let ((say, _), (_, heard)) = (mpsc::channel(1), mpsc::channel(1));
        Pipe { say, heard }
    }
}

impl Listener for Nobody {
    fn open(&self, port: Option<u16>) -> Later<'_, Result<Bound, ListenError>> {
        let bound = Bound { port: port.unwrap_or(1), addresses: Vec::new(), fingerprint: String::new() };
        Box::pin(async { Ok(bound) })
    }

    fn close(&self) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn refusals(&self) -> model::Refusals {
        model::Refusals::default()
    }

    fn owner_page(&self) -> Option<String> {
        None
    }

    fn invite(&self, _: &Bound, invite: InviteId, secret: &str) -> InviteText {
        InviteText { code: format!("{invite} {secret}"), link: String::new() }
    }
}
