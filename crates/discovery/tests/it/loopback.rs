use std::time::Duration;

use discovery::{Discovery, Reach};
use model::DisplayName;
use ports::nearby::{Advert, Nearby, Sighting};

fn on_loopback() -> Discovery {
    Discovery::start(&Reach::Interfaces(vec!["lo".into()])).unwrap()
}

/// The one named so, once `wanted` holds of it. Hints of other runs on this machine are passed over.
async fn until(here: &Discovery, hint: &str, wanted: impl Fn(Option<&Sighting>) -> bool) {
    let mut around = here.watch();
    let wanted = around.wait_for(|seen| wanted(seen.list().iter().find(|it| it.hint == hint)));
    tokio::time::timeout(Duration::from_secs(20), wanted).await.unwrap().unwrap();
}

#[tokio::test]
async fn pa3_a_host_is_seen_while_it_says_so_and_not_by_itself() {
    let hint = format!("{:08x}", std::process::id());
    let advert = Advert { name: DisplayName::parse("Ada").unwrap(), port: 4711, hint: hint.clone() };
    let (ada, bea) = (on_loopback(), on_loopback());
    ada.announce(advert.clone());
    until(&bea, &hint, |seen| seen.is_some_and(|it| it.port == 4711 && it.name == advert.name)).await;
    assert!(ada.seen().iter().all(|it| it.hint != hint));
    ada.announce(Advert { port: 4712, ..advert });
    until(&bea, &hint, |seen| seen.is_some_and(|it| it.port == 4712)).await;
    ada.withdraw();
    until(&bea, &hint, |seen| seen.is_none()).await;
}
