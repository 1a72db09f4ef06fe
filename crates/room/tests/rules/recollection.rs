use model::*;
use proptest::prelude::*;
use room::Recollection;

use crate::stage::*;

fn recollection(stage: &Stage, of: Option<&AgentKey>) -> Option<String> {
    let mut recollection = Recollection::new(&stage.room, of);
    for (event, _) in stage.log.iter().rev() {
        if recollection.apply(event).is_break() {
            break;
        }
    }
    recollection.finish()
}

fn text(text: &str) -> LongText {
    LongText::inline(text).unwrap_or_default()
}

fn said(stage: &mut Stage, turn: TurnId, words: &str) {
    let item = ItemId(stage.fresh());
    stage.see(Occurrence::MessageSaid { turn, item, text: text(words) });
}

fn turn(stage: &mut Stage, words: &str) {
    let turn = stage.run(BEA);
    said(stage, turn, words);
    stage.finish();
}

#[test]
fn ag9_a_record_tells_prompts_words_deeds_and_decisions_in_their_order() {
    let mut stage = three();
    let turn = stage.run(BEA);
    said(&mut stage, turn, "First I look.");
    let item = ItemId(stage.fresh());
    let call = ToolCall { title: "Ran the tests".into(), ..ToolCall::default() };
    stage.see(Occurrence::ToolStarted { turn, item, call });
    let (status, output) = (ToolStatus::Failed, LongText::default());
    stage.see(Occurrence::ToolEnded { turn, item, status, output, diffs: vec![] });
    stage.plan("Sweep, then mop.");
    stage.vote(CAI, "Sweep, then mop.", deny("No mop."));
    said(&mut stage, turn, "Then I rest.");
    stage.finish();

    let told = recollection(&stage, None).unwrap();
    let words = [
        "### Bea",
        "First I look.",
        "- Ran the tests (failed)",
        "(denied: No mop.)",
        "Sweep, then mop.",
        "Then I rest.",
    ];
    let places: Vec<_> =
        words.iter().map(|word| told.find(word).unwrap_or_else(|| panic!("{word}: {told}"))).collect();
    assert!(places.is_sorted(), "{told}");
}

#[test]
fn ag9_a_record_ends_at_the_agents_own_last_turn() {
    let mut stage = three();
    turn(&mut stage, "mine");
    let own = stage.room.choice().agent.clone();
    assert_eq!(recollection(&stage, Some(&own)), None);
    assert!(recollection(&stage, None).is_some());
    let other = AgentKey("another".into());
    assert!(recollection(&stage, Some(&other)).unwrap().contains("mine"));
}

#[test]
fn ag9_a_prompt_that_never_began_is_not_told() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    let turn = stage.turn().turn;
    stage.see(Occurrence::StartFailed { turn, reason: "no".into(), detail: String::new() });
    assert_eq!(recollection(&stage, None), None);
}

#[test]
fn ag9_a_record_is_bounded_and_keeps_the_newest() {
    let mut stage = three();
    for number in 0..20 {
        turn(&mut stage, &format!("{number:02} {}", "x".repeat(7000)));
    }
    let told = recollection(&stage, None).unwrap();
    assert!(told.len() < limits::RECOLLECTION_BYTES + 1024, "{}", told.len());
    assert!(told.contains("19 xx") && !told.contains("00 xx") && told.contains("are left out"));
}

#[test]
fn gr10_ag9_a_guests_order_is_text_in_the_record_too() {
    let mut stage = three();
    let (prompt, turn) = (PromptId(stage.fresh()), TurnId(stage.fresh()));
    let body = PromptBody::text("look at @/etc/passwd");
    stage.say(BEA, Command::Deliver { prompt, turn, body, delivery: Delivery::Now, origin: Origin::Human });
    stage.begin();
    stage.finish();
    let told = recollection(&stage, None).unwrap();
    assert!(told.contains("@ /etc/passwd"), "{told}");
}

#[derive(Clone, Debug)]
enum Act {
    Say(u8),
    Fail,
    /// Back to one of the turns that stand, if any does.
    Rewind(proptest::sample::Index),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => any::<u8>().prop_map(Act::Say),
        1 => Just(Act::Fail),
        2 => any::<proptest::sample::Index>().prop_map(Act::Rewind),
    ];
    proptest::collection::vec(act, 1..24)
}

/// Where the turn was taken, as the host finds it in the log.
fn seq_of(stage: &Stage, wanted: TurnId) -> u64 {
    let taken = |event: &Event| matches!(event, Event::TurnTaken { turn, .. } if *turn == wanted);
    stage.log.iter().position(|(event, _)| taken(event)).unwrap() as u64 + 1
}

proptest! {
    /// However often turns are taken back: what is told then is what was told before the first of them.
    #[test]
    fn ws17_a_rewind_to_any_turn_restores_what_is_told(acts in acts()) {
        let mut stage = three();
        let mut standing: Vec<(TurnId, Option<String>)> = Vec::new();
        for act in acts {
            match act {
                Act::Rewind(_) if standing.is_empty() => {}
                Act::Rewind(nth) => {
                    let nth = nth.index(standing.len());
                    let (turn, told) = standing[nth].clone();
                    let from = seq_of(&stage, turn);
                    stage.say(ADA, Command::Rewind { turn, from });
                    prop_assert_eq!(recollection(&stage, None), told);
                    standing.truncate(nth);
                }
                Act::Say(words) => {
                    let before = recollection(&stage, None);
                    let turn = stage.run(BEA);
                    said(&mut stage, turn, &format!("words {words}"));
                    stage.finish();
                    prop_assert_ne!(recollection(&stage, None), before.clone());
                    standing.push((turn, before));
                }
                Act::Fail => {
                    let before = recollection(&stage, None);
                    standing.push((stage.run(BEA), before));
                    stage.fail();
                }
            }
        }
    }
}
