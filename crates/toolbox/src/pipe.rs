use std::path::PathBuf;

use tokio::io::{AsyncWriteExt, copy, stdin, stdout};
use tokio::net::UnixStream;

/// The variables in which the program is told where the host is, and whose token it shows. Not its
/// arguments: those everybody on the machine can read.
pub const SOCKET: &str = "CONCLAVE_TOOLBOX_SOCKET";
pub const TOKEN: &str = "CONCLAVE_TOOLBOX_TOKEN";

#[derive(Debug, thiserror::Error)]
pub enum PipeError {
    #[error("this program is started by an agent that Conclave runs, which sets {0}")]
    Unset(&'static str),
    #[error("the host can't be reached at {}: {source}", .path.display())]
    Unreachable { path: PathBuf, source: std::io::Error },
    #[error("the host has hung up: {0}")]
    Broken(#[from] std::io::Error),
}

/// Passes on what the agent says on stdin and what the host answers, until one of them closes.
///
/// # Errors
/// When the host is not there.
pub async fn pipe() -> Result<(), PipeError> {
    let told = |name| std::env::var(name).map_err(|_| PipeError::Unset(name));
    let (path, token) = (PathBuf::from(told(SOCKET)?), told(TOKEN)?);
    let stream = UnixStream::connect(&path).await;
    let (mut from, mut into) = stream.map_err(|source| PipeError::Unreachable { path, source })?.into_split();
    into.write_all(format!("{token}\n").as_bytes()).await?;
    let (mut agent_says, mut agent_hears) = (stdin(), stdout());
    let saying = async {
        copy(&mut agent_says, &mut into).await?;
        into.shutdown().await
    };
    let hearing = async {
        copy(&mut from, &mut agent_hears).await?;
        agent_hears.flush().await
    };
    // An agent that has closed its end waits for no more answers.
    tokio::select! {
        said = saying => Ok(said?),
        heard = hearing => Ok(heard?),
    }
}
