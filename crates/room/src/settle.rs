use model::{DriverReason, Event, HoldReason, Timestamp};

use crate::room::Room;
use crate::turn::Phase;

/// What follows from a state. Empty when nothing does.
type Rule = fn(&Room) -> Vec<Event>;

/// First match first; after each the state is another, and the first rule is asked again.
const RULES: [Rule; 9] = [
    Room::drop_lost_voters,
    Room::settle_ballot,
    Room::settle_questions,
    Room::move_lost_lock,
    Room::cancel_lost_prompts,
    Room::drop_lost_suggestions,
    Room::stop_lost_turn,
    Room::hold_or_release,
    Room::notice_spent_budget,
];

impl Room {
    /// The events and all that follows from them, found by applying them to a copy.
    pub(crate) fn settle(&self, events: Vec<Event>, at: Timestamp) -> Vec<Event> {
        if events.is_empty() {
            return events;
        }
        self.follow(events, at, |room| room.consequences())
    }

    /// As `settle`, for what time alone brings.
    pub(crate) fn strike(&self, at: Timestamp) -> Vec<Event> {
        self.follow(vec![], at, |room| {
            let follows = room.consequences();
            if follows.is_empty() { room.lapse(at) } else { follows }
        })
    }

    fn follow(
        &self,
        mut events: Vec<Event>,
        at: Timestamp,
        next: impl Fn(&Self) -> Vec<Event>,
    ) -> Vec<Event> {
        let mut room = self.clone();
        let mut applied = 0;
        loop {
            for event in &events[applied..] {
                room.apply(event, at);
            }
            applied = events.len();
            events.extend(next(&room));
            if events.len() == applied {
                return events;
            }
        }
    }

    pub(crate) fn consequences(&self) -> Vec<Event> {
        RULES.iter().map(|rule| rule(self)).find(|events| !events.is_empty()).unwrap_or_default()
    }

    /// Leaving, mute, kick, revoke and expiry drop at once; the owner stays (BA5, QN2).
    fn drop_lost_voters(&self) -> Vec<Event> {
        let owner = self.session.owner;
        let others = self.seated().filter(|(_, person)| *person != owner);
        others
            .filter_map(|(table, person)| Some(table.drop(person, self.roster.lost_vote(person)?)))
            .collect()
    }

    fn settle_ballot(&self) -> Vec<Event> {
        let settled = self.ballot.iter().filter_map(|open| Some((open.id, open.outcome()?)));
        settled.map(|(ballot, outcome)| Event::BallotClosed { ballot, outcome }).collect()
    }

    fn settle_questions(&self) -> Vec<Event> {
        let settled = self.questions.iter().filter_map(|(id, open)| Some((*id, self.settled_answers(open)?)));
        settled.map(|(question, answers)| Event::QuestionSettled { question, answers }).collect()
    }

    /// A driver who is gone, muted or no steerer any more: the owner holds the lock (TU4, TU10).
    fn move_lost_lock(&self) -> Vec<Event> {
        let owner = self.session.owner;
        let lost = self.turn.iter().filter(|turn| turn.driver != owner && self.roster.lost_lock(turn.driver));
        lost.map(|turn| {
            let muted = self.roster.is_muted(turn.driver);
            let reason = if muted { DriverReason::AuthorMuted } else { DriverReason::DriverGone };
            turn.driven_by(owner, reason)
        })
        .collect()
    }

    /// The author has lost the grant, or the session has ended (TU10, SE2).
    fn stop_lost_turn(&self) -> Vec<Event> {
        let ended = self.session.expect_open().is_err();
        let lost = self.turn.iter().filter(|turn| ended || self.roster.out(turn.item.author).is_some());
        lost.filter(|turn| turn.phase != Phase::Stopping).flat_map(|turn| self.stop(turn, None)).collect()
    }

    fn cancel_lost_prompts(&self) -> Vec<Event> {
        let lost = self.queue.items().iter().filter_map(|item| Some((item.prompt, self.gone(item)?)));
        lost.map(|(prompt, reason)| Event::PromptWithdrawn { prompt, reason }).collect()
    }

    fn hold_or_release(&self) -> Vec<Event> {
        let changed = self.queue.items().iter().filter(|item| item.hold != self.hold_of(item));
        changed
            .map(|item| match self.hold_of(item) {
                Some(reason) => Event::PromptHeld { prompt: item.prompt, reason },
                None => Event::PromptReleased { prompt: item.prompt },
            })
            .collect()
    }

    /// One notice, however many messages wait (HA4).
    fn notice_spent_budget(&self) -> Vec<Event> {
        let waits = self.queue.items().iter().any(|item| item.hold == Some(HoldReason::WakeBudget));
        (waits && self.wake.wants_notice()).then_some(Event::WakeBudgetSpent).into_iter().collect()
    }

    /// The earliest of what time has ended by now.
    fn lapse(&self, at: Timestamp) -> Vec<Event> {
        let due = self.deadlines().into_iter().filter(|(when, _)| *when <= at);
        due.min_by_key(|(when, _)| *when).map(|(_, event)| event).into_iter().collect()
    }
}
