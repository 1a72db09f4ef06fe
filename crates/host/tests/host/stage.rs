//! Sets the stage: a host, its owner, a workspace, a session, guests.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use host::{ConnectionLimits, Host, HostConfig, Parts, SystemIds, Via};
use model::*;
use ports::agent::{AgentEvent, ItemKey};
use uuid::Uuid;
use wire::*;

use crate::cast::{Agents, Asked, Catalog, Git, Key, Player, Port, TestClock};
use crate::client::{Client, command};
use crate::elsewhere::Neighbours;
use crate::shaky_store::ShakyStore;

pub struct Stage {
    pub host: Host,
    pub store: Arc<ShakyStore>,
    pub agents: Arc<Agents>,
    pub port: Arc<Port>,
    pub git: Arc<Git>,
    pub neighbours: Arc<Neighbours>,
    pub owner: Client,
    pub workspace: WorkspaceId,
    pub session: SessionId,
}

/// Whether plans pass by vote.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Consensus {
    Yes,
    No,
}

impl Stage {
    /// A session in which the owner is present.
    pub async fn set() -> Self {
        let store = Arc::new(ShakyStore::new(EpochId(Uuid::from_u128(1))));
        let (agents, port) = (Arc::new(Agents::new()), Arc::new(Port::default()));
        let git = Arc::new(Git::default());
        let neighbours = Arc::new(Neighbours::default());
        let host = start(&store, &agents, &around(&port, &git, &neighbours)).await;
        let mut owner = Client::owner(&host).await;
        let path = "/repositories/ledger".to_owned();
        let Ok(Reply::Repository { repository }) =
            owner.call(Request::AddRepository { command: command(), path }).await
        else {
            panic!("a repository")
        };
        let name = "auth".to_owned();
        let made = Request::CreateWorkspace { command: command(), repository, name };
        let Ok(Reply::Workspace { workspace }) = owner.call(made).await else { panic!("a workspace") };
        let choice = AgentChoice::of("puppet");
        let opened = Request::OpenSession { command: command(), workspace, choice, title: None };
        let Ok(Reply::Session { session, .. }) = owner.call(opened).await else { panic!("a session") };
        owner.follow(session).await;
        Self { host, store, agents, port, git, neighbours, owner, workspace, session }
    }

    /// The host is gone without a word and another one starts on the same log.
    pub async fn restart(&mut self) {
        let around = around(&self.port, &self.git, &self.neighbours);
        self.host = start(&self.store, &self.agents, &around).await;
        self.owner = Client::owner(&self.host).await;
    }

    /// Another connection of the owner's.
    pub async fn owner_pipe(&self) -> Client {
        Client::owner(&self.host).await
    }

    pub async fn share(&mut self, preset: Preset, consensus: Consensus) -> (ShareId, String) {
        let minted = Request::MintShare { command: command(), terms: self.wish(preset, consensus) };
        match self.owner.call(minted).await {
            Ok(Reply::Minted { share, invite, .. }) => (share, invite.code),
            other => panic!("a share, not {other:?}"),
        }
    }

    pub fn now(&self) -> Timestamp {
        ports::clock::Clock::now(&TestClock)
    }

    pub fn wish(&self, preset: Preset, consensus: Consensus) -> ShareWish {
        let rules = RoomRules { consensus: consensus == Consensus::Yes, ..RoomRules::default() };
        ShareWish { rules: Some(rules), ..ShareWish::of(vec![self.workspace], preset) }
    }

    /// A guest who knocks, is let in, and follows the session.
    pub async fn guest(&mut self, name: &str, preset: Preset, consensus: Consensus) -> Client {
        let (_, code) = self.share(preset, consensus).await;
        let mut guest = self.knock(name, &code, name).await.unwrap();
        self.owner.call(Request::WatchDirectory).await.unwrap();
        self.let_in(name).await;
        guest.until("the welcome", |guest| guest.welcome.is_some()).await;
        guest.follow(self.session).await;
        guest
    }

    pub async fn knock(&self, name: &str, code: &str, credential: &str) -> Result<Client, Failure> {
        self.knock_by(tls(), name, (code, credential)).await
    }

    pub async fn knock_by(
        &self,
        via: Via,
        name: &str,
        (code, credential): (&str, &str),
    ) -> Result<Client, Failure> {
        let (invite, secret) = code.split_once(' ').unwrap();
        let mut guest = Client::new(&self.host, via);
        let auth = Auth::Invite {
            invite: invite.parse().unwrap(),
            secret: secret.into(),
            credential: credential_of(credential),
            name: name.into(),
        };
        guest.hello(auth).await.map(|_| guest)
    }

    pub async fn let_in(&mut self, name: &str) {
        let waiting = |owner: &Client| {
            let directory = owner.directory.as_ref()?;
            directory.knocks.iter().find(|knock| knock.name.as_str() == name).map(|knock| knock.knock)
        };
        self.owner.until("a knock", |owner| waiting(owner).is_some()).await;
        let knock = waiting(&self.owner).unwrap();
        self.owner.call(Request::Admit { command: command(), knock }).await.unwrap();
    }

    pub async fn player(&self) -> Player {
        self.agents.players.lock().await.recv().await.unwrap()
    }

    pub fn prompt(&self, text: &str, delivery: Delivery) -> Request {
        Request::Prompt {
            command: command(),
            session: self.session,
            text: text.into(),
            delivery,
            images: vec![],
        }
    }

    /// The owner prompts and the agent has the prompt in hand.
    pub async fn running(&mut self) -> (Player, TurnId) {
        let prompt = self.prompt("go", Delivery::Now);
        self.owner.call(prompt).await.unwrap();
        let mut player = self.player().await;
        let turn = player.prompted().await;
        (player, turn)
    }
}

impl Player {
    pub async fn prompted(&mut self) -> TurnId {
        match self.asked.recv().await {
            Some(Asked::Prompt(turn, _)) => turn,
            other => panic!("a prompt, not {other:?}"),
        }
    }

    pub async fn say(&self, item: &str, text: &str) {
        let event = AgentEvent::Text { item: ItemKey(item.into()), thought: false, text: text.into() };
        self.events.send(event).await.unwrap();
    }

    pub async fn does(&self, event: AgentEvent) {
        self.events.send(event).await.unwrap();
    }

    pub async fn ends(&self, turn: TurnId) {
        self.does(AgentEvent::TurnOver { turn, reason: StopReason::EndTurn }).await;
    }
}

/// A client's own 256 bits.
pub fn credential_of(who: &str) -> String {
    URL_SAFE_NO_PAD.encode(ports::chain::digest(who.as_bytes()))
}

pub fn tls() -> Via {
    Via::Tls { from: "127.0.0.1".parse().unwrap(), kind: DeviceKind::Peer }
}

/// What a host works with beside its log and its agents.
struct Around {
    port: Arc<Port>,
    git: Arc<Git>,
    neighbours: Arc<Neighbours>,
}

fn around(port: &Arc<Port>, git: &Arc<Git>, neighbours: &Arc<Neighbours>) -> Around {
    Around { port: port.clone(), git: git.clone(), neighbours: neighbours.clone() }
}

async fn start(store: &Arc<ShakyStore>, agents: &Arc<Agents>, around: &Around) -> Host {
    let parts = Parts {
        store: store.clone(),
        agents: agents.clone(),
        catalog: Arc::new(Catalog::default()),
        vcs: around.git.clone(),
        terminals: Arc::new(ports::contract::EchoTerminals),
        listener: around.port.clone(),
        nearby: around.neighbours.clone(),
        peers: around.neighbours.clone(),
        signer: Arc::new(Key),
        clock: Arc::new(TestClock),
        ids: Arc::new(SystemIds),
    };
    let config = HostConfig {
        data: "/nowhere".into(),
        owner_name: DisplayName::parse("Ada").unwrap(),
        local_token_hash: String::new(),
        version: "test".into(),
        limits: ConnectionLimits::default(),
    };
    Host::start(parts, config).await.unwrap()
}
