//! A client in one session's room.

use model::{Delivery, Event, PermissionAnswer, RoomView, SessionId, StreamId, TurnOutcome};
use testkit::{Client, Held, command};
use wire::{Failure, Reply, Request};

use crate::host::Host;

pub struct Room {
    pub client: Client,
    pub session: SessionId,
}

impl Room {
    /// The owner, reading along.
    pub async fn owner(host: &Host, session: &str) -> Self {
        Self::enter(host.owner().await, session).await
    }

    pub async fn enter(client: Client, session: &str) -> Self {
        let session: SessionId = serde_json::from_value(session.into()).unwrap();
        client.call(Request::Subscribe { stream: StreamId::Session(session), cursor: None }).await.unwrap();
        Self { client, session }
    }

    pub async fn prompt(&self, text: &str) -> Result<Reply, Failure> {
        self.send(text, Delivery::Now).await
    }

    pub async fn queue(&self, text: &str) -> Result<Reply, Failure> {
        self.send(text, Delivery::Queue).await
    }

    pub async fn steer(&self, text: &str) {
        self.send(text, Delivery::Steer).await.unwrap();
    }

    async fn send(&self, text: &str, delivery: Delivery) -> Result<Reply, Failure> {
        let (session, text) = (self.session, text.to_owned());
        self.client
            .call(Request::Prompt { command: command(), session, text, delivery, images: vec![] })
            .await
    }

    pub async fn stop(&self) {
        self.client.call(Request::StopTurn { command: command(), session: self.session }).await.unwrap();
    }

    /// Answers the next permission request, and says what was asked.
    pub async fn permit(&self, answer: PermissionAnswer) -> model::PermissionRequest {
        let view = self.view("a permission request", |view| !view.permissions.is_empty()).await;
        let asked = &view.permissions[0];
        let (session, permission) = (self.session, asked.permission);
        let request = Request::AnswerPermission { command: command(), session, permission, answer };
        self.client.call(request).await.unwrap();
        asked.request.clone()
    }

    pub async fn view(&self, what: &str, fact: impl Fn(&RoomView) -> bool) -> RoomView {
        let seen = self.client.wait_for(what, |replica| replica.view(self.session).is_some_and(&fact)).await;
        seen.view(self.session).unwrap().clone()
    }

    pub async fn event(&self, what: &str, fact: impl Fn(&Event) -> bool) -> Held {
        let held =
            |replica: &testkit::Replica| replica.session(self.session).is_some_and(|held| held.has(&fact));
        let seen = self.client.wait_for(what, held).await;
        seen.session(self.session).unwrap().clone()
    }

    /// How the `count`th turn ended; the room is idle, or busy with the next.
    pub async fn ended(&self, count: usize) -> TurnOutcome {
        let ends = |held: &Held| outcomes(held).nth(count - 1);
        let seen = |replica: &testkit::Replica| replica.session(self.session).and_then(ends).is_some();
        let replica = self.client.wait_for("the end of a turn", seen).await;
        replica.session(self.session).and_then(ends).unwrap()
    }

    pub fn held(&self) -> Held {
        self.client.replica().session(self.session).cloned().unwrap_or_default()
    }
}

pub fn outcomes(held: &Held) -> impl Iterator<Item = TurnOutcome> {
    held.facts().filter_map(|event| match event {
        Event::TurnEnded { outcome, .. } => Some(outcome),
        _ => None,
    })
}

/// What the agent said in all, in order; not how the rehearsal agent introduces itself.
pub fn said(held: &Held) -> Vec<String> {
    let words = held.facts().filter_map(|event| match event {
        Event::MessageSaid { text, .. } => Some(text.text),
        _ => None,
    });
    words.filter(|words| !words.starts_with("I am the rehearsal agent")).collect()
}

/// The sentence and the details of a turn that failed.
pub fn failure(outcome: TurnOutcome) -> (String, String) {
    match outcome {
        TurnOutcome::Failed { reason, detail } => (reason, detail),
        TurnOutcome::Completed | TurnOutcome::Cancelled | TurnOutcome::Interrupted => {
            panic!("it should have failed: {outcome:?}")
        }
    }
}
