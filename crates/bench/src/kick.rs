//! From sending a kick to the last byte that its guest gets of a busy room, beside the way of an event from
//! the same owner to the same guest.

use std::time::{Duration, Instant};

use anyhow::Result;
use wire::Request;

use crate::guest::Guest;
use crate::report::Row;
use crate::stage::fresh;
use crate::stats::{median, quantile};
use crate::venue::Venue;

const ROUNDS: usize = 20;
const EVERY_US: u64 = 5_000;
/// More than all rounds take.
const SECONDS: u64 = 300;

pub async fn measure() -> Result<Vec<Row>> {
    let mut venue = Venue::open().await?;
    venue.prompt(format!("calls {} {EVERY_US}", SECONDS * 1_000_000 / EVERY_US)).await?;
    let (mut kicks, mut events) = (Vec::new(), Vec::new());
    for nth in 0..ROUNDS {
        let visitor = venue.visitor(nth).await?;
        let (share, person) = (venue.share, visitor.person);
        let mut owner = venue.owner().await?;
        let title = format!("Title {nth}");
        let heard = tokio::spawn(hear(visitor.socket, title.clone()));
        let began = Instant::now();
        owner.call(Request::RenameSession { command: fresh(), session: venue.session, title }).await?;
        let (socket, at) = heard.await??;
        events.push(us(at - began));

        let silent = tokio::spawn(silence(socket));
        let began = Instant::now();
        owner.call(Request::Kick { command: fresh(), share, person }).await?;
        kicks.push(us(silent.await? - began));
    }
    venue.close().await?;
    let slowest = (quantile(&mut kicks, 1.0), quantile(&mut events, 1.0));
    Ok(vec![
        Row::cost("kick_to_silence", "µs", (median(kicks), median(events)))
            .beside("an event from the owner to that guest; wanted: a second at most (SH5)"),
        Row::cost("kick_to_silence_max", "µs", slowest).beside("the same, the slowest of them"),
    ])
}

async fn hear(mut guest: Guest, title: String) -> Result<(Guest, Instant)> {
    while !guest.frame().await?.contains(&title) {}
    Ok((guest, Instant::now()))
}

/// When the socket ended.
async fn silence(mut guest: Guest) -> Instant {
    while guest.frame().await.is_ok() {}
    Instant::now()
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
