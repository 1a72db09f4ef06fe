use std::collections::BTreeMap;

use agent_process::requests::ItemKeys;
use agent_process::veil::Veil;
use model::{ToolKind, ToolStatus};
use ports::agent::{AgentEvent, DiffText, ItemKey, ToolCallText};
use serde_json::Value;

use super::{diffs, each, text};

/// Where agents put the words in a result that is an object.
const RESULT_TEXTS: &[&str] =
    &["output", "formatted_output", "aggregated_output", "text", "stdout", "error", "message"];

/// The tool calls of the running turn. Updates are partial; here they are whole.
#[derive(Debug, Default)]
pub struct Tools {
    open: BTreeMap<String, OpenTool>,
    keys: ItemKeys,
}

#[derive(Debug, Clone)]
pub struct OpenTool {
    pub item: ItemKey,
    pub name: Option<String>,
    pub call: ToolCallText,
    pub input: Value,
    pub diffs: Vec<DiffText>,
    said: String,
    result: Option<String>,
}

impl Tools {
    pub fn get(&self, id: &str) -> Option<&OpenTool> {
        self.open.get(id)
    }

    /// Takes a `tool_call` in, and begins it if it is not open.
    pub fn begin(&mut self, update: &Value, veil: &Veil) -> Vec<AgentEvent> {
        self.merge(update, veil)
    }

    /// Takes in what a request for leave says of a call. Its input is cut down to what it asks for
    /// (opencode), so it stands in only where there is none.
    pub fn ask(&mut self, call: &Value, veil: &Veil) -> Vec<AgentEvent> {
        let open = call["toolCallId"].as_str().and_then(|id| self.open.get(id));
        let mut call = call.clone();
        if open.is_some_and(|tool| !tool.call.input.is_empty()) {
            call["rawInput"] = Value::Null;
        }
        self.merge(&call, veil)
    }

    /// Takes a `tool_call_update` in. What comes after a call's end is too late; a call that was
    /// never begun begins here (gemini, qwen).
    pub fn change(&mut self, update: &Value, veil: &Veil) -> Vec<AgentEvent> {
        let id = update["toolCallId"].as_str().unwrap_or_default();
        if !self.open.contains_key(id) && self.keys.knows(id) {
            return Vec::new();
        }
        self.merge(update, veil)
    }

    /// The turn is over: what is open was closed with it, and what still comes is late.
    pub fn close(&mut self) {
        self.open.clear();
    }

    fn merge(&mut self, update: &Value, veil: &Veil) -> Vec<AgentEvent> {
        let Some(id) = update["toolCallId"].as_str() else {
            return Vec::new();
        };
        let mut events = Vec::new();
        if let Some(tool) = self.open.get_mut(id) {
            let before = tool.call.clone();
            tool.merge(update, veil);
            if tool.call != before {
                events.push(AgentEvent::ToolChanged { item: tool.item.clone(), call: tool.call.clone() });
            }
        } else {
            let mut tool = OpenTool::new(self.keys.next(id));
            tool.merge(update, veil);
            events.push(AgentEvent::ToolStarted { item: tool.item.clone(), call: tool.call.clone() });
            self.open.insert(id.to_owned(), tool);
        }
        if let Some(status) = ended(update)
            && let Some(tool) = self.open.remove(id)
        {
            events.push(tool.end(status));
        }
        events
    }
}

impl OpenTool {
    fn new(item: ItemKey) -> Self {
        Self {
            item,
            name: None,
            call: ToolCallText::default(),
            input: Value::Null,
            diffs: Vec::new(),
            said: String::new(),
            result: None,
        }
    }

    fn merge(&mut self, update: &Value, veil: &Veil) {
        self.name = name(update).or(self.name.take());
        if let Some(title) = update["title"].as_str() {
            self.call.title = veil.title(title);
        }
        if let Some(kind) = update["kind"].as_str() {
            self.call.kind = kind_of(kind);
        }
        if !is_empty(&update["rawInput"]) {
            self.input = veil.value(&update["rawInput"]);
            self.call.input = self.input.to_string();
        }
        self.merge_content(&update["content"], veil);
        if !is_empty(&update["rawOutput"]) {
            self.result = Some(result_text(&veil.value(&update["rawOutput"])));
        }
        let paths: Vec<String> = each(&update["locations"])
            .filter_map(|location| location["path"].as_str())
            .map(|path| veil.path(path))
            .collect();
        if !paths.is_empty() {
            self.call.paths = paths;
        } else if self.call.paths.is_empty() {
            self.call.paths = self.diffs.iter().map(|diff| diff.path.clone()).collect();
        }
    }

    /// A new content replaces the old; a diff stays, since a later "written." tells less.
    fn merge_content(&mut self, content: &Value, veil: &Veil) {
        if !content.is_array() {
            return;
        }
        let texts: Vec<String> = each(content)
            .filter(|part| part["type"] == "content")
            .filter_map(|part| text(&part["content"]))
            .collect();
        self.said = veil.text(&texts.join("\n"));
        let diffs = diffs(content, veil);
        if !diffs.is_empty() {
            self.diffs = diffs;
        }
    }

    fn end(self, status: ToolStatus) -> AgentEvent {
        // What was refused or failed has changed nothing.
        let diffs = if status == ToolStatus::Completed { self.diffs } else { Vec::new() };
        let output = self.result.filter(|result| !result.is_empty()).unwrap_or(self.said);
        AgentEvent::ToolEnded { item: self.item, status, output, diffs }
    }
}

/// What the agent itself calls the tool.
pub fn name(call: &Value) -> Option<String> {
    let meta = &call["_meta"];
    let names = [&call["name"], &meta["claudeCode"]["toolName"], &meta["toolName"]];
    names.into_iter().find_map(Value::as_str).map(str::to_owned)
}

fn ended(update: &Value) -> Option<ToolStatus> {
    match update["status"].as_str()? {
        "completed" => Some(ToolStatus::Completed),
        "failed" => Some(ToolStatus::Failed),
        "cancelled" | "canceled" => Some(ToolStatus::Cancelled),
        _ => None,
    }
}

fn kind_of(kind: &str) -> ToolKind {
    match kind {
        "read" => ToolKind::Read,
        "edit" => ToolKind::Edit,
        "delete" => ToolKind::Delete,
        "move" => ToolKind::Move,
        "search" => ToolKind::Search,
        "execute" => ToolKind::Execute,
        "think" => ToolKind::Think,
        "fetch" => ToolKind::Fetch,
        "switch_mode" => ToolKind::SwitchMode,
        _ => ToolKind::Other,
    }
}

fn result_text(result: &Value) -> String {
    if let Some(text) = result.as_str() {
        return text.to_owned();
    }
    if let Some(text) = RESULT_TEXTS.iter().find_map(|key| result[*key].as_str()) {
        return text.to_owned();
    }
    let blocks: Vec<String> = each(result).filter_map(text).collect();
    if blocks.is_empty() { result.to_string() } else { blocks.join("\n") }
}

pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
