//! Mute, kick, revoke, leave, devices and the ends of shares, through the whole host.

use std::time::Duration;

use host::Via;
use model::*;
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage, credential_of, tls};

async fn row(stage: &mut Stage, name: &str) -> PersonRow {
    let Ok(Reply::People { people }) = stage.owner.call(Request::People).await else { panic!("people") };
    people.into_iter().find(|row| row.name.as_str() == name).unwrap()
}

async fn ids(stage: &mut Stage, name: &str) -> (ShareId, PersonId) {
    let row = row(stage, name).await;
    (row.shares[0].share, row.person)
}

fn roster(client: &Client) -> Vec<String> {
    let roster = client.view.as_ref().map(|view| view.roster.clone()).unwrap_or_default();
    roster.iter().map(|who| who.name.to_string()).collect()
}

#[tokio::test]
async fn ro3_sh5_a_kick_ends_turn_queue_socket_and_roster() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    stage.owner.until("Bea", |owner| roster(owner).len() == 2).await;
    bea.call(stage.prompt("mine", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    player.prompted().await;
    bea.call(stage.prompt("more of mine", Delivery::Queue)).await.unwrap();
    let (share, person) = ids(&mut stage, "Bea").await;
    stage.owner.call(Request::Kick { command: command(), share, person }).await.unwrap();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!((bea.bye.unwrap().reason, bea.closed), (ByeReason::Kicked, Some(CloseCode::Revoked)));
    assert!(matches!(player.asked.recv().await, Some(Asked::Cancel(_))), "TU10");
    stage.owner.until("alone", |owner| roster(owner).len() == 1).await;
    let queue = |owner: &Client| owner.view.as_ref().is_some_and(|view| view.queue.items.is_empty());
    stage.owner.until("an empty queue", queue).await;
    let left = |event: &Event| match event {
        Event::PersonLeft { reason, .. } => Some(*reason),
        _ => None,
    };
    assert_eq!(stage.owner.event("the leave", left).await, DropReason::Kicked);
    let auth = Auth::Device { credential: credential_of("Bea") };
    let refused = Client::new(&stage.host, tls()).hello(auth).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
}

#[tokio::test]
async fn lo5_who_lost_the_answer_and_then_the_right_is_told_that_it_was_done() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (share, person) = ids(&mut stage, "Bea").await;
    let prompt = stage.prompt("Sweep.", Delivery::Queue);
    let first = bea.call(prompt.clone()).await.unwrap();
    stage.owner.call(Request::Mute { command: command(), share, person }).await.unwrap();
    bea.until("the mute", |bea| bea.view.as_ref().is_some_and(|view| view.you.muted)).await;
    let anew = bea.call(stage.prompt("Sweep.", Delivery::Queue)).await.unwrap_err();
    assert_eq!(anew.code, FailureCode::Muted);
    assert_eq!(bea.call(prompt.clone()).await.unwrap(), first);
    let terms = stage.wish(Preset::Observer, Consensus::No);
    stage.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    assert_eq!(bea.call(prompt).await.unwrap(), first);
}

#[tokio::test]
async fn ro3_mute_and_identity_survive_a_kick_a_restart_and_a_new_invite() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (share, person) = ids(&mut stage, "Bea").await;
    stage.owner.call(Request::Mute { command: command(), share, person }).await.unwrap();
    bea.until("the mute", |bea| bea.view.as_ref().is_some_and(|view| view.you.muted)).await;
    let refused = bea.call(stage.prompt("x", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Muted);
    stage.owner.call(Request::Kick { command: command(), share, person }).await.unwrap();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    stage.restart().await;
    stage.owner.follow(stage.session).await;
    let unasked = Request::MintInvite {
        command: command(),
        share,
        uses: Some(3),
        lifetime: None,
        consent: Some(false),
    };
    let Ok(Reply::Invited { invite }) = stage.owner.call(unasked).await else { panic!("an invite") };
    let mut back = stage.knock("Beatrix", &invite.code, "Bea").await.unwrap();
    assert!(back.welcome.is_none(), "RO3: consent is on");
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in("Bea").await;
    back.until("the welcome", |back| back.welcome.is_some()).await;
    assert_eq!(back.welcome.as_ref().unwrap().person, person);
    back.follow(stage.session).await;
    let refused = back.call(stage.prompt("x", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Muted);
    stage.owner.call(Request::Unmute { command: command(), share, person }).await.unwrap();
    back.until("her voice", |back| back.view.as_ref().is_some_and(|view| !view.you.muted)).await;
}

#[tokio::test]
async fn sh1_gr3_an_edit_reaches_those_inside_at_once() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (share, _) = ids(&mut stage, "Bea").await;
    let terms = ShareWish { ceiling: Ceiling::AcceptEdits, ..stage.wish(Preset::Observer, Consensus::Yes) };
    stage.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    let refused = bea.call(stage.prompt("x", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Forbidden);
    let observer = |bea: &Client| {
        bea.view
            .as_ref()
            .is_some_and(|view| view.you.rights == Preset::Observer.rights() && view.rules.consensus)
    };
    bea.until("her new rights and the room's new rules", observer).await;
    let changed = |event: &Event| match event {
        Event::RightsChanged { ceiling, .. } => Some(*ceiling),
        _ => None,
    };
    assert_eq!(stage.owner.event("the ceiling", changed).await, Ceiling::AcceptEdits);
}

#[tokio::test(start_paused = true)]
async fn sh5_a_share_ends_by_itself_and_says_so() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (share, _) = ids(&mut stage, "Bea").await;
    let wish = stage.wish(Preset::Collaborator, Consensus::No);
    let terms = ShareWish { expires_at: Some(stage.now() + Span::from_secs(9)), ..wish };
    stage.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    let began = tokio::time::Instant::now();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.bye.unwrap().reason, ByeReason::Expired);
    assert!(began.elapsed() < Duration::from_secs(10), "SH5: within a second of its end");
    let left = |event: &Event| match event {
        Event::PersonLeft { reason, .. } => Some(*reason),
        _ => None,
    };
    assert_eq!(stage.owner.event("the leave", left).await, DropReason::Expired);
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    assert!(shares.is_empty());
    stage.port.closed().await;
}

#[tokio::test]
async fn pa4_a_revoked_device_closes_its_own_sockets_and_no_others() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let Ok(Reply::Invited { invite }) = bea.call(Request::AddMyDevice { command: command() }).await else {
        panic!("an invite")
    };
    let mut laptop = stage.knock("whatever", &invite.code, "laptop").await.unwrap();
    let welcome = laptop.welcome.clone().expect("RO1: nobody is asked");
    assert_eq!(
        (Some(welcome.person), welcome.name.as_str()),
        (bea.welcome.as_ref().map(|it| it.person), "Bea")
    );
    let Ok(Reply::Devices { devices }) = laptop.call(Request::MyDevices).await else { panic!("devices") };
    assert_eq!(devices.len(), 2);
    assert!(devices.iter().all(|row| row.here));
    let laptops = devices.iter().find(|row| row.this).unwrap().device;
    let gone = Request::RevokeMyDevice { command: command(), device: laptops };
    bea.call(gone).await.unwrap();
    laptop.until("the close", |laptop| laptop.closed.is_some()).await;
    assert_eq!(laptop.bye.unwrap().reason, ByeReason::Revoked);
    let rename = Request::RenameMe { command: command(), name: "Beatrix".into() };
    assert!(matches!(bea.call(rename).await, Ok(Reply::Renamed { name }) if name.as_str() == "Beatrix"));
    let known = row(&mut stage, "Beatrix").await;
    assert_eq!((known.devices.len(), known.here), (1, true));
    let credential = credential_of("laptop");
    let refused = Client::new(&stage.host, tls()).hello(Auth::Device { credential }).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NotPaired);
}

#[tokio::test]
async fn ro5_who_leaves_is_let_go_and_said_to_have_left() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    bea.call(Request::Leave { command: command() }).await.unwrap();
    bea.until("the close", |bea| bea.closed.is_some()).await;
    assert_eq!(bea.bye.unwrap().reason, ByeReason::Left);
    let left = |event: &Event| match event {
        Event::PersonLeft { reason, .. } => Some(*reason),
        _ => None,
    };
    assert_eq!(stage.owner.event("the leave", left).await, DropReason::Left);
}

#[tokio::test]
async fn gr9_guests_of_two_shares_see_each_other_in_their_room() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Observer, Consensus::No).await;
    let mut chen = stage.guest("Chen", Preset::Collaborator, Consensus::Yes).await;
    bea.until("Chen", |bea| roster(bea).contains(&"Chen".to_owned())).await;
    chen.until("Bea", |chen| roster(chen).contains(&"Bea".to_owned())).await;
    bea.until("consensus", |bea| bea.view.as_ref().is_some_and(|view| view.rules.consensus)).await;
}

#[tokio::test]
async fn pa11_sh6_a_browser_knocks_is_told_and_never_approves() {
    let mut stage = Stage::set().await;
    let wish = ShareWish { consent: false, ..stage.wish(Preset::CoHost, Consensus::No) };
    let minted = Request::MintShare { command: command(), terms: wish };
    let Ok(Reply::Minted { share, notices, .. }) = stage.owner.call(minted).await else { panic!("a share") };
    assert!(notices.contains(&MintNotice::UnverifiedBrowsers) && notices.contains(&MintNotice::ActsAsYou));
    assert!(notices.iter().any(|it| matches!(it, MintNotice::YourCredentials { .. })), "SH6");
    let unasked = Request::MintInvite {
        command: command(),
        share,
        uses: Some(3),
        lifetime: None,
        consent: Some(false),
    };
    let Ok(Reply::Invited { invite }) = stage.owner.call(unasked).await else { panic!("an invite") };
    let peer = stage.knock("Chen", &invite.code, "Chen").await.unwrap();
    assert!(peer.welcome.is_some_and(|welcome| !welcome.unverified), "SH2: nobody is asked");
    let browser = Via::Tls { from: "127.0.0.1".parse().unwrap(), kind: DeviceKind::Browser };
    let mut bea = stage.knock_by(browser, "Bea", (&invite.code, "Bea")).await.unwrap();
    assert!(bea.welcome.is_none());
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in("Bea").await;
    bea.until("the welcome", |bea| bea.welcome.is_some()).await;
    assert!(bea.welcome.as_ref().unwrap().unverified);
    bea.follow(stage.session).await;
    let rights = bea.view.as_ref().unwrap().you.rights.clone();
    assert!(rights.has(Right::Steer) && !rights.has(Right::Approve));
}

#[tokio::test]
async fn ro4_the_settings_hold_the_owners_name_and_what_shares_begin_with() {
    let mut stage = Stage::set().await;
    let bad = Request::ChangeSettings {
        command: command(),
        name: Some("\u{202E}".into()),
        consensus_by_default: None,
        nearby: None,
    };
    assert_eq!(stage.owner.call(bad).await.unwrap_err().code, FailureCode::NameRefused);
    let change = Request::ChangeSettings {
        command: command(),
        name: Some("Ada L.".into()),
        consensus_by_default: Some(true),
        nearby: None,
    };
    stage.owner.call(change).await.unwrap();
    stage.owner.until("the name", |owner| roster(owner) == ["Ada L."]).await;
    stage.restart().await;
    let Ok(Reply::Settings { name, settings }) = stage.owner.call(Request::Settings).await else {
        panic!("settings")
    };
    assert_eq!((name.as_str(), settings.consensus_by_default), ("Ada L.", true));
    let terms = ShareWish::of(vec![stage.workspace], Preset::Guest);
    stage.owner.call(Request::MintShare { command: command(), terms }).await.unwrap();
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    assert!(shares[0].terms.rules.consensus);
}
