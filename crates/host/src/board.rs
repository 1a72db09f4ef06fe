use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use model::{PersonId, SessionId, SessionState, SessionStatus, Spending, Timestamp, Usage};
use room::{Room, Wanted};
use tokio::sync::watch;

/// What the directory shows of each live session; every session writes its own line.
#[derive(Default)]
pub(crate) struct Board {
    lines: Mutex<BTreeMap<SessionId, Line>>,
    changed: watch::Sender<u64>,
}

/// What of a room the directory shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    pub title: String,
    pub state: SessionState,
    /// For a reader nobody waits for.
    pub status: SessionStatus,
    pub wanted: Vec<Wanted>,
    pub queued: u32,
    /// A turn has the session.
    pub busy: bool,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub summary: Summary,
    pub spending: Spending,
    pub head: u64,
    pub updated_at: Timestamp,
}

impl Board {
    pub fn write(&self, session: SessionId, line: Line) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let before = lines.insert(session, line.clone());
        drop(lines);
        if before.is_none_or(|before| before.summary != line.summary) {
            self.changed.send_modify(|version| *version += 1);
        }
    }

    pub fn wipe(&self, session: SessionId) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).remove(&session);
        self.changed.send_modify(|version| *version += 1);
    }

    pub fn lines(&self) -> BTreeMap<SessionId, Line> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What these people's turns took in these sessions (AG7).
    pub fn taken(&self, people: &BTreeSet<PersonId>, counts: impl Fn(SessionId) -> bool) -> Usage {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = lines.iter().filter(|(session, _)| counts(**session));
        let all = counted.flat_map(|(_, line)| &line.spending.spent);
        let theirs = all.filter(|spent| people.contains(&spent.person));
        theirs.fold(Usage::default(), |sum, spent| sum.and(spent.usage))
    }

    pub fn bell(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

impl Line {
    /// Of a session whose log can't be read.
    pub fn broken(now: Timestamp) -> Self {
        let (state, status) = (SessionState::Active, SessionStatus::Broken);
        let (title, wanted, tags) = (String::new(), Vec::new(), Vec::new());
        let summary = Summary { title, state, status, wanted, queued: 0, busy: false, tags };
        Self { summary, spending: Spending::default(), head: 0, updated_at: now }
    }
}

impl Summary {
    pub fn of(room: &Room) -> Self {
        Self {
            title: room.title().to_owned(),
            state: room.state(),
            status: room.status(),
            wanted: room.wanted(),
            queued: room.queued(),
            busy: room.turn().is_some(),
            tags: room.tags().to_vec(),
        }
    }
}
