use model::*;
use room::Gathering;

use crate::stage::*;

/// Of the stage's log after `since`.
fn digest(stage: &Stage, since: u64) -> Digest {
    let mut gathering = Gathering::new(since);
    for (seq, (event, at)) in (1..).zip(&stage.log) {
        if seq > since {
            gathering.apply(event, seq, *at);
        }
    }
    gathering.finish()
}

#[test]
fn ro5_a_digest_tells_turns_decisions_files_and_people() {
    let mut stage = three();
    let since = stage.log.len() as u64;
    let turn = stage.run(BEA);
    let ballot = stage.plan("\n  1. Sweep.\n2. Mop.");
    stage.vote(CAI, "\n  1. Sweep.\n2. Mop.", deny("No mop."));
    let item = ItemId(stage.fresh());
    let changed =
        |path: &str| FileDiff { path: path.into(), added: 2, removed: 1, unified: LongText::default() };
    let diffs = vec![changed("b.rs"), changed("a.rs"), changed("b.rs")];
    let call = ToolCall::default();
    stage.see(Occurrence::ToolStarted { turn, item, call });
    let (status, output) = (ToolStatus::Completed, LongText::default());
    stage.see(Occurrence::ToolEnded { turn, item, status, output, diffs });
    stage.finish();
    stage.banish(CAI, DropReason::Kicked);
    stage.admit(DAN, "Dan", Preset::Observer.rights());
    stage.come(DAN);

    let told = digest(&stage, since);
    assert_eq!((told.since, told.head), (since, stage.log.len() as u64));
    let [told_turn] = &told.turns[..] else { panic!("one turn: {told:?}") };
    assert_eq!((told_turn.author, told_turn.outcome.as_ref()), (Some(BEA), Some(&TurnOutcome::Completed)));
    let [decided] = &told.decisions[..] else { panic!("one decision: {told:?}") };
    let plan = Decided::Plan {
        ballot,
        plan: "1. Sweep.".into(),
        votes: vec![DigestVote { person: CAI, choice: deny("No mop.") }],
        outcome: Some(BallotOutcome::Denied { by: CAI, reason: "No mop.".into() }),
    };
    assert_eq!(decided.what, plan);
    let files: Vec<_> =
        told.files.iter().map(|file| (file.path.as_str(), file.added, file.removed)).collect();
    assert_eq!(files, [("a.rs", 2, 1), ("b.rs", 4, 2)]);
    let people: Vec<_> =
        told.people.iter().map(|it| (it.person, it.came.is_some(), it.went.is_some())).collect();
    assert_eq!(people, [(CAI, false, true), (DAN, true, false)]);
}

#[test]
fn ro5_a_digest_that_begins_in_the_middle_names_what_it_saw_the_end_of() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let permission = stage.permission();
    let since = stage.log.len() as u64;
    stage.say(ADA, Command::AnswerPermission { permission, answer: PermissionAnswer::Allow });
    stage.finish();
    let told = digest(&stage, since);
    assert_eq!((told.turns[0].turn, told.turns[0].author), (turn, None));
    let (by, answer) = (Some(ADA), Some(PermissionAnswer::Allow));
    assert_eq!(told.decisions[0].what, Decided::Permission { permission, title: String::new(), by, answer });
    let nothing = digest(&stage, stage.log.len() as u64);
    assert_eq!(nothing, Digest { since: nothing.head, head: nothing.head, ..Digest::default() });
}

#[test]
fn ro5_a_long_digest_keeps_the_newest_and_counts_the_rest() {
    let mut stage = stage();
    let mut turns = Vec::new();
    for _ in 0..53 {
        turns.push(stage.run(ADA));
        stage.finish();
    }
    let told = digest(&stage, 0);
    assert_eq!((told.turns.len(), told.earlier_turns), (50, 3));
    assert_eq!(told.turns.last().map(|turn| turn.turn), turns.last().copied());
    let running = stage.run(ADA);
    let told = digest(&stage, 0);
    assert!(told.turns.last().is_some_and(|turn| turn.turn == running && turn.outcome.is_none()));
}
