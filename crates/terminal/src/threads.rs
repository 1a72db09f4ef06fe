//! A PTY is read and written by blocking calls: two threads for each, which end with it.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use model::limits;
use ports::terminal::{TerminalError, TerminalHead};
use tokio::sync::{oneshot, watch};

use crate::ring::Ring;

const READ: usize = 64 * 1024;

/// Fills the ring for as long as somebody holds the other side open; then the receiver is told.
pub fn read(
    mut output: Box<dyn Read + Send>,
    ring: Arc<Mutex<Ring>>,
    head: watch::Sender<TerminalHead>,
) -> std::io::Result<oneshot::Receiver<()>> {
    let (done, over) = oneshot::channel();
    thread::Builder::new().name("terminal output".to_owned()).spawn(move || {
        let mut buffer = vec![0; READ];
        loop {
            match output.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    let mut ring = ring.lock().expect("nobody panics in the ring");
                    ring.push(&buffer[..count]);
                    let end = ring.end();
                    drop(ring);
                    head.send_modify(|head| head.end = end);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    tracing::debug!(%error, "a terminal could not be read on");
                    break;
                }
            }
        }
        // Whoever waited for it has given up.
        let _ = done.send(());
    })?;
    Ok(over)
}

/// What was typed and not read yet, in order.
#[derive(Debug)]
pub struct Keys {
    queue: mpsc::Sender<Box<[u8]>>,
    pending: Arc<AtomicUsize>,
}

impl Keys {
    pub fn start(mut input: Box<dyn Write + Send>) -> std::io::Result<Self> {
        let (queue, typed) = mpsc::channel::<Box<[u8]>>();
        let pending = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&pending);
        thread::Builder::new().name("terminal input".to_owned()).spawn(move || {
            for keys in typed {
                if let Err(error) = input.write_all(&keys) {
                    tracing::debug!(%error, "a terminal takes no more input");
                    break;
                }
                left.fetch_sub(keys.len(), Ordering::Relaxed);
            }
        })?;
        Ok(Self { queue, pending })
    }

    pub fn send(&self, keys: &[u8]) -> Result<(), TerminalError> {
        let before = self.pending.fetch_add(keys.len(), Ordering::Relaxed);
        if before + keys.len() > limits::TERMINAL_PENDING_INPUT {
            self.pending.fetch_sub(keys.len(), Ordering::Relaxed);
            return Err(TerminalError::InputFull);
        }
        self.queue.send(keys.into()).map_err(|_| TerminalError::Ended)
    }
}
