//! One client: the real machine of a link, the real conversation above it, and a small replica of the
//! session it follows.

use std::collections::{BTreeMap, BTreeSet};

use model::{CommandId, PersonId, RoomView, SessionId, Span, StreamId, Timestamp};
use peer::conversation::{Conversation, Heard};
use peer::machine::{Chance, Fact, Input, Loss, Machine, Output, Stage};
use peer::{HELLO_ID, fact_of};
use wire::{Auth, Failure, FailureCode, Hello, Kind, LoggedEvent, Notification, Reply, Request, Retry};

use super::line::{Arriving, Line};
use crate::random::Random;
use crate::reference::Fault;

/// How long a client waits before it sends again what time mends.
const PATIENCE: Span = Span(700);

pub(super) struct Client {
    pub name: &'static str,
    pub auth: Auth,
    pub credential: String,
    pub machine: Machine,
    pub line: Option<Line>,
    /// A dial under way, until then.
    pub dialling: Option<Timestamp>,
    pub lag: Span,
    pub offline_until: Timestamp,
    pub stalled_until: Timestamp,
    pub person: Option<PersonId>,
    pub session: Option<SessionId>,
    talk: Conversation,
    dice: Random,
    asked: BTreeMap<u64, Request>,
    again: Vec<(Timestamp, Request)>,
    pub answers: BTreeMap<CommandId, (Request, Result<Reply, Failure>)>,
    /// Commands of which the host did not know whether they were written down.
    pub in_doubt: BTreeSet<CommandId>,
    pub last: Option<Request>,
    pub replica: Replica,
    pub directory: Option<model::Directory>,
    /// The host has ended its subscription.
    pub gone: bool,
    follow_at: Option<Timestamp>,
    /// What is to be said again on this connection.
    later: Vec<(Timestamp, String)>,
}

/// The session as this client has it.
#[derive(Default)]
pub(super) struct Replica {
    pub events: BTreeMap<u64, LoggedEvent>,
    pub head: u64,
    pub view: Option<(u64, RoomView)>,
}

impl Client {
    pub fn new(name: &'static str, auth: Auth, (now, seed): (Timestamp, u64)) -> Self {
        Self {
            name,
            auth,
            credential: String::new(),
            machine: Machine::new(now),
            line: None,
            dialling: None,
            lag: Span(5),
            offline_until: Timestamp(0),
            stalled_until: Timestamp(0),
            person: None,
            session: None,
            talk: Conversation::default(),
            dice: Random::new(seed),
            asked: BTreeMap::new(),
            again: Vec::new(),
            answers: BTreeMap::new(),
            in_doubt: BTreeSet::new(),
            last: None,
            replica: Replica::default(),
            directory: None,
            gone: false,
            follow_at: None,
            later: Vec::new(),
        }
    }

    pub fn is_live(&self) -> bool {
        matches!(self.machine.stage(), Stage::Live { .. })
    }

    pub fn is_over(&self) -> bool {
        matches!(self.machine.stage(), Stage::Idle | Stage::Over(_))
    }

    /// Nothing is asked that has no answer yet.
    pub fn is_answered(&self) -> bool {
        self.follow_at.is_none() && self.later.is_empty() && self.asked.is_empty() && self.again.is_empty()
    }

    pub fn unanswered(&self) -> impl Iterator<Item = &Request> {
        self.asked.values().chain(self.again.iter().map(|(_, request)| request))
    }

    /// When its link has to look at the clock.
    pub fn next_due(&self) -> Option<Timestamp> {
        let line = self.line.as_ref().and_then(Line::next_due);
        [self.machine.deadline(), line, self.dialling].into_iter().flatten().min()
    }

    pub fn ask(&mut self, request: Request, now: Timestamp) {
        if let Kind::Command(_) = request.need().kind {
            self.last = Some(request.clone());
        }
        let (id, frame) = self.talk.ask(request.clone());
        self.asked.insert(id, request);
        if self.is_live() {
            self.say(frame, now);
        }
    }

    pub fn follow(&mut self, session: SessionId, now: Timestamp) {
        self.session = Some(session);
        (self.gone, self.follow_at) = (false, None);
        let stream = StreamId::Session(session);
        let cursor = self.talk.cursor(stream).cloned();
        self.ask(Request::Subscribe { stream, cursor }, now);
    }

    /// One input of the link, and whatever it wants done.
    pub fn step(&mut self, input: Input, now: Timestamp) {
        let was_live = self.is_live();
        let permille = u16::try_from(self.dice.below(1000)).unwrap_or_default();
        for output in self.machine.step(input, Chance { now, permille }) {
            match output {
                Output::HangUp => {
                    (self.line, self.dialling) = (None, None);
                    self.later.clear();
                }
                Output::Dial => self.dialling = Some(now + self.lag),
                Output::Hello => {
                    let hello = Hello { auth: self.auth.clone(), client: "sim".to_owned() };
                    self.say(wire::encode_request(HELLO_ID, &Request::Hello(hello)), now);
                }
                Output::Ping => {
                    let due = now + self.lag;
                    self.line.iter_mut().for_each(|line| line.ping(now, due));
                }
                Output::GiveUp(_) => {}
            }
        }
        if !was_live && self.is_live() {
            self.resume(now);
        }
    }

    fn resume(&mut self, now: Timestamp) {
        self.auth = match self.auth.clone() {
            Auth::Invite { credential, .. } => Auth::Device { credential },
            other => other,
        };
        for frame in self.talk.resume() {
            self.say(frame, now);
        }
        if self.gone || self.talk_lost_its_stream() {
            self.session.iter().copied().collect::<Vec<_>>().into_iter().for_each(|it| self.follow(it, now));
        }
    }

    /// A refused subscription is not said again by itself.
    fn talk_lost_its_stream(&self) -> bool {
        let Some(session) = self.session else { return false };
        let asks = |request: &Request| matches!(request, Request::Subscribe { .. });
        self.talk.cursor(StreamId::Session(session)).is_none() && !self.asked.values().any(asks)
    }

    fn say(&mut self, frame: String, now: Timestamp) {
        let due = now + self.lag;
        self.line.iter_mut().for_each(|line| line.say(frame.clone(), due));
    }

    pub fn tick(&mut self, now: Timestamp) {
        self.step(Input::Tick, now);
        let due: Vec<Request> =
            self.again.extract_if(.., |(due, _)| *due <= now).map(|(_, request)| request).collect();
        due.into_iter().for_each(|request| self.ask(request, now));
        let later: Vec<(Timestamp, String)> = self.later.extract_if(.., |(due, _)| *due <= now).collect();
        later.into_iter().for_each(|(_, frame)| self.say(frame, now));
        if let Some(session) = self.session.filter(|_| self.follow_at.is_some_and(|due| due <= now)) {
            self.follow(session, now);
        }
    }

    /// # Errors
    /// The host broke its word.
    pub fn hear(&mut self, arriving: &Arriving, now: Timestamp) -> Result<(), Fault> {
        match arriving {
            Arriving::Beat => self.step(Input::Heard(Fact::Sign), now),
            Arriving::Closed(code) => {
                self.line = None;
                self.step(Input::Lost(Loss::Closed(code.map(wire::CloseCode::number))), now);
            }
            Arriving::Frame(frame) => {
                self.note_welcome(frame);
                self.step(Input::Heard(fact_of(frame, HELLO_ID)), now);
                self.take(frame, now)?;
            }
        }
        Ok(())
    }

    fn note_welcome(&mut self, frame: &str) {
        let welcome = match wire::decode_host(frame) {
            Ok(wire::HostFrame::Reply { reply, .. }) => match *reply {
                Reply::Welcome(welcome) => welcome,
                _ => return,
            },
            Ok(wire::HostFrame::Notification(told)) => match *told {
                Notification::Welcome(welcome) => welcome,
                _ => return,
            },
            Ok(wire::HostFrame::Failed { .. }) | Err(_) => return,
        };
        self.person = Some(welcome.person);
    }

    fn take(&mut self, frame: &str, now: Timestamp) -> Result<(), Fault> {
        match self.talk.hear(frame) {
            Heard::Answer { id, answer } => self.answered(id, *answer, now),
            Heard::Told(told) => self.told(*told),
            // Frames arrive in order, so that nothing can be missed (LO2).
            Heard::Hole { .. } => Err(Fault(format!("LO2: {} was given a hole: {frame}", self.name))),
            Heard::Later { frame } => {
                self.later.push((now + PATIENCE, frame));
                Ok(())
            }
            Heard::Strange { .. } => Err(Fault(format!("{} was answered strangely: {frame}", self.name))),
            Heard::Nothing => Ok(()),
        }
    }

    fn answered(&mut self, id: u64, answer: Result<Reply, Failure>, now: Timestamp) -> Result<(), Fault> {
        let Some(request) = self.asked.remove(&id) else { return Ok(()) };
        let Some(command) = command_of(&request) else {
            self.followed(answer, now);
            return Ok(());
        };
        let first = self.answers.get(&command).filter(|(_, answer)| answer.is_ok());
        if let Some((_, Ok(first))) = first {
            // LO5: what was accepted stays so, and reads the same.
            let same = match &answer {
                Ok(again) => again == first,
                Err(failure) => says_nothing_of_it(failure.code),
            };
            if !same {
                return Err(Fault(format!("LO5: {request:?} got {first:?} and then {answer:?}")));
            }
            return Ok(());
        }
        if answer.as_ref().is_err_and(|failure| failure.code == FailureCode::Storage) {
            self.in_doubt.insert(command);
        }
        if answer.as_ref().is_err_and(|failure| failure.retry == Retry::After) {
            self.again.push((now + PATIENCE, request.clone()));
        }
        self.answers.insert(command, (request, answer));
        Ok(())
    }

    /// A subscription that time mends is said again.
    fn followed(&mut self, answer: Result<Reply, Failure>, now: Timestamp) {
        let Err(failure) = answer else { return };
        self.gone = true;
        if failure.retry == Retry::After {
            self.follow_at = Some(now + PATIENCE);
        }
    }

    fn told(&mut self, told: Notification) -> Result<(), Fault> {
        match told {
            Notification::Snapshot(snapshot) => {
                let first = snapshot.events.first().map_or(snapshot.cursor.seq + 1, |event| event.seq);
                if snapshot.whole || snapshot.replaced {
                    self.replica.events.clear();
                }
                self.replica.events.retain(|seq, _| *seq < first);
                self.replica.events.extend(snapshot.events.into_iter().map(|event| (event.seq, event)));
                self.replica.head = snapshot.cursor.seq;
                self.replica.view = snapshot.view.map(|view| (snapshot.cursor.seq, view));
            }
            Notification::Events { prev, events, .. } => {
                if prev != self.replica.head {
                    return Err(Fault(format!(
                        "LO2: {} is at {} and not at {prev}",
                        self.name, self.replica.head
                    )));
                }
                for event in events {
                    self.replica.next(self.name, event)?;
                }
            }
            Notification::View(shared) => {
                if shared.seq > self.replica.head {
                    return Err(Fault(format!("{} was shown a room of the future", self.name)));
                }
                self.replica.view = Some((shared.seq, shared.view));
            }
            Notification::Gone { .. } => self.gone = true,
            Notification::Directory(directory) => self.directory = Some(directory),
            Notification::Welcome(_)
            | Notification::Signal { .. }
            | Notification::Terminal { .. }
            | Notification::Files { .. }
            | Notification::Head(_)
            | Notification::Bye(_) => {}
        }
        Ok(())
    }

    /// All that is left when it begins anew with another invite.
    pub fn knock_with(&mut self, auth: Auth, now: Timestamp) {
        self.auth = auth;
        self.step(Input::Unwanted, now);
        self.step(Input::Wanted, now);
    }
}

/// Refusals that stand before the memory of what was accepted.
pub(super) fn says_nothing_of_it(code: FailureCode) -> bool {
    matches!(
        code,
        FailureCode::Storage
            | FailureCode::Forbidden
            | FailureCode::NotFound
            | FailureCode::RateLimited
            | FailureCode::HostStopping
    )
}

fn command_of(request: &Request) -> Option<CommandId> {
    match request.need().kind {
        Kind::Command(command) => Some(command),
        Kind::Connection | Kind::Query | Kind::Signal => None,
    }
}

impl Replica {
    fn next(&mut self, name: &str, event: LoggedEvent) -> Result<(), Fault> {
        if event.seq != self.head + 1 {
            return Err(Fault(format!("LO2: {name} got {} after {}", event.seq, self.head)));
        }
        self.head = event.seq;
        self.events.insert(event.seq, event);
        Ok(())
    }
}
