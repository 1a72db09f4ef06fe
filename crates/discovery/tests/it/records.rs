use std::net::IpAddr;

use discovery::{Record, Sightings};
use proptest::prelude::*;

fn record(hint: &str, name: &str, addresses: &[&str]) -> Record {
    Record {
        instance: format!("conclave-{hint}._conclave._tcp.local."),
        port: 4711,
        addresses: addresses.iter().map(|it| it.parse().unwrap()).collect(),
        texts: vec![("v".into(), b"1".to_vec()), ("name".into(), name.into())],
    }
}

fn hints(seen: &Sightings) -> Vec<String> {
    seen.list().into_iter().map(|it| it.hint).collect()
}

#[test]
fn pa3_a_host_is_listed_once_with_the_addresses_it_named_last() {
    let mut seen = Sightings::default();
    seen.see(&record("0a1b2c3d", "Ada", &["127.0.0.1"]));
    seen.see(&record("0a1b2c3d", "Ada", &["127.0.0.1", "fe80::1", "2001:db8::1", "169.254.1.1", "10.0.0.7"]));
    let listed = seen.list();
    assert_eq!(listed.len(), 1);
    let addresses: Vec<String> = listed[0].addresses.iter().map(IpAddr::to_string).collect();
    assert_eq!(addresses, ["10.0.0.7", "2001:db8::1", "169.254.1.1", "127.0.0.1"]);
    assert_eq!((listed[0].name.as_str(), listed[0].port, listed[0].version), ("Ada", 4711, 1));
}

#[test]
fn pa3_a_host_that_leaves_is_listed_no_more() {
    let mut seen = Sightings::default();
    seen.see(&record("0a1b2c3d", "Bea", &["10.0.0.7"]));
    seen.see(&record("ffffffff", "Ada", &["10.0.0.8"]));
    assert_eq!(hints(&seen), ["ffffffff", "0a1b2c3d"]);
    seen.lose("conclave-ffffffff._conclave._tcp.local.");
    assert_eq!(hints(&seen), ["0a1b2c3d"]);
}

#[test]
fn pa3_a_host_does_not_list_itself() {
    let mut seen = Sightings::default();
    let mine = record("0a1b2c3d", "Ada", &["10.0.0.7"]);
    seen.see(&mine);
    seen.skip(Some("0a1b2c3d".into()));
    seen.see(&mine);
    assert!(seen.list().is_empty());
}

#[test]
fn pa3_what_no_host_says_is_passed_over() {
    let good = record("0a1b2c3d", "Ada", &["10.0.0.7"]);
    assert!(good.read().is_some());
    let texts = |v: &str, name: &str| vec![("v".into(), v.into()), ("name".into(), name.into())];
    let bad = [
        record("0A1B2C3D", "Ada", &["10.0.0.7"]),
        record("0a1b2c3", "Ada", &["10.0.0.7"]),
        record("0a1b2c3d", "A\u{202e}da", &["10.0.0.7"]),
        record("0a1b2c3d", "", &["10.0.0.7"]),
        record("0a1b2c3d", "Ada", &[]),
        record("0a1b2c3d", "Ada", &["224.0.0.251", "0.0.0.0", "fe80::1"]),
        Record { port: 0, ..good.clone() },
        Record { texts: texts("one", "Ada"), ..good.clone() },
        Record { texts: Vec::new(), ..good.clone() },
        Record { instance: "printer._conclave._tcp.local.".into(), ..good },
    ];
    for record in bad {
        assert_eq!(record.read(), None, "{record:?}");
    }
}

#[test]
fn pa3_hosts_made_up_by_the_thousand_do_not_fill_the_list() {
    let mut seen = Sightings::default();
    (0..1000).for_each(|n| seen.see(&record(&format!("{n:08x}"), "Ada", &["10.0.0.7"])));
    assert_eq!(seen.list().len(), 64);
}

proptest! {
    #[test]
    fn pa3_any_record_is_read_without_a_panic(
        instance in "(conclave-)?[0-9a-f]{0,9}.{0,20}",
        port in any::<u16>(),
        addresses in prop::collection::vec(any::<IpAddr>(), 0..40),
        texts in prop::collection::vec(("v|name|[a-z]{0,3}", prop::collection::vec(any::<u8>(), 0..60)), 0..5),
    ) {
        let record = Record { instance, port, addresses, texts };
        let mut seen = Sightings::default();
        seen.see(&record);
        seen.lose(&record.instance);
        if let Some(sighting) = record.read() {
            prop_assert!(!sighting.addresses.is_empty() && sighting.addresses.len() <= 16);
        }
        prop_assert!(seen.list().is_empty());
    }
}
