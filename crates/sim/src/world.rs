use model::{Event, Occurrence, SessionId, Span, Timestamp, WorkspaceId};
use room::{By, Effect, Opening, Room};
use uuid::Uuid;

use crate::cast::{Cast, OWNER};
use crate::random::Random;
use crate::reference::{Fault, Reference};

const STEPS: u64 = 250;
/// More than any room can owe after `STEPS`.
const DRAIN: usize = 2000;

/// One life of a room.
pub struct Run {
    pub log: Vec<(Event, Timestamp)>,
    /// What the reference model found wrong, and where in the log.
    pub fault: Option<Fault>,
}

pub fn run(seed: u64) -> Run {
    let mut world = World::new(seed);
    let fault = world.play().err();
    Run { log: world.log, fault }
}

/// The host, and what it talks to.
pub(crate) struct World {
    pub random: Random,
    pub room: Room,
    pub at: Timestamp,
    pub cast: Cast,
    log: Vec<(Event, Timestamp)>,
    reference: Reference,
    ids: u128,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            room: Room::empty(),
            at: Timestamp(1_700_000_000_000),
            cast: Cast::default(),
            log: vec![],
            reference: Reference::default(),
            ids: 0,
        }
    }

    fn play(&mut self) -> Result<(), Fault> {
        let opening = Opening {
            session: SessionId(self.fresh()),
            workspace: WorkspaceId(self.fresh()),
            number: 1,
            title: "Simulated".to_owned(),
            choice: model::AgentChoice::of("rehearsal"),
            owner: OWNER,
            rules: self.cast.rules.clone(),
        };
        self.append(Room::open(opening))?;
        for arrival in self.cast.arrivals() {
            self.observe(&arrival)?;
        }
        for _ in 0..STEPS {
            self.at = self.at + Span(self.random.below(3000));
            self.step()?;
        }
        self.drain()
    }

    fn step(&mut self) -> Result<(), Fault> {
        match self.random.below(60) {
            0..25 => self.person_acts(),
            25..28 => self.door_changes(),
            28..42 => self.effect_runs(),
            42..56 => self.agent_acts(),
            56..59 => self.time_passes(),
            _ => self.host_crashes(),
        }
    }

    fn person_acts(&mut self) -> Result<(), Fault> {
        let Some(by) = self.somebody() else {
            return Ok(());
        };
        let Some(command) = self.wish(&by) else {
            return Ok(());
        };
        let answer = self.room.decide(&by, &command, self.at);
        self.reference.check_answer(&by, &command, &answer)?;
        let Ok(events) = answer else {
            return Ok(());
        };
        if self.random.once_in(60) {
            // The host dies between decision and append: the decision never was.
            return self.host_dies();
        }
        self.append(events)
    }

    pub fn somebody(&mut self) -> Option<By> {
        let people: Vec<By> = self.cast.everybody().collect();
        self.random.pick(&people).cloned()
    }

    fn effect_runs(&mut self) -> Result<(), Fault> {
        let owed = self.room.owed();
        let Some(effect) = self.random.pick(&owed).cloned() else {
            return Ok(());
        };
        if matches!(effect, Effect::Cancel { .. }) && !self.random.once_in(3) {
            // The agent takes its time to yield.
            return Ok(());
        }
        self.perform(&effect)
    }

    fn perform(&mut self, effect: &Effect) -> Result<(), Fault> {
        let report = self.report_of(effect);
        let events = self.room.observe(&report, self.at);
        if events.is_empty() {
            return Err(Fault(format!("{effect:?} is owed and {report:?} does not settle it")));
        }
        self.append(events)
    }

    fn agent_acts(&mut self) -> Result<(), Fault> {
        match self.deed() {
            Some(report) => self.observe(&report),
            None => Ok(()),
        }
    }

    fn door_changes(&mut self) -> Result<(), Fault> {
        let report = self.door();
        self.observe(&report)
    }

    fn time_passes(&mut self) -> Result<(), Fault> {
        self.at = self.at + Span::from_secs(self.random.below(200));
        self.strike()
    }

    fn strike(&mut self) -> Result<(), Fault> {
        self.observe(&Occurrence::ClockStruck)?;
        match self.room.next_deadline() {
            Some(next) if next <= self.at => Err(Fault(format!("a deadline outlives its time: {next:?}"))),
            Some(_) | None => Ok(()),
        }
    }

    /// Now and then again and again, always before the agent is ready.
    fn host_crashes(&mut self) -> Result<(), Fault> {
        self.host_dies()?;
        while self.random.once_in(2) {
            let next = self.room.owed().into_iter().find(|owed| matches!(owed, Effect::TakeNext { .. }));
            next.iter().try_for_each(|effect| self.perform(effect))?;
            self.host_dies()?;
        }
        Ok(())
    }

    /// All that is left is the log.
    fn host_dies(&mut self) -> Result<(), Fault> {
        let again = Room::fold(self.log.iter().map(|(event, at)| (event, *at)));
        if again != self.room {
            return Err(Fault::from("the log does not rebuild the room"));
        }
        self.room = again;
        self.at = self.at + Span::from_secs(self.random.below(100));
        self.observe(&Occurrence::HostRestarted)?;
        let report = self.cast.reconciled();
        self.observe(&report)?;
        self.strike()?;
        for arrival in self.cast.returns() {
            self.observe(&arrival)?;
        }
        Ok(())
    }

    /// The session ends, the host does what it owes, and nothing is left open.
    fn drain(&mut self) -> Result<(), Fault> {
        let owner = self.cast.owner();
        if let Ok(events) = self.room.decide(&owner, &model::Command::End, self.at) {
            self.append(events)?;
        }
        for _ in 0..DRAIN {
            let Some(effect) = self.room.owed().into_iter().next() else {
                return self.reference.check_rest();
            };
            self.perform(&effect)?;
        }
        Err(Fault::from("the host never comes to rest"))
    }

    fn observe(&mut self, report: &Occurrence) -> Result<(), Fault> {
        let events = self.room.observe(report, self.at);
        self.append(events)
    }

    fn append(&mut self, events: Vec<Event>) -> Result<(), Fault> {
        for event in &events {
            self.room.apply(event, self.at);
        }
        let checked = self.reference.take(&events, &self.room);
        let place = self.log.len();
        self.log.extend(events.into_iter().map(|event| (event, self.at)));
        checked.map_err(|Fault(fault)| Fault(format!("{fault}, after event {place} of the log")))
    }

    pub fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }
}
