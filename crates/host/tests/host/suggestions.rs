//! A guest's words, from the suggestion to the agent.

use model::*;
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

async fn suggested(stage: &Stage, guest: &mut Client, text: &str) -> SuggestionId {
    match guest.call(stage.prompt(text, Delivery::Now)).await {
        Ok(Reply::Suggested { suggestion, .. }) => suggestion,
        other => panic!("a suggestion, not {other:?}"),
    }
}

fn accept(stage: &Stage, suggestion: SuggestionId) -> Request {
    let (session, delivery) = (stage.session, Delivery::Now);
    Request::AcceptSuggestion { command: command(), session, suggestion, revision: 0, text: None, delivery }
}

#[tokio::test]
async fn gr1_tu2_a_suggestion_becomes_the_guests_prompt_that_the_owner_drives() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Guest, Consensus::No).await;
    let suggestion = suggested(&stage, &mut bea, "write a test").await;
    let seen = |owner: &Client| owner.view.as_ref().is_some_and(|view| view.suggestions.len() == 1);
    stage.owner.until("the suggestion", seen).await;
    assert!(stage.owner.view.as_ref().unwrap().suggestions[0].you_may_accept);
    assert_eq!(bea.call(accept(&stage, suggestion)).await.unwrap_err().code, FailureCode::Forbidden);
    let Ok(Reply::Prompted { started: true, .. }) = stage.owner.call(accept(&stage, suggestion)).await else {
        panic!("a turn")
    };
    let mut player = stage.player().await;
    player.prompted().await;
    let taken = |event: &Event| match event {
        Event::TurnTaken { author, driver, ceiling, .. } => Some((*author, *driver, *ceiling)),
        _ => None,
    };
    let (author, driver, ceiling) = bea.event("the turn", taken).await;
    let view = stage.owner.view.as_ref().unwrap();
    assert_eq!((driver, ceiling), (view.you.person, Ceiling::Ask));
    assert_ne!(author, driver);
    let late = stage.owner.call(accept(&stage, suggestion)).await.unwrap_err();
    assert_eq!(late.code, FailureCode::AlreadyDecided);
}

#[tokio::test]
async fn gr10_an_agent_with_commands_gets_a_guests_slash_as_text() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (mut player, turn) = stage.running().await;
    let commands = vec![SlashCommand { name: "compact".into(), about: String::new() }];
    player.does(ports::agent::AgentEvent::Commands(commands)).await;
    player.ends(turn).await;
    let is_idle = |client: &Client| client.view.as_ref().is_some_and(|view| view.you.may.prompt_now);
    for (client, text) in
        [(&mut bea, "This is text, not a command:\n\n/compact"), (&mut stage.owner, "/compact")]
    {
        client.until("its turn", is_idle).await;
        let (session, delivery) = (stage.session, Delivery::Now);
        let prompt = Request::Prompt {
            command: command(),
            session,
            text: "/compact".into(),
            delivery,
            images: vec![],
        };
        client.call(prompt).await.unwrap();
        let Some(Asked::Prompt(turn, given)) = player.asked.recv().await else { panic!("a prompt") };
        assert_eq!(given, text);
        player.ends(turn).await;
    }
}
