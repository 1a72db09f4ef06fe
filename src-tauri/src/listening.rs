//! The program as a client of the host it runs: it says hello and hears frames like everybody else.

use std::time::Duration;

use host::{Host, Outbox, Outgoing, Via};
use model::Directory;
use ports::frame::Frame;
use tokio::sync::mpsc;
use tokio::time::timeout;
use wire::{Auth, Hello, HostFrame, Notification, Reply, Request};

use crate::standing::Standing;

/// A host in the same process answers at once; one that does not must not keep the window open.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells of every directory until the host is gone.
pub async fn directories(host: Host, mut told: impl FnMut(&Directory)) {
    let mut talk = Talk::begin(&host).await;
    talk.ask(Request::WatchDirectory).await;
    while let Some(frame) = talk.frame().await {
        if let HostFrame::Notification(notification) = frame
            && let Notification::Directory(directory) = *notification
        {
            told(&directory);
        }
    }
}

/// How things stand now, guests and shells counted.
pub async fn standing(host: &Host) -> Option<Standing> {
    timeout(PATIENCE, look(host)).await.ok().flatten()
}

async fn look(host: &Host) -> Option<Standing> {
    let mut talk = Talk::begin(host).await;
    talk.ask(Request::WatchDirectory).await;
    talk.ask(Request::People).await;
    let (mut standing, mut guests, mut shells) = (None, None, Shells::default());
    while let Some(frame) = talk.frame().await {
        match frame {
            HostFrame::Notification(notification) => {
                if let Notification::Directory(directory) = *notification {
                    if standing.is_none() {
                        for workspace in directory.workspaces.iter().map(|row| row.workspace) {
                            talk.ask(Request::Terminals { workspace }).await;
                        }
                        shells.unheard = directory.workspaces.len();
                    }
                    standing = Some(Standing::of(&directory));
                }
            }
            HostFrame::Reply { reply, .. } => match *reply {
                Reply::People { people } => {
                    guests = Some(people.iter().filter(|person| person.here).count());
                }
                Reply::Terminals { terminals, .. } => {
                    shells.unheard = shells.unheard.saturating_sub(1);
                    shells.run += terminals.iter().filter(|row| row.exit.is_none()).count();
                }
                _ => {}
            },
            HostFrame::Failed { .. } => return None,
        }
        if let (Some(standing), Some(guests), 0) = (standing, guests, shells.unheard) {
            return Some(Standing { guests, terminals: shells.run, ..standing });
        }
    }
    None
}

#[derive(Default)]
struct Shells {
    run: usize,
    /// Workspaces that have not answered.
    unheard: usize,
}

struct Talk {
    to_host: mpsc::Sender<Frame>,
    from_host: Outbox,
    asked: u64,
}

impl Talk {
    async fn begin(host: &Host) -> Self {
        let (to_host, from_host) = host.connect(Via::Window).split();
        let mut talk = Self { to_host, from_host, asked: 0 };
        let client = concat!("Conclave ", env!("CARGO_PKG_VERSION")).to_owned();
        talk.ask(Request::Hello(Hello { auth: Auth::Local { token: String::new() }, client })).await;
        talk
    }

    /// A connection that is over says so by having no further frame.
    async fn ask(&mut self, request: Request) {
        self.asked += 1;
        self.to_host.send(wire::encode_request(self.asked, &request).into()).await.ok();
    }

    async fn frame(&mut self) -> Option<HostFrame> {
        match self.from_host.recv().await? {
            Outgoing::Frame(frame) => wire::decode_host(&frame).ok(),
            // It is attached to no terminal.
            Outgoing::Bytes(_) | Outgoing::Close(_) => None,
        }
    }
}
