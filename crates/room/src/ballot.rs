use std::sync::Arc;

use model::{
    BallotId, BallotOutcome, CardId, Choice, DropReason, Electorate, Event, LongText, PersonId, PlanHash,
    Rejection, Right, Timestamp, TurnId, Verdict, WithdrawReason,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::queue::check_size;
use crate::room::Room;
use crate::seats::{Move, Seats};

/// The open vote on a plan. A turn has one at most: a changed plan voids it (BA1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ballot {
    pub id: BallotId,
    pub turn: TurnId,
    /// Of the turn; alone among those who remain, they don't settle a drop (BA5).
    pub author: PersonId,
    pub plan: Arc<LongText>,
    pub hash: PlanHash,
    pub seats: Seats<Choice>,
    pub deadline: Option<Timestamp>,
    pub opened_at: Timestamp,
}

impl Room {
    pub(crate) fn plan_proposed(
        &self,
        turn: TurnId,
        ballot: BallotId,
        (plan, plan_hash): (&LongText, &PlanHash),
        deadline: Option<Timestamp>,
    ) -> Vec<Event> {
        if !self.takes_cards_of(turn) {
            return vec![];
        }
        let mut events = Vec::new();
        if let Some(open) = &self.ballot {
            if open.hash == *plan_hash {
                return vec![];
            }
            let outcome = BallotOutcome::Withdrawn { reason: WithdrawReason::Replaced };
            events.push(Event::BallotClosed { ballot: open.id, outcome });
        }
        events.push(Event::BallotOpened {
            ballot,
            turn,
            plan: plan.clone(),
            plan_hash: plan_hash.clone(),
            electorate: self.electorate(),
            deadline,
        });
        events
    }

    /// As a list, fixed now: whoever joins later observes (BA2, BA4).
    pub(crate) fn electorate(&self) -> Electorate {
        if !self.rules.consensus {
            return Electorate::AnyDecider;
        }
        let owner = self.session.owner;
        let may_vote = |person: &PersonId| self.roster.lost_vote(*person).is_none();
        let mut voters: Vec<PersonId> =
            self.roster.here().map(|(person, _)| person).filter(may_vote).collect();
        if !voters.contains(&owner) && (self.rules.owner_always_votes || voters.is_empty()) {
            voters.push(owner);
        }
        Electorate::Everyone { voters }
    }

    pub(crate) fn vote(
        &self,
        by: &By,
        ballot: BallotId,
        plan: &PlanHash,
        choice: &Choice,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.expect_ballot(ballot)?;
        self.expect_voter(by, &open.seats)?;
        if open.hash != *plan {
            return Err(Rejection::PlanChanged);
        }
        if let Choice::Deny { reason } = choice {
            expect_reason(reason)?;
        }
        let mut after = open.clone();
        after.seats.say(by.person, choice.clone());
        if after == *open {
            return Ok(vec![]);
        }
        Ok(vec![Event::VoteCast { ballot, person: by.person, choice: choice.clone() }])
    }

    pub(crate) fn override_ballot(
        &self,
        by: &By,
        ballot: BallotId,
        verdict: Verdict,
        reason: &str,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.expect_ballot(ballot)?;
        if !self.rules.override_allowed || *open.seats.electorate() == Electorate::AnyDecider {
            return Err(Rejection::OverrideOff);
        }
        expect_reason(reason)?;
        let outcome = BallotOutcome::Overridden { by: by.person, verdict, reason: reason.to_owned() };
        Ok(vec![Event::BallotClosed { ballot, outcome }])
    }

    pub(crate) fn go_on_without_voter(
        &self,
        ballot: BallotId,
        person: PersonId,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.expect_ballot(ballot)?;
        if !self.waiting_for(&open.seats).contains(&person) {
            return Err(Rejection::NotFound);
        }
        Ok(vec![Event::VoterDropped { ballot, person, reason: DropReason::OwnerWentOn }])
    }

    /// Those without a word who can't be reached; the owner is never dropped (BA5).
    pub(crate) fn waiting_for<T: Clone>(&self, seats: &Seats<T>) -> Vec<PersonId> {
        let silent = seats.words().filter(|(_, word)| word.is_none()).map(|(person, _)| person);
        silent.filter(|person| self.absent_voter(*person).is_some()).collect()
    }

    /// Since when a voter who may be dropped can't be reached.
    pub(crate) fn absent_voter(&self, person: PersonId) -> Option<Timestamp> {
        self.roster.unreachable_since(person).filter(|_| person != self.session.owner)
    }

    fn expect_ballot(&self, ballot: BallotId) -> Result<&Ballot, Rejection> {
        let open = self.ballot.as_ref().filter(|open| open.id == ballot);
        open.ok_or_else(|| self.cards.refusal(CardId::Ballot(ballot)))
    }

    fn expect_voter(&self, by: &By, seats: &Seats<Choice>) -> Result<(), Rejection> {
        match seats.electorate() {
            Electorate::Everyone { .. } if seats.has(by.person) => Ok(()),
            Electorate::Everyone { .. } if !by.rights.has(Right::Vote) => {
                Err(Rejection::Forbidden { right: Right::Vote })
            }
            Electorate::Everyone { .. } => Err(Rejection::NotVoter),
            // BA11
            Electorate::AnyDecider if by.approves() || (self.rules.driver_decides && self.drives(by)) => {
                Ok(())
            }
            Electorate::AnyDecider => Err(Rejection::Forbidden { right: Right::Approve }),
        }
    }

    pub(crate) fn drives(&self, by: &By) -> bool {
        self.turn.as_ref().is_some_and(|turn| turn.driver == by.person)
    }
}

impl Ballot {
    /// One deny settles; else everybody has approved (BA3). A drop alone settles nothing unless somebody
    /// besides the turn's author remains (BA5).
    pub fn outcome(&self) -> Option<BallotOutcome> {
        if let Some(denied) = self.seats.words().find_map(denial) {
            return Some(denied);
        }
        let approvals = self.seats.complete()?;
        let by_vote = self.seats.last() == Move::Word;
        let by_another = approvals.iter().any(|(person, _)| *person != self.author);
        (by_vote || by_another).then_some(BallotOutcome::Approved)
    }
}

fn denial((by, word): (PersonId, Option<&Choice>)) -> Option<BallotOutcome> {
    match word? {
        Choice::Approve => None,
        Choice::Deny { reason } => Some(BallotOutcome::Denied { by, reason: reason.clone() }),
    }
}

fn expect_reason(reason: &str) -> Result<(), Rejection> {
    if reason.trim().is_empty() {
        return Err(Rejection::ReasonNeeded);
    }
    check_size(reason)
}
