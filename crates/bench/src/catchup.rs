//! A guest who was away from a busy room for a minute comes back, beside a bare sender of the frames that
//! they get.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::bare::Bare;
use crate::guest::{Guest, Kind};
use crate::report::Row;
use crate::stats::median;
use crate::venue::Venue;

const ROUNDS: usize = 5;
/// A minute of twenty steps a second; the agent makes them faster than that, so that nobody waits.
const EVENTS: u32 = 60 * 20;
const EVERY_US: u64 = 500;

pub async fn measure() -> Result<Vec<Row>> {
    let mut venue = Venue::open().await?;
    let mut watcher = venue.visitor(0).await?.socket;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for nth in 1..=ROUNDS {
        let mut away = venue.visitor(nth).await?;
        away.socket.leave().await?;
        venue.prompt(format!("calls {EVENTS} {EVERY_US}")).await?;
        let last = hear(&mut watcher, r#""type":"turn_ended""#).await?.pop().unwrap_or_default();
        let began = Instant::now();
        let mut back = venue.back(&away).await?;
        let frames = hear(&mut back, &hash_in(&last)).await?;
        ours.push(ms(began.elapsed()));
        ensure!(!frames.iter().any(|it| it.contains(r#""method":"snapshot""#)), "that was no catching up");
        theirs.push(ms(bare(&venue, &frames).await?));
    }
    venue.close().await?;
    let row = Row::cost("catchup_60s", "ms", (median(ours), median(theirs)));
    Ok(vec![row.beside("a bare TLS sender of the same frames, from the dial to the last of them")])
}

/// The frames up to the first with this in it.
async fn hear(guest: &mut Guest, wanted: &str) -> Result<Vec<Utf8Bytes>> {
    let mut frames = Vec::new();
    loop {
        let frame = guest.frame().await?;
        let found = frame.contains(wanted);
        frames.push(frame);
        if found {
            return Ok(frames);
        }
    }
}

/// Of the newest event in a frame.
fn hash_in(frame: &str) -> String {
    let hash = frame.rsplit_once(r#""hash":"#).map_or("", |(_, rest)| rest);
    hash.split(',').next().unwrap_or_default().to_owned()
}

async fn bare(venue: &Venue, frames: &[Utf8Bytes]) -> Result<Duration> {
    let (key, file) = (venue.path().join("key"), venue.path().join("frames"));
    std::fs::write(&file, frames.iter().map(Utf8Bytes::as_str).collect::<Vec<_>>().join("\n"))?;
    let mut sender =
        Bare::start(&["sender".as_ref(), key.as_os_str(), file.as_os_str(), "1".as_ref()]).await?;
    let began = Instant::now();
    let mut guest = Guest::connect(sender.place, Kind::Bare).await?;
    sender.order(frames.len(), 1).await?;
    for _ in frames {
        guest.frame().await?;
    }
    Ok(began.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_hash_of_a_frame_is_found() {
        let frame =
            r#"{"events":[{"hash":"aa","event":{}},{"seq":2,"hash":"bb","event":{"type":"turn_ended"}}]}"#;
        assert_eq!(hash_in(frame), r#""bb""#);
        assert_eq!(hash_in("{}"), "");
    }
}
