//! Hellos, knocks, links and shares through the whole host.

use host::Via;
use model::*;
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage, credential_of, tls};

#[tokio::test]
async fn pa12_a_link_is_good_once_and_its_credential_survives_a_restart() {
    let mut stage = Stage::set().await;
    let link = stage.host.open_link().unwrap();
    let secret = link.split_once('#').unwrap().1.to_owned();
    let mut page = Client::new(&stage.host, Via::Loopback);
    let Ok(Reply::Welcome(welcome)) = page.hello(Auth::OpenLink { secret: secret.clone() }).await else {
        panic!("welcome")
    };
    assert!(welcome.owner);
    let mut again = Client::new(&stage.host, Via::Loopback);
    let spent = again.hello(Auth::OpenLink { secret }).await.unwrap_err();
    assert_eq!(spent.code, FailureCode::NotPaired);
    stage.restart().await;
    let credential = welcome.credential.unwrap();
    let mut back = Client::new(&stage.host, Via::Loopback);
    let Ok(Reply::Welcome(back)) = back.hello(Auth::Device { credential: credential.clone() }).await else {
        panic!("welcome back")
    };
    assert!(back.owner && back.credential.is_none());
    let mut elsewhere = Client::new(&stage.host, tls());
    let refused = elsewhere.hello(Auth::Device { credential }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired, "the page's credential opens nothing else");
}

#[tokio::test]
async fn sh2_a_guest_waits_for_consent_and_is_refused_or_let_in() {
    let mut stage = Stage::set().await;
    let (share, code) = stage.share(Preset::Collaborator, Consensus::Yes).await;
    let mut bea = stage.knock("Bea", &code, "bea").await.unwrap();
    assert!(bea.welcome.is_none());
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("a knock", |o| o.directory.as_ref().is_some_and(|d| !d.knocks.is_empty())).await;
    let knock = stage.owner.directory.as_ref().unwrap().knocks[0].knock;
    stage.owner.call(Request::RefuseKnock { command: command(), knock }).await.unwrap();
    stage.owner.until("nobody", |o| o.directory.as_ref().is_some_and(|d| d.knocks.is_empty())).await;
    bea.until("the no", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.bye.unwrap().reason, ByeReason::Refused);

    let mut bea = stage.knock("Bea", &code, "bea").await.unwrap();
    stage.let_in("Bea").await;
    bea.until("the welcome", |bea| bea.welcome.is_some()).await;
    let spent = stage.knock("Chen", &code, "chen").await.err().unwrap();
    assert_eq!(spent.code, FailureCode::InviteSpent);

    let invited = stage.owner.call(invite_to(share)).await;
    let Ok(Reply::Invited { invite }) = invited else { panic!("an invite") };
    let cancel = Request::CancelInvite { command: command(), invite: invite.invite };
    stage.owner.call(cancel).await.unwrap();
    let void = stage.knock("Chen", &invite.code, "chen").await.err().unwrap();
    assert_eq!(void.code, FailureCode::InviteUnknown);
}

#[tokio::test]
async fn sh5_stopping_a_share_closes_its_people_and_frees_the_room() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    stage.owner.until("Bea", |o| o.view.as_ref().is_some_and(|view| view.roster.len() == 2)).await;
    bea.call(stage.prompt("mine", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    player.prompted().await;
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    let share = shares[0].share;
    stage.owner.call(Request::StopShare { command: command(), share }).await.unwrap();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.closed, Some(CloseCode::Revoked));
    assert!(matches!(player.asked.recv().await, Some(crate::cast::Asked::Cancel(_))), "TU10");
    stage.owner.until("alone", |o| o.view.as_ref().is_some_and(|view| view.roster.len() == 1)).await;
    assert!(!*stage.port.open.lock().unwrap(), "SH7");
    let mut back = Client::new(&stage.host, tls());
    let credential = credential_of("Bea");
    let refused = back.hello(Auth::Device { credential }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
}

fn invite_to(share: ShareId) -> Request {
    Request::MintInvite { command: command(), share, uses: None, lifetime: None, consent: None }
}

#[tokio::test]
async fn sh7_an_invite_to_an_unknown_share_leaves_no_port_open() {
    let mut stage = Stage::set().await;
    let refused = stage.owner.call(invite_to(ShareId(uuid::Uuid::nil()))).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotFound);
    assert!(!*stage.port.open.lock().unwrap());
    let (share, _) = stage.share(Preset::Guest, Consensus::No).await;
    *stage.port.taken.lock().unwrap() = Some(7444);
    stage.owner.call(invite_to(share)).await.unwrap();
    *stage.port.taken.lock().unwrap() = None;
    stage.owner.call(invite_to(share)).await.unwrap();
    assert_eq!(stage.port.asked.lock().unwrap().last(), Some(&Some(7444)), "SH1: the port that was taken up");
}

#[tokio::test]
async fn pa6_a_credential_is_256_bits_or_it_is_none() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::Guest, Consensus::No).await;
    let (invite, secret) = code.split_once(' ').unwrap();
    for credential in ["", "guess", &"c".repeat(42), &"c".repeat(44), &"é".repeat(43)] {
        let (invite, secret) = (invite.parse().unwrap(), secret.to_owned());
        let (credential, name) = ((*credential).to_owned(), "Eve".to_owned());
        let device = Auth::Device { credential: credential.clone() };
        for auth in [device, Auth::Invite { invite, secret, credential, name }] {
            let refused = Client::new(&stage.host, tls()).hello(auth).await.unwrap_err();
            assert_eq!(refused.code, FailureCode::BadParams);
        }
    }
}

#[tokio::test]
async fn pa6_who_waits_at_the_door_has_proven_nothing_yet() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::Guest, Consensus::No).await;
    let mut bea = stage.knock("Bea", &code, "Bea").await.unwrap();
    assert!(!bea.is_proven());
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in("Bea").await;
    bea.until("the welcome", |bea| bea.welcome.is_some()).await;
    assert!(bea.is_proven());
}

#[tokio::test]
async fn sh2_a_few_wait_by_one_invite_and_the_next_is_told() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::Guest, Consensus::No).await;
    for n in 0..limits::KNOCKS_PER_INVITE {
        stage.knock("Eve", &code, &format!("eve {n}")).await.unwrap();
    }
    let refused = stage.knock("Eve", &code, "one more").await.err().unwrap();
    assert_eq!((refused.code, refused.retry), (FailureCode::DoorCrowded, Retry::After));
}

#[tokio::test]
async fn ro1_closing_one_of_two_windows_changes_nothing() {
    let mut stage = Stage::set().await;
    let head = stage.owner.head;
    let mut second = Client::owner(&stage.host).await;
    second.follow(stage.session).await;
    drop(second);
    let session = stage.session;
    let rename = Request::RenameSession { command: command(), session, title: "after".into() };
    stage.owner.call(rename).await.unwrap();
    stage.owner.until("the rename", |owner| owner.head > head).await;
    assert_eq!(stage.owner.head, head + 1, "nobody came and nobody left");
}

#[tokio::test]
async fn ro2_a_guest_who_goes_is_away_and_comes_back() {
    let mut stage = Stage::set().await;
    let bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    drop(bea);
    let away = |client: &Client| {
        let roster = client.view.as_ref().map(|view| view.roster.clone()).unwrap_or_default();
        roster.iter().any(|who| who.name.as_str() == "Bea" && matches!(who.presence, Presence::Away { .. }))
    };
    stage.owner.until("away", away).await;
    let mut back = Client::new(&stage.host, tls());
    back.hello(Auth::Device { credential: credential_of("Bea") }).await.unwrap();
    back.follow(stage.session).await;
    stage.owner.until("back", |owner| !away(owner)).await;
}

#[tokio::test]
async fn ro4_a_bad_name_is_refused_at_the_door() {
    let mut stage = Stage::set().await;
    let (_, code) = stage.share(Preset::Guest, Consensus::No).await;
    let refused = stage.knock("\u{202E}adA", &code, "x").await.err().unwrap();
    assert_eq!(refused.code, FailureCode::NameRefused);
}

#[tokio::test]
async fn sh1_the_owner_is_told_when_another_program_has_the_guests_port() {
    let mut stage = Stage::set().await;
    stage.guest("Bea", Preset::Observer, Consensus::No).await;
    stage.owner.until("a directory", |owner| owner.directory.is_some()).await;
    assert!(stage.owner.directory.as_ref().unwrap().warnings.is_empty());
    *stage.port.taken.lock().unwrap() = Some(7444);
    stage.restart().await;
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("a warning", |o| o.directory.as_ref().is_some_and(|d| !d.warnings.is_empty())).await;
    let warnings = stage.owner.directory.clone().unwrap().warnings;
    assert!(warnings[0].contains("7443") && warnings[0].contains("7444"), "{warnings:?}");
    let asked = stage.owner.call(Request::Health).await.unwrap();
    assert_eq!(asked, Reply::Health { warnings, refusals: Refusals { failed: 7, ..Refusals::default() } });

    let mut bea = Client::new(&stage.host, tls());
    bea.hello(Auth::Device { credential: credential_of("Bea") }).await.unwrap();
    bea.call(Request::WatchDirectory).await.unwrap();
    bea.until("a directory", |bea| bea.directory.is_some()).await;
    assert!(bea.directory.unwrap().warnings.is_empty(), "it is the owner's business");
}
