use model::limits::{TAG_CHARS, TAGS, TITLE_CHARS};
use model::{AgentChoice, Event, PersonId, Rejection, RoomRules, SessionId, SessionState, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::room::Room;

/// A name that was taken from a prompt.
const NAME_CHARS: usize = 60;

/// What is known of a session when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub session: SessionId,
    pub workspace: WorkspaceId,
    pub number: u32,
    pub title: String,
    pub choice: AgentChoice,
    pub owner: PersonId,
    pub rules: RoomRules,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub id: SessionId,
    pub workspace: WorkspaceId,
    pub number: u32,
    /// Given by somebody; empty until then.
    given: String,
    /// The first words of the first prompt that ran.
    first: String,
    pub choice: AgentChoice,
    pub owner: PersonId,
    pub state: SessionState,
    pub tags: Vec<String>,
}

impl Room {
    /// The first events of a session's log.
    pub fn open(opening: Opening) -> Vec<Event> {
        let Opening { session, workspace, number, title, choice, owner, rules } = opening;
        vec![
            Event::SessionOpened { session, workspace, number, title, choice, owner },
            Event::RoomRulesChanged { rules },
        ]
    }

    pub(crate) fn rename(&self, title: &str) -> Result<Vec<Event>, Rejection> {
        let title = title.trim();
        if title.is_empty() {
            return Err(Rejection::Empty);
        }
        if title.chars().count() > TITLE_CHARS {
            return Err(Rejection::TooLarge { limit: TITLE_CHARS as u64 });
        }
        if title == self.session.given {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![Event::SessionRenamed { title: title.to_owned() }])
    }

    /// SE3: each trimmed and once, whatever its case.
    pub(crate) fn tag(&self, wanted: &[String]) -> Result<Vec<Event>, Rejection> {
        let mut tags: Vec<String> = Vec::new();
        for tag in wanted {
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
            if tag.is_empty() || tag.chars().any(char::is_control) {
                return Err(Rejection::Empty);
            }
            if tag.chars().count() > TAG_CHARS {
                return Err(Rejection::TooLarge { limit: TAG_CHARS as u64 });
            }
            if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
                tags.push(tag);
            }
        }
        if tags.len() > TAGS {
            return Err(Rejection::TooLarge { limit: TAGS as u64 });
        }
        if tags == self.session.tags {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![Event::SessionTagged { tags }])
    }

    /// From the next turn on; the running one keeps its own (AG9).
    pub(crate) fn choose_agent(&self, choice: &AgentChoice) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        if *choice == self.session.choice {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![Event::AgentChosen { choice: choice.clone() }])
    }

    pub(crate) fn pause(&self) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        self.session.move_from(&[SessionState::Active], Event::SessionPaused)
    }

    pub(crate) fn resume(&self) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        self.session.move_from(&[SessionState::Paused], Event::SessionResumed)
    }

    /// The turn and the queue follow by rule (SE2): see `settle`.
    pub(crate) fn end(&self) -> Result<Vec<Event>, Rejection> {
        self.session.move_from(&[SessionState::Active, SessionState::Paused], Event::SessionEnded)
    }

    pub(crate) fn reopen(&self) -> Result<Vec<Event>, Rejection> {
        self.session.move_from(&[SessionState::Ended], Event::SessionReopened)
    }
}

impl Session {
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::SessionOpened { session, workspace, number, title, choice, owner } => {
                *self = Self {
                    id: *session,
                    workspace: *workspace,
                    number: *number,
                    given: title.clone(),
                    first: String::new(),
                    choice: choice.clone(),
                    owner: *owner,
                    state: SessionState::Active,
                    tags: Vec::new(),
                };
            }
            Event::SessionRenamed { title } => self.given.clone_from(title),
            Event::TurnTaken { body, .. } if self.first.is_empty() => self.first = first_words(&body.text),
            Event::SessionTagged { tags } => self.tags.clone_from(tags),
            Event::AgentChosen { choice } => self.choice = choice.clone(),
            Event::SessionPaused => self.state = SessionState::Paused,
            Event::SessionResumed | Event::SessionReopened => self.state = SessionState::Active,
            Event::SessionEnded => self.state = SessionState::Ended,
            _ => {}
        }
    }

    /// SE4: without one of its own it goes by what was first asked in it.
    pub fn title(&self) -> &str {
        if self.given.is_empty() { &self.first } else { &self.given }
    }

    pub fn expect_open(&self) -> Result<(), Rejection> {
        match self.state {
            SessionState::Active | SessionState::Paused => Ok(()),
            SessionState::Ended => Err(Rejection::NotOpen),
        }
    }

    fn move_from(&self, states: &[SessionState], event: Event) -> Result<Vec<Event>, Rejection> {
        if !states.contains(&self.state) {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![event])
    }
}

/// Whole words of the first line that says something.
fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric));
    let mut title = String::new();
    for word in line.unwrap_or_default().split_whitespace() {
        let letters = title.chars().count() + 1 + word.chars().count();
        if letters > NAME_CHARS {
            if title.is_empty() {
                title = word.chars().take(NAME_CHARS - 1).collect();
            }
            title.push('…');
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

impl Default for Session {
    fn default() -> Self {
        Self {
            id: SessionId(Default::default()),
            workspace: WorkspaceId(Default::default()),
            number: 0,
            given: String::new(),
            first: String::new(),
            choice: AgentChoice::of(""),
            owner: PersonId(Default::default()),
            state: SessionState::Active,
            tags: Vec::new(),
        }
    }
}
