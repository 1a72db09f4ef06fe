//! The rules again, slow and obvious: from the events alone, with plain lists, sharing no code with the
//! room.

use std::collections::{BTreeMap, BTreeSet};

use model::*;
use room::{By, Room};

use crate::cast::OWNER;

type Checked = Result<(), Fault>;

/// A broken rule, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault(pub String);

macro_rules! ensure {
    ($fine:expr, $fault:expr) => {
        if !$fine {
            return Err(Fault::from($fault));
        }
    };
}

mod ballots;
mod plan_first;
mod suggestions;

use ballots::Ballots;
use plan_first::PlanFirst;
use suggestions::Suggestions;

#[derive(Default)]
pub struct Reference {
    turn: Option<OpenTurn>,
    ended: BTreeSet<TurnId>,
    /// Waiting prompts in order, and whether each is held.
    waiting: Vec<(PromptId, bool)>,
    /// Prompts that have reached an agent.
    spent: BTreeSet<PromptId>,
    state: State,
    agent_turns: u8,
    cards: BTreeMap<CardId, bool>,
    ballots: Ballots,
    suggestions: Suggestions,
    plan_first: PlanFirst,
}

struct OpenTurn {
    id: TurnId,
    prompt: PromptId,
    driver: PersonId,
    begun: bool,
}

#[derive(Default, PartialEq)]
enum State {
    #[default]
    Active,
    Paused,
    Ended,
}

impl Reference {
    /// One appended decision.
    pub fn take(&mut self, events: &[Event], room: &Room) -> Checked {
        for (n, event) in events.iter().enumerate() {
            self.session(event);
            self.queue(event)?;
            self.turn(event, events.get(n.wrapping_sub(1)))?;
            self.card(event)?;
            self.ballots.take(event)?;
            self.plan_first.take(event)?;
            self.suggestions.take(event, events.get(n + 1))?;
        }
        self.compare(room)
    }

    /// TU3, its first refusals and the lock.
    pub fn check_answer(
        &self,
        by: &By,
        command: &Command,
        answer: &Result<Vec<Event>, Rejection>,
    ) -> Checked {
        let Command::Deliver { delivery, origin, .. } = command else {
            return self.suggestions.check_answer(by, command, answer);
        };
        if *origin == Origin::Human && !by.rights.has(Right::Steer) && by.rights.has(Right::Suggest) {
            return Suggestions::check_made(by, &self.state, answer);
        }
        let locked = self.turn.as_ref().map(|turn| turn.driver).filter(|driver| *driver != by.person);
        let human_now = *delivery == Delivery::Now && *origin == Origin::Human && self.state == State::Active;
        let expected = if !by.rights.has(Right::Steer) {
            Some(Rejection::Forbidden { right: Right::Steer })
        } else if by.muted {
            Some(Rejection::Muted)
        } else if self.state == State::Ended {
            Some(Rejection::NotOpen)
        } else {
            locked.filter(|_| human_now).map(|driver| Rejection::TurnLocked { driver })
        };
        match (expected, answer) {
            (Some(expected), Err(refused)) if expected == *refused => Ok(()),
            (None, Ok(_) | Err(Rejection::QueueFull { .. })) => Ok(()),
            (expected, answer) => Err(Fault(format!("a delivery got {answer:?}, expected {expected:?}"))),
        }
    }

    /// After the drain.
    pub fn check_rest(&self) -> Checked {
        let open = self.cards.values().filter(|open| **open).count();
        let open = open + self.suggestions.open();
        if self.turn.is_some() || open > 0 || !self.waiting.is_empty() {
            return Err(Fault(format!("at rest with {open} cards open and {} waiting", self.waiting.len())));
        }
        Ok(())
    }

    fn session(&mut self, event: &Event) {
        match event {
            Event::SessionPaused => self.state = State::Paused,
            Event::SessionResumed | Event::SessionReopened => self.state = State::Active,
            Event::SessionEnded => self.state = State::Ended,
            Event::WakeBudgetRefilled => self.agent_turns = 0,
            _ => {}
        }
    }

    fn queue(&mut self, event: &Event) -> Checked {
        match event {
            Event::PromptQueued { prompt, ahead: true, .. } => self.waiting.insert(0, (*prompt, false)),
            Event::PromptQueued { prompt, ahead: false, .. } => self.waiting.push((*prompt, false)),
            Event::PromptReturned { prompt, .. } => {
                let begun = self.turn.as_ref().is_none_or(|turn| turn.begun || turn.prompt != *prompt);
                ensure!(!begun, "a prompt returned that was not waiting for its agent");
                self.waiting.insert(0, (*prompt, false));
            }
            Event::PromptHeld { prompt, .. } => self.held(*prompt).for_each(|held| *held = true),
            Event::PromptReleased { prompt } => self.held(*prompt).for_each(|held| *held = false),
            Event::PromptWithdrawn { prompt, .. } => self.leave(*prompt)?,
            Event::PromptSteered { prompt, .. } => {
                self.leave(*prompt)?;
                ensure!(self.spent.insert(*prompt), "a prompt reached an agent twice");
            }
            _ => {}
        }
        Ok(())
    }

    fn held(&mut self, prompt: PromptId) -> impl Iterator<Item = &mut bool> {
        let same = move |(waiting, _): &&mut (PromptId, bool)| *waiting == prompt;
        self.waiting.iter_mut().filter(same).map(|(_, held)| held)
    }

    fn leave(&mut self, prompt: PromptId) -> Checked {
        let before = self.waiting.len();
        self.waiting.retain(|(waiting, _)| *waiting != prompt);
        ensure!(self.waiting.len() + 1 == before, "a prompt left the queue that was not in it");
        Ok(())
    }

    fn turn(&mut self, event: &Event, before: Option<&Event>) -> Checked {
        match event {
            Event::TurnTaken { turn, prompt, driver, origin, .. } => {
                ensure!(self.turn.is_none(), "two turns at a time");
                ensure!(self.state == State::Active, "a turn in a session that is not active");
                let first = self.waiting.iter().find(|(_, held)| !held).map(|(prompt, _)| *prompt);
                let at_once =
                    matches!(before, Some(Event::PromptQueued { prompt: queued, .. }) if queued == prompt);
                ensure!(at_once || first == Some(*prompt), "a prompt overtook another");
                self.leave(*prompt)?;
                self.agent_turns += u8::from(matches!(origin, Origin::Agent { .. }));
                ensure!(self.agent_turns <= limits::WAKE_BUDGET, "agents woke the session too often");
                let (id, prompt, driver) = (*turn, *prompt, *driver);
                self.turn = Some(OpenTurn { id, prompt, driver, begun: false });
            }
            Event::TurnBegan { turn } => {
                let spent = &mut self.spent;
                let open = self.turn.as_mut().filter(|open| open.id == *turn && !open.begun);
                let open = open.ok_or("a turn began that was not starting")?;
                open.begun = true;
                ensure!(spent.insert(open.prompt), "a prompt reached an agent twice");
            }
            Event::DriverChanged { turn, driver, .. } => {
                let open = self.turn.as_mut().filter(|open| open.id == *turn);
                open.ok_or("the lock of no turn moved")?.driver = *driver;
            }
            Event::TurnEnded { turn, .. } => {
                let open = self.turn.take().filter(|open| open.id == *turn);
                ensure!(open.is_some() && self.ended.insert(*turn), "a turn ended that was not running");
                ensure!(self.cards.values().all(|open| !open), "a card outlived its turn");
            }
            _ => {}
        }
        Ok(())
    }

    fn card(&mut self, event: &Event) -> Checked {
        let begun = self.turn.as_ref().is_some_and(|turn| turn.begun);
        let mut open = |card| {
            ensure!(begun, "a card without a turn");
            ensure!(self.cards.insert(card, true).is_none(), "a card opened twice");
            Ok(())
        };
        match event {
            Event::BallotOpened { ballot, .. } => open(CardId::Ballot(*ballot)),
            Event::QuestionAsked { question, .. } => open(CardId::Question(*question)),
            Event::PermissionAsked { permission, .. } => open(CardId::Permission(*permission)),
            Event::BallotClosed { ballot, .. } => self.close(CardId::Ballot(*ballot)),
            Event::QuestionSettled { question, .. } | Event::QuestionWithdrawn { question, .. } => {
                self.close(CardId::Question(*question))
            }
            Event::PermissionAnswered { permission, .. } | Event::PermissionWithdrawn { permission, .. } => {
                self.close(CardId::Permission(*permission))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, card: CardId) -> Checked {
        ensure!(self.cards.insert(card, false) == Some(true), "a card closed that was not open");
        Ok(())
    }

    fn compare(&self, room: &Room) -> Checked {
        let turn = room.turn();
        let lock = turn.as_ref().map(|turn| (turn.turn, turn.driver));
        let expected = self.turn.as_ref().map(|turn| (turn.id, turn.driver));
        ensure!(lock == expected, "the lock is not where the log says");
        ensure!(room.queued() as usize == self.waiting.len(), "the queue is not as long as the log says");
        let open = self.cards.values().filter(|open| **open).count();
        let needs = open + self.suggestions.unheld();
        ensure!(room.wanted().len() == needs, "other cards are open than the log says");
        let driver = turn.map(|turn| turn.driver).filter(|driver| *driver != OWNER);
        let lost = driver.is_some_and(|driver| self.ballots.has_left(driver));
        ensure!(!lost, "somebody who is gone holds the lock");
        match room.owed().is_empty() {
            true => self.ballots.waits(),
            false => Ok(()),
        }
    }
}

impl From<&str> for Fault {
    fn from(fault: &str) -> Self {
        Self(fault.to_owned())
    }
}
