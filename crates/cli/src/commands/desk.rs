use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use model::{Directory, SessionId, StreamId};
use peer::machine::Stage;
use peer::{CallError, Home, Keyring, PeerError};
use tokio::sync::watch;
use wire::{Notification, Reply, Request, Snapshot};

use crate::client::{Client, ClientError};
use crate::resolve;

/// A host that is on answers well within this.
const PATIENCE: Duration = Duration::from_secs(20);
/// Program and version, for the owner's list of devices.
pub(super) const PROGRAM: &str = concat!("conclave ", env!("CARGO_PKG_VERSION"));

/// A conversation with the running host, in the owner's name; or with another, in a guest's.
pub(super) enum Desk {
    Here(Box<Client>),
    There { client: Box<peer::Client>, stage: watch::Receiver<Stage> },
}

impl Desk {
    pub async fn at(data: &Path, host: Option<&str>) -> Result<Self> {
        let Some(asked) = host else { return Ok(Self::Here(Box::new(Client::connect(data).await?))) };
        let home = home(data);
        let (_, client) = peer::visit(&home, asked, PROGRAM, PATIENCE).await.map_err(ClientError::from)?;
        let stage = client.stage();
        Ok(Self::There { client: Box::new(client), stage })
    }

    pub async fn call(&mut self, request: Request) -> Result<Reply, ClientError> {
        match self {
            Self::Here(client) => client.call(request).await,
            Self::There { client, stage } => telling(stage, client.call(request)).await,
        }
    }

    pub async fn notification(&mut self) -> Result<Notification, ClientError> {
        match self {
            Self::Here(client) => client.notification().await,
            Self::There { client, stage } => telling(stage, client.notification()).await,
        }
    }

    /// What there is right now.
    pub async fn directory(&mut self) -> Result<Directory, ClientError> {
        self.call(Request::WatchDirectory).await?;
        loop {
            if let Notification::Directory(directory) = self.notification().await? {
                return Ok(directory);
            }
        }
    }

    /// A session by what a person calls it, as it is right now.
    pub async fn room(&mut self, asked: &str) -> Result<(SessionId, Snapshot)> {
        let session = resolve::session(&self.directory().await?, asked)?;
        let stream = StreamId::Session(session);
        self.call(Request::Subscribe { stream, cursor: None }).await?;
        loop {
            if let Notification::Snapshot(snapshot) = self.notification().await? {
                return Ok((session, snapshot));
            }
        }
    }
}

pub(super) fn home(data: &Path) -> Home {
    Home::in_folder(data, Keyring::System)
}

/// PA9: says so when the connection is lost and when it is back.
async fn telling<T>(
    stage: &mut watch::Receiver<Stage>,
    wait: impl Future<Output = Result<T, CallError>>,
) -> Result<T, ClientError> {
    let mut wait = std::pin::pin!(wait);
    let mut lost = false;
    loop {
        tokio::select! {
            biased;
            outcome = &mut wait => return outcome.map_err(|error| match error {
                CallError::Refused(failure) => ClientError::Refused(failure),
                other => PeerError::Call(other).into(),
            }),
            Ok(()) = stage.changed() => match &*stage.borrow_and_update() {
                Stage::Waiting { .. } if !lost => {
                    lost = true;
                    eprintln!("conclave: The connection to the host is lost. Trying again.");
                }
                Stage::Live { .. } if lost => {
                    lost = false;
                    eprintln!("conclave: The host is back.");
                }
                Stage::Idle | Stage::Dialling { .. } | Stage::Greeting { .. } | Stage::Consent { .. }
                | Stage::Live { .. } | Stage::Waiting { .. } | Stage::Over(_) => {}
            },
        }
    }
}
