//! What must hold of a whole host, slow and obvious: from what was appended, what left the host and what
//! reached an agent.

use std::collections::{BTreeMap, BTreeSet};

use model::{Actor, CommandId, Event, OwnerEvent, PersonId, Rights, ShareId, StreamId, TurnId};
use ports::event_store::{Append, Part, Record};
use room::Room;
use wire::{HostFrame, Notification, Reply};

use crate::reference::{Fault, Reference};

type Checked = Result<(), Fault>;

#[derive(Default)]
pub(super) struct Laws {
    pub door: Door,
    pub log: Vec<Record>,
    pub room: Option<Room>,
    reference: Reference,
    /// Appends by the command that caused them.
    pub caused: BTreeMap<CommandId, u32>,
    began: BTreeSet<TurnId>,
    reached: BTreeSet<TurnId>,
    /// How often they were asked, and how often they reached an agent.
    words: BTreeMap<String, (u32, u32)>,
    people: BTreeMap<usize, PersonId>,
}

/// Who is in which share, by the owner's stream alone.
#[derive(Default)]
pub(super) struct Door {
    pub owner: Option<PersonId>,
    pub shares: BTreeMap<ShareId, Rights>,
    /// And whether they are muted there.
    pub members: BTreeMap<(PersonId, ShareId), bool>,
}

impl Door {
    fn take(&mut self, event: OwnerEvent) {
        match event {
            OwnerEvent::HostFounded { owner, .. } => self.owner = Some(owner),
            OwnerEvent::ShareMinted { share, terms } | OwnerEvent::ShareEdited { share, terms } => {
                self.shares.insert(share, terms.rights);
            }
            OwnerEvent::ShareStopped { share } | OwnerEvent::ShareExpired { share } => {
                self.shares.remove(&share);
            }
            OwnerEvent::PersonAdmitted { person, share, .. } => {
                self.members.entry((person, share)).or_insert(false);
            }
            OwnerEvent::PersonVoided { person, share, .. } => {
                self.members.remove(&(person, share));
            }
            OwnerEvent::PersonMuted { person, share } => {
                self.members.entry((person, share)).and_modify(|muted| *muted = true);
            }
            OwnerEvent::PersonUnmuted { person, share } => {
                self.members.entry((person, share)).and_modify(|muted| *muted = false);
            }
            _ => {}
        }
    }

    /// The live shares somebody is in, and whether they are muted there.
    pub fn shares_of(&self, person: PersonId) -> impl Iterator<Item = (ShareId, bool)> {
        let all = self.members.iter().filter(move |((member, _), _)| *member == person);
        all.map(|((_, share), muted)| (*share, *muted)).filter(|(share, _)| self.shares.contains_key(share))
    }

    pub fn may_see(&self, person: PersonId) -> bool {
        self.owner == Some(person) || self.shares_of(person).next().is_some()
    }

    fn is_silenced(&self, person: PersonId) -> bool {
        let mut shares = self.shares_of(person).peekable();
        self.owner != Some(person) && shares.all(|(_, muted)| muted)
    }
}

impl Laws {
    pub fn decided(&mut self, append: &Append) -> Checked {
        let records = append.parts.iter().flat_map(|part| &part.records);
        let causes: BTreeSet<CommandId> = records.filter_map(|record| record.header.cause).collect();
        for cause in causes {
            *self.caused.entry(cause).or_default() += 1;
        }
        for part in &append.parts {
            match part.stream {
                StreamId::Owner => self.at_the_door(part)?,
                StreamId::Session(_) => self.in_the_room(part)?,
                StreamId::Workspace(_) => {}
            }
        }
        Ok(())
    }

    fn at_the_door(&mut self, part: &Part) -> Checked {
        for record in &part.records {
            self.door.take(read(record)?);
        }
        Ok(())
    }

    fn in_the_room(&mut self, part: &Part) -> Checked {
        let head = self.log.last().map_or(0, |record| record.header.seq);
        if part.after != head {
            return Err(Fault(format!("LO1: an append after {} on a log that ends at {head}", part.after)));
        }
        let mut events = Vec::new();
        let room = self.room.get_or_insert_with(Room::empty);
        for record in &part.records {
            let event: Event = read(record)?;
            if let Event::TurnBegan { turn } = event {
                self.began.insert(turn);
            }
            if let Event::PromptQueued { body, .. } | Event::PromptEdited { body, .. } = &event {
                self.words.entry(body.text.clone()).or_default().0 += 1;
            }
            room.apply(&event, record.header.at);
            let by: Actor = serde_json::from_str(&record.header.actor).map_err(unreadable)?;
            if let (Actor::Person { person }, Some(_)) = (by, record.header.cause)
                && (!self.door.may_see(person) || self.door.is_silenced(person))
            {
                return Err(Fault(format!("GR3: {} by somebody without a grant", record.body)));
            }
            events.push(event);
        }
        self.log.extend(part.records.iter().cloned());
        self.reference.take(&events, room)
    }

    /// GR3: a frame that leaves the host for somebody.
    pub fn leaves(&mut self, who: usize, frame: &str) -> Checked {
        let is_in = self.people.get(&who).is_some_and(|person| self.door.may_see(*person));
        if is_in && !frame.contains(r#""welcome""#) {
            return Ok(());
        }
        match wire::decode_host(frame) {
            Ok(HostFrame::Reply { reply, .. }) => {
                if let Reply::Welcome(welcome) = *reply {
                    self.people.insert(who, welcome.person);
                }
                Ok(())
            }
            Ok(HostFrame::Notification(told)) => {
                let Some(person) = self.people.get(&who).copied() else { return Ok(()) };
                let shows = match &*told {
                    Notification::Snapshot(_)
                    | Notification::Events { .. }
                    | Notification::View(_)
                    | Notification::Signal { .. }
                    | Notification::Terminal { .. }
                    | Notification::Files { .. }
                    | Notification::Head(_) => true,
                    Notification::Directory(directory) => !directory.workspaces.is_empty(),
                    Notification::Welcome(_) | Notification::Gone { .. } | Notification::Bye(_) => false,
                };
                if shows && !self.door.may_see(person) {
                    return Err(Fault(format!("GR3: {who} was given {frame} after the end of the grant")));
                }
                Ok(())
            }
            Ok(HostFrame::Failed { .. }) => Ok(()),
            Err(_) => Err(Fault(format!("a host said what nobody understands: {frame}"))),
        }
    }

    /// TU8, QU4: a prompt that has reached an agent.
    pub fn reaches(&mut self, turn: TurnId, text: &str) -> Checked {
        if !self.began.contains(&turn) {
            return Err(Fault(format!("TU8: {text:?} reached an agent before its turn began")));
        }
        let (asked, reached) = self.words.entry(text.to_owned()).or_default();
        *reached += 1;
        // TU12: who tries again asks again.
        let too_often = text.starts_with(WORDS) && reached > asked;
        if !self.reached.insert(turn) || too_often {
            return Err(Fault(format!("QU4: {text:?} reached an agent twice")));
        }
        Ok(())
    }

    pub fn head(&self) -> u64 {
        self.log.last().map_or(0, |record| record.header.seq)
    }
}

/// What every prompt begins with; what follows is in no other.
pub(super) const WORDS: &str = "do the thing ";

pub(super) fn read<E: serde::de::DeserializeOwned>(record: &Record) -> Result<E, Fault> {
    serde_json::from_str(&record.body).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> Fault {
    Fault(format!("an event can't be read: {error}"))
}
