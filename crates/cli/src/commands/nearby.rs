//! Hosts in the same network, and pairing by a code (PA3).

use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use discovery::{Discovery, Sightings};
use model::{PairingOutcome, PairingView, Timestamp};
use pairing::Code;
use peer::{Kept, Seen};
use ports::clock::Clock;
use ports::nearby::Sighting;
use serde_json::json;
use tokio::time::timeout;
use wire::{Notification, Reply, Request};

use super::desk::{Desk, PROGRAM, home};
use super::{elsewhere, fresh, sharing};
use crate::args::Join;
use crate::compose::nearby_reach;
use crate::output::{Form, Said, table};

/// Hosts answer within a second or two.
const LOOK: Duration = Duration::from_secs(3);
/// For one that is asked for by name.
const PATIENCE: Duration = Duration::from_secs(10);

pub async fn list() -> Result<Said> {
    let discovery = discovery()?;
    let mut around = discovery.watch();
    // Nobody is waited for longer than this.
    timeout(LOOK, around.wait_for(|_| false)).await.ok();
    let seen = around.borrow().list();
    let line = |it: &Sighting| vec![it.name.to_string(), it.hint.clone(), address(it)];
    let lines: Vec<Vec<String>> = seen.iter().map(line).collect();
    let people = table(&lines, "No host in this network says that it shares something.");
    let hosts: Vec<_> = seen.iter().map(value).collect();
    Ok(Said { people, json: json!({ "kind": "nearby", "hosts": hosts }) })
}

pub async fn join(data: &Path, asked: &str, order: &Join, form: Form) -> Result<()> {
    let discovery = discovery()?;
    let mut around = discovery.watch();
    let found = timeout(PATIENCE, around.wait_for(|seen| !called(seen, asked).is_empty())).await;
    let found = found.context("Nobody in this network goes by that. Look with `conclave nearby`.")?;
    let mut found = called(&*found?, asked);
    let (Some(host), true) = (found.pop(), found.is_empty()) else {
        bail!("Several hosts go by that name: say which by its id (`conclave nearby`).");
    };
    let code: Code = match &order.code {
        Some(code) => code.parse()?,
        None => asked_for(&host)?.parse()?,
    };
    let seen = Seen {
        name: host.name.to_string(),
        addresses: host.addresses.iter().map(ToString::to_string).collect(),
        port: host.port,
        hint: host.hint,
    };
    let host = peer::pair(&home(data), &seen, &code, elsewhere::guise(order)?, PROGRAM).await?;
    if host.kept == Kept::File {
        eprintln!("conclave: {}", elsewhere::in_a_file(data));
    }
    Ok(form.print(&elsewhere::said(&host))?)
}

/// Shows a code and what becomes of it.
pub async fn code(desk: &mut Desk, share: &str, form: Form) -> Result<()> {
    let share = sharing::find_share(desk, share).await?;
    let reply = desk.call(Request::StartPairing { command: fresh(), share }).await?;
    let Reply::PairingCode { code, until } = &reply else { bail!("The host did not answer with a code.") };
    let left = (*until - host::SystemClock.now()).0 / 1000;
    let (one, two) = code.split_at(code.len() / 2);
    let people = format!("{one} {two}\nGood for {left} s and three tries. Read it out to who is to join.");
    form.print(&super::said(&reply, people)?)?;
    desk.call(Request::WatchDirectory).await?;
    let mut tries = 0;
    while let Some(view) = look(desk, *until).await? {
        if view.tries > tries {
            tries = view.tries;
            eprintln!("conclave: Try {tries} of {}.", model::limits::PAIRING_ATTEMPTS);
        }
        match view.outcome {
            PairingOutcome::Waiting => {}
            PairingOutcome::Done => {
                eprintln!("conclave: The code was right. They are in.");
                return Ok(());
            }
            PairingOutcome::Burnt => {
                bail!("Three wrong tries: this code is good no more. Ask for a fresh one.")
            }
            PairingOutcome::Expired => break,
        }
    }
    bail!("The code's time is over.")
}

/// The newest word about the code, `None` when its time is over.
async fn look(desk: &mut Desk, until: Timestamp) -> Result<Option<PairingView>> {
    loop {
        let left = Duration::from_millis((until - host::SystemClock.now()).0);
        let Ok(told) = timeout(left, desk.notification()).await else { return Ok(None) };
        if let Notification::Directory(directory) = told? {
            return Ok(directory.pairing);
        }
    }
}

fn discovery() -> Result<Discovery> {
    let reach = nearby_reach().context("Looking for hosts nearby is switched off by CONCLAVE_NEARBY.")?;
    Ok(Discovery::start(&reach)?)
}

fn called(seen: &Sightings, asked: &str) -> Vec<Sighting> {
    let asked = asked.to_lowercase();
    let fits = |it: &Sighting| it.hint == asked || it.name.as_str().to_lowercase() == asked;
    seen.list().into_iter().filter(fits).collect()
}

fn asked_for(host: &Sighting) -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("The code that {} reads out: ", host.name);
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    Ok(line)
}

fn address(host: &Sighting) -> String {
    host.addresses.first().map_or_else(String::new, |first| format!("{first} port {}", host.port))
}

fn value(host: &Sighting) -> serde_json::Value {
    json!({
        "hint": host.hint,
        "name": host.name,
        "port": host.port,
        "addresses": host.addresses,
        "version": host.version,
    })
}
