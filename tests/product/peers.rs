//! Two hosts' programs: one joins the other by its invite, and works there by the command line.

use serde_json::{Value, json};

use crate::host::{Following, Host};

fn script() -> Value {
    let edit = json!({ "path": "LICENCE", "append": "Yes.\n", "on_allow": [{ "say": "It is there." }] });
    json!({ "turns": [
        { "when": "work", "steps": [{ "say": "I begin." }, { "edit": edit }] },
        { "when": "plan", "steps": [{ "plan": { "text": "1. Do it.", "on_approve": [{ "say": "Done it." }] } }] },
        { "steps": [{ "say": "Hello." }] },
    ] })
}

/// A host with a session, and the code of an invite to it.
fn sharing() -> (Host, String, String, String) {
    let mut ada = Host::off();
    ada.script("actor", &script());
    ada.start();
    let (_, workspace, session) = ada.session("actor");
    let minted =
        ada.json(&["share", "new", "--workspace", &workspace.id, "--preset", "co-host", "--consensus"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (ada, session, text(&minted["share"]), text(&minted["invite"]["code"]))
}

async fn join(ada: &Host, bea: &Host, code: &str) -> Value {
    let mut joining = bea.follow(&["join", code, "--name", "Bea"]);
    joining.says("The owner has been asked to let you in");
    ada.owner().await.let_somebody_in().await.unwrap();
    let joined = joining.line();
    assert_eq!(joining.ends(), Some(0));
    joined
}

fn seqs(lines: &[Value]) -> Vec<u64> {
    lines.iter().map(|line| line["seq"].as_u64().unwrap()).collect()
}

fn watch(bea: &Host, session: &str) -> Following {
    bea.follow(&["--host", "Ada", "chat", "tail", session, "--follow"])
}

#[tokio::test(flavor = "multi_thread")]
async fn pa2_pa9_a_joined_host_is_worked_on_through_its_restart() {
    let (mut ada, session, _, code) = sharing();
    let bea = Host::on();
    let joined = join(&ada, &bea, &code).await;
    assert_eq!((&joined["host"]["label"], &joined["host"]["name"]), (&json!("Ada"), &json!("Bea")));
    let there = |arguments: &[&str]| bea.json(&[&["--host", "Ada"], arguments].concat());
    assert_eq!(there(&["workspace", "list"])["workspaces"].as_array().unwrap().len(), 1);
    assert_eq!(there(&["session", "list"])["sessions"][0]["session"], json!(session));
    assert!(bea.json(&["session", "list"])["sessions"].as_array().unwrap().is_empty(), "here is here");

    let mut tail = watch(&bea, &session);
    there(&["chat", "send", &session, "work"]);
    let mut seen = tail.until("permission_asked");
    ada.kill();
    tail.says("The connection to the host is lost");
    ada.start();
    tail.says("The host is back");
    seen.extend(tail.until("turn_ended"));
    assert_eq!(seen.last().unwrap()["event"]["outcome"]["kind"], "interrupted");
    there(&["chat", "send", &session, "work"]);
    seen.extend(tail.until("permission_asked"));
    there(&["permission", &session, "allow"]);
    seen.extend(tail.until("turn_ended"));
    let seqs = seqs(&seen);
    let dense: Vec<u64> = (seqs[0]..).take(seqs.len()).collect();
    assert_eq!(seqs, dense, "each event once, in order, over the restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn ba3_a_joined_person_votes_from_the_command_line() {
    let (ada, session, _, code) = sharing();
    let bea = Host::off();
    join(&ada, &bea, &code).await;
    let mut tail = watch(&bea, &session);
    bea.json(&["--host", "Ada", "chat", "send", &session, "plan"]);
    tail.until("ballot_opened");
    bea.json(&["--host", "Ada", "vote", &session, "approve"]);
    ada.json(&["vote", &session, "approve"]);
    tail.until("turn_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn pa9_sh5_who_is_sent_away_is_told_why_and_does_not_come_back_by_itself() {
    let (ada, session, share, code) = sharing();
    let bea = Host::off();
    join(&ada, &bea, &code).await;
    let mut tail = watch(&bea, &session);
    tail.line();
    ada.json(&["share", "stop", &share]);
    tail.says("ended this share with you");
    assert_eq!(tail.ends(), Some(1), "it ended by itself, and dials no more");
    assert!(!bea.refuses(&["--host", "Ada", "session", "list"]).is_empty());
    bea.json(&["remote", "forget", "Ada"]);
    assert!(bea.json(&["remote", "list"])["hosts"].as_array().unwrap().is_empty());
    assert!(bea.refuses(&["--host", "Ada", "session", "list"]).contains("You know no host"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pa5_a_host_that_has_another_key_is_refused_in_words() {
    let (mut ada, _, _, code) = sharing();
    let bea = Host::off();
    join(&ada, &bea, &code).await;
    ada.stop();
    std::fs::remove_file(ada.data().join("host-key.pem")).unwrap();
    std::fs::remove_file(ada.data().join("host-certificate.pem")).unwrap();
    ada.start();
    let refused = bea.refuses(&["--host", "Ada", "session", "list"]);
    assert!(refused.contains("another key") && refused.contains("nothing was sent"), "{refused}");
    let known = bea.json(&["remote", "list"]);
    assert_eq!(known["hosts"][0]["label"], "Ada", "and nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoilt_invite_and_an_owners_order_elsewhere_are_refused_in_words() {
    let bea = Host::off();
    assert!(bea.refuses(&["join", "conclave://join/1.x"]).contains("Copy the whole link"));
    assert!(bea.refuses(&["--host", "Ada", "share", "list"]).contains("leave --host away"));
    assert!(bea.json(&["remote", "list"])["hosts"].as_array().unwrap().is_empty());
}
