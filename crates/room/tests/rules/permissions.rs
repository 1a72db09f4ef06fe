use model::*;
use room::Effect;
use uuid::Uuid;

use crate::stage::*;

fn allow(permission: PermissionId) -> Command {
    Command::AnswerPermission { permission, answer: PermissionAnswer::Allow }
}

#[test]
fn pe1_all_see_the_request_and_owner_or_approver_answers() {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::CoHost.rights());
    stage.come(DAN);
    stage.run(BEA);
    let permission = stage.permission();
    for (person, may) in [(ADA, true), (DAN, true), (BEA, false), (CAI, false)] {
        let shown = stage.view(person).permissions;
        assert_eq!((&shown[0].request, shown[0].you_may), (&request(None), may));
        assert_eq!(stage.ask(person, &allow(permission)).is_ok(), may);
    }
    let forbidden = Rejection::Forbidden { right: Right::Approve };
    assert_eq!(stage.refused(BEA, allow(permission)), forbidden, "the driver too");
}

#[test]
fn pe2_the_first_valid_answer_wins() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    stage.refused(BEA, allow(permission));
    let answer = PermissionAnswer::Reject;
    stage.say(ADA, Command::AnswerPermission { permission, answer });
    let at = stage.at;
    stage.wait(5);
    assert_eq!(stage.refused(ADA, allow(permission)), Rejection::AlreadyDecided { by: Some(ADA), at });
    assert_eq!(stage.refused(ADA, allow(PermissionId(Uuid::nil()))), Rejection::NotFound);
}

#[test]
fn pe2_the_agent_is_told_once() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    stage.say(ADA, allow(permission));
    let answer = PermissionAnswer::Allow;
    assert_eq!(stage.room.owed(), [Effect::TellPermission { permission, answer }]);
    let card = CardId::Permission(permission);
    let told = Occurrence::AgentTold { card, with_reason: true };
    assert_eq!(stage.see(told.clone()), [Event::AgentTold { card }]);
    assert_eq!(stage.see(told), []);
    assert!(stage.room.owed().is_empty());
}

#[test]
fn ag11_what_the_host_bars_nobody_is_asked_and_the_agent_is_told() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let permission = PermissionId(stage.fresh());
    let (request, refusal) = (request(None), Refusal::NotItsTool(ToolGroup::Edit));
    let refused = Event::PermissionRefused { permission, turn, request: request.clone(), refusal };
    assert_eq!(stage.see(Occurrence::PermissionBarred { turn, permission, request, refusal }), [refused]);
    assert_eq!(stage.room.wanted().len(), 0, "nobody is asked");
    assert_eq!(stage.room.owed(), [Effect::TellRefusal { permission, refusal }]);
}

#[test]
fn pe3_lapse_rejects() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let permission = PermissionId(stage.fresh());
    let request = request(Some(stage.at + Span::from_secs(60)));
    stage.see(Occurrence::PermissionAsked { turn, permission, request });
    assert_eq!(stage.wait(59), []);
    let answer = PermissionAnswer::Reject;
    assert_eq!(stage.wait(1), [Event::PermissionAnswered { permission, by: None, answer }]);
    assert_eq!(stage.room.owed(), [Effect::TellPermission { permission, answer }]);
}

#[test]
fn pe3_pe5_without_a_limit_it_waits_for_ever_and_nobody_there_allows_nothing() {
    let mut stage = three();
    stage.run(BEA);
    stage.permission();
    for person in [ADA, BEA, CAI] {
        stage.away(person);
    }
    let events = stage.wait(30 * 24 * 3600);
    assert!(!names(&events).contains(&"permission_answered".to_owned()));
    assert_eq!(stage.room.wanted().len(), 1);
    assert_eq!(stage.room.next_deadline(), None);
}

#[test]
fn pe4_the_end_of_its_turn_withdraws_it() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    let reason = WithdrawReason::TurnEnded;
    assert_eq!(stage.fail()[0], Event::PermissionWithdrawn { permission, reason });
    let at = stage.at;
    assert_eq!(stage.refused(ADA, allow(permission)), Rejection::AlreadyDecided { by: None, at });
}

#[test]
fn pe4_a_turn_that_is_stopping_opens_no_cards() {
    let mut stage = three();
    stage.run(BEA);
    stage.say(BEA, Command::StopTurn);
    stage.permission();
    assert_eq!(stage.room.wanted().len(), 0);
}

#[test]
fn the_agent_may_take_a_request_back() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    let back = Occurrence::CardTakenBack { card: CardId::Permission(permission) };
    let reason = WithdrawReason::ByAgent;
    assert_eq!(stage.see(back.clone()), [Event::PermissionWithdrawn { permission, reason }]);
    assert_eq!(stage.see(back), []);
}

#[test]
fn pe6_an_approved_plan_raises_nothing() {
    let mut stage = three();
    stage.lower(BEA, Ceiling::Ask);
    stage.run(BEA);
    stage.plan("plan");
    for person in [ADA, BEA, CAI] {
        stage.approve(person);
    }
    assert_eq!(stage.turn().ceiling, Ceiling::Ask);
    assert!(matches!(stage.room.owed()[..], [Effect::TellPlan { verdict: PlanVerdict::Approved, .. }]));
}
