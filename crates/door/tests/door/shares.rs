use door::{InviteWish, Redemption, Refusal};
use model::{OwnerEvent, Preset, Right, Share, Span, VoidReason, limits};

use crate::{NOW, Scene, credential, invite_id, peer, person, share, share_id, unasked, workspace};

#[test]
fn sh1_a_share_needs_a_workspace_and_a_future() {
    let door = Scene::founded().door;
    let minted = |terms| door.mint_share(share_id(1), terms, NOW).unwrap_err();
    assert_eq!(minted(share(Preset::Guest, &[])), Refusal::NoWorkspaces);
    assert_eq!(minted(Share { expires_at: Some(NOW), ..share(Preset::Guest, &[7]) }), Refusal::InThePast);
}

#[test]
fn gr1_see_is_always_shared_and_the_owners_right_never() {
    let door = Scene::founded().door;
    let mut terms = share(Preset::Guest, &[7]);
    terms.rights.0.insert(Right::Own);
    assert_eq!(door.mint_share(share_id(1), terms.clone(), NOW), Err(Refusal::OwnersRight));
    terms.rights.0 = [Right::Vote].into();
    let minted = door.mint_share(share_id(1), terms, NOW).unwrap();
    assert!(matches!(&minted[0], OwnerEvent::ShareMinted { terms, .. } if terms.rights.has(Right::See)));
}

#[test]
fn sh1_an_edit_takes_effect_for_those_inside() {
    let mut scene = Scene::with_bea();
    assert!(scene.may(2, 7).unwrap().rights.has(Right::Steer));
    let edited = scene.door.edit_share(share_id(10), share(Preset::Observer, &[8]), NOW).unwrap();
    scene.take(edited);
    assert_eq!(scene.may(2, 7), None);
    assert_eq!(scene.may(2, 8).unwrap().rights, Preset::Observer.rights());
    let same = scene.door.edit_share(share_id(10), share(Preset::Observer, &[8]), NOW);
    assert_eq!(same, Ok(vec![]), "nothing to write down");
    let unknown = scene.door.edit_share(share_id(99), share(Preset::Observer, &[8]), NOW);
    assert_eq!(unknown, Err(Refusal::ShareUnknown));
}

#[test]
fn sh5_stopping_a_share_voids_its_credentials_invites_and_knocks() {
    let mut scene = Scene::with_bea();
    scene.invite(10, 21, InviteWish::default());
    scene.knock(21, &credential("dana", "Dana"));
    let stopped = scene.door.stop_share(share_id(10)).unwrap();
    scene.take(stopped);
    assert_eq!(scene.door.recognise("bea", NOW), None);
    assert_eq!(scene.door.knocks().count(), 0);
    assert_eq!(scene.redeem(21, &credential("c9", "Dana")), Err(Refusal::InviteUnknown));
    let member = &scene.door.grants(NOW).unwrap().members[&person(2)];
    assert_eq!((member.grants.len(), member.lost), (0, Some(VoidReason::Revoked)));
    assert_eq!(scene.door.stop_share(share_id(10)), Err(Refusal::ShareUnknown));
}

#[test]
fn sh5_a_share_whose_time_is_up_opens_nothing_even_before_that_is_noted() {
    let mut scene = Scene::founded();
    let end = NOW + Span::from_secs(60);
    scene.mint(10, Share { expires_at: Some(end), ..share(Preset::Collaborator, &[7]) });
    scene.invite(10, 20, unasked(2));
    scene.walk_in(20, &peer("bea", "Bea"));
    assert_eq!(scene.door.next_deadline(NOW), Some(end));
    assert_eq!(scene.door.expire(NOW), vec![]);
    assert!(scene.door.recognise("bea", end).is_none());
    let then = scene.door.grants(end).unwrap();
    assert!(then.devices.is_empty());
    let member = then.members.values().next().unwrap();
    assert_eq!(
        (member.lost, member.out.get(&workspace(7))),
        (Some(VoidReason::Expired), Some(&VoidReason::Expired))
    );
    let chen = scene.fresh();
    let late = scene.door.redeem((invite_id(20), "s"), &peer("chen", "Chen"), chen, end);
    assert_eq!(late, Err(Refusal::InviteExpired));
    let over = scene.door.expire(end);
    assert_eq!(over, vec![OwnerEvent::ShareExpired { share: share_id(10) }]);
    scene.take(over);
    assert_eq!(scene.door.lost("bea"), Some(VoidReason::Expired));
    assert_eq!(scene.door.next_deadline(end), None);
}

#[test]
fn sh7_the_listener_is_wanted_only_while_a_share_lives() {
    let mut scene = Scene::founded();
    assert!(!scene.door.wants_listener(NOW));
    let end = NOW + Span(5_000);
    scene.mint(10, Share { expires_at: Some(end), ..share(Preset::Guest, &[7]) });
    assert!(scene.door.wants_listener(NOW));
    assert!(!scene.door.wants_listener(end));
}

#[test]
fn sh2_an_invite_is_bounded_in_uses_and_time() {
    let mut scene = Scene::shared();
    let minted = |wish| {
        scene
            .door
            .mint_invite(share_id(10), (invite_id(30), "s".into()), wish, NOW)
            .map(|events| events.len())
    };
    let usual = InviteWish::default();
    assert_eq!(minted(usual), Ok(1));
    for wish in [
        InviteWish { uses: 0, ..usual },
        InviteWish { uses: limits::INVITE_USES + 1, ..usual },
        InviteWish { lifetime: Span(0), ..usual },
        InviteWish { lifetime: Span(limits::INVITE_LONGEST.0 + 1), ..usual },
    ] {
        assert_eq!(minted(wish), Err(Refusal::InviteTerms), "{wish:?}");
    }
    scene.invite(10, 31, unasked(2));
    assert_eq!(scene.door.open_invites(share_id(10), NOW).count(), 2);
    scene.walk_in(31, &peer("bea", "Bea"));
    scene.walk_in(31, &peer("chen", "Chen"));
    assert_eq!(scene.redeem(31, &peer("dana", "Dana")), Err(Refusal::InviteSpent));
    assert_eq!(scene.door.open_invites(share_id(10), NOW).count(), 1);
}

#[test]
fn sh8_a_fork_is_offered_once_and_joins_the_shares_of_its_source() {
    let mut scene = Scene::with_bea();
    scene.mint(11, share(Preset::Observer, &[8]));
    assert_eq!(scene.door.offer_fork(workspace(70), workspace(9), NOW), vec![], "not shared");
    let offered = scene.door.offer_fork(workspace(70), workspace(7), NOW);
    scene.take(offered);
    assert_eq!(scene.door.forks().collect::<Vec<_>>(), [(workspace(70), workspace(7))]);
    assert_eq!(scene.may(2, 70), None, "not before the owner's word");
    let answered = scene.door.share_fork(workspace(70), NOW).unwrap();
    scene.take(answered);
    assert!(scene.may(2, 70).is_some());
    assert!(!scene.door.share(share_id(11)).unwrap().workspaces.contains(&workspace(70)));
    assert_eq!(scene.door.share_fork(workspace(70), NOW), Err(Refusal::ForkUnknown));
    let offered = scene.door.offer_fork(workspace(71), workspace(7), NOW);
    scene.take(offered);
    let kept = scene.door.keep_fork(workspace(71)).unwrap();
    scene.take(kept);
    assert_eq!((scene.may(2, 71), scene.door.forks().count()), (None, 0));
}

#[test]
fn sh4_an_old_log_without_consent_asks_everybody() {
    let mut terms = serde_json::to_value(share(Preset::Guest, &[7])).unwrap();
    terms.as_object_mut().unwrap().remove("consent");
    assert!(serde_json::from_value::<Share>(terms).unwrap().consent);
}

#[test]
fn sh2_a_credential_that_is_in_another_share_already_knocks_for_the_next_and_stays_one_person() {
    let mut scene = Scene::with_bea();
    scene.mint(11, share(Preset::Observer, &[8]));
    scene.invite(11, 21, InviteWish::default());
    let knock = scene.knock(21, &peer("bea", "Beatrix"));
    let (_, waiting) = scene.door.knocks().next().unwrap();
    assert_eq!(scene.door.known_at(waiting), Some(person(2)));
    scene.admit(knock, 3);
    assert!(scene.may(2, 7).is_some() && scene.may(2, 8).is_some());
    assert_eq!(scene.door.people().count(), 1);
    assert_eq!(scene.door.name_of(person(2)).unwrap().as_str(), "Bea", "RO4: what she is called here");
    assert!(matches!(scene.redeem(21, &peer("bea", "Bea")), Ok(Redemption::Known(_))), "a lost reply");
}
