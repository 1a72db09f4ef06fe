//! The desktop program: the host in-process, and a window that is one more client of it over the
//! same frames.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod webkit;

use std::path::PathBuf;
use std::sync::Mutex;

use anyhow::Result;
use cli::compose::{self, Options, Running};
use tauri::async_runtime::{block_on, spawn};
use tauri::{Manager, RunEvent};

use crate::bridge::Bridge;

/// The host while the program runs.
struct Housed(Mutex<Option<Running>>);

fn main() -> Result<()> {
    // The host of this window tells its agents to start this very program for its tools.
    if std::env::args_os().nth(1).is_some_and(|order| order == compose::TOOLBOX_ORDER) {
        return Ok(block_on(cli::toolbox_pipe())?);
    }
    webkit::avoid_blank_windows()?;
    cli::trace();
    let data = cli::folder::data_folder(std::env::var_os("CONCLAVE_DATA").map(PathBuf::from))?;
    let (bridge, running) = match block_on(compose::start(Options::usual(data))) {
        Ok(running) => (Bridge::to(running.host().clone()), Some(running)),
        // A window that says why is a better answer than none.
        Err(error) => (Bridge::broken(&error), None),
    };
    let host = running.as_ref().map(|running| running.host().clone());
    let app = tauri::Builder::default()
        .manage(bridge)
        .manage(Housed(Mutex::new(running)))
        .invoke_handler(tauri::generate_handler![bridge::call])
        .build(tauri::generate_context!())?;
    if let Some(host) = host {
        let app = app.handle().clone();
        spawn(async move {
            host.stopping().await;
            app.exit(0);
        });
    }
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            let housed = app.state::<Housed>().0.lock().ok().and_then(|mut running| running.take());
            if let Some(running) = housed {
                block_on(running.stop());
            }
        }
    });
    Ok(())
}
