//! What reads the words of strangers, and what holds whatever they are. The gate replays `corpus` over the
//! same functions (`tests/product/corpus.rs`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use discovery::{Record, Sightings};
use identity::{InviteLink, Secret256};
use model::DisplayName;
use wire::{Auth, Request};

/// A target by the name of its folder in `corpus`.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 4] = [("frame", frame), ("hello", hello), ("invite", invite), ("record", record)];

/// A frame as either side reads it: what was understood is written as it was.
pub fn frame(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(frame) = wire::decode_client(text) {
        let again = wire::encode_request(frame.id, &frame.request);
        assert_eq!(wire::decode_client(&again), Ok(frame), "{again}");
    }
    // A client of this version has to survive any host.
    let _ = wire::decode_host(text);
}

/// The params of a hello, and what the host makes of them.
pub fn hello(bytes: &[u8]) {
    let Ok(params) = std::str::from_utf8(bytes) else { return };
    let frame = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"hello","params":{params}}}"#);
    let Ok(frame) = wire::decode_client(&frame) else { return };
    let Request::Hello(hello) = frame.request else { return };
    let shown = format!("{hello:?}");
    let secrets = match &hello.auth {
        Auth::OpenLink { secret } => vec![secret],
        Auth::Device { credential } => vec![credential],
        Auth::Invite { secret, credential, name, .. } => {
            named(name);
            vec![secret, credential]
        }
        Auth::PairFinish { credential, name } => {
            named(name);
            vec![credential]
        }
        Auth::Local { token } => vec![token],
        Auth::PairBegin { .. } | Auth::PairConfirm { .. } => vec![],
    };
    for secret in secrets {
        if let Ok(known) = secret.parse::<Secret256>() {
            assert_eq!(known.reveal(), *secret, "a credential is written in one way");
            assert!(!shown.contains(secret.as_str()), "no log shows what opens a host");
        }
    }
}

/// A pasted invite: one that is read leads where it says, by both of its links.
pub fn invite(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(link) = text.parse::<InviteLink>() else { return };
    for text in [link.to_deep_link(), link.to_browser_link()] {
        let again: InviteLink = text.parse().expect("what we write we read");
        assert_eq!((&again.addresses, again.port), (&link.addresses, link.port), "{text}");
        assert_eq!((again.fingerprint, again.invite), (link.fingerprint, link.invite), "{text}");
        assert_eq!(again.secret.reveal(), link.secret.reveal(), "{text}");
    }
    assert!(!format!("{link:?}").contains(&link.secret.reveal()));
}

/// What the network says of a host: believed only where it can be shown and dialled.
pub fn record(bytes: &[u8]) {
    let record = record_of(bytes);
    let Some(host) = record.read() else { return };
    named(host.name.as_str());
    assert!(host.port != 0 && (1..=16).contains(&host.addresses.len()), "{host:?}");
    assert!(host.hint.bytes().all(|byte| byte.is_ascii_hexdigit()), "{host:?}");
    assert!(host.addresses.iter().all(|it| !it.is_unspecified() && !it.is_multicast()), "{host:?}");
    let mut seen = Sightings::default();
    seen.see(&record);
    seen.see(&record);
    assert!(seen.list().len() <= 1);
}

fn named(text: &str) {
    let Ok(name) = DisplayName::parse(text) else { return };
    let name = name.as_str();
    assert!((1..=40).contains(&name.chars().count()), "{name:?}");
    assert!(!name.chars().any(char::is_control), "{name:?}");
    assert_eq!(DisplayName::parse(name).expect("it is one").as_str(), name);
}

/// The instance's name up to a line feed, the port, then parts, each with its kind and its length.
fn record_of(bytes: &[u8]) -> Record {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (instance, rest) = bytes.split_at(at);
    let mut record = Record { instance: String::from_utf8_lossy(instance).into_owned(), ..Record::default() };
    let Some((port, mut rest)) = rest.get(1..).and_then(|rest| rest.split_first_chunk::<2>()) else {
        return record;
    };
    record.port = u16::from_be_bytes(*port);
    while let Some(([kind, length], more)) = rest.split_first_chunk::<2>() {
        let (part, after) = more.split_at(more.len().min(usize::from(*length)));
        rest = after;
        match (kind % 3, <[u8; 4]>::try_from(part), <[u8; 16]>::try_from(part)) {
            (0, Ok(v4), _) => record.addresses.push(IpAddr::V4(Ipv4Addr::from(v4))),
            (1, _, Ok(v6)) => record.addresses.push(IpAddr::V6(Ipv6Addr::from(v6))),
            _ => {
                let equals = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
                let key = String::from_utf8_lossy(&part[..equals]).into_owned();
                record.texts.push((key, part.get(equals + 1..).unwrap_or_default().to_vec()));
            }
        }
    }
    record
}
