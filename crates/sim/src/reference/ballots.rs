use std::collections::{BTreeMap, BTreeSet};

use model::*;

use super::{Checked, Fault};
use crate::cast::OWNER;

/// Who is here, and who has said what.
#[derive(Default)]
pub struct Ballots {
    here: BTreeMap<PersonId, Standing>,
    left: BTreeSet<PersonId>,
    rules: Option<RoomRules>,
    open: Option<OpenBallot>,
}

#[derive(Clone)]
struct Standing {
    votes: bool,
    muted: bool,
}

struct OpenBallot {
    voters: Option<BTreeSet<PersonId>>,
    approved: BTreeSet<PersonId>,
    /// The last that changed it was a vote, not a drop (BA5).
    by_vote: bool,
}

impl Ballots {
    pub fn has_left(&self, person: PersonId) -> bool {
        self.left.contains(&person)
    }

    pub fn take(&mut self, event: &Event) -> Checked {
        self.people(event);
        match event {
            Event::BallotOpened { electorate, .. } => self.opened(electorate)?,
            Event::VoteCast { person, choice, .. } => {
                let open = self.open.as_mut().ok_or("a vote on nothing")?;
                let voter = open.voters.as_ref().is_none_or(|voters| voters.contains(person));
                ensure!(voter, "an observer voted");
                open.by_vote = true;
                match choice {
                    Choice::Approve => open.approved.insert(*person),
                    Choice::Deny { .. } => open.approved.remove(person),
                };
            }
            Event::VoterDropped { person, .. } => {
                ensure!(*person != OWNER, "the owner was dropped");
                let open = self.open.as_mut().ok_or("a drop from nothing")?;
                open.by_vote = false;
                let voters = open.voters.as_mut().ok_or("a drop from nobody's vote")?;
                ensure!(voters.remove(person), "somebody was dropped who was no voter");
                if voters.is_empty() {
                    voters.insert(OWNER);
                }
            }
            Event::BallotClosed { outcome, .. } => self.closed(outcome)?,
            _ => {}
        }
        Ok(())
    }

    /// What is open waits on somebody who can say something: an absent owner is somebody, and so is who is
    /// away and may be back. What everybody has approved by a vote is over.
    pub fn waits(&self) -> Checked {
        let Some(open) = &self.open else { return Ok(()) };
        // Without voters the owner decides, who is never gone.
        let Some(voters) = &open.voters else { return Ok(()) };
        let somebody = voters.iter().any(|voter| *voter == OWNER || self.here.contains_key(voter));
        ensure!(somebody, "an open ballot waits on nobody");
        ensure!(!(open.by_vote && voters.is_subset(&open.approved)), "a ballot outlived its last vote");
        Ok(())
    }

    fn people(&mut self, event: &Event) {
        match event {
            Event::PersonJoined { person, rights, muted, .. } => {
                self.left.remove(person);
                let standing = Standing { votes: rights.has(Right::Vote), muted: *muted };
                self.here.insert(*person, standing);
            }
            Event::PersonLeft { person, .. } => {
                // Somebody who was never here can't leave the lock behind.
                self.left.extend(self.here.remove(person).map(|_| *person));
            }
            Event::RightsChanged { person, rights, .. } => {
                let standing = self.here.get_mut(person);
                standing.into_iter().for_each(|standing| standing.votes = rights.has(Right::Vote));
            }
            Event::PersonMuted { person } => {
                self.here.get_mut(person).into_iter().for_each(|standing| standing.muted = true);
            }
            Event::PersonUnmuted { person } => {
                self.here.get_mut(person).into_iter().for_each(|standing| standing.muted = false);
            }
            Event::RoomRulesChanged { rules } => self.rules = Some(rules.clone()),
            _ => {}
        }
    }

    fn opened(&mut self, electorate: &Electorate) -> Checked {
        let rules = self.rules.clone().unwrap_or_default();
        let voters = match electorate {
            Electorate::AnyDecider => None,
            Electorate::Everyone { voters } => Some(voters.iter().copied().collect::<BTreeSet<_>>()),
        };
        ensure!(voters.is_some() == rules.consensus, "a vote where none was asked, or none where one was");
        if let Some(voters) = &voters {
            let able = self.here.iter().filter(|(_, standing)| standing.votes && !standing.muted);
            let mut expected: BTreeSet<PersonId> = able.map(|(person, _)| *person).collect();
            if rules.owner_always_votes || expected.is_empty() {
                expected.insert(OWNER);
            }
            if *voters != expected {
                return Err(Fault(format!("the electorate is {voters:?} and not {expected:?}")));
            }
        }
        self.open = Some(OpenBallot { voters, approved: BTreeSet::new(), by_vote: false });
        Ok(())
    }

    fn closed(&mut self, outcome: &BallotOutcome) -> Checked {
        let open = self.open.take().ok_or("a ballot closed that was not open")?;
        if *outcome != BallotOutcome::Approved {
            return Ok(());
        }
        let unanimous = open.voters.is_none_or(|voters| voters.is_subset(&open.approved));
        ensure!(unanimous && !open.approved.is_empty(), "approved without every voter's approval");
        Ok(())
    }
}
