//! What agents remember of a session, and how long their processes are kept.

use std::time::Duration;

use model::*;
use tokio::time::sleep;
use wire::*;

use crate::cast::{Asked, Player};
use crate::client::command;
use crate::stage::Stage;

impl Stage {
    async fn choose(&mut self, agent: &str) {
        let (session, choice) = (self.session, AgentChoice::of(agent));
        self.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    }

    /// A turn of this player from its prompt to its end; returns the text that the agent got.
    async fn plays(&mut self, player: &mut Player, (prompt, answer): (&str, &str)) -> String {
        self.owner.call(self.prompt(prompt, Delivery::Now)).await.unwrap();
        let text = self.hears(player, answer).await;
        let said = |event: &Event| matches!(event, Event::MessageSaid { text, .. } if text.text == answer);
        self.owner.until("its words", |o| o.events.iter().any(|(_, event)| said(event))).await;
        self.owner.until("its end", |o| o.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
        text
    }

    async fn hears(&mut self, player: &mut Player, answer: &str) -> String {
        let Some(Asked::Prompt(turn, text)) = player.asked.recv().await else { panic!("a prompt") };
        player.say(answer, answer).await;
        player.ends(turn).await;
        text
    }

    async fn first(&mut self, (prompt, answer): (&str, &str)) -> (Player, String) {
        self.owner.call(self.prompt(prompt, Delivery::Now)).await.unwrap();
        let mut player = self.player().await;
        let text = self.hears(&mut player, answer).await;
        self.owner.until("its end", |o| o.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
        (player, text)
    }

    fn memories(&self) -> Vec<Memory> {
        let memory = |(_, event): &(u64, Event)| match event {
            Event::AgentReady { memory, .. } => Some(*memory),
            _ => None,
        };
        self.owner.events.iter().filter_map(memory).collect()
    }
}

#[tokio::test]
async fn ag5_ag9_each_agent_keeps_its_memory_and_is_told_what_the_other_did() {
    let mut stage = Stage::set().await;
    let (mut first, text) = stage.first(("crimson", "painted")).await;
    assert_eq!(text, "crimson");

    stage.choose("stranger").await;
    let (mut second, text) = stage.first(("green", "planted")).await;
    assert!(text.ends_with("\n\ngreen") && text.contains("crimson") && text.contains("painted"), "{text}");
    assert_eq!(stage.plays(&mut second, ("blue", "poured")).await, "blue");

    stage.choose("puppet").await;
    let text = stage.plays(&mut first, ("black", "drawn")).await;
    assert!(!text.contains("crimson"), "its own turn it remembers: {text}");
    for told in ["green", "planted", "blue", "poured"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert_eq!(stage.plays(&mut first, ("white", "bleached")).await, "white");
    let expected = [Memory::New, Memory::History, Memory::Resumed, Memory::Resumed, Memory::Resumed];
    assert_eq!(stage.memories(), expected);
}

#[tokio::test]
async fn ag5_an_agent_that_resumed_is_told_nothing_twice() {
    let mut stage = Stage::set().await;
    stage.first(("crimson", "painted")).await;
    stage.restart().await;
    stage.owner.follow(stage.session).await;
    let (_, text) = stage.first(("green", "planted")).await;
    assert_eq!(text, "green");
}

#[tokio::test]
async fn ag9_an_order_to_the_agent_stays_in_front_of_what_it_is_told() {
    let mut stage = Stage::set().await;
    stage.first(("crimson", "painted")).await;
    stage.choose("stranger").await;
    let (_, text) = stage.first(("/compact", "done")).await;
    assert!(text.starts_with("/compact\n\n") && text.contains("painted"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn ag2_an_idle_agent_is_closed_after_a_time_and_comes_back() {
    let mut stage = Stage::set().await;
    let (mut player, _) = stage.first(("crimson", "painted")).await;
    sleep(Duration::from_millis(limits::IDLE_AGENT.0 - 1000)).await;
    assert!(player.asked.try_recv().is_err(), "it is still warm");
    assert_eq!(stage.plays(&mut player, ("green", "planted")).await, "green");
    sleep(Duration::from_millis(limits::IDLE_AGENT.0 + 1000)).await;
    assert_eq!(player.asked.recv().await, Some(Asked::Stop));
    let (next, text) = stage.first(("blue", "poured")).await;
    assert_eq!((next.start.resume.as_deref(), text.as_str()), (Some("talk-1"), "blue"));
}

#[tokio::test(start_paused = true)]
async fn ag2_a_turn_that_takes_long_keeps_its_agent() {
    let mut stage = Stage::set().await;
    let (mut player, turn) = stage.running().await;
    sleep(Duration::from_millis(limits::IDLE_AGENT.0 * 2)).await;
    player.ends(turn).await;
    stage.owner.until("its end", |o| o.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
    assert_eq!(stage.plays(&mut player, ("green", "planted")).await, "green");
}

#[tokio::test(start_paused = true)]
async fn ag2_the_agent_that_was_idle_longest_makes_room() {
    let mut stage = Stage::set().await;
    let mut players = Vec::new();
    for number in 0..=limits::WARM_AGENTS {
        let agent = format!("agent-{number}");
        stage.choose(&agent).await;
        players.push(stage.first(("go", "done")).await.0);
        sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(players[0].asked.recv().await, Some(Asked::Stop));
    players[1..].iter_mut().for_each(|player| assert!(player.asked.try_recv().is_err()));
}

#[tokio::test]
async fn ag2_tu5_a_turn_that_comes_while_its_agent_starts_waits_for_that_process() {
    let mut stage = Stage::set().await;
    let start = stage.agents.hold_starts().await;
    let session = stage.session;
    stage.owner.call(stage.prompt("first", Delivery::Now)).await.unwrap();
    stage.owner.call(Request::StopTurn { command: command(), session }).await.unwrap();
    stage.owner.until("its end", |o| o.view.as_ref().is_some_and(|view| view.turn.is_none())).await;
    stage.owner.call(stage.prompt("second", Delivery::Now)).await.unwrap();
    drop(start);
    let mut player = stage.player().await;
    let text = stage.hears(&mut player, "done").await;
    assert_eq!(text, "second");
    let said = |event: &Event| matches!(event, Event::MessageSaid { .. });
    stage.owner.until("its words", |o| o.events.iter().any(|(_, event)| said(event))).await;
    assert!(stage.agents.players.lock().await.try_recv().is_err(), "one process was started");
    assert_eq!(stage.memories(), [Memory::New], "AG5: nothing was ever said to it before");
}
