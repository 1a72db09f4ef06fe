use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::compact::{compacted, weight};

/// Sessions as they happen: prompts, answers with calls, results that a stop or a crash left out, and
/// what is only for people.
fn text(most: usize) -> impl Strategy<Value = String> {
    (0..most).prop_map(|words| "word ".repeat(words))
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let user = text(12).prop_map(|text| vec![Entry::User(format!("do {text}"))]);
    let notice = Just(vec![Entry::Notice("NOTICE".to_owned())]);
    let said =
        (text(40), prop::collection::vec((text(60), any::<bool>()), 0..4)).prop_map(|(text, calls)| {
            // The ids are used again in every answer, as some endpoints do.
            let call = |at: usize| Call {
                id: format!("c{at}"),
                name: "read".to_owned(),
                input: json!({ "path": "a" }),
            };
            let mut turn = vec![Entry::Said(Said {
                text,
                calls: (0..calls.len()).map(call).collect(),
                ..Said::default()
            })];
            for (at, (text, is_there)) in calls.into_iter().enumerate() {
                if is_there {
                    turn.push(Entry::Result(Outcome { call: format!("c{at}"), good: true, text }));
                }
            }
            turn
        });
    let turns = prop::collection::vec(prop_oneof![3 => said, 2 => user, 1 => notice], 0..25);
    turns.prop_map(|turns| turns.into_iter().flatten().collect())
}

/// Every call is followed by its results, every result follows its call, and no two are of one voice.
fn is_well_formed(messages: &[Message]) -> bool {
    let pairs = messages.windows(2).all(|pair| match (&pair[0], &pair[1]) {
        (Message::Said(said), Message::Results(results)) => {
            said.calls.iter().map(|call| &call.id).eq(results.iter().map(|result| &result.call))
        }
        (Message::Said(said), _) => said.calls.is_empty(),
        (_, Message::Results(_)) | (Message::User(_), Message::User(_)) => false,
        _ => true,
    });
    let open = matches!(messages.last(), Some(Message::Said(said)) if !said.calls.is_empty());
    pairs && !open && !matches!(messages.first(), Some(Message::Results(_)))
}

proptest! {
    #[test]
    fn no_call_and_no_result_is_ever_alone(entries in entries()) {
        let messages = payload(&entries);
        prop_assert!(is_well_formed(&messages), "{messages:#?}");
        prop_assert!(!format!("{messages:?}").contains("NOTICE"), "notices are for people");
    }

    #[test]
    fn compaction_orphans_nothing_and_makes_room(mut entries in entries(), allowed in 0usize..600, again in 0usize..600) {
        for allowed in [allowed, again] {
            let before = weight(&payload(&entries));
            let Some(cut) = compacted(&entries, allowed) else { continue };
            let is_last = !entries[cut.kept_from + 1..].iter().any(|entry| matches!(entry, Entry::User(_) | Entry::Said(_)));
            entries.push(Entry::Compacted(cut));
            let messages = payload(&entries);
            prop_assert!(is_well_formed(&messages), "{messages:#?}");
            prop_assert!(matches!(messages.first(), Some(Message::User(_))));
            prop_assert!(weight(&messages) <= allowed + 16 || is_last, "{before} to {}", weight(&messages));
        }
    }

    #[test]
    fn a_transcript_reads_back_as_it_was(entries in entries()) {
        let lines: Vec<String> = entries.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
        let read: Vec<Entry> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(read, entries);
    }
}

#[test]
fn what_a_stop_left_open_is_closed() {
    let call = |id: &str| Call { id: id.to_owned(), name: "read".to_owned(), input: json!({}) };
    let said = Said { calls: vec![call("a"), call("b")], ..Said::default() };
    let result = Outcome { call: "a".to_owned(), good: true, text: "x".to_owned() };
    let entries = [Entry::User("go".to_owned()), Entry::Said(said), Entry::Result(result)];
    assert_eq!(open_calls(&entries), [call("b")]);
    let Some(Message::Results(results)) = payload(&entries).pop() else { panic!() };
    assert!(results[0].good && !results[1].good);
}

#[test]
fn a_preface_keeps_the_prompt_and_the_files() {
    let call = |name: &str| Call {
        id: name.to_owned(),
        name: name.to_owned(),
        input: json!({ "path": format!("{name}.rs") }),
    };
    let said = |name: &str| Entry::Said(Said { calls: vec![call(name)], ..Said::default() });
    let long = Entry::Result(Outcome { call: "read".to_owned(), good: true, text: "x".repeat(10_000) });
    let entries = [
        Entry::User("Old".to_owned()),
        Entry::User("Mend it".to_owned()),
        said("read"),
        long,
        said("edit"),
        said("write"),
    ];
    let cut = compacted(&entries, 300).unwrap();
    for word in ["Old", "The newest prompt of that part:\nMend it", "Files read: read.rs"] {
        assert!(cut.preface.contains(word), "{word}: {}", cut.preface);
    }
    assert!(!cut.preface.contains("edit.rs"), "that is kept");
}
