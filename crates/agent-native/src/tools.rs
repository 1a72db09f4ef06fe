//! The tools the model is offered: what each wants is known before any of it is done, so that leave can
//! be asked for just that.

mod change;
mod fetch;
mod list;
mod outlet;
mod read;
mod run;
mod search;
mod specs;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use crate::history::Call;
use crate::matching::Places;
use crate::mode::Deed;
use crate::servers::{Foreign, Servers};

pub use change::Change;
pub use fetch::{Reach, Web};
pub use outlet::Shell;
pub use specs::{ASK, all};

/// What a call wants, in words and as work.
#[derive(Debug)]
pub struct Wanted {
    pub title: String,
    pub deed: Deed,
    pub paths: Vec<PathBuf>,
    pub work: Work,
}

#[derive(Debug)]
pub enum Work {
    Read(read::Reading),
    List(list::Listing),
    Search(search::Search),
    Change(Change),
    Run(run::Run),
    Fetch(reqwest::Url),
    Plan(String),
    Ask(Question),
    Tasks(Vec<Task>),
    Foreign(Foreign),
}

/// One line of the model's own list.
#[derive(Debug, Clone, Deserialize)]
pub struct Task {
    pub text: String,
    #[serde(default)]
    pub status: TaskStatus,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    #[default]
    Pending,
    InProgress,
    Completed,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    pub question: String,
    #[serde(default)]
    pub options: Vec<String>,
}

/// Where the tools work.
#[derive(Clone)]
pub struct Bench {
    pub root: WorktreeRoot,
    pub shell: Shell,
    pub web: Web,
    pub servers: Arc<Servers>,
}

#[derive(Deserialize)]
struct Write {
    path: String,
    content: String,
}

#[derive(Deserialize)]
struct Edit {
    path: String,
    #[serde(alias = "old_string")]
    find: String,
    #[serde(alias = "new_string", default)]
    replace: String,
    #[serde(alias = "replace_all", default)]
    all: bool,
}

#[derive(Deserialize)]
struct Fetch {
    url: String,
}

#[derive(Deserialize)]
struct Tasks {
    tasks: Vec<Task>,
}

#[derive(Deserialize)]
struct Plan {
    plan: String,
}

impl Bench {
    /// Reads what must be read to know what a call would do; changes nothing.
    ///
    /// # Errors
    /// For the model to read.
    pub async fn wanted(&self, call: &Call) -> Result<Wanted> {
        let input = &call.input;
        match call.name.as_str() {
            "read" => self.wants_read(read::Reading::of(input)?),
            "list" => self.wants_list(list::Listing::of(input)?),
            "search" => self.wants_search(search::Search::of(input)?),
            "write" => self.wants_write(fields(input)?).await,
            "edit" => self.wants_edit(fields(input)?).await,
            "run" => Ok(wants_run(run::Run::of(input)?)),
            "fetch" => wants_fetch(&fields(input)?),
            "update_tasks" => Ok(wants_tasks(fields(input)?)),
            "propose_plan" => wants_plan(fields(input)?),
            ASK => wants_answer(fields(input)?),
            other => match self.servers.call(other, input) {
                Some(foreign) => Ok(wants_foreign(foreign?)),
                None => bail!("There is no tool {other:?}."),
            },
        }
    }

    /// # Errors
    /// For the model to read.
    pub async fn perform(&self, work: Work, cancelled: &CancellationToken) -> Result<String> {
        match work {
            Work::Read(reading) => reading.perform(&self.root).await,
            Work::List(listing) => {
                blocking(self, cancelled, move |root, token| listing.perform(root, token)).await
            }
            Work::Search(search) => {
                blocking(self, cancelled, move |root, token| search.perform(root, token)).await
            }
            Work::Change(change) => change.perform(&self.root).await,
            Work::Run(run) => run.perform(&self.shell, &self.root, cancelled).await,
            Work::Fetch(url) => tokio::select! {
                page = self.web.fetch(url) => page,
                () = cancelled.cancelled() => bail!("Stopped."),
            },
            Work::Foreign(foreign) => foreign.perform(cancelled).await,
            Work::Plan(_) | Work::Ask(_) | Work::Tasks(_) => bail!("This is for people to answer."),
        }
    }

    fn wants_read(&self, reading: read::Reading) -> Result<Wanted> {
        let (title, paths) = (format!("Read {}", reading.path), self.paths(&reading.path)?);
        Ok(Wanted { title, deed: Deed::Look, paths, work: Work::Read(reading) })
    }

    fn wants_list(&self, listing: list::Listing) -> Result<Wanted> {
        let (title, paths) = (format!("List {}", listing.path), self.paths(&listing.path)?);
        Ok(Wanted { title, deed: Deed::Look, paths, work: Work::List(listing) })
    }

    fn wants_search(&self, search: search::Search) -> Result<Wanted> {
        let paths = self.paths(&search.path)?;
        let title = format!("Search for {} in {}", search.pattern, search.path);
        Ok(Wanted { title, deed: Deed::Look, paths, work: Work::Search(search) })
    }

    async fn wants_write(&self, write: Write) -> Result<Wanted> {
        let change = Change::whole(&self.root, &write.path, write.content).await?;
        let verb = if change.old.is_some() { "Rewrite" } else { "Write" };
        Ok(change.wanted(verb))
    }

    async fn wants_edit(&self, edit: Edit) -> Result<Wanted> {
        let places = if edit.all { Places::All } else { Places::One };
        let change = Change::part(&self.root, &edit.path, (&edit.find, &edit.replace), places).await?;
        Ok(change.wanted("Edit"))
    }

    fn paths(&self, path: &str) -> Result<Vec<PathBuf>> {
        Ok(vec![self.root.confine(place(path))?])
    }
}

fn wants_run(run: run::Run) -> Wanted {
    Wanted { title: run.command.clone(), deed: Deed::Run, paths: Vec::new(), work: Work::Run(run) }
}

fn wants_fetch(fetch: &Fetch) -> Result<Wanted> {
    let url = fetch::checked(&fetch.url)?;
    Ok(Wanted { title: format!("Fetch {url}"), deed: Deed::Fetch, paths: Vec::new(), work: Work::Fetch(url) })
}

fn wants_foreign(foreign: Foreign) -> Wanted {
    let deed = if foreign.asks_people() { Deed::Talk } else { Deed::Foreign };
    let title = format!("{}: {}", foreign.server, foreign.tool);
    Wanted { title, deed, paths: Vec::new(), work: Work::Foreign(foreign) }
}

fn wants_tasks(Tasks { tasks }: Tasks) -> Wanted {
    let title = "Update the tasks".to_owned();
    Wanted { title, deed: Deed::Talk, paths: Vec::new(), work: Work::Tasks(tasks) }
}

fn wants_plan(plan: Plan) -> Result<Wanted> {
    anyhow::ensure!(!plan.plan.trim().is_empty(), "The plan is empty.");
    Ok(Wanted {
        title: "Propose a plan".to_owned(),
        deed: Deed::Talk,
        paths: Vec::new(),
        work: Work::Plan(plan.plan),
    })
}

fn wants_answer(question: Question) -> Result<Wanted> {
    anyhow::ensure!(!question.question.trim().is_empty(), "The question is empty.");
    Ok(Wanted {
        title: question.question.clone(),
        deed: Deed::Talk,
        paths: Vec::new(),
        work: Work::Ask(question),
    })
}

/// # Errors
/// Says which field is wrong.
fn fields<T: DeserializeOwned>(input: &Value) -> Result<T> {
    anyhow::ensure!(input.is_object(), "The input of the call is no JSON object.");
    T::deserialize(input).context("The input of the call does not fit the tool")
}

/// A path as the model writes it; it means the worktree where it says nothing.
fn place(path: &str) -> &Path {
    let path = path.trim();
    Path::new(if path.is_empty() || path == "/" { "." } else { path })
}

async fn blocking<F>(bench: &Bench, cancelled: &CancellationToken, work: F) -> Result<String>
where
    F: FnOnce(&WorktreeRoot, &CancellationToken) -> Result<String> + Send + 'static,
{
    let (root, token) = (bench.root.clone(), cancelled.child_token());
    // Who no longer waits wants no more of it.
    let dropped = token.clone().drop_guard();
    let done = tokio::task::spawn_blocking(move || work(&root, &token)).await?;
    dropped.disarm();
    done
}
