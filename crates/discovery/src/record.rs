use std::net::IpAddr;

use model::DisplayName;
use ports::nearby::{Advert, HINT_CHARS, Sighting};

pub const SERVICE: &str = "_conclave._tcp.local.";
/// Of the pairing exchange.
pub const VERSION: u32 = 1;

/// A DNS label holds 63 bytes, a display name up to 160: so the name is in the text record.
const INSTANCE: &str = "conclave-";
const VERSION_KEY: &str = "v";
const NAME_KEY: &str = "name";
/// A host has a handful; the rest of a longer list is somebody's joke.
const MOST_ADDRESSES: usize = 16;

/// What the network said, before it is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub instance: String,
    pub port: u16,
    pub addresses: Vec<IpAddr>,
    /// Keys and values of the text record, as they came.
    pub texts: Vec<(String, Vec<u8>)>,
}

impl Record {
    pub(crate) fn of(advert: &Advert) -> Self {
        let name = advert.name.as_str().as_bytes().to_vec();
        let version = VERSION.to_string().into_bytes();
        Self {
            instance: format!("{INSTANCE}{}", advert.hint),
            port: advert.port,
            addresses: Vec::new(),
            texts: vec![(VERSION_KEY.into(), version), (NAME_KEY.into(), name)],
        }
    }

    /// `None` for what no Conclave says.
    pub fn read(&self) -> Option<Sighting> {
        let hint = hint_in(&self.instance)?;
        let name = DisplayName::parse(self.text(NAME_KEY)?).ok()?;
        let version = self.text(VERSION_KEY)?.parse().ok()?;
        let mut addresses: Vec<IpAddr> = self.addresses.iter().copied().filter(|it| is_of_use(*it)).collect();
        addresses.sort_by_key(|address| (rank(*address), *address));
        addresses.dedup();
        addresses.truncate(MOST_ADDRESSES);
        let reachable = self.port != 0 && !addresses.is_empty();
        reachable.then_some(Sighting { hint, name, port: self.port, addresses, version })
    }

    fn text(&self, key: &str) -> Option<&str> {
        let (_, value) = self.texts.iter().find(|(known, _)| known == key)?;
        std::str::from_utf8(value).ok()
    }
}

/// The host's hint in a full or an instance's name.
pub(crate) fn hint_in(name: &str) -> Option<String> {
    let hint = name.strip_prefix(INSTANCE)?.split('.').next()?;
    let good = hint.len() == HINT_CHARS && hint.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    good.then(|| hint.to_owned())
}

fn is_of_use(address: IpAddr) -> bool {
    let local = match address {
        IpAddr::V4(_) => false,
        // Without its zone, which no record carries, it leads nowhere.
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    };
    !local && !address.is_unspecified() && !address.is_multicast()
}

/// Routable IPv4 first: it works in more networks than anything else.
fn rank(address: IpAddr) -> u8 {
    match address {
        it if it.is_loopback() => 3,
        IpAddr::V4(v4) if v4.is_link_local() => 2,
        IpAddr::V4(_) => 0,
        IpAddr::V6(_) => 1,
    }
}
