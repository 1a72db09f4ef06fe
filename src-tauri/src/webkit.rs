use std::io;

use tauri::WebviewWindow;

/// WebKitGTK draws nothing with NVIDIA's driver unless its DMA-BUF renderer is off. Only there:
/// elsewhere the variable costs speed and hangs WebDriver's screenshots.
/// <https://bugs.webkit.org/show_bug.cgi?id=261874>
#[cfg(target_os = "linux")]
pub fn avoid_blank_windows() -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::Command;

    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let nvidia = Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || std::env::var_os(RENDERER).is_some() {
        return Ok(());
    }
    // Starting over is how a program without unsafe code changes its own environment.
    let mut again = Command::new(std::env::current_exe()?);
    Err(again.args(std::env::args_os().skip(1)).env(RENDERER, "1").exec())
}

#[cfg(not(target_os = "linux"))]
pub fn avoid_blank_windows() -> io::Result<()> {
    Ok(())
}

/// Deaths within [`WHILE`] after which a page is left alone: it would only die again.
#[cfg(target_os = "linux")]
const DEATHS: usize = 3;
#[cfg(target_os = "linux")]
const WHILE: std::time::Duration = std::time::Duration::from_secs(60);

/// A page whose process has died, for want of memory or by a fault of its own, is loaded again: the host and all that runs
/// in it go on meanwhile (DT6).
#[cfg(target_os = "linux")]
pub fn revive(window: &WebviewWindow) {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::time::Instant;

    use webkit2gtk::WebViewExt;

    let watched = window.with_webview(|webview| {
        let deaths = RefCell::new(VecDeque::<Instant>::new());
        webview.inner().connect_web_process_terminated(move |view, reason| {
            let mut deaths = deaths.borrow_mut();
            deaths.retain(|at| at.elapsed() < WHILE);
            deaths.push_back(Instant::now());
            tracing::warn!(?reason, "the window's page has died");
            if deaths.len() <= DEATHS {
                view.reload();
            }
        });
    });
    if let Err(error) = watched {
        tracing::warn!(%error, "the window's page is not watched");
    }
}

/// What WebView2 and WKWebView tell of it, tauri does not pass on.
#[cfg(not(target_os = "linux"))]
pub fn revive(_: &WebviewWindow) {}
