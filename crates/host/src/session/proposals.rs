//! What an agent has put to people through the toolbox (BA13). It enters the room like what comes through an
//! agent's own protocol; only the answer goes another way: it waits here until the agent fetches it.

use std::collections::BTreeMap;

use model::{BallotId, CardId, Occurrence, PlanHash, QuestionId, TurnId};
use ports::agent::ReasonCarried;
use ports::chain;
use room::{Effect, EffectKey};
use tokio::sync::watch;
use wire::Failure;

use super::actor::Actor;
use crate::desk::storage;
use crate::long_text;
use crate::seats::{Proposal, Unheard, Word};

/// Those of the running turn; they die with it.
#[derive(Default)]
pub(super) struct Proposals {
    put: BTreeMap<CardId, Put>,
}

struct Put {
    generation: u64,
    /// Of a plan.
    hash: Option<PlanHash>,
    word: watch::Sender<Word>,
    /// Decided, and not fetched yet.
    owed: Option<EffectKey>,
}

impl Proposals {
    /// Takes the telling of what was put here; anything else is given back.
    pub fn tell(&mut self, effect: Effect) -> Option<Effect> {
        let (card, word) = match &effect {
            Effect::TellPlan { ballot, verdict } => (CardId::Ballot(*ballot), Word::Plan(verdict.clone())),
            Effect::TellAnswers { question, answers } => {
                (CardId::Question(*question), Word::Answers(answers.clone()))
            }
            Effect::TakeNext { .. }
            | Effect::Begin { .. }
            | Effect::Steer { .. }
            | Effect::Cancel { .. }
            | Effect::TellPermission { .. }
            | Effect::TellRefusal { .. } => return Some(effect),
        };
        let Some(put) = self.put.get_mut(&card) else { return Some(effect) };
        put.owed = Some(effect.key());
        put.say(word);
        None
    }

    /// What was decided and will not be fetched any more.
    fn unfetched(&mut self) -> Vec<(CardId, EffectKey)> {
        self.put.iter_mut().filter_map(|(card, put)| Some((*card, put.owed.take()?))).collect()
    }

    pub fn clear(&mut self) {
        self.put.clear();
    }
}

impl Put {
    /// The first word counts.
    fn say(&self, word: Word) {
        self.word.send_if_modified(|said| {
            let is_first = *said == Word::Waiting;
            if is_first {
                *said = word;
            }
            is_first
        });
    }
}

impl Actor {
    pub(super) async fn put(&mut self, generation: u64, proposal: Proposal) -> Result<CardId, Unheard> {
        let turn = self.turn_of(generation).filter(|_| self.fault.is_none()).ok_or(Unheard::NoTurn)?;
        self.sign_of_life();
        self.finish_speech().await;
        match proposal {
            Proposal::Plan(text) => self.put_plan(generation, turn, &self.veiled(generation, &text)).await,
            Proposal::Question(asked) => {
                let question = QuestionId(self.shared.parts.ids.fresh());
                let asked = self.veiled_question(generation, asked);
                let occurrence = Occurrence::QuestionAsked { turn, question, asked };
                self.put_card(generation, (CardId::Question(question), None), occurrence).await
            }
        }
    }

    async fn put_plan(&mut self, generation: u64, turn: TurnId, text: &str) -> Result<CardId, Unheard> {
        let hash = PlanHash(chain::hex_digest(text.as_bytes()));
        let same = |(card, put): (&CardId, &Put)| {
            (put.hash.as_ref() == Some(&hash) && self.room.is_open(*card)).then_some(*card)
        };
        // BA1: the same plan again changes nothing.
        if let Some(card) = self.proposals.put.iter().find_map(same) {
            return Ok(card);
        }
        let ballot = BallotId(self.shared.parts.ids.fresh());
        let store = self.shared.parts.store.clone();
        let plan = long_text::keep(store.as_ref(), text).await.map_err(storage).map_err(Unheard::Host)?;
        let plan_hash = hash.clone();
        let occurrence = Occurrence::PlanProposed { turn, ballot, plan, plan_hash, deadline: None };
        self.put_card(generation, (CardId::Ballot(ballot), Some(hash)), occurrence).await
    }

    async fn put_card(
        &mut self,
        generation: u64,
        (card, hash): (CardId, Option<PlanHash>),
        occurrence: Occurrence,
    ) -> Result<CardId, Unheard> {
        let events = self.room.observe(&occurrence, self.now());
        if events.is_empty() {
            return Err(Unheard::Stopping);
        }
        // BA1: another plan voids the one before.
        if hash.is_some() {
            let plans = self.proposals.put.values().filter(|put| put.hash.is_some());
            plans.for_each(|put| put.say(Word::Withdrawn));
        }
        let word = watch::Sender::new(Word::Waiting);
        self.proposals.put.insert(card, Put { generation, hash, word, owed: None });
        self.commit(events, model::Actor::Agent, None).await.map_err(Unheard::Host)?;
        Ok(card)
    }

    pub(super) fn word(&self, generation: u64, card: CardId) -> Result<watch::Receiver<Word>, Unheard> {
        let put = self.proposals.put.get(&card).filter(|put| put.generation == generation);
        let put = put.ok_or(Unheard::Unknown)?;
        Ok(put.word.subscribe())
    }

    /// The agent has fetched the word.
    pub(super) async fn fetched(&mut self, card: CardId) {
        self.sign_of_life();
        let owed = self.proposals.put.get_mut(&card).and_then(|put| put.owed.take());
        if let Some(key) = owed {
            self.told(key, card, Ok(ReasonCarried::Yes)).await;
        }
    }

    /// BA12: the turn has ended, and the agent has not asked again what became of its plan.
    pub(super) async fn tell_unfetched(&mut self) {
        for (card, key) in self.proposals.unfetched() {
            self.told(key, card, Ok(ReasonCarried::No)).await;
        }
    }

    /// LO8
    fn veiled(&self, generation: u64, text: &str) -> String {
        self.crew.agent_of(generation).map(|agent| agent.veiled(text)).unwrap_or_default()
    }

    fn veiled_question(&self, generation: u64, mut asked: model::Question) -> model::Question {
        asked.text = self.veiled(generation, &asked.text);
        for field in &mut asked.fields {
            field.key = self.veiled(generation, &field.key);
            field.text = self.veiled(generation, &field.text);
            for option in &mut field.options {
                *option = self.veiled(generation, option);
            }
        }
        asked
    }
}

pub(super) type Heard = Result<watch::Receiver<Word>, Unheard>;

impl super::Session {
    /// Puts something to the people in the name of this process.
    pub async fn put(&self, generation: u64, proposal: Proposal) -> Result<Result<CardId, Unheard>, Failure> {
        self.ask(|reply| super::Mail::Put { generation, proposal, reply }).await
    }

    pub async fn word(&self, generation: u64, card: CardId) -> Result<Heard, Failure> {
        self.ask(|reply| super::Mail::Word { generation, card, reply }).await
    }

    pub async fn heard(&self, card: CardId) {
        // A session that is gone owes nobody a word.
        self.mail.send(super::Mail::Fetched { card }).await.ok();
    }
}
