use model::ShareId;
use pairing::{Begun, Code, ExchangeFailed, MAC_BYTES, MESSAGE_BYTES, Offered, Parties, Seed};
use proptest::prelude::*;
use uuid::Uuid;

const PARTIES: Parties = Parties { credential: [1; 32], host_key: [2; 32] };
const SHARE: ShareId = ShareId(Uuid::from_u128(5));

fn code(digits: &str) -> Code {
    digits.parse().unwrap()
}

/// One exchange with all that a side may believe in other words than its fellow.
struct Scene {
    typed: Code,
    clients: Parties,
    clients_share: ShareId,
}

impl Default for Scene {
    fn default() -> Self {
        Self { typed: code("424242"), clients: PARTIES, clients_share: SHARE }
    }
}

impl Scene {
    fn play(self) -> Result<(), ExchangeFailed> {
        let (begun, first) = Begun::begin(&self.typed, self.clients, Seed([7; 32]));
        let (offered, answer) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([8; 32]))?;
        let (wait, mine) = begun.confirm(&answer, self.clients_share)?;
        wait.done(&offered.confirm(&mine)?)
    }
}

#[test]
fn pa3_two_with_the_same_code_confirm_each_other() {
    assert_eq!(Scene::default().play(), Ok(()));
}

#[test]
fn pa3_a_wrong_code_confirms_nothing() {
    for typed in ["424243", "000000", "242424"] {
        assert_eq!(Scene { typed: code(typed), ..Scene::default() }.play(), Err(ExchangeFailed));
    }
}

#[test]
fn pa3_both_key_hashes_and_the_share_are_confirmed() {
    let other_key = Parties { host_key: [9; 32], ..PARTIES };
    let other_credential = Parties { credential: [9; 32], ..PARTIES };
    let other_share = ShareId(Uuid::from_u128(6));
    assert_eq!(Scene { clients: other_key, ..Scene::default() }.play(), Err(ExchangeFailed));
    assert_eq!(Scene { clients: other_credential, ..Scene::default() }.play(), Err(ExchangeFailed));
    assert_eq!(Scene { clients_share: other_share, ..Scene::default() }.play(), Err(ExchangeFailed));
}

/// Somebody who ends the client's TLS with a key of their own and passes every byte on.
#[test]
fn pa1_pa3_a_relay_in_the_middle_with_another_key_gets_no_confirmation() {
    let client_sees = Parties { host_key: [66; 32], ..PARTIES };
    let (begun, first) = Begun::begin(&code("424242"), client_sees, Seed([7; 32]));
    let (offered, answer) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([8; 32])).unwrap();
    let (wait, mine) = begun.confirm(&answer, SHARE).unwrap();
    assert_eq!(offered.confirm(&mine), Err(ExchangeFailed));
    for forged in [mine.to_vec(), vec![0; MAC_BYTES], Vec::new()] {
        let (begun, _) = Begun::begin(&code("424242"), client_sees, Seed([7; 32]));
        let (wait, _) = begun.confirm(&answer, SHARE).unwrap();
        assert_eq!(wait.done(&forged), Err(ExchangeFailed));
    }
    assert_eq!(wait.done(&[0; MAC_BYTES]), Err(ExchangeFailed));
}

#[test]
fn pa3_roles_cannot_be_swapped_nor_messages_reflected() {
    let (begun, first) = Begun::begin(&code("424242"), PARTIES, Seed([7; 32]));
    assert!(begun.confirm(&first, SHARE).is_err(), "the client's own message came back");
    let (offered, answer) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([8; 32])).unwrap();
    let reflected = Offered::answer(&code("424242"), PARTIES, SHARE, &answer, Seed([9; 32]));
    assert!(reflected.is_err(), "the host's own message came back");
    let (begun, _) = Begun::begin(&code("424242"), PARTIES, Seed([7; 32]));
    let (wait, mine) = begun.confirm(&answer, SHARE).unwrap();
    assert_eq!(wait.done(&mine), Err(ExchangeFailed), "the client's own confirmation came back");
    assert!(offered.confirm(&mine).is_ok());
}

#[test]
fn pa3_what_was_said_in_one_exchange_is_worth_nothing_in_the_next() {
    let (begun, first) = Begun::begin(&code("424242"), PARTIES, Seed([7; 32]));
    let (offered, answer) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([8; 32])).unwrap();
    let (_, heard) = begun.confirm(&answer, SHARE).unwrap();
    let hosts = offered.confirm(&heard).unwrap();
    let (again, other) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([9; 32])).unwrap();
    assert_ne!(other, answer);
    assert_eq!(again.confirm(&heard), Err(ExchangeFailed));
    let (begun, _) = Begun::begin(&code("424242"), PARTIES, Seed([10; 32]));
    let (wait, _) = begun.confirm(&answer, SHARE).unwrap();
    assert_eq!(wait.done(&hosts), Err(ExchangeFailed));
}

#[test]
fn pa3_the_same_seeds_say_the_same_bytes_and_others_do_not() {
    let say = |seed| Begun::begin(&code("424242"), PARTIES, Seed([seed; 32])).1;
    assert_eq!(say(7), say(7));
    assert_ne!(say(7), say(8));
    assert_eq!(say(7).len(), MESSAGE_BYTES);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn pa3_any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let (begun, first) = Begun::begin(&code("424242"), PARTIES, Seed([7; 32]));
        let (offered, _) = Offered::answer(&code("424242"), PARTIES, SHARE, &first, Seed([8; 32])).unwrap();
        prop_assert_eq!(offered.confirm(&bytes), Err(ExchangeFailed));
        if let Ok((offered, answer)) = Offered::answer(&code("424242"), PARTIES, SHARE, &bytes, Seed([8; 32])) {
            let (wait, mine) = begun.confirm(&answer, SHARE).unwrap();
            prop_assert_eq!(offered.confirm(&mine), Err(ExchangeFailed));
            prop_assert_eq!(wait.done(&bytes), Err(ExchangeFailed));
        }
    }
}
