use std::collections::BTreeMap;

use model::{BallotId, DropReason, Electorate, Event, PersonId, QuestionId};
use serde::{Deserialize, Serialize};

use crate::room::Room;

/// Who decides a card, and what each has said: votes on a plan, answers to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seats<T> {
    electorate: Electorate,
    /// With [`Electorate::Everyone`], one entry for each who still counts; else who has spoken.
    words: BTreeMap<PersonId, Option<T>>,
    last: Move,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Move {
    Opened,
    Word,
    Drop,
}

/// A card that somebody has a seat at.
#[derive(Clone, Copy)]
pub(crate) enum Table {
    Ballot(BallotId),
    Question(QuestionId),
}

impl Room {
    pub(crate) fn seated(&self) -> impl Iterator<Item = (Table, PersonId)> {
        let voters = self
            .ballot
            .iter()
            .flat_map(|open| open.seats.people().map(|person| (Table::Ballot(open.id), person)));
        let answerers = self
            .questions
            .iter()
            .flat_map(|(id, open)| open.seats.people().map(|person| (Table::Question(*id), person)));
        voters.chain(answerers)
    }
}

impl Table {
    pub fn drop(self, person: PersonId, reason: DropReason) -> Event {
        match self {
            Self::Ballot(ballot) => Event::VoterDropped { ballot, person, reason },
            Self::Question(question) => Event::AnswererDropped { question, person, reason },
        }
    }
}

impl<T: Clone> Seats<T> {
    pub fn open(electorate: &Electorate) -> Self {
        let words = match electorate {
            Electorate::Everyone { voters } => voters.iter().map(|person| (*person, None)).collect(),
            Electorate::AnyDecider => BTreeMap::new(),
        };
        Self { electorate: electorate.clone(), words, last: Move::Opened }
    }

    pub fn electorate(&self) -> &Electorate {
        &self.electorate
    }

    pub fn last(&self) -> Move {
        self.last
    }

    pub fn has(&self, person: PersonId) -> bool {
        self.words.contains_key(&person)
    }

    pub fn word(&self, person: PersonId) -> Option<&T> {
        self.words.get(&person)?.as_ref()
    }

    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.words.keys().copied()
    }

    pub fn words(&self) -> impl Iterator<Item = (PersonId, Option<&T>)> {
        self.words.iter().map(|(person, word)| (*person, word.as_ref()))
    }

    /// Everybody's word, once nobody's is missing.
    pub fn complete(&self) -> Option<Vec<(PersonId, &T)>> {
        let words: Option<Vec<_>> = self.words().map(|(person, word)| Some((person, word?))).collect();
        words.filter(|words| !words.is_empty())
    }

    pub fn say(&mut self, person: PersonId, word: T) {
        if self.electorate == Electorate::AnyDecider || self.has(person) {
            self.words.insert(person, Some(word));
            self.last = Move::Word;
        }
    }

    /// Never empty: then it is the owner (BA2).
    pub fn drop(&mut self, person: PersonId, owner: PersonId) {
        if self.words.remove(&person).is_none() {
            return;
        }
        self.last = Move::Drop;
        if self.words.is_empty() {
            self.words.insert(owner, None);
        }
    }
}
