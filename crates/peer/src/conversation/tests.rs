use model::{Actor, CommandId, EpochId, SessionId, Timestamp};
use uuid::Uuid;
use wire::{FailureCode, LoggedEvent, Snapshot};

use super::*;

fn session() -> SessionId {
    SessionId(Uuid::from_u128(7))
}

fn stream() -> StreamId {
    StreamId::Session(session())
}

fn cursor(seq: u64) -> Cursor {
    Cursor { epoch: EpochId(Uuid::from_u128(1)), seq, hash: format!("hash {seq}") }
}

fn snapshot(seq: u64) -> String {
    wire::encode_notification(&Notification::Snapshot(Snapshot {
        stream: stream(),
        cursor: cursor(seq),
        view: None,
        events: Vec::new(),
        whole: true,
        partials: Vec::new(),
        replaced: false,
        head: None,
    }))
}

fn events(prev: u64, seqs: std::ops::RangeInclusive<u64>) -> String {
    let event = |seq| LoggedEvent {
        seq,
        at: Timestamp(1),
        actor: Actor::Host,
        cause: None,
        hash: format!("hash {seq}"),
        event: serde_json::json!({ "type": "of_tomorrow", "more": seq }),
    };
    wire::encode_notification(&Notification::Events {
        stream: stream(),
        prev,
        events: seqs.map(event).collect(),
    })
}

fn seqs(heard: &Heard) -> Vec<u64> {
    let Heard::Told(told) = heard else { panic!("{heard:?}") };
    let Notification::Events { events, .. } = &**told else { panic!("{told:?}") };
    events.iter().map(|event| event.seq).collect()
}

fn requests(frames: &[String]) -> Vec<(u64, Request)> {
    let read = |frame: &String| wire::decode_client(frame).map(|it| (it.id, it.request)).unwrap();
    frames.iter().map(read).collect()
}

fn reading() -> Conversation {
    let mut talk = Conversation::default();
    let (id, _) = talk.ask(Request::Subscribe { stream: stream(), cursor: None });
    talk.hear(&wire::encode_reply(id, &Reply::Done));
    talk.hear(&snapshot(10));
    talk
}

#[test]
fn pa9_a_new_connection_asks_for_what_follows_the_cursor() {
    let mut talk = reading();
    assert_eq!(seqs(&talk.hear(&events(10, 11..=13))), [11, 12, 13]);
    let resumed = requests(&talk.resume());
    let [(_, Request::Subscribe { cursor: place, .. })] = resumed.as_slice() else { panic!("{resumed:?}") };
    assert_eq!(place, &Some(cursor(13)));
    assert_eq!(seqs(&talk.hear(&events(13, 14..=14))), [14], "events of tomorrow are carried");
}

#[test]
fn lo2_what_was_seen_is_passed_over_and_a_hole_is_asked_for() {
    let mut talk = reading();
    assert_eq!(seqs(&talk.hear(&events(10, 11..=12))), [11, 12]);
    assert_eq!(talk.hear(&events(10, 11..=12)), Heard::Nothing);
    assert_eq!(seqs(&talk.hear(&events(11, 12..=13))), [13]);
    let Heard::Hole { frame } = talk.hear(&events(20, 21..=21)) else { panic!() };
    let asked = requests(&[frame]);
    assert!(matches!(&asked[0].1, Request::Subscribe { cursor: Some(place), .. } if *place == cursor(13)));
    assert_eq!(seqs(&talk.hear(&events(13, 14..=21))).len(), 8);
}

#[test]
fn lo5_what_was_not_answered_is_said_again_with_the_same_ids() {
    let mut talk = reading();
    let command = CommandId(Uuid::from_u128(5));
    let stop = Request::StopTurn { command, session: session() };
    let (first, _) = talk.ask(stop.clone());
    let (second, _) = talk.ask(Request::Agents);
    assert!(matches!(
        talk.hear(&wire::encode_reply(second, &Reply::Agents { agents: vec![] })),
        Heard::Answer { .. }
    ));
    let (third, _) = talk.ask(Request::WatchDirectory);
    for _ in 0..2 {
        let resumed = requests(&talk.resume());
        assert_eq!(resumed[0], (third, Request::WatchDirectory));
        assert!(matches!(resumed[1].1, Request::Subscribe { .. }));
        assert_eq!(resumed[2], (first, stop.clone()));
        assert_eq!(resumed.len(), 3);
    }
    let done = wire::encode_reply(first, &Reply::Done);
    assert_eq!(talk.hear(&done), Heard::Answer { id: first, answer: Box::new(Ok(Reply::Done)) });
    assert_eq!(talk.hear(&done), Heard::Nothing, "answered once");
}

#[test]
fn a_stream_that_was_refused_or_let_go_is_not_asked_for_again() {
    let mut talk = reading();
    talk.ask(Request::Unsubscribe { stream: stream() });
    let other = StreamId::Session(SessionId(Uuid::from_u128(8)));
    let (id, _) = talk.ask(Request::Subscribe { stream: other, cursor: None });
    let failure = wire::Failure::new(FailureCode::NotFound, "No.");
    talk.hear(&wire::encode_failure(Some(id), &failure));
    let gone = StreamId::Session(SessionId(Uuid::from_u128(9)));
    talk.ask(Request::Subscribe { stream: gone, cursor: None });
    talk.hear(&wire::encode_notification(&Notification::Gone { stream: gone }));
    let left = requests(&talk.resume());
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn pa9_a_stream_that_cannot_be_read_on_is_asked_for_again_or_said_to_be_gone() {
    let mut talk = reading();
    let [(asked, _)] = requests(&talk.resume())[..] else { panic!("one stream is read") };
    let full = Failure::new(FailureCode::Storage, "The disk is full.");
    let Heard::Later { frame } = talk.hear(&wire::encode_failure(Some(asked), &full)) else {
        panic!("it is asked for again")
    };
    let [(again, Request::Subscribe { cursor: Some(cursor), .. })] = &requests(&[frame])[..] else {
        panic!("from where it was read to")
    };
    assert_eq!(Some(cursor), talk.cursor(stream()));
    let ended = wire::encode_failure(Some(*again), &Failure::not_found());
    let gone = Notification::Gone { stream: stream() };
    assert_eq!(talk.hear(&ended), Heard::Told(Box::new(gone)));
    assert!(talk.resume().is_empty());
}

#[test]
fn pa10_an_answer_of_tomorrow_ends_the_wait_for_it() {
    let mut talk = Conversation::default();
    let (id, _) = talk.ask(Request::Agents);
    let answer = format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{"kind":"of_tomorrow"}}}}"#);
    assert_eq!(talk.hear(&answer), Heard::Strange { id });
    let told = r#"{"jsonrpc":"2.0","method":"of_tomorrow","params":{}}"#;
    assert_eq!(talk.hear(told), Heard::Nothing);
}
