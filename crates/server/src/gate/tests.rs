use super::*;

fn small() -> Arc<Gate> {
    let limits = GateLimits {
        connections: 6,
        unauthenticated: 5,
        unauthenticated_per_address: 2,
        failures: 3,
        ..GateLimits::default()
    };
    Gate::new(limits)
}

fn at(last: u8) -> IpAddr {
    IpAddr::from([10, 0, 0, last])
}

fn is_evicted(ticket: &Ticket) -> bool {
    ticket.evicted.is_cancelled()
}

#[test]
fn pa6_the_oldest_stranger_gives_way() {
    let gate = small();
    let proven = gate.enter(at(1));
    proven.upgrade().unwrap();
    proven.prove();
    let strangers: Vec<Ticket> = (1..=6).map(|last| gate.enter(at(last))).collect();
    assert!(is_evicted(&strangers[0]));
    assert!(strangers[1..].iter().all(|ticket| !is_evicted(ticket)));
    assert!(!is_evicted(&proven));
    assert_eq!(gate.refusals().evicted, 1);
}

#[test]
fn pa6_one_address_has_few_places_before_it_proves_anything() {
    let gate = small();
    let sockets: Vec<Ticket> = (0..3).map(|_| gate.enter(at(1))).collect();
    let elsewhere = gate.enter(at(2));
    elsewhere.upgrade().unwrap();
    sockets.iter().for_each(|ticket| ticket.upgrade().unwrap());
    assert_eq!(sockets.iter().map(is_evicted).collect::<Vec<_>>(), [true, false, false]);
    assert!(!is_evicted(&elsewhere));
    sockets[1].prove();
    let next = gate.enter(at(1));
    next.upgrade().unwrap();
    assert!(!is_evicted(&sockets[2]));
}

#[test]
fn pa6_all_places_taken_is_said() {
    let gate = small();
    let enter = |last| {
        let ticket = gate.enter(at(last));
        ticket.upgrade().map(|()| {
            ticket.prove();
            ticket
        })
    };
    let mut inside: Vec<Ticket> = (1..=6).map(|last| enter(last).unwrap()).collect();
    assert_eq!(enter(7).err(), Some(TurnedAway::Full));
    assert_eq!(gate.refusals().full, 1);
    inside.pop();
    assert!(enter(7).is_ok());
}

#[tokio::test(start_paused = true)]
async fn pa6_failures_make_an_address_wait_longer_and_longer() {
    let gate = small();
    let fail = || gate.enter(at(1)).fail();
    (0..2).for_each(|_| fail());
    assert!(gate.enter(at(1)).upgrade().is_ok());
    fail();
    assert_eq!(gate.enter(at(1)).upgrade(), Err(TurnedAway::Wait));
    assert!(gate.enter(at(2)).upgrade().is_ok());
    tokio::time::advance(FIRST_WAIT).await;
    assert!(gate.enter(at(1)).upgrade().is_ok());
    fail();
    tokio::time::advance(FIRST_WAIT).await;
    assert_eq!(gate.enter(at(1)).upgrade(), Err(TurnedAway::Wait));
    tokio::time::advance(FIRST_WAIT).await;
    assert!(gate.enter(at(1)).upgrade().is_ok());
    assert_eq!((gate.refusals().failed, gate.refusals().waiting), (4, 2));
}

#[tokio::test(start_paused = true)]
async fn pa6_old_failures_are_forgiven() {
    let gate = small();
    (0..2).for_each(|_| gate.enter(at(1)).fail());
    tokio::time::advance(GateLimits::default().failures_window).await;
    gate.enter(at(1)).fail();
    assert!(gate.enter(at(1)).upgrade().is_ok());
}

#[test]
fn an_address_is_one_in_both_its_forms() {
    let gate = small();
    let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
    assert_eq!(gate.enter(mapped).from, at(1));
}
