use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    BallotId, BallotOutcome, Choice, DisplayName, DropReason, PermissionAnswer, PermissionId, PersonId,
    QuestionId, Timestamp, TurnId, TurnOutcome,
};

/// What went on in a room after `since`: "While you were away". A fold of the log and of nothing else.
/// Lists are oldest first and hold the newest; what did not fit is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Digest {
    /// The last seq that is not in it, and the last that is.
    pub since: u64,
    pub head: u64,
    /// When the first and the last of its events happened; `null` when there is none.
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    /// At most 50.
    pub turns: Vec<DigestTurn>,
    pub earlier_turns: u32,
    /// At most 50.
    pub decisions: Vec<DigestDecision>,
    pub earlier_decisions: u32,
    /// By path, at most 100.
    pub files: Vec<DigestFile>,
    pub more_files: u32,
    pub people: Vec<DigestPerson>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DigestTurn {
    pub turn: TurnId,
    /// Where to scroll to.
    pub seq: u64,
    pub at: Timestamp,
    /// `null`, and no prompt, when it began before `since`.
    pub author: Option<PersonId>,
    /// First line of the prompt, at most 120 characters.
    pub prompt: String,
    /// `null` while it runs. A failure comes without its detail.
    pub outcome: Option<TurnOutcome>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DigestDecision {
    pub seq: u64,
    pub at: Timestamp,
    pub what: Decided,
}

/// A card, as far as it got. Texts are first lines of at most 120 characters, and empty when the card
/// opened before `since`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decided {
    Plan {
        ballot: BallotId,
        plan: String,
        votes: Vec<DigestVote>,
        /// `null` while it is open.
        outcome: Option<BallotOutcome>,
    },
    Question {
        question: QuestionId,
        text: String,
        /// What the agent was told; `null` while it is open, or when it was withdrawn.
        answers: Option<BTreeMap<String, Vec<String>>>,
    },
    Permission {
        permission: PermissionId,
        title: String,
        by: Option<PersonId>,
        /// `null` while it is open, or when it was withdrawn.
        answer: Option<PermissionAnswer>,
    },
}

/// The last word of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DigestVote {
    pub person: PersonId,
    pub choice: Choice,
}

/// Relative to the worktree; lines of all its changes together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DigestFile {
    pub path: String,
    pub added: u32,
    pub removed: u32,
}

/// Who came, who went, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DigestPerson {
    pub person: PersonId,
    /// `null` when the person joined before `since`.
    pub name: Option<DisplayName>,
    pub came: Option<Timestamp>,
    pub went: Option<Timestamp>,
    /// Why they went.
    pub reason: Option<DropReason>,
}
