use std::sync::Arc;

use identity::InviteLink;
use model::HostKey;
use wire::{Hello, HostFrame, Notification, Reply, Welcome};

use crate::PeerError;
use crate::book::KnownHost;
use crate::home::{Guise, Home};
use crate::link::{Arrival, Link, World};
use crate::machine::Stage;

/// A visit that has begun: the host has an entry, and is dialled until its owner has answered.
pub struct Joining {
    home: Home,
    host: KnownHost,
    link: Link,
    was_known: bool,
}

/// How far a visit has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Its owner has been asked; come again with `next`.
    AskedForConsent,
    /// The connection is lost, and tried again.
    Retrying,
    In(Box<KnownHost>),
}

impl Joining {
    /// Saves the host and begins to dial it (PA2: the pin is the invite's).
    ///
    /// # Errors
    /// The label is another host's.
    pub async fn begin(
        home: &Home,
        invite: InviteLink,
        guise: Guise,
        client: &str,
    ) -> Result<Self, PeerError> {
        let world = World::of_this_machine();
        let now = (world.clock)();
        let key = HostKey(invite.fingerprint.to_string());
        let was_known = home.apart(move |home| Ok(home.book.all()?.iter().any(|it| it.key == key))).await?;
        let host = home.apart(move |home| home.begin(&invite, &guise, now)).await?;
        let known = host.clone();
        let auth = home.apart(move |home| home.auth(&known)).await?;
        let hello = Hello { auth, client: client.to_owned() };
        let link = Link::open(Arc::new(host.target()?), hello, world);
        Ok(Self { home: home.clone(), host, link, was_known })
    }

    pub fn host(&self) -> &KnownHost {
        &self.host
    }

    /// Waits for the next thing to tell. After an error of the host's, a host that was not known before
    /// is forgotten again.
    ///
    /// # Errors
    /// The host refused, or has another key.
    pub async fn next(&mut self) -> Result<Progress, PeerError> {
        let mut stage = self.link.stage();
        stage.mark_unchanged();
        loop {
            tokio::select! {
                biased;
                arrival = self.link.next() => match arrival {
                    Some(Arrival::Frame(frame)) => {
                        if let Some(welcome) = welcome_in(&frame) {
                            return self.welcomed(welcome).await;
                        }
                    }
                    Some(Arrival::Live { .. }) => {}
                    None => return Err(self.refused().await),
                },
                Ok(()) = stage.changed() => match *stage.borrow_and_update() {
                    Stage::Consent { .. } => return Ok(Progress::AskedForConsent),
                    Stage::Waiting { .. } => return Ok(Progress::Retrying),
                    Stage::Idle | Stage::Dialling { .. } | Stage::Greeting { .. } | Stage::Live { .. } | Stage::Over(_) => {}
                },
            }
        }
    }

    /// Goes away without having been in; a host that was not known before is forgotten again.
    pub async fn leave(self) -> PeerError {
        self.unsave().await;
        PeerError::Unreachable {
            tried: format!("{} at port {}", self.host.addresses.join(", "), self.host.port),
        }
    }

    async fn welcomed(&mut self, welcome: Welcome) -> Result<Progress, PeerError> {
        let (key, now) = (self.host.key.clone(), (World::of_this_machine().clock)());
        let done = self.home.apart(move |home| home.welcomed(&key, &welcome, now)).await;
        match done {
            Ok(host) => {
                self.host = host.clone();
                Ok(Progress::In(Box::new(host)))
            }
            Err(error) => {
                self.unsave().await;
                Err(error)
            }
        }
    }

    async fn refused(&mut self) -> PeerError {
        self.unsave().await;
        match &*self.link.stage().borrow() {
            Stage::Over(given_up) => PeerError::GivenUp(given_up.clone()),
            Stage::Idle
            | Stage::Dialling { .. }
            | Stage::Greeting { .. }
            | Stage::Consent { .. }
            | Stage::Live { .. }
            | Stage::Waiting { .. } => PeerError::Ended,
        }
    }

    async fn unsave(&self) {
        if self.was_known {
            return;
        }
        let key = self.host.key.clone();
        if let Err(error) = self.home.apart(move |home| home.forget(&key)).await {
            tracing::debug!(%error, "a host that refused stays in the book");
        }
    }
}

/// The welcome in a frame, as answer to hello or after consent.
pub(crate) fn welcome_in(frame: &str) -> Option<Welcome> {
    match wire::decode_host(frame).ok()? {
        HostFrame::Reply { reply, .. } => match *reply {
            Reply::Welcome(welcome) => Some(welcome),
            _ => None,
        },
        HostFrame::Notification(notification) => match *notification {
            Notification::Welcome(welcome) => Some(welcome),
            _ => None,
        },
        HostFrame::Failed { .. } => None,
    }
}
