use model::limits::{PROMPT_BYTES, QUEUE_LEN, QUEUE_LEN_PER_AUTHOR};
use model::*;
use room::Effect;
use uuid::Uuid;

use crate::stage::*;

#[test]
fn tu1_one_turn_at_a_time() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let (_, second) = stage.prompt(Delivery::Queue);
    assert_eq!(names(&stage.say(BEA, second)), ["prompt_queued"]);
    assert_eq!(stage.turn().turn, turn);
    let stolen = Occurrence::NextTaken { prompt: stage.waiting()[0], turn: TurnId(Uuid::from_u128(5)) };
    assert_eq!(stage.see(stolen), [], "the lock is taken");
}

#[test]
fn tu1_a_refused_prompt_leaves_nothing() {
    let mut stage = three();
    stage.run(BEA);
    let before = (stage.room.clone(), stage.room.owed());
    let (_, second) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(CAI, second), Rejection::TurnLocked { driver: BEA });
    assert_eq!((stage.room.clone(), stage.room.owed()), before);
}

#[test]
fn tu3_1_outside_is_not_found_before_anything_else() {
    let mut stage = three();
    stage.allow(BEA, Rights::default());
    stage.mute(BEA);
    stage.say(ADA, Command::End);
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, prompt), Rejection::NotFound);
}

#[test]
fn tu3_2_a_missing_right_comes_before_muted() {
    let mut stage = three();
    stage.allow(BEA, Preset::Reviewer.rights());
    stage.mute(BEA);
    stage.say(ADA, Command::End);
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, prompt), Rejection::Forbidden { right: Right::Steer });
}

#[test]
fn tu3_3_muted_comes_before_ended() {
    let mut stage = three();
    stage.mute(BEA);
    stage.say(ADA, Command::End);
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, prompt), Rejection::Muted);
}

#[test]
fn tu3_4_ended_is_not_open() {
    let mut stage = three();
    stage.say(ADA, Command::End);
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, prompt), Rejection::NotOpen);
}

#[test]
fn tu3_5_a_full_queue_refuses_what_would_be_queued() {
    let mut stage = three();
    stage.say(ADA, Command::Pause);
    for _ in 0..QUEUE_LEN_PER_AUTHOR {
        stage.queue(BEA);
    }
    let limit = QUEUE_LEN_PER_AUTHOR as u32;
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, prompt.clone()), Rejection::QueueFull { limit }, "also when paused");
    assert_eq!(names(&stage.say(CAI, prompt)), ["prompt_queued"], "nobody fills another's room");
    for n in 0..4u128 {
        let other = PersonId(Uuid::from_u128(0xe00 + n));
        stage.admit(other, &format!("Eve {n}"), Preset::Collaborator.rights());
        while stage.room.queued() < QUEUE_LEN as u32 {
            let (_, prompt) = stage.prompt(Delivery::Queue);
            let Ok(events) = stage.ask(other, &prompt) else { break };
            stage.keep(events);
        }
    }
    let (_, prompt) = stage.prompt(Delivery::Queue);
    assert_eq!(stage.refused(ADA, prompt), Rejection::QueueFull { limit: QUEUE_LEN as u32 });
}

#[test]
fn tu3_5_a_full_queue_does_not_refuse_what_starts() {
    let mut stage = three();
    stage.run(BEA);
    for _ in 0..QUEUE_LEN_PER_AUTHOR {
        stage.queue(BEA);
    }
    stage.fail();
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(names(&stage.say(BEA, prompt)), ["queue_released", "prompt_queued", "turn_taken"]);
}

#[test]
fn tu3_6_paused_by_a_person_is_queued() {
    let mut stage = three();
    stage.run(ADA);
    stage.say(ADA, Command::Pause);
    let (_, prompt) = stage.prompt(Delivery::Now);
    assert_eq!(names(&stage.say(BEA, prompt)), ["prompt_queued"], "before turn_locked");
}

#[test]
fn tu3_7_now_is_locked_for_people_only() {
    let mut stage = three();
    stage.run(BEA);
    let (_, now) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(CAI, now.clone()), Rejection::TurnLocked { driver: BEA });
    assert_eq!(names(&stage.say(BEA, now)), ["prompt_queued"], "one's own turn locks nobody out");
    let origin = Origin::Agent { session: SessionId(Uuid::from_u128(9)) };
    let (_, now) = stage.prompt_of(Delivery::Now, origin);
    assert_eq!(names(&stage.say(CAI, now)), ["prompt_queued"]);
}

#[test]
fn tu3_8_steer_folds_into_the_running_turn() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let prompt = stage.deliver(CAI, Delivery::Steer);
    let owed = stage.room.owed();
    let steers = |effect: &Effect| matches!(effect, Effect::Steer { prompt: p, .. } if *p == prompt);
    assert!(owed.iter().any(steers));
    assert_eq!(stage.see(Occurrence::Steered { prompt, turn }), [Event::PromptSteered { prompt, turn }]);
    assert!(stage.waiting().is_empty() && stage.room.owed().is_empty());
    assert_eq!(stage.see(Occurrence::Steered { prompt, turn }), [], "it is folded once");
}

#[test]
fn tu3_8_steer_waits_where_the_agent_can_not() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let prompt = stage.deliver(CAI, Delivery::Steer);
    stage.finish();
    assert_eq!(stage.see(Occurrence::Steered { prompt, turn }), [], "that turn is over");
    assert_eq!(stage.take_next(), Some(prompt));
}

#[test]
fn tu3_10_idle_starts_at_once() {
    let mut stage = three();
    let (_, prompt) = stage.prompt(Delivery::Queue);
    assert_eq!(names(&stage.say(BEA, prompt)), ["prompt_queued", "turn_taken"]);
    assert!(matches!(stage.room.owed()[..], [Effect::Begin { .. }]));
}

#[test]
fn tu3_an_idle_room_with_a_prompt_due_keeps_the_order() {
    let mut stage = three();
    stage.run(BEA);
    let first = stage.queue(CAI);
    stage.finish();
    let second = stage.queue(BEA);
    assert_eq!(stage.waiting(), [first, second]);
    assert_eq!(stage.take_next(), Some(first));
}

#[test]
fn tu3_blank_oversized_and_doubled_prompts_are_refused() {
    let mut stage = three();
    let mut with_text = |text: String| {
        let (prompt, turn) = (PromptId(stage.fresh()), TurnId(stage.fresh()));
        let body = PromptBody::text(text);
        let command = Command::Deliver { prompt, turn, body, delivery: Delivery::Now, origin: Origin::Human };
        stage.refused(BEA, command)
    };
    assert_eq!(with_text(" \n".to_owned()), Rejection::Empty);
    let limit = PROMPT_BYTES as u64;
    assert_eq!(with_text("x".repeat(PROMPT_BYTES + 1)), Rejection::TooLarge { limit });
    let (_, prompt) = stage.prompt(Delivery::Queue);
    stage.say(BEA, prompt.clone());
    assert_eq!(stage.refused(BEA, prompt), Rejection::Unchanged);
}

#[test]
fn gr5_a_turn_runs_under_the_lowest_ceiling() {
    let mut stage = three();
    stage.run(ADA);
    assert_eq!(stage.turn().ceiling, Ceiling::Bypass);
    stage.lower(CAI, Ceiling::Ask);
    let turn = stage.turn().turn;
    let prompt = stage.deliver(CAI, Delivery::Steer);
    stage.see(Occurrence::Steered { prompt, turn });
    assert_eq!(stage.turn().ceiling, Ceiling::Ask, "of who steered it");
}

#[test]
fn gr5_a_ceiling_lowered_while_waiting_counts_and_a_raised_one_does_not() {
    let mut stage = three();
    stage.run(ADA);
    stage.queue(BEA);
    stage.queue(CAI);
    stage.lower(BEA, Ceiling::Ask);
    stage.lower(CAI, Ceiling::Bypass);
    stage.finish();
    stage.take_next();
    assert_eq!((stage.turn().author, stage.turn().ceiling), (BEA, Ceiling::Ask));
    stage.begin();
    stage.finish();
    stage.take_next();
    assert_eq!((stage.turn().author, stage.turn().ceiling), (CAI, Ceiling::AcceptEdits));
}
