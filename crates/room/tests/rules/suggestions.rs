use model::limits::{QUEUE_LEN_PER_AUTHOR, SUGGESTIONS, SUGGESTIONS_PER_AUTHOR};
use model::*;
use room::{Effect, Room};
use uuid::Uuid;

use crate::stage::*;

/// Ada, Bea who steers, and Dan who may only suggest.
fn with_dan() -> Stage {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::Guest.rights());
    stage.come(DAN);
    stage
}

fn made(stage: &mut Stage, person: PersonId) -> SuggestionId {
    let (prompt, command) = stage.prompt(Delivery::Now);
    assert_eq!(names(&stage.say(person, command)), ["suggestion_made"]);
    SuggestionId(prompt.0)
}

fn accept(stage: &mut Stage, suggestion: SuggestionId, delivery: Delivery) -> Command {
    let (prompt, turn) = (PromptId(stage.fresh()), TurnId(stage.fresh()));
    let revision = stage.view(ADA).suggestions.first().map_or(0, |open| open.revision);
    Command::AcceptSuggestion { suggestion, revision, prompt, turn, body: None, delivery }
}

fn reworded(command: Command, text: &str) -> Command {
    let Command::AcceptSuggestion { suggestion, revision, prompt, turn, delivery, .. } = command else {
        panic!("an acceptance");
    };
    let body = Some(PromptBody::text(text.to_owned()));
    Command::AcceptSuggestion { suggestion, revision, prompt, turn, body, delivery }
}

fn edit(suggestion: SuggestionId, text: &str) -> Command {
    Command::EditSuggestion { suggestion, body: PromptBody::text(text.to_owned()) }
}

fn decline(suggestion: SuggestionId) -> Command {
    Command::DropSuggestion { suggestion, reason: Some(" not now ".to_owned()) }
}

#[test]
fn gr1_a_prompt_of_who_may_not_steer_becomes_a_suggestion() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    assert!(stage.room.turn().is_none() && stage.waiting().is_empty() && stage.room.owed().is_empty());
    let seen = stage.view(BEA).suggestions;
    assert_eq!((seen[0].suggestion, seen[0].author), (suggestion, DAN));
    assert!(seen[0].you_may_accept && seen[0].you_may_edit && seen[0].you_may_drop);
    let own = &stage.view(DAN).suggestions[0];
    assert!(!own.you_may_accept && own.you_may_edit && own.you_may_drop);
    let may = stage.view(DAN).you.may;
    assert_eq!(may, May { suggest: true, ..May::default() });
    assert!(!stage.view(BEA).you.may.suggest);
    let wanted = stage.room.wanted();
    assert!(wanted.len() == 1 && wanted[0].wants(&stage.by(BEA)) && !wanted[0].wants(&stage.by(DAN)));
}

#[test]
fn gr1_who_may_neither_steer_nor_suggest_makes_none() {
    let mut stage = with_dan();
    stage.allow(DAN, Preset::Reviewer.rights());
    let (_, command) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(DAN, command), Rejection::Forbidden { right: Right::Steer });
}

#[test]
fn gr1_an_agent_suggests_nothing_for_a_guest() {
    let mut stage = with_dan();
    let origin = Origin::Agent { session: SessionId(Uuid::from_u128(9)) };
    let (_, command) = stage.prompt_of(Delivery::Queue, origin);
    assert_eq!(stage.refused(DAN, command), Rejection::Forbidden { right: Right::Steer });
}

#[test]
fn gr1_a_suggestion_waits_also_while_a_turn_runs_or_the_session_is_paused() {
    let mut stage = with_dan();
    stage.run(BEA);
    made(&mut stage, DAN);
    stage.say(BEA, Command::Pause);
    made(&mut stage, DAN);
    assert_eq!(stage.view(BEA).suggestions.len(), 2);
    assert_eq!(stage.turn().phase, TurnPhase::Running, "the agent waits for nobody");
}

#[test]
fn gr1_twenty_of_one_person_and_a_hundred_of_all() {
    let mut stage = with_dan();
    for _ in 0..SUGGESTIONS_PER_AUTHOR {
        made(&mut stage, DAN);
    }
    let (_, command) = stage.prompt(Delivery::Now);
    let limit = SUGGESTIONS_PER_AUTHOR as u32;
    assert_eq!(stage.refused(DAN, command), Rejection::SuggestionsFull { limit });
    for n in 0..5u128 {
        let other = PersonId(Uuid::from_u128(0xe00 + n));
        stage.admit(other, &format!("Eve {n}"), Preset::Guest.rights());
        while stage.view(ADA).suggestions.len() < SUGGESTIONS {
            let (_, command) = stage.prompt(Delivery::Queue);
            let Ok(events) = stage.ask(other, &command) else { break };
            stage.keep(events);
        }
    }
    let (_, command) = stage.prompt(Delivery::Queue);
    stage.admit(CAI, "Cai", Preset::Guest.rights());
    assert_eq!(stage.refused(CAI, command), Rejection::SuggestionsFull { limit: SUGGESTIONS as u32 });
}

#[test]
fn tu2_the_guest_stays_the_author_and_the_accepter_drives() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    let events = stage.say(BEA, yes);
    assert_eq!(names(&events), ["suggestion_accepted", "prompt_queued", "turn_taken"]);
    assert_eq!((stage.turn().author, stage.turn().driver), (DAN, BEA));
    assert!(stage.view(ADA).suggestions.is_empty());
    assert_eq!(stage.refused(CAI, Command::StopTurn), Rejection::Forbidden { right: Right::Approve });
    assert_eq!(stage.refused(DAN, Command::StopTurn), Rejection::Forbidden { right: Right::Steer });
    stage.say(BEA, Command::StopTurn);
}

#[test]
fn tu2_the_accepter_drives_also_from_the_queue_and_after_a_restart() {
    let mut stage = with_dan();
    stage.run(CAI);
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Queue);
    stage.say(BEA, yes);
    stage.finish();
    for _ in 0..2 {
        assert!(stage.take_next().is_some());
        assert_eq!((stage.turn().author, stage.turn().driver), (DAN, BEA));
        stage.restart();
        stage.come(BEA);
    }
}

#[test]
fn tu3_accepting_is_a_delivery() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.allow(CAI, Rights::default());
    assert_eq!(stage.refused(CAI, yes.clone()), Rejection::NotFound);
    assert_eq!(stage.refused(DAN, yes.clone()), Rejection::Forbidden { right: Right::Steer });
    stage.mute(BEA);
    assert_eq!(stage.refused(BEA, yes.clone()), Rejection::Muted);
    stage.unmute(BEA);
    stage.run(ADA);
    assert_eq!(stage.refused(BEA, yes.clone()), Rejection::TurnLocked { driver: ADA });
    assert_eq!(stage.view(BEA).suggestions.len(), 1, "a refused acceptance leaves it open");
    stage.say(ADA, Command::Pause);
    assert_eq!(names(&stage.say(BEA, yes)), ["suggestion_accepted", "prompt_queued"], "paused is queued");
}

#[test]
fn tu3_an_accepted_suggestion_counts_in_its_authors_share_of_the_queue() {
    let mut stage = with_dan();
    stage.run(ADA);
    for _ in 0..QUEUE_LEN_PER_AUTHOR {
        let suggestion = made(&mut stage, DAN);
        let yes = accept(&mut stage, suggestion, Delivery::Queue);
        stage.say(BEA, yes);
    }
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Queue);
    assert_eq!(stage.refused(BEA, yes), Rejection::QueueFull { limit: QUEUE_LEN_PER_AUTHOR as u32 });
    stage.queue(BEA);
}

#[test]
fn ha4_accepting_refills_the_wake_budget_and_suggesting_does_not() {
    let mut stage = with_dan();
    for _ in 0..2 {
        stage.wake();
        stage.begin();
        stage.fail();
    }
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    assert!(names(&stage.say(BEA, yes)).contains(&"wake_budget_refilled".to_owned()));
}

#[test]
fn gr5_the_lowest_of_author_editor_and_accepter_counts() {
    let levels = [Ceiling::Ask, Ceiling::AcceptEdits, Ceiling::Bypass];
    for author in levels {
        for editor in levels {
            for accepter in levels {
                let mut stage = with_dan();
                stage.lower(DAN, author);
                stage.lower(CAI, editor);
                stage.lower(BEA, accepter);
                let suggestion = made(&mut stage, DAN);
                stage.say(CAI, edit(suggestion, "rather this"));
                let yes = accept(&mut stage, suggestion, Delivery::Now);
                stage.say(BEA, yes);
                assert_eq!(stage.turn().ceiling, author.min(editor).min(accepter));
            }
        }
    }
}

#[test]
fn gr5_a_ceiling_lowered_after_the_acceptance_counts() {
    for person in [BEA, DAN] {
        let mut stage = with_dan();
        stage.run(ADA);
        let suggestion = made(&mut stage, DAN);
        let yes = accept(&mut stage, suggestion, Delivery::Queue);
        stage.say(BEA, yes);
        stage.lower(person, Ceiling::Ask);
        stage.finish();
        stage.take_next();
        assert_eq!(stage.turn().ceiling, Ceiling::Ask);
    }
}

#[test]
fn gr1_edit_and_accept_says_who_changed_it() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    let events = stage.say(BEA, reworded(yes, "with tests"));
    let all = ["suggestion_edited", "suggestion_accepted", "prompt_queued", "turn_taken"];
    assert_eq!(names(&events), all);
    assert!(matches!(&events[3], Event::TurnTaken { body, author: DAN, .. } if body.text == "with tests"));
    let empty = accept(&mut stage, suggestion, Delivery::Queue);
    assert!(matches!(stage.refused(CAI, empty), Rejection::AlreadyDecided { by: Some(BEA), .. }));
}

#[test]
fn gr1_nobody_accepts_words_they_have_not_read() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.say(DAN, edit(suggestion, "something else"));
    assert_eq!(stage.refused(BEA, yes), Rejection::SuggestionChanged);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.say(BEA, yes);
}

#[test]
fn gr1_an_accepted_prompt_is_the_accepters_to_change_and_its_authors_to_take_back() {
    let mut stage = with_dan();
    stage.run(ADA);
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Queue);
    stage.say(BEA, yes);
    let prompt = stage.waiting()[0];
    let change = |text: &str| Command::EditPrompt { prompt, body: PromptBody::text(text.to_owned()) };
    assert_eq!(stage.refused(DAN, change("mine")), Rejection::Forbidden { right: Right::Steer });
    stage.allow(DAN, Preset::Collaborator.rights());
    assert_eq!(stage.refused(DAN, change("mine")), Rejection::Forbidden { right: Right::Own });
    stage.say(BEA, change("hers"));
    assert!(!stage.view(DAN).queue.items[0].yours && stage.view(DAN).queue.items[0].you_may_remove);
    stage.allow(DAN, Preset::Guest.rights());
    let reason = PromptGone::ByAuthor;
    assert_eq!(
        stage.say(DAN, Command::WithdrawPrompt { prompt }),
        [Event::PromptWithdrawn { prompt, reason }]
    );
}

#[test]
fn gr1_its_author_edits_it_and_takes_it_back() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    stage.say(DAN, edit(suggestion, "shorter"));
    let seen = &stage.view(BEA).suggestions[0];
    assert_eq!((seen.body.text.as_str(), seen.revision, seen.edited_by), ("shorter", 1, None));
    assert_eq!(stage.refused(DAN, edit(suggestion, "shorter")), Rejection::Unchanged);
    assert_eq!(stage.refused(DAN, edit(suggestion, " ")), Rejection::Empty);
    let reason = SuggestionGone::ByAuthor;
    assert_eq!(
        stage.say(DAN, decline(suggestion)),
        [Event::SuggestionDropped { suggestion, by: Some(DAN), reason }]
    );
    let late = accept(&mut stage, suggestion, Delivery::Now);
    assert!(matches!(stage.refused(BEA, late), Rejection::AlreadyDecided { by: Some(DAN), .. }));
}

#[test]
fn gr1_a_guest_touches_no_other_guests_suggestion() {
    let mut stage = with_dan();
    stage.allow(CAI, Preset::Guest.rights());
    let suggestion = made(&mut stage, DAN);
    let forbidden = Rejection::Forbidden { right: Right::Steer };
    assert_eq!(stage.refused(CAI, edit(suggestion, "x")), forbidden);
    assert_eq!(stage.refused(CAI, decline(suggestion)), forbidden);
    let seen = &stage.view(CAI).suggestions[0];
    assert!(!seen.you_may_edit && !seen.you_may_drop && !seen.you_may_accept);
}

#[test]
fn gr1_any_unmuted_steerer_declines_with_a_word_once() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    stage.mute(CAI);
    assert_eq!(stage.refused(CAI, decline(suggestion)), Rejection::Muted);
    let reason = SuggestionGone::Declined { words: Some("not now".to_owned()) };
    assert_eq!(
        stage.say(BEA, decline(suggestion)),
        [Event::SuggestionDropped { suggestion, by: Some(BEA), reason }]
    );
    assert!(matches!(stage.refused(ADA, decline(suggestion)), Rejection::AlreadyDecided { .. }));
    assert_eq!(stage.refused(ADA, decline(SuggestionId(Uuid::from_u128(3)))), Rejection::NotFound);
}

#[test]
fn qu5_a_suggestion_stays_when_its_author_leaves() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    stage.away(DAN);
    stage.wait(3600);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.say(BEA, yes);
    assert_eq!((stage.turn().author, stage.turn().driver), (DAN, BEA));
}

#[test]
fn qu5_a_muted_authors_suggestion_is_held() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    stage.mute(DAN);
    let seen = &stage.view(BEA).suggestions[0];
    assert!(seen.held && !seen.you_may_accept && seen.you_may_drop);
    assert_eq!(stage.room.wanted().len(), 0);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    assert_eq!(stage.refused(BEA, yes.clone()), Rejection::AuthorMuted);
    assert_eq!(stage.refused(DAN, edit(suggestion, "x")), Rejection::Muted);
    stage.unmute(DAN);
    stage.say(BEA, yes);
}

#[test]
fn qu5_kick_and_revoke_drop_a_suggestion_with_a_reason() {
    for (why, reason) in [
        (DropReason::Kicked, SuggestionGone::AuthorKicked),
        (DropReason::Revoked, SuggestionGone::AuthorRevoked),
        (DropReason::Expired, SuggestionGone::AuthorRevoked),
    ] {
        let mut stage = three();
        stage.admit(DAN, "Dan", Preset::Guest.rights());
        let suggestion = made(&mut stage, DAN);
        let events = stage.banish(DAN, why);
        assert_eq!(
            events[1..],
            [Event::SuggestionDropped { suggestion, by: None, reason }],
            "never here too"
        );
    }
}

#[test]
fn tu10_the_turn_of_an_accepted_suggestion_stops_with_its_authors_grant() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.say(BEA, yes);
    stage.begin();
    assert_eq!(names(&stage.banish(DAN, DropReason::Kicked)), ["person_left", "turn_stopping"]);
}

#[test]
fn se2_the_end_of_the_session_withdraws_suggestions() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    let events = stage.say(ADA, Command::End);
    let dropped = Event::SuggestionDropped { suggestion, by: None, reason: SuggestionGone::SessionEnded };
    assert_eq!(events, [Event::SessionEnded, dropped]);
    let (_, command) = stage.prompt(Delivery::Now);
    assert_eq!(stage.refused(DAN, command), Rejection::NotOpen);
}

#[test]
fn gr10_only_the_owners_own_words_are_commands_of_the_agent() {
    let given = |stage: &Stage| match &stage.room.owed()[..] {
        [Effect::Begin { body, .. }] => body.text.clone(),
        owed => panic!("{owed:?}"),
    };
    let compact = |stage: &mut Stage, origin| {
        let (_, command) = stage.prompt_of(Delivery::Now, origin);
        let Command::Deliver { prompt, turn, delivery, origin, .. } = command else { unreachable!() };
        let body = PromptBody::text("/compact".to_owned());
        (SuggestionId(prompt.0), Command::Deliver { prompt, turn, body, delivery, origin })
    };
    let text = "This is text, not a command:\n\n/compact";
    for (person, origin, expected) in [
        (ADA, Origin::Human, "/compact"),
        (BEA, Origin::Human, text),
        (ADA, Origin::Agent { session: SessionId(Uuid::from_u128(9)) }, text),
    ] {
        let mut stage = with_dan();
        let (_, command) = compact(&mut stage, origin);
        let events = stage.say(person, command);
        assert_eq!(given(&stage), expected);
        let kept = |event: &Event| matches!(event, Event::TurnTaken { body, .. } if body.text == "/compact");
        assert!(events.iter().any(kept), "the log keeps what was written");
    }
    let mut stage = with_dan();
    let (suggestion, command) = compact(&mut stage, Origin::Human);
    stage.say(DAN, command);
    let yes = accept(&mut stage, suggestion, Delivery::Now);
    stage.say(ADA, yes);
    assert_eq!(given(&stage), text, "also when the owner has accepted it");
}

#[test]
fn gr1_a_suggestion_survives_a_restart() {
    let mut stage = with_dan();
    let suggestion = made(&mut stage, DAN);
    stage.say(CAI, edit(suggestion, "rather this"));
    let before = stage.view(ADA).suggestions;
    stage.restart();
    assert_eq!(stage.view(ADA).suggestions, before);
    assert_eq!(Room::fold(stage.log.iter().map(|(event, at)| (event, *at))), stage.room);
}
