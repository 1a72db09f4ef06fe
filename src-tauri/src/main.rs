//! The desktop program: the host in-process, and a window that is one more client of it over the
//! same frames.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod closing;
mod links;
mod listening;
mod notices;
mod page;
mod standing;
mod tray;
mod webkit;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Result;
use cli::compose::{self, Options, Running};
use host::Host;
use ports::chain::hex_digest;
use tauri::async_runtime::{block_on, spawn};
use tauri::{App, AppHandle, Builder, Context, Manager, RunEvent, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::bridge::Bridge;
use crate::closing::AtStake;
use crate::page::Page;
use crate::standing::Standing;
use crate::tray::Tray;

/// Names another data folder than the usual one.
const DATA: &str = "CONCLAVE_DATA";

/// The host while the program runs.
struct Housed(Mutex<Option<Running>>);

fn main() -> Result<()> {
    // The host of this window tells its agents to start this very program for its tools.
    if std::env::args_os().nth(1).is_some_and(|order| order == compose::TOOLBOX_ORDER) {
        return Ok(block_on(cli::toolbox_pipe())?);
    }
    webkit::avoid_blank_windows()?;
    cli::trace();
    let given = std::env::var_os(DATA).map(PathBuf::from);
    let elsewhere = given.is_some();
    let data = cli::folder::data_folder(given)?;
    let mut context = tauri::generate_context!();
    if elsewhere {
        set_apart(&mut context, &data);
    }
    // A second start ends in here: after this, the data folder is ours to open.
    let app = builder().build(context)?;
    let (bridge, running) = match block_on(compose::start(Options::usual(data))) {
        Ok(running) => (Bridge::to(running.host().clone()), Some(running)),
        // A window that says why is a better answer than none.
        Err(error) => (Bridge::broken(&error), None),
    };
    let host = running.as_ref().map(|running| running.host().clone());
    app.manage(bridge);
    app.manage(AtStake(host.clone()));
    app.manage(Housed(Mutex::new(running)));
    begin(&app, host);
    app.run(heed);
    Ok(())
}

/// Single instance first: what comes after it is not started twice.
fn builder() -> Builder<Wry> {
    // A window that was in the tray when the program ended is to be seen again.
    let kept = StateFlags::all() - StateFlags::VISIBLE - StateFlags::DECORATIONS;
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| closing::raise(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_notification::init())
        // A link that somebody presses is opened by their browser: this window shows its own page alone.
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build())
        .manage(Page::default())
        .invoke_handler(tauri::generate_handler![bridge::call, page::shell])
}

/// Two data folders are two programs: each has its own window, its own storage and its own single instance.
fn set_apart(context: &mut Context<Wry>, data: &Path) {
    let identifier = &mut context.config_mut().identifier;
    *identifier = apart(identifier, data);
}

fn apart(identifier: &str, data: &Path) -> String {
    let name = hex_digest(data.as_os_str().as_encoded_bytes());
    // Parts of a name on D-Bus begin with a letter.
    format!("{identifier}.f{}", &name[..16])
}

fn begin(app: &App, host: Option<Host>) {
    let app = app.handle().clone();
    links::follow(&app);
    notices::follow_clicks(&app);
    let Some(host) = host else { return };
    let tray = Tray::put_up(&app);
    let told = host.clone();
    spawn(async move {
        listening::directories(told, |directory| show(tray.as_ref(), Standing::of(directory))).await;
    });
    spawn(async move {
        host.stopping().await;
        app.exit(0);
    });
}

fn show(tray: Option<&Tray>, standing: Standing) {
    if let Some(tray) = tray {
        tray.show(standing);
    }
}

fn heed(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::Ready => app.webview_windows().values().for_each(webkit::revive),
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            api.prevent_close();
            closing::begin(app);
        }
        // By the system's own quit; the program's own exit carries a code.
        RunEvent::ExitRequested { code: None, api, .. } => {
            api.prevent_exit();
            closing::begin(app);
        }
        RunEvent::Exit => {
            let housed = app.state::<Housed>().0.lock().ok().and_then(|mut running| running.take());
            if let Some(running) = housed {
                block_on(running.stop());
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dt1_each_data_folder_has_a_program_of_its_own() {
        let of = |data: &str| apart("dev.conclave.desktop", Path::new(data));
        assert_eq!(of("/a"), of("/a"));
        assert_ne!(of("/a"), of("/b"));
        assert!(of("/a").starts_with("dev.conclave.desktop.f"));
    }
}
