//! Carries a turn out: asks the model, runs its tools, and tells the client.

use std::sync::Arc;

use agent_client_protocol::Error;
use agent_client_protocol::v1::schema::{SessionUpdate, StopReason, UsageUpdate};

use crate::compact::{compacted, weight};
use crate::fault::Fault;
use crate::history::{Call, Entry, Image, Outcome, Said, payload};
use crate::instructions;
use crate::mind::{Ask, Bit, Mind, Reply, Tokens};
use crate::session::{Session, Unanswered};
use crate::terms::Terms;
use crate::tools::{self, Bench};
use crate::turn::{End, Next, Stop, Turn};
use crate::voice::{Quit, Voice, chunk};

/// Room is made when this part of the context is used, in percent, and so much that this part is left.
const FULL: usize = 80;
const ROOMY: usize = 50;
/// After the endpoint itself has refused, whatever we took it to hold: of what was told.
const TIGHT: usize = 50;
/// For instructions and tools.
const OVERHEAD: usize = 3_000;

pub struct Performer {
    pub mind: Arc<dyn Mind>,
    pub session: Session,
    pub voice: Voice,
    pub bench: Bench,
    pub turn: Turn,
    pub context: usize,
    pub terms: Terms,
    pub can_ask: bool,
    pub tokens: Tokens,
    /// As the endpoint counted it last; nothing after room was made.
    pub measured: usize,
}

/// What the client asks.
pub struct Prompt {
    pub text: String,
    pub images: Vec<Image>,
}

impl Performer {
    pub async fn perform(&mut self, prompt: Prompt) -> Result<StopReason, Quit> {
        let end = self.carry_out(prompt).await;
        let unanswered = match &end {
            Ok(_) => None,
            Err(Quit::Cancelled) => Some(Unanswered::Stopped),
            Err(Quit::Failed(_)) => Some(Unanswered::Failed),
        };
        if let Some(unanswered) = unanswered {
            self.session.memory().mark_unanswered(unanswered);
        }
        end
    }

    async fn carry_out(&mut self, prompt: Prompt) -> Result<StopReason, Quit> {
        for fault in self.session.servers.take_faults() {
            self.notice(&fault)?;
        }
        let Prompt { text, images } = prompt;
        if !images.is_empty() {
            self.session.memory().add(Entry::Images(images));
        }
        self.session.memory().add(Entry::User(text));
        loop {
            if self.used() > self.share(FULL) && self.make_room(self.share(ROOMY)) {
                self.notice("The conversation was getting long: its older part is left out from here on.")?;
            }
            let next = match self.ask().await? {
                Ok(reply) => self.hear(reply)?,
                Err(fault) => self.turn.failed(&fault),
            };
            match next {
                Next::Run(calls) => self.run(calls).await?,
                Next::Wait { time, notice } => {
                    self.notice(&notice)?;
                    tokio::select! {
                        () = tokio::time::sleep(time) => {}
                        () = self.voice.cancelled.cancelled() => return Err(Quit::Cancelled),
                    }
                }
                Next::Compact { notice } if self.make_room(self.guess() * TIGHT / 100) => {
                    self.notice(&notice)?
                }
                Next::Compact { .. } => {
                    return Err(failed("The conversation is longer than the model can hold."));
                }
                Next::End(end) => return self.over(end),
            }
        }
    }

    fn over(&self, end: End) -> Result<StopReason, Quit> {
        match end {
            End::Done => Ok(StopReason::EndTurn),
            End::MaxTokens => Ok(StopReason::MaxTokens),
            End::Refusal => Ok(StopReason::Refusal),
            End::Limit { notice } => {
                self.notice(&notice)?;
                Ok(StopReason::MaxTurnRequests)
            }
            End::Failed { reason } => Err(failed(&reason)),
        }
    }

    async fn ask(&mut self) -> Result<Result<Reply, Fault>, Quit> {
        let ask = self.question().await;
        let (text_id, thought_id) = (self.voice.id("msg"), self.voice.id("msg"));
        let voice = self.voice.clone();
        let mut said = String::new();
        let mut heard = |bit: Bit| {
            // A client that is gone ends the program.
            let _ = match &bit {
                Bit::Text(text) => voice.send(SessionUpdate::AgentMessageChunk(chunk(text, &text_id))),
                Bit::Thought(text) => voice.send(SessionUpdate::AgentThoughtChunk(chunk(text, &thought_id))),
            };
            if let Bit::Text(text) = bit {
                said += &text;
            }
        };
        let mind = self.mind.clone();
        tokio::select! {
            biased;
            () = self.voice.cancelled.cancelled() => {}
            reply = mind.ask(ask, &mut heard) => return Ok(reply),
        }
        let said = Said { text: said, ..Said::default() };
        if !said.is_empty() {
            self.session.memory().add(Entry::Said(said));
        }
        Err(Quit::Cancelled)
    }

    async fn question(&self) -> Ask {
        let system = instructions::text(&self.session.root, self.terms.instructions.as_deref()).await;
        let offered = tools::all().into_iter().filter(|tool| self.can_ask || tool.name != tools::ASK);
        let offered = offered.chain(self.session.servers.specs());
        let offered = offered.filter(|tool| self.terms.lacks(&tool.name).is_none());
        let memory = self.session.memory();
        Ask {
            model: memory.model.clone(),
            system: instructions::in_mode(system, memory.mode),
            messages: payload(&memory.entries),
            tools: offered.collect(),
        }
    }

    fn hear(&mut self, reply: Reply) -> Result<Next, Error> {
        let Reply { mut said, stop, tokens } = reply;
        self.tokens = self.tokens.plus(tokens);
        self.measured = usize::try_from(tokens.all()).unwrap_or(usize::MAX);
        let update = UsageUpdate::new(tokens.all(), self.context as u64);
        self.voice.send(SessionUpdate::UsageUpdate(update))?;
        if stop != Stop::Over {
            said.calls.clear();
        }
        name_apart(&mut said.calls);
        let calls = said.calls.clone();
        if !said.is_empty() {
            self.session.memory().add(Entry::Said(said));
        }
        Ok(self.turn.answered(&calls, stop))
    }

    async fn run(&mut self, calls: Vec<Call>) -> Result<(), Quit> {
        for call in calls {
            let (good, text) = self.call(&call).await?;
            self.session.memory().add(Entry::Result(Outcome { call: call.id, good, text }));
        }
        Ok(())
    }

    pub fn notice(&self, text: &str) -> Result<(), Error> {
        let mut memory = self.session.memory();
        memory.add(Entry::Notice(text.to_owned()));
        let id = format!("notice_{}", memory.entries.len());
        drop(memory);
        self.voice.send(SessionUpdate::AgentMessageChunk(chunk(&format!("ℹ {text}"), &id)))
    }

    fn share(&self, percent: usize) -> usize {
        self.context * percent / 100
    }

    fn guess(&self) -> usize {
        weight(&payload(&self.session.memory().entries)) + OVERHEAD
    }

    fn used(&self) -> usize {
        self.guess().max(self.measured)
    }

    fn make_room(&mut self, most: usize) -> bool {
        let allowed = most.saturating_sub(OVERHEAD);
        let mut memory = self.session.memory();
        let Some(cut) = compacted(&memory.entries, allowed) else {
            return false;
        };
        memory.add(Entry::Compacted(cut));
        drop(memory);
        self.measured = 0;
        true
    }
}

/// Some endpoints give no ids, or the same one twice.
fn name_apart(calls: &mut [Call]) {
    for at in 0..calls.len() {
        let (before, rest) = calls.split_at_mut(at);
        let call = &mut rest[0];
        if call.id.is_empty() || before.iter().any(|other| other.id == call.id) {
            call.id = format!("call_{at}_{}", uuid::Uuid::new_v4().simple());
        }
    }
}

pub fn failed(reason: &str) -> Quit {
    Quit::Failed(Error::new(Error::internal_error().code, reason.to_owned()))
}
