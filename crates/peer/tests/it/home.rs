use std::os::unix::fs::PermissionsExt;

use identity::{Fingerprint, InviteLink, Secret256};
use model::{DisplayName, EpochId, HostId, HostKey, PersonId, Timestamp};
use peer::{Guise, Home, Kept, Keyring, PeerError, Standing};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{Auth, Welcome};

fn invite(key: u8, port: u16) -> InviteLink {
    let pin = Fingerprint::from_bytes([key; 32]);
    InviteLink::new(vec!["10.0.0.5".into()], port, pin, Uuid::new_v4(), Secret256::generate().unwrap())
        .unwrap()
}

fn key(of: u8) -> HostKey {
    HostKey(Fingerprint::from_bytes([of; 32]).to_string())
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn guise(label: Option<&str>) -> Guise {
    Guise { name: name("Bea"), label: label.map(name) }
}

fn welcome(host: u128) -> Welcome {
    Welcome {
        host: HostId(Uuid::from_u128(host)),
        host_name: name("Ada"),
        epoch: EpochId(Uuid::from_u128(9)),
        person: PersonId(Uuid::from_u128(10)),
        name: name("Bea 2"),
        owner: false,
        credential: None,
        unverified: false,
        version: "1".into(),
    }
}

fn home() -> (TempDir, Home) {
    let folder = TempDir::new().unwrap();
    let home = Home::in_folder(folder.path(), Keyring::Off);
    (folder, home)
}

#[test]
fn pa5_the_same_host_again_is_the_same_entry_with_the_same_credential() {
    let (_folder, home) = home();
    let first = home.begin(&invite(1, 4000), &guise(None), Timestamp(1)).unwrap();
    assert_eq!(
        (first.standing, first.kept, first.label.as_str()),
        (Standing::Waiting, Kept::File, "10.0.0.5")
    );
    let Auth::Invite { credential: shown, .. } = home.auth(&first).unwrap() else { panic!() };
    let inside = home.welcomed(&key(1), &welcome(100), Timestamp(2)).unwrap();
    assert_eq!(
        (inside.standing, inside.label.as_str(), inside.name.as_str()),
        (Standing::In, "Ada", "Bea 2")
    );
    let Auth::Device { credential } = home.auth(&inside).unwrap() else { panic!("the invite is used up") };
    assert_eq!(credential, shown);

    let again = home.begin(&invite(1, 5000), &guise(None), Timestamp(3)).unwrap();
    assert_eq!((again.port, again.label.as_str(), again.standing), (5000, "Ada", Standing::In));
    assert_eq!(again.added_at, Timestamp(1));
    let Auth::Invite { credential, .. } = home.auth(&again).unwrap() else {
        panic!("the new invite is shown")
    };
    assert_eq!(credential, shown);
    assert_eq!(home.book.all().unwrap().len(), 1);
}

#[test]
fn pa5_another_key_never_takes_an_entry_over() {
    let (_folder, home) = home();
    home.begin(&invite(1, 4000), &guise(None), Timestamp(1)).unwrap();
    home.welcomed(&key(1), &welcome(100), Timestamp(2)).unwrap();
    let before = home.book.all().unwrap();

    let refused = home.begin(&invite(2, 4000), &guise(Some("ada")), Timestamp(3)).unwrap_err();
    assert!(matches!(refused, PeerError::LabelTaken { .. }), "{refused}");
    assert!(refused.to_string().contains("conclave remote forget"));
    assert_eq!(home.book.all().unwrap(), before);

    // Under a label of its own it may stand beside, until it says that it is the host known already.
    home.begin(&invite(2, 4000), &guise(Some("New Ada")), Timestamp(4)).unwrap();
    let refused = home.welcomed(&key(2), &welcome(100), Timestamp(5)).unwrap_err();
    assert!(refused.to_string().contains("another key"), "{refused}");
    assert_eq!(home.book.find("Ada").unwrap(), before[0]);
}

#[test]
fn pa4_what_opens_a_host_is_readable_by_the_owner_alone_and_goes_with_it() {
    let (folder, home) = home();
    home.begin(&invite(1, 4000), &guise(None), Timestamp(1)).unwrap();
    let file = folder.path().join("credentials").join(&key(1).0);
    for private in [&file, &folder.path().join("known-hosts.json")] {
        assert_eq!(private.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", private.display());
    }
    let book = std::fs::read_to_string(folder.path().join("known-hosts.json")).unwrap();
    let secret = std::fs::read_to_string(&file).unwrap();
    assert!(secret.split('.').all(|part| !book.contains(part)), "no secret in the book");
    home.forget(&key(1)).unwrap();
    assert!(!file.exists());
    assert!(home.book.all().unwrap().is_empty());
    assert!(matches!(home.forget(&key(1)), Err(PeerError::Unknown { .. })));
}

#[test]
fn two_hosts_of_one_name_get_labels_of_their_own_and_are_found_by_them() {
    let (_folder, home) = home();
    for (of, port) in [(1, 4000), (2, 4001)] {
        home.begin(&invite(of, port), &guise(None), Timestamp(1)).unwrap();
        home.welcomed(&key(of), &welcome(u128::from(of)), Timestamp(2)).unwrap();
    }
    assert_eq!(home.book.find("ADA").unwrap().port, 4000);
    assert_eq!(home.book.find("Ada 2").unwrap().port, 4001);
    assert_eq!(home.book.find(&key(2).0).unwrap().port, 4001);
    assert!(matches!(home.book.find("A"), Err(PeerError::Unclear { .. })));
    assert!(matches!(home.book.find(""), Err(PeerError::Unknown { .. })));
}

#[test]
fn a_book_that_cannot_be_read_is_left_as_it_is() {
    let (folder, home) = home();
    let path = folder.path().join("known-hosts.json");
    for (text, newer) in [("{", false), (r#"{"version":99,"of":"tomorrow"}"#, true)] {
        identity::write_private(&path, text.as_bytes()).unwrap();
        let refused = home.begin(&invite(1, 4000), &guise(None), Timestamp(1)).unwrap_err();
        assert_eq!(matches!(refused, PeerError::BookNewer { .. }), newer, "{refused}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn changes_from_two_sides_at_once_are_all_kept() {
    let (_folder, home) = home();
    std::thread::scope(|scope| {
        for of in 0..8 {
            let home = home.clone();
            scope.spawn(move || home.begin(&invite(of, 4000), &guise(None), Timestamp(1)).unwrap());
        }
    });
    let hosts = home.book.all().unwrap();
    let mut labels: Vec<&str> = hosts.iter().map(|it| it.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!((hosts.len(), labels.len()), (8, 8));
}
