//! A session that begins with the turns of another one (WS24).

use std::collections::BTreeMap;

use model::{
    Actor, AgentChoice, Event, PastPerson, PersonId, PromptId, SessionId, StreamId, TurnId, Usage,
    WorkspaceId,
};
use ports::event_store::Record;
use serde_json::value::RawValue;
use wire::{Failure, FailureCode, Reply};

use super::{Cause, Desk, Line, Said, parse, storage, title};
use crate::commit::Stamp;

/// Events read at once.
const PAGE: usize = 1000;
/// Events that a fork takes along, in whole turns, the newest of them.
const EVENTS: usize = 20_000;

const OTHER_REPOSITORY: &str =
    "A session can be forked into a workspace of the same repository only. Nothing was made.";

/// What is to be forked, and where to.
pub(crate) struct Fork {
    pub session: SessionId,
    pub before: Option<TurnId>,
    pub workspace: Option<WorkspaceId>,
    pub title: Option<String>,
}

impl Desk {
    pub async fn fork_session(&self, cause: Cause, fork: Fork) -> Result<Reply, Failure> {
        let named = fork.title.as_deref().map(title).transpose()?;
        let world = self.globe.now().clone();
        let source = world.shelf.sessions.get(&fork.session).copied().ok_or_else(Failure::not_found)?;
        let workspace = fork.workspace.unwrap_or(source.workspace);
        let repository_of = |id: WorkspaceId| world.shelf.workspaces.get(&id).map(|known| known.repository);
        let repository = repository_of(workspace).ok_or_else(Failure::not_found)?;
        if repository_of(source.workspace) != Some(repository) {
            return Err(Failure::new(FailureCode::BadParams, OTHER_REPOSITORY));
        }
        let past = self.past_of(fork.session, fork.before).await?;
        let Past { choice: Some(choice), title, .. } = &past else { return Err(Failure::not_found()) };
        let (choice, title) = (choice.clone(), named.unwrap_or_else(|| title.clone()));
        let session = SessionId(self.parts.ids.fresh());
        let by = cause.principal.person;
        let (from, number, turns) = (fork.session, source.number, past.turns_kept());
        let now = Stamp { at: self.parts.clock.now(), actor: Actor::Person { person: by }, cause: None };
        self.decide(Some(cause), move |state| {
            let known = state.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
            if !known.state.is_active() {
                return Err(crate::work::archived());
            }
            let mut decision = super::Decision::default();
            state.open(&mut decision, (session, workspace), (title, choice), by)?;
            let people = past.people.values().cloned().collect();
            let forked = Event::SessionForked { from, number, by, turns, people };
            decision.past = past.said(Said { line: Line::Event(Box::new(forked)), stamp: now });
            Ok((decision, Reply::Session { session, workspace }))
        })
        .await
    }

    async fn past_of(&self, session: SessionId, before: Option<TurnId>) -> Result<Past, Failure> {
        let stream = StreamId::Session(session);
        let mut past = Past::default();
        let mut after = 0;
        loop {
            let page = self.parts.store.read(stream, after, PAGE).await.map_err(storage)?;
            let Some(last) = page.last() else { break };
            after = last.header.seq;
            for record in &page {
                if past.take(record, before)? {
                    return Ok(past);
                }
            }
        }
        match before {
            // It was taken back, or never was.
            Some(_) => Err(Failure::not_found()),
            None => Ok(past),
        }
    }
}

/// A session's log as a fork takes it along.
#[derive(Default)]
struct Past {
    choice: Option<AgentChoice>,
    title: String,
    people: BTreeMap<PersonId, PastPerson>,
    turns: Vec<Turn>,
    running: Option<Turn>,
    /// Prompts that may be folded into a turn (TU3).
    waiting: BTreeMap<PromptId, Said>,
}

struct Turn {
    /// Where it was taken in the other log.
    seq: u64,
    said: Vec<Said>,
}

impl Past {
    /// Whether it is at its end.
    fn take(&mut self, record: &Record, before: Option<TurnId>) -> Result<bool, Failure> {
        let event = parse::<Event>(&record.body)?;
        let actor = parse::<Actor>(&record.header.actor)?;
        let seq = record.header.seq;
        let stamp = Stamp { at: record.header.at, actor, cause: None };
        let as_it_stands = record.is_erased().then(|| RawValue::from_string(record.body.to_string()));
        let as_it_stands = as_it_stands.and_then(Result::ok);
        let said = |event| Said {
            line: as_it_stands.map_or_else(|| Line::Event(Box::new(event)), Line::AsItStands),
            stamp,
        };
        match event {
            Event::TurnTaken { turn, .. } if Some(turn) == before => return Ok(true),
            Event::TurnTaken { .. } => self.running = Some(Turn { seq, said: vec![said(event)] }),
            Event::TurnEnded { turn, outcome, .. } => {
                let ended = Event::TurnEnded { turn, outcome, usage: Usage::default() };
                if let Some(mut running) = self.running.take() {
                    running.said.push(said(ended));
                    self.turns.push(running);
                }
            }
            Event::ConversationRewound { from, .. } => self.turns.retain(|turn| turn.seq < from),
            Event::SessionOpened { choice, title, .. } => {
                self.choice = Some(choice);
                self.title = title;
            }
            Event::AgentChosen { choice } => self.choice = Some(choice),
            Event::SessionRenamed { title } => self.title = title,
            Event::PersonJoined { person, name, colour, .. } => {
                self.people.insert(person, PastPerson { person, name, colour });
            }
            Event::PersonRenamed { person, name } => {
                self.people.entry(person).and_modify(|known| known.name = name);
            }
            Event::PromptQueued { prompt, .. } => drop(self.waiting.insert(prompt, said(event))),
            Event::PromptSteered { prompt, .. } => {
                let queued = self.waiting.remove(&prompt);
                self.in_turn(queued.into_iter().chain([said(event)]));
            }
            event if is_of_the_talk(&event) => self.in_turn([said(event)]),
            _ => {}
        }
        Ok(false)
    }

    fn in_turn(&mut self, said: impl IntoIterator<Item = Said>) {
        if let Some(running) = &mut self.running {
            running.said.extend(said);
        }
    }

    fn turns_kept(&self) -> u32 {
        u32::try_from(self.turns.len() - self.left_out()).unwrap_or(u32::MAX)
    }

    /// Turns that are too far back.
    fn left_out(&self) -> usize {
        let mut events = 0;
        let fits = |turn: &&Turn| {
            events += turn.said.len();
            events <= EVENTS
        };
        self.turns.len() - self.turns.iter().rev().take_while(fits).count()
    }

    fn said(self, forked: Said) -> Vec<Said> {
        let left_out = self.left_out();
        let turns = self.turns.into_iter().skip(left_out).flat_map(|turn| turn.said);
        turns.chain([forked]).collect()
    }
}

/// What is said and done in a turn, cards included; what it took and did to files is of the other session.
fn is_of_the_talk(event: &Event) -> bool {
    matches!(
        event,
        Event::TurnBegan { .. }
            | Event::AgentReady { .. }
            | Event::MessageSaid { .. }
            | Event::ThoughtHad { .. }
            | Event::ToolStarted { .. }
            | Event::ToolChanged { .. }
            | Event::ToolEnded { .. }
            | Event::TasksSet { .. }
            | Event::BallotOpened { .. }
            | Event::VoteCast { .. }
            | Event::VoterDropped { .. }
            | Event::BallotClosed { .. }
            | Event::QuestionAsked { .. }
            | Event::QuestionAnswered { .. }
            | Event::AnswererDropped { .. }
            | Event::QuestionSettled { .. }
            | Event::QuestionWithdrawn { .. }
            | Event::PermissionAsked { .. }
            | Event::PermissionAnswered { .. }
            | Event::PermissionWithdrawn { .. }
            | Event::PermissionRefused { .. }
            | Event::AgentTold { .. }
            | Event::AgentExited { .. }
            | Event::DriverChanged { .. }
    )
}
