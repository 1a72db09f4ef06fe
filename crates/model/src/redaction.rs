//! What goes when the owner takes something back (LO11): all that anybody said in it, and nothing that
//! the room's state is made of.

use crate::{
    BallotOutcome, CardId, Choice, Deed, Event, ItemId, LongText, PermissionRequest, PlanHash, PromptBody,
    PromptId, Question, SuggestionGone, SuggestionId, ToolCall, TurnId, TurnOutcome,
};

/// The thing an event's words belong to. All events of one subject are taken back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Prompt(PromptId),
    /// Goes with the prompt it became, if it was accepted.
    Suggestion(SuggestionId),
    /// A message, a thought, or a tool call with the leave that was asked for it.
    Item(ItemId),
    Card(CardId),
    /// The event stands for itself.
    Alone,
}

// In each, `_` are the facts that hold nobody's words.
impl Event {
    /// `None` when nobody's words are in it.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::PromptQueued { prompt, .. }
            | Self::PromptEdited { prompt, .. }
            | Self::TurnTaken { prompt, .. } => Some(Subject::Prompt(*prompt)),
            Self::SuggestionMade { suggestion, .. }
            | Self::SuggestionEdited { suggestion, .. }
            | Self::SuggestionDropped {
                suggestion,
                reason: SuggestionGone::Declined { words: Some(_) },
                ..
            } => Some(Subject::Suggestion(*suggestion)),
            Self::MessageSaid { item, .. }
            | Self::ThoughtHad { item, .. }
            | Self::ToolStarted { item, .. }
            | Self::ToolChanged { item, .. }
            | Self::ToolEnded { item, .. } => Some(Subject::Item(*item)),
            Self::PermissionAsked { permission, request, .. }
            | Self::PermissionRefused { permission, request, .. } => Some(match request.item {
                Some(item) => Subject::Item(item),
                None => Subject::Card(CardId::Permission(*permission)),
            }),
            Self::BallotOpened { ballot, .. }
            | Self::VoteCast { ballot, choice: Choice::Deny { .. }, .. }
            | Self::BallotClosed {
                ballot,
                outcome: BallotOutcome::Denied { .. } | BallotOutcome::Overridden { .. },
            } => Some(Subject::Card(CardId::Ballot(*ballot))),
            Self::QuestionAsked { question, .. }
            | Self::QuestionAnswered { question, .. }
            | Self::QuestionSettled { question, .. } => Some(Subject::Card(CardId::Question(*question))),
            Self::TurnEnded { outcome: TurnOutcome::Failed { .. }, .. }
            | Self::TasksSet { .. }
            | Self::PromptFailed { .. }
            | Self::WorkDone { deed: Deed::Committed { .. }, .. }
            | Self::AgentExited { .. } => Some(Subject::Alone),
            _ => None,
        }
    }

    /// The turn that the words were said in, if they were said in one.
    pub fn turn(&self) -> Option<TurnId> {
        match self {
            Self::TurnTaken { turn, .. }
            | Self::MessageSaid { turn, .. }
            | Self::ThoughtHad { turn, .. }
            | Self::ToolStarted { turn, .. }
            | Self::ToolChanged { turn, .. }
            | Self::ToolEnded { turn, .. }
            | Self::TasksSet { turn, .. }
            | Self::BallotOpened { turn, .. }
            | Self::QuestionAsked { turn, .. }
            | Self::PermissionAsked { turn, .. }
            | Self::PermissionRefused { turn, .. } => Some(*turn),
            _ => None,
        }
    }

    /// The same fact without anybody's words, and without the hashes by which words could be guessed.
    #[must_use]
    pub fn wordless(mut self) -> Self {
        match &mut self {
            Self::PromptQueued { body, .. }
            | Self::PromptEdited { body, .. }
            | Self::SuggestionMade { body, .. }
            | Self::SuggestionEdited { body, .. }
            | Self::TurnTaken { body, .. } => *body = PromptBody::default(),
            Self::SuggestionDropped { reason: SuggestionGone::Declined { words }, .. } => *words = None,
            Self::MessageSaid { text, .. } | Self::ThoughtHad { text, .. } => *text = LongText::default(),
            Self::ToolStarted { call, .. } | Self::ToolChanged { call, .. } => {
                *call = ToolCall { kind: call.kind, ..ToolCall::default() };
            }
            Self::ToolEnded { output, diffs, .. } => {
                *output = LongText::default();
                diffs.clear();
            }
            Self::PermissionAsked { request, .. } | Self::PermissionRefused { request, .. } => request.hush(),
            Self::BallotOpened { plan, plan_hash, .. } => {
                *plan = LongText::default();
                *plan_hash = PlanHash(String::new());
            }
            Self::VoteCast { choice: Choice::Deny { reason }, .. }
            | Self::BallotClosed {
                outcome: BallotOutcome::Denied { reason, .. } | BallotOutcome::Overridden { reason, .. },
                ..
            }
            | Self::PromptFailed { reason, .. } => reason.clear(),
            Self::WorkDone { deed: Deed::Committed { message, .. }, .. } => message.clear(),
            Self::QuestionAsked { asked, .. } => {
                *asked = Question { text: String::new(), fields: Vec::new() };
            }
            Self::QuestionAnswered { answers, .. } | Self::QuestionSettled { answers, .. } => {
                answers.clear();
            }
            Self::TurnEnded { outcome: TurnOutcome::Failed { reason, detail }, .. }
            | Self::AgentExited { reason, detail } => {
                reason.clear();
                detail.clear();
            }
            Self::TasksSet { tasks, .. } => tasks.clear(),
            _ => {}
        }
        self
    }
}

impl PermissionRequest {
    fn hush(&mut self) {
        self.tool.clear();
        self.title.clear();
        self.command = None;
        self.directory.clear();
        self.diffs.clear();
    }
}
