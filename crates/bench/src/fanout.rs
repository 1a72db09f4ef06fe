//! What one more client costs the host while an agent is busy, beside a bare sender of the same frames
//! at the same rate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::bare::Bare;
use crate::cpu;
use crate::guest::{Guest, Kind};
use crate::report::Row;
use crate::stats::median;
use crate::venue::Venue;

const EVENTS_PER_SECOND: u64 = 200;
/// Before the counting begins, and while it goes on.
const WARM_UP: Duration = Duration::from_secs(1);
const WINDOW: Duration = Duration::from_secs(4);
/// Seconds of events for one round: the two above and some to spare.
const SECONDS: u64 = 6;
const QUIET: Duration = Duration::from_millis(300);

/// What all clients of one sender have heard.
#[derive(Default)]
struct Heard {
    frames: AtomicU64,
    /// The first client's frames.
    kept: Mutex<Vec<String>>,
}

/// A measured window.
struct Seen {
    cpu_us_per_frame: f64,
    frames: u64,
    window: Duration,
}

pub async fn measure() -> Result<Vec<Row>> {
    let one = Row::cost("fanout_1", "CPU-µs", compare(1, 1).await?);
    let all = Row::cost("fanout_32", "CPU-µs", compare(32, 3).await?);
    Ok(vec![
        one.beside("a bare TLS sender; nearly all of it is the event itself, not its delivery"),
        all.beside("a bare TLS sender of the same frames; wanted: at most 1.5 times"),
    ])
}

/// As many as a large class has: what else runs on the machine shows here first.
pub async fn measure_many() -> Result<Vec<Row>> {
    let many = Row::cost("fanout_128", "CPU-µs", compare(128, 1).await?);
    Ok(vec![many.beside("a bare TLS sender of the same frames")])
}

/// The host's figure and the bare sender's.
async fn compare(clients: usize, rounds: usize) -> Result<(f64, f64)> {
    let mut venue = Venue::open().await?;
    let mut listening = JoinSet::new();
    let ours = Heard::listen(&mut listening, venue.guests(clients).await?);
    let mut figures = (Vec::new(), Vec::new());
    let mut sender = None;
    for _ in 0..rounds {
        venue
            .prompt(format!("calls {} {}", SECONDS * EVENTS_PER_SECOND, 1_000_000 / EVENTS_PER_SECOND))
            .await?;
        let seen = ours.window(venue.pid()?).await?;
        figures.0.push(seen.cpu_us_per_frame);
        if sender.is_none() {
            sender = Some(bare(&venue, (&ours, clients), &mut listening).await?);
        }
        let (sender, theirs) = sender.as_mut().context("it was just made")?;
        let every_us = seen.window.as_micros() as f64 * clients as f64 / seen.frames as f64;
        sender.order((SECONDS as f64 * 1e6 / every_us) as usize, every_us as u64).await?;
        figures.1.push(theirs.window(sender.pid()?).await?.cpu_us_per_frame);
    }
    venue.close().await?;
    Ok((median(figures.0), median(figures.1)))
}

async fn bare(
    venue: &Venue,
    (ours, clients): (&Heard, usize),
    listening: &mut JoinSet<Result<()>>,
) -> Result<(Bare, Arc<Heard>)> {
    let frames = venue.path().join("frames");
    std::fs::write(&frames, ours.kept.lock().await.join("\n"))?;
    let (key, many) = (venue.path().join("key"), clients.to_string());
    let sender =
        Bare::start(&["sender".as_ref(), key.as_os_str(), frames.as_os_str(), many.as_ref()]).await?;
    let mut guests = Vec::new();
    for _ in 0..clients {
        guests.push(Guest::connect(sender.place, Kind::Bare).await?);
    }
    Ok((sender, Heard::listen(listening, guests)))
}

impl Heard {
    fn listen(listening: &mut JoinSet<Result<()>>, guests: Vec<Guest>) -> Arc<Self> {
        let heard = Arc::new(Self::default());
        for (nth, guest) in guests.into_iter().enumerate() {
            listening.spawn(Arc::clone(&heard).follow(nth, guest));
        }
        heard
    }

    async fn follow(self: Arc<Self>, nth: usize, mut guest: Guest) -> Result<()> {
        loop {
            let frame = guest.frame().await?;
            if !frame.contains(r#""method":"events""#) {
                continue;
            }
            self.frames.fetch_add(1, Ordering::Relaxed);
            if nth == 0 {
                self.kept.lock().await.push(frame.to_string());
            }
        }
    }

    /// Counts for a while after the first frame, then waits for the last.
    async fn window(&self, pid: u32) -> Result<Seen> {
        let before = self.count();
        while self.count() == before {
            sleep(Duration::from_millis(5)).await;
        }
        sleep(WARM_UP).await;
        let (began, frames, cpu) = (Instant::now(), self.count(), cpu::used(pid)?);
        sleep(WINDOW).await;
        let (window, frames, cpu) = (began.elapsed(), self.count() - frames, cpu::used(pid)? - cpu);
        ensure!(frames > 0, "no frames came");
        self.quiet().await;
        Ok(Seen { cpu_us_per_frame: cpu.as_secs_f64() * 1e6 / frames as f64, frames, window })
    }

    async fn quiet(&self) {
        loop {
            let before = self.count();
            sleep(QUIET).await;
            if self.count() == before {
                return;
            }
        }
    }

    fn count(&self) -> u64 {
        self.frames.load(Ordering::Relaxed)
    }
}
