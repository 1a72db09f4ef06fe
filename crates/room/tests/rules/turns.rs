use model::*;
use room::Effect;
use uuid::Uuid;

use crate::stage::*;

const OTHER: TurnId = TurnId(Uuid::from_u128(77));

fn said(turn: TurnId) -> Occurrence {
    let text = LongText::inline("hello").unwrap();
    Occurrence::MessageSaid { turn, item: ItemId(Uuid::from_u128(3)), text }
}

fn tool(turn: TurnId) -> Occurrence {
    Occurrence::ToolStarted { turn, item: ItemId(Uuid::from_u128(4)), call: ToolCall::default() }
}

#[test]
fn tu2_the_author_drives_at_first_and_the_view_shows_it() {
    let mut stage = three();
    assert_eq!(stage.view(CAI).turn, None, "no lock while idle");
    stage.run(BEA);
    let turn = stage.view(CAI).turn.unwrap();
    assert_eq!((turn.author, turn.driver, turn.since), (BEA, BEA, stage.at));
    assert_eq!(turn.choice, AgentChoice::of("rehearsal"));
    stage.finish();
    assert_eq!(stage.view(CAI).turn, None);
}

#[test]
fn tu4_a_disconnect_changes_nothing_until_the_driver_is_gone() {
    let mut stage = three();
    let turn = stage.run(BEA);
    assert_eq!(names(&stage.away(BEA)), ["person_away"]);
    stage.wait(29);
    assert_eq!(stage.turn().driver, BEA);
    let events = stage.wait(1);
    assert_eq!(names(&events), ["person_left", "driver_changed"]);
    let reason = DriverReason::DriverGone;
    assert_eq!(events[1], Event::DriverChanged { turn, driver: ADA, reason });
    assert_eq!(stage.turn().author, BEA, "the turn goes on");
}

#[test]
fn tu4_who_is_gone_does_not_get_the_lock_of_a_queued_prompt() {
    let mut stage = three();
    stage.run(ADA);
    stage.queue(BEA);
    stage.away(BEA);
    stage.wait(30);
    stage.finish();
    stage.take_next();
    assert_eq!((stage.turn().author, stage.turn().driver), (BEA, ADA));
}

#[test]
fn gr5_a_mode_above_the_ceiling_stops_the_turn_once_and_says_so() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let exceeded = Occurrence::ModeExceeded { turn, mode: "yolo".to_owned() };
    assert_eq!(names(&stage.see(exceeded.clone())), ["mode_exceeded", "turn_stopping"]);
    assert!(stage.see(exceeded.clone()).is_empty(), "it is being stopped");
    stage.finish();
    assert!(stage.see(exceeded).is_empty());
}

#[test]
fn tu5_the_driver_the_owner_and_an_approver_may_stop() {
    for (person, allowed) in [(BEA, true), (ADA, true), (DAN, true), (CAI, false)] {
        let mut stage = three();
        stage.admit(DAN, "Dan", Preset::CoHost.rights());
        stage.come(DAN);
        stage.run(BEA);
        let answer = stage.ask(person, &Command::StopTurn);
        assert_eq!(answer.is_ok(), allowed, "{answer:?}");
    }
}

#[test]
fn tu5_any_steerer_stops_a_turn_of_an_agent() {
    let mut stage = three();
    stage.wake();
    assert_eq!(stage.turn().driver, ADA);
    assert!(stage.ask(CAI, &Command::StopTurn).is_ok());
}

#[test]
fn tu5_stop_cancels_and_the_agent_ends_the_turn() {
    let mut stage = three();
    let turn = stage.run(BEA);
    assert_eq!(stage.say(BEA, Command::StopTurn), [Event::TurnStopping { turn, by: Some(BEA) }]);
    assert_eq!(stage.room.owed(), [Effect::Cancel { turn }]);
    assert_eq!(stage.refused(BEA, Command::StopTurn), Rejection::Unchanged);
    assert_eq!(outcome(&stage.finish()), Some(&TurnOutcome::Cancelled));
    assert_eq!(stage.refused(BEA, Command::StopTurn), Rejection::NoTurn);
}

#[test]
fn tu5_an_agent_that_was_killed_is_said_to_be() {
    let mut stage = three();
    let turn = stage.run(BEA);
    stage.say(BEA, Command::StopTurn);
    let ending = Ending::Died { reason: "killed".to_owned(), detail: String::new() };
    let events = stage.see(Occurrence::TurnOver { turn, ending });
    assert_eq!(names(&events), ["agent_exited", "turn_ended"]);
    assert_eq!(outcome(&events), Some(&TurnOutcome::Cancelled));
}

#[test]
fn tu5_tu8_a_turn_that_has_not_begun_stops_at_once_and_never_begins() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    let turn = stage.turn().turn;
    assert_eq!(names(&stage.say(BEA, Command::StopTurn)), ["turn_stopping", "turn_ended"]);
    assert_eq!(stage.see(Occurrence::TurnBegan { turn }), [], "so no byte is written");
    assert!(stage.room.owed().is_empty());
}

#[test]
fn tu6_every_ending_has_its_outcome() {
    let failed = |reason: &str| TurnOutcome::Failed { reason: reason.to_owned(), detail: String::new() };
    let cases = [
        (Ending::Stopped(StopReason::EndTurn), TurnOutcome::Completed),
        (Ending::Stopped(StopReason::Cancelled), TurnOutcome::Cancelled),
        (Ending::Stopped(StopReason::Refusal), failed("The agent refused to go on.")),
        (Ending::Stopped(StopReason::MaxTokens), failed("The agent reached its limit of tokens.")),
        (Ending::Stopped(StopReason::MaxRequests), failed("The agent reached its limit of steps.")),
        (Ending::Failed { reason: "x".to_owned(), detail: String::new() }, failed("x")),
        (Ending::Died { reason: "x".to_owned(), detail: String::new() }, TurnOutcome::Interrupted),
    ];
    for (ending, expected) in cases {
        let mut stage = three();
        let turn = stage.run(BEA);
        let events = stage.see(Occurrence::TurnOver { turn, ending: ending.clone() });
        assert_eq!(outcome(&events), Some(&expected));
        assert_eq!(stage.see(Occurrence::TurnOver { turn, ending }), [], "exactly once");
    }
}

#[test]
fn tu6_a_start_that_fails_ends_the_turn() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    let turn = stage.turn().turn;
    let (reason, detail) = ("not installed".to_owned(), "sh: not found".to_owned());
    let events = stage.see(Occurrence::StartFailed { turn, reason: reason.clone(), detail: detail.clone() });
    assert_eq!(outcome(&events), Some(&TurnOutcome::Failed { reason, detail }));
    assert_eq!(stage.room.turn(), None);
}

#[test]
fn tu6_pe4_open_tools_and_cards_close_with_their_turn() {
    let mut stage = three();
    let turn = stage.run(BEA);
    stage.see(tool(turn));
    stage.plan("plan");
    stage.permission();
    stage.question(&[]);
    let events = stage.finish();
    let expected =
        ["tool_ended", "ballot_closed", "question_withdrawn", "permission_withdrawn", "turn_ended"];
    assert_eq!(names(&events), expected);
    assert!(matches!(&events[0], Event::ToolEnded { status: ToolStatus::Cancelled, .. }));
    assert_eq!(stage.room.wanted().len(), 0);
    assert!(stage.room.owed().is_empty());
}

#[test]
fn tu6_tu7_late_and_foreign_reports_settle_nothing() {
    let mut stage = three();
    let old = stage.run(BEA);
    stage.finish();
    let turn = stage.run(CAI);
    for late in [old, OTHER] {
        let ending = Ending::Stopped(StopReason::EndTurn);
        let (reason, detail) = (String::new(), String::new());
        let ballot = BallotId(OTHER.0);
        let reports = [
            Occurrence::TurnOver { turn: late, ending },
            Occurrence::TurnBegan { turn: late },
            Occurrence::StartFailed { turn: late, reason, detail },
            Occurrence::Stalled { turn: late, since: stage.at },
            Occurrence::UsageReported { turn: late, usage: Usage::default() },
            Occurrence::PermissionAsked {
                turn: late,
                permission: PermissionId(OTHER.0),
                request: request(None),
            },
            proposal(late, ballot, "late"),
            said(late),
            tool(late),
        ];
        for report in reports {
            assert_eq!(stage.see(report.clone()), [], "{report:?}");
        }
    }
    assert_eq!(stage.turn().turn, turn);
    assert_eq!(names(&stage.see(said(turn))), ["message_said"]);
}

#[test]
fn tu6_a_tool_ends_once_and_only_if_it_started() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let item = ItemId(Uuid::from_u128(4));
    let (status, output) = (ToolStatus::Completed, LongText::default());
    let end = Occurrence::ToolEnded { turn, item, status, output, diffs: vec![] };
    assert_eq!(stage.see(end.clone()), []);
    assert_eq!(names(&stage.see(tool(turn))), ["tool_started"]);
    assert_eq!(stage.see(tool(turn)), []);
    assert_eq!(names(&stage.see(end.clone())), ["tool_ended"]);
    assert_eq!(stage.see(end), []);
}

#[test]
fn tu8_begun_is_interrupted_and_never_run_again_by_itself() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let waiting = stage.queue(CAI);
    stage.see(tool(turn));
    stage.permission();
    let events = stage.restart();
    let expected = ["tool_ended", "permission_withdrawn", "turn_ended", "queue_held"];
    assert_eq!(names(&events)[3..], expected, "after three people went away");
    assert_eq!(outcome(&events), Some(&TurnOutcome::Interrupted));
    assert!(stage.view(ADA).interrupted);
    assert_eq!(stage.room.status(), SessionStatus::Interrupted);
    assert!(stage.room.owed().is_empty());
    assert_eq!(stage.waiting(), [waiting]);
    stage.run(ADA);
    assert!(!stage.view(ADA).interrupted, "until something runs");
}

#[test]
fn tu8_not_begun_goes_back_and_is_taken_again() {
    let mut stage = three();
    let prompt = stage.deliver(BEA, Delivery::Now);
    let behind = stage.queue(CAI);
    let events = stage.restart();
    assert_eq!(names(&events)[3..], ["prompt_returned", "turn_ended"]);
    assert!(!stage.view(ADA).interrupted && !stage.view(ADA).queue.held);
    assert_eq!(stage.waiting(), [prompt, behind]);
    assert_eq!(stage.take_next(), Some(prompt));
}

#[test]
fn tu8_what_the_dead_agent_was_to_be_told_is_forgotten() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    stage.say(ADA, Command::AnswerPermission { permission, answer: PermissionAnswer::Allow });
    assert_eq!(stage.room.owed().len(), 1);
    stage.restart();
    assert!(stage.room.owed().is_empty());
    let told = Occurrence::AgentTold { card: CardId::Permission(permission), with_reason: true };
    assert_eq!(stage.see(told), []);
}

#[test]
fn tu9_a_steerer_asks_and_the_driver_hands_over() {
    let mut stage = three();
    let turn = stage.run(BEA);
    assert_eq!(stage.say(CAI, Command::AskToDrive), [Event::DriveAsked { turn, person: CAI }]);
    assert_eq!(stage.view(BEA).turn.unwrap().asked_to_drive, [CAI]);
    assert_eq!(stage.refused(CAI, Command::AskToDrive), Rejection::Unchanged);
    assert_eq!(stage.refused(CAI, Command::HandOver { to: CAI }), Rejection::TurnLocked { driver: BEA });
    let reason = DriverReason::HandedOver;
    let events = stage.say(BEA, Command::HandOver { to: CAI });
    assert_eq!(events, [Event::DriverChanged { turn, driver: CAI, reason }]);
    assert_eq!((stage.turn().author, stage.turn().driver), (BEA, CAI), "the author stays");
    assert!(stage.view(BEA).turn.unwrap().asked_to_drive.is_empty());
}

#[test]
fn tu9_only_a_present_unmuted_steerer_gets_the_lock() {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::Reviewer.rights());
    stage.come(DAN);
    stage.run(BEA);
    assert_eq!(stage.refused(DAN, Command::AskToDrive), Rejection::Forbidden { right: Right::Steer });
    assert_eq!(stage.refused(BEA, Command::HandOver { to: DAN }), Rejection::NoSuchDriver);
    assert_eq!(stage.refused(BEA, Command::HandOver { to: PersonId(OTHER.0) }), Rejection::NoSuchDriver);
    stage.away(CAI);
    assert_eq!(stage.refused(BEA, Command::HandOver { to: CAI }), Rejection::NoSuchDriver);
    stage.come(CAI);
    stage.mute(CAI);
    assert_eq!(stage.refused(BEA, Command::HandOver { to: CAI }), Rejection::NoSuchDriver);
    assert_eq!(stage.refused(CAI, Command::AskToDrive), Rejection::Muted);
}

#[test]
fn tu9_the_owner_takes_the_lock() {
    let mut stage = three();
    let turn = stage.run(BEA);
    assert_eq!(stage.refused(CAI, Command::TakeLock), Rejection::Forbidden { right: Right::Own });
    let reason = DriverReason::TakenByOwner;
    assert_eq!(stage.say(ADA, Command::TakeLock), [Event::DriverChanged { turn, driver: ADA, reason }]);
    assert_eq!(stage.refused(ADA, Command::TakeLock), Rejection::Unchanged);
}

#[test]
fn tu10_the_turn_of_an_author_without_a_grant_is_stopped() {
    for reason in [DropReason::Kicked, DropReason::Revoked, DropReason::Expired] {
        let mut stage = three();
        let turn = stage.run(BEA);
        let events = stage.banish(BEA, reason);
        assert_eq!(names(&events), ["person_left", "driver_changed", "turn_stopping"]);
        assert_eq!(stage.room.owed(), [Effect::Cancel { turn }]);
        assert_eq!(stage.turn().driver, ADA);
    }
}

#[test]
fn tu10_the_turn_of_a_muted_author_goes_on_with_the_owner() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let reason = DriverReason::AuthorMuted;
    let events = stage.mute(BEA);
    assert_eq!(events[1..], [Event::DriverChanged { turn, driver: ADA, reason }]);
    assert!(stage.room.owed().is_empty());
}
