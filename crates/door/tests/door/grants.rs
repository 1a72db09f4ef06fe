use door::InviteWish;
use model::{Ceiling, Preset, Right, RoomRules, Share, TerminalRight, VoidReason};

use crate::{NOW, Scene, credential, peer, person, share, share_id, unasked, workspace};

#[test]
fn gr9_rights_are_united_and_the_lowest_ceiling_holds() {
    let mut scene = Scene::with_bea();
    let strict = RoomRules { consensus: true, ..RoomRules::default() };
    scene.mint(11, Share { ceiling: Ceiling::Bypass, rules: strict, ..share(Preset::CoHost, &[7, 8]) });
    scene.invite(11, 21, unasked(1));
    scene.walk_in(21, &peer("bea", "Bea"));
    let both = scene.may(2, 7).unwrap();
    assert!(both.rights.has(Right::Approve));
    assert_eq!(both.ceiling, Ceiling::Ask);
    assert_eq!(scene.may(2, 8).unwrap().ceiling, Ceiling::Bypass);
    assert!(scene.door.grants(NOW).unwrap().rules(workspace(7)).consensus);
    let stopped = scene.door.stop_share(share_id(11)).unwrap();
    scene.take(stopped);
    assert!(!scene.door.grants(NOW).unwrap().rules(workspace(7)).consensus);
    assert!(!scene.may(2, 7).unwrap().rights.has(Right::Approve));
    assert_eq!(scene.door.grants(NOW).unwrap().members[&person(2)].out[&workspace(8)], VoidReason::Revoked);
}

#[test]
fn gr9_a_mute_in_one_share_is_a_mute_in_its_workspaces_whatever_the_other_says() {
    let mut scene = Scene::with_bea();
    scene.mint(11, share(Preset::CoHost, &[7, 8]));
    scene.invite(11, 21, unasked(1));
    scene.walk_in(21, &peer("bea", "Bea"));
    let muted = scene.door.mute(share_id(10), person(2)).unwrap();
    scene.take(muted);
    assert!(scene.may(2, 7).unwrap().muted);
    assert!(!scene.may(2, 8).unwrap().muted);
}

#[test]
fn gr2_outside_the_shared_workspaces_there_is_nothing() {
    let scene = Scene::with_bea();
    assert_eq!(scene.may(2, 8), None);
    assert_eq!(scene.may(3, 7), None);
    assert!(scene.door.grants(NOW).unwrap().sees(person(1), workspace(8)));
}

/// What a terminal's own rule will ask (its tests come with terminals): one's grant here, now.
#[test]
fn gr2_gr3_the_right_to_a_terminal_is_of_its_workspace_alone_and_goes_with_the_grant() {
    let mut scene = Scene::with_bea();
    scene.mint(11, Share { terminal: TerminalRight::Drive, ..share(Preset::Observer, &[8]) });
    scene.invite(11, 21, unasked(1));
    scene.walk_in(21, &peer("bea", "Bea"));
    let terminal = |scene: &Scene, at| scene.may(2, at).map(|grant| grant.terminal);
    assert_eq!(terminal(&scene, 8), Some(TerminalRight::Drive));
    assert_eq!(terminal(&scene, 7), Some(TerminalRight::None), "she may write there, and not here");
    let kicked = scene.door.kick(share_id(11), person(2)).unwrap();
    scene.take(kicked);
    assert_eq!(terminal(&scene, 8), None);
    scene.invite(11, 22, InviteWish::default());
    scene.come(22, &peer("bea", "Bea"), 2);
    assert_eq!(terminal(&scene, 8), Some(TerminalRight::Drive));
    let stopped = scene.door.stop_share(share_id(11)).unwrap();
    scene.take(stopped);
    assert_eq!((terminal(&scene, 8), terminal(&scene, 7)), (None, Some(TerminalRight::None)));
}

#[test]
fn pa11_a_browser_never_approves_and_never_drives_a_terminal() {
    let mut scene = Scene::founded();
    scene.mint(10, Share { terminal: TerminalRight::Drive, ..share(Preset::CoHost, &[7]) });
    scene.invite(10, 20, InviteWish::default());
    scene.come(20, &credential("phone", "Bea"), 2);
    let grant = scene.may(2, 7).unwrap();
    assert!(grant.rights.has(Right::Steer) && !grant.rights.has(Right::Approve));
    assert_eq!(grant.terminal, TerminalRight::View);
    scene.invite(10, 21, InviteWish::default());
    scene.come(21, &peer("laptop", "Chen"), 3);
    let grant = scene.may(3, 7).unwrap();
    assert!(grant.rights.has(Right::Approve) && grant.terminal == TerminalRight::Drive);
    let here = scene.door.grants(NOW).unwrap().unverified(person(3), workspace(7)).unwrap();
    assert!(!here.rights.has(Right::Approve), "the same person, by a browser");
    let owner = scene.door.grants(NOW).unwrap().unverified(person(1), workspace(7)).unwrap();
    assert!(owner.rights.has(Right::Steer) && !owner.rights.has(Right::Own));
}
