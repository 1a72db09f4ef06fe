//! Slow proofs, run by hand: `cargo xtask prove faults`.

use model::{Event, TurnOutcome};
use serde_json::json;

use crate::host::Host;
use crate::room::{Room, outcomes};

/// After that many deliveries each.
const CUTS: usize = 20;

/// Whenever the cut comes, the log has no hole, no turn runs on, and the next one works.
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
    let mut turns = 0;
    for cut in 0..CUTS {
        let mut room = Room::owner(&host, &session).await;
        room.prompt("talk").await.unwrap();
        for _ in 0..cut {
            let over =
                room.held().facts().last().is_some_and(|event| matches!(event, Event::TurnEnded { .. }));
            if over {
                break;
            }
            room.client.next_notification().await;
        }
        host.kill();
        host.start();
        turns += 1;
        let room = Room::owner(&host, &session).await;
        let after = room.view("rest", |view| view.turn.is_none() || !view.queue.items.is_empty()).await;
        if after.turn.is_none() && outcomes(&room.held()).count() < turns {
            // It had not begun and went back to the queue.
            room.ended(turns).await;
        }
        room.prompt("Go on").await.unwrap();
        turns += 1;
        assert_eq!(room.ended(turns).await, TurnOutcome::Completed, "cut {cut}");
        let held = room.held();
        let first = held.events[0].seq;
        for (at, event) in held.events.iter().enumerate() {
            assert_eq!(event.seq, first + at as u64, "cut {cut}");
        }
        assert_eq!(host.processes(), 1, "one agent, not the ones before it");
    }
}
