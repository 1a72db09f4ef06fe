use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use sim::{Fault, Plan, Played, cut_down, play};

const SEEDS: u64 = 200;
/// What a fault is told with: the last of what happened.
const TAIL: usize = 40;

/// What the plans of the gate bring about, all together.
const WANTED: [&str; 52] = [
    "person_joined",
    "person_away",
    "person_returned",
    "person_left",
    "rights_changed",
    "person_muted",
    "person_unmuted",
    "prompt_queued",
    "prompt_edited",
    "prompt_held",
    "prompt_released",
    "prompt_withdrawn",
    "prompt_returned",
    "queue_held",
    "queue_released",
    "suggestion_made",
    "suggestion_edited",
    "suggestion_accepted",
    "suggestion_dropped",
    "turn_taken",
    "turn_began",
    "drive_asked",
    "driver_changed",
    "turn_stopping",
    "turn_ended",
    "message_said",
    "thought_had",
    "tool_ended",
    "ballot_opened",
    "vote_cast",
    "voter_dropped",
    "ballot_closed",
    "question_asked",
    "question_answered",
    "question_settled",
    "question_withdrawn",
    "permission_asked",
    "permission_answered",
    "permission_withdrawn",
    "agent_told",
    "agent_exited",
    "session_paused",
    "session_resumed",
    "session_ended",
    "session_reopened",
    "session_renamed",
    "share_edited",
    "share_stopped",
    "share_expired",
    "knocked",
    "person_admitted",
    "person_voided",
];

/// So many, or a range as in `200..300`.
fn seeds() -> Range<u64> {
    let Ok(asked) = std::env::var("CONCLAVE_SIM_SEEDS") else { return 0..SEEDS };
    let (from, to) = asked.split_once("..").unwrap_or(("0", &asked));
    let number = |text: &str| text.parse().expect("CONCLAVE_SIM_SEEDS is a number or a range");
    number(from)..number(to)
}

/// What is wrong, and how it came to that.
fn told(name: &str, played: Played) -> Option<String> {
    let Fault(fault) = played.fault?;
    let from = played.trace.len().saturating_sub(TAIL);
    Some(format!("{name}: {fault}\n{}", played.trace[from..].join("\n")))
}

/// The shortest plan found that goes wrong in some way, as a file to play again.
fn written(seed: u64, plan: &Plan) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{seed}.plan"));
    std::fs::write(&path, cut_down(plan).text().unwrap()).unwrap();
    path
}

#[test]
fn lo2_lo5_gr3_simulation_of_a_whole_host() {
    let mut seen = BTreeSet::new();
    for seed in seeds() {
        let plan = Plan::random(seed);
        let played = play(&plan);
        seen.extend(played.trace.iter().filter_map(|line| kind(line)));
        if let Some(fault) = told(&format!("seed {seed}"), played) {
            let path = written(seed, &plan);
            panic!("{fault}\nCut down in {0}; CONCLAVE_SIM_PLAN={0} plays it.", path.display());
        }
    }
    // A simulation that never gets anywhere proves nothing.
    let missing: Vec<_> = WANTED.iter().filter(|kind| !seen.contains(**kind)).collect();
    assert!(seeds().count() < 200 || missing.is_empty(), "{missing:?}");
}

fn kind(line: &str) -> Option<String> {
    let (_, rest) = line.split_once(r#""type":""#)?;
    rest.split_once('"').map(|(kind, _)| kind.to_owned())
}

/// Those that once went wrong, and the one of `CONCLAVE_SIM_PLAN`.
#[test]
fn kept_plans_go_well() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let kept = std::fs::read_dir(kept).unwrap().map(|file| file.unwrap().path());
    let asked = std::env::var_os("CONCLAVE_SIM_PLAN").map(PathBuf::from);
    let plans: BTreeSet<PathBuf> = kept.chain(asked).collect();
    assert!(!plans.is_empty());
    for path in plans {
        let plan = Plan::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if let Some(fault) = told(&path.display().to_string(), play(&plan)) {
            panic!("{fault}");
        }
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for seed in 0..10 {
        let plan = Plan::random(seed);
        let (once, again) = (play(&plan).trace, play(&plan).trace);
        let parts = once.iter().zip(&again).find(|(once, again)| once != again);
        assert!(parts.is_none() && once.len() == again.len(), "seed {seed}: {parts:?}");
    }
}

#[test]
fn a_plan_survives_its_file() {
    for seed in 0..50 {
        let plan = Plan::random(seed);
        assert_eq!(Plan::parse(&plan.text().unwrap()).unwrap(), plan);
    }
}
