//! Links that begin with `conclave://`.

use tauri::{AppHandle, Manager};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::closing::raise;
use crate::page::{Note, Page};

/// An invite with many addresses is a quarter of this.
const LONGEST: usize = 4096;

/// The page is told of each link, the one that started the program included (DT4).
pub fn follow(app: &AppHandle) {
    let links = app.deep_link();
    for url in links.get_current().ok().flatten().unwrap_or_default() {
        pass_on(app, url.as_str());
    }
    let then = app.clone();
    links.on_open_url(move |event| {
        raise(&then);
        event.urls().iter().for_each(|url| pass_on(&then, url.as_str()));
    });
    register(app);
}

fn pass_on(app: &AppHandle, url: &str) {
    if url.len() <= LONGEST {
        app.state::<Page>().tell(Note::Link { url: url.to_owned() });
    }
}

/// An installer registers the scheme on macOS; elsewhere the program may have been built here and never installed.
fn register(app: &AppHandle) {
    if cfg!(target_os = "macos") || std::env::var_os(crate::DATA).is_some() {
        return;
    }
    if let Err(error) = app.deep_link().register_all() {
        tracing::debug!(%error, "links of Conclave open nothing by themselves");
    }
}
