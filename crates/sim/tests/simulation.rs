use std::collections::BTreeSet;

use sim::{Fault, run};

const SEEDS: u64 = 300;

fn seeds() -> std::ops::Range<u64> {
    let asked = std::env::var("CONCLAVE_SIM_SEEDS").ok();
    0..asked.map_or(SEEDS, |seeds| seeds.parse().expect("CONCLAVE_SIM_SEEDS is a number"))
}

fn bytes(seed: u64) -> Vec<u8> {
    serde_json::to_vec(&run(seed).log).unwrap()
}

#[test]
fn simulation_of_one_room() {
    for seed in seeds() {
        let run = run(seed);
        if let Some(Fault(fault)) = run.fault {
            let from = run.log.len().saturating_sub(30);
            let tail: Vec<String> = run.log[from..].iter().map(|event| format!("{event:?}")).collect();
            panic!("seed {seed}: {fault}\n{}", tail.join("\n"));
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for seed in 0..20 {
        assert_eq!(bytes(seed), bytes(seed), "seed {seed}");
    }
    assert_ne!(bytes(1), bytes(2));
}

/// A simulation that never gets anywhere proves nothing.
#[test]
fn the_simulation_reaches_every_rule() {
    let mut seen = BTreeSet::new();
    for seed in 0..400 {
        for (event, _) in run(seed).log {
            let event = serde_json::to_value(event).unwrap();
            let outcome = event["outcome"]["kind"].as_str().unwrap_or_default();
            seen.insert(format!("{} {outcome}", event["type"].as_str().unwrap()).trim().to_owned());
        }
    }
    let wanted = [
        "person_returned",
        "person_left",
        "person_muted",
        "person_unmuted",
        "prompt_held",
        "prompt_released",
        "prompt_returned",
        "prompt_failed",
        "prompt_steered",
        "prompt_withdrawn",
        "prompt_edited",
        "queue_held",
        "queue_released",
        "drive_asked",
        "driver_changed",
        "turn_stopping",
        "mode_exceeded",
        "turn_ended completed",
        "turn_ended failed",
        "turn_ended cancelled",
        "turn_ended interrupted",
        "ballot_closed approved",
        "ballot_closed denied",
        "ballot_closed overridden",
        "ballot_closed lapsed",
        "ballot_closed withdrawn",
        "voter_dropped",
        "answerer_dropped",
        "question_settled",
        "question_withdrawn",
        "permission_answered",
        "permission_withdrawn",
        "permission_refused",
        "agent_told",
        "tool_ended",
        "wake_budget_spent",
        "wake_budget_refilled",
        "suggestion_made",
        "suggestion_edited",
        "suggestion_accepted",
        "suggestion_dropped",
        "session_paused",
        "session_ended",
        "session_reopened",
    ];
    let missing: Vec<_> = wanted.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
