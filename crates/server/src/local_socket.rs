//! The owner's own programs: one JSON frame a line on a socket that only the owner's programs may
//! open (GR8).

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use futures_util::{SinkExt, StreamExt};
use host::{Connection, Outgoing, Via};
use model::limits;
use nix::unistd::Uid;
use ports::frame::Frame;
use tokio::net::unix::UCred;
use tokio::net::{UnixListener, UnixStream};
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wire::{Bye, ByeReason, Failure, FailureCode, Notification};

use crate::ServerError;
use crate::accept::BREATH;
use crate::ancestry::descends;
use crate::site::{HostSlot, running};

/// In the data folder.
pub const SOCKET_FILE: &str = "conclave.sock";

const NOT_YOURS: &str = "Programs that an agent or terminal of this host started do not speak for its owner.";

pub(crate) struct LocalSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl LocalSocket {
    /// The caller owns the data folder, so a socket that lies there is a dead one's.
    pub fn bind(folder: &Path) -> Result<Self, ServerError> {
        let path = folder.join(SOCKET_FILE);
        let failed = |source| ServerError::Socket { path: path.clone(), source };
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&path).map_err(failed)?;
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).map_err(failed)?;
        Ok(Self { listener, path })
    }

    pub async fn run(self, host: HostSlot, open: TaskTracker, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        open.spawn(receive(stream, host.clone()));
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a local caller could not be accepted");
                        tokio::time::sleep(BREATH).await;
                    }
                },
            }
        }
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the socket's file is gone already");
        }
    }
}

async fn receive(stream: UnixStream, mut host: HostSlot) {
    let caller = stream.peer_cred();
    let mut lines = Framed::new(stream, LinesCodec::new_with_max_length(limits::FRAME_BYTES));
    if !caller.is_ok_and(|caller| is_owners(&caller)) {
        let failure = Failure::new(FailureCode::NotPaired, NOT_YOURS);
        // A caller that is gone needs no answer.
        let _ = lines.send(wire::encode_failure(None, &failure)).await;
        return;
    }
    if let Some(host) = running(&mut host).await {
        relay(lines, host.connect(Via::Local)).await;
    }
}

fn is_owners(caller: &UCred) -> bool {
    let pid = caller.pid().and_then(|pid| u32::try_from(pid).ok());
    caller.uid() == Uid::effective().as_raw() && pid.is_some_and(|pid| !descends(pid, std::process::id()))
}

async fn relay(lines: Framed<UnixStream, LinesCodec>, connection: Connection) {
    let (mut sink, mut stream) = lines.split();
    let (inbox, mut outbox) = connection.split();
    let reading = async {
        loop {
            match stream.next().await {
                Some(Ok(line)) => {
                    // When the host has let go, its last words are still to be written.
                    let frame = wire::unarmour(&line).map_or(Frame::Text(line), Frame::Bytes);
                    if inbox.send(frame).await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
                Some(Err(LinesCodecError::MaxLineLengthExceeded)) => return Some(too_large()),
                Some(Err(LinesCodecError::Io(_))) | None => return None,
            }
        }
    };
    let writing = async {
        loop {
            let line = match outbox.recv().await {
                Some(Outgoing::Frame(frame)) => frame.to_string(),
                Some(Outgoing::Bytes(bytes)) => wire::armour(&bytes),
                Some(Outgoing::Close(_)) | None => return,
            };
            if sink.send(line).await.is_err() {
                return;
            }
        }
    };
    let last_word = tokio::select! {
        biased;
        last_word = reading => last_word,
        () = writing => None,
    };
    if let Some(last_word) = last_word {
        // A caller that is gone needs no answer.
        let _ = sink.send(last_word).await;
    }
}

fn too_large() -> String {
    let message = "That line is larger than a frame may be.".to_owned();
    wire::encode_notification(&Notification::Bye(Bye { reason: ByeReason::BadFrame, message }))
}
