use door::{InviteWish, Redemption, Refusal};
use model::{OwnerEvent, Preset, VoidReason};

use crate::{NOW, Scene, credential, name, peer, person, share, share_id, unasked};

#[test]
fn ro3_a_mute_survives_until_it_is_lifted() {
    let mut scene = Scene::with_bea();
    let muted = scene.door.mute(share_id(10), person(2)).unwrap();
    scene.take(muted);
    assert!(scene.may(2, 7).unwrap().muted);
    assert_eq!(scene.door.mute(share_id(10), person(2)), Ok(vec![]), "twice is once");
    let lifted = scene.door.unmute(share_id(10), person(2)).unwrap();
    scene.take(lifted);
    assert!(!scene.may(2, 7).unwrap().muted);
    assert_eq!(scene.door.mute(share_id(11), person(2)), Err(Refusal::PersonUnknown));
    assert_eq!(scene.door.mute(share_id(10), person(9)), Err(Refusal::PersonUnknown));
}

#[test]
fn ro3_a_mute_outlives_a_kick_and_a_new_invite() {
    let mut scene = Scene::with_bea();
    for events in [scene.door.mute(share_id(10), person(2)), scene.door.kick(share_id(10), person(2))] {
        scene.take(events.unwrap());
    }
    assert_eq!(scene.may(2, 7), None);
    scene.invite(10, 21, InviteWish::default());
    scene.come(21, &peer("bea", "Somebody else"), 3);
    assert!(scene.may(2, 7).unwrap().muted, "the same device is the same person");
    assert_eq!(scene.door.people().count(), 1);
}

#[test]
fn ro3_a_kick_voids_the_rest_of_the_invite_and_turns_consent_on() {
    let mut scene = Scene::shared();
    scene.invite(10, 21, unasked(5));
    scene.invite(10, 22, unasked(5));
    scene.walk_in(21, &peer("bea", "Bea"));
    let bea = scene.door.recognise("bea", NOW).unwrap().person;
    let kicked = scene.door.kick(share_id(10), bea).unwrap();
    scene.take(kicked);
    assert_eq!(scene.door.recognise("bea", NOW), None);
    assert_eq!(scene.door.lost("bea"), Some(VoidReason::Kicked));
    assert_eq!(scene.redeem(21, &peer("eve", "Eve")), Err(Refusal::InviteUnknown));
    assert!(matches!(scene.redeem(22, &peer("eve", "Eve")), Ok(Redemption::Knock(..))));
    assert!(scene.door.share(share_id(10)).unwrap().consent);
    assert_eq!(scene.door.kick(share_id(10), bea), Err(Refusal::PersonUnknown));
}

#[test]
fn ro3_a_kick_is_for_one_share() {
    let mut scene = Scene::with_bea();
    scene.mint(11, share(Preset::Observer, &[8]));
    scene.invite(11, 21, unasked(1));
    scene.walk_in(21, &peer("bea", "Bea"));
    let kicked = scene.door.kick(share_id(10), person(2)).unwrap();
    scene.take(kicked);
    assert!(scene.may(2, 7).is_none() && scene.may(2, 8).is_some());
    assert!(scene.door.recognise("bea", NOW).is_some());
    let member = &scene.door.grants(NOW).unwrap().members[&person(2)];
    assert_eq!(member.out.values().collect::<Vec<_>>(), [&VoidReason::Kicked]);
}

#[test]
fn sh5_revoking_a_person_takes_all_shares_their_credentials_and_their_knocks() {
    let mut scene = Scene::with_bea();
    for (id, invite) in [(11, 21), (12, 22)] {
        scene.mint(id, share(Preset::Observer, &[8]));
        scene.invite(id, invite, InviteWish::default());
    }
    scene.come(21, &peer("bea", "Bea"), 3);
    scene.knock(22, &peer("bea", "Bea"));
    let revoked = scene.door.revoke_person(person(2)).unwrap();
    scene.take(revoked);
    assert_eq!((scene.may(2, 7), scene.may(2, 8)), (None, None));
    assert_eq!(scene.door.recognise("bea", NOW), None);
    assert_eq!(scene.door.knocks().count(), 0);
    assert_eq!(scene.door.revoke_person(person(2)), Err(Refusal::PersonUnknown));
}

#[test]
fn ro1_leaving_is_ones_own_act_and_the_owner_stays() {
    let mut scene = Scene::with_bea();
    let left = scene.door.leave(person(2)).unwrap();
    scene.take(left);
    assert_eq!(scene.door.lost("bea"), Some(VoidReason::Left));
    assert_eq!(scene.door.leave(person(1)), Err(Refusal::OwnerStays));
}

#[test]
fn ro4_a_new_name_is_told_from_the_others() {
    let mut scene = Scene::with_bea();
    let renamed = scene.door.rename(person(2), &name("ADA")).unwrap();
    let wanted = OwnerEvent::PersonRenamed { person: person(2), name: name("ADA 2") };
    assert_eq!(renamed, vec![wanted]);
    scene.take(renamed);
    assert_eq!(scene.door.rename(person(2), &name("ADA 2")), Ok(vec![]), "her own is free for her");
    let ada = scene.door.rename(person(1), &name("Ada L.")).unwrap();
    scene.take(ada);
    assert_eq!(scene.door.owner_name().unwrap().as_str(), "Ada L.");
    scene.invite(10, 21, InviteWish::default());
    scene.come(21, &credential("eve", "ada l."), 4);
    assert_eq!(scene.door.name_of(person(4)).unwrap().as_str(), "ada l. 2");
}
