//! All ways in, and the host's view of them.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use host::Host;
use identity::{HostIdentity, InviteLink, TrustedFile, private_dir, read_private, write_private};
use model::{InviteId, Refusals};
use ports::Later;
use ports::listener::{Bound, InviteText, ListenError, Listener};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ServerError;
use crate::accept::{Certificates, Reception};
use crate::gate::{Gate, GateLimits};
pub use crate::guest_port::Reach;
use crate::guest_port::bind;
use crate::local_socket::LocalSocket;
use crate::origin::Names;
use crate::site::Site;

/// Remembers the owner's page's port: its origin, and so its tabs' credentials, outlive a restart.
const PAGE_PORT_FILE: &str = "page-port";
/// Sockets that do not take their last words by then are dropped.
const FAREWELL: Duration = Duration::from_secs(3);

#[derive(Clone, Debug)]
pub struct DoorwayOptions {
    /// The data folder; the caller owns it.
    pub folder: PathBuf,
    /// For the owner's page, instead of the one it had last.
    pub page_port: Option<u16>,
    pub reach: Reach,
    pub limits: GateLimits,
}

/// The owner's page, the local socket, and the TLS port while shares are live. Made before the host,
/// which is handed it as its [`Listener`]; serves once the host is there.
pub struct Doorway {
    identity: HostIdentity,
    trusted: Arc<TrustedFile>,
    options: DoorwayOptions,
    page: String,
    host: watch::Sender<Option<Host>>,
    guests: Mutex<Option<Guests>>,
    gate: Arc<Gate>,
    page_gate: Arc<Gate>,
    open: TaskTracker,
    stop: CancellationToken,
}

/// Bound, but nobody is served yet.
pub struct Unserved {
    doorway: Arc<Doorway>,
    page: TcpListener,
    local: LocalSocket,
}

struct Guests {
    bound: Bound,
    stop: CancellationToken,
}

impl Doorway {
    /// Binds the owner's page and the local socket.
    ///
    /// # Errors
    /// No port on loopback, no socket in the folder.
    pub async fn bind(identity: HostIdentity, options: DoorwayOptions) -> Result<Unserved, ServerError> {
        private_dir(&options.folder)?;
        let page = bind_page(&options).await?;
        let port = page.local_addr().map_err(ServerError::Page)?.port();
        write_private(&options.folder.join(PAGE_PORT_FILE), port.to_string().as_bytes())?;
        let local = LocalSocket::bind(&options.folder)?;
        let doorway = Self {
            identity,
            trusted: Arc::new(TrustedFile::in_folder(&options.folder)),
            page: format!("{}:{port}", Ipv4Addr::LOCALHOST),
            host: watch::Sender::new(None),
            guests: Mutex::new(None),
            gate: Gate::new(options.limits),
            page_gate: Gate::new(options.limits.on_loopback()),
            open: TaskTracker::new(),
            stop: CancellationToken::new(),
            options,
        };
        Ok(Unserved { doorway: Arc::new(doorway), page, local })
    }

    /// Where the owner's page is: `http://127.0.0.1:<port>`.
    pub fn page(&self) -> String {
        format!("http://{}", self.page)
    }

    /// Says goodbye to everybody and lets the host go. The host has been stopped before.
    pub async fn shut(&self) {
        self.stop.cancel();
        self.host.send_replace(None);
        self.open.close();
        if timeout(FAREWELL, self.open.wait()).await.is_err() {
            tracing::debug!("some sockets did not take their last words");
        }
    }

    async fn open_port(&self, port: Option<u16>) -> Result<Bound, ListenError> {
        let mut guests = self.guests.lock().await;
        if let Some(open) = guests.as_ref() {
            return Ok(open.bound.clone());
        }
        let unavailable = |detail: String| ListenError::Unavailable { detail };
        let addresses = self.options.reach.addresses();
        let tls = self.identity.server_config(&addresses).map_err(|error| unavailable(error.to_string()))?;
        let (port, listeners) =
            bind(&self.options.reach, port).await.map_err(|error| unavailable(error.to_string()))?;
        let stop = self.stop.child_token();
        let site =
            Site { names: Arc::new(Names::Guests), host: self.host.subscribe(), open: self.open.clone() };
        let reception = Reception {
            gate: Arc::clone(&self.gate),
            router: site.router(),
            tls: Some(Certificates { own: Arc::new(tls), trusted: Arc::clone(&self.trusted) }),
            patience: self.options.limits.patience,
            stop: stop.clone(),
        };
        for listener in listeners {
            tokio::spawn(reception.clone().run(listener));
        }
        let bound = Bound { port, addresses, fingerprint: self.identity.fingerprint().grouped() };
        *guests = Some(Guests { bound: bound.clone(), stop });
        Ok(bound)
    }
}

impl Unserved {
    /// As the host is handed it.
    pub fn doorway(&self) -> Arc<Doorway> {
        Arc::clone(&self.doorway)
    }

    /// Takes the owner in; and guests, as soon as the host opens the port.
    pub fn serve(self, host: Host) -> Arc<Doorway> {
        let Self { doorway, page, local } = self;
        doorway.host.send_replace(Some(host));
        let slot = doorway.host.subscribe();
        let names = Names::Loopback { authority: doorway.page.clone() };
        let site = Site { names: Arc::new(names), host: slot.clone(), open: doorway.open.clone() };
        let reception = Reception {
            gate: Arc::clone(&doorway.page_gate),
            router: site.router(),
            tls: None,
            patience: doorway.options.limits.patience,
            stop: doorway.stop.clone(),
        };
        tokio::spawn(reception.run(page));
        tokio::spawn(local.run(slot, doorway.open.clone(), doorway.stop.clone()));
        doorway
    }
}

impl Listener for Doorway {
    fn open(&self, port: Option<u16>) -> Later<'_, Result<Bound, ListenError>> {
        Box::pin(self.open_port(port))
    }

    fn close(&self) -> Later<'_, ()> {
        Box::pin(async {
            // The host closes the WebSockets of those it lets go, with a reason.
            if let Some(guests) = self.guests.lock().await.take() {
                guests.stop.cancel();
            }
        })
    }

    fn refusals(&self) -> Refusals {
        self.gate.refusals()
    }

    fn owner_page(&self) -> Option<String> {
        Some(self.page())
    }

    fn invite(&self, bound: &Bound, invite: InviteId, secret: &str) -> InviteText {
        let link = secret.parse().ok().and_then(|secret| {
            let fingerprint = self.identity.fingerprint();
            InviteLink::new(bound.addresses.clone(), bound.port, fingerprint, invite.0, secret).ok()
        });
        let Some(link) = link else {
            tracing::error!("an invite could not be written down");
            return InviteText { code: String::new(), link: String::new() };
        };
        let browser = match self.trusted_name() {
            Some(name) => link.to_browser_link_at(&name),
            None => link.to_browser_link(),
        };
        InviteText { code: link.to_deep_link(), link: browser }
    }

    fn trusted_name(&self) -> Option<String> {
        let trusted = self.trusted.now()?;
        trusted.config_for(trusted.name(), SystemTime::now()).map(|_| trusted.name().to_owned())
    }
}

async fn bind_page(options: &DoorwayOptions) -> Result<TcpListener, ServerError> {
    let wanted = match options.page_port {
        Some(port) => port,
        None => last_page_port(&options.folder)?.unwrap_or(0),
    };
    let at = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match at(wanted).await {
        Err(error) if wanted != 0 => {
            tracing::warn!(port = wanted, %error, "the owner's page moves to another port");
            at(0).await.map_err(ServerError::Page)
        }
        bound => bound.map_err(ServerError::Page),
    }
}

fn last_page_port(folder: &Path) -> Result<Option<u16>, ServerError> {
    let bytes = read_private(&folder.join(PAGE_PORT_FILE))?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse().ok()))
}
