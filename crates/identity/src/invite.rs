use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use uuid::Uuid;

use crate::{Fingerprint, Secret256};

/// Version of the invite's text. A host and a client speak of protocol versions later, in hello.
pub const INVITE_VERSION: u32 = 1;

const DEEP_LINK: &str = "conclave://join/";
/// A host has a handful of addresses; a link that names more is not one of ours.
const MOST_ADDRESSES: usize = 16;
const LONGEST_ADDRESS: usize = 253;
const LONGEST_LINK: usize = 8 * 1024;

/// What an invite carries (SH3). Its text is the same in a deep link, a QR code and the fragment of
/// a browser link: `version.port.fingerprint.invite.secret.address,address…`
#[derive(Clone)]
pub struct InviteLink {
    /// IP addresses (IPv6 without brackets) and host names, best first; at least one.
    pub addresses: Vec<String>,
    pub port: u16,
    pub fingerprint: Fingerprint,
    pub invite: Uuid,
    pub secret: Secret256,
}

/// Why a text is not an invite.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefused {
    #[error("This is not a Conclave invite. Copy the whole link and try again.")]
    NotAnInvite,
    #[error(
        "This invite is of version {found}, and this program knows version {known}. Update Conclave \
         on the older side and ask for a new invite.",
        known = INVITE_VERSION
    )]
    Version { found: u32 },
    #[error("The invite is broken: its {part} cannot be read. Copy the whole link and try again.")]
    Broken { part: &'static str },
    #[error("An invite needs between 1 and {MOST_ADDRESSES} addresses that a link can hold.")]
    Addresses,
}

impl InviteLink {
    /// Checks what a link can hold.
    pub fn new(
        addresses: Vec<String>,
        port: u16,
        fingerprint: Fingerprint,
        invite: Uuid,
        secret: Secret256,
    ) -> Result<Self, InviteRefused> {
        let count_fits = (1..=MOST_ADDRESSES).contains(&addresses.len());
        if !count_fits || !addresses.iter().all(|it| is_address(it)) {
            return Err(InviteRefused::Addresses);
        }
        Ok(Self { addresses, port, fingerprint, invite, secret })
    }

    /// For the desktop and for a QR code. Holds the secret.
    pub fn to_deep_link(&self) -> String {
        format!("{DEEP_LINK}{}", self.payload())
    }

    /// For a browser, by the first address. The secret is in the fragment, which is never sent.
    pub fn to_browser_link(&self) -> String {
        self.to_browser_link_at(self.addresses.first().map_or("", String::as_str))
    }

    /// The same, by a name or address of the host that it may not list.
    pub fn to_browser_link_at(&self, host: &str) -> String {
        let host = match host.parse::<Ipv6Addr>() {
            Ok(address) => format!("[{address}]"),
            Err(_) => host.to_owned(),
        };
        format!("https://{host}:{}/join#{}", self.port, self.payload())
    }

    fn payload(&self) -> String {
        format!(
            "{INVITE_VERSION}.{}.{}.{}.{}.{}",
            self.port,
            self.fingerprint,
            self.invite.simple(),
            self.secret.reveal(),
            self.addresses.join(",")
        )
    }
}

impl fmt::Debug for InviteLink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("InviteLink").field("invite", &self.invite).finish_non_exhaustive()
    }
}

/// Reads a deep link as well as a browser link; white space around it is passed over.
impl FromStr for InviteLink {
    type Err = InviteRefused;

    fn from_str(text: &str) -> Result<Self, InviteRefused> {
        let text = text.trim();
        if text.len() > LONGEST_LINK {
            return Err(InviteRefused::NotAnInvite);
        }
        read_payload(payload_of(text).ok_or(InviteRefused::NotAnInvite)?)
    }
}

fn payload_of(text: &str) -> Option<&str> {
    if let Some(payload) = text.strip_prefix(DEEP_LINK) {
        return Some(payload);
    }
    let (page, fragment) = text.strip_prefix("https://")?.split_once('#')?;
    page.ends_with("/join").then_some(fragment)
}

fn read_payload(payload: &str) -> Result<InviteLink, InviteRefused> {
    let (version, rest) = payload.split_once('.').ok_or(InviteRefused::NotAnInvite)?;
    // The version first: what follows it may be laid out in another way.
    let found = version.parse().map_err(|_| InviteRefused::NotAnInvite)?;
    if found != INVITE_VERSION {
        return Err(InviteRefused::Version { found });
    }
    let mut parts = rest.splitn(5, '.');
    let port = part(parts.next(), "port")?;
    let fingerprint = part(parts.next(), "fingerprint")?;
    let invite = part(parts.next(), "id")?;
    let secret = part(parts.next(), "secret")?;
    let addresses: String = part(parts.next(), "addresses")?;
    let addresses = addresses.split(',').map(str::to_owned).collect();
    InviteLink::new(addresses, port, fingerprint, invite, secret)
}

fn part<T: FromStr>(text: Option<&str>, part: &'static str) -> Result<T, InviteRefused> {
    let read = text.and_then(|it| it.parse().ok());
    read.ok_or(InviteRefused::Broken { part })
}

/// Letters that need no escaping in a link; so no zone of a link-local address either.
fn is_address(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_name = !text.is_empty() && text.len() <= LONGEST_ADDRESS && text.bytes().all(plain);
    is_name || text.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests;
