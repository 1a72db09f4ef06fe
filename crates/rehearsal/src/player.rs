use std::path::PathBuf;
use std::time::Duration;

use agent_client_protocol::Error;
use agent_client_protocol::v1::schema::{
    Plan as TodoList, PlanEntry, PlanEntryPriority, PlanEntryStatus, SessionUpdate, ToolCall,
    ToolCallLocation, ToolCallStatus, ToolKind, UsageUpdate,
};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;

use crate::edit::inside;
use crate::fault::Fault;
use crate::voice::Voice;
use crate::{Step, Todo, TodoStatus};

/// How often a gate is looked at.
const GATE: Duration = Duration::from_millis(5);

/// Why a turn ended before its last step.
#[derive(Debug)]
pub enum End {
    Cancelled,
    Failed(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Plays the steps of one turn.
pub struct Player {
    pub voice: Voice,
    pub prompt: String,
    pub can_ask: bool,
    /// Said after the turn has ended.
    pub late: Vec<String>,
    pub last_read: String,
}

impl Player {
    pub async fn play(&mut self, steps: &[Step]) -> Result<(), End> {
        for step in steps {
            self.voice.breathe().await?;
            // Steps hold steps.
            Box::pin(self.step(step)).await?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<(), End> {
        match step {
            Step::Think(text) => self.voice.think(&self.filled(text)).await,
            Step::Say(text) => self.voice.say(&self.filled(text)).await,
            Step::Read { path } => self.read(path),
            Step::Run { command } => self.run(command).await,
            Step::Edit(edit) => self.edit(edit).await,
            Step::Plan(plan) => self.plan(plan).await,
            Step::Ask(question) => self.ask(question).await,
            Step::Todo(todos) => Ok(self.voice.send(SessionUpdate::Plan(todo_list(todos)))?),
            Step::Usage { used, size } => {
                let usage = UsageUpdate::new(*used, *size);
                Ok(self.voice.send(SessionUpdate::UsageUpdate(usage))?)
            }
            Step::Gate { file } => self.gate(file).await,
            Step::WaitCancel => {
                self.voice.cancelled.cancelled().await;
                Err(End::Cancelled)
            }
            Step::IgnoreCancel => {
                self.voice.cancelled = CancellationToken::new();
                Ok(())
            }
            Step::Hang => std::future::pending().await,
            Step::Crash { code } => {
                self.voice.fault(&Fault::Exit(*code))?;
                std::future::pending().await
            }
            Step::Fail { message } => {
                let code: i32 = Error::internal_error().code.into();
                Err(End::Failed(Error::new(code, message.clone())))
            }
            Step::Garbage(text) => Ok(self.voice.fault(&Fault::Garbage(self.filled(text)))?),
            Step::LongLine { bytes } => Ok(self.voice.fault(&Fault::LongLine(*bytes))?),
            Step::StderrFlood { bytes } => flood(*bytes).await,
            Step::Late(text) => {
                self.late.push(text.clone());
                Ok(())
            }
            Step::ClientRead { path } => self.client_read(path).await,
            Step::ClientWrite { path, content } => self.client_write(path, content).await,
        }
    }

    fn filled(&self, text: &str) -> String {
        let code = self.last_read.lines().find(|line| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with("//") && !line.starts_with('#')
        });
        text.replace("{answer}", &self.voice.session.memory().answer)
            .replace("{lines}", &self.last_read.lines().count().to_string())
            .replace("{glimpse}", code.unwrap_or("nothing yet").trim())
            .replace("{prompt}", &self.prompt)
            .replace("{session}", &self.voice.session.id)
    }

    pub fn cwd(&self) -> PathBuf {
        self.voice.session.memory().cwd.clone()
    }

    fn read(&mut self, path: &str) -> Result<(), End> {
        let id = self.voice.id("call");
        let cwd = self.cwd();
        let call = ToolCall::new(id.clone(), format!("Read {path}"))
            .name("read".to_owned())
            .kind(ToolKind::Read)
            .locations(vec![ToolCallLocation::new(cwd.join(path))])
            .raw_input(json!({ "path": cwd.join(path) }));
        self.voice.send(SessionUpdate::ToolCall(call))?;
        let read = inside(&cwd, path).and_then(std::fs::read_to_string);
        let (status, text) = match read {
            Ok(text) => {
                self.last_read.clone_from(&text);
                (ToolCallStatus::Completed, text)
            }
            Err(error) => (ToolCallStatus::Failed, error.to_string()),
        };
        Ok(self.finish(&id, status, &text)?)
    }

    async fn gate(&self, file: &str) -> Result<(), End> {
        let path = self.cwd().join(file);
        let mut ticks = tokio::time::interval(GATE);
        while !path.exists() {
            tokio::select! {
                () = self.voice.cancelled.cancelled() => return Err(End::Cancelled),
                _ = ticks.tick() => {}
            }
        }
        Ok(())
    }

    async fn client_read(&mut self, path: &str) -> Result<(), End> {
        let path = self.cwd().join(path).display().to_string();
        let text = match self.voice.client_read(&path).await? {
            Ok(content) => format!("The client read {} bytes.", content.len()),
            Err(error) => format!("The client refused to read: {}.", error.message),
        };
        self.voice.say(&text).await
    }

    async fn client_write(&mut self, path: &str, content: &str) -> Result<(), End> {
        let path = self.cwd().join(path).display().to_string();
        let text = match self.voice.client_write(&path, content).await? {
            Ok(()) => "The client wrote the file.".to_owned(),
            Err(error) => format!("The client refused to write: {}.", error.message),
        };
        self.voice.say(&text).await
    }
}

fn todo_list(todos: &[Todo]) -> TodoList {
    let entries = todos.iter().map(|todo| {
        let status = match todo.status {
            TodoStatus::Pending => PlanEntryStatus::Pending,
            TodoStatus::InProgress => PlanEntryStatus::InProgress,
            TodoStatus::Completed => PlanEntryStatus::Completed,
        };
        PlanEntry::new(&todo.content, PlanEntryPriority::Medium, status)
    });
    TodoList::new(entries.collect())
}

async fn flood(bytes: usize) -> Result<(), End> {
    let line = [b"stderr flood ".repeat(6), b"\n".to_vec()].concat().repeat(256);
    let mut stderr = tokio::io::stderr();
    for _ in 0..bytes.div_ceil(line.len()) {
        stderr.write_all(&line).await.map_err(Error::into_internal_error)?;
    }
    Ok(())
}
