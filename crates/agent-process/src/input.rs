use tokio::io::AsyncWriteExt;
use tokio::process::ChildStdin;
use tokio::sync::{mpsc, watch};
use tracing::debug;

use crate::ProcessError;

/// Lines waiting for a program that does not read; then the sender waits.
const QUEUED_LINES: usize = 64;

/// A program's stdin. Clones write into the same queue, in order.
#[derive(Debug, Clone)]
pub struct Input {
    queue: mpsc::Sender<Vec<u8>>,
}

impl Input {
    /// Ends when `closing` changes or its sender is gone, and closes the pipe.
    pub(crate) fn start(stdin: ChildStdin, mut closing: watch::Receiver<()>) -> Self {
        let (queue, lines) = mpsc::channel(QUEUED_LINES);
        tokio::spawn(async move {
            tokio::select! {
                _ = closing.changed() => {}
                () = pump(lines, stdin) => {}
            }
        });
        Self { queue }
    }

    /// Queues one line; the newline is added here. Waits while the program is
    /// behind. `Ok` means queued, not read.
    ///
    /// # Errors
    /// [`ProcessError::Closed`] when the program has closed its stdin or ended.
    pub async fn send_line(&self, line: &[u8]) -> Result<(), ProcessError> {
        let mut bytes = Vec::with_capacity(line.len() + 1);
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
        self.queue.send(bytes).await.map_err(|_| ProcessError::Closed)
    }
}

async fn pump(mut lines: mpsc::Receiver<Vec<u8>>, mut stdin: ChildStdin) {
    while let Some(line) = lines.recv().await {
        if let Err(error) = stdin.write_all(&line).await {
            debug!(%error, "the program takes no more input");
            return;
        }
    }
}
