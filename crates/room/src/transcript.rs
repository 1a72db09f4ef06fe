use std::collections::{BTreeMap, BTreeSet};

use model::{AgentKey, Event, Lack, Memory, Occurrence, SlashCommand, TurnId, TurnOutcome, Usage};
use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::room::Room;
use crate::turn::{Phase, Turn};

/// What the agent has said of itself, over all turns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgentFacts {
    /// Of each the last word: one agent's memory says nothing of another's (AG5).
    pub memory: BTreeMap<AgentKey, Memory>,
    /// They can put no plan to people (BA13).
    #[serde(default)]
    pub ungated: BTreeSet<AgentKey>,
    pub commands: Vec<SlashCommand>,
    pub usage: Usage,
    pub bill: Bill,
    /// The last turn was cut short and nothing has run since: "Resume" is offered (TU8).
    pub interrupted: bool,
}

impl Room {
    /// The agent's words and deeds, for the transcript alone. Each must name the turn that runs (TU7).
    pub(crate) fn told_by_agent(&self, occurrence: &Occurrence) -> Option<Event> {
        match occurrence.clone() {
            Occurrence::AgentReady { turn, memory, name, version, lacks } => {
                self.turn_named(turn).map(|_| Event::AgentReady { turn, memory, name, version, lacks })
            }
            Occurrence::MessageSaid { turn, item, text } => {
                self.begun(turn).map(|_| Event::MessageSaid { turn, item, text })
            }
            Occurrence::ThoughtHad { turn, item, text, began } => {
                self.begun(turn).map(|_| Event::ThoughtHad { turn, item, text, began })
            }
            Occurrence::ToolStarted { turn, item, call } => {
                let new = self.begun(turn).filter(|turn| !turn.open_tools.contains(&item));
                new.map(|_| Event::ToolStarted { turn, item, call })
            }
            Occurrence::ToolChanged { turn, item, call } => {
                let open = self.begun(turn).filter(|turn| turn.open_tools.contains(&item));
                open.map(|_| Event::ToolChanged { turn, item, call })
            }
            Occurrence::ToolEnded { turn, item, status, output, diffs } => {
                let open = self.begun(turn).filter(|turn| turn.open_tools.contains(&item));
                open.map(|_| Event::ToolEnded { turn, item, status, output, diffs })
            }
            Occurrence::TasksSet { turn, tasks } => self.begun(turn).map(|_| Event::TasksSet { turn, tasks }),
            Occurrence::UsageReported { turn, usage } => {
                self.begun(turn).map(|_| Event::UsageReported { turn, usage })
            }
            // A stall is no stall while a person is awaited (AG3).
            Occurrence::Stalled { turn, since } => {
                let waits = self.begun(turn).filter(|_| self.open_cards().next().is_none());
                waits.map(|_| Event::AgentStalled { turn, since })
            }
            Occurrence::ModeReported { mode } => Some(Event::ModeReported { mode }),
            Occurrence::CommandsOffered { commands } => {
                (commands != self.agent.commands).then_some(Event::CommandsOffered { commands })
            }
            Occurrence::AgentExited { reason, detail } => Some(Event::AgentExited { reason, detail }),
            _ => None,
        }
    }

    fn begun(&self, turn: TurnId) -> Option<&Turn> {
        self.turn_named(turn).filter(|turn| turn.phase != Phase::Starting)
    }
}

impl AgentFacts {
    pub fn apply(&mut self, event: &Event, turn: Option<&Turn>) {
        self.bill.apply(event, turn);
        match event {
            Event::AgentReady { memory, lacks, .. } => {
                if let Some(agent) = turn.map(|turn| &turn.choice.agent) {
                    self.memory.insert(agent.clone(), *memory);
                    self.ungated.remove(agent);
                    self.ungated.extend(lacks.contains(&Lack::PlanGate).then(|| agent.clone()));
                }
            }
            Event::CommandsOffered { commands } => self.commands.clone_from(commands),
            Event::UsageReported { usage, .. } => self.usage = self.usage.and(*usage),
            Event::TurnTaken { .. } => self.interrupted = false,
            // Nobody remembers what was taken back, nor anything before it.
            Event::ConversationRewound { .. } | Event::SessionForked { .. } => {
                self.memory.clear();
                self.interrupted = false;
            }
            Event::TurnEnded { outcome, .. } => {
                let begun = turn.is_some_and(|turn| turn.phase != Phase::Starting);
                self.interrupted = begun && *outcome == TurnOutcome::Interrupted;
            }
            _ => {}
        }
    }
}
