//! Who plays, and what each may think of.

use std::collections::BTreeMap;

use model::*;
use room::{By, Effect};
use uuid::Uuid;

use crate::world::World;

pub const OWNER: PersonId = PersonId(Uuid::from_u128(0xa0));
const GUESTS: [PersonId; 5] = [
    PersonId(Uuid::from_u128(0x90)),
    PersonId(Uuid::from_u128(0xb0)),
    PersonId(Uuid::from_u128(0xc0)),
    PersonId(Uuid::from_u128(0xd0)),
    PersonId(Uuid::from_u128(0xe0)),
];
const PRESETS: [Preset; 5] =
    [Preset::Collaborator, Preset::Collaborator, Preset::CoHost, Preset::Reviewer, Preset::Guest];

/// The door's side of the story.
pub struct Cast {
    pub rules: RoomRules,
    guests: BTreeMap<PersonId, Guest>,
    gone: Vec<(PersonId, DropReason)>,
    connected: Vec<PersonId>,
}

impl Default for Cast {
    fn default() -> Self {
        let guests = GUESTS.into_iter().zip(PRESETS).map(|(person, preset)| guest(person, preset.rights()));
        Self {
            rules: RoomRules { consensus: true, ..RoomRules::default() },
            guests: guests.chain([guest(OWNER, Rights::owner())]).map(|it| (it.person, it)).collect(),
            gone: vec![],
            connected: vec![],
        }
    }
}

impl Cast {
    pub fn everybody(&self) -> impl Iterator<Item = By> {
        self.guests.values().map(by)
    }

    pub fn owner(&self) -> By {
        by(&self.guests[&OWNER])
    }

    pub fn arrivals(&mut self) -> Vec<Occurrence> {
        let people: Vec<PersonId> = self.guests.keys().copied().collect();
        people.into_iter().map(|person| self.come(person)).collect()
    }

    /// After a restart of the host those who were connected come back.
    pub fn returns(&self) -> Vec<Occurrence> {
        let back = self.connected.iter().filter_map(|person| self.guests.get(person));
        back.map(|guest| Occurrence::PersonCame { guest: guest.clone() }).collect()
    }

    pub fn reconciled(&self) -> Occurrence {
        let guests = self.guests.values().cloned().collect();
        Occurrence::Reconciled { rules: self.rules.clone(), guests, gone: self.gone.clone() }
    }

    fn change(&mut self, person: PersonId, change: impl FnOnce(&mut Guest)) -> Occurrence {
        self.guests.get_mut(&person).filter(|guest| guest.person != OWNER).map(change);
        self.reconciled()
    }

    fn let_in(&mut self, person: PersonId, preset: Preset) -> Occurrence {
        self.gone.retain(|(gone, _)| *gone != person);
        self.guests.entry(person).or_insert_with(|| guest(person, preset.rights()));
        self.reconciled()
    }

    fn put_out(&mut self, person: PersonId, reason: DropReason) -> Occurrence {
        if person != OWNER && self.guests.remove(&person).is_some() {
            self.gone.push((person, reason));
            self.connected.retain(|connected| *connected != person);
        }
        self.reconciled()
    }

    fn come(&mut self, person: PersonId) -> Occurrence {
        let Some(guest) = self.guests.get(&person).cloned() else {
            return self.reconciled();
        };
        self.connected.retain(|connected| *connected != person);
        self.connected.push(person);
        Occurrence::PersonCame { guest }
    }

    fn go(&mut self, person: PersonId) -> Occurrence {
        self.connected.retain(|connected| *connected != person);
        Occurrence::PersonWentAway { person }
    }
}

impl World {
    pub fn door(&mut self) -> Occurrence {
        let everybody = [&[OWNER][..], &GUESTS].concat();
        let person = self.random.pick(&everybody).copied().unwrap_or(OWNER);
        match self.random.below(16) {
            0..5 => self.cast.come(person),
            5..7 => self.cast.go(person),
            7..10 => {
                let preset = self.random.pick(&PRESETS).copied().unwrap_or(Preset::Observer);
                self.cast.let_in(person, preset)
            }
            10 => self.cast.change(person, |guest| guest.muted = true),
            11..13 => self.cast.change(person, |guest| guest.muted = false),
            13 => {
                let reasons =
                    [DropReason::Kicked, DropReason::Revoked, DropReason::Expired, DropReason::Left];
                let reason = self.random.pick(&reasons).copied().unwrap_or(DropReason::Kicked);
                self.cast.put_out(person, reason)
            }
            14 => self.cast.change(person, |guest| guest.ceiling = Ceiling::Ask),
            _ => {
                let rules = &mut self.cast.rules;
                let choices = [
                    &mut rules.consensus,
                    &mut rules.owner_always_votes,
                    &mut rules.driver_decides,
                    &mut rules.plan_first,
                ];
                let n = usize::try_from(self.random.below(5)).unwrap_or(0);
                choices.into_iter().nth(n).into_iter().for_each(|choice| *choice = !*choice);
                self.cast.reconciled()
            }
        }
    }

    /// What somebody asks for: often sensible, sometimes not theirs to ask.
    pub fn wish(&mut self, by: &By) -> Option<Command> {
        let view = self.room.view(by);
        let prompt = self.random.pick(&view.queue.items).map(|item| item.prompt);
        let to = self.random.pick(&GUESTS).copied().unwrap_or(OWNER);
        Some(match self.random.below(40) {
            0..8 => self.prompt(),
            8 => Command::StopTurn,
            9 => Command::AskToDrive,
            10 => Command::HandOver { to },
            11 => Command::TakeLock,
            12..19 => self.vote(view.ballots.first()?),
            19 => {
                let (ballot, verdict) = (view.ballots.first()?.ballot, Verdict::Approved);
                Command::Override { ballot, verdict, reason: "we must".to_owned() }
            }
            20 => {
                let open = view.ballots.first()?;
                Command::GoOnWithoutVoter { ballot: open.ballot, person: *open.waiting_for.first()? }
            }
            21..25 => {
                let word = if self.random.once_in(3) { "tea" } else { "coffee" };
                let answers = [("drink".to_owned(), vec![word.to_owned()])].into();
                Command::Answer { question: view.questions.first()?.question, answers }
            }
            25..27 => {
                let permission = view.permissions.first()?.permission;
                Command::AnswerPermission { permission, answer: PermissionAnswer::Allow }
            }
            27 => Command::WithdrawPrompt { prompt: prompt? },
            28 => Command::EditPrompt { prompt: prompt?, body: PromptBody::text("or this".to_owned()) },
            29 if self.random.once_in(2) => Command::ReleaseQueue,
            29 => {
                let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
                Command::Retry { broken: view.you.may.retry?, prompt, turn }
            }
            30 => Command::Pause,
            31 => Command::Resume,
            32 if self.random.once_in(4) => Command::End,
            32 => {
                let open = view.questions.first()?;
                Command::GoOnWithoutAnswer { question: open.question, person: *open.waiting_for.first()? }
            }
            33..36 => {
                let open = self.random.pick(&view.suggestions)?;
                self.accept(open)
            }
            36 => {
                let suggestion = self.random.pick(&view.suggestions)?.suggestion;
                Command::EditSuggestion { suggestion, body: PromptBody::text(format!("or {}", self.fresh())) }
            }
            37 => {
                let suggestion = self.random.pick(&view.suggestions)?.suggestion;
                Command::DropSuggestion { suggestion, reason: None }
            }
            _ => Command::Reopen,
        })
    }

    fn prompt(&mut self) -> Command {
        let deliveries = [Delivery::Now, Delivery::Queue, Delivery::Steer];
        let delivery = self.random.pick(&deliveries).copied().unwrap_or(Delivery::Queue);
        let from_agent = self.random.once_in(3);
        let agent = Origin::Agent { session: SessionId(Uuid::from_u128(9)) };
        let origin = if from_agent { agent } else { Origin::Human };
        let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
        Command::Deliver { prompt, turn, body: PromptBody::text("do it".to_owned()), delivery, origin }
    }

    /// Now and then of words that were changed meanwhile, or in other words.
    fn accept(&mut self, open: &SuggestionView) -> Command {
        let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
        let revision = open.revision + u32::from(self.random.once_in(6));
        let body = self.random.once_in(3).then(|| PromptBody::text("better".to_owned()));
        let delivery = if self.random.once_in(2) { Delivery::Now } else { Delivery::Queue };
        Command::AcceptSuggestion { suggestion: open.suggestion, revision, prompt, turn, body, delivery }
    }

    fn vote(&mut self, open: &BallotView) -> Command {
        let reason = "too big".to_owned();
        let choice = if self.random.once_in(6) { Choice::Deny { reason } } else { Choice::Approve };
        Command::Vote { ballot: open.ballot, plan: open.plan_hash.clone(), choice }
    }

    /// What the agent does; now and then in the name of a turn that is long over.
    pub fn deed(&mut self) -> Option<Occurrence> {
        let current = self.room.turn().map(|turn| turn.turn);
        let waits = self.room.turn().is_some_and(|turn| turn.phase == TurnPhase::Awaiting);
        if waits && !self.random.once_in(12) {
            // It waits for its answer.
            return None;
        }
        let late = TurnId(Uuid::from_u128(u128::from(self.random.below(40))));
        let turn = if self.random.once_in(8) { late } else { current? };
        let id = self.fresh();
        let item = ItemId(id);
        Some(match self.random.below(16) {
            0..3 => self.plan(turn, BallotId(id)),
            3 => {
                let field = QuestionField {
                    key: "drink".to_owned(),
                    text: String::new(),
                    options: vec![],
                    many: false,
                    optional: self.random.once_in(2),
                };
                let asked = Question { text: "What?".to_owned(), fields: vec![field] };
                Occurrence::QuestionAsked { turn, question: QuestionId(id), asked }
            }
            4..6 => {
                let expires_at = self.random.once_in(2).then_some(self.at + Span::from_secs(60));
                Occurrence::PermissionAsked {
                    turn,
                    permission: PermissionId(id),
                    request: request(expires_at),
                }
            }
            6 if self.random.once_in(4) => Occurrence::ModeExceeded { turn, mode: "yolo".to_owned() },
            6 => Occurrence::ToolStarted { turn, item, call: ToolCall::default() },
            7..9 => Occurrence::MessageSaid { turn, item, text: LongText::default() },
            9..12 => Occurrence::TurnOver { turn, ending: Ending::Stopped(StopReason::EndTurn) },
            12 => Occurrence::TurnOver { turn, ending: Ending::Stopped(StopReason::Cancelled) },
            13 => {
                let ending = Ending::Failed { reason: "tired".to_owned(), detail: String::new() };
                Occurrence::TurnOver { turn, ending }
            }
            14 => {
                let ending = Ending::Died { reason: "gone".to_owned(), detail: String::new() };
                Occurrence::TurnOver { turn, ending }
            }
            _ => {
                let (reason, detail) = ("no such program".to_owned(), String::new());
                Occurrence::StartFailed { turn, reason, detail }
            }
        })
    }

    fn plan(&mut self, turn: TurnId, ballot: BallotId) -> Occurrence {
        let text = if self.random.once_in(3) { "plan B" } else { "plan A" };
        let deadline = self.random.once_in(5).then_some(self.at + Span::from_secs(100));
        let plan_hash = PlanHash(text.to_owned());
        Occurrence::PlanProposed { turn, ballot, plan: LongText::default(), plan_hash, deadline }
    }

    /// How the world settles what the room owes.
    pub fn report_of(&mut self, effect: &Effect) -> Occurrence {
        let with_reason = !self.random.once_in(2);
        let told = |card| Occurrence::AgentTold { card, with_reason };
        match effect {
            Effect::TakeNext { prompt } => {
                Occurrence::NextTaken { prompt: *prompt, turn: TurnId(self.fresh()) }
            }
            Effect::Begin { turn, .. } => Occurrence::TurnBegan { turn: *turn },
            Effect::Steer { prompt, turn, .. } => Occurrence::Steered { prompt: *prompt, turn: *turn },
            Effect::Cancel { turn } => {
                Occurrence::TurnOver { turn: *turn, ending: Ending::Stopped(StopReason::Cancelled) }
            }
            Effect::TellPlan { ballot, .. } => told(CardId::Ballot(*ballot)),
            Effect::TellAnswers { question, .. } => told(CardId::Question(*question)),
            Effect::TellPermission { permission, .. } | Effect::TellRefusal { permission, .. } => {
                told(CardId::Permission(*permission))
            }
        }
    }
}

fn guest(person: PersonId, rights: Rights) -> Guest {
    #[expect(clippy::unwrap_used, reason = "a plain name is always a name")]
    let name = DisplayName::parse("Somebody").unwrap();
    Guest { person, name, colour: 0, rights, ceiling: Ceiling::AcceptEdits, muted: false }
}

fn by(guest: &Guest) -> By {
    By { person: guest.person, rights: guest.rights.clone(), muted: guest.muted, ceiling: guest.ceiling }
}

fn request(expires_at: Option<Timestamp>) -> PermissionRequest {
    PermissionRequest {
        item: None,
        tool: "shell".to_owned(),
        kind: ToolKind::Execute,
        title: "make tea".to_owned(),
        command: None,
        directory: ".".to_owned(),
        diffs: vec![],
        expires_at,
    }
}
