use model::*;

use crate::stage::*;

#[test]
fn a_reader_is_told_what_they_may_do() {
    let mut stage = three();
    stage.admit(DAN, "Dan", Preset::Observer.rights());
    stage.come(DAN);
    let may = stage.view(BEA).you.may;
    assert!(may.prompt_now && may.queue && may.steer && !may.stop && !may.take_lock);
    assert_eq!(stage.view(DAN).you.may, May::default());
    stage.run(BEA);
    let may = stage.view(BEA).you.may;
    assert!(!may.prompt_now && may.queue && may.stop && may.hand_over && !may.ask_to_drive);
    let may = stage.view(CAI).you.may;
    assert!(!may.prompt_now && may.queue && !may.stop && may.ask_to_drive && !may.hand_over);
    let may = stage.view(ADA).you.may;
    assert!(may.stop && may.take_lock);
    stage.queue(CAI);
    stage.fail();
    assert!(stage.view(BEA).you.may.release_queue);
    stage.mute(BEA);
    assert_eq!(stage.view(BEA).you.may, May::default());
}

#[test]
fn the_phase_and_the_status_follow_from_what_is_open() {
    let mut stage = three();
    assert_eq!(stage.room.status(), SessionStatus::Idle);
    stage.deliver(BEA, Delivery::Now);
    assert_eq!(stage.turn().phase, TurnPhase::Starting);
    stage.begin();
    assert_eq!((stage.turn().phase, stage.room.status()), (TurnPhase::Running, SessionStatus::Running));
    let permission = stage.permission();
    stage.plan("plan");
    assert_eq!((stage.turn().phase, stage.room.status()), (TurnPhase::Awaiting, SessionStatus::Running));
    let waiting_on = stage.view(CAI).turn.unwrap().waiting_on;
    assert_eq!(waiting_on, [WaitingOn::Votes, WaitingOn::Permission]);
    let answer = PermissionAnswer::Allow;
    stage.say(ADA, Command::AnswerPermission { permission, answer });
    stage.say(ADA, Command::StopTurn);
    assert_eq!(stage.turn().phase, TurnPhase::Stopping);
}

#[test]
fn ro6_what_is_open_waits_for_those_who_can_settle_it() {
    let mut stage = three();
    stage.run(BEA);
    let permission = stage.permission();
    stage.plan("plan");
    let needs = |stage: &Stage, person| {
        let by = stage.by(person);
        stage.room.wanted().iter().filter(|wanted| wanted.wants(&by)).count()
    };
    assert_eq!((needs(&stage, ADA), needs(&stage, BEA), needs(&stage, CAI)), (2, 1, 1));
    stage.vote(BEA, "plan", Choice::Approve);
    assert_eq!((needs(&stage, ADA), needs(&stage, BEA), needs(&stage, CAI)), (2, 0, 1));
    stage.mute(CAI);
    assert_eq!(needs(&stage, CAI), 0, "who only watches is waited for by nobody");
    stage.say(ADA, Command::AnswerPermission { permission, answer: PermissionAnswer::Allow });
    assert_eq!(needs(&stage, ADA), 1);
}

#[test]
fn a_stall_is_none_while_a_person_is_awaited() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let stalled = Occurrence::Stalled { turn, since: stage.at };
    assert_eq!(names(&stage.see(stalled.clone())), ["agent_stalled"]);
    stage.permission();
    assert_eq!(stage.see(stalled), []);
}

#[test]
fn usage_adds_up_over_a_turn_and_over_all_turns() {
    let mut stage = three();
    let usage =
        Usage { input_tokens: 10, output_tokens: 5, cost_micros: 1, context_used: 15, context_size: 99 };
    let twice = Usage { input_tokens: 20, output_tokens: 10, cost_micros: 2, ..usage };
    for _ in 0..2 {
        let turn = stage.run(BEA);
        stage.see(Occurrence::UsageReported { turn, usage });
        stage.see(Occurrence::UsageReported { turn, usage });
        let events = stage.finish();
        assert!(matches!(&events[..], [Event::TurnEnded { usage, .. }] if *usage == twice));
    }
    assert_eq!(stage.view(BEA).usage.input_tokens, 40);
    assert_eq!(stage.view(BEA).usage.context_used, 15);
}

#[test]
fn ag5_the_memory_of_one_agent_says_nothing_of_anothers() {
    let mut stage = three();
    let turn = stage.run(BEA);
    let (name, version) = ("rehearsal".to_owned(), "1".to_owned());
    stage.see(Occurrence::AgentReady { turn, memory: Memory::Resumed, name, version, lacks: vec![] });
    stage.finish();
    stage.say(BEA, Command::ChooseAgent { choice: AgentChoice::of("other") });
    assert_eq!(stage.view(BEA).memory, None);
    stage.say(BEA, Command::ChooseAgent { choice: AgentChoice::of("rehearsal") });
    assert_eq!(stage.view(BEA).memory, Some(Memory::Resumed));
}

#[test]
fn ag7_what_turns_took_is_kept_by_author_agent_and_tool() {
    let mut stage = three();
    let step = Usage { input_tokens: 10, output_tokens: 5, ..Usage::default() };
    for (person, agent) in [(BEA, "rehearsal"), (CAI, "other"), (BEA, "other"), (BEA, "other")] {
        let choice = AgentChoice::of(agent);
        if *stage.room.choice() != choice {
            stage.say(BEA, Command::ChooseAgent { choice });
        }
        let turn = stage.run(person);
        stage.see(Occurrence::UsageReported { turn, usage: step });
        stage.finish();
    }
    let spent: Vec<_> = stage.room.spending().spent.iter().collect();
    let known: Vec<_> = spent.iter().map(|it| (it.person, it.agent.0.as_str(), it.turns)).collect();
    assert_eq!(known, [(BEA, "rehearsal", 1), (CAI, "other", 1), (BEA, "other", 2)]);
    assert_eq!(spent[2].usage.tokens(), 30);
}

#[test]
fn what_the_agent_says_of_itself_is_kept() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    let turn = stage.turn().turn;
    let (name, version) = ("rehearsal".to_owned(), "1".to_owned());
    let ready = Occurrence::AgentReady { turn, memory: Memory::New, name, version, lacks: vec![] };
    assert_eq!(names(&stage.see(ready)), ["agent_ready"], "before the turn begins");
    assert_eq!(stage.view(BEA).memory, Some(Memory::New));
    let commands = vec![SlashCommand { name: "plan".to_owned(), about: String::new() }];
    let offered = Occurrence::CommandsOffered { commands: commands.clone() };
    assert_eq!(names(&stage.see(offered.clone())), ["commands_offered"]);
    assert_eq!(stage.see(offered), [], "nothing new");
    assert_eq!(stage.view(BEA).commands, commands);
}

#[test]
fn ba13_votes_on_an_agent_that_can_put_no_plan_to_people_are_called_advisory() {
    let mut stage = three();
    stage.deliver(BEA, Delivery::Now);
    let turn = stage.turn().turn;
    let mut ready = |lacks: Vec<Lack>| {
        let (name, version) = ("plain".to_owned(), "1".to_owned());
        stage.see(Occurrence::AgentReady { turn, memory: Memory::New, name, version, lacks });
        stage.view(BEA).advisory
    };
    assert!(ready(vec![Lack::PlanGate]));
    assert!(!ready(vec![Lack::Server { name: "notes".to_owned() }]));
}
