use model::*;
use uuid::Uuid;

use crate::stage::*;

fn retry(stage: &mut Stage, broken: TurnId) -> Command {
    Command::Retry { broken, prompt: PromptId(stage.fresh()), turn: TurnId(stage.fresh()) }
}

/// Bea's turn has failed, and Cai's prompt is held behind it.
fn failed() -> (Stage, TurnId, PromptId) {
    let mut stage = three();
    stage.run(BEA);
    let broken = stage.turn().turn;
    let held = stage.queue(CAI);
    stage.fail();
    (stage, broken, held)
}

#[test]
fn tu12_a_failed_turn_is_tried_again_in_front_of_what_is_held() {
    let (mut stage, broken, held) = failed();
    assert_eq!(stage.view(BEA).you.may.retry, Some(broken));
    let again = retry(&mut stage, broken);
    assert_eq!(names(&stage.say(BEA, again)), ["queue_released", "prompt_queued", "turn_taken"]);
    let turn = stage.turn();
    assert_eq!((turn.author, turn.driver), (BEA, BEA));
    assert_ne!(turn.turn, broken);
    assert_eq!(stage.waiting(), [held]);
    assert_eq!(stage.view(BEA).you.may.retry, None);
}

#[test]
fn tu12_who_tries_anothers_words_again_drives_them_and_lifts_no_ceiling() {
    let (mut stage, broken, _) = failed();
    let again = retry(&mut stage, broken);
    let events = stage.say(ADA, again);
    let turn = stage.turn();
    assert_eq!((turn.author, turn.driver), (BEA, ADA));
    let queued = |event: &Event| match event {
        Event::PromptQueued { body, ceiling, .. } => Some((body.clone(), *ceiling)),
        _ => None,
    };
    let (body, ceiling) = events.iter().find_map(queued).unwrap();
    assert!(!body.text.is_empty());
    assert_eq!(ceiling, Ceiling::AcceptEdits, "GR5: Bea's own");
}

#[test]
fn tu12_a_turn_that_was_cut_short_can_be_tried_again_after_a_restart() {
    let mut stage = three();
    stage.run(BEA);
    let broken = stage.turn().turn;
    stage.restart();
    assert_eq!(stage.view(CAI).you.may.retry, Some(broken));
    let again = retry(&mut stage, broken);
    stage.say(CAI, again);
    assert_eq!(stage.turn().author, BEA);
}

#[test]
fn tu12_a_prompt_that_never_began_is_in_the_queue_and_not_tried_again() {
    let mut stage = three();
    let prompt = stage.deliver(BEA, Delivery::Now);
    stage.restart();
    assert_eq!(stage.waiting(), [prompt]);
    assert_eq!(stage.view(BEA).you.may.retry, None);
}

#[test]
fn tu12_nothing_else_can_be_tried_again() {
    let (mut stage, broken, _) = failed();
    let nothing = Rejection::NothingToRetry;
    let other = retry(&mut stage, TurnId(Uuid::from_u128(99)));
    assert_eq!(stage.refused(BEA, other), nothing);
    let again = retry(&mut stage, broken);
    stage.say(BEA, again.clone());
    assert_eq!(stage.refused(CAI, again.clone()), nothing, "two at once start one");
    stage.begin();
    stage.finish();
    assert_eq!(stage.refused(BEA, again), nothing);
    let (mut stage, broken, _) = failed();
    let again = retry(&mut stage, broken);
    stage.say(ADA, Command::End);
    assert_eq!(stage.refused(BEA, again), Rejection::NotOpen);
}

#[test]
fn tu12_a_stopped_turn_is_not_broken() {
    let mut stage = three();
    stage.run(BEA);
    stage.say(ADA, Command::StopTurn);
    stage.finish();
    assert_eq!(stage.view(BEA).you.may.retry, None);
}

#[test]
fn tu12_neither_a_muted_nor_a_gone_authors_words_are_tried_again() {
    let (mut stage, broken, _) = failed();
    let again = retry(&mut stage, broken);
    stage.mute(BEA);
    assert_eq!(stage.refused(ADA, again.clone()), Rejection::AuthorMuted);
    stage.banish(BEA, DropReason::Kicked);
    assert_eq!(stage.refused(ADA, again), Rejection::NothingToRetry);
}
