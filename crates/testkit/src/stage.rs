//! A host on a folder of its own.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use cli::compose::{self, HostLimits, Options, Running};
use identity::{InviteLink, Secret256};
use model::{AgentChoice, DisplayName, Preset, RepositoryId, SessionId, ShareId, WorkspaceId};
use server::Reach;
use tempfile::TempDir;
use wire::{Auth, Failure, InviteRow, Reply, Request};

use crate::client::Client;
use crate::command;
use crate::dial::{guest_socket, page_socket};

/// A host with TLS on loopback, SQLite, git, and the rehearsal agent.
pub struct TestHost {
    folder: TempDir,
    /// For the next start, instead of those in its `limits.json`.
    pub limits: Option<HostLimits>,
    running: Option<Running>,
}

/// A share's first invite.
pub struct Invitation {
    pub share: ShareId,
    pub link: InviteLink,
}

static REHEARSAL: LazyLock<PathBuf> = LazyLock::new(|| {
    let test = std::env::current_exe().expect("a test is a program");
    let folder = test.ancestors().nth(2).expect("it lies in a target folder").to_owned();
    if !folder.join("conclave-rehearsal").exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "-p", "rehearsal", "--target-dir"])
            .arg(folder.parent().expect("a target folder"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(status.expect("cargo runs").success());
    }
    folder
});

/// Where the rehearsal agent's program is; built if it is not there.
pub fn rehearsal_folder() -> &'static Path {
    &REHEARSAL
}

/// The data folder within a test's folder.
pub fn conclave_data(folder: &Path) -> PathBuf {
    folder.join("data")
}

impl TestHost {
    /// # Errors
    /// As [`compose::start`].
    pub async fn start() -> Result<Self> {
        Self::begun(None).await
    }

    /// # Errors
    /// As [`compose::start`].
    pub async fn with_limits(limits: HostLimits) -> Result<Self> {
        Self::begun(Some(limits)).await
    }

    async fn begun(limits: Option<HostLimits>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("conclave-").tempdir()?;
        let mut host = Self { folder, limits, running: None };
        host.begin().await?;
        Ok(host)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        conclave_data(self.folder.path())
    }

    /// The host is up.
    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("the host runs")
    }

    /// # Errors
    /// As [`compose::start`].
    pub async fn begin(&mut self) -> Result<()> {
        self.running = Some(compose::start(self.options()).await?);
        Ok(())
    }

    pub async fn end(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub fn options(&self) -> Options {
        let home = self.folder.path().join("home");
        let path = std::env::var("PATH").unwrap_or_default();
        Options {
            data: self.data(),
            owner_name: DisplayName::parse("Ada").expect("a name"),
            page_port: None,
            reach: Reach::Only(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
            limits: self.limits,
            nearby: None,
            env: BTreeMap::from([("PATH".to_owned(), path), ("HOME".to_owned(), home.display().to_string())]),
            beside: Some(rehearsal_folder().to_owned()),
            keyring: peer::Keyring::Off,
            toolbox: None,
        }
    }

    /// The owner, by the local socket.
    ///
    /// # Errors
    /// The host does not take them for one.
    pub async fn owner(&self) -> Result<Client> {
        let token = std::fs::read_to_string(self.data().join(cli::folder::OWNER_TOKEN_FILE))?;
        let mut client = Client::over_local_socket(&self.data()).await?;
        client.hello(Auth::Local { token }).await?;
        Ok(client)
    }

    /// A tab of the owner's page that has not said hello.
    ///
    /// # Errors
    /// The page is not served.
    pub async fn tab(&self) -> Result<Client> {
        let page = self.running().doorway().page();
        Ok(Client::over_socket(page_socket(&page, Some(&page)).await?))
    }

    /// A script for the agent `name`, found by the next start of the host.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn script(&self, name: &str, script: &serde_json::Value) -> Result<()> {
        let file = self.folder.path().join(format!("{name}.json"));
        std::fs::write(&file, script.to_string())?;
        let program = rehearsal_folder().join("conclave-rehearsal");
        let state = self.folder.path().join(format!("{name}-state"));
        let args = serde_json::json!(["--script", file, "--state", state, "--pace", "fast"]);
        let modes = serde_json::json!({ "default": "ask", "plan": "ask", "accept-edits": "accept-edits" });
        let entry =
            serde_json::json!({ name: { "name": name, "program": program, "args": args, "modes": modes } });
        std::fs::create_dir_all(self.data())?;
        std::fs::write(self.data().join("agents.json"), entry.to_string())?;
        Ok(())
    }
}

/// What owners do in most tests.
impl Client {
    /// A repository with one commit, made by git, and a workspace of it.
    ///
    /// # Errors
    /// The host's refusal.
    pub async fn workspace(&self, host: &TestHost, name: &str) -> Result<WorkspaceId> {
        let path = host.folder().join("repository");
        if !path.exists() {
            sample_repository(&path)?;
        }
        let path = path.to_str().context("a Unicode path")?.to_owned();
        let reply = self.call(Request::AddRepository { command: command(), path }).await?;
        let Reply::Repository { repository } = reply else { anyhow::bail!("a repository, not {reply:?}") };
        Ok(self.workspace_of(repository, name).await?)
    }

    /// # Errors
    /// The host's refusal.
    pub async fn session(&self, workspace: WorkspaceId, agent: &str) -> Result<SessionId, Failure> {
        let choice = AgentChoice::of(agent);
        let request = Request::OpenSession { command: command(), workspace, choice, title: None };
        match self.call(request).await? {
            Reply::Session { session, .. } => Ok(session),
            other => panic!("a session, not {other:?}"),
        }
    }

    /// # Errors
    /// The host's refusal.
    pub async fn share(&self, workspace: WorkspaceId, preset: Preset) -> Result<Invitation, Failure> {
        let request = Request::MintShare {
            command: command(),
            terms: wire::ShareWish {
                rules: Some(model::RoomRules { consensus: true, ..model::RoomRules::default() }),
                ..wire::ShareWish::of(vec![workspace], preset)
            },
        };
        match self.call(request).await? {
            Reply::Minted { share, invite, .. } => {
                Ok(Invitation { share, link: invite.code.parse().expect("a link that can be read") })
            }
            other => panic!("a share, not {other:?}"),
        }
    }

    /// # Errors
    /// The host's refusal.
    pub async fn invites(&self, share: ShareId) -> Result<Vec<InviteRow>, Failure> {
        match self.call(Request::Invites { share }).await? {
            Reply::Invites { invites } => Ok(invites),
            other => panic!("invites, not {other:?}"),
        }
    }

    /// Lets the first person in who waits at the door.
    ///
    /// # Errors
    /// The host's refusal.
    pub async fn let_somebody_in(&self) -> Result<(), Failure> {
        self.call(Request::WatchDirectory).await?;
        let waiting =
            |replica: &crate::Replica| replica.directory.as_ref().is_some_and(|it| !it.knocks.is_empty());
        let replica = self.wait_for("a knock", waiting).await;
        let knocks = replica.directory.map(|directory| directory.knocks).unwrap_or_default();
        let knock = knocks[0].knock;
        self.call(Request::Admit { command: command(), knock }).await?;
        // Whoever lets the next one in does not see this one.
        let gone = |replica: &crate::Replica| {
            replica.directory.as_ref().is_some_and(|it| it.knocks.iter().all(|known| known.knock != knock))
        };
        self.wait_for("the door without them", gone).await;
        Ok(())
    }

    async fn workspace_of(&self, repository: RepositoryId, name: &str) -> Result<WorkspaceId, Failure> {
        let request = Request::CreateWorkspace { command: command(), repository, name: name.to_owned() };
        match self.call(request).await? {
            Reply::Workspace { workspace } => Ok(workspace),
            other => panic!("a workspace, not {other:?}"),
        }
    }
}

impl Invitation {
    /// A guest with this invite and a fresh credential, which they keep.
    pub fn auth(&self, name: &str) -> Auth {
        Auth::Invite {
            invite: model::InviteId(self.link.invite),
            secret: self.link.secret.reveal(),
            credential: Secret256::generate().expect("random bytes").reveal(),
            name: name.to_owned(),
        }
    }

    /// A guest who has not said hello.
    ///
    /// # Errors
    /// Nobody listens there, or another host does.
    pub async fn dial(&self) -> Result<Client> {
        Ok(Client::over_socket(guest_socket(self.link.port, self.link.fingerprint).await?))
    }
}

fn sample_repository(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path)?;
    std::fs::write(path.join("README.md"), "# A test\n")?;
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@conclave.invalid"];
    let steps: [&[&str]; 3] =
        [&["init", "-q", "-b", "main"], &["add", "-A"], &["commit", "-q", "--no-gpg-sign", "-m", "Begin"]];
    for step in steps {
        let status = Command::new("git").args(identity).args(step).current_dir(path).status()?;
        anyhow::ensure!(status.success(), "git {step:?}");
    }
    Ok(())
}
