//! What waits in a session: its queue, and what was suggested.

use anyhow::{Context, Result};
use model::{Delivery, RoomView, SessionId, SuggestionId};
use wire::{Reply, Request};

use super::cards::{the_open, view};
use super::desk::Desk;
use super::{fresh, said};
use crate::args::Waiting;
use crate::output::{Said, table};
use crate::resolve;

pub async fn waiting(desk: &mut Desk, order: Waiting) -> Result<Said> {
    match order {
        Waiting::Queue { session } => queue(desk, &session).await,
        Waiting::Edit { session, id, text } => edit(desk, &session, (&id, text)).await,
        Waiting::Withdraw { session, prompt } => {
            let (session, view) = room(desk, &session).await?;
            let all = view.queue.items.iter().map(|it| (it.prompt, it.prompt.to_string()));
            let prompt = the_open(all, Some(&prompt), "prompt in the queue")?;
            let request = Request::WithdrawPrompt { command: fresh(), session, prompt };
            said(&desk.call(request).await?, "It waits no more.")
        }
        Waiting::Run { session } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            let reply = desk.call(Request::ReleaseQueue { command: fresh(), session }).await?;
            said(&reply, "The queue goes on.")
        }
        Waiting::Accept { session, suggestion, text, queue } => {
            let (session, view) = room(desk, &session).await?;
            let suggestion = suggested(&view, suggestion.as_deref())?;
            let read = view.suggestions.iter().find(|it| it.suggestion == suggestion);
            let revision = read.context("The suggestion is gone.")?.revision;
            let delivery = if queue { Delivery::Queue } else { Delivery::Now };
            let command = fresh();
            let request =
                Request::AcceptSuggestion { command, session, suggestion, revision, text, delivery };
            let reply = desk.call(request).await?;
            let started = matches!(reply, Reply::Prompted { started: true, .. });
            said(
                &reply,
                if started { "Accepted; its turn starts." } else { "Accepted; it waits in the queue." },
            )
        }
        Waiting::Drop { session, suggestion, reason } => {
            let (session, view) = room(desk, &session).await?;
            let suggestion = suggested(&view, suggestion.as_deref())?;
            let request = Request::DropSuggestion { command: fresh(), session, suggestion, reason };
            said(&desk.call(request).await?, "It is gone.")
        }
    }
}

async fn queue(desk: &mut Desk, session: &str) -> Result<Said> {
    let (_, view) = room(desk, session).await?;
    let prompts = view
        .queue
        .items
        .iter()
        .map(|it| vec![it.prompt.to_string(), "waits".to_owned(), it.body.text.to_string()]);
    let suggestions = view.suggestions.iter().map(|it| (it.suggestion.to_string(), it.body.text.to_string()));
    let suggestions = suggestions.map(|(id, text)| vec![id, "suggested".to_owned(), text]);
    let lines: Vec<Vec<String>> = prompts.chain(suggestions).collect();
    let json = serde_json::json!({ "kind": "queue", "queue": view.queue, "suggestions": view.suggestions });
    Ok(Said { people: table(&lines, "Nothing waits."), json })
}

/// By whichever has this id.
async fn edit(desk: &mut Desk, session: &str, (id, text): (&str, String)) -> Result<Said> {
    let (session, view) = room(desk, session).await?;
    let command = fresh();
    let request = match suggested(&view, Some(id)) {
        Ok(suggestion) => Request::EditSuggestion { command, session, suggestion, text },
        Err(_) => {
            let all = view.queue.items.iter().map(|it| (it.prompt, it.prompt.to_string()));
            let prompt = the_open(all, Some(id), "prompt in the queue")?;
            Request::EditPrompt { command, session, prompt, text }
        }
    };
    said(&desk.call(request).await?, "Changed.")
}

async fn room(desk: &mut Desk, session: &str) -> Result<(SessionId, RoomView)> {
    let (session, snapshot) = desk.room(session).await?;
    Ok((session, view(snapshot.view)?))
}

fn suggested(room: &RoomView, asked: Option<&str>) -> Result<SuggestionId> {
    let all = room.suggestions.iter().map(|it| (it.suggestion, it.suggestion.to_string()));
    the_open(all, asked, "suggestion")
}
