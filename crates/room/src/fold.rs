use std::sync::Arc;

use model::{CardId, Event, Timestamp};

use crate::ballot::Ballot;
use crate::cards::{Tell, decider, tell_of};
use crate::permission::OpenPermission;
use crate::question::OpenQuestion;
use crate::room::Room;
use crate::seats::Seats;

// Each part folds the events that are its own and leaves the others alone; that is what `_` says here.
impl Room {
    /// The fold. Total: an event that fits nothing changes nothing. `at` is the event's own time.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        if let Event::RoomRulesChanged { rules } = event {
            self.rules = rules.clone();
        }
        self.session.apply(event);
        self.roster.apply(event, at);
        self.wake.apply(event);
        self.agent.apply(event, self.turn.as_ref());
        // Before the turn: what ends it decides what becomes of its plan.
        self.approval.apply(event, self.turn.as_ref());
        self.broken.apply(event, self.turn.as_ref());
        // The turn before the queue: it takes its prompt from there.
        self.apply_turn(event, at);
        self.queue.apply(event, at, self.turn.as_ref());
        self.suggestions.apply(event, at);
        self.apply_ballot(event, at);
        self.apply_question(event, at);
        self.apply_permission(event, at);
        match event {
            Event::AgentTold { card } => self.cards.told(*card),
            Event::TurnEnded { .. } => self.cards.forget_untold(),
            _ => {}
        }
    }

    fn apply_ballot(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::BallotOpened { ballot, turn, plan, plan_hash, electorate, deadline } => {
                self.ballot = Some(Ballot {
                    id: *ballot,
                    turn: *turn,
                    author: self.turn.as_ref().map_or(self.session.owner, |turn| turn.item.author),
                    plan: Arc::new(plan.clone()),
                    hash: plan_hash.clone(),
                    seats: Seats::open(electorate),
                    deadline: *deadline,
                    opened_at: at,
                });
            }
            Event::VoteCast { ballot, person, choice } => {
                let open = self.ballot.iter_mut().filter(|open| open.id == *ballot);
                open.for_each(|open| open.seats.say(*person, choice.clone()));
            }
            Event::VoterDropped { ballot, person, .. } => {
                let owner = self.session.owner;
                let open = self.ballot.iter_mut().filter(|open| open.id == *ballot);
                open.for_each(|open| open.seats.drop(*person, owner));
            }
            Event::BallotClosed { ballot, outcome } => {
                self.ballot = self.ballot.take().filter(|open| open.id != *ballot);
                self.cards.close(CardId::Ballot(*ballot), tell_of(outcome), decider(outcome), at);
            }
            _ => {}
        }
    }

    fn apply_question(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::QuestionAsked { question, turn, asked, electorate } => {
                let (asked, seats) = (Arc::new(asked.clone()), Seats::open(electorate));
                self.questions.insert(*question, OpenQuestion { turn: *turn, asked, seats, opened_at: at });
            }
            Event::QuestionAnswered { question, person, answers } => {
                let open = self.questions.get_mut(question);
                open.into_iter().for_each(|open| open.seats.say(*person, answers.clone()));
            }
            Event::AnswererDropped { question, person, .. } => {
                let owner = self.session.owner;
                let open = self.questions.get_mut(question);
                open.into_iter().for_each(|open| open.seats.drop(*person, owner));
            }
            Event::QuestionSettled { question, answers } => {
                self.questions.remove(question);
                let tell = Some(Tell::Answers(answers.clone()));
                self.cards.close(CardId::Question(*question), tell, None, at);
            }
            Event::QuestionWithdrawn { question, .. } => {
                self.questions.remove(question);
                self.cards.close(CardId::Question(*question), None, None, at);
            }
            _ => {}
        }
    }

    fn apply_permission(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::PermissionAsked { permission, turn, request } => {
                let request = Arc::new(request.clone());
                self.permissions.insert(*permission, OpenPermission { turn: *turn, request, opened_at: at });
            }
            Event::PermissionAnswered { permission, by, answer } => {
                self.permissions.remove(permission);
                self.cards.close(CardId::Permission(*permission), Some(Tell::Permission(*answer)), *by, at);
            }
            Event::PermissionRefused { permission, refusal, .. } => {
                self.cards.close(CardId::Permission(*permission), Some(Tell::Refusal(*refusal)), None, at);
            }
            Event::PermissionWithdrawn { permission, .. } => {
                self.permissions.remove(permission);
                self.cards.close(CardId::Permission(*permission), None, None, at);
            }
            _ => {}
        }
    }
}
