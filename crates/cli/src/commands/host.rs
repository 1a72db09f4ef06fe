//! Running a host, and its life.

use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use model::DisplayName;
use serde_json::json;
use server::Reach;
use tokio::signal::unix::{SignalKind, signal};
use wire::{Reply, Request};

use super::{Desk, fresh, said};
use crate::compose::{self, Options, Running};
use crate::output::{Form, Said};

/// How the host is to be run.
pub struct Wish {
    pub port: Option<u16>,
    pub open_link: bool,
    pub name: Option<String>,
    pub listen: Vec<IpAddr>,
}

pub async fn host(data: PathBuf, wish: Wish, form: Form) -> Result<()> {
    crate::trace();
    let mut options = Options::usual(data);
    options.page_port = wish.port;
    if !wish.listen.is_empty() {
        options.reach = Reach::Only(wish.listen);
    }
    if let Some(name) = wish.name {
        options.owner_name = DisplayName::parse(&name)?;
    }
    let mut ended = signal(SignalKind::terminate()).context("Signals can't be heard.")?;
    let running = compose::start(options).await?;
    form.print(&match wish.open_link {
        true => fresh_link(&running)?,
        false => bare_address(&running),
    })?;
    tokio::select! {
        _ = ended.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted.context("Signals can't be heard.")?,
        () = running.host().stopping() => {}
    }
    running.stop().await;
    Ok(())
}

pub async fn open(desk: &mut Desk) -> Result<Said> {
    let reply = desk.call(Request::OpenLink { command: fresh() }).await?;
    let Reply::Link { url } = &reply else { return said(&reply, "") };
    said(&reply, url.clone())
}

pub async fn stop(desk: &mut Desk) -> Result<Said> {
    let reply = desk.call(Request::StopHost { command: fresh() }).await?;
    said(&reply, "The host is stopping.")
}

/// Lets in whoever reads it first.
fn fresh_link(running: &Running) -> Result<Said> {
    Ok(way_in(running.host().open_link()?))
}

/// Safe in a service's log.
fn bare_address(running: &Running) -> Said {
    way_in(format!("{}/", running.doorway().page()))
}

fn way_in(url: String) -> Said {
    Said { json: json!({ "kind": "link", "url": url }), people: url }
}
