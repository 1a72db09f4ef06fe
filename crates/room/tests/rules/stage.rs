//! A room with its door, its clock and its log: enough of a host to play the rules through.

use std::collections::BTreeMap;

use model::*;
use room::{By, Effect, Opening, Room};
use uuid::Uuid;

pub const ADA: PersonId = PersonId(Uuid::from_u128(0xada));
pub const BEA: PersonId = PersonId(Uuid::from_u128(0xbea));
pub const CAI: PersonId = PersonId(Uuid::from_u128(0xca1));
pub const DAN: PersonId = PersonId(Uuid::from_u128(0xda4));

pub struct Stage {
    pub room: Room,
    pub at: Timestamp,
    pub log: Vec<(Event, Timestamp)>,
    rules: RoomRules,
    guests: BTreeMap<PersonId, Guest>,
    ids: u128,
}

/// Ada owns the host and is here. Nobody else is.
pub fn stage() -> Stage {
    let rules = RoomRules { consensus: true, ..RoomRules::default() };
    let opening = Opening {
        session: SessionId(Uuid::from_u128(1)),
        workspace: WorkspaceId(Uuid::from_u128(2)),
        number: 7,
        title: "Tidy the shed".to_owned(),
        choice: AgentChoice::of("rehearsal"),
        owner: ADA,
        rules: rules.clone(),
    };
    let mut stage = Stage {
        room: Room::empty(),
        at: Timestamp(1_000_000),
        log: vec![],
        rules,
        guests: BTreeMap::new(),
        ids: 1000,
    };
    stage.keep(Room::open(opening));
    stage.admit(ADA, "Ada", Rights::owner());
    stage.lower(ADA, Ceiling::Bypass);
    stage.come(ADA);
    stage
}

/// Ada, and Bea and Cai as collaborators, in a room that asks for consensus.
pub fn three() -> Stage {
    let mut stage = stage();
    for (person, name) in [(BEA, "Bea"), (CAI, "Cai")] {
        stage.admit(person, name, Preset::Collaborator.rights());
        stage.come(person);
    }
    stage
}

impl Stage {
    // The door.

    pub fn admit(&mut self, person: PersonId, name: &str, rights: Rights) {
        let name = DisplayName::parse(name).unwrap();
        let guest = Guest { person, name, colour: 0, rights, ceiling: Ceiling::AcceptEdits, muted: false };
        self.guests.insert(person, guest);
    }

    pub fn come(&mut self, person: PersonId) -> Vec<Event> {
        let guest = self.guests[&person].clone();
        self.see(Occurrence::PersonCame { guest })
    }

    pub fn mute(&mut self, person: PersonId) -> Vec<Event> {
        self.guest(person).muted = true;
        self.reconcile(&[])
    }

    pub fn unmute(&mut self, person: PersonId) -> Vec<Event> {
        self.guest(person).muted = false;
        self.reconcile(&[])
    }

    pub fn allow(&mut self, person: PersonId, rights: Rights) -> Vec<Event> {
        self.guest(person).rights = rights;
        self.reconcile(&[])
    }

    pub fn lower(&mut self, person: PersonId, ceiling: Ceiling) -> Vec<Event> {
        self.guest(person).ceiling = ceiling;
        self.reconcile(&[])
    }

    pub fn banish(&mut self, person: PersonId, reason: DropReason) -> Vec<Event> {
        self.guests.remove(&person);
        self.reconcile(&[(person, reason)])
    }

    pub fn rule(&mut self, change: impl FnOnce(&mut RoomRules)) -> Vec<Event> {
        change(&mut self.rules);
        self.reconcile(&[])
    }

    pub fn reconcile(&mut self, gone: &[(PersonId, DropReason)]) -> Vec<Event> {
        let guests = self.guests.values().cloned().collect();
        self.see(Occurrence::Reconciled { rules: self.rules.clone(), guests, gone: gone.to_vec() })
    }

    pub fn by(&self, person: PersonId) -> By {
        let guest = &self.guests[&person];
        By { person, rights: guest.rights.clone(), muted: guest.muted, ceiling: guest.ceiling }
    }

    pub fn knows(&self, person: PersonId) -> bool {
        self.guests.contains_key(&person)
    }

    fn guest(&mut self, person: PersonId) -> &mut Guest {
        self.guests.get_mut(&person).unwrap()
    }

    // The room.

    pub fn ask(&self, person: PersonId, command: &Command) -> Result<Vec<Event>, Rejection> {
        self.room.decide(&self.by(person), command, self.at)
    }

    pub fn say(&mut self, person: PersonId, command: Command) -> Vec<Event> {
        let events = self.ask(person, &command).unwrap();
        self.keep(events)
    }

    pub fn refused(&self, person: PersonId, command: Command) -> Rejection {
        self.ask(person, &command).unwrap_err()
    }

    pub fn see(&mut self, occurrence: Occurrence) -> Vec<Event> {
        let events = self.room.observe(&occurrence, self.at);
        self.keep(events)
    }

    pub fn away(&mut self, person: PersonId) -> Vec<Event> {
        self.see(Occurrence::PersonWentAway { person })
    }

    /// Time passes, and the clock strikes when the room has asked for it.
    pub fn wait(&mut self, secs: u64) -> Vec<Event> {
        let end = self.at + Span::from_secs(secs);
        let mut events = vec![];
        while let Some(next) = self.room.next_deadline().filter(|next| *next <= end) {
            self.at = self.at.max(next);
            let struck = self.see(Occurrence::ClockStruck);
            assert!(!struck.is_empty(), "a deadline brings something");
            events.extend(struck);
        }
        self.at = end;
        events
    }

    pub fn restart(&mut self) -> Vec<Event> {
        self.room = Room::fold(self.log.iter().map(|(event, at)| (event, *at)));
        self.see(Occurrence::HostRestarted)
    }

    pub fn keep(&mut self, events: Vec<Event>) -> Vec<Event> {
        for event in &events {
            self.room.apply(event, self.at);
            self.log.push((event.clone(), self.at));
        }
        events
    }

    pub fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    // Prompts and turns.

    pub fn prompt(&mut self, delivery: Delivery) -> (PromptId, Command) {
        self.prompt_of(delivery, Origin::Human)
    }

    pub fn prompt_of(&mut self, delivery: Delivery, origin: Origin) -> (PromptId, Command) {
        let (prompt, turn) = (PromptId(self.fresh()), TurnId(self.fresh()));
        let body = PromptBody::text(format!("Do {prompt}"));
        (prompt, Command::Deliver { prompt, turn, body, delivery, origin })
    }

    pub fn deliver(&mut self, person: PersonId, delivery: Delivery) -> PromptId {
        let (prompt, command) = self.prompt(delivery);
        self.say(person, command);
        prompt
    }

    pub fn queue(&mut self, person: PersonId) -> PromptId {
        self.deliver(person, Delivery::Queue)
    }

    pub fn wake(&mut self) -> PromptId {
        let origin = Origin::Agent { session: SessionId(Uuid::from_u128(9)) };
        let (prompt, command) = self.prompt_of(Delivery::Queue, origin);
        self.say(ADA, command);
        prompt
    }

    /// Taken and begun.
    pub fn run(&mut self, person: PersonId) -> TurnId {
        self.deliver(person, Delivery::Now);
        self.begin()
    }

    pub fn begin(&mut self) -> TurnId {
        let turn = self.turn().turn;
        assert_eq!(self.see(Occurrence::TurnBegan { turn }), [Event::TurnBegan { turn }]);
        turn
    }

    pub fn take_next(&mut self) -> Option<PromptId> {
        let prompt = self.room.owed().into_iter().find_map(|effect| match effect {
            Effect::TakeNext { prompt } => Some(prompt),
            _ => None,
        })?;
        let turn = TurnId(self.fresh());
        self.see(Occurrence::NextTaken { prompt, turn });
        assert_eq!(self.turn().turn, turn);
        Some(prompt)
    }

    pub fn finish(&mut self) -> Vec<Event> {
        self.stop_with(StopReason::EndTurn)
    }

    pub fn stop_with(&mut self, reason: StopReason) -> Vec<Event> {
        let turn = self.turn().turn;
        self.see(Occurrence::TurnOver { turn, ending: Ending::Stopped(reason) })
    }

    pub fn fail(&mut self) -> Vec<Event> {
        let turn = self.turn().turn;
        let ending = Ending::Failed { reason: "no".to_owned(), detail: String::new() };
        self.see(Occurrence::TurnOver { turn, ending })
    }

    pub fn turn(&self) -> room::TurnFacts {
        self.room.turn().expect("a turn runs")
    }

    pub fn waiting(&self) -> Vec<PromptId> {
        self.view(ADA).queue.items.iter().map(|item| item.prompt).collect()
    }

    pub fn view(&self, person: PersonId) -> RoomView {
        self.room.view(&self.by(person))
    }

    // Cards.

    pub fn plan(&mut self, text: &str) -> BallotId {
        let ballot = BallotId(self.fresh());
        let turn = self.turn().turn;
        self.see(proposal(turn, ballot, text));
        ballot
    }

    pub fn vote(&mut self, person: PersonId, text: &str, choice: Choice) -> Vec<Event> {
        let ballot = self.view(ADA).ballots[0].ballot;
        self.say(person, Command::Vote { ballot, plan: hash(text), choice })
    }

    pub fn approve(&mut self, person: PersonId) -> Vec<Event> {
        self.vote(person, "plan", Choice::Approve)
    }

    pub fn permission(&mut self) -> PermissionId {
        let (turn, permission) = (self.turn().turn, PermissionId(self.fresh()));
        self.see(Occurrence::PermissionAsked { turn, permission, request: request(None) });
        permission
    }

    pub fn question(&mut self, fields: &[QuestionField]) -> QuestionId {
        let (turn, question) = (self.turn().turn, QuestionId(self.fresh()));
        let asked = Question { text: "Which?".to_owned(), fields: fields.to_vec() };
        self.see(Occurrence::QuestionAsked { turn, question, asked });
        question
    }
}

pub fn hash(text: &str) -> PlanHash {
    PlanHash(format!("hash of {text}"))
}

pub fn proposal(turn: TurnId, ballot: BallotId, text: &str) -> Occurrence {
    let plan = LongText::inline(text).unwrap();
    Occurrence::PlanProposed { turn, ballot, plan, plan_hash: hash(text), deadline: None }
}

pub fn deny(reason: &str) -> Choice {
    Choice::Deny { reason: reason.to_owned() }
}

pub fn request(expires_at: Option<Timestamp>) -> PermissionRequest {
    PermissionRequest {
        item: None,
        tool: "shell".to_owned(),
        kind: ToolKind::Execute,
        title: "rm shed".to_owned(),
        command: Some("rm shed".to_owned()),
        directory: ".".to_owned(),
        diffs: vec![],
        expires_at,
    }
}

/// The events by their names in the log.
pub fn names(events: &[Event]) -> Vec<String> {
    let name = |event| serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned();
    events.iter().map(name).collect()
}

pub fn outcome(events: &[Event]) -> Option<&TurnOutcome> {
    events.iter().find_map(|event| match event {
        Event::TurnEnded { outcome, .. } => Some(outcome),
        _ => None,
    })
}

pub fn verdict(events: &[Event]) -> Option<&BallotOutcome> {
    events.iter().find_map(|event| match event {
        Event::BallotClosed { outcome, .. } => Some(outcome),
        _ => None,
    })
}
