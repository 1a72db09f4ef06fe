use serde::{Serialize, Serializer};
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{State, Webview};

/// Frames to the window: replies and notifications, as on any socket.
pub type Outbox = Channel<String>;

/// What comes from the window, in the order in which it was sent.
#[expect(dead_code, reason = "read by the host once it is composed into this program")]
pub enum Heard {
    /// A page was loaded and this is its connection; one before it is gone.
    Opened(Outbox),
    /// One JSON-RPC frame.
    Frame(String),
}

#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("Conclave's host does not run in this window yet")]
    NoHost,
}

impl Serialize for Refused {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

type Ear = Box<dyn Fn(Heard) -> Result<(), Refused> + Send + Sync>;

/// The window's connection. Whoever composes the program listens at its other end.
pub struct Bridge {
    ear: Ear,
}

impl Bridge {
    pub fn new(ear: impl Fn(Heard) -> Result<(), Refused> + Send + Sync + 'static) -> Self {
        Self { ear: Box::new(ear) }
    }
}

/// The one command of the window. A page connects with a `channel` for what comes back, and then
/// sends frame after frame.
#[tauri::command]
pub fn call(
    bridge: State<'_, Bridge>,
    webview: Webview,
    channel: Option<JavaScriptChannelId>,
    frame: Option<String>,
) -> Result<(), Refused> {
    if let Some(channel) = channel {
        (bridge.ear)(Heard::Opened(channel.channel_on(webview)))?;
    }
    if let Some(frame) = frame {
        (bridge.ear)(Heard::Frame(frame))?;
    }
    Ok(())
}
