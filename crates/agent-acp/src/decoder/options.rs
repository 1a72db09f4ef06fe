use model::PermissionAnswer;
use serde_json::{Value, json};

use super::each;

/// Ids that allow once, of agents that offer several options of that kind, each seen to do just that.
const ALLOW_ONCE: &[&str] =
    &["once", "allow", "allow-once", "allow_once", "approved", "proceed_once", "exit-plan-default"];
const REJECT_ONCE: &[&str] = &["reject", "reject-once", "reject_once", "cancel", "abort"];

/// The options of a permission request: id and kind.
#[derive(Debug, Clone, Default)]
pub struct Options(Vec<(String, String)>);

impl Options {
    pub fn read(options: &Value) -> Self {
        let both = |option: &Value| Some((text(option, "optionId")?, text(option, "kind")?));
        Self(each(options).filter_map(both).collect())
    }

    /// The outcome to answer with: the option that means it, else a refusal, else `cancelled`. Never
    /// "always", never by position (PE5).
    pub fn outcome(&self, answer: PermissionAnswer) -> Value {
        let picked = match answer {
            PermissionAnswer::Allow => self.pick("allow_once", ALLOW_ONCE),
            PermissionAnswer::Reject => None,
        };
        match picked.or_else(|| self.pick("reject_once", REJECT_ONCE)) {
            Some(id) => json!({"outcome": {"outcome": "selected", "optionId": id}}),
            None => cancelled(),
        }
    }

    fn pick(&self, kind: &str, known: &[&str]) -> Option<&str> {
        let ids = || self.0.iter().filter(|(_, of)| of == kind).map(|(id, _)| id.as_str());
        if ids().count() == 1 {
            return ids().next();
        }
        let mut tested = ids().filter(|id| known.contains(id));
        tested.next().filter(|_| tested.next().is_none())
    }
}

pub fn cancelled() -> Value {
    json!({"outcome": {"outcome": "cancelled"}})
}

fn text(option: &Value, key: &str) -> Option<String> {
    option[key].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(options: &[(&str, &str)], answer: PermissionAnswer) -> Option<String> {
        let options: Vec<Value> =
            options.iter().map(|(id, kind)| json!({"optionId": id, "kind": kind, "name": id})).collect();
        let outcome = Options::read(&json!(options)).outcome(answer);
        outcome["outcome"]["optionId"].as_str().map(str::to_owned)
    }

    #[test]
    fn pe5_only_an_option_known_to_mean_once_is_picked() {
        use PermissionAnswer::{Allow, Reject};
        type Case<'a> = (&'a [(&'a str, &'a str)], PermissionAnswer, Option<&'a str>);
        let cases: &[Case] = &[
            (&[("x", "allow_once"), ("y", "reject_once")], Allow, Some("x")),
            (&[("x", "allow_once"), ("y", "reject_once")], Reject, Some("y")),
            (&[("y", "reject_once"), ("x", "allow_once")], Allow, Some("x")),
            (&[("a", "allow_always"), ("y", "reject_once")], Allow, Some("y")),
            (&[("a", "allow_always")], Allow, None),
            (&[("a", "allow_always"), ("r", "reject_always")], Reject, None),
            (
                &[("proceed_once", "allow_once"), ("proceed_once_and_switch", "allow_once")],
                Allow,
                Some("proceed_once"),
            ),
            (
                &[("new-one", "allow_once"), ("new-two", "allow_once"), ("no", "reject_once")],
                Allow,
                Some("no"),
            ),
            (&[("once", "allow_once"), ("allow", "allow_once"), ("no", "reject_once")], Allow, Some("no")),
            (&[("no", "reject_once"), ("nope", "reject_once")], Reject, None),
            (&[("cancel", "reject_once"), ("nope", "reject_once")], Reject, Some("cancel")),
            (&[], Allow, None),
            (&[], Reject, None),
        ];
        for (options, answer, expected) in cases {
            assert_eq!(picked(options, *answer).as_deref(), *expected, "{options:?} {answer:?}");
        }
    }
}
