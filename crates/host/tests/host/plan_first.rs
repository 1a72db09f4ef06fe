//! BA13: no edit and no command before an approved plan.

use model::*;
use ports::agent::{AgentEvent, PermissionText, RequestKey};
use wire::{Reply, Request};

use crate::cast::{Asked, Player};
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

/// A stage with Bea in a share whose rooms want a plan first.
async fn stage_with_rule() -> (Stage, Client) {
    let mut stage = Stage::set().await;
    let mut wish = stage.wish(Preset::Collaborator, Consensus::No);
    wish.rules.as_mut().unwrap().plan_first = true;
    let minted = Request::MintShare { command: command(), terms: wish };
    let Ok(Reply::Minted { invite, .. }) = stage.owner.call(minted).await else { panic!("a share") };
    let mut bea = stage.knock("Bea", &invite.code, "Bea").await.unwrap();
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.let_in("Bea").await;
    bea.until("the welcome", |bea| bea.welcome.is_some()).await;
    bea.follow(stage.session).await;
    stage
        .owner
        .until("the rule", |owner| owner.view.as_ref().is_some_and(|view| view.rules.plan_first))
        .await;
    (stage, bea)
}

async fn asks(player: &Player, key: &str) {
    let asked = PermissionText {
        item: None,
        tool: "bash".into(),
        kind: ToolKind::Execute,
        title: "make tea".into(),
        command: Some("make tea".into()),
        directory: ".".into(),
        diffs: vec![],
        expires_at: None,
    };
    player.does(AgentEvent::Permission { key: RequestKey(key.into()), asked }).await;
}

fn failed(event: &Event) -> Option<String> {
    match event {
        Event::TurnEnded { outcome: TurnOutcome::Failed { reason, .. }, .. } => Some(reason.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn ba13_an_edit_before_an_approved_plan_is_refused_with_words_and_after_it_people_are_asked() {
    let (mut stage, mut bea) = stage_with_rule().await;
    let (mut player, turn) = stage.running().await;
    asks(&player, "early").await;
    let Some(Asked::Refusal(key, words)) = player.asked.recv().await else { panic!("a refusal") };
    assert_eq!(key, "early");
    assert!(words.contains("Plan first") && words.contains("wait for the vote"), "{words}");
    let shown = |event: &Event| matches!(event, Event::PermissionRefused { .. }).then_some(());
    bea.event("the refusal", shown).await;

    player.does(AgentEvent::Plan { key: RequestKey("plan".into()), text: "1. Tea".into() }).await;
    let open = |owner: &Client| owner.view.as_ref().and_then(|view| view.ballots.first().cloned());
    stage.owner.until("the plan", |owner| open(owner).is_some()).await;
    let ballot = open(&stage.owner).unwrap();
    let (session, plan, choice) = (stage.session, ballot.plan_hash, Choice::Approve);
    let vote = Request::Vote { command: command(), session, ballot: ballot.ballot, plan, choice };
    stage.owner.call(vote).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Plan("plan".into(), PlanVerdict::Approved)));
    asks(&player, "late").await;
    let asked = |owner: &Client| owner.view.as_ref().is_some_and(|view| view.permissions.len() == 1);
    stage.owner.until("the card", asked).await;
    player.ends(turn).await;
}

#[tokio::test]
async fn ba13_the_agent_is_told_of_the_rule_ahead_of_the_prompt_and_put_into_a_mode_that_asks() {
    let (mut stage, _bea) = stage_with_rule().await;
    let session = stage.session;
    let choice = AgentChoice { mode: Some("acceptEdits".into()), ..AgentChoice::of("puppet") };
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    stage.owner.call(stage.prompt("tidy up", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    let Some(Asked::Prompt(_, text)) = player.asked.recv().await else { panic!("a prompt") };
    assert!(text.starts_with("Plan first:") && text.ends_with("\n\ntidy up"), "{text}");
    assert_eq!(*stage.agents.modes_set.lock().unwrap(), ["default"], "not what the owner had chosen");
}

#[tokio::test]
async fn ba13_gr5_an_agent_that_nothing_makes_ask_is_not_started_for_the_owner_either() {
    let (mut stage, _bea) = stage_with_rule().await;
    let (session, choice) = (stage.session, AgentChoice::of("stranger"));
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    stage.owner.call(stage.prompt("tidy up", Delivery::Now)).await.unwrap();
    let reason = stage.owner.event("the end", failed).await;
    assert!(reason.contains("wants an approved plan") && reason.contains("stranger"), "{reason}");
}

#[tokio::test]
async fn ba13_gr3_a_rule_made_while_the_agent_starts_holds_for_that_turn() {
    let mut stage = Stage::set().await;
    let held = stage.agents.hold_starts().await;
    let session = stage.session;
    let choice = AgentChoice { mode: Some("acceptEdits".into()), ..AgentChoice::of("puppet") };
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    stage.owner.call(stage.prompt("tidy up", Delivery::Now)).await.unwrap();
    let mut wish = stage.wish(Preset::Collaborator, Consensus::No);
    wish.rules.as_mut().unwrap().plan_first = true;
    stage.owner.call(Request::MintShare { command: command(), terms: wish }).await.unwrap();
    stage
        .owner
        .until("the rule", |owner| owner.view.as_ref().is_some_and(|view| view.rules.plan_first))
        .await;
    drop(held);
    let reason = stage.owner.event("the end", failed).await;
    assert!(reason.contains("wants an approved plan"), "{reason}");
}
