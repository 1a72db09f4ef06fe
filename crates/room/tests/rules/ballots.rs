use model::*;
use room::Effect;
use uuid::Uuid;

use crate::stage::*;

fn planned() -> (Stage, BallotId) {
    let mut stage = three();
    stage.run(BEA);
    let ballot = stage.plan("plan");
    (stage, ballot)
}

fn vote_for(ballot: BallotId, text: &str) -> Command {
    Command::Vote { ballot, plan: hash(text), choice: Choice::Approve }
}

fn voters(stage: &Stage) -> Vec<PersonId> {
    let ballot = stage.view(ADA).ballots.remove(0);
    match ballot.electorate {
        Electorate::Everyone { voters } => voters,
        Electorate::AnyDecider => vec![],
    }
}

#[test]
fn ba1_a_plan_opens_a_ballot_bound_to_its_hash() {
    let (stage, ballot) = planned();
    let shown = stage.view(CAI).ballots.remove(0);
    assert_eq!((shown.plan.text.as_str(), shown.plan_hash), ("plan", hash("plan")));
    assert_eq!(stage.refused(CAI, vote_for(ballot, "another")), Rejection::PlanChanged);
}

#[test]
fn ba1_a_changed_plan_voids_the_ballot_and_the_same_one_does_not() {
    let (mut stage, first) = planned();
    stage.approve(CAI);
    let (turn, same) = (stage.turn().turn, BallotId(stage.fresh()));
    assert_eq!(stage.see(proposal(turn, same, "plan")), []);
    let second = BallotId(stage.fresh());
    let events = stage.see(proposal(turn, second, "better plan"));
    assert_eq!(names(&events), ["ballot_closed", "ballot_opened"]);
    let reason = WithdrawReason::Replaced;
    assert_eq!(verdict(&events), Some(&BallotOutcome::Withdrawn { reason }));
    assert!(stage.view(ADA).ballots[0].voters.iter().all(|voter| voter.choice.is_none()));
    let at = stage.at;
    assert_eq!(stage.refused(BEA, vote_for(first, "plan")), Rejection::AlreadyDecided { by: None, at });
    assert!(matches!(&stage.room.owed()[..], [Effect::TellPlan { ballot, .. }] if *ballot == first));
}

#[test]
fn ba1_a_to_do_list_is_no_plan() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let tasks = vec![Task { text: "sweep".to_owned(), status: TaskStatus::Pending }];
    assert_eq!(names(&stage.see(Occurrence::TasksSet { turn, tasks })), ["tasks_set"]);
    assert_eq!(stage.room.wanted().len(), 0);
}

#[test]
fn ba2_present_unmuted_people_with_vote_and_the_owner() {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::Observer.rights());
    stage.come(DAN);
    stage.mute(CAI);
    stage.away(ADA);
    stage.wait(30);
    stage.run(BEA);
    stage.plan("plan");
    let mut found = voters(&stage);
    found.sort();
    let mut expected = [ADA, BEA];
    expected.sort();
    assert_eq!(found, expected, "no observer, nobody muted, the owner though absent");
}

#[test]
fn ba2_a_headless_hosts_owner_votes_only_when_present() {
    let mut stage = three();
    stage.rule(|rules| rules.owner_always_votes = false);
    stage.run(BEA);
    stage.plan("plan");
    assert!(voters(&stage).contains(&ADA));
    stage.finish();
    stage.away(ADA);
    stage.wait(30);
    stage.run(BEA);
    stage.plan("plan");
    assert!(!voters(&stage).contains(&ADA));
}

#[test]
fn ba2_never_empty_then_it_is_the_owner() {
    let mut stage = stage();
    stage.rule(|rules| rules.owner_always_votes = false);
    stage.run(ADA);
    stage.away(ADA);
    stage.wait(30);
    stage.plan("plan");
    assert_eq!(voters(&stage), [ADA]);
}

#[test]
fn ba2_a_blip_does_not_cost_a_vote() {
    let mut stage = three();
    stage.run(BEA);
    stage.away(CAI);
    stage.wait(5);
    stage.plan("plan");
    assert!(voters(&stage).contains(&CAI));
}

#[test]
fn ba3_approved_when_every_member_has_approved() {
    let (mut stage, ballot) = planned();
    assert_eq!(names(&stage.approve(BEA)), ["vote_cast"]);
    assert_eq!(names(&stage.approve(CAI)), ["vote_cast"]);
    let events = stage.approve(ADA);
    assert_eq!(verdict(&events), Some(&BallotOutcome::Approved));
    assert_eq!(stage.room.owed(), [Effect::TellPlan { ballot, verdict: PlanVerdict::Approved }]);
}

#[test]
fn ba3_one_deny_settles_and_its_reason_goes_to_the_agent() {
    let (mut stage, ballot) = planned();
    stage.approve(BEA);
    let events = stage.vote(CAI, "plan", deny("too big"));
    let reason = "too big".to_owned();
    assert_eq!(verdict(&events), Some(&BallotOutcome::Denied { by: CAI, reason: reason.clone() }));
    assert_eq!(stage.room.owed(), [Effect::TellPlan { ballot, verdict: PlanVerdict::Denied { reason } }]);
    let at = stage.at;
    assert_eq!(stage.refused(ADA, vote_for(ballot, "plan")), Rejection::AlreadyDecided { by: Some(CAI), at });
}

#[test]
fn ba3_a_deny_needs_a_reason() {
    let (stage, ballot) = planned();
    let command = Command::Vote { ballot, plan: hash("plan"), choice: deny(" ") };
    assert_eq!(stage.refused(CAI, command), Rejection::ReasonNeeded);
}

#[test]
fn ba4_late_joiners_observe() {
    let (mut stage, ballot) = planned();
    stage.admit(DAN, "Dan", Preset::Collaborator.rights());
    stage.come(DAN);
    assert_eq!(stage.refused(DAN, vote_for(ballot, "plan")), Rejection::NotVoter);
    assert!(!stage.view(DAN).ballots[0].you_may);
    for person in [ADA, BEA, CAI] {
        stage.approve(person);
    }
    assert_eq!(stage.room.wanted().len(), 0, "without Dan");
}

#[test]
fn ba4_who_may_not_vote_is_told_so() {
    let (mut stage, ballot) = planned();
    stage.admit(DAN, "Dan", Preset::Observer.rights());
    assert_eq!(stage.refused(DAN, vote_for(ballot, "plan")), Rejection::Forbidden { right: Right::Vote });
    assert_eq!(stage.refused(CAI, vote_for(BallotId(Uuid::nil()), "plan")), Rejection::NotFound);
}

#[test]
fn ba6_a_vote_can_be_changed_and_cast_twice() {
    let (mut stage, _) = planned();
    assert_eq!(names(&stage.approve(CAI)), ["vote_cast"]);
    assert_eq!(stage.approve(CAI), [], "harmless");
    let events = stage.vote(CAI, "plan", deny("no, wait"));
    assert!(matches!(verdict(&events), Some(BallotOutcome::Denied { by: CAI, .. })));
}

#[test]
fn ba7_the_owners_override_is_its_own_act_with_a_reason() {
    let (mut stage, ballot) = planned();
    let over = |reason: &str| {
        let (verdict, reason) = (Verdict::Approved, reason.to_owned());
        Command::Override { ballot, verdict, reason }
    };
    assert_eq!(stage.refused(BEA, over("now")), Rejection::Forbidden { right: Right::Own });
    assert_eq!(stage.refused(ADA, over("")), Rejection::ReasonNeeded);
    let view = stage.view(ADA).ballots.remove(0);
    assert!(view.you_may_override && !stage.view(BEA).ballots[0].you_may_override);
    let events = stage.say(ADA, over("we ship today"));
    let (by, reason) = (ADA, "we ship today".to_owned());
    assert_eq!(verdict(&events), Some(&BallotOutcome::Overridden { by, verdict: Verdict::Approved, reason }));
    assert_eq!(stage.room.owed(), [Effect::TellPlan { ballot, verdict: PlanVerdict::Approved }]);
}

#[test]
fn ba7_the_override_can_be_switched_off() {
    let (mut stage, ballot) = planned();
    stage.rule(|rules| rules.override_allowed = false);
    let (verdict, reason) = (Verdict::Denied, "x".to_owned());
    assert_eq!(stage.refused(ADA, Command::Override { ballot, verdict, reason }), Rejection::OverrideOff);
    assert!(!stage.view(ADA).ballots[0].you_may_override);
}

#[test]
fn ba8_a_deadline_only_rejects_and_without_one_nothing_does() {
    let (mut stage, first) = planned();
    stage.approve(BEA);
    stage.approve(CAI);
    assert_eq!(stage.wait(365 * 24 * 3600), []);
    let (turn, ballot) = (stage.turn().turn, BallotId(stage.fresh()));
    let Occurrence::PlanProposed { plan, plan_hash, .. } = proposal(turn, ballot, "second") else { panic!() };
    let deadline = Some(stage.at + Span::from_secs(60));
    stage.see(Occurrence::PlanProposed { turn, ballot, plan, plan_hash, deadline });
    stage.see(Occurrence::AgentTold { card: CardId::Ballot(first), with_reason: false });
    for person in [ADA, BEA] {
        stage.vote(person, "second", Choice::Approve);
    }
    assert_eq!(stage.wait(59), []);
    assert_eq!(stage.wait(1), [Event::BallotClosed { ballot, outcome: BallotOutcome::Lapsed }]);
    assert!(matches!(&stage.room.owed()[..], [Effect::TellPlan { verdict: PlanVerdict::Denied { .. }, .. }]));
}

#[test]
fn ba9_a_ballot_is_rebuilt_from_the_log() {
    let (mut stage, _) = planned();
    stage.approve(BEA);
    stage.approve(CAI);
    let again = room::Room::fold(stage.log.iter().map(|(event, at)| (event, *at)));
    assert_eq!(again, stage.room);
    stage.room = again;
    assert_eq!(verdict(&stage.approve(ADA)), Some(&BallotOutcome::Approved), "no vote is lost");
}

#[test]
fn ba10_plans_work_in_turns_of_anyone_and_close_with_them() {
    for person in [ADA, BEA, CAI] {
        let mut stage = three();
        stage.run(person);
        stage.plan("plan");
        assert_eq!(stage.room.wanted().len(), 1);
        let reason = WithdrawReason::TurnEnded;
        assert_eq!(verdict(&stage.finish()), Some(&BallotOutcome::Withdrawn { reason }));
    }
    let mut stage = three();
    stage.wake();
    stage.begin();
    stage.plan("plan");
    assert_eq!(stage.room.wanted().len(), 1, "an agent's turn too");
}

#[test]
fn ba11_without_consensus_owner_or_approver_decides() {
    for driver_decides in [false, true] {
        let mut stage = three();
        stage.rule(|rules| (rules.consensus, rules.driver_decides) = (false, driver_decides));
        stage.admit(DAN, "Dan", Preset::CoHost.rights());
        stage.come(DAN);
        stage.run(BEA);
        let ballot = stage.plan("plan");
        for (person, may) in [(ADA, true), (DAN, true), (BEA, driver_decides), (CAI, false)] {
            assert_eq!(stage.view(person).ballots[0].you_may, may, "the others see no buttons");
            match stage.ask(person, &vote_for(ballot, "plan")) {
                Ok(events) => assert_eq!(verdict(&events), Some(&BallotOutcome::Approved)),
                Err(refused) => assert_eq!(refused, Rejection::Forbidden { right: Right::Approve }),
            }
            assert_eq!(stage.ask(person, &vote_for(ballot, "plan")).is_ok(), may);
        }
        let (verdict, reason) = (Verdict::Approved, "x".to_owned());
        let over = Command::Override { ballot, verdict, reason };
        assert_eq!(stage.refused(ADA, over), Rejection::OverrideOff, "there is no vote to override");
    }
}

#[test]
fn ba12_a_reason_the_agent_could_not_hear_becomes_the_next_turn() {
    let (mut stage, ballot) = planned();
    let waiting = stage.queue(CAI);
    stage.say(BEA, Command::HandOver { to: CAI });
    stage.vote(CAI, "plan", deny("too big"));
    let card = CardId::Ballot(ballot);
    let events = stage.see(Occurrence::AgentTold { card, with_reason: false });
    assert_eq!(names(&events), ["agent_told", "prompt_queued"]);
    let follow_up = PromptId(ballot.0);
    assert_eq!(stage.waiting(), [follow_up, waiting], "ahead of the queue");
    let events = stage.stop_with(StopReason::Cancelled);
    assert_eq!(names(&events), ["turn_ended"], "which is not held");
    assert_eq!(stage.take_next(), Some(follow_up));
    let turn = stage.turn();
    assert_eq!((turn.author, turn.driver, turn.origin), (BEA, CAI, Origin::FollowUp));
    let Effect::Begin { body, .. } = stage.room.owed().remove(0) else { panic!() };
    assert!(body.text.contains("too big"));
}

#[test]
fn ba12_a_person_who_stops_the_turn_still_holds_the_queue() {
    let (mut stage, ballot) = planned();
    stage.vote(CAI, "plan", deny("too big"));
    stage.see(Occurrence::AgentTold { card: CardId::Ballot(ballot), with_reason: false });
    stage.say(BEA, Command::StopTurn);
    assert_eq!(names(&stage.finish()), ["turn_ended", "queue_held"]);
}

#[test]
fn ba12_a_reason_that_was_heard_needs_no_follow_up() {
    let (mut stage, ballot) = planned();
    stage.vote(CAI, "plan", deny("too big"));
    let card = CardId::Ballot(ballot);
    assert_eq!(stage.see(Occurrence::AgentTold { card, with_reason: true }), [Event::AgentTold { card }]);
    assert!(stage.waiting().is_empty());
}
