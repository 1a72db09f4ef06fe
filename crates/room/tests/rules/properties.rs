use std::collections::{BTreeMap, BTreeSet};

use model::*;
use proptest::prelude::*;
use room::Room;

use crate::stage::*;
use crate::walk::{Step, steps};

fn walked(steps: &[Step]) -> Stage {
    let mut stage = three();
    for step in steps {
        stage.walk(*step);
    }
    stage
}

/// What the view lets its reader settle, and what they have not spoken to yet.
fn offered(view: &RoomView) -> usize {
    let me = view.you.person;
    let voted = |open: &BallotView| open.voters.iter().any(|one| one.person == me && one.choice.is_some());
    let permissions = view.permissions.iter().filter(|open| open.you_may).count();
    let ballots = view.ballots.iter().filter(|open| open.you_may && !voted(open)).count();
    let questions = view.questions.iter().filter(|open| open.you_may && !open.answered.contains(&me)).count();
    permissions + ballots + questions + view.suggestions.iter().filter(|open| open.you_may_accept).count()
}

fn thaw(bytes: &[u8]) -> Room {
    serde_json::from_slice(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn ba9_replay_is_live(steps in steps()) {
        let stage = walked(&steps);
        let again = Room::fold(stage.log.iter().map(|(event, at)| (event, *at)));
        prop_assert_eq!(again, stage.room);
    }

    #[test]
    fn lo4_a_snapshot_at_any_point_and_its_tail_are_the_whole(steps in steps()) {
        let stage = walked(&steps);
        let mut folded = Room::empty();
        for n in 0..=stage.log.len() {
            let bytes = serde_json::to_vec(&folded).unwrap();
            let mut from_snapshot = thaw(&bytes);
            prop_assert_eq!(&serde_json::to_vec(&from_snapshot).unwrap(), &bytes, "stable bytes");
            for (event, at) in &stage.log[n..] {
                from_snapshot.apply(event, *at);
            }
            prop_assert_eq!(&from_snapshot, &stage.room);
            if let Some((event, at)) = stage.log.get(n) {
                folded.apply(event, *at);
            }
        }
    }

    /// What the directory says of a room agrees with what the room's own view offers each reader.
    #[test]
    fn ro6_the_directory_and_the_room_agree_on_whom_they_wait_for(steps in steps()) {
        let mut stage = three();
        for step in &steps {
            stage.walk(*step);
            let wanted = stage.room.wanted();
            for person in [ADA, BEA, CAI].into_iter().filter(|person| stage.knows(*person)) {
                let by = stage.by(person);
                let told = wanted.iter().filter(|one| one.wants(&by)).count();
                prop_assert_eq!(told, offered(&stage.room.view(&by)), "{:?} after {:?}", person, step);
            }
        }
    }

    /// Every decision leaves a state from which nothing more follows by itself, and whatever is open waits
    /// for a person, for the host, or for a time.
    #[test]
    fn nothing_waits_for_nobody(steps in steps()) {
        let mut stage = three();
        for step in &steps {
            stage.walk(*step);
            prop_assert_eq!(waits_for_nobody(&stage), None, "after {:?}", step);
        }
    }

    /// With everything owed done and every card answered, the room comes to rest.
    #[test]
    fn tu6_every_turn_and_card_closes_exactly_once(steps in steps()) {
        let mut stage = walked(&steps);
        stage.say_if_allowed(Command::End);
        for _ in 0..1000 {
            if stage.room.owed().is_empty() {
                break;
            }
            stage.perform(0);
        }
        prop_assert!(stage.room.owed().is_empty() && stage.room.turn().is_none() && stage.room.wanted().is_empty());
        prop_assert_eq!(unbalanced(&stage.log), BTreeMap::new());
    }

    #[test]
    fn qu4_no_prompt_begins_twice(steps in steps()) {
        let stage = walked(&steps);
        let mut prompts = BTreeMap::new();
        let mut begun = BTreeSet::new();
        for (event, _) in &stage.log {
            match event {
                Event::TurnTaken { turn, prompt, .. } => drop(prompts.insert(*turn, *prompt)),
                Event::TurnBegan { turn } => prop_assert!(begun.insert(prompts[turn])),
                Event::PromptSteered { prompt, .. } => prop_assert!(begun.insert(*prompt)),
                _ => {}
            }
        }
    }
}

impl Stage {
    fn say_if_allowed(&mut self, command: Command) {
        if let Ok(events) = self.ask(ADA, &command) {
            self.keep(events);
        }
    }
}

/// Opened minus closed, of each turn and card; only what is not 0.
fn unbalanced(log: &[(Event, Timestamp)]) -> BTreeMap<String, i32> {
    let mut open = BTreeMap::new();
    let mut count = |id: String, by: i32| *open.entry(id).or_insert(0) += by;
    for (event, _) in log {
        match event {
            Event::TurnTaken { turn, .. } => count(format!("turn {turn}"), 1),
            Event::TurnEnded { turn, .. } => count(format!("turn {turn}"), -1),
            Event::ToolStarted { item, .. } => count(format!("tool {item}"), 1),
            Event::ToolEnded { item, .. } => count(format!("tool {item}"), -1),
            Event::SuggestionMade { suggestion, .. } => count(format!("suggestion {suggestion}"), 1),
            Event::SuggestionAccepted { suggestion, .. } | Event::SuggestionDropped { suggestion, .. } => {
                count(format!("suggestion {suggestion}"), -1)
            }
            Event::BallotOpened { ballot, .. } => count(format!("ballot {ballot}"), 1),
            Event::BallotClosed { ballot, .. } => count(format!("ballot {ballot}"), -1),
            Event::QuestionAsked { question, .. } => count(format!("question {question}"), 1),
            Event::QuestionSettled { question, .. } | Event::QuestionWithdrawn { question, .. } => {
                count(format!("question {question}"), -1)
            }
            Event::PermissionAsked { permission, .. } => count(format!("permission {permission}"), 1),
            Event::PermissionAnswered { permission, .. } | Event::PermissionWithdrawn { permission, .. } => {
                count(format!("permission {permission}"), -1)
            }
            _ => {}
        }
    }
    open.retain(|_, count| *count != 0);
    open
}

/// What is stuck: open, with nobody who could settle it and nothing owed.
fn waits_for_nobody(stage: &Stage) -> Option<&'static str> {
    let view = stage.view(ADA);
    let somebody = |command: &Command| {
        let people = [ADA, BEA, CAI, DAN].into_iter().filter(|person| stage.knows(*person));
        people.map(|person| stage.ask(person, command)).any(|answer| answer.is_ok_and(|yes| !yes.is_empty()))
    };
    let votable = view.ballots.iter().all(|open| {
        let (ballot, plan) = (open.ballot, open.plan_hash.clone());
        somebody(&Command::Vote { ballot, plan, choice: deny("no") })
    });
    let answerable = view.questions.iter().all(|open| {
        let answers = [("key".to_owned(), vec!["something new".to_owned()])].into();
        somebody(&Command::Answer { question: open.question, answers })
    });
    let allowable = view.permissions.iter().all(|open| {
        let (permission, answer) = (open.permission, PermissionAnswer::Reject);
        somebody(&Command::AnswerPermission { permission, answer })
    });
    let decidable = view
        .suggestions
        .iter()
        .all(|open| somebody(&Command::DropSuggestion { suggestion: open.suggestion, reason: None }));
    let acceptable = view.suggestions.iter().filter(|open| !open.held).all(|open| {
        let id = uuid::Uuid::from_u128(7);
        let (suggestion, revision, delivery) = (open.suggestion, open.revision, Delivery::Queue);
        let (prompt, turn) = (PromptId(id), TurnId(id));
        somebody(&Command::AcceptSuggestion { suggestion, revision, prompt, turn, body: None, delivery })
    });
    let owed = !stage.room.owed().is_empty();
    let works = |phase| phase == TurnPhase::Running || phase == TurnPhase::Awaiting;
    let moves = view.turn.is_none_or(|turn| works(turn.phase) || owed);
    let due = view.queue.items.iter().any(|item| item.state == QueueItemState::Waiting);
    let drained = stage.room.turn().is_some()
        || !due
        || owed
        || somebody(&Command::ReleaseQueue)
        || somebody(&Command::Resume);
    let checks = [
        (votable, "a ballot"),
        (answerable, "a question"),
        (allowable, "a permission request"),
        (decidable && acceptable, "a suggestion"),
        (moves, "a turn"),
        (drained, "the queue"),
    ];
    checks.iter().find(|(fine, _)| !fine).map(|(_, what)| *what)
}
