use std::collections::BTreeMap;

use model::{Event, ItemId, Spending, Spent, ToolKind, ToolStatus, ToolUse, Usage};
use serde::{Deserialize, Serialize};

use crate::turn::Turn;

/// Who spent what on which agent, and what the tools did (AG7). It holds no words, so what is taken back leaves
/// it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bill {
    pub spending: Spending,
    /// Tools that run.
    open: BTreeMap<ItemId, ToolKind>,
}

impl Bill {
    /// `turn` is the running one, as it was before the event.
    pub fn apply(&mut self, event: &Event, turn: Option<&Turn>) {
        match event {
            Event::TurnBegan { .. } => self.spent(turn, |spent| spent.turns += 1),
            Event::UsageReported { usage, .. } => {
                self.spent(turn, |spent| spent.usage = spent.usage.and(*usage));
            }
            Event::ToolStarted { item, call, .. } => {
                self.open.insert(*item, call.kind);
                self.tool(call.kind, |tool| tool.calls += 1);
            }
            Event::ToolEnded { item, status, .. } => {
                let kind = self.open.remove(item);
                if let Some(kind) = kind.filter(|_| *status == ToolStatus::Failed) {
                    self.tool(kind, |tool| tool.failed += 1);
                }
            }
            Event::TurnEnded { .. } => self.open.clear(),
            // The other session paid for them (WS24).
            Event::SessionForked { .. } => *self = Self::default(),
            _ => {}
        }
    }

    fn spent(&mut self, turn: Option<&Turn>, change: impl FnOnce(&mut Spent)) {
        let Some(turn) = turn else { return };
        let (person, agent) = (turn.item.author, &turn.choice.agent);
        let all = &mut self.spending.spent;
        match all.iter_mut().find(|spent| spent.person == person && spent.agent == *agent) {
            Some(known) => change(known),
            None => {
                let mut fresh = Spent { person, agent: agent.clone(), turns: 0, usage: Usage::default() };
                change(&mut fresh);
                all.push(fresh);
            }
        }
    }

    fn tool(&mut self, kind: ToolKind, change: impl FnOnce(&mut ToolUse)) {
        let all = &mut self.spending.tools;
        match all.iter_mut().find(|tool| tool.kind == kind) {
            Some(known) => change(known),
            None => {
                let mut fresh = ToolUse { kind, calls: 0, failed: 0 };
                change(&mut fresh);
                all.push(fresh);
            }
        }
    }
}
