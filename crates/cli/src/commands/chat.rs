//! Prompts, and what comes of them.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::{Delivery, Rejection, SessionId, StreamId, limits};
use tokio::time::timeout;
use wire::{ImageUpload, LoggedEvent, Notification, Reply, Request};

use super::{Desk, fresh, said, waiting};
use crate::args::Chat;
use crate::output::{Form, Said};
use crate::{resolve, show};

const LAST_WORD: Duration = Duration::from_secs(1);

pub async fn chat(desk: &mut Desk, order: Chat, form: Form) -> Result<()> {
    match order {
        Chat::Send { session, text, queue, image } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let delivery = if queue { Delivery::Queue } else { Delivery::Now };
            let text = if text == "-" { standard_input()? } else { text };
            let images = image.iter().map(|file| upload(file)).collect::<Result<_>>()?;
            let request = Request::Prompt { command: fresh(), session, text, delivery, images };
            let reply = desk.call(request).await?;
            let people = match &reply {
                Reply::Prompted { started: true, .. } => "Sent; its turn starts.",
                Reply::Suggested { .. } => "Suggested; somebody who may steer decides.",
                _ => "Sent; it waits in the queue.",
            };
            form.print(&said(&reply, people)?)?;
        }
        Chat::Tail { session, follow } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            tail(desk, session, (follow, form)).await?;
        }
        Chat::Stop { session } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let reply = desk.call(Request::StopTurn { command: fresh(), session }).await?;
            form.print(&said(&reply, "The turn is asked to stop.")?)?;
        }
        Chat::Waiting(order) => form.print(&waiting::waiting(desk, order).await?)?,
        Chat::Retry { session } => {
            let (session, snapshot) = desk.room(&session).await?;
            let turn = snapshot.view.and_then(|view| view.you.may.retry);
            let turn = turn.ok_or(Rejection::NothingToRetry)?;
            let reply = desk.call(Request::RetryTurn { command: fresh(), session, turn }).await?;
            form.print(&said(&reply, "The last turn runs again.")?)?;
        }
    }
    Ok(())
}

/// The newest page, and with `follow` all that comes after it.
async fn tail(desk: &mut Desk, session: SessionId, (follow, form): (bool, Form)) -> Result<()> {
    let stream = StreamId::Session(session);
    desk.call(Request::Subscribe { stream, cursor: None }).await?;
    let mut names = show::Names::default();
    loop {
        let events = match desk.notification().await? {
            Notification::Snapshot(snapshot) => {
                names.learn(snapshot.view.as_ref());
                snapshot.events
            }
            Notification::Events { events, .. } => events,
            Notification::View(shared) => {
                names.learn(Some(&shared.view));
                continue;
            }
            Notification::Gone { .. } => return timeout(LAST_WORD, last_word(desk)).await.unwrap_or(Ok(())),
            Notification::Welcome(_)
            | Notification::Head(_)
            | Notification::Signal { .. }
            | Notification::Directory(_)
            | Notification::Terminal { .. }
            | Notification::Files { .. }
            | Notification::Bye(_) => continue,
        };
        for event in &events {
            form.print(&one(event, &names)?)?;
        }
        if !follow {
            return Ok(());
        }
    }
}

/// Whoever is put out of a share is told why after its sessions are gone.
async fn last_word(desk: &mut Desk) -> Result<()> {
    loop {
        desk.notification().await?;
    }
}

fn one(event: &LoggedEvent, names: &show::Names) -> Result<Said> {
    let people = show::event(event, names).unwrap_or_default();
    Ok(Said { people, json: serde_json::to_value(event)? })
}

/// What is too large would not even fit a frame, so the host could not say so.
fn upload(file: &Path) -> Result<ImageUpload> {
    let size = std::fs::metadata(file).with_context(|| format!("{} can't be read.", file.display()))?.len();
    let most = limits::IMAGES_BYTES / 1024;
    ensure!(
        size <= limits::IMAGES_BYTES as u64,
        "{} takes {} KiB, and the images of a prompt take {most} KiB at most. Make it smaller.",
        file.display(),
        size.div_ceil(1024)
    );
    let bytes = std::fs::read(file).with_context(|| format!("{} can't be read.", file.display()))?;
    Ok(ImageUpload { data: STANDARD.encode(bytes) })
}

fn standard_input() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("Standard input can't be read.")?;
    Ok(text)
}
