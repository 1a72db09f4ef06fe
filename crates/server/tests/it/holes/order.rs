//! What comes first.

use futures_util::future::join_all;
use host::{CommandRate, ConnectionLimits};
use model::{Event, Preset};
use serde_json::json;
use testkit::{HostLimits, TestHost, command};
use wire::{FailureCode, Reply, Request};

use super::{Scene, fact, log};

#[tokio::test(flavor = "multi_thread")]
async fn pa7_six_thousand_small_commands_of_a_guest_keep_their_order() {
    const COMMANDS: usize = 6_000;
    let rate = CommandRate { per_second: 100_000, burst: 100_000 };
    let connection = ConnectionLimits { rate, ..ConnectionLimits::default() };
    let mut host = TestHost::start().await.unwrap();
    host.limits = Some(HostLimits { connection, ..HostLimits::default() });
    let scene = Scene::on(host, Preset::Collaborator, &json!([])).await;
    let bea = scene.guest("Bea").await;
    let sent: Vec<_> =
        (0..COMMANDS).map(|nth| bea.client.send(scene.rename(&format!("title {nth}")))).collect();
    let mut last = 0;
    for answer in sent {
        let answer = answer.await;
        let Ok(Reply::Accepted { seq, .. }) = answer else { panic!("accepted, not {answer:?}") };
        assert!(seq > last, "{seq} after {last}");
        last = seq;
    }
    let titles = log(&scene.owner, scene.session).await;
    let titles = titles.iter().filter_map(|event| match fact(event) {
        Event::SessionRenamed { title } => Some(title),
        _ => None,
    });
    assert!(titles.eq((0..COMMANDS).map(|nth| format!("title {nth}"))), "in the order they were sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn tu1_tu3_of_many_who_prompt_at_once_one_drives_and_the_others_leave_nothing() {
    const ROUNDS: usize = 5;
    let scene = Scene::playing(Preset::Collaborator, &json!([{ "steps": ["wait_cancel"] }])).await;
    let (bea, chen) = (scene.guest("Bea").await, scene.guest("Chen").await);
    let (dan, session) = (scene.guest("Dan").await, scene.session);
    for round in 1..=ROUNDS {
        let rivals = [&bea.client, &scene.owner, &chen.client, &dan.client];
        let asked: Vec<_> = rivals.iter().map(|rival| rival.send(scene.prompt("mine"))).collect();
        let answers = join_all(asked).await;
        let started = |answer: &Result<Reply, _>| matches!(answer, Ok(Reply::Prompted { started: true, .. }));
        assert_eq!(answers.iter().filter(|answer| started(answer)).count(), 1, "{answers:?}");
        let refused: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.len(), rivals.len() - 1, "{refused:?}");
        assert!(refused.iter().all(|it| it.code == FailureCode::TurnLocked), "{refused:?}");
        scene.owner.call(Request::StopTurn { command: command(), session }).await.unwrap();
        let ended = |event: &Event| matches!(event, Event::TurnEnded { .. });
        let over = |replica: &testkit::Replica| {
            replica.session(session).is_some_and(|held| held.facts().filter(ended).count() == round)
        };
        scene.owner.wait_for("the end of the turn", over).await;
    }
    let facts: Vec<Event> = log(&scene.owner, session).await.iter().map(fact).collect();
    let count = |of: fn(&Event) -> bool| facts.iter().filter(|event| of(event)).count();
    assert_eq!(count(|event| matches!(event, Event::PromptQueued { .. })), ROUNDS);
    assert_eq!(count(|event| matches!(event, Event::TurnTaken { .. })), ROUNDS);
    assert_eq!(count(|event| matches!(event, Event::SuggestionMade { .. })), 0);
}
