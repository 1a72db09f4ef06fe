//! What a guest may not see or do, whatever they send.

use model::{AgentChoice, Ceiling, Event, PermissionAnswer, Preset, StreamId, TurnOutcome};
use serde_json::json;
use testkit::{Replica, command};
use wire::{FailureCode, Request, ShareWish};

use super::{Guest, Scene, log};

#[tokio::test(flavor = "multi_thread")]
async fn gr1_gr2_a_guest_reads_nothing_of_the_hosts_own() {
    let scene = Scene::set(Preset::CoHost).await;
    let bea = scene.guest("Bea").await;
    bea.client.call(Request::WatchDirectory).await.unwrap();
    let owner = StreamId::Owner;
    let log_of = |stream| Request::LogPage { stream, after: 0, limit: 200 };
    for request in [
        Request::Settings,
        Request::Shares,
        Request::Invites { share: scene.share() },
        Request::People,
        Request::Health,
        Request::KnownHosts,
        Request::Nearby,
        Request::OpenLink { command: command() },
        Request::StopHost { command: command() },
        Request::ChangeSettings {
            command: command(),
            name: None,
            consensus_by_default: Some(false),
            nearby: None,
        },
        Request::Subscribe { stream: owner, cursor: None },
        Request::Page { stream: owner, before: u64::MAX, limit: 200 },
        log_of(owner),
        log_of(StreamId::Session(scene.session)),
        log_of(StreamId::Workspace(scene.workspace)),
    ] {
        let refused = bea.client.call(request.clone()).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Forbidden, "{request:?}");
    }
    let seen = bea.client.wait_for("the directory", |replica| replica.directory.is_some()).await;
    let told = serde_json::to_string(&seen.directory).unwrap() + &format!("{:?}", seen.streams);
    let folder = scene.host.folder().to_str().unwrap();
    assert!(!told.contains(folder) && told.contains("shared"), "{told}");
}

const EDIT: &str = "README.md";

async fn editing() -> (Scene, Guest) {
    let edit = json!([{ "edit": { "path": EDIT, "append": "Changed.\n" } }]);
    let scene = Scene::playing(Preset::Collaborator, &json!([{ "steps": edit }])).await;
    let bea = scene.guest("Bea").await;
    (scene, bea)
}

fn outcomes(replica: &Replica, scene: &Scene) -> Vec<TurnOutcome> {
    let held = replica.session(scene.session).cloned().unwrap_or_default();
    let ended = held.facts().filter_map(|event| match event {
        Event::TurnEnded { outcome, .. } => Some(outcome),
        _ => None,
    });
    ended.collect()
}

async fn outcome(scene: &Scene, nth: usize) -> TurnOutcome {
    let seen = scene.owner.wait_for("the end of a turn", |seen| outcomes(seen, scene).len() == nth).await;
    outcomes(&seen, scene).pop().unwrap()
}

async fn in_mode(scene: &Scene, bea: &Guest, mode: &str) {
    let choice = AgentChoice { mode: Some(mode.to_owned()), ..AgentChoice::of("actor") };
    let chosen = Request::ChooseAgent { command: command(), session: scene.session, choice };
    bea.client.call(chosen).await.unwrap();
}

fn was_asked(scene: &Scene) -> bool {
    let held = scene.owner.replica().session(scene.session).cloned().unwrap_or_default();
    held.has(|event| matches!(event, Event::PermissionAsked { .. }))
}

#[tokio::test(flavor = "multi_thread")]
async fn gr5_a_guests_prompt_never_runs_in_a_mode_above_the_ceiling() {
    let (scene, bea) = editing().await;
    in_mode(&scene, &bea, "accept-edits").await;
    bea.client.call(scene.prompt("edit")).await.unwrap();
    let TurnOutcome::Failed { reason, .. } = outcome(&scene, 1).await else { panic!("it must not run") };
    assert!(reason.contains("accept-edits"), "{reason}");

    let share = scene.share();
    let terms = ShareWish {
        ceiling: Ceiling::AcceptEdits,
        ..ShareWish::of(vec![scene.workspace], Preset::Collaborator)
    };
    scene.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    bea.client.call(scene.prompt("edit")).await.unwrap();
    assert_eq!(outcome(&scene, 2).await, TurnOutcome::Completed, "at the ceiling it may");
    assert!(!was_asked(&scene));
}

#[tokio::test(flavor = "multi_thread")]
async fn pe1_pe5_a_guest_does_not_allow_their_own_turn() {
    let (scene, bea) = editing().await;
    bea.client.call(scene.prompt("edit")).await.unwrap();
    let asks =
        |replica: &Replica| replica.view(scene.session).is_some_and(|view| !view.permissions.is_empty());
    let view = bea.client.wait_for("the question", asks).await.view(scene.session).unwrap().clone();
    let answer = |answer| Request::AnswerPermission {
        command: command(),
        session: scene.session,
        permission: view.permissions[0].permission,
        answer,
    };
    let refused = bea.client.call(answer(PermissionAnswer::Allow)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Forbidden);
    scene.owner.call(answer(PermissionAnswer::Reject)).await.unwrap();
    assert_eq!(outcome(&scene, 1).await, TurnOutcome::Completed);
    let answered = log(&scene.owner, scene.session).await;
    let answered: Vec<_> = answered.iter().filter(|it| it.event["type"] == "permission_answered").collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0].event["answer"], "reject");
}
