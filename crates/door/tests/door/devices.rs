use door::{InviteWish, Redemption, Refusal};
use model::{DeviceId, DeviceKind, Span, limits};

use crate::{NOW, Scene, credential, id, invite_id, peer, person, unasked};

fn add_device(scene: &mut Scene, whose: u128, invite: u128) {
    let place = (invite_id(invite), "s".to_owned());
    let minted = scene.door.mint_device_invite(person(whose), place, NOW).unwrap();
    scene.take(minted);
}

#[test]
fn ro1_a_further_device_is_the_same_person() {
    let mut scene = Scene::with_bea();
    add_device(&mut scene, 2, 40);
    scene.walk_in(40, &peer("laptop", "whatever"));
    assert_eq!(scene.door.recognise("laptop", NOW).unwrap().person, person(2));
    assert_eq!(scene.door.people().count(), 1);
    assert_eq!(scene.door.devices_of(person(2)).count(), 2);
    assert_eq!(scene.redeem(40, &peer("eve", "Eve")), Err(Refusal::InviteSpent));
    assert!(matches!(scene.redeem(40, &peer("laptop", "Bea")), Ok(Redemption::Known(_))), "a lost reply");
}

#[test]
fn pa11_a_browser_knocks_also_as_a_further_device() {
    let mut scene = Scene::with_bea();
    add_device(&mut scene, 2, 40);
    let knock = scene.knock(40, &credential("phone", "x"));
    let known = scene.door.known_at(scene.door.knocks().next().unwrap().1);
    assert_eq!(known, Some(person(2)), "the owner sees whose it is");
    scene.admit(knock, 3);
    assert_eq!(scene.door.recognise("phone", NOW).unwrap().person, person(2));
}

#[test]
fn ro1_a_device_link_is_short_lived_and_makes_nobody_somebody_else() {
    let mut scene = Scene::with_bea();
    scene.invite(10, 21, unasked(1));
    scene.walk_in(21, &peer("chen", "Chen"));
    add_device(&mut scene, 2, 40);
    assert_eq!(scene.redeem(40, &peer("chen", "Chen")), Err(Refusal::DeviceTaken));
    let fresh = scene.fresh();
    let late = scene.door.redeem((invite_id(40), "s"), &peer("l", "Bea"), fresh, NOW + limits::DEVICE_INVITE);
    assert_eq!(late, Err(Refusal::InviteExpired));
    let stranger = scene.door.mint_device_invite(person(9), (invite_id(41), "s".into()), NOW);
    assert_eq!(stranger, Err(Refusal::PersonUnknown));
}

#[test]
fn pa4_a_revoked_device_opens_nothing_ever_again_and_its_person_stays() {
    let mut scene = Scene::with_bea();
    add_device(&mut scene, 2, 40);
    scene.walk_in(40, &peer("laptop", "Bea"));
    let laptop = scene.door.recognise("laptop", NOW).unwrap().device;
    assert_eq!(scene.door.revoke_own_device(person(3), laptop), Err(Refusal::DeviceUnknown));
    let revoked = scene.door.revoke_own_device(person(2), laptop).unwrap();
    scene.take(revoked);
    assert_eq!(scene.door.recognise("laptop", NOW), None);
    assert!(scene.door.recognise("bea", NOW).is_some());
    assert!(!scene.door.grants(NOW).unwrap().devices.contains(&laptop));
    scene.invite(10, 21, InviteWish::default());
    assert_eq!(scene.redeem(21, &peer("laptop", "Bea")), Err(Refusal::DeviceRevoked));
    assert_eq!(scene.door.revoke_device(laptop), Err(Refusal::DeviceUnknown));
    assert_eq!(scene.door.revoke_device(DeviceId(id(9))), Err(Refusal::DeviceUnknown));
}

#[test]
fn ro1_after_a_kick_only_the_device_that_comes_back_is_good_again() {
    let mut scene = Scene::with_bea();
    add_device(&mut scene, 2, 40);
    scene.walk_in(40, &peer("laptop", "Bea"));
    let kicked = scene.door.revoke_person(person(2)).unwrap();
    scene.take(kicked);
    scene.invite(10, 21, InviteWish::default());
    scene.come(21, &peer("laptop", "Bea"), 3);
    assert_eq!(scene.door.recognise("laptop", NOW).unwrap().person, person(2));
    assert_eq!(scene.door.recognise("bea", NOW), None);
}

#[test]
fn pa4_visits_are_noted_but_not_each_of_them() {
    let mut scene = Scene::with_bea();
    let device = scene.door.recognise("bea", NOW).unwrap().device;
    assert_eq!(scene.door.see_device(device, NOW + Span(1)), vec![]);
    let later = NOW + limits::SEEN_AGAIN;
    let seen = scene.door.see_device(device, later);
    seen.iter().for_each(|event| scene.door.apply(event, later));
    assert_eq!(scene.door.devices_of(person(2)).next().unwrap().1.last_seen, later);
    assert_eq!(scene.door.see_device(device, later), vec![]);
}

#[test]
fn sh7_the_owners_own_device_from_afar_keeps_the_listener() {
    let mut scene = Scene::founded();
    add_device(&mut scene, 1, 40);
    assert!(scene.door.wants_listener(NOW));
    assert!(!scene.door.wants_listener(NOW + limits::DEVICE_INVITE));
    scene.walk_in(40, &peer("laptop", "Ada"));
    assert!(scene.door.wants_listener(NOW + limits::DEVICE_INVITE));
    let laptop = scene.door.recognise("laptop", NOW).unwrap();
    assert_eq!((laptop.person, laptop.kind), (person(1), DeviceKind::Peer));
    let revoked = scene.door.revoke_device(laptop.device).unwrap();
    scene.take(revoked);
    assert!(!scene.door.wants_listener(NOW));
}
