//! The life of a link to one host, as a value. It knows no clock, no socket and no task: time and
//! chance come in with each input. `src-ui/src/link/machine.ts` is its twin in a window.

use model::{Span, Timestamp, limits};
use wire::{Bye, ByeReason, CloseCode, Failure, FailureCode, Retry};

/// Where a link is. Times are the caller's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody wants it.
    Idle,
    /// `attempt` counts from 1 since the host was last heard.
    Dialling { attempt: u32, deadline: Timestamp },
    /// The connection is open, the hello is sent.
    Greeting { attempt: u32, deadline: Timestamp },
    /// The owner has been asked to let this person in.
    Consent { silent_at: Timestamp },
    /// Lost unless something is heard before `silent_at`.
    Live { silent_at: Timestamp },
    /// Dialled again at `until`; `attempt` have failed.
    Waiting { attempt: u32, until: Timestamp },
    /// Not dialled again: time does not mend it (PA9).
    Over(GivenUp),
}

/// Why a link gave up, and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    pub reason: Reason,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The host said goodbye for good.
    Bye(ByeReason),
    /// The host refused the hello.
    Hello(FailureCode),
    /// The host closed the socket for good, without a word.
    Closed(CloseCode),
    /// Who answers has another key than the host that was paired, or can't prove to have it (PA5).
    KeyChanged,
    /// The host has the right key and refuses the upgrade.
    TurnedAway,
}

/// What happened to the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Wanted,
    Unwanted,
    /// The connection is open: TLS to the right key, and the upgrade.
    Dialled,
    Lost(Loss),
    Heard(Fact),
    /// At least every [`limits::LINK_TICK`], and at the deadline.
    Tick,
    /// The machine woke up, or a person looks.
    Woken,
    NetworkChanged,
}

/// How a dial failed or a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    Unreachable,
    KeyChanged,
    TurnedAway,
    /// With the code of the close, if there was one.
    Closed(Option<u16>),
}

/// What a frame of the host says about the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Welcome,
    Waiting,
    HelloFailed(Failure),
    Bye(Bye),
    /// Any other frame, or a beat.
    Sign,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    HangUp,
    Dial,
    Hello,
    Ping,
    GiveUp(GivenUp),
}

/// What an input comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    pub now: Timestamp,
    /// 0 to 999, evenly: how much of a wait's half is cut.
    pub permille: u16,
}

/// One host, dialled for as long as it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    stage: Stage,
    looked: Timestamp,
}

impl Machine {
    pub fn new(now: Timestamp) -> Self {
        Self { stage: Stage::Idle, looked: now }
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// When `Tick` is due, if nothing else happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Dialling { deadline, .. } | Stage::Greeting { deadline, .. } => Some(deadline),
            Stage::Consent { silent_at } | Stage::Live { silent_at } => Some(silent_at),
            Stage::Waiting { until, .. } => Some(until),
            Stage::Idle | Stage::Over(_) => None,
        }
    }

    pub fn step(&mut self, input: Input, chance: Chance) -> Vec<Output> {
        match input {
            Input::Wanted => self.wanted(chance),
            Input::Unwanted => self.rest(),
            Input::Dialled => self.dialled(chance),
            Input::Lost(loss) => self.lost(loss, chance),
            Input::Heard(fact) => self.heard(fact, chance),
            Input::Tick => self.tick(chance),
            Input::Woken | Input::NetworkChanged => self.doubt(chance),
        }
    }

    fn wanted(&mut self, chance: Chance) -> Vec<Output> {
        match self.stage {
            Stage::Idle | Stage::Over(_) => self.dial(1, chance),
            Stage::Waiting { attempt, .. } => self.dial(attempt + 1, chance),
            Stage::Dialling { .. } | Stage::Greeting { .. } | Stage::Consent { .. } | Stage::Live { .. } => {
                Vec::new()
            }
        }
    }

    fn rest(&mut self) -> Vec<Output> {
        self.stage = Stage::Idle;
        vec![Output::HangUp]
    }

    fn dial(&mut self, attempt: u32, Chance { now, .. }: Chance) -> Vec<Output> {
        self.looked = now;
        self.stage = Stage::Dialling { attempt, deadline: now + limits::DIAL };
        vec![Output::HangUp, Output::Dial]
    }

    fn dialled(&mut self, Chance { now, .. }: Chance) -> Vec<Output> {
        let Stage::Dialling { attempt, .. } = self.stage else { return Vec::new() };
        self.stage = Stage::Greeting { attempt, deadline: now + limits::DIAL };
        vec![Output::Hello]
    }

    fn heard(&mut self, fact: Fact, chance: Chance) -> Vec<Output> {
        let silent_at = chance.now + limits::SILENCE;
        match (&self.stage, fact) {
            (Stage::Idle | Stage::Dialling { .. } | Stage::Waiting { .. } | Stage::Over(_), _) => Vec::new(),
            (_, Fact::Bye(bye)) => self.told_to_go(bye, chance),
            (Stage::Greeting { .. } | Stage::Consent { .. }, Fact::HelloFailed(failure)) => {
                self.hello_failed(failure, chance)
            }
            (Stage::Greeting { .. } | Stage::Consent { .. }, Fact::Welcome) => {
                self.go(Stage::Live { silent_at })
            }
            (Stage::Greeting { .. }, Fact::Waiting) => self.go(Stage::Consent { silent_at }),
            // Signs of life before the answer to hello do not stand for it.
            (Stage::Greeting { .. }, Fact::Sign) => Vec::new(),
            (Stage::Consent { .. }, Fact::Waiting | Fact::Sign) => self.go(Stage::Consent { silent_at }),
            (Stage::Live { .. }, Fact::Welcome | Fact::Waiting | Fact::HelloFailed(_) | Fact::Sign) => {
                self.go(Stage::Live { silent_at })
            }
        }
    }

    fn go(&mut self, stage: Stage) -> Vec<Output> {
        self.stage = stage;
        Vec::new()
    }

    fn told_to_go(&mut self, Bye { reason, message }: Bye, chance: Chance) -> Vec<Output> {
        if is_final(reason) {
            return self.give_up(Reason::Bye(reason), message);
        }
        self.wait(chance)
    }

    fn hello_failed(&mut self, failure: Failure, chance: Chance) -> Vec<Output> {
        match failure.retry {
            Retry::After => self.wait(chance),
            Retry::Never | Retry::AfterChange => self.give_up(Reason::Hello(failure.code), failure.message),
        }
    }

    fn lost(&mut self, loss: Loss, chance: Chance) -> Vec<Output> {
        match self.stage {
            Stage::Idle | Stage::Waiting { .. } | Stage::Over(_) => return Vec::new(),
            Stage::Dialling { .. } | Stage::Greeting { .. } | Stage::Consent { .. } | Stage::Live { .. } => {}
        }
        match loss {
            Loss::Unreachable => self.wait(chance),
            Loss::KeyChanged => self.give_up(Reason::KeyChanged, KEY_CHANGED.to_owned()),
            Loss::TurnedAway => self.give_up(Reason::TurnedAway, TURNED_AWAY.to_owned()),
            Loss::Closed(number) => {
                let code = number.and_then(|number| CloseCode::ALL.iter().find(|it| it.number() == number));
                match code {
                    Some(code) if !code.worth_retrying() => {
                        self.give_up(Reason::Closed(*code), closed_with(*code).to_owned())
                    }
                    Some(_) | None => self.wait(chance),
                }
            }
        }
    }

    fn tick(&mut self, chance: Chance) -> Vec<Output> {
        let (before, now) = (self.looked, chance.now);
        self.looked = now;
        // A clock that was set back would else make a dead link look alive for long.
        let jumped = now - before >= limits::SLEPT || before - now >= limits::SLEPT;
        let due = self.deadline().is_some_and(|deadline| now >= deadline);
        match (due, jumped, &self.stage) {
            (true, _, Stage::Waiting { attempt, .. }) => self.dial(attempt + 1, chance),
            (true, true, _) => self.dial(1, chance),
            (true, false, _) => self.wait(chance),
            (false, true, _) => self.doubt(chance),
            (false, false, _) => Vec::new(),
        }
    }

    /// What was true a moment ago may be so no longer.
    fn doubt(&mut self, chance: Chance) -> Vec<Output> {
        self.looked = chance.now;
        let soon = chance.now + limits::PULSE;
        match &mut self.stage {
            Stage::Idle | Stage::Over(_) => Vec::new(),
            Stage::Dialling { attempt, .. } | Stage::Greeting { attempt, .. } => {
                let attempt = *attempt;
                self.dial(attempt, chance)
            }
            Stage::Waiting { attempt, .. } => {
                let attempt = *attempt + 1;
                self.dial(attempt, chance)
            }
            Stage::Consent { silent_at } | Stage::Live { silent_at } => {
                *silent_at = soon.min(*silent_at);
                vec![Output::Ping]
            }
        }
    }

    fn wait(&mut self, chance: Chance) -> Vec<Output> {
        let attempt = match self.stage {
            Stage::Dialling { attempt, .. } | Stage::Greeting { attempt, .. } => attempt,
            Stage::Waiting { attempt, .. } => attempt,
            Stage::Idle | Stage::Consent { .. } | Stage::Live { .. } | Stage::Over(_) => 1,
        };
        self.stage = Stage::Waiting { attempt, until: chance.now + backoff(attempt, chance.permille) };
        vec![Output::HangUp]
    }

    fn give_up(&mut self, reason: Reason, message: String) -> Vec<Output> {
        let given_up = GivenUp { reason, message };
        self.stage = Stage::Over(given_up.clone());
        vec![Output::HangUp, Output::GiveUp(given_up)]
    }
}

/// 1, 2, 4 … 30 s, each cut by up to a half, so that a crowd does not come back as one (PA9).
pub fn backoff(attempt: u32, permille: u16) -> Span {
    let doublings = attempt.saturating_sub(1).min(10);
    let whole = (limits::RETRY_FIRST.0 << doublings).min(limits::RETRY_LONGEST.0);
    Span(whole - whole * u64::from(permille.min(999)) / 2000)
}

/// Only what time can mend is dialled again (PA9).
const fn is_final(reason: ByeReason) -> bool {
    match reason {
        ByeReason::Refused
        | ByeReason::Revoked
        | ByeReason::Kicked
        | ByeReason::Expired
        | ByeReason::Left
        | ByeReason::BadFrame
        | ByeReason::Version
        | ByeReason::KeyChanged => true,
        ByeReason::HelloLate
        | ByeReason::Rate
        | ByeReason::HostStopping
        | ByeReason::Storage
        | ByeReason::Unreachable => false,
    }
}

const fn closed_with(code: CloseCode) -> &'static str {
    match code {
        CloseCode::BadFrame => "The host did not understand this program. Update the older of the two.",
        CloseCode::NotPaired => "The host does not know this device any more. Ask its owner for an invite.",
        CloseCode::Revoked => "The owner has ended this share with you.",
        CloseCode::Version => "The host and this program have no version in common. Update the older side.",
        CloseCode::KeyChanged => KEY_CHANGED,
        CloseCode::HelloLate
        | CloseCode::Rate
        | CloseCode::HostStopping
        | CloseCode::Storage
        | CloseCode::Unreachable => "",
    }
}

/// PA5: said in words, and nothing is overwritten.
pub const KEY_CHANGED: &str = "Whoever answers at this host's address has another key than the host you paired \
     with, so nothing was sent to it. Either somebody stands between you, or the host was set up anew. Ask its \
     owner, not over this connection. If they made a new key, forget the host and join with a fresh invite.";
const TURNED_AWAY: &str =
    "The host answered, and does not take programs like this one. Update the older of the two.";

#[cfg(test)]
mod tests;
