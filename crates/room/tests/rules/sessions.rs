use model::limits::{TAG_CHARS, TAGS, TITLE_CHARS};
use model::*;
use room::Effect;

use crate::stage::*;

#[test]
fn se1_active_paused_ended_and_active_again() {
    let mut stage = three();
    let steps = [
        (Command::Pause, SessionState::Paused),
        (Command::Resume, SessionState::Active),
        (Command::Pause, SessionState::Paused),
        (Command::End, SessionState::Ended),
        (Command::Reopen, SessionState::Active),
        (Command::End, SessionState::Ended),
    ];
    for (command, state) in steps {
        stage.say(BEA, command);
        assert_eq!(stage.room.state(), state);
    }
    assert_eq!(stage.room.status(), SessionStatus::Ended);
}

#[test]
fn se3_tags_are_short_few_and_each_once() {
    let mut stage = three();
    let tag = |tags: &[&str]| Command::Tag { tags: tags.iter().map(|tag| (*tag).to_owned()).collect() };
    stage.say(BEA, tag(&["  store ", "For  review", "STORE"]));
    assert_eq!(stage.room.tags(), ["store", "For review"]);
    assert_eq!(stage.refused(BEA, tag(&["store", "For review"])), Rejection::Unchanged);
    assert_eq!(stage.refused(BEA, tag(&["a", " "])), Rejection::Empty);
    assert_eq!(stage.refused(BEA, tag(&["a\u{7}b"])), Rejection::Empty);
    let long = "x".repeat(TAG_CHARS + 1);
    assert_eq!(stage.refused(BEA, tag(&[&long])), Rejection::TooLarge { limit: TAG_CHARS as u64 });
    let many: Vec<String> = (0..=TAGS).map(|n| n.to_string()).collect();
    assert_eq!(stage.refused(BEA, Command::Tag { tags: many }), Rejection::TooLarge { limit: TAGS as u64 });
    stage.say(BEA, tag(&[]));
    assert!(stage.room.tags().is_empty());
}

#[test]
fn se1_a_step_that_leads_nowhere_is_refused() {
    let mut stage = three();
    assert_eq!(stage.refused(BEA, Command::Resume), Rejection::Unchanged);
    assert_eq!(stage.refused(BEA, Command::Reopen), Rejection::Unchanged);
    stage.say(BEA, Command::Pause);
    assert_eq!(stage.refused(BEA, Command::Pause), Rejection::Unchanged);
    stage.say(BEA, Command::End);
    assert_eq!(stage.refused(BEA, Command::End), Rejection::Unchanged);
    assert_eq!(stage.refused(BEA, Command::Pause), Rejection::NotOpen);
    assert_eq!(stage.refused(BEA, Command::Resume), Rejection::NotOpen);
    let choice = AgentChoice::of("other");
    assert_eq!(stage.refused(BEA, Command::ChooseAgent { choice }), Rejection::NotOpen);
}

#[test]
fn se1_a_reopened_session_goes_on() {
    let mut stage = three();
    stage.run(BEA);
    stage.finish();
    stage.say(ADA, Command::End);
    stage.say(ADA, Command::Reopen);
    stage.run(BEA);
}

#[test]
fn se2_pause_starts_no_turn_after_the_current_one() {
    let mut stage = three();
    stage.run(BEA);
    let prompt = stage.queue(CAI);
    stage.say(BEA, Command::Pause);
    assert_eq!(stage.turn().author, BEA, "the current one goes on");
    stage.finish();
    assert!(stage.room.owed().is_empty());
    stage.say(BEA, Command::Resume);
    assert_eq!(stage.room.owed(), [Effect::TakeNext { prompt }]);
}

#[test]
fn se2_end_stops_the_turn_and_cancels_the_queue() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let prompt = stage.queue(CAI);
    stage.permission();
    let events = stage.say(BEA, Command::End);
    let expected = [
        Event::SessionEnded,
        Event::PromptWithdrawn { prompt, reason: PromptGone::SessionEnded },
        Event::TurnStopping { turn, by: None },
    ];
    assert_eq!(events, expected);
    assert_eq!(stage.room.owed(), [Effect::Cancel { turn }]);
    assert_eq!(names(&stage.finish()), ["permission_withdrawn", "turn_ended"]);
    assert!(stage.room.owed().is_empty());
}

#[test]
fn se2_end_before_the_turn_began_ends_it_at_once() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    stage.queue(CAI);
    let events = stage.say(BEA, Command::End);
    assert_eq!(names(&events), ["session_ended", "prompt_withdrawn", "turn_stopping", "turn_ended"]);
}

#[test]
fn a_session_is_named_and_gets_another_agent_from_the_next_turn_on() {
    let mut stage = three();
    let rename = |title: &str| Command::Rename { title: title.to_owned() };
    stage.say(BEA, rename(" Paint it "));
    assert_eq!(stage.room.title(), "Paint it");
    assert_eq!(stage.refused(BEA, rename("Paint it")), Rejection::Unchanged);
    assert_eq!(stage.refused(BEA, rename("  ")), Rejection::Empty);
    let limit = TITLE_CHARS as u64;
    assert_eq!(stage.refused(BEA, rename(&"x".repeat(TITLE_CHARS + 1))), Rejection::TooLarge { limit });
    stage.run(BEA);
    let choice = AgentChoice::of("opencode");
    stage.say(BEA, Command::ChooseAgent { choice: choice.clone() });
    assert_eq!(stage.refused(BEA, Command::ChooseAgent { choice: choice.clone() }), Rejection::Unchanged);
    assert_eq!(stage.turn().choice, AgentChoice::of("rehearsal"));
    stage.finish();
    stage.run(BEA);
    assert_eq!(stage.turn().choice, choice);
}

/// An untitled session in which this was asked, and what it is called then.
fn called(asked: &[&str]) -> String {
    let mut stage = stage();
    let (session, workspace) = (stage.room.session(), stage.room.view(&stage.by(ADA)).workspace);
    let choice = AgentChoice::of("rehearsal");
    stage.keep(vec![Event::SessionOpened {
        session,
        workspace,
        number: 7,
        title: String::new(),
        choice,
        owner: ADA,
    }]);
    for text in asked {
        let (prompt, turn) = (PromptId(stage.fresh()), TurnId(stage.fresh()));
        let (body, delivery) = (PromptBody::text(*text), Delivery::Now);
        stage.say(ADA, Command::Deliver { prompt, turn, body, delivery, origin: Origin::Human });
        stage.begin();
        stage.finish();
    }
    stage.room.title().to_owned()
}

#[test]
fn se4_a_session_goes_by_the_first_words_of_its_first_prompt() {
    assert_eq!(called(&[]), "");
    assert_eq!(called(&["\n --- \n  Fix   the login\nIt hangs.", "And the tests"]), "Fix the login");
    let long = "Please make the greeter greet everybody by name and never by anything else";
    assert_eq!(called(&[long]), "Please make the greeter greet everybody by name and never by…");
    let word = "ü".repeat(80);
    assert_eq!(called(&[&word]), format!("{}…", "ü".repeat(59)));
    assert_eq!(called(&["…", "Now words"]), "Now words");
}

#[test]
fn se4_a_given_name_stands_over_what_was_asked() {
    let mut stage = stage();
    stage.run(ADA);
    assert_eq!(stage.room.title(), "Tidy the shed");
    stage.say(ADA, Command::Rename { title: "Paint it".into() });
    assert_eq!(stage.room.title(), "Paint it");
}
