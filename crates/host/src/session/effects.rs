//! What the room owes is done here: at most one at a time per key, in tasks that report back.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{
    AgentChoice, AgentKey, CardId, Ceiling, Ending, Lack, Memory, Occurrence, OwnerEvent, PromptBody,
    Rejection, ToolKind, TurnId,
};
use ports::agent::{AgentError, AgentLimits, AgentStart, Brief, ModelChoice, ReasonCarried, RequestKey};
use room::{Effect, EffectKey, Room};
use tokio::sync::mpsc;

use super::actor::{Actor, Shared};
use super::agents::Slot;
use super::recollection::{recall, with_record};
use super::{Due, Fresh, Mail, Readied};
use super::{images, plan_first};
use crate::seats::{Place, Seated};

/// Agent events that may wait before the agent does.
const HEARING: usize = 256;

impl Actor {
    /// Does everything owed that is not under way yet.
    pub(super) async fn settle(&mut self) {
        loop {
            let owed = self.room.owed();
            self.in_flight.retain(|key| owed.iter().any(|effect| effect.key() == *key));
            let fresh = owed.into_iter().find(|effect| !self.in_flight.contains(&effect.key()));
            let Some(effect) = fresh.filter(|_| self.fault.is_none()) else { return };
            self.in_flight.insert(effect.key());
            self.start(effect).await;
        }
    }

    async fn start(&mut self, effect: Effect) {
        let key = effect.key();
        let Some(effect) = self.proposals.tell(effect) else { return };
        match effect {
            Effect::TakeNext { prompt } => {
                let author = self.room.author_of(prompt);
                let next = match author.and_then(|author| self.exhausted(author)) {
                    Some(_) => Occurrence::NextUnpaid { prompt },
                    None => Occurrence::NextTaken { prompt, turn: TurnId(self.shared.parts.ids.fresh()) },
                };
                self.note(&next).await;
                self.in_flight.remove(&key);
            }
            Effect::Begin { turn, body, choice, ceiling, .. } => {
                let due = self.due(turn, body, (choice, ceiling));
                self.begin(key, due).await;
            }
            Effect::Steer { prompt, turn, body, ceiling } => self.steer((prompt, turn), body, ceiling).await,
            Effect::Cancel { turn } => self.cancel(turn).await,
            Effect::TellPlan { ballot, verdict } => {
                let answer = move |agent: Arc<dyn ports::agent::Agent>, request| async move {
                    agent.answer_plan(request, verdict).await
                };
                self.tell(key, CardId::Ballot(ballot), answer).await;
            }
            Effect::TellAnswers { question, answers } => {
                let answer = move |agent: Arc<dyn ports::agent::Agent>, request| async move {
                    agent.answer_question(request, answers).await.map(|()| ReasonCarried::Yes)
                };
                self.tell(key, CardId::Question(question), answer).await;
            }
            Effect::TellRefusal { permission, refusal } => {
                let words = plan_first::words(refusal);
                let answer = move |agent: Arc<dyn ports::agent::Agent>, request| async move {
                    agent.refuse_permission(request, words).await.map(|()| ReasonCarried::Yes)
                };
                self.tell(key, CardId::Permission(permission), answer).await;
            }
            Effect::TellPermission { permission, answer } => {
                let answer = move |agent: Arc<dyn ports::agent::Agent>, request| async move {
                    agent.answer_permission(request, answer).await.map(|()| ReasonCarried::Yes)
                };
                self.tell(key, CardId::Permission(permission), answer).await;
            }
        }
    }

    /// What a named agent is set to counts where the turn chooses nothing else (B15).
    fn due(&self, turn: TurnId, body: PromptBody, (choice, ceiling): (AgentChoice, Ceiling)) -> Due {
        let Brief { name, prompt, model, mode, tools, .. } =
            self.shared.parts.catalog.brief(&choice.agent).unwrap_or_default();
        let model =
            ModelChoice { model: choice.model.or(model.model), effort: choice.effort.or(model.effort) };
        let brief = Some(prompt).filter(|prompt| !prompt.trim().is_empty());
        let brief = brief.map(|prompt| instructions(&name, &prompt));
        let chosen = choice.mode.or(mode);
        let mode =
            if self.room.awaits_plan() { self.mode_before_plan(&choice.agent, chosen) } else { chosen };
        let PromptBody { text, images } = body;
        Due { turn, text, images, agent: choice.agent, mode, model, ceiling, tools, brief }
    }

    async fn begin(&mut self, key: EffectKey, prompt: Due) {
        if let Some(reason) = self.obstacle(&prompt) {
            let failed = Occurrence::StartFailed { turn: prompt.turn, reason, detail: String::new() };
            return self.note(&failed).await;
        }
        let Some(mail) = self.mail.upgrade() else { return };
        let Some(warm) = self.crew.get(&prompt.agent).map(|slot| (Arc::clone(&slot.agent), slot.memory))
        else {
            return self.begin_cold(key, prompt, mail);
        };
        let (shared, room) = (Arc::clone(&self.shared), Arc::new(self.room.clone()));
        let was_last = self.last_heard.as_ref() == Some(&prompt.agent);
        let before = self.before(prompt.turn);
        tokio::spawn(async move {
            let (agent, memory) = warm;
            let (ready, ()) = tokio::join!(set_up(agent.as_ref(), &prompt), before);
            let outcome = match ready {
                Ok(()) if was_last && memory != Memory::New => {
                    Ok(Readied { fresh: None, recollection: None })
                }
                Ok(()) => {
                    let recollection = remind(&shared, &room, (memory, &prompt.agent)).await;
                    Ok(Readied { fresh: None, recollection })
                }
                Err(error) => Err(error),
            };
            // A session that has stopped needs no agent.
            mail.send(Mail::Ready { key, prompt: Box::new(prompt), started: None, outcome }).await.ok();
        });
    }

    /// One process at a time is started for an agent (AG2): who comes while it starts waits for it.
    fn begin_cold(&mut self, key: EffectKey, prompt: Due, mail: mpsc::Sender<Mail>) {
        let Some(generation) = self.crew.begin_start(&prompt.agent, key) else { return };
        let berth = Berth {
            session: self.id,
            worktree: self.worktree.clone(),
            agent: prompt.agent.clone(),
            generation,
        };
        let (shared, room) = (Arc::clone(&self.shared), Arc::new(self.room.clone()));
        let before = self.before(prompt.turn);
        tokio::spawn(async move {
            let (started, ()) = tokio::join!(berth.start(&shared, &prompt), before);
            let outcome = match started {
                Ok(fresh) => {
                    let recollection = remind(&shared, &room, (fresh.ready.memory, &prompt.agent)).await;
                    Ok(Readied { fresh: Some(fresh), recollection })
                }
                Err(error) => Err(error),
            };
            // A session that has stopped needs no agent; dropping it ends the process.
            mail.send(Mail::Ready { key, prompt: Box::new(prompt), started: Some(generation), outcome })
                .await
                .ok();
        });
    }

    /// Whoever waited for this start may begin now.
    pub(super) fn start_ended(&mut self, generation: u64) {
        for key in self.crew.start_ended(generation) {
            self.in_flight.remove(&key);
        }
    }

    /// AG4: too many deaths in a short time. GR5: an agent that can't be limited is not even started for a
    /// guest, since starting it may run what is in the repository.
    fn obstacle(&mut self, prompt: &Due) -> Option<String> {
        let (agent, now) = (&prompt.agent, self.now());
        let author = self.room.turn().map(|turn| turn.author);
        if let Some(spent) = author.and_then(|author| self.exhausted(author)) {
            return Some(spent.to_string());
        }
        if let Some(budget) = self.overdrawn(agent) {
            return Some(Rejection::AgentBudgetSpent { agent: agent.clone(), budget }.to_string());
        }
        if let Some(refused) = crate::agents::unchoosable(&self.shared.globe.now(), agent, self.workspace) {
            return Some(refused.message);
        }
        if let Some(reason) = self.crew.breaking(agent, now) {
            return Some(format!(
                "{agent} ended unexpectedly three times within a minute, and is not started again before a \
                 minute has passed, unless somebody tries again. The last time: {reason}"
            ));
        }
        if !self.modes(agent).is_empty() {
            return None;
        }
        if prompt.ceiling != Ceiling::Bypass && self.room.awaits_plan() {
            return Some(plan_first::unlimited(agent));
        }
        if prompt.ceiling != Ceiling::Bypass {
            return Some(format!(
                "{agent} cannot be limited for a guest here: what is in the repository may let it act without \
                 asking. Only the owner can start it here, or a guest whose share allows everything unasked."
            ));
        }
        (prompt.tools_ceiling() != Ceiling::Bypass).then(|| {
            format!(
                "{agent} cannot be kept to its list of tools here: what it does without asking is not known. \
                 Base it on an agent that can be limited, or take the list out."
            )
        })
    }

    pub(super) fn modes(&self, agent: &AgentKey) -> BTreeMap<String, Ceiling> {
        self.shared.parts.catalog.modes(agent, &self.worktree)
    }

    /// GR5: a mode above the ceiling, or one nothing is known of, is not started for a guest.
    fn excess(&self, prompt: &Due) -> Option<String> {
        let (agent, listed) = (&prompt.agent, prompt.tools_ceiling());
        // The rules may have changed since it was due.
        let ceiling = self.room.turn().map_or(prompt.ceiling, |turn| turn.ceiling.min(prompt.ceiling));
        if ceiling.min(listed) == Ceiling::Bypass {
            return None;
        }
        let modes = self.modes(agent);
        let is_within = |mode: &str, ceiling| modes.get(mode).is_some_and(|most| *most <= ceiling);
        match self.crew.get(agent)?.mode.as_deref() {
            Some(mode) if is_within(mode, ceiling.min(listed)) => None,
            _ if self.room.awaits_plan() => Some(plan_first::unlimited(agent)),
            // AG11: whoever is not asked can't refuse what is not on the list.
            mode if listed != Ceiling::Bypass && mode.is_none_or(|mode| !is_within(mode, listed)) => {
                Some(format!(
                    "{agent} is in a mode that may do unasked what is not on its list of tools. \
                     Choose a mode that asks first."
                ))
            }
            Some(mode) => Some(format!(
                "{agent} is in the mode {mode:?}, which may do more than this guest may ask for. \
                 Choose a mode that asks first."
            )),
            None => Some(format!(
                "{agent} does not say which mode it is in, so it can't be limited for a guest. \
                 Only the owner can start it here."
            )),
        }
    }

    /// GR5: in mid-turn the same holds of a mode that the agent takes by itself.
    pub(super) fn is_excess(&self, mode: &str) -> bool {
        let Some(turn) = self.room.turn() else { return false };
        let agent = &turn.choice.agent;
        let brief = self.shared.parts.catalog.brief(agent).unwrap_or_default();
        let listed = brief.tools.as_ref().map_or(Ceiling::Bypass, model::ToolList::ceiling);
        self.is_above(mode, turn.ceiling.min(listed))
    }

    /// Whether the running turn's agent may do more in it than this; one that nothing is known of may do anything.
    pub(super) fn is_above(&self, mode: &str, ceiling: Ceiling) -> bool {
        let Some(turn) = self.room.turn() else { return false };
        let modes = self.modes(&turn.choice.agent);
        ceiling != Ceiling::Bypass && modes.get(mode).is_none_or(|most| *most > ceiling)
    }

    /// `TurnBegan` is appended before the first byte of the prompt is written (TU8).
    pub(super) async fn ready(&mut self, key: EffectKey, due: Due, outcome: Result<Readied, AgentError>) {
        let turn = due.turn;
        if let Ok(Readied { fresh: Some(fresh), .. }) = &outcome
            && self.crew.is_over(fresh.generation)
        {
            // The log failed while it started; its turn went back to the queue.
            return fresh.agent.stop().await;
        }
        let recollection = match outcome {
            Ok(readied) => self.board(&due, readied),
            Err(error) => {
                let reason = error.to_string();
                self.note(&Occurrence::StartFailed { turn, reason, detail: String::new() }).await;
                return;
            }
        };
        if let Some(reason) = self.excess(&due) {
            return self.note(&Occurrence::StartFailed { turn, reason, detail: String::new() }).await;
        }
        let Some(slot) = self.crew.get(&due.agent) else { return };
        if slot.no_images && !due.images.is_empty() {
            let reason = images::no_images(&due.agent);
            return self.note(&Occurrence::StartFailed { turn, reason, detail: String::new() }).await;
        }
        let worker = Arc::clone(&slot.agent);
        let memory = match slot.memory {
            Memory::New if recollection.is_some() => Memory::History,
            known => known,
        };
        let (name, version) = (slot.name.clone(), slot.version.clone());
        let lacks = self.lacks(&due.agent, slot);
        let began = self.room.observe(&Occurrence::TurnBegan { turn }, self.now());
        if began.is_empty() || self.commit(began, model::Actor::Host, None).await.is_err() {
            return;
        }
        self.in_flight.remove(&key);
        self.note(&Occurrence::AgentReady { turn, memory, name, version, lacks }).await;
        self.last_heard = Some(due.agent.clone());
        self.crew.prompted(&due.agent);
        self.sign_of_life();
        let Some(mail) = self.mail.upgrade() else { return };
        let (foreword, shared) = (self.foreword(), Arc::clone(&self.shared));
        tokio::spawn(async move {
            // One that goes on with its conversation has been told.
            let brief = due.brief.filter(|_| memory != Memory::Resumed);
            let ahead: Vec<String> = foreword.into_iter().chain(brief).chain(recollection).collect();
            let text = with_record(due.text, Some(ahead.join("\n\n")).filter(|ahead| !ahead.is_empty()));
            let outcome = match images::prompt_of(shared.parts.store.as_ref(), text, &due.images).await {
                Ok(prompt) => worker.prompt(turn, prompt).await,
                Err(error) => Err(error),
            };
            mail.send(Mail::Written { turn, outcome }).await.ok();
        });
    }

    fn lacks(&self, agent: &AgentKey, slot: &Slot) -> Vec<Lack> {
        // BA13: in its first turn an agent may still be about to start the toolbox.
        let may_reach = |seated: &Seated| slot.turns == 0 || seated.is_reached();
        let is_gated =
            self.shared.parts.catalog.has_gates(agent) || slot.seated.as_ref().is_some_and(may_reach);
        let gate = (!is_gated).then_some(Lack::PlanGate);
        gate.into_iter().chain(slot.left_out.iter().cloned().map(|name| Lack::Server { name })).collect()
    }

    /// Returns what it is to be told of other turns.
    fn board(&mut self, due: &Due, readied: Readied) -> Option<String> {
        let Readied { fresh, recollection } = readied;
        let Some(Fresh { generation, ready, agent, seated, hearing }) = fresh else {
            if let Some(slot) = self.crew.get_mut(&due.agent) {
                slot.mode = due.mode.clone().or(slot.mode.take());
            }
            return recollection;
        };
        let mail = self.mail.clone();
        let place = self.shared.pool.take(move || yield_place(&mail, generation));
        let slot = Slot {
            generation,
            agent,
            name: ready.name,
            version: ready.version,
            memory: ready.memory,
            idle: None,
            place,
            mode: due.mode.clone().or(ready.mode),
            items: Default::default(),
            seated,
            left_out: ready.left_out,
            no_images: ready.offers.no_images,
            steers: ready.offers.steers,
            turns: 0,
            hearing: Some(hearing),
        };
        self.crew.add(due.agent.clone(), slot);
        recollection
    }

    pub(super) async fn written(&mut self, turn: TurnId, outcome: Result<(), AgentError>) {
        if let Err(error) = outcome {
            let ending = Ending::Died { reason: error.to_string(), detail: String::new() };
            self.note(&Occurrence::TurnOver { turn, ending }).await;
        }
    }

    /// Stays in flight until the turn is over: an agent is asked once.
    async fn cancel(&mut self, turn: TurnId) {
        let agent = self.room.turn().map(|facts| facts.choice.agent);
        let Some(slot) = agent.and_then(|agent| self.crew.get(&agent)) else {
            let ending = Ending::Stopped(model::StopReason::Cancelled);
            return self.note(&Occurrence::TurnOver { turn, ending }).await;
        };
        let worker = Arc::clone(&slot.agent);
        tokio::spawn(async move {
            if let Err(error) = worker.cancel(turn).await {
                tracing::debug!(%error, "the agent was gone before it could be stopped");
            }
        });
    }

    async fn tell<F, A>(&mut self, key: EffectKey, card: CardId, answer: F)
    where
        F: FnOnce(Arc<dyn ports::agent::Agent>, RequestKey) -> A + Send + 'static,
        A: Future<Output = Result<ReasonCarried, AgentError>> + Send + 'static,
    {
        let worker = self.asked.get(&card).cloned().and_then(|(generation, request)| {
            self.crew.of(generation).map(|slot| (Arc::clone(&slot.agent), request))
        });
        let (Some((worker, request)), Some(mail)) = (worker, self.mail.upgrade()) else {
            return self.told(key, card, Err(AgentError::Gone)).await;
        };
        tokio::spawn(async move {
            let outcome = answer(worker, request).await;
            mail.send(Mail::Told { key, card, outcome }).await.ok();
        });
    }

    pub(super) async fn told(
        &mut self,
        key: EffectKey,
        card: CardId,
        outcome: Result<ReasonCarried, AgentError>,
    ) {
        if let Err(error) = &outcome {
            tracing::debug!(%error, "the agent could not be told; its end closes the turn");
        }
        self.asked.remove(&card);
        let with_reason = outcome != Ok(ReasonCarried::No);
        self.note(&Occurrence::AgentTold { card, with_reason }).await;
        self.in_flight.remove(&key);
    }
}

/// Where a new agent process will work, and as what it will be known.
struct Berth {
    session: model::SessionId,
    worktree: std::path::PathBuf,
    agent: AgentKey,
    generation: u64,
}

impl Berth {
    async fn start(self, shared: &Shared, prompt: &Due) -> Result<Fresh, AgentError> {
        let program = shared.parts.catalog.find(&self.agent)?;
        let known = shared.desk.attachments().await.remove(&(self.session, self.agent.clone()));
        let limits =
            AgentLimits { handshake: model::limits::HANDSHAKE, cancel_grace: model::limits::CANCEL_GRACE };
        let resume = known.and_then(|known| known.conversation);
        let tools = shared.parts.catalog.brief(&self.agent).and_then(|brief| brief.tools);
        let takes_servers = tools.is_none_or(|tools| tools.lacks(ToolKind::Other).is_none());
        let mut servers = if takes_servers { shared.parts.catalog.servers()? } else { Vec::new() };
        let place = Place { session: self.session, generation: self.generation };
        let toolbox = shared.parts.catalog.toolbox(&self.agent);
        let seat =
            toolbox.map(|toolbox| shared.seats.take(toolbox, place)).transpose().map_err(not_started)?;
        let (ours, seated) = seat.unzip();
        servers.extend(ours);
        let start = AgentStart { program, worktree: self.worktree, resume, servers, limits };
        let (events, hearing) = mpsc::channel(HEARING);
        let started = shared.parts.agents.start(start, events).await?;
        crate::agents::learned(shared, &self.agent, &started.ready);
        let attached = OwnerEvent::AgentAttached {
            session: self.session,
            agent: self.agent,
            conversation: started.ready.conversation.clone(),
            process: started.ready.process.clone(),
        };
        let noted = shared.desk.note_attachment(attached).await;
        noted.map_err(not_started)?;
        let worker: Arc<dyn ports::agent::Agent> = Arc::from(started.agent);
        set_up(worker.as_ref(), prompt).await?;
        let (generation, ready) = (self.generation, started.ready);
        Ok(Fresh { generation, ready, agent: worker, seated, hearing })
    }
}

/// What an agent that did not have the last turn is told of the others (AG9).
async fn remind(shared: &Shared, room: &Room, (memory, agent): (Memory, &AgentKey)) -> Option<String> {
    let of = (memory != Memory::New).then_some(agent);
    match recall(shared.parts.store.as_ref(), room, of).await {
        Ok(recollection) => recollection,
        Err(error) => {
            tracing::warn!(%error, "the agent is not told of earlier turns");
            None
        }
    }
}

/// Marked, so that nobody takes it for what the author asked; the log has the author's words alone (AG11).
fn instructions(name: &str, prompt: &str) -> String {
    format!(
        "[Your own instructions as {name}. They are no part of what you are asked.]\n{prompt}\n[End of your own instructions.]"
    )
}

fn yield_place(mail: &mpsc::WeakSender<Mail>, generation: u64) {
    let Some(mail) = mail.upgrade() else { return };
    tokio::spawn(async move { mail.send(Mail::Yield { generation }).await });
}

fn not_started(failure: wire::Failure) -> AgentError {
    AgentError::NotStarted { detail: failure.to_string() }
}

async fn set_up(agent: &dyn ports::agent::Agent, prompt: &Due) -> Result<(), AgentError> {
    if let Some(mode) = &prompt.mode {
        agent.set_mode(mode.clone()).await?;
    }
    agent.set_model(prompt.model.clone()).await
}
