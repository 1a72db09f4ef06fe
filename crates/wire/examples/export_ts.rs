//! Writes the TypeScript types of everything that crosses the wire: `cargo run -p wire --example
//! export_ts -- <folder>`. `cargo xtask codegen` calls it.

use ts_rs::{Config, TS};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: export_ts <folder>")?;
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    model::Event::export_all(&config)?;
    model::WorkspaceEvent::export_all(&config)?;
    model::OwnerEvent::export_all(&config)?;
    wire::Request::export_all(&config)?;
    wire::Reply::export_all(&config)?;
    wire::Notification::export_all(&config)?;
    wire::Failure::export_all(&config)?;
    Ok(())
}
