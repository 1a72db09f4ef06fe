//! What an agent says, in the room's words. Late and foreign words change nothing (TU7, AG4).

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{
    BallotId, CardId, Ending, ItemId, Occurrence, PermissionAnswer, PermissionId, PermissionRequest,
    PlanHash, PlanVerdict, Question, QuestionId, Refusal, ToolGroup, TurnId,
};
use ports::agent::{AgentEvent, Brief, DiffText, ItemKey, PermissionText, RequestKey, ToolCallText};
use ports::chain;
use wire::Failure;

use super::actor::Actor;
use crate::desk::storage;
use crate::long_text;

/// Tools of the toolbox (BA13).
const TALK: [&str; 3] = ["propose_plan", "ask_people", "wait_for_answer"];

impl Actor {
    pub(super) async fn hear(&mut self, generation: u64, event: AgentEvent) {
        if self.fault.is_some() || self.crew.of(generation).is_none() {
            return;
        }
        self.sign_of_life();
        if let Err(failure) = self.take_down(generation, event).await {
            tracing::warn!(%failure, "what the agent did could not be written down");
        }
    }

    async fn take_down(&mut self, generation: u64, event: AgentEvent) -> Result<(), Failure> {
        match event {
            AgentEvent::Text { item, thought, text } => {
                if let Some(turn) = self.turn_of(generation) {
                    self.say(turn, item, (thought, text)).await;
                }
                Ok(())
            }
            AgentEvent::Mode(mode) => {
                if let Some(slot) = self.crew.of(generation) {
                    slot.mode = Some(mode.clone());
                }
                self.observe(&Occurrence::ModeReported { mode: mode.clone() }).await?;
                match self.turn_of(generation).filter(|_| self.is_excess(&mode)) {
                    Some(turn) => self.observe(&Occurrence::ModeExceeded { turn, mode }).await,
                    None => Ok(()),
                }
            }
            AgentEvent::Commands(commands) => self.observe(&Occurrence::CommandsOffered { commands }).await,
            AgentEvent::TakenBack { key } => self.taken_back(generation, &key).await,
            AgentEvent::TurnOver { turn, reason } => self.over(turn, Ending::Stopped(reason)).await,
            AgentEvent::TurnFailed { turn, reason, detail } => {
                self.over(turn, Ending::Failed { reason, detail }).await
            }
            AgentEvent::Exited { reason, detail } => self.exited(generation, reason, detail).await,
            AgentEvent::ToolStarted { .. }
            | AgentEvent::ToolChanged { .. }
            | AgentEvent::ToolEnded { .. }
            | AgentEvent::Permission { .. }
            | AgentEvent::Plan { .. }
            | AgentEvent::Question { .. }
            | AgentEvent::Tasks(_)
            | AgentEvent::Usage(_) => {
                let Some(turn) = self.turn_of(generation) else { return Ok(()) };
                self.take_down_deed(generation, turn, event).await
            }
        }
    }

    async fn take_down_deed(
        &mut self,
        generation: u64,
        turn: TurnId,
        event: AgentEvent,
    ) -> Result<(), Failure> {
        if let AgentEvent::Usage(usage) = event {
            return self.observe(&Occurrence::UsageReported { turn, usage }).await;
        }
        self.finish_speech().await;
        match event {
            AgentEvent::ToolStarted { item, call } => {
                let (item, call) = (self.item(generation, item), self.kept_call(call).await?);
                self.observe(&Occurrence::ToolStarted { turn, item, call }).await
            }
            AgentEvent::ToolChanged { item, call } => {
                let (item, call) = (self.item(generation, item), self.kept_call(call).await?);
                self.observe(&Occurrence::ToolChanged { turn, item, call }).await
            }
            AgentEvent::ToolEnded { item, status, output, diffs } => {
                let item = self.item(generation, item);
                let store = self.shared.parts.store.clone();
                let output = long_text::keep(store.as_ref(), &output).await.map_err(storage)?;
                let diffs = self.kept_diffs(diffs).await?;
                self.observe(&Occurrence::ToolEnded { turn, item, status, output, diffs }).await
            }
            AgentEvent::Permission { key, asked } => self.permission((generation, key), turn, asked).await,
            AgentEvent::Plan { key, text } => self.plan((generation, key), turn, &text).await,
            AgentEvent::Question { key, asked } => self.question((generation, key), turn, asked).await,
            AgentEvent::Tasks(tasks) => self.observe(&Occurrence::TasksSet { turn, tasks }).await,
            AgentEvent::Usage(_)
            | AgentEvent::Text { .. }
            | AgentEvent::Mode(_)
            | AgentEvent::Commands(_)
            | AgentEvent::TakenBack { .. }
            | AgentEvent::TurnOver { .. }
            | AgentEvent::TurnFailed { .. }
            | AgentEvent::Exited { .. } => Ok(()),
        }
    }

    async fn permission(
        &mut self,
        key: (u64, RequestKey),
        turn: TurnId,
        asked: PermissionText,
    ) -> Result<(), Failure> {
        let permission = PermissionId(self.shared.parts.ids.fresh());
        let item = asked.item.map(|item| self.item(key.0, item));
        let request = PermissionRequest {
            item,
            tool: asked.tool,
            kind: asked.kind,
            title: asked.title,
            command: asked.command,
            directory: asked.directory,
            diffs: self.kept_diffs(asked.diffs).await?,
            expires_at: asked.expires_at,
        };
        let card = CardId::Permission(permission);
        let occurrence = match self.barred(&request) {
            Some(refusal) => Occurrence::PermissionBarred { turn, permission, request, refusal },
            None => Occurrence::PermissionAsked { turn, permission, request },
        };
        self.ask(card, key, occurrence).await
    }

    /// AG11: what is not among the tools of a named agent nobody can allow it. Its words to people are no tools,
    /// whatever its protocol calls them.
    fn barred(&self, request: &PermissionRequest) -> Option<Refusal> {
        let agent = self.room.turn()?.choice.agent;
        let Brief { tools, .. } = self.shared.parts.catalog.brief(&agent)?;
        let group = tools?.lacks(request.kind)?;
        let is_talk = group == ToolGroup::Mcp && TALK.iter().any(|tool| request.tool.contains(tool));
        (!is_talk).then_some(Refusal::NotItsTool(group))
    }

    async fn plan(&mut self, key: (u64, RequestKey), turn: TurnId, text: &str) -> Result<(), Failure> {
        let ballot = BallotId(self.shared.parts.ids.fresh());
        let plan_hash = PlanHash(chain::hex_digest(text.as_bytes()));
        let store = self.shared.parts.store.clone();
        let plan = long_text::keep(store.as_ref(), text).await.map_err(storage)?;
        let proposed = Occurrence::PlanProposed { turn, ballot, plan, plan_hash, deadline: None };
        self.ask(CardId::Ballot(ballot), key, proposed).await
    }

    async fn question(
        &mut self,
        key: (u64, RequestKey),
        turn: TurnId,
        asked: Question,
    ) -> Result<(), Failure> {
        let question = QuestionId(self.shared.parts.ids.fresh());
        self.ask(CardId::Question(question), key, Occurrence::QuestionAsked { turn, question, asked }).await
    }

    /// Opens a card. One that the room does not open is refused to the agent at once, so that it never
    /// waits for an answer that can't come.
    async fn ask(
        &mut self,
        card: CardId,
        key: (u64, RequestKey),
        occurrence: Occurrence,
    ) -> Result<(), Failure> {
        let events = self.room.observe(&occurrence, self.now());
        if events.is_empty() {
            self.refuse(card, key);
            return Ok(());
        }
        self.asked.insert(card, key);
        self.commit(events, model::Actor::Agent, None).await
    }

    fn refuse(&mut self, card: CardId, (generation, key): (u64, RequestKey)) {
        let Some(agent) = self.crew.of(generation).map(|slot| Arc::clone(&slot.agent)) else { return };
        tokio::spawn(async move {
            let refused = match card {
                CardId::Permission(_) => agent.answer_permission(key, PermissionAnswer::Reject).await,
                CardId::Question(_) => agent.answer_question(key, BTreeMap::new()).await,
                CardId::Ballot(_) => {
                    let reason = "This plan is not up for a decision now.".to_owned();
                    agent.answer_plan(key, PlanVerdict::Denied { reason }).await.map(|_| ())
                }
            };
            if let Err(error) = refused {
                tracing::debug!(%error, "an agent that asked out of turn is gone");
            }
        });
    }

    async fn taken_back(&mut self, generation: u64, key: &RequestKey) -> Result<(), Failure> {
        let known = self.asked.iter().find(|(_, (of, asked))| *of == generation && asked == key);
        let Some(card) = known.map(|(card, _)| *card) else { return Ok(()) };
        self.asked.remove(&card);
        self.observe(&Occurrence::CardTakenBack { card }).await
    }

    async fn over(&mut self, turn: TurnId, ending: Ending) -> Result<(), Failure> {
        let Some(running) = self.room.turn().filter(|running| running.turn == turn) else { return Ok(()) };
        self.finish_speech().await;
        if matches!(ending, Ending::Stopped(_)) {
            self.tell_unfetched().await;
        }
        self.observe(&Occurrence::TurnOver { turn, ending }).await?;
        self.asked.clear();
        self.proposals.clear();
        if let Some(slot) = self.crew.get_mut(&running.choice.agent) {
            slot.items.clear();
        }
        Ok(())
    }

    async fn exited(&mut self, generation: u64, reason: String, detail: String) -> Result<(), Failure> {
        let turn = self.turn_of(generation);
        let now = self.now();
        self.crew.lost(generation, now, &reason);
        self.asked.retain(|_, (of, _)| *of != generation);
        match turn {
            Some(turn) => self.over(turn, Ending::Died { reason, detail }).await,
            None => self.observe(&Occurrence::AgentExited { reason, detail }).await,
        }
    }

    /// Ends agents and closes the running turn, for a host that stops cleanly.
    pub(super) async fn close(&mut self) {
        self.finish_speech().await;
        self.crew.end_all().await;
        let Some(running) = self.room.turn() else { return };
        let reason = "The host was stopped.".to_owned();
        let ending = Ending::Died { reason, detail: String::new() };
        self.note(&Occurrence::TurnOver { turn: running.turn, ending }).await;
    }

    /// The running turn, if this process plays it.
    pub(super) fn turn_of(&mut self, generation: u64) -> Option<TurnId> {
        let running = self.room.turn()?;
        let slot = self.crew.get(&running.choice.agent)?;
        (slot.generation == generation).then_some(running.turn)
    }

    fn item(&mut self, generation: u64, key: ItemKey) -> ItemId {
        let fresh = || ItemId(self.shared.parts.ids.fresh());
        match self.crew.of(generation) {
            Some(slot) => *slot.items.entry(key).or_insert_with(fresh),
            None => fresh(),
        }
    }

    async fn kept_call(&self, call: ToolCallText) -> Result<model::ToolCall, Failure> {
        long_text::keep_call(self.shared.parts.store.as_ref(), call).await.map_err(storage)
    }

    async fn kept_diffs(&self, diffs: Vec<DiffText>) -> Result<Vec<model::FileDiff>, Failure> {
        long_text::keep_diffs(self.shared.parts.store.as_ref(), diffs).await.map_err(storage)
    }
}
