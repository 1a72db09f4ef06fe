use model::*;

use crate::stage::*;

fn planned_by(person: PersonId) -> (Stage, BallotId) {
    let mut stage = three();
    stage.run(person);
    let ballot = stage.plan("plan");
    (stage, ballot)
}

fn voters(stage: &Stage) -> Vec<PersonId> {
    stage.view(ADA).ballots[0].voters.iter().map(|voter| voter.person).collect()
}

#[test]
fn ba5_unreachable_is_not_gone() {
    let (mut stage, _) = planned_by(BEA);
    stage.away(CAI);
    stage.wait(299);
    assert!(voters(&stage).contains(&CAI));
    let shown = stage.view(ADA).ballots.remove(0);
    assert_eq!(shown.waiting_for, [CAI]);
    assert!(shown.voters.iter().any(|voter| voter.person == CAI && voter.away));
    assert_eq!(names(&stage.wait(1)), ["voter_dropped"]);
    assert!(!voters(&stage).contains(&CAI));
}

#[test]
fn ba5_the_share_may_wait_for_ever() {
    let (mut stage, _) = planned_by(BEA);
    stage.rule(|rules| rules.absence = None);
    stage.away(CAI);
    stage.wait(365 * 24 * 3600);
    assert!(voters(&stage).contains(&CAI));
}

#[test]
fn ba5_reconnecting_in_time_keeps_the_vote() {
    let (mut stage, _) = planned_by(BEA);
    stage.approve(CAI);
    stage.away(CAI);
    stage.wait(200);
    assert_eq!(names(&stage.come(CAI)), ["person_joined"], "gone from the roster meanwhile");
    stage.wait(3600);
    stage.approve(BEA);
    assert_eq!(verdict(&stage.approve(ADA)), Some(&BallotOutcome::Approved));
}

#[test]
fn ba5_the_owner_goes_on_without_whom_nobody_reaches() {
    let (mut stage, ballot) = planned_by(BEA);
    let go_on = Command::GoOnWithoutVoter { ballot, person: CAI };
    assert_eq!(stage.refused(ADA, go_on.clone()), Rejection::NotFound, "Cai is here");
    stage.away(CAI);
    assert_eq!(stage.refused(BEA, go_on.clone()), Rejection::Forbidden { right: Right::Own });
    stage.approve(ADA);
    stage.approve(BEA);
    let reason = DropReason::OwnerWentOn;
    let events = stage.say(ADA, go_on);
    assert_eq!(events[0], Event::VoterDropped { ballot, person: CAI, reason });
    assert_eq!(verdict(&events), Some(&BallotOutcome::Approved));
}

#[test]
fn ba5_leave_mute_kick_revoke_and_expiry_drop_at_once() {
    let reasons = [DropReason::Left, DropReason::Kicked, DropReason::Revoked, DropReason::Expired];
    for reason in reasons {
        let (mut stage, ballot) = planned_by(BEA);
        let dropped = Event::VoterDropped { ballot, person: CAI, reason };
        assert!(stage.banish(CAI, reason).contains(&dropped));
    }
    let (mut stage, ballot) = planned_by(BEA);
    let reason = DropReason::Muted;
    assert_eq!(stage.mute(CAI)[1..], [Event::VoterDropped { ballot, person: CAI, reason }]);
    let (mut stage, ballot) = planned_by(BEA);
    let reason = DropReason::RightLost;
    let events = stage.allow(CAI, Preset::Observer.rights());
    assert_eq!(events[1..], [Event::VoterDropped { ballot, person: CAI, reason }]);
}

#[test]
fn ba5_a_drop_settles_when_another_than_the_author_has_approved() {
    let (mut stage, _) = planned_by(BEA);
    stage.approve(ADA);
    stage.approve(BEA);
    let events = stage.mute(CAI);
    assert_eq!(names(&events), ["person_muted", "voter_dropped", "ballot_closed"]);
    assert_eq!(verdict(&events), Some(&BallotOutcome::Approved));
}

#[test]
fn ba5_a_drop_that_leaves_the_author_alone_settles_nothing() {
    let (mut stage, _) = planned_by(ADA);
    stage.approve(ADA);
    stage.mute(BEA);
    assert_eq!(verdict(&stage.mute(CAI)), None);
    assert_eq!(voters(&stage), [ADA]);
    let events = stage.approve(ADA);
    assert_eq!(verdict(&events), Some(&BallotOutcome::Approved), "a vote in knowledge of it does");
}

#[test]
fn ba5_a_drop_settles_nothing_while_somebody_is_silent() {
    let (mut stage, _) = planned_by(BEA);
    stage.approve(BEA);
    assert_eq!(verdict(&stage.mute(CAI)), None);
}

#[test]
fn ba5_the_owner_is_never_dropped() {
    let (mut stage, ballot) = planned_by(BEA);
    stage.away(ADA);
    stage.wait(24 * 3600);
    assert!(voters(&stage).contains(&ADA));
    assert!(stage.view(ADA).ballots[0].waiting_for.is_empty());
    let go_on = Command::GoOnWithoutVoter { ballot, person: ADA };
    assert_eq!(stage.refused(ADA, go_on), Rejection::NotFound);
    stage.allow(ADA, Preset::Observer.rights());
    assert!(voters(&stage).contains(&ADA), "whatever the door says");
}

#[test]
fn ba5_ba2_when_all_are_dropped_the_owner_decides() {
    let mut stage = three();
    stage.rule(|rules| rules.owner_always_votes = false);
    stage.away(ADA);
    stage.wait(30);
    stage.run(BEA);
    stage.plan("plan");
    stage.mute(CAI);
    stage.mute(BEA);
    assert_eq!(voters(&stage), [ADA]);
    assert_eq!(verdict(&stage.approve(ADA)), Some(&BallotOutcome::Approved));
}
