use std::collections::BTreeMap;

use model::*;
use room::Effect;

use crate::stage::*;

fn one_of(key: &str, options: &[&str]) -> QuestionField {
    let options = options.iter().map(ToString::to_string).collect();
    QuestionField { key: key.to_owned(), text: key.to_owned(), options, many: false, optional: false }
}

fn some_of(key: &str, options: &[&str]) -> QuestionField {
    QuestionField { many: true, ..one_of(key, options) }
}

fn answers(pairs: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let owned = |values: &[&str]| values.iter().map(ToString::to_string).collect();
    pairs.iter().map(|(key, values)| (key.to_string(), owned(values))).collect()
}

fn answer(question: QuestionId, value: &str) -> Command {
    Command::Answer { question, answers: answers(&[("db", &[value])]) }
}

fn asked() -> (Stage, QuestionId) {
    asked_in(three())
}

fn asked_in(mut stage: Stage) -> (Stage, QuestionId) {
    stage.run(BEA);
    let question = stage.question(&[one_of("db", &[])]);
    (stage, question)
}

fn told(stage: &Stage) -> Vec<String> {
    match &stage.room.owed()[..] {
        [Effect::TellAnswers { answers, .. }] => answers["db"].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn qn1_every_member_answers_and_equal_answers_collapse() {
    let (mut stage, question) = asked();
    assert_eq!(names(&stage.say(ADA, answer(question, "sqlite"))), ["question_answered"]);
    stage.say(BEA, answer(question, "sqlite"));
    assert_eq!(names(&stage.say(CAI, answer(question, "sqlite")))[1], "question_settled");
    assert_eq!(told(&stage), ["sqlite"]);
}

#[test]
fn qn1_differing_answers_go_with_their_names() {
    let (mut stage, question) = asked();
    stage.say(CAI, answer(question, "files"));
    stage.say(ADA, answer(question, "sqlite"));
    stage.say(BEA, answer(question, "files"));
    let mut told = told(&stage);
    told.sort();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], "Ada: sqlite");
    assert!(["Bea, Cai: files", "Cai, Bea: files"].contains(&told[1].as_str()), "{told:?}");
}

#[test]
fn qn1_an_answer_can_change_until_it_settles() {
    let (mut stage, question) = asked();
    stage.say(ADA, answer(question, "files"));
    assert_eq!(stage.say(ADA, answer(question, "files")), [], "twice is harmless");
    stage.say(ADA, answer(question, "sqlite"));
    assert_eq!(stage.view(ADA).questions[0].your_answers, Some(answers(&[("db", &["sqlite"])])));
    assert_eq!(stage.view(BEA).questions[0].your_answers, None);
    assert_eq!(stage.view(BEA).questions[0].answered, [ADA]);
    stage.say(BEA, answer(question, "sqlite"));
    stage.say(CAI, answer(question, "sqlite"));
    assert_eq!(told(&stage), ["sqlite"]);
    let at = stage.at;
    assert_eq!(stage.refused(ADA, answer(question, "x")), Rejection::AlreadyDecided { by: None, at });
}

#[test]
fn qn1_without_consensus_driver_owner_or_approver_answers_first() {
    for (person, may) in [(ADA, true), (BEA, true), (DAN, true), (CAI, false)] {
        let mut stage = three();
        stage.rule(|rules| rules.consensus = false);
        let (mut stage, question) = asked_in(stage);
        stage.admit(DAN, "Dan", Preset::CoHost.rights());
        stage.come(DAN);
        assert_eq!(stage.view(person).questions[0].you_may, may);
        match stage.ask(person, &answer(question, "sqlite")) {
            Ok(events) => assert_eq!(names(&events), ["question_answered", "question_settled"]),
            Err(refused) => assert_eq!(refused, Rejection::Forbidden { right: Right::Approve }),
        }
        assert_eq!(stage.ask(person, &answer(question, "sqlite")).is_ok(), may);
    }
}

#[test]
fn qn1_an_answer_must_fit_the_question() {
    let mut stage = three();
    stage.run(BEA);
    let fields = [one_of("db", &["sqlite", "files"]), some_of("on", &["linux", "mac"])];
    let question = stage.question(&fields);
    let linux: (&str, &[&str]) = ("on", &["linux"]);
    let bad: [&[(&str, &[&str])]; 7] = [
        &[],
        &[linux],
        &[("db", &["oracle"]), linux],
        &[("db", &["sqlite", "files"]), linux],
        &[("db", &[]), linux],
        &[("db", &["sqlite"]), ("on", &[])],
        &[("db", &["sqlite"]), linux, ("extra", &["x"])],
    ];
    for pairs in bad {
        let command = Command::Answer { question, answers: answers(pairs) };
        assert_eq!(stage.refused(BEA, command), Rejection::BadAnswer, "{pairs:?}");
    }
    let good = answers(&[("db", &["sqlite"]), ("on", &["linux", "mac"])]);
    assert_eq!(names(&stage.say(BEA, Command::Answer { question, answers: good })), ["question_answered"]);
}

#[test]
fn qn2_observers_answers_are_refused() {
    let (mut stage, question) = asked();
    stage.admit(DAN, "Dan", Preset::Collaborator.rights());
    stage.come(DAN);
    assert_eq!(stage.refused(DAN, answer(question, "x")), Rejection::NotVoter);
    stage.allow(DAN, Preset::Guest.rights());
    assert_eq!(stage.refused(DAN, answer(question, "x")), Rejection::Forbidden { right: Right::Vote });
}

#[test]
fn qn2_it_settles_when_all_who_remain_have_answered() {
    let (mut stage, question) = asked();
    stage.say(ADA, answer(question, "sqlite"));
    stage.say(BEA, answer(question, "sqlite"));
    let events = stage.banish(CAI, DropReason::Kicked);
    assert_eq!(names(&events), ["person_left", "answerer_dropped", "question_settled"]);
    assert_eq!(told(&stage), ["sqlite"]);
}

#[test]
fn qn2_absence_drops_and_the_owner_may_go_on_sooner() {
    let (mut stage, question) = asked();
    stage.say(BEA, answer(question, "sqlite"));
    stage.away(CAI);
    assert_eq!(stage.view(ADA).questions[0].waiting_for, [CAI]);
    let go_on = Command::GoOnWithoutAnswer { question, person: CAI };
    assert_eq!(stage.refused(BEA, go_on.clone()), Rejection::Forbidden { right: Right::Own });
    let present = Command::GoOnWithoutAnswer { question, person: BEA };
    assert_eq!(stage.refused(ADA, present), Rejection::NotFound);
    let mut sooner = stage.room.clone();
    for event in stage.ask(ADA, &go_on).unwrap() {
        sooner.apply(&event, stage.at);
    }
    assert!(sooner.view(&stage.by(ADA)).questions[0].waiting_for.is_empty());
    assert_eq!(names(&stage.wait(300)), ["person_left", "answerer_dropped"]);
    assert_eq!(names(&stage.say(ADA, answer(question, "files")))[1], "question_settled");
}

#[test]
fn qn2_with_nobody_left_it_waits_for_the_owner() {
    let mut stage = three();
    stage.rule(|rules| rules.owner_always_votes = false);
    stage.away(ADA);
    stage.wait(30);
    stage.run(BEA);
    let question = stage.question(&[one_of("db", &[])]);
    stage.banish(BEA, DropReason::Kicked);
    stage.banish(CAI, DropReason::Kicked);
    assert_eq!(stage.room.wanted().len(), 1);
    assert_eq!(names(&stage.say(ADA, answer(question, "x")))[1], "question_settled");
}

#[test]
fn qn1_what_may_be_left_out_is_not_told() {
    let mut stage = three();
    stage.run(BEA);
    let other = QuestionField { optional: true, ..one_of("other", &[]) };
    let choice = QuestionField { optional: true, ..one_of("db", &["sqlite", "files"]) };
    let question = stage.question(&[choice, other]);
    let say = |pairs: &[(&str, &[&str])]| Command::Answer { question, answers: answers(pairs) };
    assert_eq!(stage.refused(ADA, say(&[])), Rejection::BadAnswer, "some answer there must be");
    assert_eq!(stage.refused(ADA, say(&[("other", &[])])), Rejection::BadAnswer);
    assert_eq!(stage.refused(ADA, say(&[("db", &["ink"])])), Rejection::BadAnswer);
    stage.say(ADA, say(&[("db", &["sqlite"]), ("other", &[])]));
    stage.say(BEA, say(&[("db", &["sqlite"])]));
    stage.say(CAI, say(&[("other", &["paper"])]));
    let [Effect::TellAnswers { answers, .. }] = &stage.room.owed()[..] else { panic!("not told") };
    assert_eq!(
        (&answers["db"][..], &answers["other"][..]),
        (&["sqlite".to_owned()][..], &["paper".to_owned()][..])
    );
}
