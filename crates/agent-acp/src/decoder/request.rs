use std::collections::BTreeMap;

use agent_process::requests::{self, Open};
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, ToolKind};
use ports::agent::{AgentEvent, ItemKey, PermissionText, RequestKey};
use serde_json::{Value, json};

use super::form::{self, Form};
use super::options::{self, Options};
use super::tool::{self, OpenTool};
use super::{diffs, each, text};

/// Tools whose approval ends an agent's plan mode.
const PLAN_TOOLS: &[&str] = &["ExitPlanMode", "exit_plan_mode"];

/// Where the words of a refusal go along.
const WORDS: &str = "conclave/words";

/// The requests of the agent that wait for people.
#[derive(Debug, Default)]
pub struct Requests {
    open: requests::Requests<Asked>,
}

#[derive(Debug)]
enum Asked {
    Options(Options),
    Form(Form),
}

impl Requests {
    pub fn permission(
        &mut self,
        id: Value,
        params: &Value,
        tool: Option<&OpenTool>,
        veil: &Veil,
    ) -> AgentEvent {
        let asked = Asked::Options(Options::read(&params["options"]));
        let item = tool.map(|tool| tool.item.clone());
        let key = self.open.open(Open { id, item, asked });
        match plan(&params["toolCall"], tool, veil) {
            Some(text) => AgentEvent::Plan { key, text },
            None => AgentEvent::Permission { key, asked: permission(&params["toolCall"], tool, veil) },
        }
    }

    /// `None` where nobody could answer it.
    pub fn question(&mut self, id: Value, params: &Value, veil: &Veil) -> Option<AgentEvent> {
        let (form, asked) = Form::read(params, veil)?;
        let key = self.open.open(Open { id, item: None, asked: Asked::Form(form) });
        Some(AgentEvent::Question { key, asked })
    }

    /// The line that answers a permission request or a plan. `None` when it is no longer open.
    pub fn answer(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Option<Value> {
        let open = self.open.close(key)?;
        let result = match open.asked {
            Asked::Options(options) => options.outcome(answer),
            Asked::Form(_) => form::declined(),
        };
        Some(reply(&open.id, result))
    }

    /// The protocol has no words for it; an agent that knows ours looks for them.
    pub fn refuse(&mut self, key: &RequestKey, words: &str) -> Option<Value> {
        let mut message = self.answer(key, PermissionAnswer::Reject)?;
        message["result"]["_meta"] = json!({ WORDS: words });
        Some(message)
    }

    pub fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict) -> Option<Value> {
        match verdict {
            PlanVerdict::Approved => self.answer(key, PermissionAnswer::Allow),
            PlanVerdict::Denied { .. } => self.answer(key, PermissionAnswer::Reject),
        }
    }

    pub fn answer_question(
        &mut self,
        key: &RequestKey,
        answers: &BTreeMap<String, Vec<String>>,
    ) -> Option<Value> {
        let open = self.open.close(key)?;
        let result = match open.asked {
            Asked::Form(form) => form.answer(answers),
            Asked::Options(_) => options::cancelled(),
        };
        Some(reply(&open.id, result))
    }

    pub fn take_back(&mut self, id: &Value) -> Option<AgentEvent> {
        self.open.take_back(id)
    }

    pub fn take_back_of(&mut self, item: &ItemKey) -> Vec<AgentEvent> {
        self.open.take_back_of(item)
    }

    /// Lines that cancel all that is open.
    pub fn cancel(&mut self) -> Vec<Value> {
        let cancelled = |open: Open<Asked>| match open.asked {
            Asked::Options(_) => reply(&open.id, options::cancelled()),
            Asked::Form(_) => reply(&open.id, form::cancelled()),
        };
        self.open.close_all().map(cancelled).collect()
    }
}

pub fn reply(id: &Value, result: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

pub fn refusal(id: &Value, code: i64, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

/// The plan that a request wants approved; `None` when it is about something else.
fn plan(call: &Value, tool: Option<&OpenTool>, veil: &Veil) -> Option<String> {
    if tool.is_none_or(|tool| tool.call.kind != ToolKind::SwitchMode) {
        return None;
    }
    let raw = call["rawInput"]["plan"].as_str().map(|plan| veil.text(plan));
    let known = tool.and_then(|tool| tool.input["plan"].as_str()).map(str::to_owned);
    let said =
        each(&call["content"]).filter_map(|part| text(&part["content"])).collect::<Vec<_>>().join("\n");
    let texts = [raw, known, Some(veil.text(&said))];
    let found = texts.into_iter().flatten().find(|text| !text.trim().is_empty());
    let name = tool.and_then(|tool| tool.name.as_deref());
    let ends_plan_mode = name.is_some_and(|name| PLAN_TOOLS.contains(&name));
    found.or_else(|| ends_plan_mode.then(|| tool.map(|tool| tool.call.title.clone())).flatten())
}

fn permission(call: &Value, tool: Option<&OpenTool>, veil: &Veil) -> PermissionText {
    let kind = tool.map_or(ToolKind::Other, |tool| tool.call.kind);
    let title = tool.map(|tool| tool.call.title.clone()).unwrap_or_default();
    // PE1: what is asked for now, not what was told before.
    let asked = veil.value(&call["rawInput"]);
    let input = if tool::is_empty(&asked) { tool.map_or(&Value::Null, |tool| &tool.input) } else { &asked };
    let own = diffs(&call["content"], veil);
    let known = || tool.map(|tool| tool.diffs.clone()).unwrap_or_default();
    let name = tool::name(call).or_else(|| tool.and_then(|tool| tool.name.clone()));
    let runs = matches!(kind, ToolKind::Execute | ToolKind::Other);
    let diffs = if own.is_empty() { known() } else { own };
    let unknown = kind == ToolKind::Other && diffs.is_empty() && !tool::is_empty(input);
    let command = command(input)
        .or_else(|| (kind == ToolKind::Execute).then(|| title.clone()))
        .or_else(|| unknown.then(|| input.to_string()));
    PermissionText {
        item: tool.map(|tool| tool.item.clone()),
        tool: name.unwrap_or_else(|| call["kind"].as_str().unwrap_or("tool").to_owned()),
        kind,
        command: command.filter(|_| runs),
        title,
        directory: directory(input),
        diffs,
        expires_at: None,
    }
}

fn command(input: &Value) -> Option<String> {
    let command = if input["command"].is_null() { &input["cmd"] } else { &input["command"] };
    if let Some(text) = command.as_str() {
        return Some(text.to_owned());
    }
    let words: Vec<&str> = each(command).filter_map(Value::as_str).collect();
    match words.as_slice() {
        [] => None,
        [shell, "-c" | "-lc", script] if shell.ends_with("sh") => Some((*script).to_owned()),
        words => Some(words.join(" ")),
    }
}

fn directory(input: &Value) -> String {
    let named = ["cwd", "directory", "workdir", "dir_path"].iter().find_map(|key| input[*key].as_str());
    named.filter(|directory| !directory.is_empty()).unwrap_or(".").to_owned()
}
