//! The owner's agents: switched on and off, asked what they are, and what guests see of them.

use model::*;
use ports::agent::{AgentError, AgentEvent, ModelChoice};
use wire::*;

use crate::cast::Asked;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn puppet() -> AgentKey {
    AgentKey("puppet".into())
}

fn offer(id: &str) -> Offer {
    Offer { id: id.into(), name: id.to_uppercase() }
}

async fn row(client: &mut Client) -> AgentRow {
    let Ok(Reply::Agents { agents }) = client.call(Request::Agents).await else { panic!("agents") };
    agents.into_iter().find(|row| row.agent == puppet()).unwrap()
}

async fn switch_off(stage: &mut Stage) {
    let off = Request::SetAgentEnabled { command: command(), agent: puppet(), enabled: false };
    assert_eq!(stage.owner.call(off).await.unwrap(), Reply::Done);
}

async fn switch_on(stage: &mut Stage) {
    let on = Request::SetAgentEnabled { command: command(), agent: puppet(), enabled: true };
    assert_eq!(stage.owner.call(on).await.unwrap(), Reply::Done);
}

async fn probe(stage: &Stage) -> AgentRow {
    let mut owner = Client::owner(&stage.host).await;
    match owner.call(Request::ProbeAgent { agent: puppet() }).await {
        Ok(Reply::Agent { agent }) => *agent,
        other => panic!("an agent, not {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn ag8_a_check_starts_the_agent_once_for_all_who_ask_and_is_due_again_after_a_day() {
    let mut stage = Stage::set().await;
    *stage.agents.offers.lock().unwrap() =
        AgentOffers { models: vec![offer("big")], ..AgentOffers::default() };
    let before = row(&mut stage.owner).await;
    assert!(before.details.unwrap().due && before.offers == AgentOffers::default());
    let says = async {
        let player = stage.player().await;
        let command = SlashCommand { name: "init".into(), about: String::new() };
        player.does(AgentEvent::Commands(vec![command])).await;
        player
    };
    let (one, two, player) = tokio::join!(probe(&stage), probe(&stage), says);
    assert_eq!(one, two);
    assert_eq!(one.offers.models, [offer("big")]);
    let details = one.details.unwrap();
    let check = details.check.unwrap();
    assert_eq!((check.version.as_deref(), check.commands, check.failure), (Some("1"), Some(1), None));
    assert!(!details.due && player.start.resume.is_none());
    assert!(stage.agents.players.lock().await.try_recv().is_err(), "one process for both");
    tokio::time::advance(std::time::Duration::from_millis(limits::AGENT_CHECK.0)).await;
    assert!(row(&mut stage.owner).await.details.unwrap().due);
}

#[tokio::test(start_paused = true)]
async fn ag8_a_check_that_fails_says_why_and_keeps_what_was_known() {
    let mut stage = Stage::set().await;
    *stage.agents.offers.lock().unwrap() =
        AgentOffers { models: vec![offer("big")], ..AgentOffers::default() };
    probe(&stage).await;
    let detail = "run `puppet login`".to_owned();
    *stage.agents.refuse.lock().unwrap() = Some(AgentError::LoggedOut { detail });
    let row = probe(&stage).await;
    let check = row.details.unwrap().check.unwrap();
    assert_eq!(check.login, Login::Out);
    assert_eq!(check.failure.unwrap(), "The agent is not logged in: run `puppet login`");
    assert_eq!(row.offers.models, [offer("big")]);
    let nobody = Request::ProbeAgent { agent: AgentKey("nobody".into()) };
    assert_eq!(stage.owner.call(nobody).await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test]
async fn ag9_what_a_sessions_own_agent_offers_is_known_without_a_check() {
    let mut stage = Stage::set().await;
    *stage.agents.offers.lock().unwrap() =
        AgentOffers { efforts: vec![offer("high")], ..AgentOffers::default() };
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("the directory", |owner| owner.directory.is_some()).await;
    let before = stage.owner.directory.as_ref().unwrap().catalogue;
    let _running = stage.running().await;
    stage.owner.until("the news", |owner| owner.directory.as_ref().unwrap().catalogue > before).await;
    assert_eq!(row(&mut stage.owner).await.offers.efforts, [offer("high")]);
}

#[tokio::test]
async fn ag9_an_agent_that_is_switched_off_cannot_be_chosen_and_starts_no_turn() {
    let mut stage = Stage::set().await;
    switch_off(&mut stage).await;
    switch_off(&mut stage).await;
    stage.restart().await;
    let session = stage.session;
    stage.owner.follow(session).await;
    assert!(!row(&mut stage.owner).await.enabled, "kept over a restart");
    let choice = AgentChoice { model: Some("big".into()), ..AgentChoice::of("puppet") };
    let workspace = stage.workspace;
    for request in [
        Request::ChooseAgent { command: command(), session, choice: choice.clone() },
        Request::OpenSession { command: command(), workspace, choice: choice.clone(), title: None },
    ] {
        let refused = stage.owner.call(request).await.unwrap_err();
        assert_eq!((refused.code, refused.retry), (FailureCode::AgentDisabled, Retry::AfterChange));
        assert!(refused.message.starts_with("puppet is switched off on this host."), "{refused}");
    }
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let failed = |owner: &Client| {
        owner.events.iter().any(|(_, event)| {
            matches!(event, Event::TurnEnded { outcome: TurnOutcome::Failed { reason, .. }, .. }
                if reason.contains("switched off"))
        })
    };
    stage.owner.until("the end", failed).await;
    switch_on(&mut stage).await;
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
}

#[tokio::test]
async fn gr2_guests_see_which_agents_there_are_and_nothing_of_the_machine() {
    let mut stage = Stage::set().await;
    *stage.agents.offers.lock().unwrap() =
        AgentOffers { models: vec![offer("big")], ..AgentOffers::default() };
    probe(&stage).await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let (hers, owners) = (row(&mut bea).await, row(&mut stage.owner).await);
    assert_eq!(hers, AgentRow { details: None, ..owners.clone() });
    assert_eq!(owners.details.unwrap().program.as_deref(), Some("/bin/true"));
    let wish = Request::ProbeAgent { agent: puppet() };
    assert_eq!(bea.call(wish).await.unwrap_err().code, FailureCode::Forbidden);
}

#[tokio::test]
async fn ag9_a_named_agent_is_briefed_once_and_set_as_its_owner_has_it() {
    let mut stage = Stage::set().await;
    let (session, choice) = (stage.session, AgentChoice::of("reviewer"));
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    let big = |effort| ModelChoice { model: Some("big".into()), effort };
    assert_eq!(player.asked.recv().await, Some(Asked::Model(big(None))));
    let Some(Asked::Prompt(turn, text)) = player.asked.recv().await else { panic!("a prompt") };
    let (head, asked) = text.split_once("\n\n").unwrap();
    assert!(
        head.starts_with("[Your own instructions as Reviewer.") && head.contains("\nYou review.\n"),
        "{head}"
    );
    assert_eq!(asked, "go");
    let heard =
        |event: &Event| matches!(event, Event::TurnTaken { body, .. } if body.text == "go").then_some(());
    stage.owner.event("its author's words alone", heard).await;
    player.ends(turn).await;
    stage.owner.until("its end", |owner| owner.view.as_ref().is_some_and(|view| view.turn.is_none())).await;

    let choice = AgentChoice { effort: Some("high".into()), ..AgentChoice::of("reviewer") };
    stage.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    let prompt = stage.prompt("on", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    assert_eq!(player.asked.recv().await, Some(Asked::Model(big(Some("high".into())))));
    let Some(Asked::Prompt(_, text)) = player.asked.recv().await else { panic!("a prompt") };
    assert_eq!(text, "on", "it has been told");
}
