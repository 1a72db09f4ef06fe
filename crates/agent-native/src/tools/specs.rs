use serde_json::{Value, json};

use crate::mind::Spec;

/// The one that needs a client which can show a question.
pub const ASK: &str = "ask_user";

/// The tools, as the model sees them.
pub fn all() -> Vec<Spec> {
    vec![read(), list(), search(), edit(), write(), run(), fetch(), plan(), tasks(), ask()]
}

fn spec(name: &'static str, about: &'static str, required: &[&str], properties: Value) -> Spec {
    let schema = json!({ "type": "object", "properties": properties, "required": required });
    Spec { name: name.into(), about: about.into(), schema }
}

fn path() -> Value {
    json!({ "type": "string", "description": "Path in the worktree, relative to its root." })
}

fn read() -> Spec {
    let properties = json!({
        "path": path(),
        "from": { "type": "integer", "description": "First line, from 1." },
        "lines": { "type": "integer", "description": "How many lines." },
    });
    spec("read", "Reads a text file.", &["path"], properties)
}

fn list() -> Spec {
    let properties = json!({
        "path": path(),
        "depth": { "type": "integer", "description": "How many levels deep; 3 if not given." },
    });
    spec("list", "Lists files and folders, without what git ignores.", &[], properties)
}

fn search() -> Spec {
    let properties = json!({
        "pattern": { "type": "string", "description": "A regular expression for one line." },
        "path": path(),
        "glob": { "type": "string", "description": "Only files like this, such as *.rs." },
    });
    let about = "Searches the text of files, without what git ignores. Answers path:line: text.";
    spec("search", about, &["pattern"], properties)
}

fn edit() -> Spec {
    let properties = json!({
        "path": path(),
        "find": { "type": "string", "description": "The text to replace, copied from the file, with enough lines around it to be there only once." },
        "replace": { "type": "string", "description": "What comes in its place." },
        "all": { "type": "boolean", "description": "Replace every occurrence." },
    });
    spec("edit", "Replaces a text in a file.", &["path", "find", "replace"], properties)
}

fn write() -> Spec {
    let properties = json!({
        "path": path(),
        "content": { "type": "string", "description": "The whole text of the file." },
    });
    spec(
        "write",
        "Writes a file as a whole. To change a file, prefer edit.",
        &["path", "content"],
        properties,
    )
}

fn run() -> Spec {
    let properties = json!({
        "command": { "type": "string", "description": "For the shell, run in the worktree's root." },
        "seconds": { "type": "integer", "description": "Time limit; 120 if not given." },
    });
    let about =
        "Runs a shell command and answers with its output. It has no input, and all it started ends with it.";
    spec("run", about, &["command"], properties)
}

fn fetch() -> Spec {
    let properties = json!({ "url": { "type": "string" } });
    spec("fetch", "Fetches a public web page as Markdown.", &["url"], properties)
}

fn plan() -> Spec {
    let properties = json!({ "plan": { "type": "string", "description": "The plan in Markdown." } });
    let about = "Puts a plan to the people for their approval. Use it before larger changes, and always in plan mode.";
    spec("propose_plan", about, &["plan"], properties)
}

fn tasks() -> Spec {
    let status = json!({ "type": "string", "enum": ["pending", "in_progress", "completed"] });
    let task = json!({
        "type": "object",
        "properties": { "text": { "type": "string" }, "status": status },
        "required": ["text", "status"],
    });
    let properties = json!({ "tasks": { "type": "array", "items": task } });
    let about =
        "Shows the people your list of tasks, as a whole each time. Use it for work of several steps.";
    spec("update_tasks", about, &["tasks"], properties)
}

fn ask() -> Spec {
    let properties = json!({
        "question": { "type": "string" },
        "options": { "type": "array", "items": { "type": "string" }, "description": "Answers to choose from." },
    });
    spec(ASK, "Asks the people a question and waits for their answer.", &["question"], properties)
}
