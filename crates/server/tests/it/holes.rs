//! Holes that others have had, each tried on a running host over TLS.

mod authority;
mod names;
mod order;
mod people;
mod places;
mod secrets;

use identity::InviteLink;
use model::{Delivery, Event, PersonId, Preset, SessionId, ShareId, StreamId, WorkspaceId};
use serde_json::{Value, json};
use testkit::{Client, Held, Invitation, TestHost, command};
use wire::{Auth, LoggedEvent, PersonRow, Reply, Request};

/// A host with one shared session, and its owner in it.
struct Scene {
    host: TestHost,
    owner: Client,
    workspace: WorkspaceId,
    session: SessionId,
    invitation: Invitation,
    first: std::cell::Cell<bool>,
}

/// Somebody in the shared session.
struct Guest {
    client: Client,
    credential: String,
    person: PersonId,
}

impl Scene {
    async fn set(preset: Preset) -> Self {
        Self::playing(preset, &json!([{ "steps": [{ "say": "Hello." }] }])).await
    }

    /// With an agent that plays these turns.
    async fn playing(preset: Preset, turns: &Value) -> Self {
        Self::on(TestHost::start().await.unwrap(), preset, turns).await
    }

    async fn on(mut host: TestHost, preset: Preset, turns: &Value) -> Self {
        host.script("actor", &json!({ "turns": turns })).unwrap();
        restart(&mut host).await;
        let owner = host.owner().await.unwrap();
        let workspace = owner.workspace(&host, "shared").await.unwrap();
        let session = owner.session(workspace, "actor").await.unwrap();
        let invitation = owner.share(workspace, preset).await.unwrap();
        enter(&owner, session).await;
        owner.call(Request::WatchDirectory).await.unwrap();
        Self { host, owner, workspace, session, invitation, first: true.into() }
    }

    /// Whoever asks gets in, and follows the session.
    async fn guest(&self, name: &str) -> Guest {
        let link = match self.first.take() {
            true => self.invitation.link.clone(),
            false => self.invite(1).await,
        };
        self.by(&Invitation { share: self.share(), link }, name).await
    }

    async fn by(&self, invitation: &Invitation, name: &str) -> Guest {
        let auth = invitation.auth(name);
        let Auth::Invite { credential, .. } = auth.clone() else { unreachable!() };
        let mut client = invitation.dial().await.unwrap();
        let (welcome, ()) = tokio::join!(client.hello(auth), self.let_in(name));
        let person = welcome.unwrap().person;
        enter(&client, self.session).await;
        Guest { client, credential, person }
    }

    /// Whoever waits at the door by this name.
    async fn let_in(&self, name: &str) {
        let knocks = |replica: &testkit::Replica| -> Vec<model::KnockView> {
            let knocks = replica.directory.clone().map(|directory| directory.knocks).unwrap_or_default();
            knocks.into_iter().filter(|knock| knock.name.as_str() == name).collect()
        };
        let seen = self.owner.wait_for("a knock", |replica| !knocks(replica).is_empty()).await;
        let knock = knocks(&seen)[0].knock;
        self.owner.call(Request::Admit { command: command(), knock }).await.unwrap();
    }

    async fn invite(&self, uses: u32) -> InviteLink {
        let share = self.share();
        let invite = Request::MintInvite {
            command: command(),
            share,
            uses: Some(uses),
            lifetime: None,
            consent: None,
        };
        let Ok(Reply::Invited { invite }) = self.owner.call(invite).await else { panic!("an invite") };
        invite.code.parse().unwrap()
    }

    fn share(&self) -> ShareId {
        self.invitation.share
    }

    /// The same device of theirs once more.
    async fn again(&self, guest: &Guest) -> Client {
        let mut client = self.invitation.dial().await.unwrap();
        client.hello(Auth::Device { credential: guest.credential.clone() }).await.unwrap();
        enter(&client, self.session).await;
        client
    }

    fn prompt(&self, text: &str) -> Request {
        let (session, text, delivery) = (self.session, text.to_owned(), Delivery::Now);
        Request::Prompt { command: command(), session, text, delivery, images: vec![] }
    }

    fn rename(&self, title: &str) -> Request {
        Request::RenameSession { command: command(), session: self.session, title: title.to_owned() }
    }

    /// A title that the owner's log has now; so it has all that was decided before.
    async fn marked(&self, title: &str) -> Held {
        self.owner.call(self.rename(title)).await.unwrap();
        self.event(title, |event| matches!(event, Event::SessionRenamed { title: new } if new == title)).await
    }

    async fn event(&self, what: &str, fact: impl Fn(&Event) -> bool) -> Held {
        let has = |replica: &testkit::Replica| replica.session(self.session).is_some_and(|it| it.has(&fact));
        self.owner.wait_for(what, has).await.session(self.session).unwrap().clone()
    }

    async fn row(&self, person: PersonId) -> PersonRow {
        let Ok(Reply::People { people }) = self.owner.call(Request::People).await else { panic!("people") };
        people.into_iter().find(|row| row.person == person).unwrap()
    }
}

/// The folder is free when each connection's own task has ended, which may be a moment later.
async fn restart(host: &mut TestHost) {
    host.end().await;
    while host.begin().await.is_err() {
        tokio::task::yield_now().await;
    }
}

async fn enter(client: &Client, session: SessionId) {
    client.call(Request::Subscribe { stream: StreamId::Session(session), cursor: None }).await.unwrap();
    client.wait_for("the room", |replica| replica.view(session).is_some()).await;
}

async fn closed(client: &Client) -> (Option<u16>, Option<wire::ByeReason>) {
    let seen = client.wait_for("the close", |replica| replica.closed.is_some()).await;
    (seen.closed.unwrap(), seen.bye.map(|bye| bye.reason))
}

/// The whole of a session's log, oldest first.
async fn log(client: &Client, session: SessionId) -> Vec<LoggedEvent> {
    let (mut log, mut before) = (Vec::new(), u64::MAX);
    loop {
        let page = Request::Page { stream: StreamId::Session(session), before, limit: 200 };
        let Ok(Reply::Page { events, first, .. }) = client.call(page).await else { panic!("a page") };
        before = events.first().map_or(before, |event| event.seq);
        log.splice(0..0, events);
        if first {
            return log;
        }
    }
}

fn fact(event: &LoggedEvent) -> Event {
    serde_json::from_value(event.event.clone()).unwrap()
}
