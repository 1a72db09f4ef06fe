//! Who speaks through the toolbox: one process of one agent, by the token it was started with (BA13).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{CardId, PlanVerdict, Question, SessionId, Span};
use ports::agent::{ServerReach, ToolServer, Toolbox};
use ports::chain;
use tokio::time::timeout;
use wire::Failure;

use crate::desk::fresh_secret;
use crate::host::Host;

/// An agent's process while it lives, and what it may do beside its own protocol: put a plan or a question to
/// the people of its session.
#[derive(Clone)]
pub struct Seat {
    host: Host,
    place: Place,
}

/// What an agent hears of what it has put to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nobody has decided it yet.
    Waiting,
    Plan(PlanVerdict),
    /// By the keys of the question's fields.
    Answers(BTreeMap<String, Vec<String>>),
    /// Nobody will decide it any more.
    Withdrawn,
}

/// Why a seat was not heard. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    #[error("No turn of yours runs, so nobody can be asked. Answer in words; people read that.")]
    NoTurn,
    #[error("Nothing can be put to people now: the turn is being stopped.")]
    Stopping,
    #[error(
        "There is nothing with this id that waits for people. Use the id that you were given in this turn."
    )]
    Unknown,
    #[error("The host can't do this now: {0}")]
    Host(Failure),
}

/// What is put to people.
pub(crate) enum Proposal {
    Plan(String),
    Question(Question),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub session: SessionId,
    pub generation: u64,
}

/// Everybody who may speak through the toolbox now, by the hash of their token.
#[derive(Default)]
pub(crate) struct Seats {
    taken: Mutex<BTreeMap<String, Taken>>,
}

struct Taken {
    place: Place,
    /// Its token was shown.
    reached: bool,
}

/// As long as this is held, its token opens the toolbox.
pub(crate) struct Seated {
    seats: Arc<Seats>,
    token: String,
}

impl Seats {
    /// A server of tools with a token of its own for this process.
    pub fn take(self: &Arc<Self>, toolbox: Toolbox, place: Place) -> Result<(ToolServer, Seated), Failure> {
        let token = fresh_secret()?;
        let hash = chain::hex_digest(token.as_bytes());
        self.all().insert(hash.clone(), Taken { place, reached: false });
        let Toolbox { mut server, token_in } = toolbox;
        if let ServerReach::Program { env, .. } = &mut server.reach {
            env.insert(token_in.to_owned(), token);
        }
        Ok((server, Seated { seats: Arc::clone(self), token: hash }))
    }

    fn of(&self, token: &str) -> Option<Place> {
        // Hashes are compared, so the time taken tells nothing of the token.
        let mut all = self.all();
        let taken = all.get_mut(&chain::hex_digest(token.as_bytes()))?;
        taken.reached = true;
        Some(taken.place)
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seated {
    /// Whether its process has ever come to the toolbox.
    pub fn is_reached(&self) -> bool {
        self.seats.all().get(&self.token).is_some_and(|taken| taken.reached)
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.seats.all().remove(&self.token);
    }
}

impl Host {
    /// Whose token this is, while their process lives.
    pub fn seat(&self, token: &str) -> Option<Seat> {
        let place = self.inner.shared.seats.of(token)?;
        Some(Seat { host: self.clone(), place })
    }
}

impl Seat {
    /// Puts a plan to the people; the ballot's id is the answer (BA1).
    ///
    /// # Errors
    /// When nobody can be asked now.
    pub async fn propose(&self, plan: String) -> Result<CardId, Unheard> {
        self.put(Proposal::Plan(plan)).await
    }

    /// # Errors
    /// When nobody can be asked now.
    pub async fn ask(&self, asked: Question) -> Result<CardId, Unheard> {
        self.put(Proposal::Question(asked)).await
    }

    /// Waits for the people, but not longer than this; then it is still [`Word::Waiting`].
    ///
    /// # Errors
    /// [`Unheard::Unknown`] where nothing with this id was put to people in this turn.
    pub async fn wait(&self, card: CardId, patience: Span) -> Result<Word, Unheard> {
        let session = self.host.session(self.place.session).await.map_err(Unheard::Host)?;
        let mut word = session.word(self.place.generation, card).await.map_err(Unheard::Host)??;
        let said = word.wait_for(|word| *word != Word::Waiting);
        let word = match timeout(std::time::Duration::from_millis(patience.0), said).await {
            Ok(Ok(word)) => word.clone(),
            // Its turn is over.
            Ok(Err(_)) => return Ok(Word::Withdrawn),
            Err(_) => return Ok(Word::Waiting),
        };
        session.heard(card).await;
        Ok(word)
    }

    async fn put(&self, proposal: Proposal) -> Result<CardId, Unheard> {
        let session = self.host.session(self.place.session).await.map_err(Unheard::Host)?;
        session.put(self.place.generation, proposal).await.map_err(Unheard::Host)?
    }
}
