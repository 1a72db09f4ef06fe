//! The end of the window, and the end of the program.

use host::Host;
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Manager};

use crate::listening;
use crate::page::{Note, Page};
use crate::standing::Closing;

pub const WINDOW: &str = "main";

/// The host that would end with the program; `None` where there is none.
pub struct AtStake(pub Option<Host>);

/// Somebody wants to close the window or to quit.
pub fn begin(app: &AppHandle) {
    let app = app.clone();
    spawn(async move {
        let standing = match &app.state::<AtStake>().0 {
            Some(host) => listening::standing(host).await,
            None => None,
        };
        let page = app.state::<Page>();
        // A host that does not answer has nothing that could be kept running.
        match standing.unwrap_or_default().closing(page.ear()) {
            Closing::Quit => quit(&app),
            Closing::KeepRunning => keep_running(&app),
            Closing::Ask => {
                raise(&app);
                page.tell(Note::Closing(standing.unwrap_or_default()));
            }
        }
    });
}

/// The window goes, everything else stays. The tray brings it back, and so does another start.
pub fn keep_running(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(WINDOW)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window could not be hidden");
    }
}

pub fn quit(app: &AppHandle) {
    // Agents may take seconds to end, and a window that does not answer looks broken.
    keep_running(app);
    app.exit(0);
}

pub fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else { return };
    let raised = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}
