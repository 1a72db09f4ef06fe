//! Random walks over everything that people, agents, the clock and the host can do to a room.

use model::*;
use proptest::prelude::*;
use room::Effect;

use crate::stage::*;

#[derive(Clone, Copy, Debug)]
pub enum Step {
    Deliver(u8, Delivery),
    Wake,
    Ask(u8, Wish),
    World(u8, Change),
    Owed(u8),
    Agent(Act),
    Wait(u16),
}

#[derive(Clone, Copy, Debug)]
pub enum Wish {
    Stop,
    AskToDrive,
    HandOver(u8),
    TakeLock,
    Approve,
    Deny,
    Override,
    GoOn(u8),
    Answer(u8),
    Allow,
    Withdraw(u8),
    Accept(u8),
    Reword(u8),
    Decline(u8),
    Release,
    Retry,
    Pause,
    Resume,
    End,
    Reopen,
}

#[derive(Clone, Copy, Debug)]
pub enum Change {
    Come,
    Away,
    Mute,
    Unmute,
    Kick,
    Admit,
    AdmitGuest,
    Observe,
    Consensus,
    PlanFirst,
    Restart,
}

#[derive(Clone, Copy, Debug)]
pub enum Act {
    Plan(u8),
    Question,
    Permission,
    Tool,
    Finish,
    Fail,
    Die,
    TakeBack,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..60)
}

fn step() -> impl Strategy<Value = Step> {
    use Delivery::{Now, Queue, Steer};
    prop_oneof![
        6 => (0..4u8, prop::sample::select(vec![Now, Queue, Steer])).prop_map(|(n, d)| Step::Deliver(n, d)),
        2 => Just(Step::Wake),
        8 => (0..4u8, wish()).prop_map(|(n, wish)| Step::Ask(n, wish)),
        4 => (0..4u8, change()).prop_map(|(n, change)| Step::World(n, change)),
        9 => any::<u8>().prop_map(Step::Owed),
        7 => deed().prop_map(Step::Agent),
        2 => (1..400u16).prop_map(Step::Wait),
    ]
}

fn wish() -> impl Strategy<Value = Wish> {
    use Wish::{
        Accept, Allow, Answer, Approve, AskToDrive, Decline, Deny, End, GoOn, HandOver, Override, Pause,
        Release, Reopen, Resume, Retry, Reword, Stop, TakeLock, Withdraw,
    };
    prop::sample::select(vec![
        Stop,
        AskToDrive,
        HandOver(1),
        HandOver(2),
        TakeLock,
        Approve,
        Approve,
        Approve,
        Deny,
        Override,
        GoOn(1),
        GoOn(2),
        Answer(0),
        Answer(1),
        Answer(0),
        Allow,
        Withdraw(0),
        Accept(0),
        Accept(0),
        Accept(1),
        Reword(0),
        Decline(0),
        Release,
        Retry,
        Pause,
        Resume,
        End,
        Reopen,
        Reopen,
    ])
}

fn change() -> impl Strategy<Value = Change> {
    use Change::{Admit, AdmitGuest, Away, Come, Consensus, Kick, Mute, Observe, PlanFirst, Restart, Unmute};
    prop::sample::select(vec![
        Come, Come, Come, Away, Away, Mute, Unmute, Unmute, Kick, Admit, Admit, AdmitGuest, AdmitGuest,
        Observe, Consensus, PlanFirst, Restart,
    ])
}

fn deed() -> impl Strategy<Value = Act> {
    use Act::{Die, Fail, Finish, Permission, Plan, Question, TakeBack, Tool};
    prop::sample::select(vec![
        Plan(0),
        Plan(0),
        Plan(1),
        Question,
        Permission,
        Tool,
        Finish,
        Finish,
        Fail,
        Die,
        TakeBack,
    ])
}

fn person(n: u8) -> PersonId {
    [ADA, BEA, CAI, DAN][usize::from(n % 4)]
}

impl Stage {
    pub fn walk(&mut self, step: Step) {
        match step {
            Step::Deliver(n, delivery) => {
                let (_, command) = self.prompt(delivery);
                self.attempt(person(n), &command);
            }
            Step::Wake => {
                let origin = Origin::Agent { session: SessionId(uuid::Uuid::from_u128(9)) };
                let (_, command) = self.prompt_of(Delivery::Queue, origin);
                self.attempt(ADA, &command);
            }
            Step::Ask(n, wish) => {
                if let Some(command) = self.command(wish) {
                    self.attempt(person(n), &command);
                }
            }
            Step::World(n, change) => self.world(person(n), change),
            Step::Owed(n) => self.perform(usize::from(n)),
            Step::Agent(deed) => self.act(deed),
            Step::Wait(secs) => drop(self.wait(u64::from(secs))),
        }
    }

    fn attempt(&mut self, person: PersonId, command: &Command) {
        if !self.knows(person) {
            return;
        }
        if let Ok(events) = self.ask(person, command) {
            self.keep(events);
        }
    }

    fn command(&mut self, wish: Wish) -> Option<Command> {
        let view = self.view(ADA);
        let ballot = view.ballots.first();
        let question = view.questions.first().map(|open| open.question);
        Some(match wish {
            Wish::Stop => Command::StopTurn,
            Wish::AskToDrive => Command::AskToDrive,
            Wish::HandOver(n) => Command::HandOver { to: person(n) },
            Wish::TakeLock => Command::TakeLock,
            Wish::Approve => vote(ballot?, Choice::Approve),
            Wish::Deny => vote(ballot?, deny("no")),
            Wish::Override => {
                let (ballot, verdict, reason) = (ballot?.ballot, Verdict::Approved, "go".to_owned());
                Command::Override { ballot, verdict, reason }
            }
            Wish::GoOn(n) => Command::GoOnWithoutVoter { ballot: ballot?.ballot, person: person(n) },
            Wish::Answer(n) => {
                let answers = [("key".to_owned(), vec![format!("answer {n}")])].into();
                Command::Answer { question: question?, answers }
            }
            Wish::Allow => {
                let permission = view.permissions.first()?.permission;
                Command::AnswerPermission { permission, answer: PermissionAnswer::Allow }
            }
            Wish::Withdraw(n) => {
                Command::WithdrawPrompt { prompt: view.queue.items.get(usize::from(n))?.prompt }
            }
            Wish::Accept(n) => {
                let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
                let open = view.suggestions.get(usize::from(n))?;
                let (suggestion, revision, delivery) = (open.suggestion, open.revision, Delivery::Queue);
                Command::AcceptSuggestion { suggestion, revision, prompt, turn, body: None, delivery }
            }
            Wish::Reword(n) => {
                let text = format!("rather {}", self.fresh());
                let suggestion = view.suggestions.get(usize::from(n))?.suggestion;
                Command::EditSuggestion { suggestion, body: PromptBody::text(text) }
            }
            Wish::Decline(n) => {
                let suggestion = view.suggestions.get(usize::from(n))?.suggestion;
                Command::DropSuggestion { suggestion, reason: None }
            }
            Wish::Release => Command::ReleaseQueue,
            Wish::Retry => {
                let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
                Command::Retry { broken: view.you.may.retry?, prompt, turn }
            }
            Wish::Pause => Command::Pause,
            Wish::Resume => Command::Resume,
            Wish::End => Command::End,
            Wish::Reopen => Command::Reopen,
        })
    }

    fn world(&mut self, person: PersonId, change: Change) {
        let guest = person != ADA && self.knows(person);
        match change {
            Change::Come if self.knows(person) => drop(self.come(person)),
            Change::Away => drop(self.away(person)),
            Change::Mute if guest => drop(self.mute(person)),
            Change::Unmute if guest => drop(self.unmute(person)),
            Change::Kick if guest => drop(self.banish(person, DropReason::Kicked)),
            Change::Observe if guest => drop(self.allow(person, Preset::Observer.rights())),
            Change::Admit if person != ADA => {
                self.admit(person, "Guest", Preset::Collaborator.rights());
                self.reconcile(&[]);
            }
            Change::AdmitGuest if person != ADA => {
                self.admit(person, "Guest", Preset::Guest.rights());
                self.reconcile(&[]);
            }
            Change::PlanFirst => drop(self.rule(|rules| rules.plan_first = !rules.plan_first)),
            Change::Consensus => drop(self.rule(|rules| rules.consensus = !rules.consensus)),
            Change::Restart => drop(self.restart()),
            Change::Come
            | Change::Mute
            | Change::Unmute
            | Change::Kick
            | Change::Observe
            | Change::Admit
            | Change::AdmitGuest => {}
        }
    }

    /// As a host would, with any one of what is owed.
    pub fn perform(&mut self, n: usize) {
        let owed = self.room.owed();
        let Some(effect) = owed.get(n % owed.len().max(1)) else {
            return;
        };
        let told = |card| Occurrence::AgentTold { card, with_reason: n.is_multiple_of(2) };
        let report = match effect {
            Effect::TakeNext { prompt } => {
                Occurrence::NextTaken { prompt: *prompt, turn: TurnId(self.fresh()) }
            }
            Effect::Begin { turn, .. } => Occurrence::TurnBegan { turn: *turn },
            Effect::Steer { prompt, turn, .. } => Occurrence::Steered { prompt: *prompt, turn: *turn },
            Effect::Cancel { turn } => {
                let ending = Ending::Stopped(StopReason::Cancelled);
                Occurrence::TurnOver { turn: *turn, ending }
            }
            Effect::TellPlan { ballot, .. } => told(CardId::Ballot(*ballot)),
            Effect::TellAnswers { question, .. } => told(CardId::Question(*question)),
            Effect::TellPermission { permission, .. } | Effect::TellRefusal { permission, .. } => {
                told(CardId::Permission(*permission))
            }
        };
        assert!(!self.see(report).is_empty(), "what is owed is taken out: {effect:?}");
    }

    fn act(&mut self, deed: Act) {
        let Some(turn) = self.room.turn().map(|turn| turn.turn) else {
            return;
        };
        match deed {
            Act::Plan(n) => drop(self.plan(&format!("plan {n}"))),
            Act::Question => {
                let (key, text) = ("key".to_owned(), String::new());
                self.question(&[QuestionField { key, text, options: vec![], many: false, optional: false }]);
            }
            Act::Permission => {
                let permission = PermissionId(self.fresh());
                let request = request(Some(self.at + Span::from_secs(200)));
                self.see(Occurrence::PermissionAsked { turn, permission, request });
            }
            Act::Tool => {
                let (item, call) = (ItemId(self.fresh()), ToolCall::default());
                self.see(Occurrence::ToolStarted { turn, item, call });
            }
            Act::Finish => drop(self.finish()),
            Act::Fail => drop(self.fail()),
            Act::Die => {
                let ending = Ending::Died { reason: "gone".to_owned(), detail: String::new() };
                self.see(Occurrence::TurnOver { turn, ending });
            }
            Act::TakeBack => {
                if let Some(open) = self.view(ADA).permissions.first() {
                    self.see(Occurrence::CardTakenBack { card: CardId::Permission(open.permission) });
                }
            }
        }
    }
}

fn vote(ballot: &BallotView, choice: Choice) -> Command {
    Command::Vote { ballot: ballot.ballot, plan: ballot.plan_hash.clone(), choice }
}
