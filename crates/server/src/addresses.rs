//! Under which addresses others may find this machine.

use std::net::Ipv4Addr;

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

/// An invite holds this many.
const MOST: usize = 8;
/// Networks between this machine and its own containers: nobody else is there.
const VIRTUAL: [&str; 6] = ["docker", "br-", "veth", "virbr", "vmnet", "cni"];

/// Most likely first: addresses in the network, the machine's name, and last this machine itself.
pub(crate) fn of_this_machine() -> Vec<String> {
    let mut found: Vec<String> = in_networks().iter().map(Ipv4Addr::to_string).collect();
    found.truncate(MOST - 2);
    found.extend(name());
    found.push(Ipv4Addr::LOCALHOST.to_string());
    found
}

fn in_networks() -> Vec<Ipv4Addr> {
    let Ok(all) = getifaddrs() else { return Vec::new() };
    let mut found: Vec<(bool, Ipv4Addr)> = Vec::new();
    for interface in all.filter(|it| it.flags.contains(InterfaceFlags::IFF_UP)) {
        let address = interface.address.as_ref().and_then(|address| address.as_sockaddr_in());
        let Some(ip) = address.map(|address| address.ip()) else { continue };
        let is_virtual = VIRTUAL.iter().any(|prefix| interface.interface_name.starts_with(prefix));
        if !ip.is_loopback() && !ip.is_link_local() && !ip.is_unspecified() {
            found.push((is_virtual, ip));
        }
    }
    found.sort_by_key(|(is_virtual, _)| *is_virtual);
    found.dedup();
    found.into_iter().map(|(_, ip)| ip).collect()
}

fn name() -> Option<String> {
    let name = nix::unistd::gethostname().ok()?.into_string().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let fits = (1..=253).contains(&name.len()) && name.bytes().all(plain);
    (fits && name != "localhost").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_itself_comes_last() {
        let found = of_this_machine();
        assert_eq!(found.last().unwrap(), "127.0.0.1");
        assert!(found.len() <= MOST);
        assert_eq!(found.iter().filter(|address| address.starts_with("127.")).count(), 1);
    }
}
