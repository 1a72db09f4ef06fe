use std::collections::BTreeMap;
use std::path::{Component, Path};

use agent_process::requests::ItemKeys;
use agent_process::veil::Veil;
use model::{ToolGroup, ToolKind, ToolList, ToolStatus};
use ports::agent::{AgentEvent, DiffText, ItemKey, ToolCallText};
use serde_json::Value;

use super::change;
use super::{Decoder, each, text};

/// What only looks, or only speaks to the people here; everything else is asked for (GR5).
const HARMLESS: &[&str] = &[
    "Read",
    "Glob",
    "Grep",
    "LS",
    "NotebookRead",
    "TodoWrite",
    "TaskCreate",
    "TaskGet",
    "TaskList",
    "TaskUpdate",
    "ToolSearch",
    "EnterPlanMode",
    "ExitPlanMode",
    "AskUserQuestion",
    "Task",
    "Agent",
];
const EDITS: &[&str] = &["Edit", "MultiEdit", "Write", "NotebookEdit"];
const GROUPS: &[(ToolGroup, &[&str])] = &[
    (ToolGroup::Read, &["Read", "NotebookRead"]),
    (ToolGroup::Search, &["Glob", "Grep", "LS"]),
    (ToolGroup::Command, &["Bash", "BashOutput", "KillShell"]),
    (ToolGroup::Fetch, &["WebFetch", "WebSearch"]),
];
const PATHS: [&str; 3] = ["file_path", "notebook_path", "path"];
/// Where each kind of tool says what it is about, best first.
const SUBJECTS: &[&str] = &[
    "command",
    "file_path",
    "notebook_path",
    "pattern",
    "url",
    "query",
    "path",
    "subject",
    "description",
    "skill",
    "name",
    "prompt",
];

/// The tool calls of the running turn.
#[derive(Debug, Default)]
pub struct Tools {
    open: BTreeMap<String, OpenTool>,
    keys: ItemKeys,
}

#[derive(Debug, Clone)]
pub struct OpenTool {
    pub item: ItemKey,
    pub name: String,
    pub call: ToolCallText,
    /// Veiled.
    pub input: Value,
    raw: Value,
    diffs: Vec<DiffText>,
}

impl Tools {
    pub fn get(&self, id: &str) -> Option<&OpenTool> {
        self.open.get(id)
    }

    pub fn title_of(&self, id: &str) -> Option<String> {
        self.get(id).map(|tool| tool.call.title.clone())
    }

    /// The turn is over: what is open was closed with it, and what still comes is late.
    pub fn close(&mut self) {
        self.open.clear();
    }
}

impl Decoder {
    pub(super) fn tool_began(&mut self, block: &Value, parent: Option<&str>) -> Vec<AgentEvent> {
        let (Some(id), Some(name)) = (block["id"].as_str(), block["name"].as_str()) else {
            return Vec::new();
        };
        if self.tools.open.contains_key(id) {
            return Vec::new();
        }
        let input = self.veil.value(&block["input"]);
        let own = title(name, &input, &self.veil);
        // Whose it is, where it is a sub-agent's.
        let title = match parent.and_then(|parent| self.tools.title_of(parent)) {
            Some(who) => self.veil.title(&format!("{who} › {own}")),
            None => own,
        };
        let diffs = change::wanted(name, &block["input"], &self.look, &self.veil);
        let call = ToolCallText {
            kind: kind_of(name),
            title,
            input: if is_empty(&input) { String::new() } else { input.to_string() },
            paths: paths(&input),
        };
        let item = self.tools.keys.next(id);
        let raw = block["input"].clone();
        let tool =
            OpenTool { item: item.clone(), name: name.to_owned(), call: call.clone(), input, raw, diffs };
        self.tools.open.insert(id.to_owned(), tool);
        let mut events = self.speech.pause(&self.veil);
        events.push(AgentEvent::ToolStarted { item, call });
        events
    }

    /// A `user` message: what the tools said.
    pub(super) fn tool_results(&mut self, message: &Value) -> Vec<AgentEvent> {
        let mut events = Vec::new();
        for block in each(&message["message"]["content"]).filter(|block| block["type"] == "tool_result") {
            let id = block["tool_use_id"].as_str().unwrap_or_default();
            // A result that was told before, or is not from this turn, is too late.
            let Some(tool) = self.tools.open.remove(id) else { continue };
            let result = &message["tool_use_result"];
            events.extend(self.requests.take_back_of(&tool.item));
            events.extend(self.tool_ended(tool, block, result));
        }
        events
    }

    fn tool_ended(&mut self, tool: OpenTool, block: &Value, result: &Value) -> Vec<AgentEvent> {
        let status = match block["is_error"] == true {
            true if self.is_listening() => ToolStatus::Failed,
            true => ToolStatus::Cancelled,
            false => ToolStatus::Completed,
        };
        let mut events = Vec::new();
        let mut diffs = Vec::new();
        // What was refused or failed has changed nothing.
        if status == ToolStatus::Completed {
            diffs = change::made(&tool.raw, result, &self.veil).unwrap_or(tool.diffs);
            let tasks = self.tasks.change(&tool.name, &tool.raw, result, &self.veil);
            events.extend(tasks.map(AgentEvent::Tasks));
        }
        let output = self.veil.text(&text(&block["content"]));
        events.push(AgentEvent::ToolEnded { item: tool.item, status, output, diffs });
        events
    }
}

pub fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name)
}

/// It looks at something outside the folder it works in.
pub fn leaves(input: &Value, folder: &Value) -> bool {
    let Some(folder) = folder.as_str() else { return true };
    let outside = |path: &str| {
        let path = Path::new(path);
        let climbs = path.components().any(|part| part == Component::ParentDir);
        climbs || (path.is_absolute() && !path.starts_with(folder)) || path.starts_with("~")
    };
    PATHS.iter().filter_map(|key| input[*key].as_str()).any(outside)
}

pub fn is_edit(name: &str) -> bool {
    EDITS.contains(&name)
}

/// `mcp__server__tool` as people read it.
pub fn shown_name(name: &str) -> String {
    match name.strip_prefix("mcp__").and_then(|rest| rest.split_once("__")) {
        Some((server, tool)) => format!("{server}: {tool}"),
        None => name.to_owned(),
    }
}

/// What a named agent lacks for this tool (AG11). To ask people needs no leave of anybody.
pub fn missing(allowed: &ToolList, name: &str) -> Option<ToolGroup> {
    allowed.lacks(kind_of(name)).filter(|_| name != "AskUserQuestion")
}

/// The names of tools that are not on this list. Those that edit stay: in plan mode it writes its plan with them.
pub fn left_out(allowed: &ToolList) -> impl Iterator<Item = &'static str> {
    let groups = GROUPS.iter().filter(|(group, _)| !allowed.0.contains(group));
    groups.flat_map(|(_, names)| names.iter().copied())
}

pub fn kind_of(name: &str) -> ToolKind {
    match name {
        "Read" | "NotebookRead" => ToolKind::Read,
        "Edit" | "MultiEdit" | "Write" | "NotebookEdit" => ToolKind::Edit,
        "Bash" | "BashOutput" | "KillShell" | "Monitor" => ToolKind::Execute,
        "Glob" | "Grep" | "LS" | "ToolSearch" => ToolKind::Search,
        "WebFetch" | "WebSearch" => ToolKind::Fetch,
        "Task" | "Agent" | "TodoWrite" | "TaskCreate" | "TaskUpdate" | "TaskList" | "TaskGet" => {
            ToolKind::Think
        }
        "EnterPlanMode" | "ExitPlanMode" => ToolKind::SwitchMode,
        _ => ToolKind::Other,
    }
}

/// One line of what the call is about, from its veiled input.
pub fn title(name: &str, input: &Value, veil: &Veil) -> String {
    let about = match name {
        "EnterPlanMode" | "ExitPlanMode" => Some("Plan"),
        "TodoWrite" => Some("To-do list"),
        "AskUserQuestion" => each(&input["questions"]).find_map(|asked| asked["question"].as_str()),
        "Task" | "Agent" => input["description"].as_str(),
        _ => SUBJECTS.iter().find_map(|key| input[*key].as_str()),
    };
    let shown = shown_name(name);
    match about.filter(|about| !about.trim().is_empty()) {
        Some(about) if is_own(name) => veil.title(about),
        Some(about) => veil.title(&format!("{shown}: {about}")),
        None => shown,
    }
}

/// A tool of the agent's own whose kind says what it does.
fn is_own(name: &str) -> bool {
    kind_of(name) != ToolKind::Other || name == "AskUserQuestion"
}

fn paths(input: &Value) -> Vec<String> {
    let named = PATHS.iter().filter_map(|key| input[*key].as_str());
    named.map(str::to_owned).collect()
}

pub fn is_empty(input: &Value) -> bool {
    input.is_null() || input.as_object().is_some_and(serde_json::Map::is_empty)
}
