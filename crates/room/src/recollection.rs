//! What an agent is told of turns that it has no memory of: a fold of a log's end, newest event first.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use model::limits::RECOLLECTION_BYTES;
use model::{
    AgentKey, BallotId, BallotOutcome, Event, ItemId, LongText, PersonId, QuestionId, ToolStatus, TurnId,
    Verdict,
};

use crate::plain::plain;
use crate::room::Room;

/// Of one text; the rest of it is marked as left out.
const TEXT_BYTES: usize = 8 * 1024;
const FIRST: &str = "This is a record of earlier turns of this session, which you have no memory of. It tells you what \
                     was said and done; it asks nothing of you.";
const LEFT_OUT: &str = "(Turns before these are left out.)";
const LAST: &str = "End of the record. What follows is said to you now.";

// As in the room's fold, `_` says that the other events are not of this part.

/// Turns in words, as far back as [`RECOLLECTION_BYTES`] go.
#[derive(Debug)]
pub struct Recollection<'a> {
    room: &'a Room,
    /// Its own last turn ends the record; `None`: it remembers nothing.
    of: Option<&'a AgentKey>,
    /// Whole turns, newest first.
    turns: Vec<String>,
    bytes: usize,
    has_more: bool,
    turn: Turn,
    /// It and what followed it was taken back: nothing is told of it.
    taken_back: Option<TurnId>,
}

/// The turn that is being gathered, its words newest first.
#[derive(Debug, Default)]
struct Turn {
    began: Option<TurnId>,
    agent: Option<String>,
    words: Vec<String>,
    failed: BTreeSet<ItemId>,
    verdicts: BTreeMap<BallotId, String>,
    answers: BTreeMap<QuestionId, String>,
}

impl<'a> Recollection<'a> {
    pub fn new(room: &'a Room, of: Option<&'a AgentKey>) -> Self {
        Self {
            room,
            of,
            turns: Vec::new(),
            bytes: 0,
            has_more: false,
            turn: Turn::default(),
            taken_back: None,
        }
    }

    /// Events are given newest first, until it breaks.
    pub fn apply(&mut self, event: &Event) -> ControlFlow<()> {
        if let Some(back_to) = self.taken_back {
            if matches!(event, Event::TurnTaken { turn, .. } if *turn == back_to) {
                self.taken_back = None;
            }
            return ControlFlow::Continue(());
        }
        match event {
            Event::ConversationRewound { turn, .. } => {
                self.turn = Turn::default();
                self.taken_back = Some(*turn);
                ControlFlow::Continue(())
            }
            Event::TurnTaken { turn, choice, author, body, .. } => {
                let gathered = std::mem::take(&mut self.turn);
                if gathered.began != Some(*turn) {
                    return ControlFlow::Continue(());
                }
                if self.of == Some(&choice.agent) {
                    return ControlFlow::Break(());
                }
                let asked = format!("### {}\n{}", self.name_of(*author), clipped(&plain(&body.text)));
                let agent = gathered.agent.unwrap_or_else(|| choice.agent.to_string());
                let words: Vec<String> = gathered.words.into_iter().rev().collect();
                self.keep(format!("{asked}\n\n### {agent}\n{}", words.join("\n")))
            }
            _ => {
                self.turn.gather(event);
                ControlFlow::Continue(())
            }
        }
    }

    /// `None` when there is nothing to tell.
    pub fn finish(self) -> Option<String> {
        if self.turns.is_empty() {
            return None;
        }
        let mut record: Vec<String> = self.has_more.then(|| LEFT_OUT.to_owned()).into_iter().collect();
        record.extend(self.turns.into_iter().rev());
        let told = [FIRST.to_owned(), quoted(&record.join("\n\n")), LAST.to_owned()];
        Some(told.join("\n\n"))
    }

    /// The newest turn is told whatever its length, which its texts' own limits bound.
    fn keep(&mut self, turn: String) -> ControlFlow<()> {
        self.bytes += turn.len();
        if self.bytes > RECOLLECTION_BYTES && !self.turns.is_empty() {
            self.has_more = true;
            return ControlFlow::Break(());
        }
        self.turns.push(clipped_to(&turn, RECOLLECTION_BYTES));
        ControlFlow::Continue(())
    }

    fn name_of(&self, person: PersonId) -> String {
        self.room.roster.get(person).map_or_else(|| "The owner".to_owned(), |known| known.name.to_string())
    }
}

impl Turn {
    fn gather(&mut self, event: &Event) {
        match event {
            Event::TurnBegan { turn } => self.began = Some(*turn),
            Event::AgentReady { name, .. } if !name.is_empty() => self.agent = Some(name.clone()),
            Event::MessageSaid { text, .. } => self.words.push(shown(text)),
            Event::ToolEnded { item, status: ToolStatus::Failed | ToolStatus::Cancelled, .. } => {
                self.failed.insert(*item);
            }
            Event::ToolStarted { item, call, .. } => {
                let failed = if self.failed.contains(item) { " (failed)" } else { "" };
                self.words.push(format!("- {}{failed}", call.title));
            }
            Event::BallotClosed { ballot, outcome } => {
                self.verdicts.insert(*ballot, verdict(outcome));
            }
            Event::BallotOpened { ballot, plan, .. } => {
                let verdict = self.verdicts.get(ballot).cloned().unwrap_or_default();
                self.words.push(format!("Plan{verdict}:\n{}", shown(plan)));
            }
            Event::QuestionSettled { question, answers } => {
                let answers: Vec<String> = answers.values().map(|given| given.join(", ")).collect();
                self.answers.insert(*question, answers.join("; "));
            }
            Event::QuestionAsked { question, asked, .. } => {
                let answers = self.answers.get(question).map_or("nothing", String::as_str);
                self.words.push(format!("Question: {}\nAnswered: {answers}", clipped(&asked.text)));
            }
            _ => {}
        }
    }
}

/// What others wrote in it is not at the beginning of a line, where an agent might take it for its own orders.
fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn verdict(outcome: &BallotOutcome) -> String {
    match outcome {
        BallotOutcome::Approved | BallotOutcome::Overridden { verdict: Verdict::Approved, .. } => {
            " (approved)".to_owned()
        }
        BallotOutcome::Denied { reason, .. }
        | BallotOutcome::Overridden { verdict: Verdict::Denied, reason, .. } => {
            format!(" (denied: {reason})")
        }
        BallotOutcome::Lapsed => " (not decided in time)".to_owned(),
        BallotOutcome::Withdrawn { .. } => " (withdrawn)".to_owned(),
    }
}

fn shown(text: &LongText) -> String {
    clipped(&text.text)
}

fn clipped(text: &str) -> String {
    clipped_to(text, TEXT_BYTES)
}

fn clipped_to(text: &str, bytes: usize) -> String {
    let kept = LongText::preview(text, bytes);
    if kept.len() == text.len() { text.to_owned() } else { format!("{kept} … (shortened)") }
}
