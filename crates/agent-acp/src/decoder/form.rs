use std::collections::BTreeMap;

use agent_process::veil::Veil;
use model::{Question, QuestionField};
use serde_json::{Map, Value, json};

use super::each;

/// A form an agent asks people to fill in, and how its answer is written.
#[derive(Debug, Clone)]
pub struct Form {
    fields: Vec<Field>,
}

#[derive(Debug, Clone)]
struct Field {
    /// The agent's own word for it.
    key: String,
    /// The same, unless that holds what people may not see (LO8).
    shown: String,
    kind: Kind,
    /// What people see, and what the agent gets for it.
    options: Vec<(String, Value)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    One,
    Many,
    Number,
}

impl Form {
    /// `None` for anything but a form, which people could not answer here.
    pub fn read(params: &Value, veil: &Veil) -> Option<(Self, Question)> {
        if params["mode"].as_str().is_some_and(|mode| mode != "form") {
            return None;
        }
        let properties = params["requestedSchema"]["properties"].as_object()?;
        let fields: Vec<Field> =
            properties.iter().enumerate().map(|(at, field)| Field::read(at, field, veil)).collect();
        let asked = properties.iter().zip(&fields).map(|((key, schema), field)| QuestionField {
            key: field.shown.clone(),
            text: veil.text(schema["title"].as_str().or(schema["description"].as_str()).unwrap_or(key)),
            options: field.options.iter().map(|(shown, _)| shown.clone()).collect(),
            many: field.kind == Kind::Many,
            optional: !each(&params["requestedSchema"]["required"]).any(|name| name == key.as_str()),
        });
        let question = Question {
            text: veil.text(params["message"].as_str().unwrap_or_default()),
            fields: asked.collect(),
        };
        Some((Self { fields }, question))
    }

    pub fn answer(&self, answers: &BTreeMap<String, Vec<String>>) -> Value {
        let mut content = Map::new();
        for field in &self.fields {
            let said = answers.get(&field.shown).map(Vec::as_slice).unwrap_or_default();
            if let Some(value) = field.value(said) {
                content.insert(field.key.clone(), value);
            }
        }
        json!({"action": "accept", "content": content})
    }
}

pub fn cancelled() -> Value {
    json!({"action": "cancel"})
}

pub fn declined() -> Value {
    json!({"action": "decline"})
}

impl Field {
    fn read(at: usize, (key, schema): (&String, &Value), veil: &Veil) -> Self {
        let (kind, options) = match schema["type"].as_str() {
            Some("array") => (Kind::Many, options(&schema["items"], veil)),
            Some("boolean") => (Kind::One, vec![("Yes".into(), json!(true)), ("No".into(), json!(false))]),
            Some("number" | "integer") => (Kind::Number, Vec::new()),
            _ => (Kind::One, options(schema, veil)),
        };
        let shown = if veil.text(key) == *key { key.clone() } else { format!("field {}", at + 1) };
        Self { key: key.clone(), shown, kind, options }
    }

    /// An empty answer is left out; what is no option is passed on as it was typed.
    fn value(&self, said: &[String]) -> Option<Value> {
        let mut values = said.iter().filter(|said| !said.trim().is_empty()).map(|said| self.one(said));
        match self.kind {
            Kind::Many => {
                let values: Vec<Value> = values.collect();
                (!values.is_empty()).then_some(Value::Array(values))
            }
            Kind::Number => values.next().map(|value| number(&value).unwrap_or(value)),
            Kind::One if said.len() <= 1 => values.next(),
            // Several people answered (QN1).
            Kind::One => Some(Value::String(said.join("; "))),
        }
    }

    fn one(&self, said: &str) -> Value {
        let option = self.options.iter().find(|(shown, _)| shown == said);
        option.map_or_else(|| Value::String(said.to_owned()), |(_, value)| value.clone())
    }
}

fn options(schema: &Value, veil: &Veil) -> Vec<(String, Value)> {
    let titled = each(&schema["oneOf"]).chain(each(&schema["anyOf"])).filter_map(|option| {
        let value = option["const"].as_str()?;
        Some((veil.text(option["title"].as_str().unwrap_or(value)), json!(value)))
    });
    let bare = each(&schema["enum"]).filter_map(Value::as_str).map(|value| (veil.text(value), json!(value)));
    titled.chain(bare).collect()
}

fn number(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    text.parse::<i64>()
        .map(|number| json!(number))
        .ok()
        .or_else(|| text.parse::<f64>().ok().map(|n| json!(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> (Form, Question) {
        let params = json!({"mode": "form", "message": "Which?", "requestedSchema": {"type": "object", "properties": {
            "colour": {"type": "string", "title": "Colour", "oneOf": [{"const": "r", "title": "Red"}, {"const": "b", "title": "Blue"}]},
            "days": {"type": "array", "items": {"type": "string", "enum": ["mo", "tu"]}},
            "sure": {"type": "boolean"},
            "times": {"type": "integer"},
            "why": {"type": "string", "description": "Why?"},
        }, "required": ["colour", "days"]}});
        Form::read(&params, &Veil::default()).unwrap()
    }

    #[test]
    fn lo8_a_field_named_by_a_secret_is_asked_by_its_number() {
        let params = json!({"requestedSchema": {"properties": {"a": {}, "sk-12345678": {"type": "string"}}}});
        let veil = Veil::new(&[], &[], &["sk-12345678".to_owned()]);
        let (form, question) = Form::read(&params, &veil).unwrap();
        assert!(!format!("{question:?}").contains("sk-12345678"));
        let answers = BTreeMap::from([(question.fields[1].key.clone(), vec!["yes".to_owned()])]);
        assert_eq!(form.answer(&answers)["content"], json!({"sk-12345678": "yes"}));
    }

    #[test]
    fn a_form_is_a_question_with_its_options() {
        let (_, question) = form();
        let shown: Vec<(&str, usize, bool)> = question
            .fields
            .iter()
            .map(|field| (field.text.as_str(), field.options.len(), field.many))
            .collect();
        assert_eq!(
            shown,
            [
                ("Colour", 2, false),
                ("days", 2, true),
                ("sure", 2, false),
                ("times", 0, false),
                ("Why?", 0, false)
            ]
        );
    }

    #[test]
    fn what_the_agent_does_not_require_may_be_left_out() {
        let optional: Vec<bool> = form().1.fields.iter().map(|field| field.optional).collect();
        assert_eq!(optional, [false, false, true, true, true]);
    }

    #[test]
    fn an_answer_has_the_values_the_agent_named() {
        let cases: &[(&str, &[&str], Value)] = &[
            ("colour", &["Blue"], json!("b")),
            ("colour", &["green"], json!("green")),
            ("colour", &["Ada: Red", "Bea: Blue"], json!("Ada: Red; Bea: Blue")),
            ("days", &["mo", "tu"], json!(["mo", "tu"])),
            ("days", &[], Value::Null),
            ("sure", &["Yes"], json!(true)),
            ("times", &["3"], json!(3)),
            ("times", &["0.5"], json!(0.5)),
            ("why", &["because"], json!("because")),
            ("why", &[""], Value::Null),
        ];
        for (key, said, expected) in cases {
            let said = said.iter().map(|said| (*said).to_owned()).collect();
            let answer = form().0.answer(&BTreeMap::from([((*key).to_owned(), said)]));
            assert_eq!(answer["content"][*key], *expected, "{key}");
            assert_eq!(answer["action"], "accept");
        }
    }

    #[test]
    fn what_is_no_form_is_no_question() {
        let url = json!({"mode": "url", "url": "https://example.com", "message": "log in"});
        assert!(Form::read(&url, &Veil::default()).is_none());
        assert!(Form::read(&json!({"mode": "form"}), &Veil::default()).is_none());
    }
}
