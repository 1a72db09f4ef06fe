//! The toolbox of this host: its socket, and how agents are told of it (BA13).

use std::collections::BTreeMap;
use std::path::Path;

use ::toolbox::{Door, NAME, SOCKET, SOCKET_FILE, SocketError, TOKEN};
use host::Host;
use ports::agent::{ServerReach, ToolServer};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The order of the command line that passes an agent's words on.
pub const ORDER: &str = "toolbox";

/// Its socket is there, and nobody answers yet.
pub(super) struct Unhosted(Door);

pub(super) struct Toolbox {
    stop: CancellationToken,
    served: JoinHandle<()>,
}

/// As agents are told it.
pub(super) fn told(program: &Path, data: &Path) -> ports::agent::Toolbox {
    let env = BTreeMap::from([(SOCKET.to_owned(), data.join(SOCKET_FILE).to_string_lossy().into_owned())]);
    let program = program.to_string_lossy().into_owned();
    let reach = ServerReach::Program { program, args: vec![ORDER.to_owned()], env };
    ports::agent::Toolbox { server: ToolServer { name: NAME.to_owned(), reach }, token_in: TOKEN }
}

impl Unhosted {
    pub fn bind(data: &Path) -> Result<Self, SocketError> {
        Ok(Self(Door::bind(data, |pid| server::descends(pid, std::process::id()))?))
    }

    pub fn serve(self, host: Host) -> Toolbox {
        let stop = CancellationToken::new();
        Toolbox { served: tokio::spawn(self.0.run(host, stop.clone())), stop }
    }
}

impl Toolbox {
    pub async fn shut(mut self) {
        self.stop.cancel();
        if let Err(error) = (&mut self.served).await {
            tracing::warn!(%error, "the toolbox ended badly");
        }
    }
}

/// What serves it holds the host, and the host its data folder.
impl Drop for Toolbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
