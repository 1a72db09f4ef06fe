//! The steps of a plan, done.

use model::{
    AgentChoice, BallotView, Choice, CommandId, PermissionAnswer, Preset, QuestionView, RoomRules, RoomView,
    Span, Timestamp, Verdict,
};
use peer::machine::{Input, Loss};
use ports::clock::Ids;
use wire::{Auth, Reply, Request, ShareWish};

use super::laws::WORDS;
use super::plan::{Change, Jam, OWNER, PEOPLE, Plan, Step, Wish};
use super::stage::Stage;
use crate::reference::Fault;

type Checked = Result<(), Fault>;

/// How long the setting may take.
const SETTING: u32 = 400;
const ROUND: Span = Span(20);

impl Stage {
    /// The owner has a session and shares it with each guest.
    pub fn set(&mut self, plan: &Plan) -> Checked {
        let now = self.now;
        self.owner().step(Input::Wanted, now);
        let path = "/repositories/ledger".to_owned();
        let added = Request::AddRepository { command: self.command(), path };
        let Reply::Repository { repository } = self.answer(added)? else { return surprise("repository") };
        let name = "auth".to_owned();
        let created = Request::CreateWorkspace { command: self.command(), repository, name };
        let Reply::Workspace { workspace } = self.answer(created)? else { return surprise("workspace") };
        self.workspace = Some(workspace);
        let choice = AgentChoice::of("puppet");
        let opened = Request::OpenSession { command: self.command(), workspace, choice, title: None };
        let Reply::Session { session, .. } = self.answer(opened)? else { return surprise("session") };
        self.session = Some(session);
        for client in &mut self.clients {
            client.session = Some(session);
        }
        self.consensus = plan.consensus;
        self.owner().ask(Request::WatchDirectory, now);
        self.owner().follow(session, now);
        for (guest, preset) in (1..PEOPLE).zip(&plan.presets) {
            self.invite(guest, *preset);
        }
        self.pass(Span(500))
    }

    fn owner(&mut self) -> &mut super::client::Client {
        &mut self.clients[OWNER]
    }

    fn answer(&mut self, request: Request) -> Result<Reply, Fault> {
        let wire::Kind::Command(command) = request.need().kind else {
            return Err(Fault("the setting is made of commands".to_owned()));
        };
        let now = self.now;
        self.owner().ask(request, now);
        for _ in 0..SETTING {
            self.round(ROUND)?;
            if let Some((_, answer)) = self.owner().answers.get(&command) {
                return answer.clone().map_err(|failure| Fault(failure.to_string()));
            }
        }
        Err(Fault("the setting takes too long".to_owned()))
    }

    /// # Errors
    /// A law is broken.
    pub fn act(&mut self, step: &Step) -> Checked {
        self.trace.push(format!("{} {step:?}", self.now.0));
        let now = self.now;
        match step {
            Step::Pass { ms } => return self.pass(Span(*ms)),
            Step::Says { who, delivery } => {
                let text = self.words();
                let (command, Some(session)) = (self.command(), self.session) else { return Ok(()) };
                let delivery = *delivery;
                self.clients[*who]
                    .ask(Request::Prompt { command, session, text, delivery, images: vec![] }, now);
            }
            Step::Wants { who, wish } => {
                let command = self.command();
                if let Some(request) = self.wish(*who, *wish, command) {
                    self.clients[*who].ask(request, now);
                }
            }
            Step::Again { who } => {
                let client = &mut self.clients[*who];
                client.last.clone().into_iter().for_each(|last| client.ask(last, now));
            }
            Step::Door { guest, change } => self.change(*guest, *change),
            Step::Agent { deed } => self.players.does(*deed),
            Step::Kill { turns, down } => return self.kill_after(*turns, Span(*down)),
            Step::KillAtAppend { nth, side, down } => {
                self.disk.lay_trap(*nth, *side);
                self.down = Span(*down);
            }
            Step::Stops { down } => return self.stop(Span(*down)),
            Step::Jam { jam } => self.jam(*jam),
            Step::Lag { .. }
            | Step::Cut { .. }
            | Step::Stick { .. }
            | Step::Stall { .. }
            | Step::Offline { .. }
            | Step::Wakes { .. } => return self.disturb(step),
        }
        self.round(ROUND)
    }

    fn disturb(&mut self, step: &Step) -> Checked {
        let now = self.now;
        match step {
            Step::Lag { who, ms } => self.clients[*who].lag = Span(*ms),
            Step::Stall { who, ms } => self.clients[*who].stalled_until = now + Span(*ms),
            Step::Wakes { who } => self.clients[*who].step(Input::Woken, now),
            Step::Stick { who } => {
                self.clients[*who].line.iter_mut().for_each(super::line::Line::stick);
            }
            Step::Cut { who, up, down } => self.cut(*who, (*up, *down))?,
            Step::Offline { who, ms } => {
                self.clients[*who].offline_until = now + Span(*ms);
                self.cut(*who, (0, 0))?;
            }
            _ => {}
        }
        self.round(ROUND)
    }

    fn cut(&mut self, who: usize, (up, down): (usize, usize)) -> Checked {
        let now = self.now;
        let client = &mut self.clients[who];
        let Some(line) = client.line.take() else { return Ok(()) };
        for arriving in line.break_off(up, down) {
            client.hear(&arriving, now)?;
        }
        client.line = None;
        client.step(Input::Lost(Loss::Closed(None)), now);
        Ok(())
    }

    fn jam(&mut self, jam: Jam) {
        let detail = "no room".to_owned();
        match jam {
            Jam::AnswerLost => self.disk.lose_next_answer(),
            Jam::Refused => self.disk.fail_next(ports::event_store::StoreError::Unavailable { detail }),
            Jam::Full => {
                self.disk.fail_every(ports::event_store::StoreError::Full);
                self.full_until = Some(self.now + Span(3000));
            }
        }
    }

    pub fn words(&self) -> String {
        format!("{WORDS}{}", self.chance.fresh())
    }

    pub fn invite(&mut self, guest: usize, preset: Preset) {
        let Some(workspace) = self.workspace else { return };
        let command = self.command();
        let rules = RoomRules { consensus: self.consensus, ..RoomRules::default() };
        let terms =
            ShareWish { rules: Some(rules), consent: false, ..ShareWish::of(vec![workspace], preset) };
        self.invited.insert(command, guest);
        let now = self.now;
        self.owner().ask(Request::MintShare { command, terms }, now);
    }

    /// Whoever was invited comes.
    pub fn hand_out_invites(&mut self) {
        let answered = &self.clients[OWNER].answers;
        let minted = |(command, guest): (&CommandId, &usize)| match answered.get(command) {
            Some((_, Ok(Reply::Minted { invite, .. }))) => Some((*command, *guest, invite.code.clone())),
            _ => None,
        };
        let ready: Vec<(CommandId, usize, String)> = self.invited.iter().filter_map(minted).collect();
        let now = self.now;
        for (command, guest, code) in ready {
            self.invited.remove(&command);
            let Some((id, secret)) = code.split_once(' ') else { continue };
            let (Ok(invite), client) = (id.parse(), &mut self.clients[guest]) else { continue };
            let (credential, name) = (client.credential.clone(), client.name.to_owned());
            client.knock_with(Auth::Invite { invite, secret: secret.to_owned(), credential, name }, now);
        }
    }

    /// The owner lets in whoever knocks.
    pub fn open_the_door(&mut self) {
        let now = self.now;
        let directory = self.owner().directory.as_ref();
        let knocks: Vec<_> =
            directory.into_iter().flat_map(|directory| &directory.knocks).map(|knock| knock.knock).collect();
        for knock in knocks {
            if self.admitted.insert(knock) {
                let command = self.command();
                self.owner().ask(Request::Admit { command, knock }, now);
            }
        }
    }

    fn change(&mut self, guest: usize, change: Change) {
        if let Change::Invite(preset) = change {
            return self.invite(guest, preset);
        }
        let (command, now) = (self.command(), self.now);
        let Some(person) = self.clients[guest].person else { return };
        let Some((share, _)) = self.laws.door.shares_of(person).next() else { return };
        let request = match change {
            Change::Mute => Request::Mute { command, share, person },
            Change::Unmute => Request::Unmute { command, share, person },
            Change::Kick => Request::Kick { command, share, person },
            Change::Revoke => Request::RevokePerson { command, person },
            Change::StopShare => Request::StopShare { command, share },
            Change::Edit(preset) => Request::EditShare { command, share, terms: self.terms(preset, None) },
            Change::Ends(ms) => {
                let preset = Preset::Collaborator;
                let terms = self.terms(preset, Some(now + Span(ms)));
                Request::EditShare { command, share, terms }
            }
            Change::Invite(_) => return,
        };
        self.owner().ask(request, now);
    }

    fn terms(&self, preset: Preset, expires_at: Option<Timestamp>) -> ShareWish {
        let workspaces = self.workspace.into_iter().collect();
        let rules = RoomRules { consensus: self.consensus, ..RoomRules::default() };
        ShareWish { rules: Some(rules), consent: false, expires_at, ..ShareWish::of(workspaces, preset) }
    }

    /// What somebody asks for, by what they see.
    fn wish(&self, who: usize, wish: Wish, command: CommandId) -> Option<Request> {
        let session = self.session?;
        let view = &self.clients[who].replica.view.as_ref()?.1;
        let (ballot, question) = (view.ballots.first(), view.questions.first());
        let (prompt, suggestion) = (view.queue.items.first(), view.suggestions.first());
        let reason = "too big".to_owned();
        Some(match wish {
            Wish::Approve => vote(ballot?, Choice::Approve, command, session),
            Wish::Deny => vote(ballot?, Choice::Deny { reason }, command, session),
            Wish::Override => {
                let (ballot, verdict) = (ballot?.ballot, Verdict::Approved);
                Request::OverrideBallot { command, session, ballot, verdict, reason }
            }
            Wish::GoOn => return go_on(ballot, question, command, session),
            Wish::Answer => {
                let answers = [("drink".to_owned(), vec!["tea".to_owned()])].into();
                Request::Answer { command, session, question: question?.question, answers }
            }
            Wish::Allow => {
                let permission = view.permissions.first()?.permission;
                Request::AnswerPermission { command, session, permission, answer: PermissionAnswer::Allow }
            }
            Wish::Stop => Request::StopTurn { command, session },
            Wish::Withdraw => Request::WithdrawPrompt { command, session, prompt: prompt?.prompt },
            Wish::Edit => {
                Request::EditPrompt { command, session, prompt: prompt?.prompt, text: self.words() }
            }
            Wish::Release => Request::ReleaseQueue { command, session },
            Wish::Retry => Request::RetryTurn { command, session, turn: view.you.may.retry? },
            Wish::TakeLock => Request::TakeLock { command, session },
            Wish::AskToDrive => Request::AskToDrive { command, session },
            Wish::HandOver => Request::HandOver { command, session, to: another(view)? },
            Wish::Accept => Request::AcceptSuggestion {
                command,
                session,
                suggestion: suggestion?.suggestion,
                revision: suggestion?.revision,
                text: None,
                delivery: model::Delivery::Queue,
            },
            Wish::Reword => {
                let suggestion = suggestion?.suggestion;
                Request::EditSuggestion { command, session, suggestion, text: self.words() }
            }
            Wish::Decline => {
                let suggestion = suggestion?.suggestion;
                Request::DropSuggestion { command, session, suggestion, reason: None }
            }
            Wish::Pause => Request::PauseSession { command, session },
            Wish::Resume => Request::ResumeSession { command, session },
            Wish::End => Request::EndSession { command, session },
            Wish::Reopen => Request::ReopenSession { command, session },
            Wish::Rename => Request::RenameSession { command, session, title: self.words() },
        })
    }
}

fn vote(ballot: &BallotView, choice: Choice, command: CommandId, session: model::SessionId) -> Request {
    Request::Vote { command, session, ballot: ballot.ballot, plan: ballot.plan_hash.clone(), choice }
}

fn go_on(
    ballot: Option<&BallotView>,
    question: Option<&QuestionView>,
    command: CommandId,
    session: model::SessionId,
) -> Option<Request> {
    let without = |open: &BallotView| {
        let person = *open.waiting_for.first()?;
        Some(Request::GoOnWithoutVoter { command, session, ballot: open.ballot, person })
    };
    ballot.and_then(without).or_else(|| {
        let (open, person) = (question?, *question?.waiting_for.first()?);
        Some(Request::GoOnWithoutAnswer { command, session, question: open.question, person })
    })
}

fn another(view: &RoomView) -> Option<model::PersonId> {
    view.roster.iter().map(|one| one.person).find(|person| *person != view.you.person)
}

fn surprise(wanted: &str) -> Checked {
    Err(Fault(format!("the setting has no {wanted}")))
}
