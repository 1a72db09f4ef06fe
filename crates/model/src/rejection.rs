use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AgentKey, Budget, PersonId, Right, Timestamp};

/// An expected no: changes nothing, leaves no trace, and is shown to the person (LO5).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rejection {
    /// Also the answer outside the shared workspaces (GR2).
    #[error("There is nothing here by that name, or it is not shared with you.")]
    NotFound,
    #[error("You do not have the right to do this here.")]
    Forbidden { right: Right },
    #[error("The owner has muted you: you can watch.")]
    Muted,
    #[error("This session has ended. Reopen it to go on.")]
    NotOpen,
    #[error("The queue is full ({limit}). Remove a prompt or wait for one to run.")]
    QueueFull { limit: u32 },
    #[error("There are enough suggestions ({limit}). Wait until somebody has looked at them.")]
    SuggestionsFull { limit: u32 },
    #[error("The owner has muted who wrote this. It waits until they may speak again.")]
    AuthorMuted,
    #[error("This was changed since you saw it. Read it again.")]
    SuggestionChanged,
    #[error("Somebody else is driving. Queue your prompt, or ask to drive.")]
    TurnLocked { driver: PersonId },
    #[error("This was decided already.")]
    AlreadyDecided { by: Option<PersonId>, at: Timestamp },
    #[error("You watch this vote: you were not there when it began.")]
    NotVoter,
    #[error("The plan has changed since you saw it. Read it again.")]
    PlanChanged,
    #[error("Nothing is running.")]
    NoTurn,
    #[error("This prompt has started already.")]
    AlreadyStarted,
    #[error(
        "Only the last turn can be tried again, and only while nothing runs, if it failed or was cut short."
    )]
    NothingToRetry,
    #[error("That person is not here, or can't drive.")]
    NoSuchDriver,
    #[error("Write something first.")]
    Empty,
    #[error("This is too long: at most {limit} bytes.")]
    TooLarge { limit: u64 },
    #[error("That answer does not fit the question.")]
    BadAnswer,
    #[error("Overriding votes is switched off for this room.")]
    OverrideOff,
    #[error("This asks for a reason.")]
    ReasonNeeded,
    /// `together`: what all guests of a share may spend.
    #[error("{}", spent(budget, if *together { ALL } else { ITS_AUTHOR }))]
    BudgetSpent { budget: Budget, together: bool },
    #[error("{}", agent_spent(agent, budget))]
    AgentBudgetSpent { agent: AgentKey, budget: Budget },
    #[error("The session is already in that state.")]
    Unchanged,
}

fn agent_spent(agent: &AgentKey, budget: &Budget) -> String {
    format!(
        "{agent} has used up what one session of it may take ({}). Choose another agent, or begin another session; \
         nothing is lost.",
        most(budget)
    )
}

const ALL: &str = "all guests of this share together";
const ITS_AUTHOR: &str = "its author";

fn spent(budget: &Budget, whom: &str) -> String {
    format!(
        "What the owner allows {whom} to spend here is used up ({}). Ask the owner for more; nothing is lost.",
        most(budget)
    )
}

fn most(budget: &Budget) -> String {
    let tokens = budget.tokens.map(|most| format!("{most} tokens"));
    let money = budget.cost_micros.map(|most| format!("${}.{:02}", most / 1_000_000, most / 10_000 % 100));
    tokens.into_iter().chain(money).collect::<Vec<_>>().join(" or ")
}
