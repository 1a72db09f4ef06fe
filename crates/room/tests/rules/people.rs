use model::*;
use uuid::Uuid;

use crate::stage::*;

fn presence(stage: &Stage, person: PersonId) -> Option<Presence> {
    let roster = stage.view(ADA).roster;
    roster.into_iter().find(|known| known.person == person).map(|known| known.presence)
}

#[test]
fn ro1_a_second_connection_changes_nothing() {
    let mut stage = three();
    assert_eq!(stage.come(BEA), []);
    assert_eq!(presence(&stage, BEA), Some(Presence::Present));
}

#[test]
fn ro2_the_roster_shows_name_rights_mute_host_mark_and_away() {
    let mut stage = three();
    stage.mute(BEA);
    stage.away(CAI);
    let until = stage.at + Span::from_secs(30);
    let roster = stage.view(BEA).roster;
    let shown: Vec<_> = roster.iter().map(|it| (it.name.as_str(), it.owner, it.muted, it.presence)).collect();
    let (here, away) = (Presence::Present, Presence::Away { until });
    let mut expected = [("Ada", true, false, here), ("Bea", false, true, here), ("Cai", false, false, away)];
    let place = |name: &str| roster.iter().position(|it| it.name.as_str() == name);
    expected.sort_by_key(|(name, ..)| place(name));
    assert_eq!(shown, expected);
    assert_eq!(roster[place("Cai").unwrap()].rights, Preset::Collaborator.rights());
}

#[test]
fn ro2_thirty_seconds_away_is_gone_from_the_roster_and_a_blip_is_nothing() {
    let mut stage = three();
    stage.away(BEA);
    stage.wait(29);
    assert_eq!(stage.come(BEA), [Event::PersonReturned { person: BEA }]);
    stage.away(BEA);
    assert_eq!(stage.away(BEA), [], "once is enough");
    assert_eq!(stage.wait(30), [Event::PersonLeft { person: BEA, reason: DropReason::Absent }]);
    assert_eq!(presence(&stage, BEA), None);
    assert_eq!(names(&stage.come(BEA)), ["person_joined"]);
}

#[test]
fn ro2_after_a_restart_everybody_is_away_with_a_fresh_limit() {
    let mut stage = three();
    stage.away(BEA);
    stage.wait(20);
    stage.restart();
    let until = stage.at + Span::from_secs(30);
    for person in [ADA, BEA, CAI] {
        assert_eq!(presence(&stage, person), Some(Presence::Away { until }));
    }
}

#[test]
fn ro3_mute_and_kick_survive_leaving_rejoining_and_restart() {
    let mut stage = three();
    stage.mute(BEA);
    stage.away(BEA);
    stage.wait(30);
    stage.restart();
    stage.come(BEA);
    let view = stage.view(BEA);
    assert!(view.you.muted && view.roster.iter().any(|known| known.person == BEA && known.muted));
    assert_eq!(names(&stage.banish(CAI, DropReason::Kicked)), ["person_left"]);
    assert_eq!(stage.reconcile(&[(CAI, DropReason::Kicked)]), [], "told twice, said once");
    stage.restart();
    assert_eq!(presence(&stage, CAI), None);
}

#[test]
fn ro3_the_muted_only_watch() {
    let mut stage = three();
    stage.run(ADA);
    stage.plan("plan");
    stage.mute(BEA);
    let (_, deliver) = stage.prompt(Delivery::Queue);
    for command in [deliver, Command::AskToDrive, Command::Pause, Command::ReleaseQueue] {
        assert_eq!(stage.refused(BEA, command), Rejection::Muted);
    }
}

#[test]
fn ro3_a_grant_lost_without_a_word_is_revoked() {
    let mut stage = three();
    let unknown = PersonId(Uuid::from_u128(5));
    assert_eq!(stage.reconcile(&[(unknown, DropReason::Kicked)]), [], "nobody here");
    let all = Occurrence::Reconciled {
        rules: stage.room.rules().clone(),
        guests: vec![],
        gone: vec![(CAI, DropReason::Expired)],
    };
    let events = stage.see(all);
    assert!(events.contains(&Event::PersonLeft { person: BEA, reason: DropReason::Revoked }));
    assert!(events.contains(&Event::PersonLeft { person: CAI, reason: DropReason::Expired }));
    assert!(presence(&stage, ADA).is_some(), "the owner stays");
}

#[test]
fn ro5_what_the_door_changes_is_in_the_log() {
    let mut stage = three();
    assert_eq!(names(&stage.mute(BEA)), ["person_muted"]);
    assert_eq!(names(&stage.unmute(BEA)), ["person_unmuted"]);
    assert_eq!(names(&stage.allow(BEA, Preset::CoHost.rights())), ["rights_changed"]);
    assert_eq!(names(&stage.rule(|rules| rules.consensus = false)), ["room_rules_changed"]);
    stage.admit(BEA, "Beatrix", Preset::CoHost.rights());
    assert_eq!(names(&stage.reconcile(&[])), ["person_renamed"]);
    assert_eq!(stage.reconcile(&[]), [], "and only what changes");
}
