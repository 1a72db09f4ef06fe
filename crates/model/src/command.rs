use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    AgentChoice, BallotId, Choice, Origin, PermissionAnswer, PermissionId, PersonId, PlanHash, PromptBody,
    PromptId, QuestionId, SuggestionId, TurnId, Verdict,
};

/// How a prompt wants to be delivered when the session is busy (TU3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Start at once, or be refused with `turn_locked`.
    Now,
    /// Start at once, or wait in the queue.
    Queue,
    /// Fold into the running turn where the agent can, else as `Queue`.
    Steer,
}

/// What a person wants of a room. The host made it from a request after checking the right it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// `turn` is the id the turn gets if it starts at once. Of a person who may only suggest, it becomes a
    /// suggestion whose id is the prompt's.
    Deliver {
        prompt: PromptId,
        turn: TurnId,
        body: PromptBody,
        delivery: Delivery,
        origin: Origin,
    },
    EditPrompt {
        prompt: PromptId,
        body: PromptBody,
    },
    WithdrawPrompt {
        prompt: PromptId,
    },
    /// A delivery of somebody else's words (TU3): `by` drives, the author stays. `revision` is the one that
    /// was read; `body`, if any, is what runs instead.
    AcceptSuggestion {
        suggestion: SuggestionId,
        revision: u32,
        prompt: PromptId,
        turn: TurnId,
        body: Option<PromptBody>,
        delivery: Delivery,
    },
    EditSuggestion {
        suggestion: SuggestionId,
        body: PromptBody,
    },
    /// Its author's, or with a word of whoever may steer.
    DropSuggestion {
        suggestion: SuggestionId,
        reason: Option<String>,
    },
    /// "Run queue" after a stop or an error (QU3).
    ReleaseQueue,
    /// The last turn once more, under these ids; it failed or was cut short (TU12).
    Retry {
        broken: TurnId,
        prompt: PromptId,
        turn: TurnId,
    },
    StopTurn,
    AskToDrive,
    HandOver {
        to: PersonId,
    },
    TakeLock,
    Vote {
        ballot: BallotId,
        plan: PlanHash,
        choice: Choice,
    },
    Override {
        ballot: BallotId,
        verdict: Verdict,
        reason: String,
    },
    GoOnWithoutVoter {
        ballot: BallotId,
        person: PersonId,
    },
    GoOnWithoutAnswer {
        question: QuestionId,
        person: PersonId,
    },
    Answer {
        question: QuestionId,
        answers: BTreeMap<String, Vec<String>>,
    },
    AnswerPermission {
        permission: PermissionId,
        answer: PermissionAnswer,
    },
    Rename {
        title: String,
    },
    /// These, instead of those it had.
    Tag {
        tags: Vec<String>,
    },
    ChooseAgent {
        choice: AgentChoice,
    },
    Pause,
    Resume,
    End,
    Reopen,
    /// Takes this turn and all after it back; it was taken in the event at `from`.
    Rewind {
        turn: TurnId,
        from: u64,
    },
}
