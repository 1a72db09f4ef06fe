use model::{ShareId, Span, Timestamp, limits};
use pairing::{Code, Codes, Outcome, Refusal, Ticket};
use uuid::Uuid;

const SHARE: ShareId = ShareId(Uuid::from_u128(5));
const START: Timestamp = Timestamp(1_000_000);

fn live() -> Codes {
    let mut codes = Codes::default();
    codes.start(SHARE, Code::pick(1), START).unwrap();
    codes
}

fn try_it(codes: &mut Codes, now: Timestamp) -> Result<Ticket, Refusal> {
    let ticket = codes.live(now)?.1;
    codes.count(ticket);
    Ok(ticket)
}

fn burn(codes: &mut Codes, now: Timestamp) {
    codes.start(SHARE, Code::pick(1), now).unwrap();
    for _ in 0..limits::PAIRING_ATTEMPTS {
        let ticket = try_it(codes, now).unwrap();
        codes.miss(ticket, now);
    }
}

fn outcome(codes: &Codes, now: Timestamp) -> Outcome {
    codes.standing(now).unwrap().outcome
}

#[test]
fn pa3_a_code_lives_two_minutes() {
    let mut codes = live();
    let last = START + Span(119_999);
    assert_eq!(codes.standing(last).unwrap().outcome, Outcome::Waiting);
    let ticket = try_it(&mut codes, last).unwrap();
    let late = START + Span::from_secs(120);
    assert_eq!(codes.live(late).unwrap_err(), Refusal::NoCode);
    assert_eq!(codes.succeed(ticket, late), Err(Refusal::NoCode));
    assert_eq!(outcome(&codes, late), Outcome::Expired);
}

#[test]
fn pa3_a_try_counts_when_the_host_answers_and_there_are_three() {
    let mut codes = live();
    for tries in 1..=3 {
        try_it(&mut codes, START).unwrap();
        assert_eq!(codes.standing(START).unwrap().tries, tries);
    }
    assert_eq!(try_it(&mut codes, START), Err(Refusal::NoCode));
    assert_eq!(outcome(&codes, START), Outcome::Waiting, "the three are still under way");
}

#[test]
fn pa3_the_last_of_three_tries_may_be_the_right_one() {
    let mut codes = live();
    let tickets: Vec<_> = (0..3).map(|_| try_it(&mut codes, START).unwrap()).collect();
    codes.miss(tickets[0], START);
    codes.miss(tickets[1], START);
    assert_eq!(codes.succeed(tickets[2], START), Ok(()));
    assert_eq!(outcome(&codes, START), Outcome::Done);
}

#[test]
fn pa3_a_code_is_good_once() {
    let mut codes = live();
    let (one, two) = (try_it(&mut codes, START).unwrap(), try_it(&mut codes, START).unwrap());
    assert_eq!(codes.succeed(one, START), Ok(()));
    assert_eq!(codes.succeed(two, START), Err(Refusal::NoCode));
    assert_eq!(try_it(&mut codes, START), Err(Refusal::NoCode));
}

#[test]
fn pa3_a_new_code_takes_the_place_of_the_old_and_of_its_tries() {
    let mut codes = live();
    let old = try_it(&mut codes, START).unwrap();
    codes.start(SHARE, Code::pick(2), START).unwrap();
    assert_eq!(codes.succeed(old, START), Err(Refusal::NoCode));
    codes.miss(old, START);
    assert_eq!(codes.standing(START).unwrap().tries, 0);
    let fresh = try_it(&mut codes, START).unwrap();
    codes.stop();
    assert_eq!(codes.succeed(fresh, START), Err(Refusal::NoCode));
    assert!(codes.standing(START).is_none());
}

#[test]
fn pa3_three_burnt_codes_are_followed_by_ten_minutes_of_rest() {
    let mut codes = Codes::default();
    burn(&mut codes, START);
    assert_eq!(outcome(&codes, START), Outcome::Burnt);
    burn(&mut codes, START);
    assert_eq!(codes.resting(START), None);
    burn(&mut codes, START);
    let until = START + Span::from_secs(600);
    assert_eq!(codes.start(SHARE, Code::pick(1), Timestamp(until.0 - 1)), Err(Refusal::Resting { until }));
    assert!(codes.start(SHARE, Code::pick(1), until).is_ok());
    burn(&mut codes, until);
    assert_eq!(codes.resting(until), None, "the count begins anew");
}

#[test]
fn pa3_a_good_code_clears_the_count_of_burnt_ones() {
    let mut codes = Codes::default();
    burn(&mut codes, START);
    burn(&mut codes, START);
    codes.start(SHARE, Code::pick(1), START).unwrap();
    let ticket = try_it(&mut codes, START).unwrap();
    codes.succeed(ticket, START).unwrap();
    burn(&mut codes, START);
    assert_eq!(codes.resting(START), None);
}
