use model::{ShareId, Timestamp, limits};

use crate::Code;

/// The host's one live code and what became of those before. It lives in memory alone: a code outlives
/// no restart, and nobody but the owner can restart a host.
#[derive(Debug, Default)]
pub struct Codes {
    current: Option<Current>,
    /// Codes used up by wrong tries since the last good one or the last rest.
    burnt: u8,
    rest_until: Option<Timestamp>,
    rounds: u64,
}

#[derive(Debug)]
struct Current {
    round: u64,
    share: ShareId,
    code: Code,
    until: Timestamp,
    tries: u8,
    missed: u8,
    outcome: Outcome,
}

/// One try at one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    round: u64,
    pub share: ShareId,
}

/// What the owner sees of the newest code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub share: ShareId,
    pub until: Timestamp,
    pub tries: u8,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody may type it.
    Waiting,
    /// Somebody has, and is in.
    Done,
    /// All tries were wrong.
    Burnt,
    Expired,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Too many wrong codes were tried. No new one for ten minutes; invites work as ever.")]
    Resting { until: Timestamp },
    #[error("This host shows no pairing code right now. Ask its owner for a fresh one.")]
    NoCode,
}

impl Codes {
    /// A fresh code for this share; it takes the place of one that is live.
    ///
    /// # Errors
    /// [`Refusal::Resting`].
    pub fn start(&mut self, share: ShareId, code: Code, now: Timestamp) -> Result<Timestamp, Refusal> {
        if let Some(until) = self.resting(now) {
            return Err(Refusal::Resting { until });
        }
        self.rounds += 1;
        let until = now + limits::PAIRING_CODE;
        let outcome = Outcome::Waiting;
        self.current = Some(Current { round: self.rounds, share, code, until, tries: 0, missed: 0, outcome });
        Ok(until)
    }

    /// No code any more; tries under way come to nothing.
    pub fn stop(&mut self) {
        self.current = None;
    }

    /// The live code, for the host's answer to a first message.
    ///
    /// # Errors
    /// [`Refusal::NoCode`]: none, too late, or all tries are taken.
    pub fn live(&self, now: Timestamp) -> Result<(&Code, Ticket), Refusal> {
        let live = self.current.as_ref().filter(|it| it.is_live(now) && it.tries < limits::PAIRING_ATTEMPTS);
        let live = live.ok_or(Refusal::NoCode)?;
        Ok((&live.code, Ticket { round: live.round, share: live.share }))
    }

    /// The host answers: the try counts, whatever becomes of it.
    pub fn count(&mut self, ticket: Ticket) {
        if let Some(current) = self.of(ticket) {
            current.tries += 1;
        }
    }

    /// The client's confirmation was right: the code is used up.
    ///
    /// # Errors
    /// [`Refusal::NoCode`]: it was stopped, replaced, used or too late meanwhile.
    pub fn succeed(&mut self, ticket: Ticket, now: Timestamp) -> Result<(), Refusal> {
        let current = self.of(ticket).filter(|it| it.is_live(now)).ok_or(Refusal::NoCode)?;
        current.outcome = Outcome::Done;
        self.burnt = 0;
        Ok(())
    }

    /// A wrong confirmation, or a client that went away.
    pub fn miss(&mut self, ticket: Ticket, now: Timestamp) {
        let Some(current) = self.of(ticket) else { return };
        current.missed += 1;
        if current.missed < limits::PAIRING_ATTEMPTS || current.outcome != Outcome::Waiting {
            return;
        }
        current.outcome = Outcome::Burnt;
        self.burnt += 1;
        if self.burnt >= limits::PAIRING_BURNT {
            self.burnt = 0;
            self.rest_until = Some(now + limits::PAIRING_REST);
        }
    }

    pub fn standing(&self, now: Timestamp) -> Option<Standing> {
        let current = self.current.as_ref()?;
        let outcome = match current.outcome {
            Outcome::Waiting if !current.is_live(now) => Outcome::Expired,
            outcome => outcome,
        };
        Some(Standing { share: current.share, until: current.until, tries: current.tries, outcome })
    }

    /// Until when no code can be started.
    pub fn resting(&self, now: Timestamp) -> Option<Timestamp> {
        self.rest_until.filter(|until| now < *until)
    }

    fn of(&mut self, ticket: Ticket) -> Option<&mut Current> {
        self.current.as_mut().filter(|current| current.round == ticket.round)
    }
}

impl Current {
    fn is_live(&self, now: Timestamp) -> bool {
        self.outcome == Outcome::Waiting && now < self.until
    }
}
