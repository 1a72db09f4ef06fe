//! Who was sent away, was silenced, or only changed sockets.

use model::{Actor, Event, Presence, Preset};
use testkit::{Invitation, command};
use wire::{Auth, ByeReason, FailureCode, Reply, Request};

use super::{Scene, closed, fact, log};

#[tokio::test(flavor = "multi_thread")]
async fn ro3_sh5_a_kick_closes_every_socket_and_nothing_they_sent_counts_after_it() {
    let scene = Scene::set(Preset::Collaborator).await;
    let invitation = Invitation { share: scene.share(), link: scene.invite(3).await };
    let bea = scene.by(&invitation, "Bea").await;
    let window = scene.again(&bea).await;
    let (share, person) = (scene.share(), bea.person);
    let mut storm = Vec::new();
    for nth in 0..30 {
        storm.push(bea.client.send(scene.rename(&format!("Bea's {nth}"))));
        storm.push(window.send(scene.rename(&format!("Bea's other {nth}"))));
    }
    scene.owner.call(Request::Kick { command: command(), share, person }).await.unwrap();
    let kept = scene.marked("after the kick").await;
    for client in [&bea.client, &window] {
        assert_eq!(closed(client).await, (Some(4403), Some(ByeReason::Kicked)));
        client.call(scene.rename("from beyond")).await.unwrap_err();
    }
    drop(storm);
    let left = |event: &Event| matches!(event, Event::PersonLeft { person: who, .. } if *who == person);
    scene.event("that she left", left).await;
    let kept = kept.head;
    let later = log(&scene.owner, scene.session).await.into_iter().filter(|event| event.seq > kept);
    let hers = later.filter(|event| matches!(event.actor, Actor::Person { person: who } if who == person));
    assert_eq!(hers.count(), 0);

    let device = Auth::Device { credential: bea.credential.clone() };
    let refused = invitation.dial().await.unwrap().hello(device).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
    let refused = invitation.dial().await.unwrap().hello(invitation.auth("Eve")).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::InviteUnknown, "what is left of her invite is void");
}

#[tokio::test(flavor = "multi_thread")]
async fn ro3_a_mute_is_not_undone_by_coming_back_with_another_invite_or_after_a_restart() {
    let mut scene = Scene::set(Preset::Collaborator).await;
    let bea = scene.guest("Bea").await;
    let (share, person) = (scene.share(), bea.person);
    scene.owner.call(Request::Mute { command: command(), share, person }).await.unwrap();
    let again = scene.again(&bea).await;
    assert_eq!(again.call(scene.prompt("x")).await.unwrap_err().code, FailureCode::Muted);

    let invitation = Invitation { share, link: scene.invite(1).await };
    let fresh = match invitation.auth("Beatrix") {
        Auth::Invite { invite, secret, name, .. } => {
            Auth::Invite { invite, secret, name, credential: bea.credential.clone() }
        }
        _ => unreachable!(),
    };
    let mut back = invitation.dial().await.unwrap();
    assert_eq!(
        back.hello(fresh).await.unwrap().person,
        person,
        "the same person, whatever they call themselves"
    );
    assert_eq!(back.call(scene.prompt("x")).await.unwrap_err().code, FailureCode::Muted);

    super::restart(&mut scene.host).await;
    let after = scene.again(&bea).await;
    assert_eq!(after.call(scene.prompt("x")).await.unwrap_err().code, FailureCode::Muted);
}

#[tokio::test(flavor = "multi_thread")]
async fn sh5_pa4_a_revoke_leaves_no_socket_alive() {
    let scene = Scene::set(Preset::Collaborator).await;
    let bea = scene.guest("Bea").await;
    let window = scene.again(&bea).await;
    let add = bea.client.call(Request::AddMyDevice { command: command() }).await;
    let Ok(Reply::Invited { invite }) = add else { panic!("a link for a further device") };
    let link = Invitation { share: scene.share(), link: invite.code.parse().unwrap() };
    let mut laptop = link.dial().await.unwrap();
    let auth = link.auth("whoever");
    let Auth::Invite { credential, .. } = auth.clone() else { unreachable!() };
    assert_eq!(laptop.hello(auth).await.unwrap().person, bea.person);
    super::enter(&laptop, scene.session).await;

    let Ok(Reply::Devices { devices }) = bea.client.call(Request::MyDevices).await else { panic!("devices") };
    let device = devices.iter().find(|row| row.this).unwrap().device;
    scene.owner.call(Request::RevokeDevice { command: command(), device }).await.unwrap();
    for client in [&bea.client, &window] {
        assert_eq!(closed(client).await, (Some(4403), Some(ByeReason::Revoked)));
    }
    laptop.call(scene.rename("still here")).await.unwrap();

    let person = bea.person;
    scene.owner.call(Request::RevokePerson { command: command(), person }).await.unwrap();
    assert_eq!(closed(&laptop).await, (Some(4403), Some(ByeReason::Revoked)));
    for credential in [credential, bea.credential.clone()] {
        let refused = link.dial().await.unwrap().hello(Auth::Device { credential }).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::NotPaired);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro1_the_end_of_an_old_socket_removes_nobody_who_is_here_by_another() {
    let scene = Scene::set(Preset::Collaborator).await;
    let mut bea = scene.guest("Bea").await;
    for round in 0..5 {
        // A connection that changed its network: the old socket ends after the new one has come.
        let new = scene.again(&bea).await;
        let old = std::mem::replace(&mut bea.client, new);
        drop(old);
        scene.marked(&format!("round {round}")).await;
        bea.client.call(scene.rename(&format!("hers {round}"))).await.unwrap();
    }
    let add = bea.client.call(Request::AddMyDevice { command: command() }).await;
    let Ok(Reply::Invited { invite }) = add else { panic!("a link for a further device") };
    let link = Invitation { share: scene.share(), link: invite.code.parse().unwrap() };
    let mut phone = link.dial().await.unwrap();
    phone.hello(link.auth("phone")).await.unwrap();
    super::enter(&phone, scene.session).await;
    drop(phone);
    while scene.row(bea.person).await.devices.iter().filter(|device| device.here).count() > 1 {
        tokio::task::yield_now().await;
    }
    scene.marked("the phone is gone").await;
    let gone = |event: &Event| match event {
        Event::PersonAway { person, .. } | Event::PersonLeft { person, .. } => *person == bea.person,
        _ => false,
    };
    assert!(!log(&scene.owner, scene.session).await.iter().any(|event| gone(&fact(event))));
    let roster = scene.owner.replica().view(scene.session).unwrap().roster.clone();
    let hers = roster.iter().find(|row| row.person == bea.person).unwrap();
    assert_eq!(hers.presence, Presence::Present);
    assert_eq!(bea.client.replica().closed, None);

    drop(bea.client);
    scene.event("the last of her sockets", gone).await;
}
