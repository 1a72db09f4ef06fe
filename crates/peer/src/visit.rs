use std::sync::Arc;
use std::time::Duration;

use wire::Hello;

use crate::PeerError;
use crate::book::KnownHost;
use crate::client::Client;
use crate::home::Home;
use crate::link::{Link, World};

/// Goes to a host that is known, and waits so long for its welcome. The link stays up for as long as the
/// client lives.
///
/// # Errors
/// The host is not known, not there, or does not let one in.
pub async fn visit(
    home: &Home,
    asked: &str,
    program: &str,
    patience: Duration,
) -> Result<(KnownHost, Client), PeerError> {
    let asked = asked.to_owned();
    let (host, auth) = home
        .apart(move |home| {
            let host = home.book.find(&asked)?;
            let auth = home.auth(&host)?;
            Ok((host, auth))
        })
        .await?;
    let world = World::of_this_machine();
    let now = (world.clock)();
    let hello = Hello { auth, client: program.to_owned() };
    let mut client = Client::over(Link::open(Arc::new(host.target()?), hello, world));
    client.welcomed(patience).await?;
    let Some(welcome) = client.welcome().cloned() else { return Err(PeerError::Ended) };
    let key = host.key.clone();
    let host = home.apart(move |home| home.welcomed(&key, &welcome, now)).await?;
    Ok((host, client))
}
