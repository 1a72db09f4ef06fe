//! The desktop window: it shows the front end and carries frames between it and the host.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod webkit;

use std::io::{self, Write};

use anyhow::Result;

use crate::bridge::{Bridge, Heard, Refused};

fn main() -> Result<()> {
    webkit::avoid_blank_windows()?;
    tauri::Builder::default()
        .manage(Bridge::new(hear))
        .invoke_handler(tauri::generate_handler![bridge::call])
        .run(tauri::generate_context!())?;
    Ok(())
}

fn hear(heard: Heard) -> Result<(), Refused> {
    match heard {
        Heard::Opened(_) => {
            // The window smoke test waits for this line; a closed stdout means nobody waits.
            let _ = writeln!(io::stdout(), "window ready");
            Ok(())
        }
        Heard::Frame(_) => Err(Refused::NoHost),
    }
}
