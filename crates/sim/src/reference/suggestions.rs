use std::collections::{BTreeMap, BTreeSet};

use model::*;
use room::By;

use super::{Checked, Fault, State};

/// What guests have suggested, and the lowest ceiling of all who touched it.
#[derive(Default)]
pub struct Suggestions {
    open: BTreeMap<SuggestionId, Open>,
    closed: BTreeSet<SuggestionId>,
    muted: BTreeSet<PersonId>,
    /// Accepted and not yet taken: who wrote it, who drives, under what.
    accepted: BTreeMap<PromptId, (PersonId, PersonId, Ceiling)>,
}

struct Open {
    author: PersonId,
    ceiling: Ceiling,
    edits: u32,
}

impl Suggestions {
    pub fn open(&self) -> usize {
        self.open.len()
    }

    pub fn unheld(&self) -> usize {
        self.open.values().filter(|open| !self.muted.contains(&open.author)).count()
    }

    pub fn take(&mut self, event: &Event, next: Option<&Event>) -> Checked {
        match event {
            Event::PersonJoined { person, muted: false, .. } | Event::PersonUnmuted { person } => {
                self.muted.remove(person);
            }
            Event::PersonJoined { person, muted: true, .. } | Event::PersonMuted { person } => {
                self.muted.insert(*person);
            }
            Event::SuggestionMade { suggestion, author, ceiling, .. } => {
                let open = Open { author: *author, ceiling: *ceiling, edits: 0 };
                let fresh =
                    !self.closed.contains(suggestion) && self.open.insert(*suggestion, open).is_none();
                ensure!(fresh, "a suggestion was made twice");
                let of_author = self.open.values().filter(|open| open.author == *author).count();
                ensure!(of_author <= 20 && self.open.len() <= 100, "too many suggestions");
            }
            Event::SuggestionEdited { suggestion, ceiling, .. } => {
                let open = self.open.get_mut(suggestion).ok_or("an edit of nothing")?;
                ensure!(*ceiling <= open.ceiling, "an edit raised the ceiling");
                open.ceiling = *ceiling;
                open.edits += 1;
            }
            Event::SuggestionAccepted { suggestion, by, prompt } => {
                let open = self.close(*suggestion)?;
                ensure!(!self.muted.contains(&open.author), "a muted author's suggestion was accepted");
                self.accepted.insert(*prompt, (open.author, *by, open.ceiling));
            }
            Event::SuggestionDropped { suggestion, .. } => {
                self.close(*suggestion)?;
            }
            Event::PromptQueued { prompt, author, ceiling, .. } => {
                let accepted = self.accepted.get(prompt);
                let kept = accepted.is_none_or(|(wrote, _, most)| wrote == author && ceiling <= most);
                ensure!(kept, "an accepted suggestion changed hands");
            }
            Event::TurnTaken { prompt, author, driver, ceiling, .. } => {
                // Not removed: it may be returned and taken again.
                if let Some((wrote, accepter, most)) = self.accepted.get(prompt) {
                    ensure!(author == wrote && ceiling <= most, "an accepted suggestion changed hands");
                    let owner = *driver == crate::cast::OWNER;
                    ensure!(owner || driver == accepter, "another drives than who accepted");
                }
            }
            _ => {}
        }
        let queued = matches!(next, Some(Event::PromptQueued { .. } | Event::WakeBudgetRefilled));
        let accepted = matches!(event, Event::SuggestionAccepted { .. });
        ensure!(!accepted || queued || matches!(next, Some(Event::QueueReleased)), "accepted and not queued");
        Ok(())
    }

    pub fn check_made(by: &By, state: &State, answer: &Result<Vec<Event>, Rejection>) -> Checked {
        let ended = *state == State::Ended;
        let fine = match answer {
            Err(Rejection::Muted) => by.muted,
            Err(Rejection::NotOpen) => ended && !by.muted,
            Err(Rejection::SuggestionsFull { .. }) => !ended && !by.muted,
            Ok(events) => {
                let made =
                    matches!(&events[..], [Event::SuggestionMade { author, .. }] if *author == by.person);
                made && !ended && !by.muted
            }
            Err(_) => false,
        };
        if fine { Ok(()) } else { Err(Fault(format!("a suggestion got {answer:?}"))) }
    }

    pub fn check_answer(
        &self,
        by: &By,
        command: &Command,
        answer: &Result<Vec<Event>, Rejection>,
    ) -> Checked {
        let Command::AcceptSuggestion { suggestion, revision, .. } = command else {
            return Ok(());
        };
        let Ok(events) = answer else {
            return Ok(());
        };
        let open = self.open.get(suggestion).ok_or("something closed was accepted")?;
        ensure!(by.rights.has(Right::Steer) && !by.muted, "accepted by who may not steer");
        ensure!(*revision == open.edits, "words were accepted that were not read");
        let low = |event: &Event| match event {
            Event::PromptQueued { ceiling, .. } | Event::TurnTaken { ceiling, .. } => *ceiling <= by.ceiling,
            _ => true,
        };
        ensure!(events.iter().all(low), "an acceptance above the accepter's ceiling");
        Ok(())
    }

    fn close(&mut self, suggestion: SuggestionId) -> Result<Open, Fault> {
        self.closed.insert(suggestion);
        self.open.remove(&suggestion).ok_or_else(|| Fault::from("a suggestion closed that was not open"))
    }
}
