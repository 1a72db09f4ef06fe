//! Frames between the window and the host. No command here decides anything.

use std::io::{self, Write};
use std::sync::Mutex;

use host::{Host, Outgoing, Via};
use tauri::async_runtime::{block_on, spawn};
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{State, Webview};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use wire::{Bye, ByeReason, Notification};

/// The window's connection to the host in the same process.
pub struct Bridge {
    house: House,
    /// Frames of the page that is loaded now.
    inbox: Mutex<Option<Inbox>>,
}

/// Frames that may wait for the host; a page that sends more is let go, and dials again.
const WAITING: usize = 256;

struct Inbox {
    frames: mpsc::Sender<String>,
    out: Channel<String>,
}

enum House {
    Open(Host),
    /// Why there is no host.
    Shut(String),
}

impl Bridge {
    pub fn to(host: Host) -> Self {
        Self { house: House::Open(host), inbox: Mutex::default() }
    }

    /// A window without a host: it shows why.
    pub fn broken(error: &anyhow::Error) -> Self {
        Self { house: House::Shut(format!("{error:#}")), inbox: Mutex::default() }
    }

    /// A page was loaded and this is its connection; one before it is gone.
    fn open(&self, out: Channel<String>) {
        let Ok(mut inbox) = self.inbox.lock() else { return };
        *inbox = None;
        match &self.house {
            House::Open(host) => *inbox = Some(connect(host, out)),
            House::Shut(message) => farewell(&out, ByeReason::Refused, message),
        }
        // The window's smoke test waits for this line; a closed stdout means nobody waits.
        writeln!(io::stdout(), "window ready").ok();
    }

    fn send(&self, frame: String) {
        let Ok(mut inbox) = self.inbox.lock() else { return };
        let Some(page) = inbox.as_ref() else { return };
        // A connection that has ended has said why; one that is too far behind is told.
        if let Err(TrySendError::Full(_)) = page.frames.try_send(frame) {
            farewell(&page.out, ByeReason::Rate, "Too many requests at once. Trying again.");
            *inbox = None;
        }
    }
}

fn farewell(out: &Channel<String>, reason: ByeReason, message: &str) {
    let bye = Bye { reason, message: message.to_owned() };
    // A page that is gone needs no word.
    out.send(wire::encode_notification(&Notification::Bye(bye))).ok();
}

fn connect(host: &Host, out: Channel<String>) -> Inbox {
    let (inbox, mut frames) = mpsc::channel::<String>(WAITING);
    let answers = out.clone();
    let (to_host, mut from_host) = block_on(async { host.connect(Via::Window) }).split();
    spawn(async move {
        while let Some(frame) = frames.recv().await {
            if to_host.send(frame).await.is_err() {
                return;
            }
        }
    });
    spawn(async move {
        while let Some(Outgoing::Frame(frame)) = from_host.recv().await {
            if answers.send(frame.to_string()).is_err() {
                return;
            }
        }
    });
    Inbox { frames: inbox, out }
}

/// The one command of the window. A page connects with a `channel` for what comes back, and then
/// sends frame after frame.
#[tauri::command]
pub fn call(
    bridge: State<'_, Bridge>,
    webview: Webview,
    channel: Option<JavaScriptChannelId>,
    frame: Option<String>,
) {
    if let Some(channel) = channel {
        bridge.open(channel.channel_on(webview));
    }
    if let Some(frame) = frame {
        bridge.send(frame);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn pa6_a_page_that_floods_the_host_is_let_go_with_a_reason() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let out = Channel::new(move |body| {
            heard.lock().unwrap().push(format!("{body:?}"));
            Ok(())
        });
        let (frames, waiting) = mpsc::channel(WAITING);
        let inbox = Mutex::new(Some(Inbox { frames, out }));
        let bridge = Bridge { house: House::Shut(String::new()), inbox };
        for _ in 0..WAITING {
            bridge.send("frame".to_owned());
        }
        assert!(said.lock().unwrap().is_empty());
        bridge.send("one too many".to_owned());
        assert!(said.lock().unwrap().concat().contains("rate"));
        assert!(bridge.inbox.lock().unwrap().is_none());
        assert_eq!(waiting.len(), WAITING);
    }
}
