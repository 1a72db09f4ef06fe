use std::collections::BTreeMap;

use model::{
    AgentChoice, BallotId, CardId, Ceiling, PermissionAnswer, PermissionId, PlanVerdict, PromptBody,
    PromptId, QuestionId, Refusal, TurnId,
};

use crate::cards::{Tell, Untold};
use crate::room::Room;
use crate::turn::{Phase, Turn};

/// Work of the host that the state calls for. The host runs at most one per key; an event takes it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Report `NextTaken` with a fresh turn id (QU2).
    TakeNext {
        prompt: PromptId,
    },
    /// Make the agent ready, report `TurnBegan`, then write the prompt (TU8).
    Begin {
        turn: TurnId,
        prompt: PromptId,
        body: PromptBody,
        choice: AgentChoice,
        ceiling: Ceiling,
    },
    /// Where the agent can: report `Steered`, then write the prompt. Else nothing; it waits for its turn.
    Steer {
        prompt: PromptId,
        turn: TurnId,
        body: PromptBody,
        /// Its author's (GR5).
        ceiling: Ceiling,
    },
    /// Until `TurnOver`; an agent that does not yield in time is killed (TU5).
    Cancel {
        turn: TurnId,
    },
    /// Until `AgentTold`.
    TellPlan {
        ballot: BallotId,
        verdict: PlanVerdict,
    },
    TellAnswers {
        question: QuestionId,
        answers: BTreeMap<String, Vec<String>>,
    },
    TellPermission {
        permission: PermissionId,
        answer: PermissionAnswer,
    },
    /// With words, where the agent's protocol carries them.
    TellRefusal {
        permission: PermissionId,
        refusal: Refusal,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectKey {
    TakeNext(PromptId),
    Begin(TurnId),
    Steer(PromptId),
    Cancel(TurnId),
    Tell(CardId),
}

impl Room {
    /// What is due, from the state alone.
    pub fn owed(&self) -> Vec<Effect> {
        let next = self.due().map(|item| Effect::TakeNext { prompt: item.prompt });
        let turn = self.turn.as_ref().and_then(|turn| self.owed_to(turn));
        let steer = self.joining().filter_map(|item| {
            let body = self.words_for_agent(item);
            Some(Effect::Steer { prompt: item.prompt, turn: item.steer?, body, ceiling: item.ceiling })
        });
        let tell = self.cards.all_untold().iter().filter_map(Untold::owed);
        next.into_iter().chain(turn).chain(steer).chain(tell).collect()
    }

    fn owed_to(&self, turn: &Turn) -> Option<Effect> {
        match turn.phase {
            Phase::Starting => Some(Effect::Begin {
                turn: turn.id,
                prompt: turn.item.prompt,
                body: self.words_for_agent(&turn.item),
                choice: turn.choice.clone(),
                ceiling: self.ceiling_of(turn),
            }),
            Phase::Running => None,
            Phase::Stopping => Some(Effect::Cancel { turn: turn.id }),
        }
    }
}

impl Effect {
    pub fn key(&self) -> EffectKey {
        match self {
            Self::TakeNext { prompt } => EffectKey::TakeNext(*prompt),
            Self::Begin { turn, .. } => EffectKey::Begin(*turn),
            Self::Steer { prompt, .. } => EffectKey::Steer(*prompt),
            Self::Cancel { turn } => EffectKey::Cancel(*turn),
            Self::TellPlan { ballot, .. } => EffectKey::Tell(CardId::Ballot(*ballot)),
            Self::TellAnswers { question, .. } => EffectKey::Tell(CardId::Question(*question)),
            Self::TellPermission { permission, .. } | Self::TellRefusal { permission, .. } => {
                EffectKey::Tell(CardId::Permission(*permission))
            }
        }
    }
}

impl Untold {
    fn owed(&self) -> Option<Effect> {
        match (self.card, self.tell.clone()) {
            (CardId::Ballot(ballot), Tell::Plan { verdict, .. }) => {
                Some(Effect::TellPlan { ballot, verdict })
            }
            (CardId::Question(question), Tell::Answers(answers)) => {
                Some(Effect::TellAnswers { question, answers })
            }
            (CardId::Permission(permission), Tell::Permission(answer)) => {
                Some(Effect::TellPermission { permission, answer })
            }
            (CardId::Permission(permission), Tell::Refusal(refusal)) => {
                Some(Effect::TellRefusal { permission, refusal })
            }
            (CardId::Ballot(_) | CardId::Question(_) | CardId::Permission(_), _) => None,
        }
    }
}
