//! Every event has a golden file that Rust and TypeScript read. `UPDATE_GOLDEN=1` writes them anew.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test may read and write files; the crate it tests may not"
)]

mod samples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

fn check<E: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, samples: &[E]) {
    let folder = folder(name);
    let mut seen = BTreeSet::new();
    for sample in samples {
        let json = serde_json::to_value(sample).unwrap();
        let kind = json["type"].as_str().unwrap().to_owned();
        let file = folder.join(format!("{kind}.json"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, format!("{}\n", serde_json::to_string_pretty(sample).unwrap())).unwrap();
        }
        let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("no golden file for {kind}"));
        let golden: E = serde_json::from_str(&text).unwrap();
        assert_eq!(&golden, sample, "{kind}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), json, "{kind}");
        assert!(seen.insert(kind), "one sample per variant");
    }
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let json = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    assert_eq!(json.count(), seen.len(), "a golden file without an event");
}

#[test]
fn events_of_a_session_are_what_their_golden_files_say() {
    check("", &samples::events());
}

/// Before and after, so that TypeScript takes back the same words.
#[test]
fn lo11_what_is_taken_back_leaves_no_words() {
    let folder = folder("redacted");
    let all = samples::events().into_iter().filter(|event| event.subject().is_some());
    let mut kinds = 0;
    for event in all {
        let from = serde_json::to_value(&event).unwrap();
        let to = serde_json::to_value(event.wordless()).unwrap();
        let pair = serde_json::json!({ "from": from, "to": to });
        let file = folder.join(format!("{}.json", from["type"].as_str().unwrap()));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&pair).unwrap())).unwrap();
        }
        let golden: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(golden, pair);
        assert_ne!(from, to, "something of it is taken back");
        kinds += 1;
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), kinds, "a golden file without an event");
}

#[test]
fn events_of_a_workspace_are_what_their_golden_files_say() {
    check("workspace_event", &samples::workspace_events());
}

#[test]
fn events_of_the_owner_are_what_their_golden_files_say() {
    check("owner_event", &samples::owner_events());
}

#[test]
fn pa10_unknown_fields_are_carried_not_fatal() {
    let text = r#"{"type":"session_renamed","title":"x","from_the_future":{"a":1}}"#;
    assert!(serde_json::from_str::<model::Event>(text).is_ok());
}

#[test]
fn the_type_tag_comes_first() {
    // The log reads the tag from the front of the body without parsing it.
    for event in samples::events() {
        assert!(serde_json::to_string(&event).unwrap().starts_with(r#"{"type":""#));
    }
}
