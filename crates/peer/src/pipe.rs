//! A window's pipe to another host: frames pass unchanged, but for the proof in the hello. One pipe is
//! one pinned connection; the window's own link dials again.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use model::{HostKey, limits};
use wire::{Bye, ByeReason, CloseCode, Hello, Notification, Request};

use crate::PeerError;
use crate::fact::fact_of;
use crate::home::Home;
use crate::join::welcome_in;
use crate::line::{Line, LineEnd, Say, Sound};
use crate::link::World;
use crate::machine::{Chance, Fact, GivenUp, Input, KEY_CHANGED, Loss, Machine, Output, Reason, Stage};

/// How long a dial may take.
const PATIENCE: Duration = Duration::from_millis(limits::DIAL.0);
const TICK: Duration = Duration::from_millis(limits::LINK_TICK.0);

/// Goes to a known host in place of a window, whose hello had this id and named this client. Why it ends
/// is told in the window's own frames, and by the code of the close.
pub fn pipe(home: Home, host: HostKey, id: u64, client: String) -> Line {
    let (line, end) = Line::pair();
    tokio::spawn(async move {
        let world = World::of_this_machine();
        let sounds = end.sounds.clone();
        let last = match Opened::by(&home, host, (id, client), &world).await {
            Ok(opened) => opened.relay(&home, end, world).await,
            Err(error) => Some(refused(&error)),
        };
        let Some(LastWord { bye, code }) = last else { return };
        // A window that is gone needs no last word.
        if let Some(bye) = bye {
            sounds.send(Sound::Frame(wire::encode_notification(&Notification::Bye(bye)))).await.ok();
        }
        sounds.send(Sound::Closed(Some(code.number()))).await.ok();
    });
    line
}

struct LastWord {
    /// None when the host has said it itself.
    bye: Option<Bye>,
    code: CloseCode,
}

/// A connection that has said hello.
struct Opened {
    host: HostKey,
    line: Line,
    hello: u64,
    machine: Machine,
    network: BTreeSet<IpAddr>,
}

enum Event {
    Said(Option<Say>),
    Sound(Option<Sound>),
    Time,
}

impl Opened {
    async fn by(
        home: &Home,
        key: HostKey,
        (id, client): (u64, String),
        world: &World,
    ) -> Result<Self, PeerError> {
        let (host, auth) = home
            .apart(move |home| {
                let host = home.book.find(&key.0)?;
                let auth = home.auth(&host)?;
                Ok((host, auth))
            })
            .await?;
        let target = host.target()?;
        let late = |_| PeerError::Unreachable { tried: target.addresses.join(", ") };
        let line = tokio::time::timeout(PATIENCE, crate::dial(&target)).await.map_err(late)??;
        let hello = wire::encode_request(id, &Request::Hello(Hello { auth, client }));
        line.say.send(Say::Frame(hello)).await.map_err(|_| PeerError::Ended)?;
        let mut machine = Machine::new((world.clock)());
        machine.step(Input::Wanted, chance(world));
        machine.step(Input::Dialled, chance(world));
        Ok(Self { host: host.key, line, hello: id, machine, network: (world.network)() })
    }

    /// One frame at a time each way, so that a slow side slows the other and nothing piles up.
    async fn relay(mut self, home: &Home, mut end: LineEnd, world: World) -> Option<LastWord> {
        let mut unsaid = None;
        loop {
            let event = tokio::select! {
                sound = self.line.sounds.recv() => Event::Sound(sound),
                // A host that takes nothing may wait for us to take what it says.
                Ok(permit) = self.line.say.reserve(), if unsaid.is_some() => {
                    if let Some(say) = unsaid.take() {
                        permit.send(say);
                    }
                    continue;
                }
                said = end.said.recv(), if unsaid.is_none() => Event::Said(said),
                () = tokio::time::sleep(TICK) => Event::Time,
            };
            let input = match event {
                Event::Said(None) => return None,
                Event::Said(Some(say)) => {
                    unsaid = Some(say);
                    continue;
                }
                Event::Sound(Some(Sound::Frame(frame))) => {
                    let fact = fact_of(&frame, self.hello);
                    if fact == Fact::Welcome
                        && let Err(error) = self.note(home, &frame, &world).await
                    {
                        return Some(refused(&error));
                    }
                    end.sounds.send(Sound::Frame(frame)).await.ok()?;
                    Input::Heard(fact)
                }
                Event::Sound(Some(Sound::Bytes(bytes))) => {
                    end.sounds.send(Sound::Bytes(bytes)).await.ok()?;
                    Input::Heard(Fact::Sign)
                }
                Event::Sound(Some(Sound::Beat)) => Input::Heard(Fact::Sign),
                Event::Sound(Some(Sound::Closed(code))) => Input::Lost(Loss::Closed(code)),
                Event::Sound(None) => Input::Lost(Loss::Closed(None)),
                Event::Time => self.look(&world),
            };
            if let Some(last) = self.step(input, &world) {
                return Some(last);
            }
        }
    }

    /// The book learns what the host says of itself (PA5).
    async fn note(&self, home: &Home, frame: &str, world: &World) -> Result<(), PeerError> {
        let Some(welcome) = welcome_in(frame) else { return Ok(()) };
        let (key, now) = (self.host.clone(), (world.clock)());
        home.apart(move |home| home.welcomed(&key, &welcome, now)).await.map(|_| ())
    }

    fn look(&mut self, world: &World) -> Input {
        let network = (world.network)();
        if network == self.network {
            return Input::Tick;
        }
        self.network = network;
        Input::NetworkChanged
    }

    fn step(&mut self, input: Input, world: &World) -> Option<LastWord> {
        // What the host says itself, the window has.
        let told = match &input {
            Input::Heard(Fact::Bye(bye)) => Some(code_of(bye.reason)),
            Input::Heard(_) => Some(CloseCode::Unreachable),
            Input::Wanted
            | Input::Unwanted
            | Input::Dialled
            | Input::Lost(_)
            | Input::Tick
            | Input::Woken
            | Input::NetworkChanged => None,
        };
        for output in self.machine.step(input, chance(world)) {
            if output == Output::Ping {
                // A line with frames waiting needs no ping to show whether it lives.
                self.line.say.try_send(Say::Ping).ok();
            }
        }
        let last = match self.machine.stage() {
            Stage::Greeting { .. } | Stage::Consent { .. } | Stage::Live { .. } => return None,
            Stage::Over(given_up) => last_word(given_up),
            Stage::Idle | Stage::Dialling { .. } | Stage::Waiting { .. } => lost(),
        };
        Some(match told {
            Some(code) if last.code == CloseCode::Unreachable => LastWord { bye: None, code },
            Some(_) => LastWord { bye: None, ..last },
            None => last,
        })
    }
}

fn chance(world: &World) -> Chance {
    Chance { now: (world.clock)(), permille: 0 }
}

fn lost() -> LastWord {
    let message = "The connection to the host is lost. What you wrote is kept.".to_owned();
    LastWord { bye: Some(Bye { reason: ByeReason::Unreachable, message }), code: CloseCode::Unreachable }
}

fn last_word(given_up: &GivenUp) -> LastWord {
    let (reason, code) = match given_up.reason {
        Reason::Bye(reason) => (reason, code_of(reason)),
        Reason::Hello(_) => (ByeReason::Refused, CloseCode::NotPaired),
        Reason::Closed(code) => (reason_of(code), code),
        Reason::KeyChanged => (ByeReason::KeyChanged, CloseCode::KeyChanged),
        Reason::TurnedAway => (ByeReason::Version, CloseCode::Version),
    };
    LastWord { bye: Some(Bye { reason, message: given_up.message.clone() }), code }
}

/// Before there was a connection.
fn refused(error: &PeerError) -> LastWord {
    let (reason, code) = match error {
        PeerError::KeyChanged | PeerError::OtherKey { .. } => (ByeReason::KeyChanged, CloseCode::KeyChanged),
        PeerError::TurnedAway => (ByeReason::Version, CloseCode::Version),
        PeerError::Unreachable { .. } | PeerError::Ended | PeerError::Lock(_) | PeerError::Keyring(_) => {
            (ByeReason::Unreachable, CloseCode::Unreachable)
        }
        PeerError::GivenUp(_)
        | PeerError::CodeWrong
        | PeerError::NotTheOneSeen { .. }
        | PeerError::Call(_)
        | PeerError::Invite(_)
        | PeerError::LabelTaken { .. }
        | PeerError::Unknown { .. }
        | PeerError::Unclear { .. }
        | PeerError::NoCredential { .. }
        | PeerError::Full { .. }
        | PeerError::BookUnreadable { .. }
        | PeerError::BookNewer { .. }
        | PeerError::Identity(_) => (ByeReason::Refused, CloseCode::NotPaired),
    };
    let message = match error {
        PeerError::KeyChanged => KEY_CHANGED.to_owned(),
        other => other.to_string(),
    };
    LastWord { bye: Some(Bye { reason, message }), code }
}

const fn code_of(reason: ByeReason) -> CloseCode {
    match reason {
        ByeReason::Refused
        | ByeReason::Revoked
        | ByeReason::Kicked
        | ByeReason::Expired
        | ByeReason::Left => CloseCode::Revoked,
        ByeReason::BadFrame => CloseCode::BadFrame,
        ByeReason::HelloLate => CloseCode::HelloLate,
        ByeReason::Version => CloseCode::Version,
        ByeReason::Rate => CloseCode::Rate,
        ByeReason::HostStopping => CloseCode::HostStopping,
        ByeReason::Storage => CloseCode::Storage,
        ByeReason::KeyChanged => CloseCode::KeyChanged,
        ByeReason::Unreachable => CloseCode::Unreachable,
    }
}

const fn reason_of(code: CloseCode) -> ByeReason {
    match code {
        CloseCode::BadFrame => ByeReason::BadFrame,
        CloseCode::NotPaired => ByeReason::Refused,
        CloseCode::Revoked => ByeReason::Revoked,
        CloseCode::HelloLate => ByeReason::HelloLate,
        CloseCode::Version => ByeReason::Version,
        CloseCode::Rate => ByeReason::Rate,
        CloseCode::HostStopping => ByeReason::HostStopping,
        CloseCode::Storage => ByeReason::Storage,
        CloseCode::KeyChanged => ByeReason::KeyChanged,
        CloseCode::Unreachable => ByeReason::Unreachable,
    }
}
