use std::collections::BTreeMap;

use agent_process::veil::Veil;
use model::{Question, QuestionField};
use serde_json::{Map, Value};

use super::each;

/// The questions of one `AskUserQuestion`, and how its answer is written.
#[derive(Debug)]
pub struct Form {
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    /// The agent's own words, which it wants its answer by.
    question: String,
    many: bool,
    /// What people see, and what the agent calls it.
    options: Vec<(String, String)>,
}

impl Form {
    /// `None` for an input without questions.
    pub fn read(input: &Value, veil: &Veil) -> Option<(Self, Question)> {
        let fields: Vec<Field> =
            each(&input["questions"]).filter_map(|asked| Field::read(asked, veil)).collect();
        if fields.is_empty() {
            return None;
        }
        let shown = fields.iter().enumerate().map(|(at, field)| QuestionField {
            key: key(at),
            text: veil.text(&field.question),
            options: field.options.iter().map(|(shown, _)| shown.clone()).collect(),
            many: field.many,
            optional: false,
        });
        let question = Question { text: String::new(), fields: shown.collect() };
        Some((Self { fields }, question))
    }

    /// The input with its answers; `None` where nobody gave one.
    pub fn answer(&self, input: &Value, answers: &BTreeMap<String, Vec<String>>) -> Option<Value> {
        let mut content = Map::new();
        for (at, field) in self.fields.iter().enumerate() {
            let said = answers.get(&key(at)).map(Vec::as_slice).unwrap_or_default();
            if let Some(value) = field.value(said) {
                content.insert(field.question.clone(), Value::String(value));
            }
        }
        let mut answered = input.clone();
        answered
            .as_object_mut()
            .filter(|_| !content.is_empty())?
            .insert("answers".to_owned(), content.into());
        Some(answered)
    }
}

/// Not the question itself, which may hold what people may not see (LO8).
fn key(at: usize) -> String {
    format!("{}", at + 1)
}

impl Field {
    fn read(asked: &Value, veil: &Veil) -> Option<Self> {
        let label =
            |option: &Value| option["label"].as_str().map(|label| (veil.text(label), label.to_owned()));
        Some(Self {
            question: asked["question"].as_str()?.to_owned(),
            many: asked["multiSelect"] == true,
            options: each(&asked["options"]).filter_map(label).collect(),
        })
    }

    /// What is no option is passed on as it was typed, several together (QN1).
    fn value(&self, said: &[String]) -> Option<String> {
        let one = |said: &String| {
            let option = self.options.iter().find(|(shown, _)| shown == said);
            option.map_or_else(|| said.clone(), |(_, label)| label.clone())
        };
        let said: Vec<String> = said.iter().filter(|said| !said.trim().is_empty()).map(one).collect();
        (!said.is_empty()).then(|| said.join(if self.many { ", " } else { "; " }))
    }
}
