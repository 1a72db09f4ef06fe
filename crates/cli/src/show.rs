//! Sessions and their events, as lines for people.

use std::collections::BTreeMap;

use model::{Event, LongText, PersonId, Refusal, RoomView, SessionRow, SessionStatus};
use wire::{LoggedEvent, Snapshot};

/// Who is who in a room.
#[derive(Default)]
pub struct Names(BTreeMap<PersonId, String>);

impl Names {
    pub fn learn(&mut self, view: Option<&RoomView>) {
        let roster = view.into_iter().flat_map(|view| &view.roster);
        self.0.extend(roster.map(|it| (it.person, it.name.to_string())));
    }

    /// Also of those who have left.
    pub fn hear(&mut self, events: &[LoggedEvent]) {
        for logged in events {
            if let Ok(Event::PersonJoined { person, name, .. } | Event::PersonRenamed { person, name }) =
                serde_json::from_value(logged.event.clone())
            {
                self.0.insert(person, name.to_string());
            }
        }
    }

    fn of(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_else(|| "somebody".to_owned())
    }
}

pub fn session_row(row: &SessionRow) -> Vec<String> {
    let status = match row.status {
        SessionStatus::NeedsYou => "needs you",
        SessionStatus::NeedsOthers => "waits for others",
        SessionStatus::Running => "running",
        SessionStatus::Interrupted => "interrupted",
        SessionStatus::Idle => "idle",
        SessionStatus::Ended => "ended",
        SessionStatus::Broken => "broken",
    };
    vec![format!("#{}", row.number), row.handle.clone(), status.to_owned(), row.title.clone()]
}

pub fn snapshot(snapshot: &Snapshot) -> String {
    let Some(view) = &snapshot.view else { return String::new() };
    let mut names = Names::default();
    names.hear(&snapshot.events);
    names.learn(Some(view));
    let turn = match &view.turn {
        Some(turn) => format!("{} is driving ({:?})", names.of(turn.driver), turn.phase).to_lowercase(),
        None if view.interrupted => "the last turn was interrupted".to_owned(),
        None => "idle".to_owned(),
    };
    let people: Vec<String> = view.roster.iter().map(|it| it.name.to_string()).collect();
    let mut lines = vec![
        format!("#{} {} with {}", view.number, view.title, view.choice.agent),
        format!("now:    {turn}"),
        format!("here:   {}", people.join(", ")),
        format!("queue:  {} waiting", view.queue.items.len()),
        String::new(),
    ];
    lines.extend(snapshot.events.iter().filter_map(|logged| event(logged, &names)));
    lines.join("\n")
}

/// A line for what people said and agents did; `None` for bookkeeping and for events of a newer host.
pub fn event(logged: &LoggedEvent, names: &Names) -> Option<String> {
    let event: Event = serde_json::from_value(logged.event.clone()).ok()?;
    if logged.event.get("redacted").is_some() {
        return Some(format!("[{}: redacted]", logged.seq));
    }
    let line = match event {
        Event::TurnTaken { author, body, .. } => {
            format!("{}: {}{}", names.of(author), body.text, images(body.images.len()))
        }
        Event::MessageSaid { text, .. } => format!("agent: {}", whole(&text)),
        Event::ThoughtHad { text, .. } => format!("agent thinks: {}", whole(&text)),
        Event::ToolStarted { call, .. } => format!("tool: {}", call.title),
        Event::ToolEnded { status, .. } => format!("tool ended: {status:?}").to_lowercase(),
        Event::BallotOpened { plan, .. } => format!("plan to decide on:\n{}", whole(&plan)),
        Event::VoteCast { person, choice, .. } => format!("{} votes: {choice:?}", names.of(person)),
        Event::BallotClosed { outcome, .. } => format!("the plan's ballot closed: {outcome:?}"),
        Event::QuestionAsked { .. } => "the agent asks a question".to_owned(),
        Event::QuestionAnswered { person, .. } => format!("{} answers", names.of(person)),
        Event::PermissionAsked { request, .. } => format!("the agent asks permission: {}", request.title),
        Event::PermissionAnswered { answer, .. } => format!("permission: {answer:?}").to_lowercase(),
        Event::PermissionRefused { request, refusal: Refusal::PlanFirst, .. } => {
            format!("refused, since no plan was approved yet: {}", request.title)
        }
        Event::TurnEnded { outcome, .. } => format!("turn ended: {outcome:?}"),
        Event::PersonJoined { name, .. } => format!("{name} joined"),
        Event::PersonLeft { person, .. } => format!("{} left", names.of(person)),
        Event::Redacted { by, .. } => format!("{} took back what was said", names.of(by)),
        Event::AgentExited { reason, .. } => format!("the agent ended: {reason}"),
        // Bookkeeping: the list of sessions and the window show it.
        _ => return None,
    };
    Some(line)
}

fn images(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " [1 image]".to_owned(),
        more => format!(" [{more} images]"),
    }
}

fn whole(text: &LongText) -> String {
    let cut = if text.blob.is_some() { " […]" } else { "" };
    format!("{}{cut}", text.text.trim_end())
}
