use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use identity::{HostIdentity, IdentityError};

fn addresses(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

fn kept(folder: &Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).unwrap()
}

#[test]
fn pa1_the_key_is_made_once_and_kept_private() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("identity");
    let first = HostIdentity::load_or_create(&folder).unwrap();
    let key = kept(&folder, "host-key.pem");
    let again = HostIdentity::load_or_create(&folder).unwrap();
    assert_eq!(first.fingerprint(), again.fingerprint());
    assert_eq!(key, kept(&folder, "host-key.pem"));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("host-key.pem")), 0o600);

    let other = HostIdentity::load_or_create(&base.path().join("other")).unwrap();
    assert_ne!(first.fingerprint(), other.fingerprint());
}

#[test]
fn pa1_a_new_address_renews_the_certificate_and_never_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let host = HostIdentity::load_or_create(folder.path()).unwrap();
    let certificate = || kept(folder.path(), "host-certificate.pem");
    let names = addresses(&["192.168.1.5", "::1", "ada.local"]);
    host.server_config(&names).unwrap();
    let (key, first) = (kept(folder.path(), "host-key.pem"), certificate());

    host.server_config(&names).unwrap();
    host.server_config(&names[..1]).unwrap();
    let again = HostIdentity::load_or_create(folder.path()).unwrap();
    again.server_config(&names).unwrap();
    assert_eq!(certificate(), first);

    host.server_config(&addresses(&["192.168.1.6"])).unwrap();
    assert_ne!(certificate(), first);
    assert_eq!(kept(folder.path(), "host-key.pem"), key);
}

#[test]
fn a_certificate_of_another_key_or_in_pieces_is_made_anew() {
    let base = tempfile::tempdir().unwrap();
    let (one, two) = (base.path().join("one"), base.path().join("two"));
    let names = addresses(&["localhost"]);
    let host = HostIdentity::load_or_create(&one).unwrap();
    let other = HostIdentity::load_or_create(&two).unwrap();
    host.server_config(&names).unwrap();
    other.server_config(&names).unwrap();
    let foreign = kept(&two, "host-certificate.pem");
    for broken in [foreign, b"broken".to_vec(), Vec::new()] {
        std::fs::write(one.join("host-certificate.pem"), &broken).unwrap();
        host.server_config(&names).unwrap();
        assert_ne!(kept(&one, "host-certificate.pem"), broken);
    }
}

#[test]
fn pa1_a_key_that_cannot_be_used_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    HostIdentity::load_or_create(folder.path()).unwrap();
    let path = folder.path().join("host-key.pem");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    let key = std::fs::read(&path).unwrap();
    let exposed = HostIdentity::load_or_create(folder.path()).unwrap_err();
    assert!(matches!(exposed, IdentityError::Exposed { .. }));
    assert!(exposed.to_string().contains("chmod 600"));
    assert_eq!(std::fs::read(&path).unwrap(), key);

    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    for broken in ["", "-----BEGIN PRIVATE KEY-----\n"] {
        std::fs::write(&path, broken).unwrap();
        let refused = HostIdentity::load_or_create(folder.path()).unwrap_err();
        assert!(matches!(refused, IdentityError::KeyUnreadable { .. }));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    }
}

#[test]
fn an_address_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let host = HostIdentity::load_or_create(folder.path()).unwrap();
    let refused = host.server_config(&addresses(&["localhost", "not an address"]));
    assert!(matches!(refused, Err(IdentityError::Address { address }) if address == "not an address"));
}

#[test]
fn what_is_printed_of_a_host_is_its_fingerprint() {
    let folder = tempfile::tempdir().unwrap();
    let host = HostIdentity::load_or_create(folder.path()).unwrap();
    assert_eq!(format!("{host:?}"), format!("HostIdentity({})", host.fingerprint()));
}
