use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use host::Host;
use nix::unistd::Uid;
use rmcp::ServiceExt;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::handler::Handler;

/// In the data folder.
pub const SOCKET_FILE: &str = "toolbox.sock";

/// For the token, which is the first line.
const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_TOKEN: u64 = 256;
/// After a caller that could not be accepted.
const BREATH: Duration = Duration::from_millis(100);

#[derive(Debug, thiserror::Error)]
#[error("the socket of the toolbox can't be opened at {}: {source}", .path.display())]
pub struct SocketError {
    path: PathBuf,
    source: io::Error,
}

/// Where agents' programs come in. Whoever does is of this user, was started by this host's agents, and
/// shows a token that lives as long as the agent's process.
pub struct Door {
    listener: UnixListener,
    path: PathBuf,
    /// Whether this process was started by the host, or by something that was.
    is_ours: fn(u32) -> bool,
}

impl Door {
    /// The caller owns the data folder, so a socket that lies there is a dead one's.
    ///
    /// # Errors
    /// When it can't be opened there.
    pub fn bind(folder: &Path, is_ours: fn(u32) -> bool) -> Result<Self, SocketError> {
        let path = folder.join(SOCKET_FILE);
        let failed = |source| SocketError { path: path.clone(), source };
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&path).map_err(failed)?;
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).map_err(failed)?;
        Ok(Self { listener, path, is_ours })
    }

    /// Serves until it is told to stop.
    pub async fn run(self, host: Host, stop: CancellationToken) {
        let open = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    open.spawn(receive(stream, host.clone(), self.is_ours, stop.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "an agent's program could not be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        open.close();
        open.wait().await;
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the toolbox's socket is gone already");
        }
    }
}

async fn receive(stream: UnixStream, host: Host, is_ours: fn(u32) -> bool, stop: CancellationToken) {
    if !comes_from(&stream, is_ours) {
        return tracing::warn!("a program that is no agent's knocked at the toolbox");
    }
    let (from, into) = stream.into_split();
    let mut from = BufReader::new(from);
    let Some(token) = stop.run_until_cancelled(token(&mut from)).await.flatten() else {
        return tracing::debug!("a program showed no token");
    };
    let Some(seat) = host.seat(&token) else {
        return tracing::warn!("a program showed a token that opens nothing");
    };
    match Handler::new(seat).serve_with_ct((from, into), stop).await {
        // Its end, whichever way it came, is the agent's own affair.
        Ok(service) => drop(service.waiting().await),
        Err(error) => tracing::debug!(%error, "an agent did not get on with the toolbox"),
    }
}

fn comes_from(stream: &UnixStream, is_ours: fn(u32) -> bool) -> bool {
    stream.peer_cred().is_ok_and(|caller| {
        let pid = caller.pid().and_then(|pid| u32::try_from(pid).ok());
        caller.uid() == Uid::effective().as_raw() && pid.is_none_or(is_ours)
    })
}

async fn token(from: &mut BufReader<tokio::net::unix::OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    let mut bounded = from.take(LONGEST_TOKEN);
    timeout(PATIENCE, bounded.read_line(&mut line)).await.ok()?.ok()?;
    line.strip_suffix('\n').map(str::to_owned)
}
