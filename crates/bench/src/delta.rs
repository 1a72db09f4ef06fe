//! From an agent's standard output to a guest's socket, for the first word of a message, beside a pipe
//! whose lines are passed on over TLS.

use anyhow::{Context, Result};
use serde_json::Value;
use wire::{HostFrame, Notification, Signal};

use crate::bare::Bare;
use crate::guest::{Guest, Kind};
use crate::report::Row;
use crate::stats::{median, quantile};
use crate::ticker::now;
use crate::venue::Venue;

const ROUNDS: usize = 3;
const WORDS: usize = 200;
const EVERY_US: u64 = 15_000;

pub async fn measure() -> Result<Vec<Row>> {
    let mut venue = Venue::open().await?;
    let mut guest = venue.guests(1).await?.pop().context("a guest")?;
    let key = venue.path().join("key");
    let mut bare = Bare::start(&["echo".as_ref(), key.as_os_str()]).await?;
    let mut listener = Guest::connect(bare.place, Kind::Bare).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        venue.prompt(format!("words {WORDS} {EVERY_US}")).await?;
        ours.push(hear(&mut guest, first_word).await?);
        bare.order(WORDS, EVERY_US).await?;
        theirs.push(hear(&mut listener, passed_on).await?);
    }
    venue.close().await?;
    let at = |rounds: &[Vec<f64>], at: f64| {
        median(rounds.iter().map(|round| quantile(&mut round.clone(), at)).collect())
    };
    Ok(vec![
        Row::cost("first_delta", "µs", (at(&ours, 0.5), at(&theirs, 0.5)))
            .beside("a pipe passed on over TLS, p50; wanted: at most 1.5 times"),
        Row::cost("first_delta_p99", "µs", (at(&ours, 0.99), at(&theirs, 0.99))).beside("the same, p99"),
    ])
}

/// Microseconds from saying to hearing, of each word.
async fn hear(guest: &mut Guest, said_at: impl Fn(&str) -> Option<u64>) -> Result<Vec<f64>> {
    let mut latencies = Vec::new();
    while latencies.len() < WORDS {
        let frame = guest.frame().await?;
        let heard_at = now();
        if let Some(said_at) = said_at(&frame) {
            latencies.push(heard_at.saturating_sub(said_at) as f64 / 1e3);
        }
    }
    Ok(latencies)
}

fn first_word(frame: &str) -> Option<u64> {
    let HostFrame::Notification(notification) = wire::decode_host(frame).ok()? else { return None };
    let Notification::Signal { signal: Signal::Delta { text, .. }, .. } = *notification else { return None };
    text.parse().ok()
}

fn passed_on(line: &str) -> Option<u64> {
    let line: Value = serde_json::from_str(line).ok()?;
    line["params"]["update"]["content"]["text"].as_str()?.parse().ok()
}
