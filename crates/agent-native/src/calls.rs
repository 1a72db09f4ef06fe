//! One tool call, as its client sees it.

use agent_client_protocol::Error;
use agent_client_protocol::v1::schema::{
    CurrentModeUpdate, Diff, Plan as TaskList, PlanEntry, PlanEntryPriority, PlanEntryStatus, SessionUpdate,
    ToolCall, ToolCallContent, ToolCallLocation, ToolCallStatus, ToolCallUpdate, ToolCallUpdateFields,
    ToolKind,
};
use serde_json::json;

use crate::history::{Call, Entry, Outcome};
use crate::mode::{Leave, Mode};
use crate::performer::Performer;
use crate::tools::{Question, Task, TaskStatus, Wanted, Work};
use crate::voice::{Quit, Verdict};

const REFUSED: &str =
    "The person refused this. Do not try the same in another way; go on without it, or ask.";
const PLANNING: &str = "Nothing is edited in plan mode. Propose a plan, and wait for its approval.";
const APPROVED: &str = "The plan was approved. Carry it out.";
const REJECTED: &str = "The plan was rejected; the reason follows. Wait for it, and propose a better one.";
const NOBODY: &str = "Nobody can be asked here. Decide yourself, and say what you took for granted.";
const DECLINED: &str = "The question was declined. Decide yourself, or go on without.";
const NOTED: &str = "The people see it.";
const STOPPED: &str = "The turn was stopped.";

/// Whether it went well, and what the model is told.
type Ended = Result<(bool, String), Quit>;

impl Performer {
    pub async fn call(&mut self, call: &Call) -> Ended {
        let id = self.voice.id("call");
        if let Some(word) = self.terms.lacks(&call.name) {
            let why = format!("{} is not among your tools: they do not include {word:?}.", call.name);
            return Ok(self.misunderstood(&id, call, &why)?);
        }
        let wanted = match self.bench.wanted(call).await {
            Ok(wanted) => wanted,
            Err(error) => return Ok(self.misunderstood(&id, call, &format!("{error:#}"))?),
        };
        if let Work::Tasks(tasks) = &wanted.work {
            self.voice.send(SessionUpdate::Plan(list(tasks)))?;
            return Ok((true, NOTED.to_owned()));
        }
        let shown = shown(&id, call, &wanted);
        self.voice.send(SessionUpdate::ToolCall(shown.clone()))?;
        let ended = match wanted.work {
            Work::Plan(_) => self.plan(call, shown).await,
            Work::Ask(question) => self.asked(&id, &question).await,
            Work::Read(_)
            | Work::List(_)
            | Work::Search(_)
            | Work::Change(_)
            | Work::Run(_)
            | Work::Fetch(_)
            | Work::Foreign(_)
            | Work::Tasks(_) => self.work(call, wanted, shown).await,
        };
        match ended {
            Ok((good, text)) => {
                let status = if good { ToolCallStatus::Completed } else { ToolCallStatus::Failed };
                self.finish(&id, status, &text)?;
                Ok((good, text))
            }
            Err(quit) => {
                let text =
                    if matches!(quit, Quit::Cancelled) { self.last_words(call) } else { STOPPED.to_owned() };
                self.finish(&id, ToolCallStatus::Failed, &text)?;
                Err(quit)
            }
        }
    }

    async fn work(&mut self, call: &Call, wanted: Wanted, shown: ToolCall) -> Ended {
        let id = shown.tool_call_id.to_string();
        let mode = self.session.memory().mode;
        match mode.leave(wanted.deed) {
            Leave::Refused => return Ok((false, PLANNING.to_owned())),
            Leave::Free => {}
            Leave::Ask => match self.voice.permission(shown.into(), ["Allow", "Reject"]).await? {
                Verdict::Allowed => {}
                Verdict::Rejected(words) => return Ok((false, words.unwrap_or_else(|| REFUSED.to_owned()))),
            },
        }
        // The leave may have come together with the stop.
        if self.voice.cancelled.is_cancelled() {
            return Err(Quit::Cancelled);
        }
        self.update(&id, ToolCallUpdateFields::new().status(ToolCallStatus::InProgress))?;
        let done = self.bench.perform(wanted.work, &self.voice.cancelled).await;
        let (good, text) = match done {
            Ok(text) => (true, text),
            Err(error) => (false, format!("{error:#}")),
        };
        if self.voice.cancelled.is_cancelled() {
            return Err(self.given_up(call, text));
        }
        Ok((good, text))
    }

    /// PE6: an approved plan lets nothing through that is not asked for anyway.
    async fn plan(&mut self, call: &Call, shown: ToolCall) -> Ended {
        let labels = ["Approve, and ask before each edit", "Reject"];
        match self.voice.permission(shown.into(), labels).await? {
            Verdict::Allowed => {
                self.leave_plan_mode()?;
                Ok((true, APPROVED.to_owned()))
            }
            // The protocol carries no reason: it comes as the next prompt.
            Verdict::Rejected(_) => Err(self.given_up(call, REJECTED.to_owned())),
        }
    }

    /// The turn ends with this call, and the model is told so when it is asked again.
    fn given_up(&self, call: &Call, text: String) -> Quit {
        let outcome = Outcome { call: call.id.clone(), good: false, text };
        self.session.memory().add(Entry::Result(outcome));
        Quit::Cancelled
    }

    fn leave_plan_mode(&self) -> Result<(), Error> {
        let mut memory = self.session.memory();
        if memory.mode != Mode::Plan {
            return Ok(());
        }
        memory.set_mode(Mode::Default);
        drop(memory);
        self.voice.send(SessionUpdate::CurrentModeUpdate(CurrentModeUpdate::new(Mode::Default.id())))
    }

    async fn asked(&self, id: &str, question: &Question) -> Ended {
        if !self.can_ask {
            return Ok((false, NOBODY.to_owned()));
        }
        let answer = self.voice.question(question, id).await?;
        Ok((true, answer.unwrap_or_else(|| DECLINED.to_owned())))
    }

    /// What the call was told before the turn was left.
    fn last_words(&self, call: &Call) -> String {
        let memory = self.session.memory();
        let last = memory.entries.last().and_then(Entry::result).filter(|outcome| outcome.call == call.id);
        last.map_or_else(|| STOPPED.to_owned(), |outcome| outcome.text.clone())
    }

    fn misunderstood(&self, id: &str, call: &Call, why: &str) -> Result<(bool, String), Error> {
        let shown = ToolCall::new(id.to_owned(), call.name.clone())
            .name(call.name.clone())
            .kind(kind(&call.name))
            .raw_input(call.input.clone());
        self.voice.send(SessionUpdate::ToolCall(shown))?;
        self.finish(id, ToolCallStatus::Failed, why)?;
        Ok((false, why.to_owned()))
    }

    fn finish(&self, id: &str, status: ToolCallStatus, output: &str) -> Result<(), Error> {
        self.update(id, ToolCallUpdateFields::new().status(status).raw_output(json!(output)))
    }

    fn update(&self, id: &str, fields: ToolCallUpdateFields) -> Result<(), Error> {
        self.voice.send(SessionUpdate::ToolCallUpdate(ToolCallUpdate::new(id.to_owned(), fields)))
    }
}

fn shown(id: &str, call: &Call, wanted: &Wanted) -> ToolCall {
    let content = match &wanted.work {
        Work::Change(change) => {
            let diff = Diff::new(&change.path, &change.new).old_text(change.old.clone());
            vec![ToolCallContent::Diff(diff)]
        }
        Work::Plan(plan) => vec![ToolCallContent::from(plan.as_str())],
        Work::Ask(question) => vec![ToolCallContent::from(question.question.as_str())],
        Work::Read(_)
        | Work::List(_)
        | Work::Search(_)
        | Work::Run(_)
        | Work::Fetch(_)
        | Work::Foreign(_)
        | Work::Tasks(_) => Vec::new(),
    };
    ToolCall::new(id.to_owned(), wanted.title.clone())
        .name(call.name.clone())
        .kind(kind(&call.name))
        .locations(wanted.paths.iter().map(ToolCallLocation::new).collect())
        .content(content)
        .raw_input(call.input.clone())
}

/// A to-do list; never a plan that is voted on (BA1).
fn list(tasks: &[Task]) -> TaskList {
    let entries = tasks.iter().map(|task| {
        let status = match task.status {
            TaskStatus::Pending => PlanEntryStatus::Pending,
            TaskStatus::InProgress => PlanEntryStatus::InProgress,
            TaskStatus::Completed => PlanEntryStatus::Completed,
        };
        PlanEntry::new(&task.text, PlanEntryPriority::Medium, status)
    });
    TaskList::new(entries.collect())
}

pub fn kind(name: &str) -> ToolKind {
    match name {
        "read" | "list" => ToolKind::Read,
        "search" => ToolKind::Search,
        "edit" | "write" => ToolKind::Edit,
        "run" => ToolKind::Execute,
        "fetch" => ToolKind::Fetch,
        "propose_plan" => ToolKind::SwitchMode,
        _ => ToolKind::Other,
    }
}
