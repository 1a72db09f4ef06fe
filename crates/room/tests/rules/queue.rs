use model::limits::START_ATTEMPTS;
use model::*;
use room::{Effect, Room};

use crate::stage::*;

#[test]
fn qu1_first_in_first_out_one_turn_each() {
    let mut stage = three();
    stage.run(BEA);
    let queued = [stage.queue(CAI), stage.queue(BEA), stage.queue(CAI)];
    assert_eq!(stage.waiting(), queued);
    for prompt in queued {
        stage.finish();
        assert_eq!(stage.take_next(), Some(prompt));
        assert_eq!(stage.turn().prompt, prompt);
        stage.begin();
    }
    stage.finish();
    assert!(stage.room.owed().is_empty());
}

#[test]
fn qu1_the_queue_survives_in_the_log() {
    let mut stage = three();
    stage.run(BEA);
    stage.queue(CAI);
    let again = Room::fold(stage.log.iter().map(|(event, at)| (event, *at)));
    assert_eq!(again, stage.room);
}

#[test]
fn qu1_author_and_owner_edit_and_remove() {
    let mut stage = three();
    stage.run(ADA);
    let (first, second) = (stage.queue(BEA), stage.queue(BEA));
    let body = PromptBody::text("rather this".to_owned());
    let edit = Command::EditPrompt { prompt: first, body: body.clone() };
    let remove = Command::WithdrawPrompt { prompt: first };
    assert_eq!(stage.refused(CAI, edit.clone()), Rejection::Forbidden { right: Right::Own });
    assert_eq!(stage.refused(CAI, remove.clone()), Rejection::Forbidden { right: Right::Own });
    assert_eq!(names(&stage.say(BEA, edit.clone())), ["prompt_edited"]);
    assert_eq!(stage.view(CAI).queue.items[0].body, body);
    assert_eq!(stage.refused(ADA, edit), Rejection::Unchanged);
    let reason = PromptGone::ByOwner;
    assert_eq!(stage.say(ADA, remove.clone()), [Event::PromptWithdrawn { prompt: first, reason }]);
    assert_eq!(stage.refused(BEA, remove), Rejection::NotFound);
    let reason = PromptGone::ByAuthor;
    let remove = Command::WithdrawPrompt { prompt: second };
    assert_eq!(stage.say(BEA, remove), [Event::PromptWithdrawn { prompt: second, reason }]);
}

#[test]
fn qu1_a_started_prompt_is_no_longer_edited() {
    let mut stage = three();
    stage.run(BEA);
    let prompt = stage.turn().prompt;
    assert_eq!(stage.refused(BEA, Command::WithdrawPrompt { prompt }), Rejection::AlreadyStarted);
}

#[test]
fn qu2_the_room_owes_the_next_prompt_at_turn_end_and_after_a_start() {
    let mut stage = three();
    stage.run(BEA);
    let prompt = stage.queue(CAI);
    assert!(stage.room.owed().is_empty());
    stage.finish();
    assert_eq!(stage.room.owed(), [Effect::TakeNext { prompt }]);
    stage.restart();
    assert_eq!(stage.room.owed(), [Effect::TakeNext { prompt }]);
}

#[test]
fn qu3_stop_and_error_hold_the_queue_until_it_is_run() {
    let endings: [fn(&mut Stage) -> Vec<Event>; 3] = [
        |stage| {
            stage.say(ADA, Command::StopTurn);
            stage.finish()
        },
        Stage::fail,
        |stage| stage.stop_with(StopReason::Cancelled),
    ];
    for end in endings {
        let mut stage = three();
        stage.run(BEA);
        let prompt = stage.queue(CAI);
        assert_eq!(names(&end(&mut stage)), ["turn_ended", "queue_held"]);
        assert!(stage.view(BEA).queue.held && stage.room.owed().is_empty());
        assert_eq!(stage.say(CAI, Command::ReleaseQueue), [Event::QueueReleased]);
        assert_eq!(stage.refused(CAI, Command::ReleaseQueue), Rejection::Unchanged);
        assert_eq!(stage.room.owed(), [Effect::TakeNext { prompt }]);
    }
}

#[test]
fn qu3_the_next_prompt_starts_at_once_with_the_held_ones_behind() {
    let mut stage = three();
    stage.run(BEA);
    let held = stage.queue(CAI);
    stage.fail();
    let next = stage.deliver(BEA, Delivery::Now);
    assert_eq!(stage.turn().prompt, next);
    assert_eq!(stage.waiting(), [held]);
    stage.begin();
    stage.finish();
    assert_eq!(stage.take_next(), Some(held));
}

#[test]
fn qu3_an_empty_queue_is_not_held() {
    let mut stage = three();
    stage.run(BEA);
    let prompt = stage.queue(CAI);
    stage.fail();
    stage.say(CAI, Command::WithdrawPrompt { prompt });
    assert!(!stage.view(BEA).queue.held);
    stage.run(BEA);
    assert_eq!(names(&stage.fail()), ["turn_ended"]);
}

#[test]
fn qu4_an_unbegun_prompt_returns_twice_and_fails_the_third_time() {
    let mut stage = three();
    let prompt = stage.deliver(BEA, Delivery::Now);
    for attempts in 1..START_ATTEMPTS {
        let events = stage.restart();
        assert!(events.contains(&Event::PromptReturned { prompt, attempts }));
        assert_eq!(stage.take_next(), Some(prompt));
    }
    let events = stage.restart();
    assert!(matches!(&events[3..], [
        Event::PromptFailed { prompt: failed, .. },
        Event::TurnEnded { outcome: TurnOutcome::Failed { .. }, .. }
    ] if *failed == prompt));
    assert!(stage.waiting().is_empty() && stage.room.owed().is_empty());
}

#[test]
fn qu4_a_begun_prompt_never_returns() {
    let mut stage = three();
    stage.run(BEA);
    stage.restart();
    assert!(stage.waiting().is_empty() && stage.room.owed().is_empty());
}

#[test]
fn qu5_the_prompt_of_someone_who_left_stays() {
    let mut stage = three();
    stage.run(ADA);
    let prompt = stage.queue(BEA);
    stage.away(BEA);
    stage.wait(3600);
    assert_eq!(stage.waiting(), [prompt]);
}

#[test]
fn qu5_a_muted_authors_prompt_is_held_and_others_pass_it() {
    let mut stage = three();
    stage.run(ADA);
    let (held, other) = (stage.queue(BEA), stage.queue(CAI));
    let reason = HoldReason::AuthorMuted;
    assert!(stage.mute(BEA).contains(&Event::PromptHeld { prompt: held, reason }));
    assert_eq!(stage.view(CAI).queue.items[0].state, QueueItemState::Held { reason });
    stage.finish();
    assert_eq!(stage.take_next(), Some(other));
    stage.begin();
    stage.finish();
    assert_eq!(stage.take_next(), None);
    assert_eq!(stage.unmute(BEA)[1..], [Event::PromptReleased { prompt: held }]);
    assert_eq!(stage.take_next(), Some(held));
}

#[test]
fn qu5_kick_and_revoke_cancel_with_a_reason() {
    for (why, reason) in [
        (DropReason::Kicked, PromptGone::AuthorKicked),
        (DropReason::Revoked, PromptGone::AuthorRevoked),
        (DropReason::Expired, PromptGone::AuthorRevoked),
    ] {
        let mut stage = three();
        stage.run(ADA);
        let prompt = stage.queue(BEA);
        stage.away(BEA);
        stage.wait(30);
        assert_eq!(
            stage.banish(BEA, why)[1..],
            [Event::PromptWithdrawn { prompt, reason }],
            "also when gone"
        );
    }
}

#[test]
fn qu5_an_author_who_never_came_loses_prompts_with_the_grant() {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::Collaborator.rights());
    stage.run(ADA);
    let prompt = stage.queue(DAN);
    let events = stage.banish(DAN, DropReason::Kicked);
    assert_eq!(events[1..], [Event::PromptWithdrawn { prompt, reason: PromptGone::AuthorKicked }]);
    stage.admit(DAN, "Dan", Preset::Collaborator.rights());
    stage.reconcile(&[]);
    let again = stage.queue(DAN);
    assert_eq!(stage.waiting(), [again], "let in again, prompts wait as before");
}

#[test]
fn ag7_qu3_a_prompt_that_nobody_pays_for_is_taken_out_when_its_turn_comes_and_holds_nobody() {
    let mut stage = three();
    stage.run(ADA);
    let (spent, next) = (stage.queue(BEA), stage.queue(CAI));
    assert_eq!(stage.see(Occurrence::NextUnpaid { prompt: spent }), [], "its turn has not come");
    stage.finish();
    let reason = PromptGone::BudgetSpent;
    let gone = stage.see(Occurrence::NextUnpaid { prompt: spent });
    assert_eq!(gone, [Event::PromptWithdrawn { prompt: spent, reason }]);
    assert_eq!(stage.room.owed(), [Effect::TakeNext { prompt: next }]);
}
