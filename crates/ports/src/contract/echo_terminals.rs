use std::sync::{Arc, Mutex, MutexGuard};

use model::{TerminalExit, TerminalSize};
use tokio::sync::watch;

use crate::Later;
use crate::terminal::{Output, Terminal, TerminalError, TerminalHead, TerminalStart, Terminals};

/// Terminals without programs: each shows what is typed, says a new size, and ends at `exit <code>`.
#[derive(Default)]
pub struct EchoTerminals;

struct EchoTerminal {
    shown: Mutex<Vec<u8>>,
    head: watch::Sender<TerminalHead>,
}

impl Terminals for EchoTerminals {
    fn open(&self, _start: TerminalStart) -> Later<'_, Result<Arc<dyn Terminal>, TerminalError>> {
        Box::pin(async move {
            let head = watch::Sender::new(TerminalHead::default());
            let terminal: Arc<dyn Terminal> = Arc::new(EchoTerminal { shown: Mutex::default(), head });
            Ok(terminal)
        })
    }
}

impl EchoTerminal {
    fn shown(&self) -> MutexGuard<'_, Vec<u8>> {
        self.shown.lock().expect("nobody panics while showing")
    }

    fn show(&self, bytes: &[u8]) -> Result<(), TerminalError> {
        if self.head.borrow().exit.is_some() {
            return Err(TerminalError::Ended);
        }
        let mut shown = self.shown();
        shown.extend_from_slice(bytes);
        let end = shown.len() as u64;
        let exit = code(&shown).map(|code| TerminalExit { code, signal: None });
        drop(shown);
        self.head.send_replace(TerminalHead { end, exit });
        Ok(())
    }
}

fn code(shown: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(shown);
    let (_, line) = text.strip_suffix('\n')?.rsplit_once("exit ")?;
    line.parse().ok()
}

impl Terminal for EchoTerminal {
    fn head(&self) -> watch::Receiver<TerminalHead> {
        self.head.subscribe()
    }

    fn read(&self, from: u64) -> Output {
        let shown = self.shown();
        match usize::try_from(from) {
            Ok(from) if from < shown.len() => Output::Bytes(shown[from..].into()),
            Ok(from) if from == shown.len() => Output::Nothing,
            Ok(_) | Err(_) => Output::Cut { oldest: 0 },
        }
    }

    fn write(&self, input: &[u8]) -> Result<(), TerminalError> {
        self.show(input)
    }

    fn resize(&self, size: TerminalSize) -> Result<(), TerminalError> {
        self.show(format!("[{}x{}]", size.columns, size.rows).as_bytes())
    }

    fn end(&self) -> Later<'_, ()> {
        Box::pin(async {
            self.head.send_if_modified(|head| {
                let runs = head.exit.is_none();
                if runs {
                    head.exit = Some(TerminalExit { code: 1, signal: Some("Hangup".to_owned()) });
                }
                runs
            });
        })
    }
}
