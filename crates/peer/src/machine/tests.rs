use proptest::prelude::*;

use super::*;

const EVERY: u64 = 1_000_000;

fn at(now: u64) -> Chance {
    Chance { now: Timestamp(EVERY + now), permille: 0 }
}

fn machine() -> Machine {
    Machine::new(Timestamp(EVERY))
}

fn greeting() -> Machine {
    let mut machine = machine();
    assert_eq!(machine.step(Input::Wanted, at(0)), [Output::HangUp, Output::Dial]);
    assert_eq!(machine.step(Input::Dialled, at(10)), [Output::Hello]);
    machine
}

fn live() -> Machine {
    let mut machine = greeting();
    assert_eq!(machine.step(Input::Heard(Fact::Welcome), at(20)), []);
    assert!(matches!(machine.stage(), Stage::Live { .. }));
    machine
}

fn consent() -> Machine {
    let mut machine = greeting();
    machine.step(Input::Heard(Fact::Waiting), at(20));
    assert!(matches!(machine.stage(), Stage::Consent { .. }));
    machine
}

fn bye(reason: ByeReason) -> Input {
    Input::Heard(Fact::Bye(Bye { reason, message: "Said.".to_owned() }))
}

fn failed(code: FailureCode) -> Input {
    Input::Heard(Fact::HelloFailed(Failure::new(code, "No.")))
}

fn waits(machine: &Machine) -> Option<u32> {
    match machine.stage() {
        Stage::Waiting { attempt, .. } => Some(*attempt),
        Stage::Idle
        | Stage::Dialling { .. }
        | Stage::Greeting { .. }
        | Stage::Consent { .. }
        | Stage::Live { .. }
        | Stage::Over(_) => None,
    }
}

/// Nothing but a person's wish makes it dial again.
fn never_dials(mut machine: Machine) {
    assert_eq!(machine.deadline(), None);
    let signs = [Fact::Welcome, Fact::Waiting, Fact::Sign].map(Input::Heard);
    let world = [Input::Tick, Input::Woken, Input::NetworkChanged, Input::Dialled];
    let losses = [Loss::Unreachable, Loss::Closed(None)].map(Input::Lost);
    for (step, input) in world.into_iter().chain(signs).chain(losses).enumerate() {
        let later = at((step as u64 + 1) * 3_600_000);
        assert_eq!(machine.step(input.clone(), later), [], "{input:?}");
    }
    assert!(matches!(machine.stage(), Stage::Over(_)));
    assert!(machine.step(Input::Wanted, at(0)).contains(&Output::Dial));
}

#[test]
fn pa9_the_waits_grow_to_half_a_minute_with_jitter() {
    let whole: Vec<u64> = (1..=8).map(|attempt| backoff(attempt, 0).0 / 1000).collect();
    assert_eq!(whole, [1, 2, 4, 8, 16, 30, 30, 30]);
    assert_eq!(backoff(40, 0), Span(30_000));
    for attempt in 1..20 {
        let (longest, shortest) = (backoff(attempt, 0).0, backoff(attempt, 999).0);
        assert!(shortest * 2 >= longest && shortest < longest, "{attempt}: {shortest} {longest}");
    }
}

#[test]
fn pa9_a_lost_host_is_dialled_for_as_long_as_it_is_wanted() {
    let (mut machine, mut now) = (live(), 100);
    assert_eq!(machine.step(Input::Lost(Loss::Closed(None)), at(now)), [Output::HangUp]);
    for attempt in 1..=12 {
        assert_eq!(waits(&machine), Some(attempt));
        let until = machine.deadline().unwrap().0 - EVERY;
        assert_eq!(until - now, backoff(attempt, 0).0);
        while now + limits::LINK_TICK.0 < until {
            now += limits::LINK_TICK.0;
            assert_eq!(machine.step(Input::Tick, at(now)), []);
        }
        now = until;
        assert_eq!(machine.step(Input::Tick, at(now)), [Output::HangUp, Output::Dial]);
        assert_eq!(machine.step(Input::Lost(Loss::Unreachable), at(now)), [Output::HangUp]);
    }
    assert_eq!(machine.step(Input::Unwanted, at(now)), [Output::HangUp]);
    assert_eq!((machine.stage(), machine.deadline()), (&Stage::Idle, None));
}

#[test]
fn pa9_a_welcome_begins_the_count_anew() {
    let mut machine = live();
    for _ in 0..5 {
        machine.step(Input::Lost(Loss::Unreachable), at(30));
        machine.step(Input::Woken, at(40));
    }
    assert!(matches!(machine.stage(), Stage::Dialling { attempt: 6, .. }), "{machine:?}");
    machine.step(Input::Dialled, at(50));
    machine.step(Input::Heard(Fact::Welcome), at(60));
    machine.step(Input::Lost(Loss::Unreachable), at(70));
    assert_eq!(waits(&machine), Some(1));
}

#[test]
fn pa9_close_codes_say_whether_time_can_mend_it() {
    for code in CloseCode::ALL {
        for mut machine in [greeting(), consent(), live()] {
            machine.step(Input::Lost(Loss::Closed(Some(code.number()))), at(30));
            if code.worth_retrying() {
                assert_eq!(waits(&machine), Some(1), "{code:?}");
                continue;
            }
            let Stage::Over(given_up) = machine.stage() else { panic!("{code:?}: {machine:?}") };
            assert_eq!(given_up.reason, Reason::Closed(*code));
            assert!(!given_up.message.is_empty(), "{code:?} is told in words");
            never_dials(machine);
        }
    }
    for code in [1000, 1001, 1006, 1011, 4499] {
        let mut machine = live();
        machine.step(Input::Lost(Loss::Closed(Some(code))), at(30));
        assert_eq!(waits(&machine), Some(1), "{code}");
    }
}

#[test]
fn pa9_goodbyes_say_whether_time_can_mend_it() {
    use ByeReason::*;
    for reason in [Refused, Revoked, Kicked, Expired, Left, BadFrame, Version, KeyChanged] {
        for mut machine in [greeting(), consent(), live()] {
            let outputs = machine.step(bye(reason), at(30));
            let given_up = GivenUp { reason: Reason::Bye(reason), message: "Said.".to_owned() };
            assert_eq!(outputs, [Output::HangUp, Output::GiveUp(given_up)], "{reason:?}");
            never_dials(machine);
        }
    }
    for reason in [HelloLate, Rate, HostStopping, ByeReason::Storage, Unreachable] {
        let mut machine = live();
        assert_eq!(machine.step(bye(reason), at(30)), [Output::HangUp]);
        assert_eq!(waits(&machine), Some(1), "{reason:?}");
    }
}

#[test]
fn pa9_a_refused_hello_is_not_repeated_unless_it_may_pass_later() {
    use FailureCode::*;
    for code in [NotPaired, InviteUnknown, InviteSpent, InviteExpired, NameRefused, Forbidden, Version] {
        for mut machine in [greeting(), consent()] {
            machine.step(failed(code), at(30));
            let Stage::Over(given_up) = machine.stage() else { panic!("{code:?}: {machine:?}") };
            assert_eq!(given_up, &GivenUp { reason: Reason::Hello(code), message: "No.".to_owned() });
            never_dials(machine);
        }
    }
    for code in [RateLimited, Storage, HostStopping] {
        let mut machine = greeting();
        machine.step(failed(code), at(30));
        assert_eq!(waits(&machine), Some(1), "{code:?}");
    }
}

#[test]
fn pa5_pa9_a_changed_key_is_told_and_never_dialled_again() {
    let mut machine = machine();
    machine.step(Input::Wanted, at(0));
    let outputs = machine.step(Input::Lost(Loss::KeyChanged), at(5));
    let Some(Output::GiveUp(given_up)) = outputs.last() else { panic!("{outputs:?}") };
    assert_eq!(given_up.reason, Reason::KeyChanged);
    assert!(given_up.message.contains("another key") && given_up.message.contains("nothing was sent"));
    never_dials(machine);
}

#[test]
fn pa9_a_host_that_turns_the_upgrade_away_is_left_alone() {
    let mut machine = machine();
    machine.step(Input::Wanted, at(0));
    machine.step(Input::Lost(Loss::TurnedAway), at(5));
    never_dials(machine);
}

#[test]
fn pa9_a_dial_or_a_hello_without_an_answer_counts_as_lost() {
    for mut machine in [
        {
            let mut machine = machine();
            machine.step(Input::Wanted, at(0));
            machine
        },
        greeting(),
    ] {
        let deadline = machine.deadline().unwrap().0 - EVERY;
        for now in [5_000, 10_000, deadline - 1] {
            assert_eq!(machine.step(Input::Tick, at(now)), []);
        }
        assert_eq!(machine.step(Input::Tick, at(deadline)), [Output::HangUp]);
        assert_eq!(waits(&machine), Some(1));
    }
}

#[test]
fn pa8_a_host_that_falls_silent_is_dialled_anew() {
    for mut machine in [live(), consent()] {
        for beat in 1..=20_u64 {
            machine.step(Input::Tick, at(beat * 15_000 - 1));
            machine.step(Input::Heard(Fact::Sign), at(beat * 15_000));
        }
        let heard = 20 * 15_000;
        for now in (heard..heard + limits::SILENCE.0).step_by(5_000) {
            assert_eq!(machine.step(Input::Tick, at(now)), []);
        }
        assert_eq!(machine.step(Input::Tick, at(heard + limits::SILENCE.0)), [Output::HangUp]);
        assert_eq!(waits(&machine), Some(1));
    }
}

#[test]
fn pa9_after_sleep_the_connection_is_asked_for_a_sign_of_life() {
    let mut machine = live();
    machine.step(Input::Tick, at(5_000));
    assert_eq!(machine.step(Input::Tick, at(30_000)), [Output::Ping]);
    assert_eq!(machine.deadline(), Some(Timestamp(EVERY + 35_000)));
    machine.step(Input::Heard(Fact::Sign), at(30_100));
    assert_eq!(machine.deadline(), Some(Timestamp(EVERY + 30_100) + limits::SILENCE));
    assert_eq!(machine.step(Input::NetworkChanged, at(31_000)), [Output::Ping]);
    assert_eq!(machine.step(Input::Tick, at(36_000)), [Output::HangUp]);
    assert_eq!(waits(&machine), Some(1));
}

#[test]
fn pa9_after_half_an_hour_of_sleep_it_dials_at_once() {
    let asleep = 30 * 60 * 1000;
    for mut machine in [live(), consent(), greeting()] {
        assert_eq!(machine.step(Input::Tick, at(asleep)), [Output::HangUp, Output::Dial]);
        assert!(matches!(machine.stage(), Stage::Dialling { attempt: 1, .. }));
    }
}

#[test]
fn pa9_a_clock_set_back_keeps_no_dead_link_alive() {
    let mut machine = live();
    machine.step(Input::Tick, at(4_000_000));
    let mut machine = live();
    machine.step(Input::Heard(Fact::Sign), at(10_000));
    machine.step(Input::Tick, at(10_000));
    let back = Chance { now: Timestamp(10), permille: 0 };
    assert_eq!(machine.step(Input::Tick, back), [Output::Ping]);
    assert_eq!(machine.deadline(), Some(Timestamp(10) + limits::PULSE));
}

#[test]
fn pa9_waking_and_another_network_cut_the_wait_short() {
    for input in [Input::Woken, Input::NetworkChanged, Input::Wanted] {
        let mut machine = live();
        machine.step(Input::Lost(Loss::Unreachable), at(30));
        assert_eq!(machine.step(input, at(40)), [Output::HangUp, Output::Dial]);
    }
}

#[test]
fn pa9_late_words_of_an_old_connection_change_nothing() {
    let mut machine = live();
    machine.step(Input::Lost(Loss::Closed(None)), at(30));
    let before = machine.clone();
    for input in
        [Input::Heard(Fact::Welcome), bye(ByeReason::Revoked), Input::Lost(Loss::KeyChanged), Input::Dialled]
    {
        assert_eq!(machine.step(input, at(31)), []);
        assert_eq!(machine, before);
    }
}

fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        Just(Input::Wanted),
        Just(Input::Dialled),
        Just(Input::Tick),
        Just(Input::Woken),
        Just(Input::NetworkChanged),
        Just(Input::Heard(Fact::Welcome)),
        Just(Input::Heard(Fact::Waiting)),
        Just(Input::Heard(Fact::Sign)),
        Just(Input::Lost(Loss::Unreachable)),
        Just(Input::Lost(Loss::Closed(Some(4450)))),
        Just(Input::Lost(Loss::Closed(None))),
    ]
}

proptest! {
    /// While it is wanted and nothing is final, there is always a next moment.
    #[test]
    fn pa9_a_wanted_link_never_stands_still(steps in prop::collection::vec((inputs(), 0u64..40_000, 0u16..1000), 1..80)) {
        let mut machine = machine();
        machine.step(Input::Wanted, at(0));
        let mut now = EVERY;
        for (input, passes, permille) in steps {
            now += passes;
            let chance = Chance { now: Timestamp(now), permille };
            let outputs = machine.step(input, chance);
            let deadline = machine.deadline().expect("a wanted link has a deadline");
            prop_assert!(deadline.0 <= now + limits::SILENCE.0 || deadline.0 <= now + 40_000 + limits::SILENCE.0);
            if outputs.contains(&Output::Dial) {
                prop_assert_eq!(outputs, vec![Output::HangUp, Output::Dial]);
            }
        }
        // With a host that answers, it is live within two waits.
        for _ in 0..2 {
            if let Stage::Waiting { until, .. } = *machine.stage() {
                machine.step(Input::Tick, Chance { now: until, permille: 0 });
            }
        }
        let now = machine.deadline().unwrap().0.saturating_sub(1).max(now);
        machine.step(Input::Dialled, Chance { now: Timestamp(now), permille: 0 });
        machine.step(Input::Heard(Fact::Welcome), Chance { now: Timestamp(now), permille: 0 });
        let is_live = matches!(machine.stage(), Stage::Live { .. });
        prop_assert!(is_live);
    }
}
