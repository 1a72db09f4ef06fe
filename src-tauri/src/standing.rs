//! How things stand on this host, from the frames that every client of its owner gets. The tray shows it, and it
//! decides what closing the window means.

use model::{Directory, SessionStatus};
use serde::Serialize;

/// What is going on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Sessions that wait for a person.
    pub needs_you: usize,
    pub running: usize,
    /// People who wait to be let in.
    pub knocks: usize,
    /// People other than the owner who are connected; asked for only where it matters.
    pub guests: usize,
    /// Shells in which something can run; asked for only where it matters.
    pub terminals: usize,
}

/// What of it is worth a glance: what waits for a person comes before what does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    NeedsYou,
    Running,
    Idle,
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    Quit,
    Ask,
    /// Nobody can be asked, and nothing may be lost: the window goes, the work goes on.
    KeepRunning,
}

/// Whether there is a page to ask in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ear {
    Listening,
    Deaf,
}

impl Standing {
    pub fn of(directory: &Directory) -> Self {
        let count =
            |wanted| directory.sessions.iter().filter(|session| is_like(session.status, wanted)).count();
        Self {
            needs_you: count(Sign::NeedsYou),
            running: count(Sign::Running),
            knocks: directory.knocks.len(),
            guests: 0,
            terminals: 0,
        }
    }

    pub fn sign(&self) -> Sign {
        match self {
            Self { needs_you: 0, knocks: 0, running: 0, .. } => Sign::Idle,
            Self { needs_you: 0, knocks: 0, .. } => Sign::Running,
            Self { .. } => Sign::NeedsYou,
        }
    }

    /// DT3. Somebody at the door can knock again: that alone keeps no program.
    pub fn closing(&self, ear: Ear) -> Closing {
        match (self.needs_you + self.running + self.guests + self.terminals, ear) {
            (0, _) => Closing::Quit,
            (_, Ear::Listening) => Closing::Ask,
            (_, Ear::Deaf) => Closing::KeepRunning,
        }
    }

    /// One line for the tray.
    pub fn words(&self) -> String {
        let parts = [
            (self.needs_you > 0).then(|| format!("{} waiting for you", self.needs_you)),
            (self.knocks > 0).then(|| format!("{} at the door", self.knocks)),
            (self.running > 0).then(|| format!("{} running", self.running)),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        if said.is_empty() { "Nothing is running".to_owned() } else { said.join(", ") }
    }
}

fn is_like(status: SessionStatus, sign: Sign) -> bool {
    let its = match status {
        SessionStatus::NeedsYou => Sign::NeedsYou,
        SessionStatus::Running | SessionStatus::NeedsOthers => Sign::Running,
        SessionStatus::Interrupted | SessionStatus::Idle | SessionStatus::Ended | SessionStatus::Broken => {
            Sign::Idle
        }
    };
    its == sign
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(needs_you: usize, running: usize, knocks: usize, guests: usize) -> Standing {
        Standing { needs_you, running, knocks, guests, terminals: 0 }
    }

    #[test]
    fn dt2_what_waits_for_a_person_is_shown_before_what_runs() {
        assert_eq!(standing(0, 0, 0, 3).sign(), Sign::Idle);
        assert_eq!(standing(0, 2, 0, 0).sign(), Sign::Running);
        assert_eq!(standing(1, 2, 0, 0).sign(), Sign::NeedsYou);
        assert_eq!(standing(0, 2, 1, 0).sign(), Sign::NeedsYou);
        assert_eq!(standing(1, 2, 1, 0).words(), "1 waiting for you, 1 at the door, 2 running");
        assert_eq!(standing(0, 0, 0, 1).words(), "Nothing is running");
    }

    #[test]
    fn dt3_closing_quits_at_rest_and_asks_while_agents_work_or_guests_are_inside() {
        for ear in [Ear::Listening, Ear::Deaf] {
            assert_eq!(standing(0, 0, 0, 0).closing(ear), Closing::Quit);
            assert_eq!(standing(0, 0, 2, 0).closing(ear), Closing::Quit);
        }
        let shell = Standing { terminals: 1, ..Standing::default() };
        for busy in [standing(1, 0, 0, 0), standing(0, 1, 0, 0), standing(0, 0, 0, 1), shell] {
            assert_eq!(busy.closing(Ear::Listening), Closing::Ask);
            assert_eq!(busy.closing(Ear::Deaf), Closing::KeepRunning);
        }
    }

    #[test]
    fn dt2_each_session_counts_by_what_its_room_says() {
        let all = [
            ("needs_you", standing(1, 0, 0, 0)),
            ("running", standing(0, 1, 0, 0)),
            ("interrupted", standing(0, 0, 0, 0)),
            ("idle", standing(0, 0, 0, 0)),
            ("ended", standing(0, 0, 0, 0)),
            ("broken", standing(0, 0, 0, 0)),
        ];
        for (status, expected) in all {
            assert_eq!(Standing::of(&directory(status)), expected, "{status}");
        }
    }

    fn directory(status: &str) -> Directory {
        let id = "018f0000-0000-7000-8000-000000000001";
        let session = serde_json::json!({
            "session": id, "workspace": id, "number": 1, "handle": "018f", "title": "A", "state": "active",
            "status": status, "needs": 0, "queued": 0, "head": 1, "updated_at": 0,
        });
        let directory = serde_json::json!({
            "repositories": [], "workspaces": [], "sessions": [session], "live_shares": 0, "knocks": [],
        });
        serde_json::from_value(directory).unwrap()
    }
}
