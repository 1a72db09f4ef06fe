//! A whole host with its guests: the real `host::Host` on a log that outlives it, the real machines of
//! links and conversations, and between them a network that delays, breaks and stalls. All of it in one
//! thread and in paused time, by a plan: the same plan, the same bytes.

mod acts;
mod below;
mod client;
mod disk;
mod laws;
mod line;
mod plan;
mod players;
mod rest;
mod stage;

pub use plan::Plan;

use crate::reference::Fault;
use stage::Stage;

/// What came of a plan.
pub struct Played {
    /// The steps, and every event as it was appended.
    pub trace: Vec<String>,
    pub fault: Option<Fault>,
}

pub fn play(plan: &Plan) -> Played {
    let mut stage = Stage::new(plan.seed);
    let fault = play_on(&mut stage, plan).err();
    Played { trace: stage.trace, fault }
}

fn play_on(stage: &mut Stage, plan: &Plan) -> Result<(), Fault> {
    stage.set(plan)?;
    for step in &plan.steps {
        stage.act(step)?;
    }
    stage.rest()
}

/// As few steps as still go wrong, in whatever way.
pub fn cut_down(plan: &Plan) -> Plan {
    let mut least = plan.clone();
    let mut size = least.steps.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        while from < least.steps.len() {
            let mut less = least.clone();
            less.steps.drain(from..(from + size).min(least.steps.len()));
            match play(&less).fault {
                Some(_) => least = less,
                None => from += size,
            }
        }
        size /= 2;
    }
    least
}
