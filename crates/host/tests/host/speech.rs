//! What an agent says and names, bounded.

use model::*;
use ports::agent::{AgentEvent, ItemKey, ToolCallText};

use crate::stage::Stage;

#[tokio::test]
async fn lo1_a_message_without_an_end_goes_on_in_a_new_item() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let whole = "é€".repeat(200_000);
    player.say("m", &whole).await;
    player.ends(turn).await;
    stage.owner.event("the end", |e| matches!(e, Event::TurnEnded { .. }).then_some(())).await;
    let said: Vec<u64> = stage
        .owner
        .events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::MessageSaid { text, .. } => Some(text.bytes),
            _ => None,
        })
        .collect();
    assert!(said.iter().all(|bytes| *bytes <= limits::SPEECH_BYTES as u64), "{said:?}");
    assert_eq!(said.iter().sum::<u64>(), whole.len() as u64, "and nothing of it is lost");
}

#[tokio::test]
async fn lo7_a_name_that_an_agent_uses_again_in_a_later_turn_is_another_call() {
    let mut stage = Stage::set().await;
    let mut items = Vec::new();
    let (mut player, mut turn) = stage.running().await;
    for round in 0..2 {
        if round == 1 {
            let again = stage.prompt("again", Delivery::Now);
            stage.owner.call(again).await.unwrap();
            turn = player.prompted().await;
        }
        let item = ItemKey("call-1".into());
        player.does(AgentEvent::ToolStarted { item, call: ToolCallText::default() }).await;
        player.ends(turn).await;
        let wanted = |event: &Event| match event {
            Event::ToolStarted { turn: of, item, .. } if *of == turn => Some(*item),
            _ => None,
        };
        items.push(stage.owner.event("the call", wanted).await);
        let over = |event: &Event| matches!(event, Event::TurnEnded { turn: of, .. } if *of == turn);
        stage.owner.event("the end", |event| over(event).then_some(())).await;
    }
    assert_ne!(items[0], items[1]);
}
