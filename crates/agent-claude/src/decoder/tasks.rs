use std::collections::BTreeMap;

use agent_process::veil::Veil;
use model::{Task, TaskStatus};
use serde_json::Value;

use super::each;

/// The agent's to-do list; never a ballot (BA1). Some models write it whole, others a task at a time.
#[derive(Debug, Default)]
pub struct TaskList {
    tasks: BTreeMap<u64, Task>,
}

impl TaskList {
    /// The list, where this call of a tool is one that writes it. `result` is what the tool says of itself.
    pub fn change(&mut self, tool: &str, input: &Value, result: &Value, veil: &Veil) -> Option<Vec<Task>> {
        match tool {
            "TodoWrite" => {
                let tasks = each(&input["todos"]).filter_map(|todo| whole(todo, veil));
                self.tasks = (0..).zip(tasks).collect();
            }
            "TaskCreate" => {
                let id = number(&result["task"]["id"])?;
                let text = veil.text(input["subject"].as_str()?);
                self.tasks.insert(id, Task { text, status: TaskStatus::Pending });
            }
            "TaskUpdate" => self.update(input, veil)?,
            _ => return None,
        }
        Some(self.tasks.values().cloned().collect())
    }

    fn update(&mut self, input: &Value, veil: &Veil) -> Option<()> {
        let id = number(&input["taskId"])?;
        if input["status"] == "deleted" {
            return self.tasks.remove(&id).map(|_| ());
        }
        let task = self.tasks.get_mut(&id)?;
        if let Some(text) = input["subject"].as_str() {
            task.text = veil.text(text);
        }
        if input["status"].is_string() {
            task.status = status(&input["status"]);
        }
        Some(())
    }
}

fn whole(todo: &Value, veil: &Veil) -> Option<Task> {
    Some(Task { text: veil.text(todo["content"].as_str()?), status: status(&todo["status"]) })
}

fn status(status: &Value) -> TaskStatus {
    match status.as_str() {
        Some("in_progress") => TaskStatus::Running,
        Some("completed") => TaskStatus::Done,
        Some(_) | None => TaskStatus::Pending,
    }
}

fn number(id: &Value) -> Option<u64> {
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}
