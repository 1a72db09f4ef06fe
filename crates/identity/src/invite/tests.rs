use super::*;
use proptest::prelude::*;

const DEEP: &str = "conclave://join/1.47400.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU.\
                    000102030405060708090a0b0c0d0e0f.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc.\
                    192.168.1.5,fe80::1,ada.local";

fn example() -> InviteLink {
    InviteLink::new(
        vec!["192.168.1.5".into(), "fe80::1".into(), "ada.local".into()],
        47400,
        Fingerprint::of_spki(b""),
        Uuid::from_bytes(std::array::from_fn(|index| index as u8)),
        Secret256::from_bytes([7; 32]),
    )
    .unwrap()
}

fn same(one: &InviteLink, two: &InviteLink) -> bool {
    one.payload() == two.payload()
}

#[test]
fn sh3_the_texts_are_exact() {
    let payload = DEEP.strip_prefix(DEEP_LINK).unwrap();
    assert_eq!(example().to_deep_link(), DEEP);
    let browser = example().to_browser_link();
    assert_eq!(browser, format!("https://192.168.1.5:47400/join#{payload}"));
    let (sent, kept) = browser.split_once('#').unwrap();
    let secret = example().secret.reveal();
    assert!(!sent.contains(&secret) && kept.contains(&secret));
}

#[test]
fn sh3_an_ipv6_address_stands_in_brackets() {
    let mut link = example();
    link.addresses = vec!["2001:db8::5".into()];
    let text = link.to_browser_link();
    assert!(text.starts_with("https://[2001:db8::5]:47400/join#1."), "{text}");
    assert!(same(&text.parse().unwrap(), &link));
}

#[test]
fn sh3_broken_links_say_what_is_broken() {
    let refused = |text: &str| text.parse::<InviteLink>().unwrap_err();
    for text in [
        "",
        "conclave://join/",
        "conclave://join/x.1",
        "https://example.org/",
        "https://192.168.1.5:1/other#1.2.3",
        "http://192.168.1.5:1/join#1.2.3",
        &format!("conclave://join/1.{}", "x".repeat(LONGEST_LINK)),
    ] {
        assert_eq!(refused(text), InviteRefused::NotAnInvite, "{text}");
    }
    let newer = DEEP.replace("/1.", "/2.");
    assert_eq!(refused(&newer), InviteRefused::Version { found: 2 });
    for (from, to, part) in [
        ("47400", "70000", "port"),
        ("47DE", "47D", "fingerprint"),
        ("0001", "00g1", "id"),
        (".BwcH", ".BwcH!", "secret"),
        (".192.168.1.5,fe80::1,ada.local", "", "addresses"),
    ] {
        let text = DEEP.replace(from, to);
        assert_eq!(refused(&text), InviteRefused::Broken { part }, "{text}");
    }
    for addresses in ["", ",", "a b", "fe80::1%eth0", "host/path", "a@b", "a:1"] {
        let text = DEEP.replace("192.168.1.5,fe80::1,ada.local", addresses);
        assert_eq!(refused(&text), InviteRefused::Addresses, "{text}");
    }
}

#[test]
fn debug_and_errors_hold_no_secret() {
    let shown = format!("{:?}", example());
    assert!(!shown.contains("Bwc"), "{shown}");
    let error = DEEP.replace("Bwc", "Bw!").parse::<InviteLink>().unwrap_err();
    assert!(!format!("{error} {error:?}").contains("Bw!"));
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<std::net::Ipv4Addr>().prop_map(|it| it.to_string()),
        any::<Ipv6Addr>().prop_map(|it| it.to_string()),
        "[a-zA-Z0-9][a-zA-Z0-9.-]{0,40}",
    ]
}

proptest! {
    #[test]
    fn sh3_every_link_is_read_back(
        addresses in prop::collection::vec(address(), 1..=MOST_ADDRESSES),
        port: u16,
        print: [u8; 32],
        invite: u128,
        secret: [u8; 32],
    ) {
        let link = InviteLink::new(
            addresses,
            port,
            Fingerprint::from_bytes(print),
            Uuid::from_u128(invite),
            Secret256::from_bytes(secret),
        )
        .unwrap();
        for text in [link.to_deep_link(), link.to_browser_link()] {
            let read: InviteLink = format!(" {text}\n").parse().unwrap();
            prop_assert_eq!(&read.addresses, &link.addresses);
            prop_assert_eq!((read.port, read.fingerprint), (link.port, link.fingerprint));
            prop_assert_eq!(read.invite, link.invite);
            prop_assert!(read.secret.hash().verify(&link.secret));
        }
    }

    #[test]
    fn any_text_is_answered(text in "(conclave://join/|https://h/join#)?[ -~]{0,200}") {
        if let Ok(link) = text.parse::<InviteLink>() {
            prop_assert!(same(&link.to_deep_link().parse().unwrap(), &link));
        }
    }
}
