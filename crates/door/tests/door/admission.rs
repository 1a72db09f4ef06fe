use door::{Redemption, Refusal, Visitor};
use model::{DeviceKind, KnockId, Preset, Share, limits};

use crate::{NOW, Scene, credential, id, invite_id, peer, person, share, unasked, workspace};

#[test]
fn sh2_a_use_is_spent_on_admission_and_not_before() {
    let mut scene = Scene::shared();
    let knock = scene.knock(20, &credential("c1", "Bea"));
    assert!(matches!(scene.redeem(20, &credential("c2", "Chen")), Ok(Redemption::Knock(..))));
    scene.admit(knock, 2);
    assert_eq!(scene.redeem(20, &credential("c2", "Chen")), Err(Refusal::InviteSpent));
}

#[test]
fn sh2_redeeming_again_with_the_same_credential_gives_the_same_answer() {
    let mut scene = Scene::shared();
    let bea = credential("c1", "Bea");
    let knock = scene.knock(20, &bea);
    assert_eq!(scene.redeem(20, &bea), Ok(Redemption::Waiting(knock)));
    scene.admit(knock, 2);
    let Ok(Redemption::Known(admitted)) = scene.redeem(20, &bea) else { panic!("she is in") };
    assert_eq!(admitted.person, person(2));
}

#[test]
fn sh2_wrong_expired_and_cancelled_invites_are_refused() {
    let mut scene = Scene::shared();
    let bea = credential("c1", "Bea");
    let fresh = scene.fresh();
    let wrong = scene.door.redeem((invite_id(20), "wrong"), &bea, fresh, NOW);
    assert_eq!(wrong, Err(Refusal::InviteUnknown));
    assert_eq!(scene.redeem(99, &bea), Err(Refusal::InviteUnknown));
    let late = scene.door.redeem((invite_id(20), "s"), &bea, fresh, NOW + limits::INVITE);
    assert_eq!(late, Err(Refusal::InviteExpired));
    let cancelled = scene.door.cancel_invite(invite_id(20)).unwrap();
    scene.take(cancelled);
    assert_eq!(scene.redeem(20, &bea), Err(Refusal::InviteUnknown));
    assert_eq!(scene.door.cancel_invite(invite_id(20)), Err(Refusal::InviteUnknown));
}

#[test]
fn sh2_without_consent_a_program_walks_in() {
    let mut scene = Scene::shared();
    scene.invite(10, 21, unasked(1));
    scene.walk_in(21, &peer("bea", "Bea"));
    let bea = scene.door.recognise("bea", NOW).unwrap();
    assert_eq!(bea.kind, DeviceKind::Peer);
    assert!(scene.door.grants(NOW).unwrap().sees(bea.person, workspace(7)));
}

#[test]
fn sh2_a_share_that_asks_beats_an_invite_that_does_not() {
    let mut scene = Scene::founded();
    scene.mint(10, Share { consent: true, ..share(Preset::Guest, &[7]) });
    scene.invite(10, 20, unasked(1));
    assert!(matches!(scene.redeem(20, &peer("bea", "Bea")), Ok(Redemption::Knock(..))));
}

#[test]
fn pa11_a_browser_always_knocks() {
    let mut scene = Scene::shared();
    scene.invite(10, 21, unasked(1));
    assert!(matches!(scene.redeem(21, &credential("bea", "Bea")), Ok(Redemption::Knock(..))));
}

#[test]
fn pa11_the_owner_can_forbid_browser_guests() {
    let mut scene = Scene::founded();
    scene.mint(10, Share { browser_guests: false, ..share(Preset::Guest, &[7]) });
    scene.invite(10, 20, unasked(1));
    assert_eq!(scene.redeem(20, &credential("c", "Bea")), Err(Refusal::BrowserGuestsOff));
    assert!(matches!(scene.redeem(20, &peer("c", "Bea")), Ok(Redemption::LetIn(_))));
}

#[test]
fn sh2_one_invite_does_not_fill_the_owners_screen() {
    let mut scene = Scene::shared();
    for n in 0..limits::KNOCKS_PER_INVITE {
        scene.knock(20, &credential(&format!("c{n}"), "Eve"));
    }
    assert_eq!(scene.redeem(20, &credential("one more", "Eve")), Err(Refusal::DoorCrowded));
    assert!(matches!(scene.redeem(20, &credential("c0", "Eve")), Ok(Redemption::Waiting(_))));
    let first = scene.door.knocks().next().unwrap().0;
    let refused = scene.door.refuse(first).unwrap();
    scene.take(refused);
    assert!(matches!(scene.redeem(20, &credential("one more", "Eve")), Ok(Redemption::Knock(..))));
}

#[test]
fn sh2_one_look_tells_who_was_let_in_from_who_was_turned_away() {
    let mut scene = Scene::shared();
    let knock = scene.knock(20, &credential("bea", "Bea"));
    assert_eq!(scene.door.visitor(knock, "bea", NOW), Visitor::Waiting);
    scene.admit(knock, 2);
    assert!(matches!(scene.door.visitor(knock, "bea", NOW), Visitor::In(it) if it.person == person(2)));
    assert_eq!(scene.door.visitor(KnockId(id(5)), "eve", NOW), Visitor::TurnedAway);
}

#[test]
fn ro4_a_guest_cannot_pass_for_the_host() {
    let mut scene = Scene::shared();
    scene.come(20, &credential("c1", "ada"), 2);
    let bea = scene.door.people().next().unwrap().1;
    assert_eq!(bea.name.as_str(), "ada 2");
}
