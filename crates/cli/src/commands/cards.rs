//! Answers to what is open in a session: plans, questions, permission requests.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use model::{Choice, PermissionAnswer, QuestionField, RoomView};
use wire::Request;

use super::desk::Desk;
use super::{fresh, said};
use crate::args::{Answer, ChoiceName, Permission, PermissionName, Vote};
use crate::output::Said;
use crate::resolve::{self, Candidate, Kind};

pub async fn vote(desk: &mut Desk, order: Vote) -> Result<Said> {
    let (session, snapshot) = desk.room(&order.session).await?;
    let view = view(snapshot.view)?;
    let all = view.ballots.iter().map(|it| (it.ballot, it.ballot.to_string()));
    let ballot = the_open(all, order.ballot.as_deref(), "plan to vote on")?;
    let plan = view.ballots.iter().find(|it| it.ballot == ballot).map(|it| it.plan_hash.clone());
    let choice = match order.choice {
        ChoiceName::Approve => Choice::Approve,
        ChoiceName::Deny => Choice::Deny { reason: order.reason.unwrap_or_default() },
    };
    let plan = plan.context("The plan is gone.")?;
    let reply = desk.call(Request::Vote { command: fresh(), session, ballot, plan, choice }).await?;
    said(&reply, "Your vote counts.")
}

pub async fn answer(desk: &mut Desk, order: Answer) -> Result<Said> {
    let (session, snapshot) = desk.room(&order.session).await?;
    let view = view(snapshot.view)?;
    let all = view.questions.iter().map(|it| (it.question, it.question.to_string()));
    let question = the_open(all, order.question.as_deref(), "question")?;
    let asked = view.questions.iter().find(|it| it.question == question).map(|it| &it.asked.fields);
    let answers = answers(asked.context("The question is gone.")?, &order.answers)?;
    let reply = desk.call(Request::Answer { command: fresh(), session, question, answers }).await?;
    said(&reply, "Answered.")
}

pub async fn permission(desk: &mut Desk, order: Permission) -> Result<Said> {
    let (session, snapshot) = desk.room(&order.session).await?;
    let view = view(snapshot.view)?;
    let all = view.permissions.iter().map(|it| (it.permission, it.permission.to_string()));
    let permission = the_open(all, order.request.as_deref(), "permission request")?;
    let (answer, people) = match order.answer {
        PermissionName::Allow => (PermissionAnswer::Allow, "Allowed, this once."),
        PermissionName::Reject => (PermissionAnswer::Reject, "Rejected."),
    };
    let request = Request::AnswerPermission { command: fresh(), session, permission, answer };
    said(&desk.call(request).await?, people)
}

pub(super) fn view(view: Option<RoomView>) -> Result<RoomView> {
    view.context("The host shows no room there.")
}

/// The one that is meant: by its id, or because there is no other.
pub(super) fn the_open<T: Copy>(
    all: impl Iterator<Item = (T, String)>,
    asked: Option<&str>,
    name: &'static str,
) -> Result<T> {
    let all: Vec<(T, String)> = all.collect();
    match (asked, all.as_slice()) {
        (_, []) => bail!("There is no open {name} in this session."),
        (None, [(only, _)]) => Ok(*only),
        (asked, _) => {
            let all = all.into_iter().map(|(id, written)| Candidate { id, written, names: Vec::new() });
            let kind = Kind { name, list: "conclave session show" };
            match asked {
                Some(asked) => Ok(resolve::find(all, asked, kind)?),
                None => {
                    let ids: Vec<String> = all.map(|it| it.written).collect();
                    bail!("More than one {name} is open; say which by its id: {}", ids.join(", "))
                }
            }
        }
    }
}

fn answers(fields: &[QuestionField], said: &[String]) -> Result<BTreeMap<String, Vec<String>>> {
    let mut answers = BTreeMap::<String, Vec<String>>::new();
    let named = |text: &str| {
        let (key, answer) = text.split_once('=')?;
        fields.iter().any(|field| field.key == key).then(|| (key.to_owned(), answer.to_owned()))
    };
    for text in said {
        let (key, answer) = match (named(text), fields) {
            (Some(named), _) => named,
            (None, [only]) => (only.key.clone(), text.clone()),
            (None, _) => {
                let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
                bail!(
                    "Say which field {text:?} answers, as `field=answer`. The fields are: {}",
                    keys.join(", ")
                );
            }
        };
        answers.entry(key).or_default().push(answer);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str) -> QuestionField {
        let text = String::new();
        QuestionField { key: key.to_owned(), text, options: Vec::new(), many: true, optional: false }
    }

    fn given(fields: &[&str], said: &[&str]) -> Option<Vec<(String, Vec<String>)>> {
        let fields: Vec<QuestionField> = fields.iter().map(|key| field(key)).collect();
        let said: Vec<String> = said.iter().map(|&text| text.to_owned()).collect();
        answers(&fields, &said).ok().map(|answers| answers.into_iter().collect())
    }

    #[test]
    fn one_field_needs_no_name_and_several_do() {
        let own = |key: &str, all: &[&str]| (key.to_owned(), all.iter().map(|&it| it.to_owned()).collect());
        assert_eq!(given(&["a"], &["x", "y=z"]), Some(vec![own("a", &["x", "y=z"])]));
        assert_eq!(given(&["a"], &["a=x"]), Some(vec![own("a", &["x"])]));
        assert_eq!(given(&["a", "b"], &["b=1", "a=2"]), Some(vec![own("a", &["2"]), own("b", &["1"])]));
        assert_eq!(given(&["a", "b"], &["x"]), None);
    }

    #[test]
    fn the_only_open_card_is_meant_and_of_several_one_is_named() {
        let open = |ids: &[(u8, &str)], asked| {
            the_open(ids.iter().map(|(id, text)| (*id, (*text).to_owned())), asked, "plan").ok()
        };
        assert_eq!(open(&[(1, "aa")], None), Some(1));
        assert_eq!(open(&[(1, "aa"), (2, "bb")], None), None);
        assert_eq!(open(&[(1, "aa"), (2, "bb")], Some("b")), Some(2));
        assert_eq!(open(&[], None), None);
        assert_eq!(open(&[(1, "aa")], Some("c")), None);
    }
}
