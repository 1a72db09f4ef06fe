use serde_json::{Map, Value, json};

use crate::asked::{Asked, Tool};

/// A use of a tool in our words, fitted to whatever the agent calls it.
pub enum Use<'a> {
    Write {
        path: &'a str,
        content: &'a str,
    },
    Read {
        path: &'a str,
    },
    Shell {
        command: &'a str,
    },
    Plan {
        plan: &'a str,
    },
    Ask {
        question: &'a str,
    },
    /// For what was put to people; how often it was waited for.
    Wait {
        id: &'a str,
        times: usize,
    },
}

const WRITE: &[&str] = &["write", "write_file", "create_file", "create", "str_replace_based_edit_tool"];
const READ: &[&str] = &["read", "read_file", "view"];
const SHELL: &[&str] =
    &["bash", "shell", "run_shell_command", "exec_command", "shell_command", "execute", "run"];
const PLAN: &[&str] = &["exitplanmode", "exit_plan_mode", "propose_plan", "plan_exit"];
const ASK: &[&str] = &["askuserquestion", "ask_user_question", "question", "ask_people", "ask_user"];

/// Parts of names: tasks and goals, what a running command reads, and pictures are no files of text.
const NOT_MEANT: &[&str] = &["todo", "stdin", "image", "goal"];

const WAIT: &[&str] = &["wait_for_answer"];

impl Use<'_> {
    /// The tool's name and its input; `None` where nothing fits.
    pub fn fit(&self, asked: &Asked) -> Option<(String, Value)> {
        let tool = find(&asked.tools, self.names());
        if let Some(tool) = tool {
            let folder = asked.folder.as_deref();
            let input =
                fill(&tool.schema, |name, kind| Some(whole(self.value(name, kind)?, name, tool, folder)));
            return Some((tool.name.clone(), input));
        }
        let command = match self {
            Use::Write { path, content } => format!("printf '%s' {} > {}", quoted(content), quoted(path)),
            Use::Read { path } => format!("cat {}", quoted(path)),
            Use::Shell { .. } | Use::Plan { .. } | Use::Ask { .. } | Use::Wait { .. } => return None,
        };
        Use::Shell { command: &command }.fit(asked)
    }

    fn names(&self) -> &'static [&'static str] {
        match self {
            Use::Write { .. } => WRITE,
            Use::Read { .. } => READ,
            Use::Shell { .. } => SHELL,
            Use::Plan { .. } => PLAN,
            Use::Ask { .. } => ASK,
            Use::Wait { .. } => WAIT,
        }
    }

    fn value(&self, property: &str, kind: &str) -> Option<Value> {
        let property = property.to_lowercase().replace('_', "");
        match (self, property.as_str()) {
            (Use::Write { path, .. } | Use::Read { path }, "filepath" | "path" | "absolutepath") => {
                Some(json!(path))
            }
            (Use::Write { content, .. }, "content" | "contents" | "filetext" | "text") => {
                Some(json!(content))
            }
            (Use::Shell { command }, "command" | "cmd" | "script") if kind == "array" => {
                Some(json!(["bash", "-lc", command]))
            }
            (Use::Shell { command }, "command" | "cmd" | "script") => Some(json!(command)),
            (Use::Plan { plan }, "plan" | "text" | "content" | "markdown") => Some(json!(plan)),
            (Use::Ask { question }, "questions") => Some(json!([{
                "question": question,
                "header": "Choice",
                "multiSelect": false,
                "options": [
                    { "label": "Red", "description": "the warm one" },
                    { "label": "Blue", "description": "the cool one" },
                ],
            }])),
            (Use::Wait { id, .. }, "id") => Some(json!(id)),
            (Use::Wait { times, .. }, "times") => Some(json!(times)),
            (Use::Ask { question }, "question" | "text") => Some(json!(question)),
            (Use::Ask { .. }, "options" | "choices") => Some(json!(["Red", "Blue"])),
            _ => None,
        }
    }
}

/// A path from the root on, for a tool that says it takes no other.
fn whole(value: Value, property: &str, tool: &Tool, folder: Option<&str>) -> Value {
    let about = tool.schema["properties"][property]["description"].as_str().unwrap_or_default();
    match (value.as_str(), folder) {
        (Some(path), Some(folder)) if about.to_lowercase().contains("absolute") && !path.starts_with('/') => {
            json!(format!("{folder}/{path}"))
        }
        _ => value,
    }
}

/// The offered tool that fits best: the same name first, then a part of it.
pub fn find<'a>(tools: &'a [Tool], names: &[impl AsRef<str>]) -> Option<&'a Tool> {
    let same = |tool: &&Tool, name: &str| tool.name.to_lowercase() == name;
    let part = |tool: &&Tool, name: &str| {
        let offered = tool.name.to_lowercase();
        offered.contains(name) && NOT_MEANT.iter().all(|other| !offered.contains(other))
    };
    let wanted: Vec<String> = names.iter().map(|name| name.as_ref().to_lowercase()).collect();
    wanted
        .iter()
        .find_map(|name| tools.iter().find(|tool| same(tool, name)))
        .or_else(|| wanted.iter().find_map(|name| tools.iter().find(|tool| part(tool, name))))
}

/// Fills what is known by name, and what else is required by its type.
fn fill(schema: &Value, value: impl Fn(&str, &str) -> Option<Value>) -> Value {
    let mut input = Map::new();
    let required = crate::asked::list(&schema["required"]);
    let properties = schema["properties"].as_object();
    for (name, property) in properties.into_iter().flatten() {
        let kind = property["type"].as_str().unwrap_or("string");
        let known = value(name, kind);
        let wanted = required.iter().any(|entry| entry == name);
        if let Some(value) = known.or_else(|| wanted.then(|| filler(property, kind))) {
            input.insert(name.clone(), value);
        }
    }
    Value::Object(input)
}

fn filler(property: &Value, kind: &str) -> Value {
    if let Some(first) = crate::asked::list(&property["enum"]).first() {
        return first.clone();
    }
    match kind {
        "boolean" => json!(false),
        "number" | "integer" => json!(1000),
        "array" => json!([]),
        "object" => json!({}),
        _ => json!("as scripted"),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
