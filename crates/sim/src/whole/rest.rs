//! Peace: the network is whole, the agent ends what it does, the owner answers what is open. Then everybody
//! must have come to the same.

use model::{Ceiling, Span};
use peer::machine::Input;
use ports::event_store::Record;
use room::{By, Room};
use wire::{LoggedEvent, Reply, Request};

use super::client::{Client, says_nothing_of_it};
use super::laws::read;
use super::plan::Deed;
use super::stage::Stage;
use crate::reference::Fault;

type Checked = Result<(), Fault>;

/// Rounds within which everybody is back, and everything over.
const PATIENCE: u32 = 600;
/// Rounds in which nothing may change before it counts as rest.
const QUIET: u32 = 5;
const ROUND: Span = Span(200);

impl Stage {
    /// # Errors
    /// A law is broken, or somebody never comes to rest.
    pub fn rest(&mut self) -> Checked {
        self.calm()?;
        self.until("everybody is back and answered", Self::is_calm)?;
        self.check()?;
        self.drain()?;
        self.check()
    }

    fn calm(&mut self) -> Checked {
        self.disk.mend();
        self.disk.disarm();
        self.full_until = None;
        let now = self.now;
        for client in &mut self.clients {
            (client.offline_until, client.stalled_until, client.lag) = (now, now, Span(5));
            // A line on which nothing comes is found out only by its silence.
            if !client.is_over() {
                client.step(Input::Woken, now);
            }
        }
        self.round(ROUND)
    }

    fn until(&mut self, what: &str, met: impl Fn(&Self) -> bool) -> Checked {
        let mut quiet = 0;
        for _ in 0..PATIENCE {
            self.round(ROUND)?;
            quiet = if met(self) { quiet + 1 } else { 0 };
            if quiet == QUIET {
                return Ok(());
            }
        }
        let clients: Vec<String> = self.clients.iter().map(standing).collect();
        Err(Fault(format!("waited in vain until {what}: {}", clients.join("; "))))
    }

    fn is_calm(&self) -> bool {
        let head = self.laws.head();
        let settled = |(who, client): (usize, &Client)| {
            client.is_over()
                // Who was away when the last share ended can't be told, and dials in vain.
                || (!self.is_reachable(who) && !client.is_live())
                || (client.is_live() && client.is_answered() && (client.gone || client.replica.head == head))
        };
        self.is_up() && self.invited.is_empty() && self.clients.iter().enumerate().all(settled)
    }

    /// Whatever runs or waits comes to its end.
    fn drain(&mut self) -> Checked {
        for _ in 0..PATIENCE {
            self.players.does(Deed::Ends);
            self.until("everybody has heard of it", Self::is_calm)?;
            if self.is_idle() {
                return Ok(());
            }
        }
        Err(Fault("the session never comes to rest".to_owned()))
    }

    fn is_idle(&self) -> bool {
        self.laws.room.as_ref().is_some_and(|room| room.turn().is_none() && room.owed().is_empty())
    }

    fn check(&self) -> Checked {
        let kept = self.kept()?;
        let room = Room::fold(kept.iter().map(|(record, event)| (event, record.header.at)));
        for client in &self.clients {
            self.check_client(client, (&kept, &room))?;
            self.check_commands(client)?;
        }
        Ok(())
    }

    fn kept(&self) -> Result<Vec<(Record, model::Event)>, Fault> {
        self.laws.log.iter().map(|record| Ok((record.clone(), read(record)?))).collect()
    }

    /// LO2, LO4: what a client has is the log, and its room is the log's fold.
    fn check_client(&self, client: &Client, (kept, room): (&[(Record, model::Event)], &Room)) -> Checked {
        let Some(person) = client.person.filter(|_| client.is_live() && !client.gone) else { return Ok(()) };
        if !self.laws.door.may_see(person) {
            return Err(Fault(format!("GR3: {} is still in", client.name)));
        }
        let mut expected = kept.iter().rev();
        for (seq, event) in client.replica.events.iter().rev() {
            let same = expected.next().is_some_and(|(record, _)| is_same(*seq, event, record));
            if !same {
                return Err(Fault(format!("LO2: {} has another event at {seq}", client.name)));
            }
        }
        let Some((seq, view)) = &client.replica.view else {
            return Err(Fault(format!("{} has no room", client.name)));
        };
        let (rights, muted) = (view.you.rights.clone(), view.you.muted);
        let by = By { person, rights, muted, ceiling: Ceiling::Ask };
        let (has, should) = (serde_json::to_value(view), serde_json::to_value(room.view(&by)));
        match (has, should) {
            (Ok(serde_json::Value::Object(has)), Ok(should)) => {
                let other = has.iter().find(|(field, value)| should.get(field) != Some(value));
                let Some((field, value)) = other else { return Ok(()) };
                let wanted = &should[field];
                Err(Fault(format!("LO4: {}: {field} at {seq} is {value} and not {wanted}", client.name)))
            }
            (has, should) => Err(Fault(format!("a view can't be read: {has:?} {should:?}"))),
        }
    }

    /// LO5: what was accepted has one effect, and what was refused has none.
    fn check_commands(&self, client: &Client) -> Checked {
        for (command, (request, answer)) in &client.answers {
            let effects = self.laws.caused.get(command).copied().unwrap_or(0);
            let fine = match answer {
                Ok(Reply::Prompted { .. } | Reply::Suggested { .. } | Reply::Minted { .. }) => effects == 1,
                Ok(_) => effects <= 1,
                Err(failure) if client.in_doubt.contains(command) => {
                    effects == 0 || (effects == 1 && says_nothing_of_it(failure.code))
                }
                Err(_) => effects == 0,
            };
            if !fine {
                return Err(Fault(format!("LO5: {request:?} got {answer:?} and had {effects} effects")));
            }
        }
        Ok(())
    }
}

fn is_same(seq: u64, event: &LoggedEvent, record: &Record) -> bool {
    let body = serde_json::from_str::<serde_json::Value>(&record.body).ok();
    seq == record.header.seq
        && event.seq == seq
        && event.hash == ports::chain::hex(&record.hash)
        && Some(&event.event) == body.as_ref()
}

fn standing(client: &Client) -> String {
    let unanswered: Vec<&Request> = client.unanswered().collect();
    format!(
        "{} {:?} gone {} head {} unanswered {unanswered:?}",
        client.name,
        client.machine.stage(),
        client.gone,
        client.replica.head
    )
}
