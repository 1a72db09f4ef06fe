use serde_json::Value;

/// A request of any kind, as far as a script cares.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub model: String,
    pub stream: bool,
    pub system: String,
    pub tools: Vec<Tool>,
    /// The text of the last message of role user that has one.
    pub user: String,
    /// The last tool result after that message.
    pub tool_result: Option<String>,
    /// The file where an agent in its plan mode says the plan is to be written.
    pub plan_file: Option<String>,
    /// How often tools have answered since that message.
    pub rounds: usize,
    /// Where the agent says that it works.
    pub folder: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Tool {
    pub name: String,
    pub schema: Value,
}

/// One message of the conversation, in order.
pub enum Said {
    User(String),
    Assistant,
    ToolResult(String),
}

impl Asked {
    pub fn listen(&mut self, conversation: Vec<Said>) {
        let mut in_round = false;
        self.folder = folder(&self.system);
        for said in conversation {
            match said {
                Said::User(text) => {
                    self.folder = self.folder.take().or_else(|| folder(&text));
                    self.user = text;
                    self.tool_result = None;
                    self.rounds = 0;
                    in_round = false;
                }
                Said::Assistant => in_round = false,
                Said::ToolResult(text) => {
                    self.tool_result = Some(text);
                    self.rounds += usize::from(!in_round);
                    in_round = true;
                }
            }
        }
    }

    /// Agents ask for a title of the session beside the real conversation.
    pub fn wants_title(&self) -> bool {
        let text = format!("{}\n{}", self.system, self.user).to_lowercase();
        self.tools.is_empty() && text.contains("title")
    }
}

/// A path to a file of plans, where the text names one.
pub fn plan_file(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    words.find(|word| word.contains("/plans/") && word.ends_with(".md")).map(str::to_owned)
}

fn folder(text: &str) -> Option<String> {
    let named = ["working directory: ", "working in the directory: "];
    let paths = named.iter().filter_map(|words| Some(text.split_once(words)?.1));
    paths
        .filter_map(|rest| rest.split_whitespace().next())
        .find(|path| path.starts_with('/'))
        .map(str::to_owned)
}

/// The text of a content that is a string or a list of parts.
pub fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            texts.join("\n")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => String::new(),
    }
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
