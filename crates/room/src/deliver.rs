use model::{Delivery, Event, Origin, PersonId, PromptGone, PromptId, Rejection, SessionState, TurnId};

use crate::by::By;
use crate::queue::{Item, check_body};
use crate::room::Room;

/// Where an accepted prompt goes (TU3).
enum Course {
    Start,
    Wait,
    Join(TurnId),
}

impl Room {
    /// Every accepted prompt is queued; one that starts at once is taken in the same decision. So a
    /// prompt has one way into the log, however it was delivered.
    pub(crate) fn deliver(
        &self,
        by: &By,
        mut item: Item,
        turn: TurnId,
        delivery: Delivery,
    ) -> Result<Vec<Event>, Rejection> {
        self.session.expect_open()?;
        check_body(&item.body)?;
        if self.holds_prompt(item.prompt) {
            return Err(Rejection::Unchanged);
        }
        let course = self.course(by, &item, delivery)?;
        let mut events = Vec::new();
        if item.origin == Origin::Human && self.wake.is_touched() {
            events.push(Event::WakeBudgetRefilled);
        }
        match course {
            Course::Start => {
                events.extend(self.queue.held.then_some(Event::QueueReleased));
                events.extend([queued(&item), self.taken(&item, turn)]);
            }
            Course::Wait => {
                self.queue.expect_room_for(item.author)?;
                events.push(queued(&item));
            }
            Course::Join(running) => {
                self.queue.expect_room_for(item.author)?;
                item.steer = Some(running);
                events.push(queued(&item));
            }
        }
        Ok(events)
    }

    pub(crate) fn next_taken(&self, prompt: PromptId, turn: TurnId) -> Vec<Event> {
        let due = self.due().filter(|item| item.prompt == prompt);
        due.map(|item| self.taken(item, turn)).into_iter().collect()
    }

    /// Taken out, so that it does not keep those behind it waiting (AG7).
    pub(crate) fn next_unpaid(&self, prompt: PromptId) -> Vec<Event> {
        let due = self.due().filter(|item| item.prompt == prompt);
        let gone = |_| Event::PromptWithdrawn { prompt, reason: PromptGone::BudgetSpent };
        due.map(gone).into_iter().collect()
    }

    /// Folded into the running turn; the host writes it to the agent only after this event.
    pub(crate) fn steered(&self, prompt: PromptId, turn: TurnId) -> Vec<Event> {
        let joins = self.joining().any(|item| item.prompt == prompt && item.steer == Some(turn));
        joins.then_some(Event::PromptSteered { prompt, turn }).into_iter().collect()
    }

    /// Prompts that want to join the turn that runs now.
    pub(crate) fn joining(&self) -> impl Iterator<Item = &Item> {
        let running = self.turn.as_ref().filter(|turn| turn.is_running()).map(|turn| turn.id);
        self.queue.items().iter().filter(move |item| {
            item.hold.is_none() && running.is_some_and(|running| item.steer == Some(running))
        })
    }

    fn course(&self, by: &By, item: &Item, delivery: Delivery) -> Result<Course, Rejection> {
        if self.session.state == SessionState::Paused {
            return Ok(Course::Wait);
        }
        let Some(turn) = &self.turn else {
            let waits = self.due().is_some() || self.hold_of(item).is_some();
            return Ok(if waits { Course::Wait } else { Course::Start });
        };
        match delivery {
            Delivery::Now if item.origin == Origin::Human && turn.driver != by.person => {
                Err(Rejection::TurnLocked { driver: turn.driver })
            }
            Delivery::Steer if turn.is_running() => Ok(Course::Join(turn.id)),
            Delivery::Now | Delivery::Queue | Delivery::Steer => Ok(Course::Wait),
        }
    }

    fn taken(&self, item: &Item, turn: TurnId) -> Event {
        // GR5: lowered since it was sent or accepted, it stays lowered.
        let people = [Some(item.author), item.driver].into_iter().flatten();
        let now = people.filter_map(|person| self.roster.ceiling(person)).min();
        let most = self.ceiling_before(item.author).min(item.ceiling);
        Event::TurnTaken {
            turn,
            prompt: item.prompt,
            author: item.author,
            driver: self.first_driver(item),
            origin: item.origin,
            body: (*item.body).clone(),
            choice: self.session.choice.clone(),
            ceiling: now.map_or(most, |now| now.min(most)),
        }
    }

    /// Nobody who is gone ever gets the lock: the owner has it then (TU4).
    fn first_driver(&self, item: &Item) -> PersonId {
        let driver = item.driver.unwrap_or(item.author);
        if self.roster.lost_lock(driver) { self.session.owner } else { driver }
    }

    fn holds_prompt(&self, prompt: PromptId) -> bool {
        self.queue.get(prompt).is_some() || self.turn.as_ref().is_some_and(|turn| turn.item.prompt == prompt)
    }
}

fn queued(item: &Item) -> Event {
    Event::PromptQueued {
        prompt: item.prompt,
        author: item.author,
        origin: item.origin,
        body: (*item.body).clone(),
        ceiling: item.ceiling,
        steer: item.steer,
        ahead: false,
        driver: item.driver,
    }
}
