//! Every frame has a golden file that Rust and TypeScript read. `UPDATE_GOLDEN=1` writes them anew.

mod samples;

use std::fs;
use std::path::Path;

use serde_json::Value;
use wire::{ClientFrame, Failure, FailureCode, FrameRefused, HostFrame, Notification};

fn check(folder: &str, name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(folder);
    let file = folder.join(format!("{name}.json"));
    let value: Value = serde_json::from_str(text).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&value).unwrap())).unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap_or_else(|_| panic!("no golden file for {name}"));
    assert_eq!(serde_json::from_str::<Value>(&golden).unwrap(), value, "{name}");
}

fn tag(text: &str, at: &[&str]) -> String {
    let value: Value = serde_json::from_str(text).unwrap();
    at.iter().fold(&value, |value, key| &value[*key]).as_str().unwrap().to_owned()
}

#[test]
fn requests_are_what_their_golden_files_say() {
    for request in samples::requests() {
        let text = wire::encode_request(7, &request);
        check("request", &tag(&text, &["method"]), &text);
        assert_eq!(wire::decode_client(&text), Ok(ClientFrame { id: 7, request }));
    }
}

#[test]
fn replies_are_what_their_golden_files_say() {
    for reply in samples::replies() {
        let text = wire::encode_reply(7, &reply);
        check("reply", &tag(&text, &["result", "kind"]), &text);
        let decoded = wire::decode_host(&text).unwrap();
        assert_eq!(decoded, HostFrame::Reply { id: 7, reply: Box::new(reply) });
    }
}

#[test]
fn notifications_are_what_their_golden_files_say() {
    for notification in samples::notifications(samples::view()) {
        let text = wire::encode_notification(&notification);
        check("notification", &tag(&text, &["method"]), &text);
        let decoded = wire::decode_host(&text).unwrap();
        assert_eq!(decoded, HostFrame::Notification(Box::new(notification)));
    }
}

#[test]
fn frames_built_from_encoded_events_are_the_same_frames() {
    for notification in samples::notifications(samples::view()) {
        let text = match &notification {
            Notification::Events { stream, prev, events } => {
                let encoded: Vec<String> = events.iter().map(|e| serde_json::to_string(e).unwrap()).collect();
                wire::encode_events(*stream, *prev, encoded.iter().map(String::as_str))
            }
            Notification::Snapshot(snapshot) => {
                let events = snapshot.events.iter();
                let encoded: Vec<String> = events.map(|e| serde_json::to_string(e).unwrap()).collect();
                wire::encode_snapshot(snapshot, encoded.iter().map(String::as_str))
            }
            _ => continue,
        };
        let decoded = wire::decode_host(&text).unwrap();
        assert_eq!(decoded, HostFrame::Notification(Box::new(notification)));
    }
}

#[test]
fn failures_carry_their_code_and_data() {
    let failure = Failure::from(model::Rejection::QueueFull { limit: 100 });
    let text = wire::encode_failure(Some(7), &failure);
    check("reply", "failure", &text);
    assert_eq!(tag(&text, &["error", "data", "code"]), "queue_full");
    assert_eq!(wire::decode_host(&text), Ok(HostFrame::Failed { id: Some(7), failure }));
}

#[test]
fn pa6_what_is_no_frame_is_refused_by_type() {
    for malformed in ["", "{", "[]", "{}", r#"{"jsonrpc":"1.0","id":1,"method":"agents"}"#, r#"{"id":1}"#] {
        assert_eq!(wire::decode_client(malformed), Err(FrameRefused::Malformed), "{malformed}");
    }
    let refused = |text: &str| match wire::decode_client(text) {
        Err(FrameRefused::Refused { id, failure }) => (id, failure.code),
        other => panic!("{other:?}"),
    };
    let unknown = r#"{"jsonrpc":"2.0","id":4,"method":"launch_missiles","params":{}}"#;
    assert_eq!(refused(unknown), (4, FailureCode::UnknownMethod));
    let foreign = r#"{"jsonrpc":"2.0","id":5,"method":"subscribe","params":{"stream":"nonsense"}}"#;
    assert_eq!(refused(foreign), (5, FailureCode::BadParams));
    let lacking = r#"{"jsonrpc":"2.0","id":6,"method":"prompt","params":{"text":"x"}}"#;
    assert_eq!(refused(lacking), (6, FailureCode::BadParams));
}

#[test]
fn pa10_unknown_event_types_are_carried() {
    let text = r#"{"jsonrpc":"2.0","method":"events","params":{"stream":"owner","prev":0,"events":
        [{"seq":1,"at":5,"actor":{"kind":"host"},"hash":"ab","event":{"type":"from_the_future","x":1}}]}}"#;
    let Ok(HostFrame::Notification(notification)) = wire::decode_host(text) else { panic!("carried") };
    let Notification::Events { events, .. } = *notification else { panic!("events") };
    assert_eq!(events[0].event["x"], 1);
}
