use sim::{Fault, Plan, play};

const SEEDS: u64 = 200;

fn seeds() -> std::ops::Range<u64> {
    let asked = std::env::var("CONCLAVE_SIM_SEEDS").ok();
    0..asked.map_or(SEEDS, |seeds| seeds.parse().expect("CONCLAVE_SIM_SEEDS is a number"))
}

#[test]
fn lo2_lo5_gr3_simulation_of_a_whole_host() {
    for seed in seeds() {
        let played = play(&Plan::random(seed));
        if let Some(Fault(fault)) = played.fault {
            let from = played.trace.len().saturating_sub(40);
            panic!("seed {seed}: {fault}\n{}", played.trace[from..].join("\n"));
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
