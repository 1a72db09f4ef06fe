//! What an agent puts to people by the toolbox, beside its own protocol (BA13).

use std::collections::BTreeMap;

use host::{Seat, Unheard, Word};
use model::*;
use ports::agent::{AgentEvent, ServerReach};
use wire::*;

use crate::cast::{Player, TOKEN};
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

const PATIENCE: Span = Span::from_secs(20);

/// The token that the process was started with.
fn token(player: &Player) -> String {
    let ours = player.start.servers.iter().find(|server| server.name == "conclave").unwrap();
    let ServerReach::Program { env, .. } = &ours.reach else { panic!("a program") };
    env[TOKEN].clone()
}

fn seat(stage: &Stage, player: &Player) -> Seat {
    stage.host.seat(&token(player)).unwrap()
}

async fn ballot(client: &mut Client) -> BallotView {
    let open = |client: &Client| Some(client.view.as_ref()?.ballots.first()?.clone());
    client.until("a ballot", |client| open(client).is_some()).await;
    open(client).unwrap()
}

async fn vote(stage: &Stage, client: &mut Client, plan: &BallotView, choice: Choice) {
    let (session, ballot) = (stage.session, plan.ballot);
    let vote = Request::Vote { command: command(), session, ballot, plan: plan.plan_hash.clone(), choice };
    client.call(vote).await.unwrap();
}

async fn ends(client: &mut Client, count: usize) {
    let ended = |client: &Client| {
        client.events.iter().filter(|(_, event)| matches!(event, Event::TurnEnded { .. })).count()
    };
    client.until("the end of a turn", |client| ended(client) == count).await;
}

#[tokio::test]
async fn ba13_a_plan_by_the_toolbox_is_voted_on_and_its_verdict_is_fetched() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Reviewer, Consensus::Yes).await;
    let (player, turn) = stage.running().await;
    let seat = seat(&stage, &player);
    let card = seat.propose("1. Read /home/ada/tree".to_owned()).await.unwrap();
    let plan = ballot(&mut bea).await;
    assert_eq!((CardId::Ballot(plan.ballot), plan.plan.text.as_str()), (card, "1. Read ~/tree"), "LO8");
    assert!(matches!(plan.electorate, Electorate::Everyone { ref voters } if voters.len() == 2), "{plan:?}");
    assert_eq!(seat.propose("1. Read /home/ada/tree".to_owned()).await, Ok(card), "BA1: nothing new");
    assert_eq!(seat.wait(card, Span(0)).await, Ok(Word::Waiting));

    vote(&stage, &mut bea, &plan, Choice::Approve).await;
    assert_eq!(seat.wait(card, Span(0)).await, Ok(Word::Waiting), "the owner has not voted");
    let mut owner = Client::owner(&stage.host).await;
    let (word, ()) =
        tokio::join!(seat.wait(card, PATIENCE), vote(&stage, &mut owner, &plan, Choice::Approve));
    assert_eq!(word, Ok(Word::Plan(PlanVerdict::Approved)));
    assert_eq!(seat.wait(card, Span(0)).await, word, "it can be heard again");
    stage
        .owner
        .event("that it was told", |event| matches!(event, Event::AgentTold { .. }).then_some(()))
        .await;
    player.ends(turn).await;
    ends(&mut stage.owner, 1).await;
    assert_eq!(seat.wait(card, PATIENCE).await, Err(Unheard::Unknown), "it went with its turn");
}

#[tokio::test]
async fn ba12_ba13_a_deny_reaches_the_agent_with_its_reason_by_the_tool_or_else_as_a_prompt() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    let seat = seat(&stage, &player);
    let denied = |reason: &str| Choice::Deny { reason: reason.to_owned() };
    let mut owner = Client::owner(&stage.host).await;

    let card = seat.propose("1. All".to_owned()).await.unwrap();
    let plan = ballot(&mut stage.owner).await;
    vote(&stage, &mut owner, &plan, denied("too much")).await;
    let verdict = PlanVerdict::Denied { reason: "too much".to_owned() };
    assert_eq!(seat.wait(card, PATIENCE).await, Ok(Word::Plan(verdict)));

    let second = seat.propose("1. Less".to_owned()).await.unwrap();
    stage
        .owner
        .until("the next plan", |owner| {
            owner
                .view
                .as_ref()
                .is_some_and(|view| view.ballots.iter().any(|it| CardId::Ballot(it.ballot) == second))
        })
        .await;
    let plan = ballot(&mut stage.owner).await;
    vote(&stage, &mut owner, &plan, denied("still too much")).await;
    player.ends(turn).await;
    ends(&mut stage.owner, 1).await;
    let next = player.prompted().await;
    let asked = stage.owner.event("the follow-up", |event| match event {
        Event::PromptQueued { origin: Origin::FollowUp, body, .. } => Some(body.text.clone()),
        _ => None,
    });
    assert!(asked.await.contains("still too much"), "only what it had not heard");
    player.ends(next).await;
    ends(&mut stage.owner, 2).await;
}

#[tokio::test]
async fn ba1_ba13_a_second_plan_voids_the_first() {
    let mut stage = Stage::set().await;
    let (player, _) = stage.running().await;
    let seat = seat(&stage, &player);
    let first = seat.propose("1. All".to_owned()).await.unwrap();
    let second = seat.propose("1. Less".to_owned()).await.unwrap();
    assert_eq!(seat.wait(first, PATIENCE).await, Ok(Word::Withdrawn));
    assert_eq!(seat.wait(second, Span(0)).await, Ok(Word::Waiting));
}

#[tokio::test]
async fn qn1_ba13_people_answer_what_was_asked_by_the_toolbox() {
    let mut stage = Stage::set().await;
    let (player, _) = stage.running().await;
    let seat = seat(&stage, &player);
    let field = QuestionField {
        key: "Which colour?".to_owned(),
        text: "Which colour?".to_owned(),
        options: vec!["Red".to_owned(), "Blue".to_owned()],
        many: false,
        optional: false,
    };
    let asked = Question { text: String::new(), fields: vec![field] };
    let card = seat.ask(asked).await.unwrap();
    let CardId::Question(question) = card else { panic!("a question") };
    let answers: BTreeMap<String, Vec<String>> =
        [("Which colour?".to_owned(), vec!["Blue".to_owned()])].into();
    let answer =
        Request::Answer { command: command(), session: stage.session, question, answers: answers.clone() };
    stage.owner.call(answer).await.unwrap();
    assert_eq!(seat.wait(card, PATIENCE).await, Ok(Word::Answers(answers)));
}

#[tokio::test]
async fn ba10_ba13_outside_of_its_turn_nobody_is_asked_and_what_is_open_is_withdrawn() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let seat = seat(&stage, &player);
    let card = seat.propose("1. All".to_owned()).await.unwrap();
    let waiting = {
        let seat = seat.clone();
        tokio::spawn(async move { seat.wait(card, PATIENCE).await })
    };
    ballot(&mut stage.owner).await;
    player.ends(turn).await;
    assert_eq!(waiting.await.unwrap(), Ok(Word::Withdrawn));
    ends(&mut stage.owner, 1).await;
    assert_eq!(seat.propose("1. All".to_owned()).await, Err(Unheard::NoTurn));
}

#[tokio::test]
async fn ag4_ba13_a_token_dies_with_its_process() {
    let mut stage = Stage::set().await;
    let (player, _) = stage.running().await;
    let old = seat(&stage, &player);
    let (shown, guessed) = (token(&player), "x".repeat(43));
    assert!(stage.host.seat(&guessed).is_none());
    player.does(AgentEvent::Exited { reason: "It crashed.".into(), detail: String::new() }).await;
    ends(&mut stage.owner, 1).await;
    assert!(stage.host.seat(&shown).is_none());
    let (player, _) = stage.running().await;
    assert_ne!(token(&player), shown);
    assert_eq!(old.propose("1. All".to_owned()).await, Err(Unheard::NoTurn), "another process has the turn");
}

#[tokio::test]
async fn ba13_an_agent_that_never_comes_to_the_toolbox_is_said_to_lack_a_gate() {
    let mut stage = Stage::set().await;
    let _bea = stage.guest("Bea", Preset::Reviewer, Consensus::Yes).await;
    let (mut player, turn) = stage.running().await;
    player.ends(turn).await;
    ends(&mut stage.owner, 1).await;
    assert!(!stage.owner.view.as_ref().unwrap().advisory, "it may still come");
    let again = stage.prompt("again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    let turn = player.prompted().await;
    stage.owner.until("the label", |owner| owner.view.as_ref().is_some_and(|view| view.advisory)).await;
    seat(&stage, &player);
    player.ends(turn).await;
    ends(&mut stage.owner, 2).await;
    let again = stage.prompt("and again", Delivery::Now);
    stage.owner.call(again).await.unwrap();
    player.prompted().await;
    stage.owner.until("no label", |owner| owner.view.as_ref().is_some_and(|view| !view.advisory)).await;
}
