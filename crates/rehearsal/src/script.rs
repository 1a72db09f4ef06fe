use serde::{Deserialize, Serialize};

/// The built-in script, for the sample repository.
const SAMPLE: &str = include_str!("../scripts/sample.json");

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    #[serde(default)]
    pub at_initialize: AtInitialize,
    #[serde(default)]
    pub set_mode: SetMode,
    pub turns: Vec<Turn>,
}

/// What `initialize` meets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtInitialize {
    #[default]
    Answer,
    /// The program ends with this code.
    Exit(i32),
    Hang,
}

/// What `session/set_mode` meets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetMode {
    #[default]
    Take,
    /// Answers with an error.
    Refuse,
    /// Answers well and changes nothing.
    Ignore,
}

/// How fast words come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    /// Readable: some milliseconds between words.
    Human,
    /// No pauses at all.
    Fast,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// A part of the prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default)]
    pub after_rejected_plan: bool,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    Think(String),
    Say(String),
    /// Reads a file of the working directory.
    Read {
        path: String,
    },
    /// Runs a command of the shell in the working directory and asks nobody, for tests of what an agent
    /// that means ill can do. Its output is the tool's, and what
    /// `{glimpse}` and `{lines}` speak of.
    Run {
        command: String,
    },
    /// Asks for permission (not in the mode `accept-edits`), then edits.
    Edit(Edit),
    /// Presents a plan as a permission request to leave plan mode.
    Plan(Plan),
    /// Asks a question, if the client can show one.
    Ask(Question),
    Todo(Vec<Todo>),
    /// Tokens in the context window and its size.
    Usage {
        used: u64,
        size: u64,
    },
    /// Waits until this file exists; a path from the working directory.
    Gate {
        file: String,
    },
    /// Waits until the turn is cancelled.
    WaitCancel,
    /// From here on a cancel does nothing in this turn.
    IgnoreCancel,
    /// Never answers, whatever comes.
    Hang,
    /// Ends the program.
    Crash {
        code: i32,
    },
    /// Answers the prompt with an error.
    Fail {
        message: String,
    },
    /// Writes this line as it is: no JSON, or a message that an honest agent would not send.
    Garbage(String),
    /// Writes one line of this length that is no JSON.
    LongLine {
        bytes: usize,
    },
    StderrFlood {
        bytes: usize,
    },
    /// Sends one more message after the turn has ended.
    Late(String),
    /// Reads a file through the client, as some agents do.
    ClientRead {
        path: String,
    },
    /// Writes a file through the client, as some agents do.
    ClientWrite {
        path: String,
        content: String,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub path: String,
    #[serde(default)]
    pub find: String,
    #[serde(default)]
    pub replace: String,
    /// Added at the end where `find` is empty or not in the file.
    #[serde(default)]
    pub append: String,
    #[serde(default)]
    pub on_allow: Vec<Step>,
    #[serde(default)]
    pub on_reject: Vec<Step>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Markdown.
    pub text: String,
    #[serde(default)]
    pub on_approve: Vec<Step>,
    /// Played before the turn ends, as a rejected plan ends its turn.
    #[serde(default)]
    pub on_reject: Vec<Step>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub question: String,
    #[serde(default)]
    pub header: String,
    /// The first one is taken where nobody can be asked.
    pub options: Vec<Choice>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub label: String,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Todo {
    pub content: String,
    pub status: TodoStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TodoStatus {
    Pending,
    InProgress,
    Completed,
}

impl Script {
    /// The script that plays on the sample repository.
    ///
    /// # Errors
    /// Only if the program was built with a broken script; a test forbids it.
    pub fn sample() -> serde_json::Result<Self> {
        serde_json::from_str(SAMPLE)
    }

    /// The turn for a prompt, with the place in the cycle it leaves.
    pub(crate) fn turn(&self, prompt: &str, next: usize) -> (Option<&Turn>, usize) {
        let special = self.named(prompt);
        if special.is_some() {
            return (special, next);
        }
        let plain = |turn: &&Turn| turn.when.is_none() && !turn.after_rejected_plan;
        let cycle: Vec<&Turn> = self.turns.iter().filter(plain).collect();
        let turn = next.checked_rem(cycle.len()).map(|at| cycle[at]);
        (turn, next + 1)
    }

    /// The turn for the prompt that follows a rejected plan.
    pub(crate) fn revision(&self, prompt: &str, next: usize) -> (Option<&Turn>, usize) {
        let revising = self.turns.iter().find(|turn| turn.after_rejected_plan);
        match self.named(prompt).or(revising) {
            Some(turn) => (Some(turn), next),
            None => self.turn(prompt, next),
        }
    }

    fn named(&self, prompt: &str) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.when.as_ref().is_some_and(|when| prompt.contains(when)))
    }
}
