//! What can be said about a session, its queue, its lock, and those who hold it up.

use clap::{ArgGroup, Args, Subcommand};

use super::ChoiceName;

#[derive(Subcommand, Debug)]
pub(crate) enum Steer {
    /// Give it another title.
    Rename { session: String, title: String },
    /// Give it these tags instead of those it has; none takes them off.
    Tag { session: String, tags: Vec<String> },
    /// Choose who has the next turn, with which model and how.
    Agent {
        session: String,
        /// As `conclave agent list` shows them.
        agent: String,
        #[arg(long)]
        model: Option<String>,
        #[arg(long)]
        mode: Option<String>,
        #[arg(long)]
        effort: Option<String>,
    },
    /// Let the running turn finish, and start no other.
    Pause { session: String },
    /// Go on after a pause.
    Resume { session: String },
    /// Stop the turn, cancel the queue and drop the suggestions.
    End { session: String },
    /// Take up an ended session again.
    Reopen { session: String },
    /// Say what turns took; without a session, of the whole host.
    Usage { session: Option<String> },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Waiting {
    /// What waits for its turn, and what was suggested, each with its id.
    Queue { session: String },
    /// Change a prompt in the queue, or a suggestion.
    Edit {
        session: String,
        /// As `chat queue` shows it, or the start of it.
        id: String,
        text: String,
    },
    /// Take a prompt out of the queue.
    Withdraw { session: String, prompt: String },
    /// Go on with a queue that is held.
    Run { session: String },
    /// Make a suggestion a prompt, which you drive.
    Accept {
        session: String,
        /// Which, if there is more than one: start of its id.
        suggestion: Option<String>,
        /// Instead of its own words.
        #[arg(long)]
        text: Option<String>,
        /// Wait in the queue if somebody else drives, instead of being refused.
        #[arg(long)]
        queue: bool,
    },
    /// Decline a suggestion, or take your own back.
    Drop {
        session: String,
        /// Which, if there is more than one: start of its id.
        suggestion: Option<String>,
        /// Its author reads it.
        #[arg(long)]
        reason: Option<String>,
    },
}

/// The lock of the running turn.
#[derive(Subcommand, Debug)]
pub(crate) enum Drive {
    /// Ask the driver for it.
    Ask { session: String },
    /// Hand it to somebody who is here.
    Give { session: String, person: String },
    /// Take it, as the owner.
    Take { session: String },
}

/// Decide against a vote, as the owner, with a reason.
#[derive(Args, Debug)]
pub(crate) struct Overrule {
    pub session: String,
    #[arg(value_enum)]
    pub choice: ChoiceName,
    #[arg(long)]
    pub reason: String,
    /// Which, if more than one is open: start of its id.
    #[arg(long, value_name = "ID")]
    pub ballot: Option<String>,
}

/// Go on without somebody whom a vote or a question waits for, as the owner.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("card").args(["ballot", "question"])))]
pub(crate) struct Without {
    pub session: String,
    pub person: String,
    /// Of this vote, if more than one card waits for them: start of its id.
    #[arg(long, value_name = "ID")]
    pub ballot: Option<String>,
    /// Of this question: start of its id.
    #[arg(long, value_name = "ID")]
    pub question: Option<String>,
}

/// You, at this host or with --host at another.
#[derive(Subcommand, Debug)]
pub(crate) enum Me {
    /// What you are called there.
    Name { name: String },
    /// The devices that you come with.
    Devices,
    /// One device of yours opens nothing any more.
    Revoke { device: String },
    /// Out of all shares of that host.
    Leave {
        /// Really do it: only a new invite or code brings you back.
        #[arg(long)]
        yes: bool,
    },
}
