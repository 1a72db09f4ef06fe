use std::collections::BTreeSet;

use model::{
    AgentChoice, Ceiling, Event, ItemId, Origin, PersonId, PromptId, Rejection, Right, Timestamp, TurnId,
    TurnOutcome, Usage,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::queue::Item;
use crate::room::Room;

/// The running turn. Its driver holds the lock (TU2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Turn {
    pub id: TurnId,
    pub item: Item,
    pub driver: PersonId,
    pub choice: AgentChoice,
    pub ceiling: Ceiling,
    pub phase: Phase,
    /// Who has asked for the lock, first come first (TU9).
    pub asked: Vec<PersonId>,
    pub open_tools: BTreeSet<ItemId>,
    pub usage: Usage,
    pub since: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    /// No byte of the prompt has been written to the agent (TU8).
    Starting,
    Running,
    Stopping,
}

/// What the host needs of the running turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnFacts {
    pub turn: TurnId,
    pub prompt: PromptId,
    pub author: PersonId,
    pub driver: PersonId,
    pub origin: Origin,
    pub choice: AgentChoice,
    pub ceiling: Ceiling,
    pub phase: model::TurnPhase,
    pub since: Timestamp,
}

impl Room {
    pub(crate) fn turn_began(&self, turn: TurnId) -> Vec<Event> {
        let starting = self.turn_named(turn).filter(|turn| turn.phase == Phase::Starting);
        starting.map(|_| Event::TurnBegan { turn }).into_iter().collect()
    }

    /// Driver, owner or approver; a turn of origin agent, any steerer (TU5).
    pub(crate) fn stop_turn(&self, by: &By) -> Result<Vec<Event>, Rejection> {
        let turn = self.turn.as_ref().ok_or(Rejection::NoTurn)?;
        let anybody = turn.item.is_from_agent() && by.rights.has(Right::Steer);
        if turn.driver != by.person && !by.approves() && !anybody {
            return Err(Rejection::Forbidden { right: Right::Approve });
        }
        if turn.phase == Phase::Stopping {
            return Err(Rejection::Unchanged);
        }
        Ok(self.stop(turn, Some(by.person)))
    }

    /// GR5: its agent went further than people may let it.
    pub(crate) fn mode_exceeded(&self, turn: TurnId, mode: &str) -> Vec<Event> {
        let Some(turn) = self.turn_named(turn).filter(|turn| turn.is_running()) else {
            return vec![];
        };
        let exceeded = Event::ModeExceeded { turn: turn.id, mode: mode.to_owned() };
        [vec![exceeded], self.stop(turn, None)].concat()
    }

    /// A turn that has not begun has nothing to cancel, so it ends at once.
    pub(crate) fn stop(&self, turn: &Turn, by: Option<PersonId>) -> Vec<Event> {
        let mut events = vec![Event::TurnStopping { turn: turn.id, by }];
        if turn.phase == Phase::Starting {
            events.extend(self.end_turn(turn, TurnOutcome::Cancelled));
        }
        events
    }

    pub(crate) fn apply_turn(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::TurnTaken { turn, prompt, driver, choice, ceiling, .. } => {
                self.turn = self.queue.get(*prompt).map(|item| Turn {
                    id: *turn,
                    item: item.clone(),
                    driver: *driver,
                    choice: choice.clone(),
                    ceiling: *ceiling,
                    phase: Phase::Starting,
                    asked: vec![],
                    open_tools: BTreeSet::new(),
                    usage: Usage::default(),
                    since: at,
                });
            }
            Event::TurnEnded { turn, .. } => self.turn = self.turn.take().filter(|open| open.id != *turn),
            Event::PersonLeft { person, .. } => {
                self.turn.iter_mut().for_each(|turn| turn.asked.retain(|asked| asked != person));
            }
            // GR5: whoever steers a turn can only lower it.
            Event::PromptSteered { prompt, turn } => {
                let ceiling = self.queue.get(*prompt).map(|item| item.ceiling);
                self.change_turn(*turn, |turn| {
                    turn.ceiling = ceiling.map_or(turn.ceiling, |it| it.min(turn.ceiling))
                });
            }
            Event::TurnBegan { turn } => self.change_turn(*turn, |turn| turn.phase = Phase::Running),
            Event::TurnStopping { turn, .. } => {
                self.change_turn(*turn, |turn| turn.phase = Phase::Stopping);
            }
            Event::DriveAsked { turn, person } => self.change_turn(*turn, |turn| turn.asked.push(*person)),
            Event::DriverChanged { turn, driver, .. } => self.change_turn(*turn, |turn| {
                turn.driver = *driver;
                turn.asked.retain(|asked| asked != driver);
            }),
            Event::ToolStarted { turn, item, .. } => self.change_turn(*turn, |turn| {
                turn.open_tools.insert(*item);
            }),
            Event::ToolEnded { turn, item, .. } => self.change_turn(*turn, |turn| {
                turn.open_tools.remove(item);
            }),
            Event::UsageReported { turn, usage } => {
                self.change_turn(*turn, |turn| turn.usage = turn.usage.and(*usage));
            }
            _ => {}
        }
    }

    fn change_turn(&mut self, turn: TurnId, change: impl FnOnce(&mut Turn)) {
        if let Some(turn) = self.turn.as_mut().filter(|running| running.id == turn) {
            change(turn);
        }
    }

    /// `None` for any turn but the one that runs (TU6, TU7).
    pub(crate) fn turn_named(&self, turn: TurnId) -> Option<&Turn> {
        self.turn.as_ref().filter(|running| running.id == turn)
    }
}

impl Turn {
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }
}
