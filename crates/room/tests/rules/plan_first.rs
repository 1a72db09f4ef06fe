use model::*;
use room::Effect;

use crate::stage::*;

/// Ada, Bea and Cai, who vote on plans, in a room that wants one first.
fn stage_with_rule() -> Stage {
    let mut stage = three();
    stage.rule(|rules| rules.plan_first = true);
    stage
}

/// What becomes of a command that the agent asks leave for.
fn asked(stage: &mut Stage) -> String {
    let (turn, permission) = (stage.turn().turn, PermissionId(stage.fresh()));
    let events = stage.see(Occurrence::PermissionAsked { turn, permission, request: request(None) });
    names(&events).concat()
}

fn approve_all(stage: &mut Stage) {
    stage.plan("plan");
    for person in [ADA, BEA, CAI] {
        stage.approve(person);
    }
}

#[test]
fn ba13_before_an_approved_plan_the_host_refuses_edits_and_commands() {
    let mut stage = stage_with_rule();
    let turn = stage.run(BEA);
    let permission = PermissionId(stage.fresh());
    let (request, refusal) = (request(None), Refusal::PlanFirst);
    let refused = stage.see(Occurrence::PermissionAsked { turn, permission, request: request.clone() });
    assert_eq!(refused, [Event::PermissionRefused { permission, turn, request, refusal }]);
    assert_eq!(stage.room.owed(), [Effect::TellRefusal { permission, refusal }]);
    assert!(stage.view(ADA).permissions.is_empty(), "nobody is asked");
    let card = CardId::Permission(permission);
    stage.see(Occurrence::AgentTold { card, with_reason: true });
    assert!(stage.room.owed().is_empty());
    let late = Command::AnswerPermission { permission, answer: PermissionAnswer::Allow };
    assert_eq!(stage.refused(ADA, late), Rejection::AlreadyDecided { by: None, at: stage.at });
}

#[test]
fn ba13_what_an_agent_looks_up_is_no_deed_and_a_change_is_one() {
    let mut looks = request(None);
    for kind in [ToolKind::Read, ToolKind::Search, ToolKind::Fetch, ToolKind::SwitchMode, ToolKind::Other] {
        looks.kind = kind;
        assert!(!looks.is_deed(), "{kind:?}");
    }
    let text = LongText::inline("+ tea").unwrap();
    looks.diffs = vec![FileDiff { path: "shed".to_owned(), added: 1, removed: 0, unified: text }];
    assert!(looks.is_deed(), "whatever its kind says");
    for kind in [ToolKind::Edit, ToolKind::Delete, ToolKind::Move, ToolKind::Execute] {
        assert!(PermissionRequest { kind, ..request(None) }.is_deed(), "{kind:?}");
    }
}

#[test]
fn ba13_an_approved_plan_opens_its_turn_and_people_are_asked_again() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    assert!(stage.view(BEA).turn.unwrap().awaits_plan);
    stage.plan("plan");
    assert_eq!(asked(&mut stage), "permission_refused", "while they vote");
    for person in [ADA, BEA, CAI] {
        stage.approve(person);
    }
    assert!(!stage.view(BEA).turn.unwrap().awaits_plan);
    assert_eq!(asked(&mut stage), "permission_asked", "PE6: it allows nothing by itself");
}

#[test]
fn ba13_another_plan_closes_the_turn_again() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    approve_all(&mut stage);
    stage.plan("another");
    assert_eq!(asked(&mut stage), "permission_refused");
    stage.vote(CAI, "another", deny("no"));
    assert_eq!(asked(&mut stage), "permission_refused");
}

#[test]
fn ba13_ba7_an_override_opens_the_turn_as_a_vote_does() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    let ballot = stage.plan("plan");
    let (verdict, reason) = (Verdict::Approved, "we must".to_owned());
    stage.say(ADA, Command::Override { ballot, verdict, reason });
    assert_eq!(asked(&mut stage), "permission_asked");
}

#[test]
fn ba13_the_next_turn_needs_a_plan_of_its_own() {
    for end in [StopReason::EndTurn, StopReason::Cancelled] {
        let mut stage = stage_with_rule();
        stage.run(BEA);
        approve_all(&mut stage);
        stage.stop_with(end);
        stage.run(BEA);
        assert_eq!(asked(&mut stage), "permission_refused", "{end:?}");
    }
}

#[test]
fn ba13_ba12_what_follows_a_deny_needs_a_plan() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    let ballot = stage.plan("plan");
    stage.vote(CAI, "plan", deny("no"));
    stage.see(Occurrence::AgentTold { card: CardId::Ballot(ballot), with_reason: false });
    stage.finish();
    stage.take_next().unwrap();
    stage.begin();
    assert_eq!(stage.turn().origin, Origin::FollowUp);
    assert_eq!(asked(&mut stage), "permission_refused");
}

#[test]
fn ba13_tu8_a_turn_that_was_cut_short_is_gone_on_with() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    approve_all(&mut stage);
    stage.restart();
    stage.come(BEA);
    stage.run(BEA);
    assert_eq!(asked(&mut stage), "permission_asked", "the same author and agent");
    stage.finish();
    stage.run(BEA);
    assert_eq!(asked(&mut stage), "permission_refused", "and no further");
}

#[test]
fn ba13_what_was_cut_short_is_gone_on_with_by_nobody_else() {
    let mut stage = stage_with_rule();
    stage.run(BEA);
    approve_all(&mut stage);
    stage.fail();
    stage.run(CAI);
    assert_eq!(asked(&mut stage), "permission_refused", "another's turn");
    stage.finish();
    stage.run(BEA);
    assert_eq!(asked(&mut stage), "permission_refused", "it was over then");

    let mut stage = stage_with_rule();
    stage.run(BEA);
    approve_all(&mut stage);
    stage.fail();
    stage.say(ADA, Command::ChooseAgent { choice: AgentChoice::of("another") });
    stage.run(BEA);
    assert_eq!(asked(&mut stage), "permission_refused", "another agent");
}

#[test]
fn ba13_gr5_a_turn_without_a_plan_may_do_nothing_unasked_whoever_drives() {
    let mut stage = stage_with_rule();
    stage.deliver(ADA, Delivery::Now);
    assert_eq!(stage.turn().ceiling, Ceiling::Ask, "the owner's own");
    let ceiling = |effect: &Effect| match effect {
        Effect::Begin { ceiling, .. } => Some(*ceiling),
        _ => None,
    };
    assert_eq!(stage.room.owed().iter().find_map(ceiling), Some(Ceiling::Ask));
    stage.begin();
    approve_all(&mut stage);
    assert_eq!(stage.turn().ceiling, Ceiling::Ask, "PE6");
    stage.fail();
    stage.deliver(ADA, Delivery::Now);
    assert_eq!(stage.turn().ceiling, Ceiling::Bypass, "it goes on with an approved plan");
}

#[test]
fn ba13_gr3_the_rule_holds_from_the_moment_it_is_made() {
    let mut stage = three();
    stage.run(ADA);
    assert_eq!(asked(&mut stage), "permission_asked");
    stage.rule(|rules| rules.plan_first = true);
    assert_eq!((asked(&mut stage), stage.turn().ceiling), ("permission_refused".to_owned(), Ceiling::Ask));
    stage.rule(|rules| rules.plan_first = false);
    assert_eq!((asked(&mut stage), stage.turn().ceiling), ("permission_asked".to_owned(), Ceiling::Bypass));
}

#[test]
fn ba13_ba11_without_a_vote_whoever_decides_opens_the_turn() {
    let mut stage = stage_with_rule();
    stage.rule(|rules| rules.consensus = false);
    stage.run(BEA);
    stage.plan("plan");
    stage.approve(ADA);
    assert_eq!(asked(&mut stage), "permission_asked");
}
