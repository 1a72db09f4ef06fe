use std::collections::BTreeMap;

use agent_process::requests::{self, Open};
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict};
use ports::agent::{AgentEvent, ItemKey, PermissionText, RequestKey};
use serde_json::{Value, json};

use super::control::reply;
use super::question::Form;
use super::tool::{self, OpenTool};
use super::{Look, change};

const REJECTED: &str = "The people in the room did not allow it.";
const UNANSWERED: &str = "Nobody answered.";
const STOPPED: &str = "The turn was stopped.";
const NO_PLAN: &str = "(The agent wants to begin and has written no plan.)";

/// The requests of the agent that wait for people.
#[derive(Debug, Default)]
pub struct Requests {
    open: requests::Requests<Asked>,
}

#[derive(Debug)]
struct Asked {
    /// As the agent sent it: what is allowed is exactly that.
    input: Value,
    /// Where it is a question.
    form: Option<Form>,
}

/// A `can_use_tool` request and what is known of its tool call.
pub struct Asking<'a> {
    pub id: &'a Value,
    pub request: &'a Value,
    pub tool: Option<&'a OpenTool>,
    pub look: &'a Look,
    pub veil: &'a Veil,
}

impl Requests {
    pub fn open(&mut self, asking: &Asking) -> AgentEvent {
        let input = &asking.request["input"];
        let name = asking.request["tool_name"].as_str();
        let form = Form::read(input, asking.veil).filter(|_| name == Some("AskUserQuestion"));
        let (form, asked) = form.unzip();
        let item = asking.tool.map(|tool| tool.item.clone());
        let id = asking.id.clone();
        let key = self.open.open(Open { id, item, asked: Asked { input: input.clone(), form } });
        match asked {
            Some(asked) => AgentEvent::Question { key, asked },
            None if name == Some("ExitPlanMode") => AgentEvent::Plan { key, text: asking.plan() },
            None => AgentEvent::Permission { key, asked: asking.permission() },
        }
    }

    /// The message that answers a permission request. `None` when it is no longer open.
    pub fn answer(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Option<Value> {
        let open = self.open.close(key)?;
        let response = match answer {
            PermissionAnswer::Allow => allowed(&open.asked.input),
            PermissionAnswer::Reject => denied(REJECTED),
        };
        Some(reply(&open.id, response))
    }

    pub fn refuse(&mut self, key: &RequestKey, words: &str) -> Option<Value> {
        self.open.close(key).map(|open| reply(&open.id, denied(words)))
    }

    /// An approved plan goes on in this mode.
    pub fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict, mode: &str) -> Vec<Value> {
        let Some(open) = self.open.close(key) else { return Vec::new() };
        let response = match verdict {
            PlanVerdict::Approved => {
                let mut response = allowed(&open.asked.input);
                response["updatedPermissions"] =
                    json!([{"type": "setMode", "mode": mode, "destination": "session"}]);
                response
            }
            PlanVerdict::Denied { reason } => denied(&revise(reason)),
        };
        vec![reply(&open.id, response)]
    }

    pub fn answer_question(
        &mut self,
        key: &RequestKey,
        answers: &BTreeMap<String, Vec<String>>,
    ) -> Option<Value> {
        let Open { id, asked: Asked { input, form }, .. } = self.open.close(key)?;
        let answered = form.and_then(|form| form.answer(&input, answers));
        Some(reply(&id, answered.map_or_else(|| denied(UNANSWERED), |input| allowed(&input))))
    }

    pub fn take_back(&mut self, id: &Value) -> Option<AgentEvent> {
        self.open.take_back(id)
    }

    pub fn take_back_of(&mut self, item: &ItemKey) -> Vec<AgentEvent> {
        self.open.take_back_of(item)
    }

    /// Messages that refuse all that is open.
    pub fn cancel(&mut self) -> Vec<Value> {
        self.open.close_all().map(|open| reply(&open.id, denied(STOPPED))).collect()
    }
}

impl Asking<'_> {
    /// The text of the file the agent writes its plan to comes with the request; without such a file the model may
    /// still have said it in its call.
    fn plan(&self) -> String {
        let told = self.request["input"]["plan"].as_str().map(|plan| self.veil.text(plan));
        let called = self.tool.and_then(|tool| tool.input["plan"].as_str()).map(str::to_owned);
        let mut texts = [told, called].into_iter().flatten();
        texts.find(|text| !text.trim().is_empty()).unwrap_or_else(|| NO_PLAN.to_owned())
    }

    /// PE1: what is asked for now, not what was told before.
    fn permission(&self) -> PermissionText {
        let name = self.request["tool_name"].as_str().unwrap_or("tool");
        let input = self.veil.value(&self.request["input"]);
        let command = input["command"].as_str().map(str::to_owned);
        let diffs = change::wanted(name, &self.request["input"], self.look, self.veil);
        PermissionText {
            item: self.tool.map(|tool| tool.item.clone()),
            tool: tool::shown_name(name),
            kind: tool::kind_of(name),
            title: self
                .tool
                .map_or_else(|| tool::title(name, &input, self.veil), |tool| tool.call.title.clone()),
            // Where neither a command nor a change shows it.
            command: command.or_else(|| whole(&input).filter(|_| diffs.is_empty())),
            directory: ".".to_owned(),
            diffs,
            expires_at: None,
        }
    }
}

/// All that is asked for.
fn whole(input: &Value) -> Option<String> {
    (!tool::is_empty(input)).then(|| input.to_string())
}

fn allowed(input: &Value) -> Value {
    json!({"behavior": "allow", "updatedInput": input})
}

pub fn denied(message: &str) -> Value {
    json!({"behavior": "deny", "message": message})
}

fn revise(reason: &str) -> String {
    if reason.trim().is_empty() {
        return "The people in the room did not approve this plan. Revise it.".to_owned();
    }
    format!("The people in the room did not approve this plan. Revise it. Their reason: {reason}")
}
