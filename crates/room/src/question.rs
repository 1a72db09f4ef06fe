use std::collections::BTreeMap;
use std::sync::Arc;

use model::{
    CardId, DropReason, Electorate, Event, PersonId, Question, QuestionField, QuestionId, Rejection, Right,
    Timestamp, TurnId,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::queue::check_size;
use crate::room::Room;
use crate::seats::Seats;

/// By the field's key, the chosen options or the one free text.
pub(crate) type Answers = BTreeMap<String, Vec<String>>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenQuestion {
    pub turn: TurnId,
    pub asked: Arc<Question>,
    pub seats: Seats<Answers>,
    pub opened_at: Timestamp,
}

impl Room {
    pub(crate) fn question_asked(&self, turn: TurnId, question: QuestionId, asked: &Question) -> Vec<Event> {
        if !self.takes_cards_of(turn) || self.questions.contains_key(&question) {
            return vec![];
        }
        vec![Event::QuestionAsked { question, turn, asked: asked.clone(), electorate: self.electorate() }]
    }

    pub(crate) fn answer_question(
        &self,
        by: &By,
        question: QuestionId,
        answers: &Answers,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.expect_question(question)?;
        self.expect_answerer(by, &open.seats)?;
        open.check(answers)?;
        let mut after = open.clone();
        after.seats.say(by.person, answers.clone());
        if after == *open {
            return Ok(vec![]);
        }
        Ok(vec![Event::QuestionAnswered { question, person: by.person, answers: answers.clone() }])
    }

    pub(crate) fn go_on_without_answer(
        &self,
        question: QuestionId,
        person: PersonId,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.expect_question(question)?;
        if !self.waiting_for(&open.seats).contains(&person) {
            return Err(Rejection::NotFound);
        }
        Ok(vec![Event::AnswererDropped { question, person, reason: DropReason::OwnerWentOn }])
    }

    /// What the agent is told once everybody has answered (QN1).
    pub(crate) fn settled_answers(&self, open: &OpenQuestion) -> Option<Answers> {
        let all = open.seats.complete()?;
        let fields = open.asked.fields.iter();
        Some(fields.map(|field| (field.key.clone(), self.merged(&field.key, &all))).collect())
    }

    pub(crate) fn expect_answerer(&self, by: &By, seats: &Seats<Answers>) -> Result<(), Rejection> {
        match seats.electorate() {
            Electorate::Everyone { .. } if seats.has(by.person) => Ok(()),
            Electorate::Everyone { .. } if !by.rights.has(Right::Vote) => {
                Err(Rejection::Forbidden { right: Right::Vote })
            }
            Electorate::Everyone { .. } => Err(Rejection::NotVoter),
            Electorate::AnyDecider if by.approves() || self.drives(by) => Ok(()),
            Electorate::AnyDecider => Err(Rejection::Forbidden { right: Right::Approve }),
        }
    }

    fn expect_question(&self, question: QuestionId) -> Result<&OpenQuestion, Rejection> {
        let open = self.questions.get(&question);
        open.ok_or_else(|| self.cards.refusal(CardId::Question(question)))
    }

    /// Equal answers collapse; others become `name: answer`.
    fn merged(&self, key: &str, all: &[(PersonId, &Answers)]) -> Vec<String> {
        let mut told: Vec<(Vec<String>, &[String])> = Vec::new();
        for (person, answers) in all {
            let answer = answers.get(key).map_or(&[][..], Vec::as_slice);
            if answer.is_empty() {
                continue;
            }
            match told.iter_mut().find(|(_, other)| *other == answer) {
                Some((names, _)) => names.push(self.name_of(*person)),
                None => told.push((vec![self.name_of(*person)], answer)),
            }
        }
        match told.as_slice() {
            [(_, answer)] => answer.to_vec(),
            several => several
                .iter()
                .map(|(names, answer)| format!("{}: {}", names.join(", "), answer.join(", ")))
                .collect(),
        }
    }

    /// The owner may answer from a shell without ever being in the roster.
    fn name_of(&self, person: PersonId) -> String {
        let known = self.roster.get(person);
        known.map_or_else(|| "the owner".to_owned(), |known| known.name.to_string())
    }
}

impl OpenQuestion {
    fn check(&self, answers: &Answers) -> Result<(), Rejection> {
        let fields = &self.asked.fields;
        let known = |key: &String| fields.iter().any(|field| field.key == *key);
        if !answers.keys().all(known) {
            return Err(Rejection::BadAnswer);
        }
        answers.values().flatten().try_for_each(|value| check_size(value))?;
        let given = |field: &QuestionField| answers.get(&field.key).filter(|values| !values.is_empty());
        let fits = |field: &QuestionField| given(field).map_or(field.optional, |values| fits(field, values));
        if !fields.iter().all(fits) || !fields.iter().any(|field| given(field).is_some()) {
            return Err(Rejection::BadAnswer);
        }
        Ok(())
    }
}

fn fits(field: &QuestionField, values: &[String]) -> bool {
    let enough = field.many || values.len() == 1;
    let offered = |value: &String| field.options.is_empty() || field.options.contains(value);
    enough && values.iter().all(|value| !value.trim().is_empty() && offered(value))
}
