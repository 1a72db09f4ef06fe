use std::collections::VecDeque;
use std::sync::Arc;

use model::limits::{SUGGESTIONS, SUGGESTIONS_PER_AUTHOR};
use model::{
    Ceiling, Delivery, DropReason, Event, Origin, PersonId, PromptBody, PromptId, Rejection, Right,
    SessionState, SuggestionGone, SuggestionId, Timestamp, TurnId,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::queue::{Item, check_body, check_size};
use crate::room::Room;

/// Decided ones that a late word is told about; older ones are answered as unknown.
const REMEMBERED: usize = 64;

/// Prompts of people who may not steer, oldest first (GR1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Suggestions {
    open: Vec<Suggestion>,
    decided: VecDeque<Decided>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Suggestion {
    pub id: SuggestionId,
    pub author: PersonId,
    pub body: Arc<PromptBody>,
    /// The lowest of all who have had a hand in it (GR5).
    pub ceiling: Ceiling,
    /// Edits so far: nobody accepts words that they have not read.
    pub revision: u32,
    pub edited_by: Option<PersonId>,
    pub at: Timestamp,
}

/// What a steerer says yes to.
pub(crate) struct Acceptance<'a> {
    pub suggestion: SuggestionId,
    pub revision: u32,
    pub body: Option<&'a PromptBody>,
    pub prompt: PromptId,
    pub turn: TurnId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Decided {
    suggestion: SuggestionId,
    by: Option<PersonId>,
    at: Timestamp,
}

impl Room {
    /// A delivery of somebody who may not steer (GR1).
    pub(crate) fn suggest(
        &self,
        by: &By,
        suggestion: SuggestionId,
        body: &PromptBody,
    ) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        check_body(body)?;
        if self.suggestions.expect(suggestion) != Err(Rejection::NotFound) {
            return Err(Rejection::Unchanged);
        }
        self.suggestions.expect_room_for(by.person)?;
        let (author, ceiling) = (by.person, by.ceiling);
        Ok(vec![Event::SuggestionMade { suggestion, author, body: body.clone(), ceiling }])
    }

    /// A delivery like any other (TU3), of words whose author stays; the accepter drives (TU2).
    pub(crate) fn accept_suggestion(
        &self,
        by: &By,
        accepted: &Acceptance<'_>,
        delivery: Delivery,
    ) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        let open = self.suggestions.expect(accepted.suggestion)?;
        if self.is_held(open) {
            return Err(Rejection::AuthorMuted);
        }
        if open.revision != accepted.revision {
            return Err(Rejection::SuggestionChanged);
        }
        let edited = accepted.body.map(|body| body.instead_of(&open.body)).filter(|body| *body != *open.body);
        let mut events: Vec<Event> = edited.iter().map(|body| open.edited(by, body)).collect();
        let suggestion = open.id;
        events.push(Event::SuggestionAccepted { suggestion, by: by.person, prompt: accepted.prompt });
        let body = edited.unwrap_or_else(|| (*open.body).clone());
        let item = Item {
            author: open.author,
            ceiling: open.ceiling.min(by.ceiling), // GR5
            driver: Some(by.person).filter(|accepter| *accepter != open.author),
            ..Item::new(accepted.prompt, by, Origin::Human, body)
        };
        events.extend(self.deliver(by, item, accepted.turn, delivery)?);
        Ok(events)
    }

    pub(crate) fn edit_suggestion(
        &self,
        by: &By,
        suggestion: SuggestionId,
        body: &PromptBody,
    ) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        let open = self.suggestions.expect(suggestion)?;
        open.expect_hand_of(by)?;
        check_body(body)?;
        let body = body.instead_of(&open.body);
        if body == *open.body {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![open.edited(by, &body)])
    }

    pub(crate) fn drop_suggestion(
        &self,
        by: &By,
        suggestion: SuggestionId,
        reason: Option<&str>,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.suggestions.expect(suggestion)?;
        open.expect_hand_of(by)?;
        let words = reason.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        words.as_deref().map_or(Ok(()), check_size)?;
        let own = open.author == by.person;
        let reason = if own { SuggestionGone::ByAuthor } else { SuggestionGone::Declined { words } };
        Ok(vec![Event::SuggestionDropped { suggestion, by: Some(by.person), reason }])
    }

    /// Its author only watches for now: as a muted author's prompt it waits (QU5).
    pub(crate) fn is_held(&self, open: &Suggestion) -> bool {
        self.roster.is_muted(open.author)
    }

    /// With its author's grant and with the session a suggestion goes (QU5, SE2).
    pub(crate) fn drop_lost_suggestions(&self) -> Vec<Event> {
        let lost =
            self.suggestions.open.iter().filter_map(|open| Some((open.id, self.suggestion_gone(open)?)));
        lost.map(|(suggestion, reason)| Event::SuggestionDropped { suggestion, by: None, reason }).collect()
    }

    fn suggestion_gone(&self, open: &Suggestion) -> Option<SuggestionGone> {
        if self.session.state == SessionState::Ended {
            return Some(SuggestionGone::SessionEnded);
        }
        self.roster.out(open.author).map(|reason| match reason {
            DropReason::Kicked => SuggestionGone::AuthorKicked,
            DropReason::Left
            | DropReason::Absent
            | DropReason::Muted
            | DropReason::Revoked
            | DropReason::Expired
            | DropReason::RightLost
            | DropReason::OwnerWentOn => SuggestionGone::AuthorRevoked,
        })
    }
}

impl Suggestions {
    pub fn open(&self) -> &[Suggestion] {
        &self.open
    }

    pub fn expect(&self, suggestion: SuggestionId) -> Result<&Suggestion, Rejection> {
        self.open.iter().find(|open| open.id == suggestion).ok_or_else(|| {
            let decided = self.decided.iter().find(|decided| decided.suggestion == suggestion);
            decided.map_or(Rejection::NotFound, |decided| Rejection::AlreadyDecided {
                by: decided.by,
                at: decided.at,
            })
        })
    }

    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::SuggestionMade { suggestion, author, body, ceiling } => self.open.push(Suggestion {
                id: *suggestion,
                author: *author,
                body: Arc::new(body.clone()),
                ceiling: *ceiling,
                revision: 0,
                edited_by: None,
                at,
            }),
            Event::SuggestionEdited { suggestion, by, body, ceiling } => {
                let open = self.open.iter_mut().filter(|open| open.id == *suggestion);
                open.for_each(|open| {
                    open.body = Arc::new(body.clone());
                    open.ceiling = *ceiling;
                    open.revision = open.revision.saturating_add(1);
                    open.edited_by = Some(*by).filter(|by| *by != open.author);
                });
            }
            Event::SuggestionAccepted { suggestion, by, .. } => self.decide(*suggestion, Some(*by), at),
            Event::SuggestionDropped { suggestion, by, .. } => self.decide(*suggestion, *by, at),
            _ => {}
        }
    }

    fn expect_room_for(&self, author: PersonId) -> Result<(), Rejection> {
        let full = |limit: usize| Err(Rejection::SuggestionsFull { limit: limit as u32 });
        if self.open.len() >= SUGGESTIONS {
            return full(SUGGESTIONS);
        }
        if self.open.iter().filter(|open| open.author == author).count() >= SUGGESTIONS_PER_AUTHOR {
            return full(SUGGESTIONS_PER_AUTHOR);
        }
        Ok(())
    }

    fn decide(&mut self, suggestion: SuggestionId, by: Option<PersonId>, at: Timestamp) {
        self.open.retain(|open| open.id != suggestion);
        self.decided.push_back(Decided { suggestion, by, at });
        if self.decided.len() > REMEMBERED {
            self.decided.pop_front();
        }
    }
}

impl Suggestion {
    /// Its author, or somebody who may steer.
    pub fn expect_hand_of(&self, by: &By) -> Result<(), Rejection> {
        if self.author != by.person && !by.rights.has(Right::Steer) {
            return Err(Rejection::Forbidden { right: Right::Steer });
        }
        Ok(())
    }

    fn edited(&self, by: &By, body: &PromptBody) -> Event {
        Event::SuggestionEdited {
            suggestion: self.id,
            by: by.person,
            body: body.clone(),
            ceiling: self.ceiling.min(by.ceiling),
        }
    }
}
