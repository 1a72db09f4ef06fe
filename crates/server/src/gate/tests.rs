use super::*;

fn small() -> Arc<Gate> {
    let limits = GateLimits {
        connections: 6,
        unauthenticated: 5,
        unauthenticated_per_address: 2,
        strangers_per_address: 3,
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
fn pa6_idle_sockets_of_one_address_push_out_each_other_and_nobody_else() {
    let gate = small();
    let elsewhere = gate.enter(at(1));
    let idle: Vec<Ticket> = (0..10).map(|_| gate.enter(at(2))).collect();
    assert!(!is_evicted(&elsewhere), "it came first and is not of that address");
    let kept = idle.iter().map(is_evicted).collect::<Vec<_>>();
    assert_eq!(kept, [vec![true; 7], vec![false; 3]].concat(), "the newest stay");
}

#[test]
fn pa6_an_ipv6_network_is_one_address() {
    let gate = small();
    let own = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, last, 1]);
    let idle: Vec<Ticket> = (0..4).map(|last| gate.enter(own(last))).collect();
    assert_eq!(idle.iter().map(is_evicted).collect::<Vec<_>>(), [true, false, false, false]);
    (0..3).for_each(|last| gate.enter(own(last)).fail());
    assert_eq!(gate.enter(own(9)).upgrade(), Err(TurnedAway::Wait));
    assert!(gate.enter(IpAddr::from([0x2001, 0xdb8, 0, 8, 0, 0, 0, 1])).upgrade().is_ok());
}

#[tokio::test(start_paused = true)]
async fn pa6_failures_are_remembered_of_so_many_addresses_and_no_more() {
    let gate = small();
    let of = |n: u16| IpAddr::from([10, 1, n.to_be_bytes()[0], n.to_be_bytes()[1]]);
    let remembered = u16::try_from(REMEMBERED).unwrap();
    for n in 0..remembered + 500 {
        gate.enter(of(n)).fail();
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    let state = gate.state();
    assert_eq!(state.failures.len(), REMEMBERED);
    assert!(!state.failures.contains_key(&Origin(of(0))));
    assert!(state.failures.contains_key(&Origin(of(remembered + 499))));
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
