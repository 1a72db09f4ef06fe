use std::collections::BTreeMap;

use model::{
    Command, Event, Occurrence, Origin, PermissionId, QuestionId, Rejection, Right, RoomRules, SuggestionId,
    Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::again::Broken;
use crate::ballot::Ballot;
use crate::by::By;
use crate::cards::Cards;
use crate::permission::OpenPermission;
use crate::plan_first::Approval;
use crate::question::OpenQuestion;
use crate::queue::{Item, Queue};
use crate::roster::Roster;
use crate::session::Session;
use crate::suggestions::{Acceptance, Suggestions};
use crate::transcript::AgentFacts;
use crate::turn::Turn;
use crate::wake::Wake;

/// The live, several-person state around one session. Cheap to copy: there is no transcript in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub(crate) session: Session,
    pub(crate) rules: RoomRules,
    pub(crate) roster: Roster,
    pub(crate) queue: Queue,
    pub(crate) suggestions: Suggestions,
    /// The lock: there is none while idle (TU1, TU2).
    pub(crate) turn: Option<Turn>,
    pub(crate) ballot: Option<Ballot>,
    pub(crate) questions: BTreeMap<QuestionId, OpenQuestion>,
    pub(crate) permissions: BTreeMap<PermissionId, OpenPermission>,
    pub(crate) cards: Cards,
    pub(crate) wake: Wake,
    pub(crate) agent: AgentFacts,
    #[serde(default)]
    pub(crate) approval: Approval,
    #[serde(default)]
    pub(crate) broken: Broken,
}

impl Room {
    /// Before the first event of its log.
    pub fn empty() -> Self {
        Self::default()
    }

    pub fn fold<'a>(events: impl IntoIterator<Item = (&'a Event, Timestamp)>) -> Self {
        let mut room = Self::empty();
        for (event, at) in events {
            room.apply(event, at);
        }
        room
    }

    /// What happens when `by` asks for `command`. An empty answer is a yes that changes nothing, such as
    /// the same vote twice (BA6).
    pub fn decide(&self, by: &By, command: &Command, at: Timestamp) -> Result<Vec<Event>, Rejection> {
        Ok(self.settle(self.answer(by, command)?, at))
    }

    /// What a report of the world amounts to. Late and foreign reports amount to nothing (TU6, TU7), and
    /// the host must not act on such a one: no byte of a prompt is written after an empty `TurnBegan` or
    /// `Steered`, and a card that did not open is taken back from the agent.
    pub fn observe(&self, occurrence: &Occurrence, at: Timestamp) -> Vec<Event> {
        match self.note(occurrence, at) {
            Some(events) => self.settle(events, at),
            None => self.strike(at),
        }
    }

    /// The command's own events, before what follows from them.
    pub(crate) fn answer(&self, by: &By, command: &Command) -> Result<Vec<Event>, Rejection> {
        by.admit(rights_for(command))?;
        match command {
            Command::Deliver { prompt, body, .. } if !by.rights.has(Right::Steer) => {
                self.suggest(by, SuggestionId(prompt.0), body)
            }
            Command::Deliver { prompt, turn, body, delivery, origin } => {
                self.deliver(by, Item::new(*prompt, by, *origin, body.clone()), *turn, *delivery)
            }
            Command::EditPrompt { prompt, body } => self.edit_prompt(by, *prompt, body),
            Command::WithdrawPrompt { prompt } => self.withdraw_prompt(by, *prompt),
            Command::AcceptSuggestion { suggestion, revision, prompt, turn, body, delivery } => {
                let (suggestion, revision, body) = (*suggestion, *revision, body.as_ref());
                let accepted = Acceptance { suggestion, revision, body, prompt: *prompt, turn: *turn };
                self.accept_suggestion(by, &accepted, *delivery)
            }
            Command::EditSuggestion { suggestion, body } => self.edit_suggestion(by, *suggestion, body),
            Command::DropSuggestion { suggestion, reason } => {
                self.drop_suggestion(by, *suggestion, reason.as_deref())
            }
            Command::ReleaseQueue => self.release_queue(),
            Command::Retry { broken, prompt, turn } => self.retry(by, *broken, (*prompt, *turn)),
            Command::StopTurn => self.stop_turn(by),
            Command::AskToDrive => self.ask_to_drive(by),
            Command::HandOver { to } => self.hand_over(by, *to),
            Command::TakeLock => self.take_lock(by),
            Command::Vote { ballot, plan, choice } => self.vote(by, *ballot, plan, choice),
            Command::Override { ballot, verdict, reason } => {
                self.override_ballot(by, *ballot, *verdict, reason)
            }
            Command::GoOnWithoutVoter { ballot, person } => self.go_on_without_voter(*ballot, *person),
            Command::GoOnWithoutAnswer { question, person } => self.go_on_without_answer(*question, *person),
            Command::Answer { question, answers } => self.answer_question(by, *question, answers),
            Command::AnswerPermission { permission, answer } => {
                self.answer_permission(by, *permission, *answer)
            }
            Command::Rename { title } => self.rename(title),
            Command::Tag { tags } => self.tag(tags),
            Command::ChooseAgent { choice } => self.choose_agent(choice),
            Command::Pause => self.pause(),
            Command::Resume => self.resume(),
            Command::End => self.end(),
            Command::Reopen => self.reopen(),
            Command::Rewind { turn, from } => self.rewind(by, (*turn, *from)),
        }
    }

    /// `None`: time has passed.
    fn note(&self, occurrence: &Occurrence, at: Timestamp) -> Option<Vec<Event>> {
        Some(match occurrence {
            Occurrence::PersonCame { guest } => self.person_came(guest),
            Occurrence::PersonWentAway { person } => self.person_went_away(*person, at),
            Occurrence::Reconciled { rules, guests, gone } => self.reconciled(rules, guests, gone),
            Occurrence::NextTaken { prompt, turn } => self.next_taken(*prompt, *turn),
            Occurrence::NextUnpaid { prompt } => self.next_unpaid(*prompt),
            Occurrence::TurnBegan { turn } => self.turn_began(*turn),
            Occurrence::StartFailed { turn, reason, detail } => self.start_failed(*turn, reason, detail),
            Occurrence::Steered { prompt, turn } => self.steered(*prompt, *turn),
            Occurrence::TurnOver { turn, ending } => self.turn_over(*turn, ending),
            Occurrence::ModeExceeded { turn, mode } => self.mode_exceeded(*turn, mode),
            Occurrence::PlanProposed { turn, ballot, plan, plan_hash, deadline } => {
                self.plan_proposed(*turn, *ballot, (plan, plan_hash), *deadline)
            }
            Occurrence::QuestionAsked { turn, question, asked } => {
                self.question_asked(*turn, *question, asked)
            }
            Occurrence::PermissionAsked { turn, permission, request } => {
                self.permission_asked(*turn, *permission, request)
            }
            Occurrence::PermissionBarred { turn, permission, request, refusal } => {
                self.permission_barred(*turn, (*permission, request), *refusal)
            }
            Occurrence::TurnKept { .. } | Occurrence::WorkDone { .. } => self.told_of_work(occurrence),
            Occurrence::CardTakenBack { card } => self.card_taken_back(*card),
            Occurrence::AgentTold { card, with_reason: true } => self.agent_told(*card),
            Occurrence::AgentTold { card, with_reason: false } => self.agent_told_without_reason(*card),
            Occurrence::HostRestarted => self.host_restarted(at),
            Occurrence::ClockStruck => return None,
            Occurrence::AgentExited { .. }
            | Occurrence::Stalled { .. }
            | Occurrence::AgentReady { .. }
            | Occurrence::MessageSaid { .. }
            | Occurrence::ThoughtHad { .. }
            | Occurrence::ToolStarted { .. }
            | Occurrence::ToolChanged { .. }
            | Occurrence::ToolEnded { .. }
            | Occurrence::TasksSet { .. }
            | Occurrence::UsageReported { .. }
            | Occurrence::ModeReported { .. }
            | Occurrence::CommandsOffered { .. } => self.told_by_agent(occurrence).into_iter().collect(),
        })
    }
}

/// One of these is needed; who exactly may act is then the command's own matter.
fn rights_for(command: &Command) -> &'static [Right] {
    match command {
        // GR1: words of a person who may not steer become a suggestion; an agent's don't.
        Command::Deliver { origin: Origin::Human, .. }
        | Command::WithdrawPrompt { .. }
        | Command::EditSuggestion { .. }
        | Command::DropSuggestion { .. } => &[Right::Steer, Right::Suggest],
        Command::Deliver { origin: Origin::Agent { .. } | Origin::FollowUp, .. }
        | Command::EditPrompt { .. }
        | Command::AcceptSuggestion { .. }
        | Command::ReleaseQueue
        | Command::Retry { .. }
        | Command::AskToDrive
        | Command::HandOver { .. }
        | Command::Rename { .. }
        | Command::Tag { .. }
        | Command::ChooseAgent { .. }
        | Command::Pause
        | Command::Resume
        | Command::End
        | Command::Reopen => &[Right::Steer],
        Command::StopTurn => &[Right::Steer, Right::Approve],
        Command::Vote { .. } | Command::Answer { .. } => &[Right::Vote, Right::Approve, Right::Steer],
        Command::AnswerPermission { .. } | Command::Rewind { .. } => &[Right::Approve],
        Command::TakeLock
        | Command::Override { .. }
        | Command::GoOnWithoutVoter { .. }
        | Command::GoOnWithoutAnswer { .. } => &[Right::Own],
    }
}
