//! The link on a task, by a paused clock and a scripted host.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::Timestamp;
use peer::machine::Stage;
use peer::{Arrival, Dialer, Later, Line, LineEnd, Link, PeerError, Say, Sound, World};
use tokio::sync::mpsc;
use tokio::time::Instant;
use wire::{Auth, Bye, ByeReason, Hello, Notification};

/// Hands each line's far end to the test; or nobody answers.
struct Scripted {
    ends: mpsc::UnboundedSender<(Duration, LineEnd)>,
    begun: Instant,
    dials: AtomicU32,
    refusal: Mutex<Option<fn() -> PeerError>>,
}

impl Dialer for Scripted {
    fn dial(&self) -> Later<'_, Result<Line, PeerError>> {
        self.dials.fetch_add(1, Ordering::SeqCst);
        let refusal = *self.refusal.lock().unwrap();
        Box::pin(async move {
            if let Some(refusal) = refusal {
                return Err(refusal());
            }
            let (line, end) = Line::pair();
            self.ends.send((self.begun.elapsed(), end)).unwrap();
            Ok(line)
        })
    }
}

struct Play {
    link: Link,
    dialer: Arc<Scripted>,
    ends: mpsc::UnboundedReceiver<(Duration, LineEnd)>,
    /// Time that passed while the machine slept.
    slept: Arc<AtomicU64>,
    network: Arc<Mutex<BTreeSet<IpAddr>>>,
}

fn address(last: u8) -> BTreeSet<IpAddr> {
    BTreeSet::from([IpAddr::V4(Ipv4Addr::new(10, 0, 0, last))])
}

fn open() -> Play {
    let (ends, received) = mpsc::unbounded_channel();
    let begun = Instant::now();
    let dialer = Arc::new(Scripted { ends, begun, dials: AtomicU32::new(0), refusal: Mutex::default() });
    let slept = Arc::new(AtomicU64::new(0));
    let network = Arc::new(Mutex::new(address(1)));
    let (gap, here) = (Arc::clone(&slept), Arc::clone(&network));
    let passed = move || u64::try_from(begun.elapsed().as_millis()).unwrap() + gap.load(Ordering::SeqCst);
    let world = World {
        clock: Box::new(move || Timestamp(1_000_000 + passed())),
        dice: Box::new(|| 0),
        network: Box::new(move || here.lock().unwrap().clone()),
    };
    let auth = Auth::Device { credential: "c".to_owned() };
    let link =
        Link::open(Arc::clone(&dialer) as Arc<dyn Dialer>, Hello { auth, client: "test".to_owned() }, world);
    Play { link, dialer, ends: received, slept, network }
}

fn welcome() -> String {
    r#"{"jsonrpc":"2.0","id":0,"result":{"kind":"welcome"}}"#.to_owned()
}

impl Play {
    /// The next connection, welcomed; and when it was dialled.
    async fn welcomed(&mut self) -> (Duration, LineEnd) {
        let (when, mut end) = self.ends.recv().await.unwrap();
        let Some(Say::Frame(hello)) = end.said.recv().await else { panic!("a hello") };
        assert!(hello.contains(r#""method":"hello""#));
        end.sounds.send(Sound::Frame(welcome())).await.unwrap();
        loop {
            match self.link.next().await.unwrap() {
                Arrival::Live { .. } => return (when, end),
                Arrival::Frame(_) => {}
            }
        }
    }

    async fn stage(&self, wanted: impl FnMut(&Stage) -> bool) -> Stage {
        self.link.stage().wait_for(wanted).await.unwrap().clone()
    }
}

#[tokio::test(start_paused = true)]
async fn pa9_a_host_that_restarts_is_found_again() {
    let mut stage = open();
    let (_, end) = stage.welcomed().await;
    let bye = Bye { reason: ByeReason::HostStopping, message: "Stopping.".to_owned() };
    end.sounds.send(Sound::Frame(wire::encode_notification(&Notification::Bye(bye)))).await.unwrap();
    *stage.dialer.refusal.lock().unwrap() = Some(|| PeerError::Unreachable { tried: "it".to_owned() });
    stage.stage(|stage| matches!(stage, Stage::Waiting { attempt: 4, .. })).await;
    *stage.dialer.refusal.lock().unwrap() = None;
    let (when, _end) = stage.welcomed().await;
    assert_eq!(when.as_secs(), 1 + 2 + 4 + 8);
}

#[tokio::test(start_paused = true)]
async fn pa9_half_an_hour_without_a_network_is_survived() {
    let mut stage = open();
    let (_, end) = stage.welcomed().await;
    *stage.dialer.refusal.lock().unwrap() = Some(|| PeerError::Unreachable { tried: "it".to_owned() });
    stage.network.lock().unwrap().clear();
    drop(end);
    tokio::time::sleep(Duration::from_secs(30 * 60)).await;
    let tried = stage.dialer.dials.load(Ordering::SeqCst);
    assert!((60..70).contains(&tried), "every half minute, not more often: {tried}");
    *stage.dialer.refusal.lock().unwrap() = None;
    *stage.network.lock().unwrap() = address(2);
    let back = Instant::now();
    stage.welcomed().await;
    assert!(back.elapsed() <= Duration::from_secs(5), "another network is noticed: {:?}", back.elapsed());
}

#[tokio::test(start_paused = true)]
async fn pa9_a_connection_that_slept_is_dialled_anew() {
    let mut stage = open();
    let (_, _half_open) = stage.welcomed().await;
    stage.slept.store(30 * 60 * 1000, Ordering::SeqCst);
    let (when, _end) = stage.welcomed().await;
    assert!(when <= Duration::from_secs(6), "{when:?}");
}

#[tokio::test(start_paused = true)]
async fn pa9_after_a_change_of_network_a_connection_must_answer() {
    let mut stage = open();
    let (_, mut end) = stage.welcomed().await;
    *stage.network.lock().unwrap() = address(9);
    assert_eq!(end.said.recv().await, Some(Say::Ping));
    end.sounds.send(Sound::Beat).await.unwrap();
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert_eq!(stage.dialer.dials.load(Ordering::SeqCst), 1, "it answered, so it stays");
    *stage.network.lock().unwrap() = address(10);
    assert_eq!(end.said.recv().await, Some(Say::Ping));
    stage.welcomed().await;
    assert_eq!(stage.dialer.dials.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn pa8_silence_ends_a_connection() {
    let mut stage = open();
    let (_, _end) = stage.welcomed().await;
    let (when, _again) = stage.welcomed().await;
    assert!((45..=47).contains(&when.as_secs()), "{when:?}");
}

#[tokio::test(start_paused = true)]
async fn pa9_revoked_is_the_end_and_says_why() {
    let mut stage = open();
    let (_, end) = stage.welcomed().await;
    let bye = Bye { reason: ByeReason::Revoked, message: "The owner ended it.".to_owned() };
    end.sounds.send(Sound::Frame(wire::encode_notification(&Notification::Bye(bye)))).await.unwrap();
    assert!(matches!(stage.link.next().await, Some(Arrival::Frame(_))));
    assert_eq!(stage.link.next().await, None);
    let Stage::Over(given_up) = stage.stage(|stage| matches!(stage, Stage::Over(_))).await else { panic!() };
    assert_eq!(given_up.message, "The owner ended it.");
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(stage.dialer.dials.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn pa5_pa9_a_changed_key_is_the_end() {
    let mut stage = open();
    *stage.dialer.refusal.lock().unwrap() = Some(|| PeerError::KeyChanged);
    assert_eq!(stage.link.next().await, None);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(stage.dialer.dials.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_frame_of_an_old_connection_is_not_said_on_a_new_one() {
    let mut stage = open();
    let (_, end) = stage.welcomed().await;
    drop(end);
    let (_, mut end) = stage.welcomed().await;
    stage.link.send(1, "old".to_owned());
    stage.link.send(2, "new".to_owned());
    assert_eq!(end.said.recv().await, Some(Say::Frame("new".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn a_link_that_nobody_wants_hangs_up() {
    let mut stage = open();
    let (_, mut end) = stage.welcomed().await;
    drop(stage.link);
    assert_eq!(end.said.recv().await, None);
}
