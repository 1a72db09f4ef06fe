use std::sync::Arc;

use model::limits::{PROMPT_BYTES, QUEUE_LEN, QUEUE_LEN_PER_AUTHOR};
use model::{
    Ceiling, DropReason, Event, HoldReason, Origin, PersonId, PromptBody, PromptGone, PromptId, Rejection,
    Right, SessionState, Timestamp, TurnId,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::room::Room;
use crate::turn::Turn;

/// First in, first out (QU1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Queue {
    items: Vec<Item>,
    /// After a stop or an error (QU3).
    pub held: bool,
}

/// One prompt, of one author, for one turn (QU1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub prompt: PromptId,
    pub author: PersonId,
    pub origin: Origin,
    pub body: Arc<PromptBody>,
    pub ceiling: Ceiling,
    /// The running turn it wants to join (TU3).
    pub steer: Option<TurnId>,
    /// Who drives its turn, if not its author (TU2, BA12).
    pub driver: Option<PersonId>,
    pub hold: Option<HoldReason>,
    /// Starts that a restart of the host cut short (QU4).
    pub attempts: u8,
    pub at: Timestamp,
}

impl Room {
    pub(crate) fn edit_prompt(
        &self,
        by: &By,
        prompt: PromptId,
        body: &PromptBody,
    ) -> Result<Vec<Event>, Rejection> {
        let item = self.waiting(by, prompt)?;
        // Words that another has accepted are theirs to change (GR1).
        if !item.may_be_edited_by(by) {
            return Err(Rejection::Forbidden { right: Right::Own });
        }
        check_body(body)?;
        let body = body.instead_of(&item.body);
        if body == *item.body {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![Event::PromptEdited { prompt, body }])
    }

    pub(crate) fn withdraw_prompt(&self, by: &By, prompt: PromptId) -> Result<Vec<Event>, Rejection> {
        let item = self.waiting(by, prompt)?;
        let reason = if item.author == by.person {
            PromptGone::ByAuthor
        } else if item.driver == Some(by.person) {
            PromptGone::ByDriver
        } else {
            PromptGone::ByOwner
        };
        Ok(vec![Event::PromptWithdrawn { prompt, reason }])
    }

    /// "Run queue" (QU3).
    pub(crate) fn release_queue(&self) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        if !self.queue.held {
            return Err(Rejection::Unchanged);
        }
        Ok(vec![Event::QueueReleased])
    }

    /// The prompt whose turn has come, if the room is free for it (QU2, QU3, SE2).
    pub(crate) fn due(&self) -> Option<&Item> {
        let free = self.turn.is_none() && self.session.state == SessionState::Active && !self.queue.held;
        self.queue.items.iter().find(|item| free && item.hold.is_none())
    }

    /// Author muted, or an agent without wake budget (QU5, HA4).
    pub(crate) fn hold_of(&self, item: &Item) -> Option<HoldReason> {
        if self.roster.is_muted(item.author) {
            return Some(HoldReason::AuthorMuted);
        }
        (item.is_from_agent() && self.wake.is_spent()).then_some(HoldReason::WakeBudget)
    }

    /// Why a waiting prompt can't run any more (QU5, SE2).
    pub(crate) fn gone(&self, item: &Item) -> Option<PromptGone> {
        if self.session.state == SessionState::Ended {
            return Some(PromptGone::SessionEnded);
        }
        self.roster.out(item.author).map(|reason| match reason {
            DropReason::Kicked => PromptGone::AuthorKicked,
            DropReason::Left
            | DropReason::Absent
            | DropReason::Muted
            | DropReason::Revoked
            | DropReason::Expired
            | DropReason::RightLost
            | DropReason::OwnerWentOn => PromptGone::AuthorRevoked,
        })
    }

    /// Of a prompt that waits.
    pub fn author_of(&self, prompt: PromptId) -> Option<PersonId> {
        self.queue.get(prompt).map(|item| item.author)
    }

    fn waiting(&self, by: &By, prompt: PromptId) -> Result<&Item, Rejection> {
        if self.turn.as_ref().is_some_and(|turn| turn.item.prompt == prompt) {
            return Err(Rejection::AlreadyStarted);
        }
        let item = self.queue.get(prompt).ok_or(Rejection::NotFound)?;
        if !item.may_be_removed_by(by) {
            return Err(Rejection::Forbidden { right: Right::Own });
        }
        Ok(item)
    }
}

impl Queue {
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub fn get(&self, prompt: PromptId) -> Option<&Item> {
        self.items.iter().find(|item| item.prompt == prompt)
    }

    pub fn expect_room_for(&self, author: PersonId) -> Result<(), Rejection> {
        let full = |limit: usize| Err(Rejection::QueueFull { limit: limit as u32 });
        if self.items.len() >= QUEUE_LEN {
            return full(QUEUE_LEN);
        }
        if self.items.iter().filter(|item| item.author == author).count() >= QUEUE_LEN_PER_AUTHOR {
            return full(QUEUE_LEN_PER_AUTHOR);
        }
        Ok(())
    }

    pub fn apply(&mut self, event: &Event, at: Timestamp, turn: Option<&Turn>) {
        match event {
            Event::PromptQueued { ahead, .. } => {
                let place = if *ahead { 0 } else { self.items.len() };
                self.items.splice(place..place, Item::queued(event, at, turn));
            }
            Event::PromptEdited { prompt, body } => {
                self.change(*prompt, |item| item.body = Arc::new(body.clone()));
            }
            Event::PromptHeld { prompt, reason } => self.change(*prompt, |item| item.hold = Some(*reason)),
            Event::PromptReleased { prompt } => self.change(*prompt, |item| item.hold = None),
            Event::PromptReturned { prompt, attempts } => {
                let taken = turn.map(|turn| &turn.item).filter(|item| item.prompt == *prompt);
                let back = taken.map(|item| Item { attempts: *attempts, ..item.clone() });
                self.items.splice(0..0, back);
            }
            Event::PromptWithdrawn { prompt, .. }
            | Event::PromptSteered { prompt, .. }
            | Event::TurnTaken { prompt, .. } => self.remove(*prompt),
            Event::QueueHeld => self.held = true,
            Event::QueueReleased => self.held = false,
            _ => {}
        }
    }

    /// An empty queue is not held: there is nothing to run.
    fn remove(&mut self, prompt: PromptId) {
        self.items.retain(|item| item.prompt != prompt);
        self.held &= !self.items.is_empty();
    }

    fn change(&mut self, prompt: PromptId, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.prompt == prompt) {
            change(item);
        }
    }
}

impl Item {
    pub fn new(prompt: PromptId, by: &By, origin: Origin, body: PromptBody) -> Self {
        Self {
            prompt,
            author: by.person,
            origin,
            body: Arc::new(body),
            ceiling: by.ceiling,
            steer: None,
            driver: None,
            hold: None,
            attempts: 0,
            at: Timestamp(0),
        }
    }

    fn queued(event: &Event, at: Timestamp, turn: Option<&Turn>) -> Option<Self> {
        let Event::PromptQueued { prompt, author, origin, body, ceiling, steer, ahead: _, driver } = event
        else {
            return None;
        };
        // BA12: a follow-up has the driver of the turn it follows.
        let follows = turn.filter(|_| *origin == Origin::FollowUp).map(|turn| turn.driver);
        Some(Self {
            prompt: *prompt,
            author: *author,
            origin: *origin,
            body: Arc::new(body.clone()),
            ceiling: *ceiling,
            steer: *steer,
            driver: driver.or(follows),
            hold: None,
            attempts: 0,
            at,
        })
    }

    /// Its author, whoever drives it, and the owner (QU1).
    pub fn may_be_removed_by(&self, by: &By) -> bool {
        self.author == by.person || self.may_be_edited_by(by)
    }

    pub fn may_be_edited_by(&self, by: &By) -> bool {
        let accepter = self.driver.filter(|_| self.origin == Origin::Human);
        accepter.unwrap_or(self.author) == by.person || by.owns()
    }

    pub fn is_from_agent(&self) -> bool {
        matches!(self.origin, Origin::Agent { .. })
    }
}

pub(crate) fn check_body(body: &PromptBody) -> Result<(), Rejection> {
    if body.text.trim().is_empty() {
        return Err(Rejection::Empty);
    }
    check_size(&body.text)
}

pub(crate) fn check_size(text: &str) -> Result<(), Rejection> {
    if text.len() > PROMPT_BYTES {
        return Err(Rejection::TooLarge { limit: PROMPT_BYTES as u64 });
    }
    Ok(())
}
