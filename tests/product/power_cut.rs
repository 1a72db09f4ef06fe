//! The host is killed as by a power cut, and starts again on the same folder.

use std::collections::BTreeMap;

use model::{Event, StreamId, TurnOutcome};
use serde_json::{Value, json};
use testkit::Held;
use wire::{LoggedEvent, Reply, Request};

use crate::host::{Host, program};
use crate::journey::Guest;
use crate::room::{Room, said};

fn patient() -> Value {
    let waits =
        json!({ "when": "wait", "steps": [{ "say": "I wait for you. " }, { "gate": { "file": "go" } }] });
    json!({ "turns": [waits, { "steps": [{ "say": "Done." }] }] })
}

fn by_seq(held: &Held) -> BTreeMap<u64, LoggedEvent> {
    let events: BTreeMap<u64, LoggedEvent> = held.events.iter().map(|it| (it.seq, it.clone())).collect();
    assert_eq!(events.len(), held.events.len(), "every event is there once");
    events
}

/// How often this was asked; what was asked once may also be taken up once.
fn prompts(held: &Held, text: &str) -> usize {
    let queued = |event: &Event| matches!(event, Event::PromptQueued { body, .. } if body.text == text);
    let taken = |event: &Event| matches!(event, Event::TurnTaken { body, .. } if body.text == text);
    assert!(held.facts().filter(taken).count() <= 1, "{text} ran twice");
    held.facts().filter(queued).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn lo1_tu8_what_was_acknowledged_is_there_once_and_the_turn_is_interrupted() {
    let mut host = Host::off();
    host.script("actor", &patient());
    host.start();
    let (_, workspace, session) = host.session("actor");
    let minted =
        host.json(&["share", "new", "--workspace", &workspace.id, "--preset", "collaborator", "--consensus"]);
    let guest = Guest::invited(&minted);
    let bea = Room::enter(guest.join(&host, "Bea").await, &session).await;
    let ada = Room::owner(&host, &session).await;

    bea.prompt("wait a little").await.unwrap();
    ada.event("the beginning", |event| matches!(event, Event::TurnBegan { .. })).await;
    let mut acknowledged = Vec::new();
    for nth in 0..12 {
        let room = if nth % 2 == 0 { &ada } else { &bea };
        let text = format!("item {nth}");
        let Reply::Prompted { seq, prompt, .. } = room.queue(&text).await.unwrap() else {
            panic!("not queued")
        };
        acknowledged.push((seq, prompt, text));
    }
    let before = by_seq(&bea.view_whole().await);
    host.kill();
    drop((ada, bea));
    host.start();

    let ada = Room::owner(&host, &session).await;
    let bea = Room::enter(guest.again().await, &session).await;
    assert_eq!(ada.ended(1).await, TurnOutcome::Interrupted);
    bea.ended(1).await;
    let (for_ada, for_bea) = (by_seq(&ada.held()), by_seq(&bea.held()));
    let head = *for_ada.keys().last().unwrap();
    assert_eq!(for_ada.keys().copied().collect::<Vec<_>>(), (1..=head).collect::<Vec<_>>(), "no hole");
    for (seq, event) in &before {
        assert_eq!(for_ada.get(seq), Some(event), "what a client has seen is not lost");
    }
    assert!(for_bea.iter().all(|(seq, event)| for_ada.get(seq).is_none_or(|other| other == event)));
    for (seq, _, text) in &acknowledged {
        assert_eq!(prompts(&ada.held(), text), 1, "{text}");
        assert!(for_ada.contains_key(seq));
    }
    let view = ada.view("the queue", |view| view.queue.held).await;
    let waiting: Vec<_> = view.queue.items.iter().map(|item| item.prompt).collect();
    assert_eq!(waiting, acknowledged.iter().map(|(_, prompt, _)| *prompt).collect::<Vec<_>>());
    assert!(view.interrupted);
    assert_eq!(said(&ada.held()), said(&bea.held()), "both see the same");

    bea.prompt("Go on where you were interrupted.").await.unwrap();
    assert_eq!(ada.ended(2).await, TurnOutcome::Completed);
    ada.ended(14).await;
    for (_, _, text) in &acknowledged {
        assert_eq!(prompts(&ada.held(), text), 1, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lo5_a_retry_after_the_cut_is_answered_and_not_run_again() {
    let mut host = Host::off();
    host.script("actor", &patient());
    host.start();
    let (_, _, session) = host.session("actor");
    let room = Room::owner(&host, &session).await;
    let ask = || Request::Prompt {
        command: serde_json::from_value(json!("3f0c5f5e-26b4-4b7e-9a34-0a54c1f5a9d1")).unwrap(),
        session: room.session,
        text: "wait".to_owned(),
        delivery: model::Delivery::Now,
        images: vec![],
    };
    let (request, again) = (ask(), ask());
    let first = room.client.call(request).await.unwrap();
    room.event("the beginning", |event| matches!(event, Event::TurnBegan { .. })).await;
    host.kill();
    host.start();
    let room = Room::owner(&host, &session).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Interrupted);
    let second = room.client.call(again).await.unwrap();
    let seq = |reply: &Reply| match reply {
        Reply::Prompted { seq, prompt, .. } => (*seq, *prompt),
        other => panic!("{other:?}"),
    };
    assert_eq!(seq(&second), seq(&first));
    assert_eq!(prompts(&room.held(), "wait"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_of_a_killed_host_are_gone_after_the_next_start() {
    let mut host = Host::off();
    host.script("actor", &patient());
    let script = host.folder().join("actor.json");
    // It leaves its process group and does not care whether anybody listens.
    let line = format!(
        "setsid sleep 86400 </dev/null >/dev/null 2>&1 & exec {} --script {}",
        program("conclave-rehearsal").display(),
        script.display()
    );
    host.agent("stray", json!({ "name": "Stray", "program": "/bin/sh", "args": ["-c", line] }));
    host.start();
    let (_, _, session) = host.session("stray");
    let room = Room::owner(&host, &session).await;
    room.prompt("wait").await.unwrap();
    room.event("the beginning", |event| matches!(event, Event::TurnBegan { .. })).await;
    assert_eq!(host.processes(), 2);
    host.kill();
    assert!(host.processes() >= 1, "what it started outlives the host");
    host.start();
    assert_eq!(host.processes(), 0);
    let room = Room::owner(&host, &session).await;
    assert_eq!(room.ended(1).await, TurnOutcome::Interrupted);
}

impl Room {
    /// All that is logged by now.
    async fn view_whole(&self) -> Held {
        let stream = StreamId::Session(self.session);
        let Reply::Page { events, .. } =
            self.client.call(Request::Page { stream, before: u64::MAX, limit: 200 }).await.unwrap()
        else {
            panic!("no page")
        };
        Held { events, ..Held::default() }
    }
}
