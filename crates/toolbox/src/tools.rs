use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Question, QuestionField};
use rmcp::model::{Tool, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::misused::{Misused, OPTIONS, QUESTIONS};

pub const PROPOSE_PLAN: &str = "propose_plan";
pub const ASK_PEOPLE: &str = "ask_people";
pub const WAIT_FOR_ANSWER: &str = "wait_for_answer";

#[derive(Deserialize)]
pub struct ProposePlan {
    pub plan: String,
}

#[derive(Deserialize)]
pub struct WaitForAnswer {
    pub id: String,
}

#[derive(Deserialize)]
pub struct AskPeople {
    questions: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    question: String,
    #[serde(default)]
    header: Option<String>,
    #[serde(default)]
    options: Vec<Choice>,
    #[serde(default)]
    multiple: bool,
}

/// As models write it, whatever the schema says.
#[derive(Deserialize)]
#[serde(untagged)]
enum Choice {
    Text(String),
    Labelled { label: String },
}

pub fn all() -> Vec<Tool> {
    vec![propose_plan(), ask_people(), wait_for_answer()]
}

fn propose_plan() -> Tool {
    let about = "Puts a plan to the people of this session, who vote on it. Do this before you change anything. \
                 Answers at once with an id; then call wait_for_answer with it until it says what they decided. \
                 If they did not approve, revise the plan by their reason and propose it again.";
    let plan = json!({ "type": "string", "description": "The whole plan, in Markdown." });
    tool(PROPOSE_PLAN, about, &json!({ "plan": plan }), "plan")
}

fn ask_people() -> Tool {
    let about = "Asks the people of this session what only they can know or decide. Answers at once with an id; \
                 then call wait_for_answer with it until they have answered.";
    let text = |about: &str| json!({ "type": "string", "description": about });
    let options = json!({
        "type": "array",
        "items": { "type": "string" },
        "description": "Answers to choose from; without them people answer in their own words.",
    });
    let multiple = json!({ "type": "boolean", "description": "Several options may be chosen." });
    let asked = json!({
        "type": "object",
        "properties": {
            "question": text("One question, complete and clear."),
            "header": text("A word or two that say what it is about."),
            "options": options,
            "multiple": multiple,
        },
        "required": ["question"],
    });
    tool(
        ASK_PEOPLE,
        about,
        &json!({ "questions": { "type": "array", "items": asked, "minItems": 1 } }),
        "questions",
    )
}

fn wait_for_answer() -> Tool {
    let about = "Waits up to 45 seconds for what the people decided or answered. If it says that they have not \
                 yet, call it again with the same id: people need minutes.";
    let id = json!({ "type": "string", "description": "The id that propose_plan or ask_people gave you." });
    // Agents take the same call again and again for a loop, and end it.
    let times = json!({ "type": "integer", "description": "How often you have waited for this id before: 0, 1, 2 …" });
    tool(WAIT_FOR_ANSWER, about, &json!({ "id": id, "times": times }), "id")
}

fn tool(name: &'static str, about: &'static str, properties: &Value, required: &str) -> Tool {
    let schema = json!({ "type": "object", "properties": properties, "required": [required] });
    let schema = schema.as_object().cloned().unwrap_or_default();
    // They change nothing on the machine.
    let hints = ToolAnnotations::new().read_only(true).open_world(false);
    let mut tool = Tool::new(name, about, Arc::new(schema));
    tool.annotations = Some(hints);
    tool
}

impl AskPeople {
    /// # Errors
    /// Says what is wrong with it.
    pub fn question(self) -> Result<Question, Misused> {
        if self.questions.is_empty() || self.questions.len() > QUESTIONS {
            return Err(Misused::QuestionCount);
        }
        let fields: Vec<QuestionField> =
            self.questions.into_iter().map(Asked::field).collect::<Result<_, _>>()?;
        let mut keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() < fields.len() {
            return Err(Misused::SameQuestion);
        }
        Ok(Question { text: String::new(), fields })
    }
}

impl Asked {
    fn field(self) -> Result<QuestionField, Misused> {
        let key = self.question.trim().to_owned();
        if key.is_empty() {
            return Err(Misused::EmptyQuestion);
        }
        if self.options.len() > OPTIONS {
            return Err(Misused::TooManyOptions);
        }
        let header = self.header.map(|header| header.trim().to_owned()).filter(|header| !header.is_empty());
        let text = header.map_or_else(|| key.clone(), |header| format!("{header}: {key}"));
        let mut options: Vec<String> = Vec::new();
        for option in self.options.into_iter().map(Choice::text).filter(|option| !option.is_empty()) {
            if !options.contains(&option) {
                options.push(option);
            }
        }
        Ok(QuestionField { key, text, options, many: self.multiple, optional: false })
    }
}

impl Choice {
    fn text(self) -> String {
        let (Self::Text(text) | Self::Labelled { label: text }) = self;
        text.trim().to_owned()
    }
}

/// By the question's own words.
pub fn told(answers: &BTreeMap<String, Vec<String>>) -> String {
    let line = |(question, answer): (&String, &Vec<String>)| {
        let answer = if answer.is_empty() { "(no answer)".to_owned() } else { answer.join("; ") };
        format!("{question} {answer}")
    };
    let lines: Vec<String> = answers.iter().map(line).collect();
    format!("The people answered.\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &Value) -> Result<Question, Misused> {
        serde_json::from_value::<AskPeople>(input.clone())?.question()
    }

    #[test]
    fn a_question_is_read_as_models_write_it() {
        let asked = json!({ "questions": [
            { "question": " Which colour? ", "header": "Paint", "options": ["Red", { "label": "Blue" }, "Red", ""] },
            { "question": "Why?", "multiple": true },
        ] });
        let field = |key: &str, text: &str, options: &[&str], many| QuestionField {
            key: key.to_owned(),
            text: text.to_owned(),
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            many,
            optional: false,
        };
        let fields = vec![
            field("Which colour?", "Paint: Which colour?", &["Red", "Blue"], false),
            field("Why?", "Why?", &[], true),
        ];
        assert_eq!(read(&asked).unwrap(), Question { text: String::new(), fields });
    }

    #[test]
    fn what_is_wrong_with_a_question_is_said() {
        let many: Vec<Value> = (0..11).map(|n| json!({ "question": n.to_string() })).collect();
        for (asked, says) in [
            (json!([]), "one to 10"),
            (json!(many), "one to 10"),
            (json!([{ "question": " " }]), "empty"),
            (json!([{ "question": "a" }, { "question": " a" }]), "the same"),
            (json!([{ "text": "a" }]), "missing field"),
        ] {
            let refused = read(&json!({ "questions": asked })).unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }

    #[test]
    fn answers_are_told_by_their_questions() {
        let answers = [("How many?", vec!["Ada: 1", "Bea: 2"]), ("Why?", vec![])];
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let answers = answers.map(|(key, said)| (key.to_owned(), owned(said))).into();
        assert_eq!(told(&answers), "The people answered.\nHow many? Ada: 1; Bea: 2\nWhy? (no answer)");
    }
}
