//! A real host in its own process, with guests over TLS and the ticking agent.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use cli::Client;
use identity::{InviteLink, private_dir};
use model::{AgentChoice, Delivery, PersonId, Preset, SessionId, ShareId, StreamId, WorkspaceId};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use wire::{Auth, Cursor, Hello, Invited, Notification, Reply, Request};

use crate::guest::{Guest, Kind, Place};
use crate::stage::fresh;

pub struct Venue {
    folder: TempDir,
    host: Child,
    pub session: SessionId,
    pub share: ShareId,
    /// Minted with the share.
    first: Option<Invited>,
}

/// Somebody who follows the session, and what brings them back to where they were.
pub struct Visitor {
    pub socket: Guest,
    pub person: PersonId,
    place: Place,
    credential: String,
    cursor: Cursor,
}

impl Venue {
    pub async fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let repository = folder.path().join("repository");
        make_repository(&repository).await?;
        let data = folder.path().join("data");
        private_dir(&data)?;
        let agent = json!({ "ticker": {
            "name": "Ticker", "program": std::env::current_exe()?, "args": ["ticker"]
        } });
        std::fs::write(data.join("agents.json"), agent.to_string())?;
        let host = start(&data).await?;
        let mut owner = Client::connect(&data).await?;
        let workspace = workspace(&mut owner, &repository).await?;
        let choice = AgentChoice::of("ticker");
        let opened = Request::OpenSession { command: fresh(), workspace, choice, title: None };
        let Reply::Session { session, .. } = owner.call(opened).await? else { bail!("no session was made") };
        let (share, invite) = share(&mut owner, workspace).await?;
        Ok(Self { folder, host, session, share, first: Some(invite) })
    }

    pub fn pid(&self) -> Result<u32> {
        self.host.id().context("the host has ended")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Each a person of their own, who follows the session.
    pub async fn guests(&mut self, many: usize) -> Result<Vec<Guest>> {
        let mut guests = Vec::new();
        for nth in 0..many {
            guests.push(self.visitor(nth).await?.socket);
        }
        Ok(guests)
    }

    pub async fn prompt(&self, text: String) -> Result<()> {
        let mut owner = self.owner().await?;
        let (session, delivery) = (self.session, Delivery::Now);
        owner.call(Request::Prompt { command: fresh(), session, text, delivery, images: vec![] }).await?;
        Ok(())
    }

    /// Ends the host cleanly.
    pub async fn close(mut self) -> Result<()> {
        self.owner().await?.call(Request::StopHost { command: fresh() }).await?;
        self.host.wait().await?;
        Ok(())
    }

    /// A fresh conversation each time, so that no limit on commands is met.
    pub async fn owner(&self) -> Result<Client> {
        Ok(Client::connect(&self.folder.path().join("data")).await?)
    }

    pub async fn visitor(&mut self, nth: usize) -> Result<Visitor> {
        let mut owner = self.owner().await?;
        let invite = match self.first.take() {
            Some(invite) => invite,
            None => match owner.call(further(self.share)).await? {
                Reply::Invited { invite } => invite,
                other => bail!("an invite was asked for: {other:?}"),
            },
        };
        let link: InviteLink = invite.code.parse()?;
        let place = Place { port: link.port, fingerprint: link.fingerprint };
        let mut guest = Guest::connect(place, Kind::Host).await?;
        let name = format!("Guest {nth}");
        let credential = identity::Secret256::generate()?.reveal();
        let auth = Auth::Invite {
            invite: invite.invite,
            secret: link.secret.reveal(),
            credential: credential.clone(),
            name: name.clone(),
        };
        guest.ask(&Request::Hello(Hello { auth, client: "bench".to_owned() })).await?;
        let_in(&mut owner, &name).await?;
        let person = loop {
            if let Notification::Welcome(welcome) = guest.notification().await? {
                break welcome.person;
            }
        };
        guest.ask(&Request::Subscribe { stream: StreamId::Session(self.session), cursor: None }).await?;
        let cursor = loop {
            if let Notification::Snapshot(snapshot) = guest.notification().await? {
                break snapshot.cursor;
            }
        };
        Ok(Visitor { socket: guest, person, place, credential, cursor })
    }

    /// Their device once more, from where they were: what follows is on its way.
    pub async fn back(&self, away: &Visitor) -> Result<Guest> {
        let mut guest = Guest::connect(away.place, Kind::Host).await?;
        let auth = Auth::Device { credential: away.credential.clone() };
        guest.ask(&Request::Hello(Hello { auth, client: "bench".to_owned() })).await?;
        let (stream, cursor) = (StreamId::Session(self.session), Some(away.cursor.clone()));
        guest.ask(&Request::Subscribe { stream, cursor }).await?;
        Ok(guest)
    }
}

async fn start(data: &Path) -> Result<Child> {
    let program = std::env::current_exe()?.with_file_name("conclave");
    ensure!(program.exists(), "{} is not built: run `cargo xtask bench`", program.display());
    let mut host = Command::new(program)
        .arg("--data")
        .arg(data)
        .args(["host", "--listen", "127.0.0.1"])
        .env("CONCLAVE_LOG", "warn")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut said = BufReader::new(host.stdout.take().context("a pipe")?).lines();
    said.next_line().await?.context("the host ended at once")?;
    Ok(host)
}

async fn make_repository(path: &Path) -> Result<()> {
    std::fs::create_dir(path)?;
    std::fs::write(path.join("README"), "For the benchmarks.\n")?;
    let author = ["-c", "user.name=Bench", "-c", "user.email=bench@localhost"];
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", "Begin"]] {
        let status = Command::new("git").current_dir(path).args(author).args(arguments).status().await?;
        ensure!(status.success(), "git {arguments:?} ended with {status}");
    }
    Ok(())
}

async fn workspace(owner: &mut Client, repository: &Path) -> Result<WorkspaceId> {
    let path = repository.display().to_string();
    let Reply::Repository { repository } =
        owner.call(Request::AddRepository { command: fresh(), path }).await?
    else {
        bail!("no repository was added")
    };
    let name = "bench".to_owned();
    match owner.call(Request::CreateWorkspace { command: fresh(), repository, name }).await? {
        Reply::Workspace { workspace } => Ok(workspace),
        other => bail!("a workspace was asked for: {other:?}"),
    }
}

async fn share(owner: &mut Client, workspace: WorkspaceId) -> Result<(ShareId, Invited)> {
    let mint = Request::MintShare {
        command: fresh(),
        terms: wire::ShareWish::of(vec![workspace], Preset::Observer),
    };
    match owner.call(mint).await? {
        Reply::Minted { share, invite, .. } => Ok((share, invite)),
        other => bail!("a share was asked for: {other:?}"),
    }
}

async fn let_in(owner: &mut Client, name: &str) -> Result<()> {
    owner.call(Request::WatchDirectory).await?;
    loop {
        let Notification::Directory(directory) = owner.notification().await? else { continue };
        if let Some(knock) = directory.knocks.iter().find(|knock| knock.name.as_str() == name) {
            owner.call(Request::Admit { command: fresh(), knock: knock.knock }).await?;
            return Ok(());
        }
    }
}

fn further(share: ShareId) -> Request {
    Request::MintInvite { command: fresh(), share, uses: None, lifetime: None, consent: None }
}
