//! What an agent says, bounded.

use model::*;

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
