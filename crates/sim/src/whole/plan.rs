//! What befalls a host and its guests, step by step. A plan knows nothing of what came of it, so any part
//! of it is a plan too: it can be cut down, written to a file and played again.

use std::fmt::Write;

use model::{Delivery, Preset};
use serde::{Deserialize, Serialize};

use crate::random::Random;

/// The owner is nobody's guest.
pub const OWNER: usize = 0;
/// The owner and the guests.
pub const PEOPLE: usize = 4;

const STEPS: usize = 60;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Of ids and of the dice of the links.
    pub seed: u64,
    /// Plans pass by vote.
    pub consensus: bool,
    /// What each guest may do at first.
    pub presets: Vec<Preset>,
    #[serde(skip)]
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    Pass {
        ms: u64,
    },
    Says {
        who: usize,
        delivery: Delivery,
    },
    Wants {
        who: usize,
        wish: Wish,
    },
    /// The last request once more, under the same command id.
    Again {
        who: usize,
    },
    /// The owner changes who may do what.
    Door {
        guest: usize,
        change: Change,
    },
    Agent {
        deed: Deed,
    },
    Lag {
        who: usize,
        ms: u64,
    },
    /// The connection breaks; so many frames of those under way still arrive.
    Cut {
        who: usize,
        up: usize,
        down: usize,
    },
    /// Nothing gets through any more, and nobody is told.
    Stick {
        who: usize,
    },
    /// The client takes nothing for a while.
    Stall {
        who: usize,
        ms: u64,
    },
    Offline {
        who: usize,
        ms: u64,
    },
    Wakes {
        who: usize,
    },
    /// The host is killed after so many turns of its tasks, and starts again.
    Kill {
        turns: u8,
        down: u64,
    },
    /// The host is killed before or after it appends for the `nth` time from now.
    KillAtAppend {
        nth: u8,
        side: Side,
        down: u64,
    },
    Stops {
        down: u64,
    },
    Jam {
        jam: Jam,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Before,
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    Approve,
    Deny,
    Answer,
    Allow,
    Override,
    GoOn,
    Stop,
    Withdraw,
    Edit,
    Release,
    Retry,
    TakeLock,
    AskToDrive,
    HandOver,
    Accept,
    Reword,
    Decline,
    Pause,
    Resume,
    End,
    Reopen,
    Rename,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Change {
    Mute,
    Unmute,
    Kick,
    Revoke,
    StopShare,
    Edit(Preset),
    Ends(u64),
    Invite(Preset),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Says,
    Thinks,
    Works,
    Plans,
    Asks,
    Begs,
    Ends,
    Fails,
    Dies,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jam {
    /// The next write happens, and the answer to it is lost.
    AnswerLost,
    /// The next write fails.
    Refused,
    /// Every write fails, for a while.
    Full,
}

const PRESETS: [Preset; 5] =
    [Preset::Observer, Preset::Reviewer, Preset::Guest, Preset::Collaborator, Preset::CoHost];
const WISHES: [Wish; 38] = [
    Wish::Approve,
    Wish::Approve,
    Wish::Approve,
    Wish::Approve,
    Wish::Approve,
    Wish::Approve,
    Wish::Deny,
    Wish::Answer,
    Wish::Answer,
    Wish::Answer,
    Wish::Answer,
    Wish::Allow,
    Wish::Allow,
    Wish::Allow,
    Wish::Override,
    Wish::GoOn,
    Wish::Stop,
    Wish::Stop,
    Wish::Withdraw,
    Wish::Edit,
    Wish::Edit,
    Wish::Release,
    Wish::Release,
    Wish::Retry,
    Wish::Retry,
    Wish::TakeLock,
    Wish::AskToDrive,
    Wish::HandOver,
    Wish::Accept,
    Wish::Accept,
    Wish::Accept,
    Wish::Reword,
    Wish::Decline,
    Wish::Pause,
    Wish::Resume,
    Wish::Rename,
    Wish::End,
    Wish::Reopen,
];
const DEEDS: [Deed; 15] = [
    Deed::Says,
    Deed::Says,
    Deed::Thinks,
    Deed::Works,
    Deed::Works,
    Deed::Plans,
    Deed::Plans,
    Deed::Plans,
    Deed::Asks,
    Deed::Begs,
    Deed::Begs,
    Deed::Ends,
    Deed::Ends,
    Deed::Fails,
    Deed::Dies,
];

impl Plan {
    pub fn random(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0xc0c1_a7e5);
        let presets = (1..PEOPLE).map(|_| preset(&mut random)).collect();
        let consensus = !random.once_in(3);
        let mut steps = Vec::with_capacity(2 * STEPS);
        while steps.len() < STEPS {
            let step = step(&mut random);
            let answer = answer(&step, &mut random);
            steps.push(step);
            steps.extend(answer);
        }
        Self { seed, consensus, presets, steps }
    }

    /// One JSON value a line: the setting, then the steps.
    ///
    /// # Errors
    /// A line is none.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let mut plan: Self = serde_json::from_str(lines.next().unwrap_or_default())?;
        plan.steps = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        Ok(plan)
    }

    /// # Errors
    /// Never, as plans are plain values.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string(self)?;
        text.push('\n');
        for step in &self.steps {
            // Writing to a string does not fail.
            writeln!(text, "{}", serde_json::to_string(step)?).ok();
        }
        Ok(text)
    }
}

fn preset(random: &mut Random) -> Preset {
    random.pick(&PRESETS).copied().unwrap_or(Preset::Collaborator)
}

fn size(random: &mut Random, end: u64) -> usize {
    usize::try_from(random.below(end)).unwrap_or_default()
}

fn step(random: &mut Random) -> Step {
    let who = size(random, PEOPLE as u64);
    match random.below(100) {
        0..16 => {
            // Mostly short, now and then longer than a person may be away or an agent silent.
            let ms = [30, 30, 200, 200, 1000, 7000, 31_000].get(size(random, 7)).copied().unwrap_or(50);
            Step::Pass { ms: 1 + random.below(ms) }
        }
        16..30 => {
            let deliveries = [Delivery::Now, Delivery::Queue, Delivery::Queue, Delivery::Steer];
            Step::Says { who, delivery: random.pick(&deliveries).copied().unwrap_or(Delivery::Queue) }
        }
        30..52 => Step::Wants { who, wish: random.pick(&WISHES).copied().unwrap_or(Wish::Approve) },
        52..54 => Step::Again { who },
        54..72 => Step::Agent { deed: random.pick(&DEEDS).copied().unwrap_or(Deed::Says) },
        72..82 => Step::Door { guest: 1 + size(random, PEOPLE as u64 - 1), change: change(random) },
        82..93 => network(random, who),
        _ => fate(random),
    }
}

/// Often somebody says something to what an agent asks; else an open card sees only the end of its turn.
fn answer(step: &Step, random: &mut Random) -> Vec<Step> {
    let wish = match step {
        Step::Agent { deed: Deed::Plans } => Wish::Approve,
        Step::Agent { deed: Deed::Asks } => Wish::Answer,
        Step::Agent { deed: Deed::Begs } => Wish::Allow,
        _ => return Vec::new(),
    };
    let asked: Vec<usize> = (0..PEOPLE).filter(|_| random.once_in(2)).collect();
    let passes = Step::Pass { ms: 1 + random.below(300) };
    std::iter::once(passes).chain(asked.into_iter().map(|who| Step::Wants { who, wish })).collect()
}

fn change(random: &mut Random) -> Change {
    match random.below(10) {
        0..2 => Change::Mute,
        2..4 => Change::Unmute,
        4 => Change::Kick,
        5 => Change::Revoke,
        6 => Change::StopShare,
        7 => Change::Edit(preset(random)),
        8 if random.once_in(2) => Change::Ends(random.below(5000)),
        _ => Change::Invite(preset(random)),
    }
}

fn network(random: &mut Random, who: usize) -> Step {
    match random.below(11) {
        0..2 => Step::Lag { who, ms: random.below(300) },
        2..6 => Step::Cut { who, up: size(random, 3), down: size(random, 4) },
        6 => Step::Stick { who },
        7..9 => Step::Stall { who, ms: random.below(3000) },
        9 => Step::Offline { who, ms: random.below(40_000) },
        _ => Step::Wakes { who },
    }
}

fn fate(random: &mut Random) -> Step {
    let down = random.below(4000);
    match random.below(8) {
        0..2 => Step::Kill { turns: u8::try_from(random.below(24)).unwrap_or_default(), down },
        2..5 => {
            let side = if random.once_in(2) { Side::Before } else { Side::After };
            Step::KillAtAppend { nth: u8::try_from(random.below(6)).unwrap_or_default(), side, down }
        }
        5 => Step::Stops { down },
        6 => Step::Jam { jam: Jam::AnswerLost },
        _ => Step::Jam { jam: if random.once_in(2) { Jam::Refused } else { Jam::Full } },
    }
}
