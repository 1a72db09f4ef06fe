//! The log as a file, and its proof.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use identity::{Fingerprint, write_private};
use model::{Ceiling, Event, Rights, StreamId};
use room::{By, Room};
use serde_json::json;
use wire::{Cursor, LoggedEvent, RawEvent, Reply, Request, SignedHead, Snapshot};

use super::Desk;
use crate::args::Log;
use crate::log_file::{About, FORMAT, LogFile, Proven, unhex};
use crate::output::{Form, Said};
use crate::{resolve, show};

const PAGE: u32 = 200;

pub async fn log(data: &Path, order: Log, form: Form) -> Result<()> {
    match order {
        Log::Export { session, out } => {
            let file = fetch(data, &session).await?;
            let text = file.write()?;
            let Some(out) = out else {
                return Ok(io::stdout().lock().write_all(text.as_bytes())?);
            };
            // It holds what was said: nobody else's business.
            write_private(&out, text.as_bytes())?;
            let people = format!("Wrote {} events to {}", file.events.len(), out.display());
            let json = json!({ "kind": "exported", "events": file.events.len(), "file": out });
            form.print(&Said { people, json })?;
        }
        Log::Verify { log, witness } => {
            let path = Path::new(&log);
            let file = if path.is_file() { open(path)? } else { fetch(data, &log).await? };
            let proven = file.verify()?;
            if let Some(witness) = &witness {
                file.agrees_with(&head_in(witness)?)?;
            }
            form.print(&told(&proven, witness.as_deref()))?;
        }
        Log::Replay { file } => form.print(&replay(&open(&file)?)?)?,
    }
    Ok(())
}

fn open(path: &Path) -> Result<LogFile> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    Ok(LogFile::read(&text)?)
}

/// A signed head by itself, as clients keep it, or the last one of an exported log.
fn head_in(path: &Path) -> Result<SignedHead> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    if let Ok(head) = serde_json::from_str(&text) {
        return Ok(head);
    }
    let kept = LogFile::read(&text).ok().and_then(|file| file.heads.last().cloned());
    kept.with_context(|| format!("There is no signed head in {}.", path.display()))
}

async fn fetch(data: &Path, asked: &str) -> Result<LogFile> {
    let mut desk = Desk::at(data, None).await?;
    let stream = match asked.parse() {
        Ok(stream) => stream,
        Err(_) => StreamId::Session(resolve::session(&desk.directory().await?, asked)?),
    };
    let (mut events, mut heads) = (Vec::<RawEvent>::new(), Vec::new());
    loop {
        let after = events.last().map_or(0, |event| event.seq);
        let reply = desk.call(Request::LogPage { stream, after, limit: PAGE }).await?;
        let Reply::LogPage { epoch, key, events: page, heads: sworn, last, .. } = reply else {
            bail!("The host answers in words this program does not know. Update the older of the two.")
        };
        events.extend(page);
        heads.extend(sworn);
        if last {
            let fingerprint = Fingerprint::of_spki(&unhex(&key).unwrap_or_default()).to_string();
            let about = About { format: FORMAT, stream, epoch, key, fingerprint };
            return Ok(LogFile { about, events, heads });
        }
    }
}

fn told(proven: &Proven, witness: Option<&Path>) -> Said {
    let Proven { events, erased, heads, signed, fingerprint } = proven;
    let mut lines = vec![format!("The chain holds: {events} events, {erased} of them redacted.")];
    lines.push(match heads {
        0 => "The host has signed for none of them yet.".to_owned(),
        heads => format!("{heads} signed heads fit; the host has signed for all up to event {signed}."),
    });
    if witness.is_some() {
        lines.push("The witness saw the same log.".to_owned());
    }
    lines.push(format!("Host key: {fingerprint}"));
    let json = json!({
        "kind": "verified", "events": events, "erased": erased, "heads": heads, "signed": signed,
        "fingerprint": fingerprint, "witnessed": witness.is_some(),
    });
    Said { people: lines.join("\n"), json }
}

/// The room as the log makes it, and what was said and done in it.
fn replay(file: &LogFile) -> Result<Said> {
    file.verify()?;
    let mut room = Room::empty();
    let (mut owner, mut events) = (None, Vec::with_capacity(file.events.len()));
    for raw in &file.events {
        let event: Event = serde_json::from_str(&raw.body)
            .with_context(|| format!("Event {} is not of a session this program knows.", raw.seq))?;
        if let Event::SessionOpened { owner: founder, .. } = &event {
            owner = Some(*founder);
        }
        room.apply(&event, raw.at);
        events.push(logged(raw)?);
    }
    let person = owner.context("This log is not of a session, or it has no beginning.")?;
    let by = By { person, rights: Rights::owner(), muted: false, ceiling: Ceiling::Bypass };
    let last = file.events.last().context("This log is empty.")?;
    let snapshot = Snapshot {
        stream: file.about.stream,
        cursor: Cursor { epoch: file.about.epoch, seq: last.seq, hash: last.hash.clone() },
        view: Some(room.view(&by)),
        events,
        whole: true,
        partials: Vec::new(),
        replaced: false,
        head: file.heads.last().cloned().map(Box::new),
    };
    Ok(Said { people: show::snapshot(&snapshot), json: serde_json::to_value(&snapshot)? })
}

fn logged(raw: &RawEvent) -> Result<LoggedEvent> {
    Ok(LoggedEvent {
        seq: raw.seq,
        at: raw.at,
        actor: serde_json::from_str(&raw.actor)?,
        cause: raw.cause,
        hash: raw.hash.clone(),
        event: serde_json::from_str(&raw.body)?,
    })
}
