use std::collections::BTreeMap;

use ports::nearby::Sighting;

use crate::Record;
use crate::record::hint_in;

/// More hosts in one network are somebody making them up.
const MOST: usize = 64;

/// Who is around, told apart by their hints. A record comes several times with more and more addresses.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    own: Option<String>,
    seen: BTreeMap<String, Sighting>,
}

impl Sightings {
    /// This host hears itself too, and is not listed.
    pub fn skip(&mut self, own: Option<String>) {
        if let Some(hint) = &own {
            self.seen.remove(hint);
        }
        self.own = own;
    }

    pub fn see(&mut self, record: &Record) {
        let Some(sighting) = record.read() else { return };
        let known = self.seen.contains_key(&sighting.hint);
        let is_own = self.own.as_ref() == Some(&sighting.hint);
        if !is_own && (known || self.seen.len() < MOST) {
            self.seen.insert(sighting.hint.clone(), sighting);
        }
    }

    /// It took its leave, or was not heard of for as long as it said.
    pub fn lose(&mut self, name: &str) {
        if let Some(hint) = hint_in(name) {
            self.seen.remove(&hint);
        }
    }

    /// By name.
    pub fn list(&self) -> Vec<Sighting> {
        let mut all: Vec<Sighting> = self.seen.values().cloned().collect();
        all.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.hint.cmp(&b.hint)));
        all
    }
}
