use model::limits::WAKE_BUDGET;
use model::*;

use crate::stage::*;

/// As many turns of agents as the budget allows.
fn spent() -> Stage {
    let mut stage = three();
    for _ in 0..WAKE_BUDGET {
        stage.wake();
        stage.begin();
        stage.finish();
    }
    stage
}

#[test]
fn ha4_every_turn_of_an_agent_costs_one_and_then_messages_are_held() {
    let mut stage = spent();
    let prompt = stage.wake();
    let reason = HoldReason::WakeBudget;
    assert_eq!(stage.view(ADA).queue.items[0].state, QueueItemState::Held { reason });
    assert_eq!(stage.room.turn(), None);
    assert!(stage.room.owed().is_empty());
    assert_eq!(stage.waiting(), [prompt], "never dropped");
}

#[test]
fn ha4_a_turn_drained_from_the_queue_costs_one_too() {
    let mut stage = three();
    stage.run(BEA);
    for _ in 0..=WAKE_BUDGET {
        stage.wake();
    }
    stage.finish();
    for _ in 0..WAKE_BUDGET {
        assert!(stage.take_next().is_some());
        stage.begin();
        stage.finish();
    }
    assert_eq!(stage.take_next(), None);
    assert_eq!(stage.room.queued(), 1);
}

#[test]
fn ha4_there_is_one_notice() {
    let mut stage = spent();
    stage.wake();
    stage.wake();
    let notices = stage.log.iter().filter(|(event, _)| *event == Event::WakeBudgetSpent).count();
    assert_eq!(notices, 1);
}

#[test]
fn ha4_a_persons_accepted_delivery_refills() {
    let mut stage = spent();
    let prompt = stage.wake();
    let (_, delivery) = stage.prompt(Delivery::Now);
    let events = stage.say(BEA, delivery);
    let expected = ["wake_budget_refilled", "prompt_queued", "turn_taken", "prompt_released"];
    assert_eq!(names(&events), expected);
    stage.begin();
    stage.finish();
    assert_eq!(stage.take_next(), Some(prompt));
}

#[test]
fn ha4_tu3_a_refused_message_refills_nothing() {
    let mut stage = spent();
    stage.wake();
    stage.mute(BEA);
    let (_, delivery) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(BEA, delivery), Rejection::Muted);
    assert!(stage.room.owed().is_empty());
}

#[test]
fn ha4_an_agents_message_refills_nothing() {
    let mut stage = spent();
    let held = [stage.wake(), stage.wake()];
    assert_eq!(stage.waiting(), held);
    assert!(!stage.log.iter().any(|(event, _)| *event == Event::WakeBudgetRefilled));
}

#[test]
fn ha4_two_failing_turns_in_a_row_count_as_none_left() {
    let mut stage = three();
    for _ in 0..2 {
        stage.wake();
        stage.begin();
        stage.fail();
    }
    stage.wake();
    assert_eq!(stage.room.turn(), None);
    assert!(stage.log.iter().any(|(event, _)| *event == Event::WakeBudgetSpent));
}

#[test]
fn ha4_a_clean_turn_between_two_failing_ones_forgives() {
    let mut stage = three();
    for clean in [false, true, false] {
        stage.wake();
        stage.begin();
        if clean {
            stage.finish()
        } else {
            stage.fail()
        };
    }
    stage.wake();
    assert!(stage.room.turn().is_some());
}

#[test]
fn ha4_the_budget_survives_a_restart() {
    let mut stage = spent();
    stage.restart();
    stage.wake();
    assert_eq!(stage.room.turn(), None);
}
