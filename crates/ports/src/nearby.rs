//! Hosts in the same network, found without anybody's help (PA3).

use std::net::IpAddr;

use model::DisplayName;

/// Letters of a fingerprint hint: enough to tell two hosts in a room apart, and no proof of anything.
pub const HINT_CHARS: usize = 8;

/// What a host says of itself to everybody around. Nothing in it is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advert {
    pub name: DisplayName,
    pub port: u16,
    /// The first hex digits of the host key's SHA-256.
    pub hint: String,
}

/// A host that has said so. Nothing of it is proven: only pairing does that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Its fingerprint hint, by which it is told from others.
    pub hint: String,
    pub name: DisplayName,
    pub port: u16,
    /// Best first; at least one.
    pub addresses: Vec<IpAddr>,
    /// Of the pairing exchange it speaks.
    pub version: u32,
}

pub trait Nearby: Send + Sync {
    /// From now on this, in place of what was said before. A network that can't carry it is no error.
    fn announce(&self, advert: Advert);

    /// Says nothing any more.
    fn withdraw(&self);

    /// The hosts seen so far, without this one. The first look begins the search.
    fn seen(&self) -> Vec<Sighting>;
}

/// No network at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl Nearby for Alone {
    fn announce(&self, _: Advert) {}

    fn withdraw(&self) {}

    fn seen(&self) -> Vec<Sighting> {
        Vec::new()
    }
}
