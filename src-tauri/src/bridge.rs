//! Frames between the window and the host. No command here decides anything.

use std::io::{self, Write};
use std::sync::Mutex;

use host::{Host, Outgoing, Via};
use tauri::async_runtime::{block_on, spawn};
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{State, Webview};
use tokio::sync::mpsc;
use wire::{Bye, ByeReason, Notification};

/// The window's connection to the host in the same process.
pub struct Bridge {
    house: House,
    /// Frames of the page that is loaded now.
    inbox: Mutex<Option<mpsc::UnboundedSender<String>>>,
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
            House::Shut(message) => {
                let bye = Bye { reason: ByeReason::Refused, message: message.clone() };
                // A page that is gone needs no word.
                out.send(wire::encode_notification(&Notification::Bye(bye))).ok();
            }
        }
        // The window's smoke test waits for this line; a closed stdout means nobody waits.
        writeln!(io::stdout(), "window ready").ok();
    }

    fn send(&self, frame: String) {
        if let Ok(inbox) = self.inbox.lock()
            && let Some(inbox) = inbox.as_ref()
        {
            // A connection that has ended has said why.
            inbox.send(frame).ok();
        }
    }
}

fn connect(host: &Host, out: Channel<String>) -> mpsc::UnboundedSender<String> {
    let (inbox, mut frames) = mpsc::unbounded_channel::<String>();
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
            if out.send(frame.to_string()).is_err() {
                return;
            }
        }
    });
    inbox
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
