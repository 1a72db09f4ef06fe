use identity::InviteLink;
use model::{DisplayName, HostKey};
use peer::{Guise, Home, Joining, Kept, KnownHost, Line, PeerError, Progress, Say, Seen, Sound, Standing};
use ports::Later;
use ports::frame::Frame;
use ports::nearby::Sighting;
use ports::peers::{Heard, Known, Peers, PeersError, Pipe};
use tokio::sync::mpsc;

/// One frame each way: a slow window slows the host it looks at.
const WAITING: usize = 1;
const PROGRAM: &str = concat!("conclave ", env!("CARGO_PKG_VERSION"));

/// Other hosts, by the peer crate.
pub(super) struct Elsewhere(pub Home);

impl Peers for Elsewhere {
    fn join(&self, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async move { join(&self.0, &code, name).await.map_err(told) })
    }

    fn pair(&self, seen: Sighting, code: String, name: DisplayName) -> Later<'_, Result<Known, PeersError>> {
        Box::pin(async move { pair(&self.0, seen, &code, name).await })
    }

    fn known(&self) -> Later<'_, Result<Vec<Known>, PeersError>> {
        Box::pin(async move {
            let hosts = self.0.apart(|home| home.book.all()).await.map_err(told)?;
            Ok(hosts.into_iter().map(known).collect())
        })
    }

    fn forget(&self, host: HostKey) -> Later<'_, Result<(), PeersError>> {
        Box::pin(async move { self.0.apart(move |home| home.forget(&host)).await.map(|_| ()).map_err(told) })
    }

    fn pipe(&self, host: HostKey, id: u64, client: String) -> Pipe {
        pass_on(peer::pipe(self.0.clone(), host, id, client))
    }
}

async fn join(home: &Home, code: &str, name: DisplayName) -> Result<Known, PeerError> {
    let invite: InviteLink = code.parse()?;
    let mut joining = Joining::begin(home, invite, Guise { name, label: None }, PROGRAM).await?;
    match joining.next().await? {
        // The window's pipe waits for the answer.
        Progress::AskedForConsent => Ok(known(joining.host().clone())),
        Progress::In(host) => Ok(known(*host)),
        Progress::Retrying => Err(joining.leave().await),
    }
}

async fn pair(home: &Home, seen: Sighting, code: &str, name: DisplayName) -> Result<Known, PeersError> {
    let code = code
        .parse()
        .map_err(|error: pairing::CodeMalformed| PeersError::CodeWrong { detail: error.to_string() })?;
    let seen = Seen {
        name: seen.name.to_string(),
        addresses: seen.addresses.iter().map(ToString::to_string).collect(),
        port: seen.port,
        hint: seen.hint,
    };
    let guise = Guise { name, label: None };
    peer::pair(home, &seen, &code, guise, PROGRAM).await.map(known).map_err(told)
}

/// Each way on its own: a window that does not read must not keep its own frames from going out.
fn pass_on(line: Line) -> Pipe {
    let Line { say: to_host, mut sounds } = line;
    let (say, mut said) = mpsc::channel::<Frame>(WAITING);
    let (hear, heard) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        while let Some(frame) = said.recv().await {
            let said = match frame {
                Frame::Text(text) => Say::Frame(text),
                Frame::Bytes(bytes) => Say::Bytes(bytes),
            };
            if to_host.send(said).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        while let Some(sound) = sounds.recv().await {
            let told = match sound {
                Sound::Frame(text) => hear.send(Heard::Frame(Frame::Text(text))).await,
                Sound::Bytes(bytes) => hear.send(Heard::Frame(Frame::Bytes(bytes))).await,
                Sound::Beat => Ok(()),
                Sound::Closed(code) => hear.send(Heard::Closed(code)).await,
            };
            if told.is_err() {
                return;
            }
        }
    });
    Pipe { say, heard }
}

fn known(host: KnownHost) -> Known {
    Known {
        waiting: host.standing == Standing::Waiting,
        in_keyring: host.kept == Kept::Keyring,
        address: host.addresses.first().cloned().unwrap_or_default(),
        key: host.key,
        label: host.label,
        name: host.name,
        added_at: host.added_at,
        welcomed_at: host.welcomed_at,
    }
}

fn told(error: PeerError) -> PeersError {
    let detail = error.to_string();
    match error {
        PeerError::Unreachable { .. } | PeerError::Call(_) | PeerError::Ended => {
            PeersError::Unreachable { detail }
        }
        PeerError::KeyChanged | PeerError::OtherKey { .. } => PeersError::KeyChanged { detail },
        PeerError::GivenUp(ref given_up) if given_up.reason == peer::machine::Reason::KeyChanged => {
            PeersError::KeyChanged { detail }
        }
        PeerError::Unknown { .. } | PeerError::Unclear { .. } => PeersError::Unknown { detail },
        PeerError::CodeWrong => PeersError::CodeWrong { detail },
        PeerError::GivenUp(_)
        | PeerError::NotTheOneSeen { .. }
        | PeerError::TurnedAway
        | PeerError::Invite(_)
        | PeerError::LabelTaken { .. }
        | PeerError::NoCredential { .. } => PeersError::Refused { detail },
        PeerError::Full { .. }
        | PeerError::BookUnreadable { .. }
        | PeerError::BookNewer { .. }
        | PeerError::Lock(_)
        | PeerError::Keyring(_)
        | PeerError::Identity(_) => PeersError::Storage { detail },
    }
}
