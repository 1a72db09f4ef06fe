//! Frames between the window and the host. No command here decides anything.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Mutex;

use host::{Connection, Host, Outgoing, Via};
use model::HostKey;
use ports::frame::Frame;
use tauri::async_runtime::{block_on, spawn};
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{Manager, Webview};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use wire::{Bye, ByeReason, Notification};

/// The window's connection to the host in the same process.
pub struct Bridge {
    house: House,
    /// Frames of the page that is loaded now, by the host they go to; `None` is the one here.
    inboxes: Mutex<Inboxes>,
}

type Inboxes = BTreeMap<Option<HostKey>, Inbox>;

/// Frames that may wait for the host; a page that sends more is let go, and dials again.
const WAITING: usize = 256;

struct Inbox {
    frames: mpsc::Sender<String>,
    out: Channel<String>,
}

impl Inbox {
    fn is_over(&self, channel: u32) -> bool {
        self.out.id() == channel
    }
}

enum House {
    Open(Host),
    /// Why there is no host.
    Shut(String),
}

impl Bridge {
    pub fn to(host: Host) -> Self {
        Self { house: House::Open(host), inboxes: Mutex::default() }
    }

    /// A window without a host: it shows why.
    pub fn broken(error: &anyhow::Error) -> Self {
        Self { house: House::Shut(format!("{error:#}")), inboxes: Mutex::default() }
    }

    /// A connection of the page, in place of the one it had to that host. A page begins with its own
    /// host: whatever an earlier page had is gone then.
    fn open(&self, to: Option<HostKey>, out: Channel<String>) {
        let own = to.is_none();
        let Ok(mut inboxes) = self.inboxes.lock() else { return };
        match own {
            true => inboxes.clear(),
            false => drop(inboxes.remove(&to)),
        }
        match &self.house {
            House::Open(host) => {
                let inbox = pass_on(block_on(async { connect(host, to.clone()) }), out);
                inboxes.insert(to, inbox);
            }
            House::Shut(message) => farewell(&out, ByeReason::Refused, message),
        }
        if own {
            // The window's smoke test waits for this line; a closed stdout means nobody waits.
            writeln!(io::stdout(), "window ready").ok();
        }
    }

    /// The page has hung up; a connection that has taken the place of that one stays.
    fn hang_up(&self, to: &Option<HostKey>, channel: u32) {
        let Ok(mut inboxes) = self.inboxes.lock() else { return };
        if inboxes.get(to).is_some_and(|inbox| inbox.is_over(channel)) {
            inboxes.remove(to);
        }
    }

    fn send(&self, to: &Option<HostKey>, frame: String) {
        let Ok(mut inboxes) = self.inboxes.lock() else { return };
        let Some(page) = inboxes.get(to) else { return };
        // A connection that has ended has said why; one that is too far behind is told.
        if let Err(TrySendError::Full(_)) = page.frames.try_send(frame) {
            farewell(&page.out, ByeReason::Rate, "Too many requests at once. Trying again.");
            inboxes.remove(to);
        }
    }
}

fn farewell(out: &Channel<String>, reason: ByeReason, message: &str) {
    let bye = Bye { reason, message: message.to_owned() };
    // A page that is gone needs no word.
    out.send(wire::encode_notification(&Notification::Bye(bye))).ok();
}

fn connect(host: &Host, to: Option<HostKey>) -> Connection {
    match to {
        None => host.connect(Via::Window),
        Some(other) => host.connect_elsewhere(Via::Window, other),
    }
}

fn pass_on(connection: Connection, out: Channel<String>) -> Inbox {
    let (inbox, mut frames) = mpsc::channel::<String>(WAITING);
    let answers = out.clone();
    let (to_host, mut from_host) = connection.split();
    spawn(async move {
        while let Some(frame) = frames.recv().await {
            let frame = wire::unarmour(&frame).map_or(Frame::Text(frame), Frame::Bytes);
            if to_host.send(frame).await.is_err() {
                return;
            }
        }
    });
    spawn(async move {
        loop {
            let frame = match from_host.recv().await {
                Some(Outgoing::Frame(frame)) => frame.to_string(),
                Some(Outgoing::Bytes(bytes)) => wire::armour(&bytes),
                Some(Outgoing::Close(_)) | None => return,
            };
            if answers.send(frame).is_err() {
                return;
            }
        }
    });
    Inbox { frames: inbox, out }
}

/// Frames of the window. A page connects with a `channel` for what comes back, sends frame after frame, and says
/// which channel it has hung up (`over`); with a `host`, to another one through this.
#[tauri::command]
pub fn call(
    webview: Webview,
    channel: Option<JavaScriptChannelId>,
    frame: Option<String>,
    over: Option<u32>,
    host: Option<HostKey>,
) {
    let bridge = webview.state::<Bridge>();
    if let Some(channel) = channel {
        bridge.open(host.clone(), channel.channel_on(webview.clone()));
    }
    if let Some(frame) = frame {
        bridge.send(&host, frame);
    }
    if let Some(over) = over {
        bridge.hang_up(&host, over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_page_ends_the_connection_that_it_hung_up_and_no_later_one() {
        let inbox = || Inbox { frames: mpsc::channel(1).0, out: Channel::new(|_| Ok(())) };
        let (first, later) = (inbox(), inbox());
        let (gone, here) = (first.out.id(), later.out.id());
        drop(first);
        let inboxes = Mutex::new(BTreeMap::from([(None, later)]));
        let bridge = Bridge { house: House::Shut(String::new()), inboxes };
        bridge.hang_up(&None, gone);
        assert_eq!(bridge.inboxes.lock().unwrap().len(), 1);
        bridge.hang_up(&None, here);
        assert!(bridge.inboxes.lock().unwrap().is_empty());
    }

    #[test]
    fn pa6_a_page_that_floods_the_host_is_let_go_with_a_reason() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let out = Channel::new(move |body| {
            heard.lock().unwrap().push(format!("{body:?}"));
            Ok(())
        });
        let (frames, waiting) = mpsc::channel(WAITING);
        let inboxes = Mutex::new(BTreeMap::from([(None, Inbox { frames, out })]));
        let bridge = Bridge { house: House::Shut(String::new()), inboxes };
        for _ in 0..WAITING {
            bridge.send(&None, "frame".to_owned());
        }
        assert!(said.lock().unwrap().is_empty());
        bridge.send(&None, "one too many".to_owned());
        assert!(said.lock().unwrap().concat().contains("rate"));
        assert!(bridge.inboxes.lock().unwrap().is_empty());
        assert_eq!(waiting.len(), WAITING);
    }
}
