//! Slow proofs, run by hand: `cargo xtask prove faults`.

use std::collections::BTreeMap;

use model::{Event, TurnId, TurnOutcome};
use serde_json::json;
use testkit::Held;

use crate::host::Host;
use crate::room::Room;

/// The host is killed that often, each time after one delivery more.
const CUTS: usize = 20;

/// Whenever the cut comes, the log has no hole, nothing begins twice, and the next prompt works.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "slow: a proof"]
async fn prove_faults_a_host_killed_at_any_moment_comes_back_whole() {
    let mut host = Host::off();
    let words = "word ".repeat(400);
    let steps =
        json!([{ "think": words }, { "say": words }, { "read": { "path": "README.md" } }, { "say": words }]);
    host.script(
        "actor",
        &json!({ "turns": [{ "when": "talk", "steps": steps }, { "steps": [{ "say": "Done." }] }] }),
    );
    host.start();
    let (_, _, session) = host.session("actor");
    for cut in 0..CUTS {
        let mut room = Room::owner(&host, &session).await;
        room.prompt(&format!("talk {cut}")).await.unwrap();
        for _ in 0..cut {
            if room.held().facts().last().is_some_and(|event| matches!(event, Event::TurnEnded { .. })) {
                break;
            }
            room.client.next_notification().await;
        }
        host.kill();
        host.start();

        let room = Room::owner(&host, &session).await;
        let text = format!("Go on {cut}");
        room.prompt(&text).await.unwrap();
        let done = |held: &Held| held_outcome(held, &text).is_some();
        let session_id = room.session;
        let seen = |replica: &testkit::Replica| replica.session(session_id).is_some_and(done);
        room.client.wait_for("the turn after the cut", seen).await;
        let held = room.held();
        assert_eq!(held_outcome(&held, &text), Some(TurnOutcome::Completed), "cut {cut}");
        is_whole(&held, cut);
        assert_eq!(host.processes(), 1, "one agent, and none of those before it");
    }
}

fn held_outcome(held: &Held, text: &str) -> Option<TurnOutcome> {
    let turn = turns(held).into_iter().find(|(_, asked)| asked == text)?.0;
    held.facts().find_map(|event| match event {
        Event::TurnEnded { turn: ended, outcome, .. } if ended == turn => Some(outcome),
        _ => None,
    })
}

fn is_whole(held: &Held, cut: usize) {
    let first = held.events[0].seq;
    for (at, event) in held.events.iter().enumerate() {
        assert_eq!(event.seq, first + at as u64, "cut {cut}");
    }
    let asked = turns(held);
    let mut begun = BTreeMap::<&str, usize>::new();
    for event in held.facts() {
        if let Event::TurnBegan { turn, .. } = event
            && let Some(text) = asked.get(&turn)
        {
            *begun.entry(text).or_default() += 1;
        }
    }
    assert!(begun.values().all(|times| *times == 1), "cut {cut}: begun twice: {begun:?}");
}

/// What was asked in each turn.
fn turns(held: &Held) -> BTreeMap<TurnId, String> {
    let taken = held.facts().filter_map(|event| match event {
        Event::TurnTaken { turn, body, .. } => Some((turn, body.text)),
        _ => None,
    });
    taken.collect()
}
